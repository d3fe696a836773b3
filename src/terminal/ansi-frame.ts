/** Ink's frame (rows joined by LF, attributes as SGR) -> our frame. */
import type { Frame, Span, Style } from './types.ts';

/** What an SGR code does to the style; codes that are not here (colours) are left out. */
const CODES: Readonly<Record<string, Style | 'none'>> = {
  '': 'none',
  0: 'none',
  1: { bold: true },
  4: { underline: true },
  7: { inverse: true },
  22: { bold: false },
  24: { underline: false },
  27: { inverse: false },
};

/** Everything that begins with ESC: SGR, other CSI, OSC (links), and what else may come. */
const ESCAPE = /\u001b(?:\[([0-9;]*)m|\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[^[\]]?)/y;

function apply(style: Style, parameters: string): Style {
  let now = style;
  const codes = parameters.split(';');
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? '';
    // 38;5;n and 38;2;r;g;b: their numbers are no codes of their own.
    if (code === '38' || code === '48') at += codes[at + 1] === '5' ? 2 : 4;
    const change = CODES[code];
    if (change) now = change === 'none' ? {} : { ...now, ...change };
  }
  return now;
}

function span(text: string, style: Style): Span {
  const made: Span = { text };
  if (style.inverse) made.inverse = true;
  if (style.bold) made.bold = true;
  if (style.underline) made.underline = true;
  return made;
}

/**
 * Reads a frame as Ink writes it in debug mode.
 * @param text rows joined by LF; SGR 0, 1, 4, 7, 22, 24, 27 are understood, other sequences left out
 * @param columns width of the frame; wider rows are left to the painter, which cuts them
 * @param rows exactly so many rows come back: missing ones are empty, further ones left out
 * @returns the frame, its cursor at the top left
 */
export function frameFromAnsi(text: string, columns: number, rows: number): Frame {
  const frame: Frame = { columns, rows: [], cursor: { x: 0, y: 0 } };
  let style: Style = {};
  let start = 0;
  while (frame.rows.length < rows && start <= text.length) {
    const lf = text.indexOf('\n', start);
    const end = lf < 0 ? text.length : lf;
    const line = text.slice(start, end);
    start = end + 1;
    let esc = line.indexOf('\u001b');
    if (esc < 0) {
      frame.rows.push(line === '' ? [] : [span(line, style)]);
      continue;
    }
    const row: Span[] = [];
    let from = 0;
    for (; esc >= 0; esc = line.indexOf('\u001b', from)) {
      if (esc > from) row.push(span(line.slice(from, esc), style));
      ESCAPE.lastIndex = esc;
      const found = ESCAPE.exec(line);
      if (found?.[1] !== undefined) style = apply(style, found[1]);
      from = esc + Math.max(1, found?.[0].length ?? 1);
    }
    if (from < line.length) row.push(span(line.slice(from), style));
    frame.rows.push(row);
  }
  while (frame.rows.length < rows) frame.rows.push([]);
  return frame;
}
