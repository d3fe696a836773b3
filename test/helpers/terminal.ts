/**
 * A terminal for programs under test: a pty with a real terminal emulator behind it. What the program draws can be read
 * back cell by cell, keys are typed as bytes, time is measured where the bytes arrive.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import type { IBufferCell } from '@xterm/headless';
import xterm from '@xterm/headless';

export interface TerminalOptions {
  columns?: number;
  rows?: number;
  /** Added to a small fixed environment (PATH, TERM=xterm, LANG=C.UTF-8, HOME and XDG directories of its own). */
  env?: Record<string, string>;
  cwd?: string;
  /** HOME of the program, where its name is shown and must not change; made anew, removed by close(). */
  home?: string;
}

/** Keys as xterm sends them. */
export const keys = {
  ...{ f1: '\x1bOP', f2: '\x1bOQ', f3: '\x1bOR', f4: '\x1bOS', f5: '\x1b[15~', f6: '\x1b[17~', f7: '\x1b[18~' },
  ...{ f8: '\x1b[19~', f9: '\x1b[20~', f10: '\x1b[21~', up: '\x1b[A', down: '\x1b[B', right: '\x1b[C', left: '\x1b[D' },
  ...{ home: '\x1b[H', end: '\x1b[F', pageUp: '\x1b[5~', pageDown: '\x1b[6~', delete: '\x1b[3~' },
  ...{
    enter: '\r',
    tab: '\t',
    shiftTab: '\x1b[Z',
    backspace: '\x7f',
    escape: '\x1b',
    ctrlC: '\x03',
    ctrlG: '\x07',
    ctrlL: '\x0c',
  },
};

export interface Cell {
  text: string;
  /** Columns it takes: 1 or 2. */
  width: number;
  inverse: boolean;
  bold: boolean;
  underline: boolean;
}

export interface Ending {
  status: number;
  signal: number;
}

export interface Terminal {
  readonly pid: number;
  /** HOME of the program; removed by close(). */
  readonly home: string;
  /** Sends bytes as if typed. */
  type(keys: string): void;
  /** The screen, row by row, blanks at the end of a row removed. */
  screen(): Promise<string[]>;
  /** The screen as one text. */
  text(): Promise<string>;
  /** One cell with its look. */
  cells(row: number): Promise<Cell[]>;
  cursor(): Promise<{ x: number; y: number }>;
  /** True while the program shows the alternate screen. */
  onAlternateScreen(): Promise<boolean>;
  /** All the program has written so far. */
  output(): string;
  /** Bytes written so far. */
  bytes(): number;
  resize(columns: number, rows: number): void;
  /** Waits until the screen holds the text (or matches, or satisfies the function). Throws with the screen after `ms` (10 s). */
  waitFor(what: string | RegExp | ((text: string) => boolean), ms?: number): Promise<string>;
  /** Waits until nothing has been written for `ms` (100), counted from now. */
  quiet(ms?: number): Promise<void>;
  /** Resolves when the program has ended. Throws with the screen after `ms` (10 s). */
  ended(ms?: number): Promise<Ending>;
  kill(signal?: string): void;
  /** Takes the line away, as when a modem hangs up or a window is closed: nothing can be read or written any more. */
  hangUp(): void;
  /** Ends the program and removes its HOME. */
  close(): Promise<void>;
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Starts a program in a terminal of 80x24 (unless said). */
export function openTerminal(command: string, args: string[], options: TerminalOptions = {}): Terminal {
  const { columns = 80, rows = 24 } = options;
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'hasmit-home-'));
  mkdirSync(home, { recursive: true });
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CONFIG_HOME: join(home, 'config'),
    TERM: 'xterm',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...options.env,
  };
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  const pty = spawn(command, args, { cols: columns, rows, env, cwd: options.cwd ?? home, encoding: null });

  const chunks: Buffer[] = [];
  let count = 0;
  let last = performance.now();
  let ending: Ending | undefined;
  pty.onData((data: string | Buffer) => {
    const chunk = Buffer.isBuffer(data) ? data : Buffer.from(data);
    chunks.push(chunk);
    count += chunk.length;
    last = performance.now();
    emulator.write(chunk);
  });
  // The emulator answers questions (cursor position, attributes) as a terminal does.
  emulator.onData(answer => pty.write(answer));
  pty.onExit(({ exitCode, signal }) => {
    ending = { status: exitCode, signal: signal ?? 0 };
  });

  /** The emulator works through its input in its own time. */
  const drained = () => new Promise<void>(resolve => emulator.write('', resolve));
  const lineAt = (y: number) => emulator.buffer.active.getLine(emulator.buffer.active.baseY + y);

  const terminal: Terminal = {
    pid: pty.pid,
    home,
    type: keys => pty.write(keys),
    async screen() {
      await drained();
      // A narrower terminal keeps what stood further right, out of sight.
      return Array.from(
        { length: emulator.rows },
        (_, y) => lineAt(y)?.translateToString(true, 0, emulator.cols) ?? '',
      );
    },
    text: async () => (await terminal.screen()).join('\n'),
    async cells(row) {
      await drained();
      const line = lineAt(row);
      const cells: Cell[] = [];
      let cell: IBufferCell | undefined;
      for (let x = 0; x < emulator.cols; x++) {
        cell = line?.getCell(x, cell);
        if (!cell || cell.getWidth() === 0) continue;
        const flags = {
          inverse: cell.isInverse() !== 0,
          bold: cell.isBold() !== 0,
          underline: cell.isUnderline() !== 0,
        };
        cells.push({ text: cell.getChars() || ' ', width: cell.getWidth(), ...flags });
      }
      return cells;
    },
    async cursor() {
      await drained();
      return { x: emulator.buffer.active.cursorX, y: emulator.buffer.active.cursorY };
    },
    async onAlternateScreen() {
      await drained();
      return emulator.buffer.active.type === 'alternate';
    },
    output: () => Buffer.concat(chunks).toString('utf8'),
    bytes: () => count,
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    async waitFor(what, ms = 10_000) {
      const holds = (text: string) =>
        typeof what === 'function' ? what(text) : typeof what === 'string' ? text.includes(what) : what.test(text);
      const end = performance.now() + ms;
      for (;;) {
        const text = await terminal.text();
        if (holds(text)) return text;
        if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}; the screen is\n${text}`);
        await sleep(10);
      }
    },
    async quiet(ms = 100) {
      const begin = performance.now();
      while (performance.now() - Math.max(last, begin) < ms) await sleep(10);
      await drained();
    },
    async ended(ms = 10_000) {
      const end = performance.now() + ms;
      while (!ending) {
        if (performance.now() > end)
          throw new Error(`not ended after ${ms} ms; the screen is\n${await terminal.text()}`);
        await sleep(10);
      }
      await drained();
      return ending;
    },
    kill: signal => pty.kill(signal),
    hangUp: () => (pty as unknown as { destroy(): void }).destroy(),
    async close() {
      if (!ending) pty.kill('SIGKILL');
      const end = performance.now() + 2000;
      while (!ending && performance.now() < end) await sleep(10);
      emulator.dispose();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return terminal;
}
