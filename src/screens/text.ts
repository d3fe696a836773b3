/** A text panel: pages of facts and links. */
import type { TextPanel } from '../panel/types.ts';
import type { TextScreen } from '../session/state.ts';
import { textLines, textRoom } from '../session/text.ts';
import { markAbove, markBelow } from '../session/window.ts';
import type { World } from '../session/world.ts';
import { type Canvas, centre, cut, put, putItem } from './canvas.ts';
import { drawLegend } from './legend.ts';

/** Draws the text; gives where the cursor stands. */
export function drawText(canvas: Canvas, screen: TextScreen, panel: TextPanel, world: World): { x: number; y: number } {
  centre(canvas, 0, panel.title);
  drawLegend(canvas, 'text');
  const lines = textLines(panel, canvas.columns, world);
  const window = textRoom(canvas.rows, lines.length);
  const scrolls = lines.length > window;
  const top = Math.min(screen.top, Math.max(0, lines.length - window));
  const first = scrolls ? 3 : 2;
  if (scrolls) {
    put(canvas, 0, 2, markAbove(top));
    put(canvas, 0, first + window, markBelow(top, window, lines.length));
  }
  let cursor = { x: 0, y: first };
  lines.slice(top, top + window).forEach((line, at) => {
    const focused = line.link !== undefined && line.link === screen.link;
    const indent = line.text.length - line.text.trimStart().length;
    const found = screen.find?.line === top + at;
    putItem(canvas, indent, first + at, cut(line.text.trimStart(), canvas.columns - indent), focused || found);
    if (focused || found) cursor = { x: Math.max(0, indent - 1), y: first + at };
  });
  return cursor;
}
