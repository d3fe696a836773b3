/**
 * The line to the terminal: bytes go out in order, nothing ever blocks the program, and whoever writes is told when to go on.
 *
 * Node writes to a terminal synchronously (it calls setBlocking(true) on it), so a line that stands still would stop the keys
 * and the running command too. We therefore open the terminal once more, with O_NONBLOCK on a file description of our own
 * (the shell's stays as it is), and try again later what the kernel does not take.
 *
 * That alone does not keep a slow line short: a pseudo terminal takes 20 KB before it refuses (measured), a serial port about a page,
 * which is 21 and 4 s at 9600 baud. So where the speed is known (`stty speed`; ssh hands on the caller's, RFC 4254 section 8)
 * the line counts as busy for as long as the bytes need, at ten bits a byte.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { lineBytes } from './pen.ts';

/** Where bytes leave the program. */
export interface ByteSink {
  /** Takes the beginning of the bytes; returns how many (0: none at present). Throws when the line is gone. */
  write(bytes: Uint8Array): number;
  close(): void;
}

export interface LineOptions {
  sink: ByteSink;
  /** Speed in bits a second; left out where it is not known or high. */
  baud?: number | undefined;
  /** Called after a `write` that returned false, when the line takes more. */
  onReady?: () => void;
  /** The terminal is gone (EIO after a hang-up); what is written from now on is dropped. */
  onLost?: (reason: string) => void;
}

export interface Line {
  /** Sends text. False: it is on its way, but wait for `onReady` before sending more. */
  write(text: string): boolean;
  /** Sends everything, waiting for the kernel at most half a second: for what must be out before the program ends. */
  writeNow(text: string): void;
  /** The speed has become known. */
  setBaud(baud: number | undefined): void;
  close(): void;
}

/** Pause before the kernel is offered again what it did not take. */
const RETRY_MS = 10;
/** Longest wait of `writeNow`. */
const NOW_MS = 500;
/** Speeds from here on are not counted: 38400 is also what a pseudo terminal says that has no speed. */
const FAST = 38_400;
/** The line is called ready this much before it is, so that it does not stand idle. */
const EARLY_MS = 4;

/** Opens the terminal behind a file descriptor for writing without blocking; falls back to the descriptor itself. */
export function openTerminal(fd = 1): ByteSink {
  let own: number | undefined;
  // After `su` the device belongs to somebody else and only /dev/tty may be opened.
  for (const path of [`/proc/self/fd/${fd}`, '/dev/tty']) {
    try {
      own = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
      break;
    } catch {
      // The next one; at last the descriptor we were given, which may block.
    }
  }
  return {
    write(bytes) {
      try {
        return writeSync(own ?? fd, bytes);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
        throw error;
      }
    },
    close() {
      if (own !== undefined) closeSync(own);
      own = undefined;
    },
  };
}

/**
 * Reads what `stty speed` says.
 * @returns bits a second where the line is slow enough to be counted, else nothing
 */
export function slowSpeed(said: string): number | undefined {
  const speed = Number(said.trim().split(/\s+/)[0]);
  return Number.isInteger(speed) && speed > 0 && speed < FAST ? speed : undefined;
}

/** Makes a line over a sink. Nothing is sent before the first write. */
export function createLine({ sink, baud, onReady, onLost }: LineOptions): Line {
  let speed = baud;
  /** What the kernel has not taken yet. */
  let left: Uint8Array = new Uint8Array(0);
  /** When the bytes taken so far will have gone out, by the speed. */
  let outAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let lost = false;

  /** Offers the kernel what is left. */
  const offer = (): void => {
    try {
      while (left.length > 0) {
        const taken = sink.write(left);
        if (taken === 0) return;
        left = left.subarray(taken);
      }
    } catch (error) {
      lost = true;
      left = new Uint8Array(0);
      onLost?.((error as NodeJS.ErrnoException).code ?? String(error));
    }
  };

  const append = (text: string): void => {
    const bytes = Buffer.from(text);
    left = left.length === 0 ? bytes : Buffer.concat([left, bytes]);
    if (speed) outAt = Math.max(outAt, performance.now()) + (lineBytes(text) * 10_000) / speed;
  };

  const waitMs = (): number => {
    if (left.length > 0) return RETRY_MS;
    return Math.max(0, Math.ceil(outAt - EARLY_MS - performance.now()));
  };

  const later = (): void => {
    timer = undefined;
    offer();
    const ms = waitMs();
    if (ms > 0) timer = setTimeout(later, ms);
    else if (!lost) onReady?.();
  };

  return {
    write(text) {
      if (lost) return true;
      append(text);
      offer();
      const ms = waitMs();
      if (ms === 0) return true;
      timer ??= setTimeout(later, ms);
      return false;
    },
    writeNow(text) {
      if (lost) return;
      append(text);
      const until = performance.now() + NOW_MS;
      offer();
      while (left.length > 0 && performance.now() < until) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS / 2);
        offer();
      }
    },
    setBaud(next) {
      speed = next;
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
      lost = true;
      sink.close();
    },
  };
}
