/**
 * The pen: where the terminal's cursor stands, which attributes are on, what is on the screen, and the bytes sent so far.
 * It knows every way to get from one place to another and takes the shortest.
 */
import { BLANK, BOLD, type Glyphs, INVERSE, RIGHT_HALF, UNDERLINE } from './cells.ts';
import type { TerminalKind } from './kind.ts';

export interface Pen {
  readonly columns: number;
  readonly rows: number;
  readonly kind: TerminalKind;
  readonly glyphs: Glyphs;
  /** What is on the screen, row by row. */
  cells: Int32Array;
  /** Column, -1 when it is not known (after the last column, after a character of doubtful width). */
  x: number;
  /** Row, -1 when it is not known. */
  y: number;
  style: number;
  /** First and last row of the terminal's scroll region. It is left as it is between two scrolls: the next one is mostly the same. */
  top: number;
  bottom: number;
  out: string;
}

/** A pen whose screen is empty and whose cursor is nowhere known. */
export function createPen(columns: number, rows: number, kind: TerminalKind, glyphs: Glyphs): Pen {
  const cells = new Int32Array(columns * rows).fill(BLANK);
  return { columns, rows, kind, glyphs, cells, x: -1, y: -1, style: 0, top: 0, bottom: rows - 1, out: '' };
}

/** The same pen once more, to try something on. */
export function copyPen(pen: Pen): Pen {
  return { ...pen, cells: pen.cells.slice() };
}

const ON: ReadonlyArray<readonly [number, string]> = [
  [BOLD, '1'],
  [UNDERLINE, '4'],
  [INVERSE, '7'],
];
const OFF: ReadonlyArray<readonly [number, string]> = [
  [BOLD, '22'],
  [UNDERLINE, '24'],
  [INVERSE, '27'],
];

const codes = (table: typeof ON, bits: number): string[] =>
  table.filter(([bit]) => (bits & bit) !== 0).map(([, code]) => code);

/** The shortest SGR that leads from one style to another; empty when they are the same. */
export function styleChange(from: number, to: number, attributeOff: boolean): string {
  if (from === to) return '';
  if (to === 0) return '\u001b[m';
  const anew = `\u001b[${['0', ...codes(ON, to)].join(';')}m`;
  if ((from & ~to) !== 0 && !attributeOff) return anew;
  const change = `\u001b[${[...codes(OFF, from & ~to), ...codes(ON, to & ~from)].join(';')}m`;
  return change.length <= anew.length ? change : anew;
}

/** Switches the attributes. */
export function setStyle(pen: Pen, style: number): void {
  pen.out += styleChange(pen.style, style, pen.kind.attributeOff);
  pen.style = style;
}

/** Longest stretch that is typed over instead of jumped over: CUF costs 5 bytes at most on a screen of 300 columns. */
const RETYPE = 6;

const count = (n: number): string => (n === 1 ? '' : String(n));

/** Bytes on the line: a raw terminal in Node keeps onlcr, so LF goes out as CR LF. */
export function lineBytes(text: string): number {
  return Buffer.byteLength(text) + lineFeeds(text);
}

function lineFeeds(text: string): number {
  let number = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) number++;
  return number;
}

/** The shorter of two ways, which are ASCII. */
function shorter(a: string, b: string | undefined): string {
  return b === undefined || a.length + lineFeeds(a) <= b.length + lineFeeds(b) ? a : b;
}

/** The cells from `from` to `to` as they stand on the screen, when typing them again with this style changes nothing. */
function retype(pen: Pen, y: number, from: number, to: number, style: number): string | undefined {
  if (to - from > RETYPE) return undefined;
  let text = '';
  for (let at = y * pen.columns + from; at < y * pen.columns + to; at++) {
    const cell = pen.cells[at] as number;
    if (cell === RIGHT_HALF || (cell & 7) !== style || cell >> 3 > 0x7e) return undefined;
    text += String.fromCharCode(cell >> 3);
  }
  return text;
}

/** Within a row, to the right. */
function rightward(pen: Pen, y: number, from: number, x: number, style: number): string {
  if (from === x) return '';
  const jump = `\u001b[${count(x - from)}C`;
  return shorter(jump, retype(pen, y, from, x, style));
}

/** Within a row; `from` -1: the column is not known. */
function along(pen: Pen, y: number, from: number, x: number, style: number): string {
  if (from >= 0 && from <= x) return rightward(pen, y, from, x, style);
  let best = `\r${rightward(pen, y, 0, x, style)}`;
  if (pen.kind.columnAddress) best = shorter(best, `\u001b[${count(x + 1)}G`);
  if (from < 0) return best;
  best = shorter(best, `\u001b[${count(from - x)}D`);
  return from - x < best.length ? '\b'.repeat(from - x) : best;
}

/** Ways into another row that keep the column, and the one that goes to its beginning. Nothing may scroll. */
function across(pen: Pen, x: number, y: number, style: number): string | undefined {
  const down = y - pen.y;
  // At a margin the cursor stays and the region scrolls, so a margin is never stepped over.
  if (down > 0 && pen.y <= pen.bottom && y > pen.bottom) return undefined;
  if (down < 0 && pen.y >= pen.top && y < pen.top) return undefined;
  const steps = Math.abs(down);
  let keeping = `\u001b[${count(steps)}${down > 0 ? 'B' : 'A'}`;
  if (pen.kind.scrollRegion && steps * 2 <= keeping.length) keeping = (down > 0 ? '\u001bD' : '\u001bM').repeat(steps);
  const kept = keeping + along(pen, y, pen.x, x, style);
  if (down < 0) return kept;
  // CR first: LF alone keeps the column or not, depending on the line's onlcr.
  const fresh = `${pen.x === 0 ? '' : '\r'}${'\n'.repeat(steps)}${rightward(pen, y, 0, x, style)}`;
  return shorter(kept, fresh);
}

