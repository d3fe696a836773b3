/** Text panels: pages of facts with links to the panels they speak of. */
import type { TextPanel } from '../panel/types.ts';
import { wrapText } from '../terminal/width.ts';
import type { Action } from './keys.ts';
import type { Step } from './messages.ts';
import { openPanel } from './open.ts';
import { openBox, type State, type TextScreen, withScreen } from './state.ts';
import { clamp } from './window.ts';
import type { World } from './world.ts';

/** The lines of a text panel at this width, its links below. `link` is the number of the link a line is. */
export function textLines(panel: TextPanel, columns: number, world: World): Array<{ text: string; link?: number }> {
  const lines: Array<{ text: string; link?: number }> = [];
  for (const paragraph of panel.text.replace(/\n+$/, '').split('\n')) {
    if (paragraph.trim() === '') lines.push({ text: '' });
    else for (const text of wrapText(paragraph, columns - 2)) lines.push({ text });
  }
  if (panel.links?.length) {
    lines.push({ text: '' }, { text: 'See also:' });
    panel.links.forEach((id, link) => void lines.push({ text: `  ${world.title(id) ?? id} (${id})`, link }));
  }
  return lines;
}

/** Rows of text a screen of this height has room for: two fewer when it needs the `[MORE...]` lines. */
export function textRoom(height: number, total: number): number {
  return total <= height - 6 ? height - 6 : height - 8;
}

/** The first line at or after one that holds a text, going round; -1 when none does. */
export function findLine(lines: Array<{ text: string }>, wanted: string, from: number, by: 1 | -1): number {
  const text = wanted.toLowerCase();
  for (let step = 0; step < lines.length; step++) {
    const at = (from + by * step + lines.length * 2) % lines.length;
    if (lines[at]!.text.toLowerCase().includes(text)) return at;
  }
  return -1;
}

/** The text with the window on a line that was looked for. */
export function findInText(
  state: State,
  panel: TextPanel,
  screen: TextScreen,
  wanted: string,
  by: 1 | -1,
  world: World,
): Step<State> {
  const lines = textLines(panel, state.size.columns, world);
  const again = screen.find?.text === wanted;
  const line = findLine(lines, wanted, again ? screen.find!.line + by : screen.top, by);
  if (line < 0) return [{ ...state, notice: `Not found: ${wanted}` }, []];
  const last = Math.max(0, lines.length - textRoom(state.size.rows, lines.length));
  return [withScreen(state, { ...screen, find: { text: wanted, line }, top: clamp(line, 0, last) }), []];
}

/** A key on a text panel. */
export function textAction(
  state: State,
  panel: TextPanel,
  screen: TextScreen,
  action: Action,
  world: World,
): Step<State> {
  const lines = textLines(panel, state.size.columns, world);
  const room = textRoom(state.size.rows, lines.length);
  const last = Math.max(0, lines.length - room);
  const go = (top: number): Step<State> => [withScreen(state, { ...screen, top: clamp(top, 0, last) }), []];
  switch (action) {
    case 'up':
      return go(screen.top - 1);
    case 'down':
      return go(screen.top + 1);
    case 'pageUp':
      return go(screen.top - room);
    case 'pageDown':
      return go(screen.top + room);
    case 'first':
      return go(0);
    case 'last':
      return go(last);
    case 'find':
      return [openBox(state, { kind: 'find', text: '', caret: 0 }), []];
    case 'findNext':
    case 'findBefore':
      if (!screen.find) return [openBox(state, { kind: 'find', text: '', caret: 0 }), []];
      return findInText(state, panel, screen, screen.find.text, action === 'findNext' ? 1 : -1, world);
    case 'next':
    case 'before': {
      const count = panel.links?.length ?? 0;
      if (count === 0) return [{ ...state, notice: 'There are no links here.' }, []];
      const link =
        (screen.link + (action === 'next' ? 1 : -1) + (screen.link < 0 && action === 'before' ? 1 : 0) + count) % count;
      const at = lines.findIndex(line => line.link === link);
      const top = at < screen.top || at >= screen.top + room ? clamp(at - room + 1, 0, last) : screen.top;
      return [withScreen(state, { ...screen, link, top }), []];
    }
    case 'enter': {
      const id = panel.links?.[Math.max(0, screen.link)];
      return id ? openPanel(state, id, {}, world) : [{ ...state, notice: 'There are no links here.' }, []];
    }
    default:
      return [state, []];
  }
}
