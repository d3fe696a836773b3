/** A whole screen of a session as a frame: what Ink draws, what is painted before Ink is there, what the tests compare. */
import { type State, topBox, topScreen } from '../session/state.ts';
import type { World } from '../session/world.ts';
import { SMALLEST } from '../terminal/capability.ts';
import type { Frame } from '../terminal/types.ts';
import { textWidth } from '../terminal/width.ts';
import { type ActionPlace, drawTopBox } from './boxes.ts';
import { type Canvas, cut, makeCanvas, put, rowsOf } from './canvas.ts';
import { drawForm } from './form.ts';
import { drawMenu } from './menu.ts';
import { drawOutput } from './output.ts';
import { drawText } from './text.ts';

/** A frame, and the place of a small action box in it when there is one. */
export interface SessionFrame extends Frame {
  actions?: ActionPlace;
}

/** Draws the state. The frame is exactly as large as the terminal; nothing in it is wider than a row. */
export function frameOf(state: State, world: World): SessionFrame {
  const canvas = makeCanvas(state.size, world.mono);
  if (state.size.columns < SMALLEST.columns || state.size.rows < SMALLEST.rows) return tooSmall(canvas);
  let cursor = drawScreen(canvas, state, world);
  const box = topBox(state);
  const drawn = box && drawTopBox(canvas, state, box, world);
  if (drawn) cursor = drawn.cursor;
  if (state.notice) drawNotice(canvas, state, state.notice);
  if (state.escPending) put(canvas, state.size.columns - 5, state.size.rows - 1, 'Esc-', {}, 5);
  const inside = {
    x: Math.max(0, Math.min(cursor.x, state.size.columns - 1)),
    y: Math.max(0, Math.min(cursor.y, state.size.rows - 1)),
  };
  return {
    columns: canvas.columns,
    rows: rowsOf(canvas),
    cursor: inside,
    ...(drawn?.actions ? { actions: drawn.actions } : {}),
  };
}

/** A window made smaller than any screen: what was there comes back with the room for it, and a command goes on meanwhile. */
function tooSmall(canvas: Canvas): SessionFrame {
  const { columns, rows } = canvas;
  const lines = [
    `The window has ${columns}x${rows}.`,
    `hasmit needs ${SMALLEST.columns}x${SMALLEST.rows}:`,
    'make it larger.',
  ];
  lines.forEach((line, y) => {
    put(canvas, 0, y, line);
  });
  return { columns, rows: rowsOf(canvas), cursor: { x: 0, y: Math.min(rows, lines.length) - 1 } };
}

function drawScreen(canvas: Canvas, state: State, world: World): { x: number; y: number } {
  const screen = backdrop(state, world);
  if (screen.kind === 'output') return drawOutput(canvas, screen, world);
  const panel = world.panel(screen.panel);
  if (screen.kind === 'menu' && panel?.kind === 'menu') return drawMenu(canvas, screen, panel, world);
  if (screen.kind === 'text' && panel?.kind === 'text') return drawText(canvas, screen, panel, world);
  if (screen.kind === 'form' && (panel?.kind === 'dialog' || panel?.kind === 'selector'))
    return drawForm(canvas, screen, panel, world);
  return { x: 0, y: 0 };
}

/** A ghost selector has no screen of its own: the one below it is seen behind its list. */
function backdrop(state: State, world: World) {
  for (let at = state.screens.length - 1; at > 0; at--) {
    const screen = state.screens[at]!;
    const panel = screen.kind === 'form' ? world.panel(screen.panel) : undefined;
    if (panel?.kind !== 'selector' || !panel.ghost) return screen;
  }
  return state.screens[0] ?? topScreen(state);
}

/** News stands where the screen has a blank row: below the instructions, or in the title row of a box's screen. */
function drawNotice(canvas: Canvas, state: State, text: string): void {
  const screen = topScreen(state);
  // Over a box the row below the title is always free.
  const y = state.boxes.length > 0 ? 1 : screen.kind === 'menu' ? 3 : screen.kind === 'form' ? 4 : 1;
  put(canvas, 0, y, ' '.repeat(canvas.columns));
  put(canvas, 0, y, cut(text, canvas.columns));
}

/** The frame as text, one string a row: F8, the line mode and tests. */
export function textOfFrame(frame: Frame): string[] {
  return frame.rows.map(row => row.map(span => span.text).join(''));
}

/** Widest row of a frame in cells, for tests. */
export function frameWidth(frame: Frame): number {
  return Math.max(0, ...frame.rows.map(row => textWidth(row.map(span => span.text).join(''))));
}
