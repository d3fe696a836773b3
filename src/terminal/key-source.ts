/**
 * The only reader of the terminal. It owns raw mode and the one `data` listener, decodes what comes and hands it on as arrays of keys,
 * one for each read. Ink gets this stream as its stdin and nothing through it, but for the navigation keys of a small action box.
 *
 * It is started before Ink is loaded; keys typed until somebody listens are kept. `release` gives the terminal to a child: a stream in
 * flowing mode that is paused stops reading at once, so every later byte is the child's (reference/ink8.md 3c).
 */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createDecoder, type Decoder, type DecoderOptions } from './decode.ts';
import type { Key } from './types.ts';

/** What we need of a terminal's input: `process.stdin` is one. */
export interface TerminalInput extends NodeJS.ReadableStream {
  readonly fd?: number;
  setRawMode?(on: boolean): unknown;
}

export interface KeyListener {
  /** The keys of one read, in order. All are to act on fresh state. */
  keys(keys: Key[]): void;
  /** Esc was typed and its second key is waited for (true), or no longer (false): the footer's `Esc-`. */
  pending?(waiting: boolean): void;
  /** The line is gone: end of input, or an error such as EIO. Told once. */
  lost?(reason: string): void;
}

export interface KeySourceOptions extends DecoderOptions {
  /** `process.stdin` when left out. */
  input?: TerminalInput;
}

/** What ink-select-input understands, in the plainest form. */
const FOR_INK: Readonly<Record<string, string>> = { up: '\u001b[A', down: '\u001b[B', enter: '\r' };

/** The stream that Ink takes for the terminal. */
export class KeySource extends Readable {
  readonly isTTY = true;
  readonly #input: TerminalInput;
  readonly #decoder: Decoder;
  #listener: KeyListener | undefined;
  /** Keys that came before anybody listened. */
  #early: Key[] = [];
  #reading = false;
  #timer: NodeJS.Timeout | undefined;
  #reads = 0;
  #wasPending = false;
  #lost: string | undefined;
  #toInk = false;
  #inkQueue: string[] = [];

  /** Makes the source; nothing is read before `acquire`. */
  constructor({ input = process.stdin, ...decoding }: KeySourceOptions = {}) {
    // One key a chunk: Ink takes what it reads at once for one key.
    super({ objectMode: true });
    this.#input = input;
    this.#decoder = createDecoder(decoding);
  }

  /** Esc was typed and its second key is waited for. */
  get escPending(): boolean {
    return this.#decoder.pending;
  }

  /**
   * Takes the terminal: raw mode on, reading.
   * @param discard what was typed while somebody else had the terminal and was not read is thrown away, lest it opens a panel
   */
  acquire(discard = false): void {
    if (this.#reading) return;
    this.#reading = true;
    this.#input.setRawMode?.(true);
    if (discard) discardTyped(this.#input.fd ?? 0);
    this.#input.on('data', this.#onData);
    this.#input.on('end', this.#onEnd);
    this.#input.on('error', this.#onError);
    this.#input.resume();
  }

  /** Gives the terminal away: reading stops, raw mode off. Half a sequence that was held is forgotten. */
  release(): void {
    if (!this.#reading) return;
    this.#reading = false;
    this.#input.pause();
    this.#input.off('data', this.#onData);
    this.#input.off('end', this.#onEnd);
    this.#input.off('error', this.#onError);
    clearTimeout(this.#timer);
    this.#decoder.flush(Number.POSITIVE_INFINITY);
    this.#tellPending();
    try {
      this.#input.setRawMode?.(false);
    } catch {
      // The terminal is gone; there is nothing to give back.
    }
  }

  /** From now on keys go to this listener; those that came earlier are delivered at once. */
  listen(listener: KeyListener): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    if (early.length > 0) listener.keys(early);
    if (this.#decoder.pending) listener.pending?.(true);
    if (this.#lost !== undefined) listener.lost?.(this.#lost);
  }

  /** While on, Up, Down, Enter, digits, j and k also go to Ink. */
  forwardToInk(on: boolean): void {
    this.#toInk = on;
    if (!on) this.#inkQueue = [];
  }

  /** Ink believes that it owns raw mode; it comes and goes with Ink's input hooks, ours stays on. */
  setRawMode(_on: boolean): this {
    return this;
  }

  /** Ink's count of who needs the terminal; it is not asked. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Keys are pushed when they come.
  }

  readonly #onData = (bytes: Uint8Array | string): void => {
    this.#reads++;
    this.#deliver(this.#decoder.push(bytes, performance.now()));
    this.#schedule();
  };

  readonly #onEnd = (): void => this.#lineLost('end of input');
  readonly #onError = (error: NodeJS.ErrnoException): void => this.#lineLost(error.code ?? error.message);

  #lineLost(reason: string): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.#listener?.lost?.(reason);
  }

  #deliver(keys: Key[]): void {
    this.#tellPending();
    if (keys.length === 0) return;
    if (this.#toInk) this.#forward(keys);
    if (this.#listener) this.#listener.keys(keys);
    else this.#early.push(...keys);
  }

  #tellPending(): void {
    if (this.#decoder.pending === this.#wasPending) return;
    this.#wasPending = this.#decoder.pending;
    this.#listener?.pending?.(this.#wasPending);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const ms = this.#decoder.pendingMs(performance.now());
    if (ms === undefined) return;
    const reads = this.#reads;
    this.#timer = setTimeout(() => {
      // A busy program looks at the clock before it looks at the terminal: what has come meanwhile is read first.
      setImmediate(() => {
        if (reads !== this.#reads || !this.#reading) return;
        this.#deliver(this.#decoder.flush(performance.now() + 1));
        this.#schedule();
      });
    }, Math.ceil(ms));
  }

  #forward(keys: Key[]): void {
    const idle = this.#inkQueue.length === 0;
    for (const key of keys) {
      if (key.type === 'key') this.#inkQueue.push(FOR_INK[key.name] ?? '');
      if (key.type === 'text') for (const sign of key.text) this.#inkQueue.push(/[1-9jk]/.test(sign) ? sign : '');
    }
    this.#inkQueue = this.#inkQueue.filter(sequence => sequence !== '');
    if (idle) this.#pump();
  }

  /** One key a turn of the event loop: Ink's hooks see the state of their last drawing only. */
  #pump(): void {
    const next = this.#inkQueue.shift();
    if (next === undefined) return;
    this.push(next, 'utf8');
    setImmediate(() => this.#pump());
  }
}

/** Reads and forgets what waits in the terminal's input, without blocking. */
function discardTyped(fd: number): void {
  let own: number | undefined;
  try {
    own = openSync(`/proc/self/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const buffer = new Uint8Array(4096);
    for (let rounds = 0; rounds < 256 && readSync(own, buffer) > 0; rounds++);
  } catch {
    // EAGAIN: empty. Anything else: then it stays and is read as keys.
  } finally {
    if (own !== undefined) closeSync(own);
  }
}
