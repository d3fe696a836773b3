/** A screen while it is being drawn: cells that can be written over, then handed on as rows of spans. */
import type { Size, Span, Style } from '../terminal/types.ts';
import { graphemes, textWidth } from '../terminal/width.ts';

export interface Canvas {
  columns: number;
  rows: number;
  /** One entry a cell; the second cell of a wide sign holds ''. */
  cells: string[];
  /** 1 inverse, 2 bold, 4 underline. */
  styles: Uint8Array;
  /** No attributes at all: the item the cursor is on has a `>` before it. */
  mono: boolean;
}

/** An empty canvas. */
export function makeCanvas(size: Size, mono = false): Canvas {
  const count = size.columns * size.rows;
  return {
    columns: size.columns,
    rows: size.rows,
    cells: new Array<string>(count).fill(' '),
    styles: new Uint8Array(count),
    mono,
  };
}

const printableAscii = /^[\x20-\x7e]*$/;

/** Writes a text at a place, cut at `limit` cells or the right edge. Gives the column after it. */
export function put(
  canvas: Canvas,
  x: number,
  y: number,
  text: string,
  style: Style = {},
  limit = Number.POSITIVE_INFINITY,
): number {
  if (y < 0 || y >= canvas.rows) return x;
  const bits = canvas.mono ? 0 : (style.inverse ? 1 : 0) | (style.bold ? 2 : 0) | (style.underline ? 4 : 0);
  const end = Math.min(canvas.columns, x + limit);
  const start = y * canvas.columns;
  let at = x;
  const set = (sign: string, width: number) => {
    mend(canvas, start, at);
    canvas.cells[start + at] = sign;
    canvas.styles[start + at] = bits;
    if (width === 2) {
      mend(canvas, start, at + 1);
      canvas.cells[start + at + 1] = '';
      canvas.styles[start + at + 1] = bits;
    }
    at += width;
  };
  if (printableAscii.test(text)) {
    for (let i = 0; i < text.length && at < end; i++) set(text[i]!, 1);
    return at;
  }
  for (const sign of graphemes(text)) {
    const width = textWidth(sign);
    if (width === 0) continue;
    if (at + width > end) break;
    set(sign, width);
  }
  return at;
}

/** Writes an item that the cursor may be on: in reverse then, or behind a `>` where there is no reverse. */
export function putItem(canvas: Canvas, x: number, y: number, text: string, focused: boolean, limit?: number): number {
  if (focused && canvas.mono && x > 0) put(canvas, x - 1, y, '>');
  return put(canvas, x, y, text, { inverse: focused }, limit);
}

/** Half of a wide sign that is written over leaves a blank in its other half. */
function mend(canvas: Canvas, start: number, x: number): void {
  if (canvas.cells[start + x] === '' && x > 0) canvas.cells[start + x - 1] = ' ';
  if (x + 1 < canvas.columns && canvas.cells[start + x + 1] === '') canvas.cells[start + x + 1] = ' ';
}

/** Writes a text centred as SMIT does: the column is rounded down. */
export function centre(canvas: Canvas, y: number, text: string, from = 0, width = canvas.columns): void {
  put(canvas, from + Math.max(0, Math.floor((width - textWidth(text)) / 2)), y, text, {}, width);
}

/** Blanks a rectangle. */
export function clear(canvas: Canvas, x: number, y: number, width: number, height: number): void {
  for (let row = y; row < y + height; row++) put(canvas, x, row, ' '.repeat(width));
}

/** A text cut to a width; what is cut away is marked by `>` in the last cell. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const sign of graphemes(text)) {
    const next = textWidth(sign);
    if (used + next > width - 1) break;
    kept += sign;
    used += next;
  }
  return `${kept}${' '.repeat(width - 1 - used)}>`;
}

/** The rows as spans, without blanks at their ends. */
export function rowsOf(canvas: Canvas): Span[][] {
  const rows: Span[][] = [];
  for (let y = 0; y < canvas.rows; y++) {
    const start = y * canvas.columns;
    let last = canvas.columns - 1;
    while (last >= 0 && canvas.cells[start + last] === ' ' && canvas.styles[start + last] === 0) last--;
    const spans: Span[] = [];
    let from = 0;
    while (from <= last) {
      const bits = canvas.styles[start + from]!;
      let to = from + 1;
      while (to <= last && canvas.styles[start + to] === bits) to++;
      const span: Span = { text: canvas.cells.slice(start + from, start + to).join('') };
      if (bits & 1) span.inverse = true;
      if (bits & 2) span.bold = true;
      if (bits & 4) span.underline = true;
      spans.push(span);
      from = to;
    }
    rows.push(spans);
  }
  return rows;
}
