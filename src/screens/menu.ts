/** A menu, drawn as reference frame 01 and 02 show it. */
import type { MenuPanel } from '../panel/types.ts';
import { menuRoom, menuRows } from '../session/menu.ts';
import type { MenuScreen } from '../session/state.ts';
import { markAbove, markBelow } from '../session/window.ts';
import type { World } from '../session/world.ts';
import { type Canvas, centre, cut, put, putItem } from './canvas.ts';
import { drawLegend } from './legend.ts';

/** Draws the menu; gives where the cursor stands. */
export function drawMenu(canvas: Canvas, screen: MenuScreen, panel: MenuPanel, world: World): { x: number; y: number } {
  const { columns, rows: height } = canvas;
  centre(canvas, 0, panel.title);
  put(canvas, 0, 2, 'Move cursor to desired item and press Enter.');
  if (screen.filter) put(canvas, 0, 3, `Find: ${screen.filter.text}`);
  drawLegend(canvas, 'menu');

  const rows = menuRows(panel, screen, world);
  const room = menuRoom(height, rows.length);
  const scrolls = rows.length > room;
  const first = scrolls ? 5 : 4;
  if (scrolls) {
    put(canvas, 0, 4, markAbove(screen.top));
    put(canvas, 0, height - 4, markBelow(screen.top, room, rows.length));
  }
  rows.slice(screen.top, screen.top + room).forEach((row, at) => {
    const focused = screen.top + at === screen.cursor && row.panel !== undefined;
    putItem(canvas, 2, first + at, cut(row.text, columns - 2), focused);
  });
  if (rows.length === 0)
    put(
      canvas,
      2,
      first,
      screen.filter ? 'Nothing here holds that text; F3, then : searches all panels.' : 'There is nothing here.',
    );
  if (screen.filter?.editing) return { x: Math.min(columns - 1, 6 + screen.filter.text.length), y: 3 };
  return { x: 1, y: first + screen.cursor - screen.top };
}
