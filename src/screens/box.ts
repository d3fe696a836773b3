/** The frame of SMIT's boxes: 76 columns in the middle, the bottom border on the last row, growing upwards with what is in it. */
import { type Context, legendOf } from '../session/keys.ts';
import { boxRoom, markAbove, markBelow } from '../session/window.ts';
import { type Canvas, centre, clear, cut, put, putItem } from './canvas.ts';

/** One line inside a box: where it begins (cells from the border), and whether it is the item the cursor is on. */
export interface BoxLine {
  text: string;
  indent: number;
  inverse?: boolean;
}

/** The lines of a box's body; an array is one, a list of ten thousand makes only the lines it is asked for. */
export interface BoxBody {
  length: number;
  slice(from: number, to: number): BoxLine[];
}

export interface BoxParts {
  title: string;
  context: Context;
  /** Lines above the body that do not scroll, the blank line between not counted. */
  intro: BoxLine[];
  body: BoxBody;
  /** First body line to show. */
  top: number;
  /** Lines below the body that do not scroll. */
  outro?: BoxLine[];
  /** Body lines to draw even when there are fewer: a box that keeps its height while one types. */
  height?: number;
  /** Widest line wanted, beyond SMIT's 70, where the terminal has room. */
  want?: number;
}

export interface BoxPlace {
  x: number;
  y: number;
  width: number;
  /** Row of the first body line shown. */
  bodyY: number;
  /** Row of the first outro line. */
  outroY: number;
  top: number;
}

/** Width of a box on a terminal: SMIT's 76, more only where a line needs it and there is room, less where there is none. */
export function boxWidth(columns: number, want = 0): number {
  return Math.min(columns - 4, Math.max(76, want + 6));
}

/** Legend rows of a box: three entries a row. */
function legendHeight(context: Context): number {
  return Math.ceil(legendOf(context).length / 3);
}

/** Draws a box; gives where its parts are. */
export function drawBox(canvas: Canvas, parts: BoxParts): BoxPlace {
  const { rows: height, columns } = canvas;
  const outro = parts.outro ?? [];
  const width = boxWidth(columns, parts.want);
  const x = Math.floor((columns - width) / 2);
  const legend = legendHeight(parts.context);
  const gaps =
    1 + (parts.intro.length > 0 ? 1 : 0) + (parts.body.length > 0 || parts.height ? 1 : 0) + (outro.length > 0 ? 1 : 0);
  const around = 2 + 1 + gaps + parts.intro.length + outro.length + legend;
  const total = Math.max(parts.body.length, parts.height ?? 0);
  const room = boxRoom(height, around, total);
  const shown = Math.min(total, room);
  const scrolls = parts.body.length > room;
  const top = Math.max(0, Math.min(parts.top, parts.body.length - room));
  const tall = around + shown + (scrolls ? 2 : 0);
  const y = height - tall;

  clear(canvas, x, y, width, tall);
  const line = `+${'-'.repeat(width - 2)}+`;
  put(canvas, x, y, line);
  put(canvas, x, height - 1, line);
  for (let row = y + 1; row < height - 1; row++) {
    put(canvas, x, row, '|');
    put(canvas, x + width - 1, row, '|');
  }
  centre(canvas, y + 1, parts.title, x + 1, width - 2);

  let at = y + 3;
  const draw = (entry: BoxLine) => {
    putItem(canvas, x + entry.indent, at, cut(entry.text, width - 2 - entry.indent), entry.inverse ?? false);
    at += 1;
  };
  parts.intro.forEach(draw);
  if (parts.intro.length > 0) at += 1;
  if (scrolls) draw({ text: markAbove(top), indent: 2 });
  const bodyY = at;
  parts.body.slice(top, top + room).forEach(draw);
  at = bodyY + shown;
  if (scrolls) draw({ text: markBelow(top, room, parts.body.length), indent: 2 });
  if (parts.body.length > 0 || parts.height) at += 1;
  const outroY = at;
  outro.forEach(draw);
  drawBoxLegend(canvas, parts.context, x, width, height - 1 - legend);
  return { x, y, width, bodyY, outroY, top };
}

function drawBoxLegend(canvas: Canvas, context: Context, x: number, width: number, y: number): void {
  const step = Math.floor((width - 4) / 3);
  legendOf(context).forEach((entry, at) => {
    put(canvas, x + 2 + (at % 3) * step, y + Math.floor(at / 3), entry, {}, step - 1);
  });
}
