/** The COMMAND STATUS screen: following the end while a command runs, moving about in it afterwards. */
import { graphemes, textWidth } from '../terminal/width.ts';
import type { Action } from './keys.ts';
import type { Effect, Step } from './messages.ts';
import { type OutputScreen, type OutputTop, openBox, type State, withScreen } from './state.ts';
import type { World } from './world.ts';

/** A line of output as the rows it takes on the screen. */
export function wrapLine(text: string, columns: number): string[] {
  if (textWidth(text) <= columns) return [text];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const sign of graphemes(text)) {
    const width = textWidth(sign);
    if (used + width > columns) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += sign;
    used += width;
  }
  return [...pieces, piece];
}

/** Screen rows that one line of output takes. */
export function rowsOfLine(text: string, columns: number): number {
  return text.length <= columns && textWidth(text) <= columns ? 1 : wrapLine(text, columns).length;
}

/** Rows for output: all rows when it fits, two fewer with the `[MORE...]` lines. */
export function outputRoom(height: number): { whole: number; window: number } {
  return { whole: height - 10, window: height - 12 };
}

/** True when the output does not fit in one window; looks at no more lines than a window has. */
export function outputScrolls(screen: OutputScreen, size: State['size'], world: World): boolean {
  const { whole } = outputRoom(size.rows);
  if (screen.lineCount > whole) return true;
  let rows = 0;
  for (const line of world.lines(screen.run, 0, screen.lineCount)) rows += rowsOfLine(line.text, size.columns);
  return rows > whole;
}

/** The last window: the place from which exactly the last rows are shown. */
export function lastTop(screen: OutputScreen, size: State['size'], world: World): OutputTop {
  const room = outputScrolls(screen, size, world) ? outputRoom(size.rows).window : outputRoom(size.rows).whole;
  return moved({ line: screen.lineCount, row: 0 }, -room, screen, size, world);
}

/** A place some rows before or after another one, kept inside the output. */
export function moved(from: OutputTop, by: number, screen: OutputScreen, size: State['size'], world: World): OutputTop {
  let { line, row } = from;
  let rest = Math.abs(by);
  const height = (at: number) => rowsOfLine(world.lines(screen.run, at, at + 1)[0]?.text ?? '', size.columns);
  while (rest > 0) {
    if (by < 0) {
      if (line === 0 && row === 0) break;
      if (row > 0) row -= 1;
      else {
        line -= 1;
        row = height(line) - 1;
      }
    } else {
      if (line >= screen.lineCount) break;
      if (row + 1 < height(line)) row += 1;
      else {
        line += 1;
        row = 0;
      }
    }
    rest -= 1;
  }
  return { line, row };
}

/** The earlier one of two places. */
export function atOrBefore(a: OutputTop, b: OutputTop): OutputTop {
  return a.line < b.line || (a.line === b.line && a.row <= b.row) ? a : b;
}

/** A key on the output screen. */
export function outputAction(state: State, screen: OutputScreen, action: Action, world: World): Step<State> {
  const { window } = outputRoom(state.size.rows);
  const end = lastTop(screen, state.size, world);
  const go = (top: OutputTop): Step<State> => {
    const kept = atOrBefore(top, end);
    const atEnd = kept.line === end.line && kept.row === end.row;
    return [withScreen(state, { ...screen, top: kept, follow: !screen.ended && atEnd }), []];
  };
  switch (action) {
    case 'up':
      return go(moved(screen.top, -1, screen, state.size, world));
    case 'down':
      return go(moved(screen.top, 1, screen, state.size, world));
    case 'pageUp':
      return go(moved(screen.top, -window, screen, state.size, world));
    case 'pageDown':
      return go(moved(screen.top, window, screen, state.size, world));
    case 'first':
      return go({ line: 0, row: 0 });
    case 'last':
      return go(end);
    case 'find':
      return [openBox(state, { kind: 'find', text: '', caret: 0 }), []];
    case 'findNext':
    case 'findBefore':
      if (!screen.find) return [openBox(state, { kind: 'find', text: '', caret: 0 }), []];
      return [state, [findEffect(screen, screen.find.text, action === 'findNext' ? 1 : -1)]];
    case 'pager':
      return [state, [{ type: 'pager', run: screen.run }]];
    case 'save':
      return [state, [{ type: 'saveOutput', run: screen.run }]];
    default:
      return [state, []];
  }
}

function findEffect(screen: OutputScreen, text: string, direction: 1 | -1): Effect {
  const from = screen.find?.text === text ? screen.find.line + direction : screen.top.line;
  return { type: 'find', run: screen.run, text, from, direction };
}

/** Starts a search from the line after the last one found, or from the top of the window. */
export function findText(state: State, screen: OutputScreen, text: string): Step<State> {
  if (text === '') return [state, []];
  return [state, [findEffect(screen, text, 1)]];
}

/** The search came back; -1 is "not found". */
export function foundLine(state: State, screen: OutputScreen, text: string, line: number, world: World): State {
  if (line < 0) return { ...withScreen(state, { ...screen, find: { text, line: -1 } }), notice: `Not found: ${text}` };
  const top = atOrBefore({ line, row: 0 }, lastTop(screen, state.size, world));
  return withScreen(state, { ...screen, find: { text, line }, top, follow: false });
}

/** More output arrived, or time went by. */
export function outputGrew(
  state: State,
  screen: OutputScreen,
  news: { lineCount: number; out: boolean; err: boolean; seconds?: number },
  world: World,
): State {
  const grown: OutputScreen = {
    ...screen,
    lineCount: news.lineCount,
    out: screen.out || news.out,
    err: screen.err || news.err,
    seconds: news.seconds ?? screen.seconds,
  };
  return withScreen(state, grown.follow ? { ...grown, top: lastTop(grown, state.size, world) } : grown);
}
