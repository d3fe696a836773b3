/** A terminal screen as a drawing: one text element a run of equal look, inverse stretches as filled rectangles. */
import type { Cell } from '../test/helpers/terminal.ts';

const cellWidth = 9;
const rowHeight = 19;
const margin = 12;
const paper = '#14161a';
const ink = '#d8dade';

interface Run {
  x: number;
  width: number;
  text: string;
  look: Cell;
}

const isPlain = (cell: Cell) => cell.width === 1 && cell.text.length === 1;

/** Neighbouring cells of one look as one run; `x` and `width` in columns. */
function runsOf(cells: Cell[]): Run[] {
  const runs: Run[] = [];
  let x = 0;
  for (const cell of cells) {
    const last = runs.at(-1);
    const same =
      last &&
      last.look.inverse === cell.inverse &&
      last.look.bold === cell.bold &&
      last.look.underline === cell.underline &&
      // What is wider than a cell or made of several characters sits exactly in its place only as an element of its own.
      isPlain(cell) &&
      isPlain(last.look);
    if (same) {
      last.text += cell.text;
      last.width += 1;
    } else runs.push({ x, width: cell.width, text: cell.text, look: cell });
    x += cell.width;
  }
  return runs;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function runSvg(run: Run, y: number): string {
  const { inverse, bold, underline } = run.look;
  const left = margin + run.x * cellWidth;
  const width = run.width * cellWidth;
  const parts: string[] = [];
  if (inverse)
    parts.push(
      `<rect x="${left}" y="${margin + y * rowHeight}" width="${width}" height="${rowHeight}" fill="${ink}"/>`,
    );
  const text = run.text.trim();
  if (text !== '') {
    const style = `${inverse ? ` fill="${paper}"` : ''}${bold ? ' font-weight="bold"' : ''}${underline ? ' text-decoration="underline"' : ''}`;
    const x = left + (run.text.length - run.text.trimStart().length) * cellWidth;
    const length = isPlain(run.look) ? text.length * cellWidth : width;
    const base = margin + y * rowHeight + 14;
    parts.push(
      `<text x="${x}" y="${base}" textLength="${length}" xml:space="preserve"${style}>${escaped(text)}</text>`,
    );
  }
  return parts.join('\n');
}

/**
 * Draws a screen.
 * @param rows the cells of every row
 * @param cursor where the cursor stands, in columns and rows from 0
 */
export function screenSvg(rows: Cell[][], cursor: { x: number; y: number }): string {
  const columns = Math.max(...rows.map(cells => cells.reduce((sum, cell) => sum + cell.width, 0)));
  const width = columns * cellWidth + 2 * margin;
  const height = rows.length * rowHeight + 2 * margin;
  const lines = rows.flatMap((cells, y) => runsOf(cells).map(run => runSvg(run, y))).filter(line => line !== '');
  const mark = `<rect x="${margin + cursor.x * cellWidth}" y="${margin + (cursor.y + 1) * rowHeight - 3}" width="${cellWidth}" height="2" fill="#e8a33d"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono, Consolas, Menlo, monospace" font-size="15" fill="${ink}">
<rect width="${width}" height="${height}" rx="6" fill="${paper}"/>
${lines.join('\n')}
${mark}
</svg>
`;
}