function wayTo(pen: Pen, x: number, y: number, style: number): string {
  const address = x === 0 ? (y === 0 ? '' : `${y + 1}`) : `${y === 0 ? '' : y + 1};${x + 1}`;
  const jump = `\u001b[${address}H`;
  if (pen.y < 0) return jump;
  const near = pen.y === y ? along(pen, y, pen.x, x, style) : across(pen, x, y, style);
  return shorter(jump, near);
}

/** Moves the cursor and switches to the style that is needed there (the present one when left out), in whichever order is shorter. */
export function moveTo(pen: Pen, x: number, y: number, style = pen.style): void {
  if (pen.x !== x || pen.y !== y) {
    const before = wayTo(pen, x, y, pen.style);
    const after = style === pen.style ? before : wayTo(pen, x, y, style);
    if (after.length < before.length) {
      setStyle(pen, style);
      pen.out += after;
    } else pen.out += before;
    pen.x = x;
    pen.y = y;
  }
  setStyle(pen, style);
}

/** Writes one cell (both halves of a wide one) at the cursor. */
function putCell(pen: Pen, index: number, cell: number, wide: boolean): void {
  const doubtful = pen.glyphs.doubtful(cell);
  if (doubtful && wide) {
    // Where the terminal takes a wide character for a narrow one, a blank and not the old character stands beside it.
    const { x, y } = pen;
    pen.out += '  ';
    pen.x = x + 2 < pen.columns ? x + 2 : -1;
    moveTo(pen, x, y);
  }
  pen.out += pen.glyphs.text(cell);
  pen.cells[index] = cell;
  if (wide) pen.cells[index + 1] = RIGHT_HALF;
  pen.x += wide ? 2 : 1;
  // In the last column some terminals hold the cursor back, some wrap with the next character: it is not trusted.
  if (doubtful || pen.x >= pen.columns) pen.x = -1;
}

/** Brings a row to what `next` holds from `from` up to `to`, by moving over what is right and writing what is not. */
export function putCells(pen: Pen, y: number, next: Int32Array, from: number, to: number): void {
  const start = y * pen.columns;
  for (let x = from; x < to; x++) {
    const cell = next[start + x] as number;
    if (cell === pen.cells[start + x] || cell === RIGHT_HALF) continue;
    moveTo(pen, x, y, cell & 7);
    putCell(pen, start + x, cell, x + 1 < pen.columns && next[start + x + 1] === RIGHT_HALF);
  }
}

/** EL: everything from `x` to the end of the row becomes blank. */
export function eraseRow(pen: Pen, x: number, y: number): void {
  // Attributes off: some terminals fill with the present ones.
  moveTo(pen, x, y, 0);
  pen.out += '\u001b[K';
  pen.cells.fill(BLANK, y * pen.columns + x, (y + 1) * pen.columns);
}

/** ICH (`by` > 0) or DCH (`by` < 0): the rest of the row moves. No wide character may be in it. */
export function shiftRow(pen: Pen, x: number, y: number, by: number): void {
  moveTo(pen, x, y, 0);
  const start = y * pen.columns + x;
  const end = (y + 1) * pen.columns;
  if (by > 0) {
    pen.out += `\u001b[${count(by)}@`;
    pen.cells.copyWithin(start + by, start, end - by);
    pen.cells.fill(BLANK, start, start + by);
  } else {
    pen.out += `\u001b[${count(-by)}P`;
    pen.cells.copyWithin(start, start - by, end);
    pen.cells.fill(BLANK, end + by, end);
  }
}

/** Clears the screen. */
export function clearScreen(pen: Pen): void {
  setStyle(pen, 0);
  pen.out += '\u001b[H\u001b[J';
  pen.cells.fill(BLANK);
  pen.x = 0;
  pen.y = 0;
}

/** Moves the rows `top` to `bottom` up (`by` > 0) or down; the rows that come free are blank. */
export function scrollRows(pen: Pen, top: number, bottom: number, by: number): void {
  setStyle(pen, 0);
  if (pen.top !== top || pen.bottom !== bottom) {
    pen.out += top === 0 && bottom === pen.rows - 1 ? '\u001b[r' : `\u001b[${top + 1};${bottom + 1}r`;
    pen.top = top;
    pen.bottom = bottom;
    pen.x = 0;
    pen.y = 0;
  }
  const edge = by > 0 ? bottom : top;
  if (pen.y !== edge) moveTo(pen, Math.max(0, pen.x), edge);
  pen.out += (by > 0 ? '\u001bD' : '\u001bM').repeat(Math.abs(by));
  const { columns, cells } = pen;
  const distance = Math.abs(by) * columns;
  if (by > 0) {
    cells.copyWithin(top * columns, top * columns + distance, (bottom + 1) * columns);
    cells.fill(BLANK, (bottom + 1) * columns - distance, (bottom + 1) * columns);
  } else {
    cells.copyWithin(top * columns + distance, top * columns, (bottom + 1) * columns - distance);
    cells.fill(BLANK, top * columns, top * columns + distance);
  }
}
