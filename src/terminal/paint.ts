/**
 * The painter: whole frames in, the fewest bytes out. It knows what is on the screen, tries the ways to the new frame
 * (write what differs, from the top or from the bottom; scroll first; clear first) and sends the shortest.
 *
 * On a slow line frames are dropped: while `write` says that the line is not ready, only the newest frame is kept.
 */
import { BLANK, createGlyphs, RIGHT_HALF } from './cells.ts';
import { type TerminalKind, terminalKind } from './kind.ts';
import {
  clearScreen,
  copyPen,
  createPen,
  eraseRow,
  lineBytes,
  moveTo,
  type Pen,
  putCells,
  scrollRows,
  shiftRow,
} from './pen.ts';
import { findScrolls } from './scroll.ts';
import type { Frame } from './types.ts';

export interface PainterOptions {
  /** Sends bytes. False: taken, but nothing more until `ready()` is called; anything else: ready for more. */
  write: (text: string) => unknown;
  columns: number;
  rows: number;
  /** What the terminal can do; a VT100's abilities when left out. */
  kind?: TerminalKind;
  /** False: what is not ASCII is shown as question marks. */
  utf8?: boolean;
}

export interface Painter {
  /** Makes the screen show the frame; its cursor is the real one. A frame of another size is cut or filled with blanks. */
  paint(frame: Frame): void;
  /** The line takes more: paints the newest frame that had to wait. */
  ready(): void;
  /** The screen may be spoiled (F2, after a child): clears it and paints the newest frame again. */
  invalidate(): void;
  /** The terminal has another size: what is on it is unknown, the next frame is painted whole. */
  resize(columns: number, rows: number): void;
  /** Frames are only remembered from now on: the terminal belongs to somebody else. */
  pause(): void;
  /** The terminal is ours again: clears it and paints the newest frame. */
  resume(): void;
}

/** Attributes, character set, insert and origin mode, autowrap and margins as we need them, whatever was before; then an empty screen. */
const FRESH = '\u000f\u001b(B\u001b[m\u001b[4l\u001b[?6l\u001b[?7l\u001b[r\u001b[H\u001b[J';

/** A clear flickers, so it must save this share of the bytes. */
const CLEAR_SAVES = 0.8;
/** From the bottom up is tried as well when no more rows than this differ. */
const BOTH_WAYS = 6;
/** Furthest that the rest of a row is moved. */
const SHIFT = 4;

type RowWriter = (pen: Pen) => void;

/** First and one past the last cell of a row in which the two screens differ. */
function difference(pen: Pen, next: Int32Array, y: number): [number, number] {
  const start = y * pen.columns;
  let first = 0;
  let last = pen.columns;
  while (first < last && next[start + first] === pen.cells[start + first]) first++;
  while (last > first && next[start + last - 1] === pen.cells[start + last - 1]) last--;
  return [first, last];
}

/** Writes what differs; blanks at the end of the row by EL when that is shorter. */
function rewrite(pen: Pen, next: Int32Array, y: number): void {
  const start = y * pen.columns;
  const [first, last] = difference(pen, next, y);
  let end = last;
  while (end > first && next[start + end - 1] === BLANK) end--;
  let blankToEdge = true;
  for (let at = start + last; at < start + pen.columns && blankToEdge; at++) blankToEdge = next[at] === BLANK;
  const erase = blankToEdge && last - end > 3;
  putCells(pen, y, next, first, erase ? end : last);
  if (!erase) return;
  let from = end;
  while (pen.cells[start + from] === BLANK) from++;
  eraseRow(pen, from, y);
}

/** Whether the rest of the row moved: by how many cells to the right (or left, when negative); 0 when not. */
function shifted(pen: Pen, next: Int32Array, y: number, first: number, last: number): number {
  const start = y * pen.columns;
  for (let x = 0; x < pen.columns; x++)
    if (next[start + x] === RIGHT_HALF || pen.cells[start + x] === RIGHT_HALF) return 0;
  for (const by of [1, -1, 2, -2, 3, -3, SHIFT, -SHIFT]) {
    let same = 0;
    const from = by > 0 ? first + by : first;
    for (let x = from; x < last && next[start + x] === pen.cells[start + x - by]; x++) same++;
    if (same >= 8) return by;
  }
  return 0;
}

