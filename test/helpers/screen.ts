/**
 * A terminal to look at: bytes in, cells out, on xterm's own parser (@xterm/headless). Nothing is asynchronous:
 * what was written is on the screen when `write` returns.
 */
import xterm from '@xterm/headless';
import type { Frame, Span } from '../../src/terminal/types.ts';

export interface ScreenCell {
  /** The character; empty for the right half of a wide one. A cell never written is a blank. */
  text: string;
  inverse: boolean;
  bold: boolean;
  underline: boolean;
}

export interface TestScreen {
  write(bytes: string | Uint8Array): void;
  /** The rows, without the blanks at their ends. */
  text(): string[];
  cell(x: number, y: number): ScreenCell;
  inverse(x: number, y: number): boolean;
  cursor(): { x: number; y: number };
  resize(columns: number, rows: number): void;
  /** The alternate screen is shown. */
  alternate(): boolean;
  /** Autowrap is on. */
  autowrap(): boolean;
  bracketedPaste(): boolean;
  /** Lines that have left the screen at its top. */
  scrolledAway(): number;
  /** Bytes written so far (UTF-8); may be set back to 0. */
  bytes: number;
}

/** The part of xterm's core that parses at once; the public `write` parses in a later turn of the event loop. */
interface SynchronousCore {
  _core: { writeSync(data: string | Uint8Array): void };
}

/**
 * Makes a terminal.
 * @param options.newLineMode LF also returns the carriage, as the kernel's ONLCR makes it do
 */
export function makeScreen(columns: number, rows: number, options: { newLineMode?: boolean } = {}): TestScreen {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    convertEol: options.newLineMode ?? false,
    scrollback: 1000,
    logLevel: 'off',
  });
  const core = (terminal as unknown as SynchronousCore)._core;
  const line = (y: number) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
  const cell = (x: number, y: number): ScreenCell => {
    const found = line(y)?.getCell(x);
    if (!found) throw new RangeError(`no cell ${x},${y}`);
    return {
      text: found.getWidth() === 0 ? '' : found.getChars() || ' ',
      inverse: found.isInverse() !== 0,
      bold: found.isBold() !== 0,
      underline: found.isUnderline() !== 0,
    };
  };
  return {
    write(bytes) {
      this.bytes += Buffer.byteLength(bytes);
      core.writeSync(bytes);
    },
    text: () => Array.from({ length: terminal.rows }, (_, y) => line(y)?.translateToString(true).trimEnd() ?? ''),
    cell,
    inverse: (x, y) => cell(x, y).inverse,
    cursor: () => ({
      x: Math.min(terminal.buffer.active.cursorX, terminal.cols - 1),
      y: terminal.buffer.active.cursorY,
    }),
    resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
    alternate: () => terminal.buffer.active.type === 'alternate',
    autowrap: () => terminal.modes.wraparoundMode,
    bracketedPaste: () => terminal.modes.bracketedPasteMode,
    scrolledAway: () => terminal.buffer.active.baseY,
    bytes: 0,
  };
}

/** The text of a frame's rows, without the blanks at their ends: what `TestScreen.text()` gives once it is painted. */
export function rowsOf(frame: Frame | Span[][]): string[] {
  const rows = Array.isArray(frame) ? frame : frame.rows;
  return rows.map(row =>
    row
      .map(span => span.text)
      .join('')
      .trimEnd(),
  );
}
