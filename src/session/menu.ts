/** Menus: the items shown and what keys do. */
import type { MenuPanel } from '../panel/types.ts';
import type { Action } from './keys.ts';
import type { Step } from './messages.ts';
import { openPanel } from './open.ts';
import { type MenuScreen, type State, withScreen } from './state.ts';
import { clamp, windowTop } from './window.ts';
import type { World } from './world.ts';

/** One line of a menu. Information lines have no panel and cannot be stopped at. */
export interface MenuRow {
  text: string;
  panel?: string;
}

/** The lines of a menu, in order, after its filter. */
export function menuRows(panel: MenuPanel, screen: MenuScreen, world: World): MenuRow[] {
  const rows = panel.items.map(item => ({
    text: item.text ?? (item.panel ? (world.title(item.panel) ?? item.panel) : ''),
    panel: item.panel,
  }));
  const wanted = screen.filter?.text.toLowerCase();
  return wanted ? rows.filter(row => row.panel && row.text.toLowerCase().includes(wanted)) : rows;
}

/** Rows of items a screen of this height has room for. */
export function menuRoom(height: number, rows: number): number {
  return rows <= height - 7 ? height - 7 : height - 9;
}

function place(
  state: State,
  panel: MenuPanel,
  screen: MenuScreen,
  cursor: number,
  step: 1 | -1,
  world: World,
): Step<State> {
  const rows = menuRows(panel, screen, world);
  let at = clamp(cursor, 0, Math.max(0, rows.length - 1));
  while (rows[at] && !rows[at]!.panel && rows[at + step]) at += step;
  if (rows[at] && !rows[at]!.panel) at = screen.cursor;
  const top = windowTop(at, screen.top, menuRoom(state.size.rows, rows.length), rows.length);
  return [withScreen(state, { ...screen, cursor: at, top }), []];
}

/** A menu as it is when it is opened: the cursor on the first item. */
export function startMenu(panel: MenuPanel): MenuScreen {
  return {
    kind: 'menu',
    panel: panel.id,
    cursor: Math.max(
      0,
      panel.items.findIndex(item => item.panel),
    ),
    top: 0,
  };
}

/** A key in a menu. */
export function menuAction(
  state: State,
  panel: MenuPanel,
  screen: MenuScreen,
  action: Action,
  world: World,
): Step<State> {
  const rows = menuRows(panel, screen, world);
  const room = menuRoom(state.size.rows, rows.length);
  const filter = screen.filter;
  switch (action) {
    case 'up':
      return place(state, panel, screen, screen.cursor - 1, -1, world);
    case 'down':
      return place(state, panel, screen, screen.cursor + 1, 1, world);
    case 'pageUp':
      return place(state, panel, { ...screen, top: screen.top - room }, screen.cursor - room, 1, world);
    case 'pageDown':
      return place(state, panel, { ...screen, top: screen.top + room }, screen.cursor + room, -1, world);
    case 'first':
      return place(state, panel, screen, 0, 1, world);
    case 'last':
      return place(state, panel, screen, rows.length - 1, -1, world);
    case 'filter':
      return place(state, panel, { ...screen, filter: { text: '', editing: true } }, 0, 1, world);
    case 'backspace':
    case 'erase': {
      if (!filter) return [state, []];
      const text = action === 'erase' ? '' : filter.text.slice(0, -1);
      return place(state, panel, { ...screen, filter: { ...filter, text } }, 0, 1, world);
    }
    case 'enter': {
      const next = rows[screen.cursor]?.panel;
      return next ? openPanel(state, next, {}, world) : [state, []];
    }
    default:
      return [state, []];
  }
}

/** Typed characters narrow the menu while its filter is open. */
export function menuText(state: State, panel: MenuPanel, screen: MenuScreen, text: string, world: World): Step<State> {
  if (!screen.filter?.editing) return [state, []];
  const filter = { ...screen.filter, text: screen.filter.text + text };
  return place(state, panel, { ...screen, filter, top: 0 }, 0, 1, world);
}