/** The ways to bring a row to what it shall show. */
function rowWays(pen: Pen, next: Int32Array, y: number): RowWriter[] {
  const ways: RowWriter[] = [trial => rewrite(trial, next, y)];
  const [first, last] = difference(pen, next, y);
  // Most often nothing stood there (the first frame): then there is nothing to erase or to move.
  const start = y * pen.columns;
  let filled = last - 1;
  while (filled >= first && pen.cells[start + filled] === BLANK) filled--;
  if (last - first <= SHIFT || filled < first) return ways;
  ways.push(trial => {
    eraseRow(trial, first, y);
    rewrite(trial, next, y);
  });
  const by = pen.kind.insertCharacter ? shifted(pen, next, y, first, last) : 0;
  if (by !== 0)
    ways.push(trial => {
      shiftRow(trial, first, y, by);
      rewrite(trial, next, y);
    });
  return ways;
}

/** Brings a row to what it shall show, the shortest way. */
function paintRow(pen: Pen, next: Int32Array, y: number): void {
  const ways = rowWays(pen, next, y);
  const start = y * pen.columns;
  const row = pen.cells.slice(start, start + pen.columns);
  const { x, y: penY, style, out } = pen;
  let best = ways[0];
  let shortest = Number.POSITIVE_INFINITY;
  for (const way of ways.length > 1 ? ways : []) {
    pen.out = '';
    way(pen);
    if (pen.out.length < shortest) {
      shortest = pen.out.length;
      best = way;
    }
    pen.cells.set(row, start);
    Object.assign(pen, { x, y: penY, style });
  }
  pen.out = out;
  best?.(pen);
}

function changedRows(pen: Pen, next: Int32Array): number[] {
  const changed: number[] = [];
  for (let y = 0; y < pen.rows; y++) {
    const [first, last] = difference(pen, next, y);
    if (first < last) changed.push(y);
  }
  return changed;
}

/** Tries the ways from what the pen has on its screen to `next`; returns the pen that wrote least. */
function shortestWay(pen: Pen, next: Int32Array, cursor: { x: number; y: number }): Pen {
  let best: Pen | undefined;
  const attempt = (prepare: (trial: Pen) => void, upward = false, factor = 1): void => {
    const trial = copyPen(pen);
    prepare(trial);
    const rows = changedRows(trial, next);
    if (upward) rows.reverse();
    for (const y of rows) paintRow(trial, next, y);
    moveTo(trial, cursor.x, cursor.y);
    if (!best || lineBytes(trial.out) < lineBytes(best.out) * factor) best = trial;
  };
  attempt(() => undefined);
  if (pen.cells.every(cell => cell === BLANK)) return best ?? pen;
  const changed = changedRows(pen, next).length;
  if (changed > 1 && changed <= BOTH_WAYS) attempt(() => undefined, true);
  if (pen.kind.scrollRegion)
    for (const { top, bottom, by } of findScrolls(pen.cells, next, pen.columns, pen.rows)) {
      attempt(trial => scrollRows(trial, top, bottom, by));
      attempt(trial => scrollRows(trial, top, bottom, by), true);
    }
  if (changed > pen.rows / 3) attempt(clearScreen, false, CLEAR_SAVES);
  return best ?? pen;
}

/** Makes a painter for a terminal of the given size; nothing is written before the first frame, which clears the screen. */
export function createPainter(options: PainterOptions): Painter {
  const { write, kind = terminalKind('vt100'), utf8 = true } = options;
  const glyphs = createGlyphs(utf8);
  let pen = createPen(options.columns, options.rows, kind, glyphs);
  let spoiled = true;
  let paused = false;
  let busy = false;
  let newest: Frame | undefined;

  const flush = (): void => {
    if (!newest || paused || busy) return;
    const { columns, rows } = pen;
    const next = new Int32Array(columns * rows);
    for (let y = 0; y < rows; y++) glyphs.fill(next, y * columns, (y + 1) * columns, newest.rows[y] ?? []);
    if (spoiled) {
      pen = createPen(columns, rows, kind, glyphs);
      pen.x = 0;
      pen.y = 0;
      spoiled = false;
      pen.out = FRESH;
    } else pen.out = '';
    const cursor = {
      x: Math.max(0, Math.min(columns - 1, newest.cursor.x)),
      y: Math.max(0, Math.min(rows - 1, newest.cursor.y)),
    };
    pen = shortestWay(pen, next, cursor);
    if (pen.out !== '') busy = write(pen.out) === false;
  };

  return {
    paint(frame) {
      newest = frame;
      flush();
    },
    ready() {
      busy = false;
      flush();
    },
    invalidate() {
      spoiled = true;
      flush();
    },
    resize(columns, rows) {
      pen = createPen(columns, rows, kind, glyphs);
      newest = undefined;
      spoiled = true;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      spoiled = true;
      flush();
    },
  };
}
