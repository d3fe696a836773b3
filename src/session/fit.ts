/** After a resize: every window is moved so that its cursor is inside, and an output that follows its end still does. */
import { formPanelOf, formRows } from './form.ts';
import { formRoom } from './form-keys.ts';
import { jumpRoom } from './jump.ts';
import { listRoom, listRows } from './list.ts';
import { menuRoom, menuRows } from './menu.ts';
import { atOrBefore, lastTop } from './output.ts';
import type { Box, Screen, State } from './state.ts';
import { windowTop } from './window.ts';
import type { World } from './world.ts';

/** The state with its windows made to fit its size. */
export function refit(state: State, world: World): State {
  return {
    ...state,
    screens: state.screens.map(screen => fitScreen(screen, state.size, world)),
    boxes: state.boxes.map(box => fitBox(box, state.size.rows)),
  };
}

function fitScreen(screen: Screen, size: State['size'], world: World): Screen {
  switch (screen.kind) {
    case 'menu': {
      const panel = world.panel(screen.panel);
      if (panel?.kind !== 'menu') return screen;
      const total = menuRows(panel, screen, world).length;
      return { ...screen, top: windowTop(screen.cursor, screen.top, menuRoom(size.rows, total), total) };
    }
    case 'form': {
      const total = formRows(formPanelOf(screen, world), screen, world).length;
      return { ...screen, top: windowTop(screen.cursor, screen.top, formRoom(size.rows, total), total) };
    }
    case 'output': {
      // Rows of long lines are counted anew at another width; a larger window is filled.
      const last = lastTop(screen, size, world);
      return { ...screen, top: screen.follow ? last : atOrBefore({ line: screen.top.line, row: 0 }, last) };
    }
    default:
      return screen;
  }
}

function fitBox(box: Box, rows: number): Box {
  if (box.kind === 'list') {
    const total = listRows(box).length;
    return { ...box, top: windowTop(box.cursor, box.top, listRoom(box, rows), total) };
  }
  return box.kind === 'jump' ? { ...box, top: windowTop(box.cursor, box.top, jumpRoom(rows), box.hits.length) } : box;
}
