/**
 * The one place where a session changes: update(state, message, world) gives the next state and what is to be done. No I/O, no clock, no
 * React: the same messages give the same screens, in a test as on a console. What keys mean is in keyboard.ts.
 */
import type { Key } from '../terminal/types.ts';
import { commandAction, errorBox } from './boxes.ts';
import { refit } from './fit.ts';
import { setByName } from './form-keys.ts';
import { completed, type JobMessage, jobNews } from './jobs.ts';
import { jumpHits } from './jump.ts';
import { act, contextOf, pressKey } from './keyboard.ts';
import { actionFor } from './keys.ts';
import { listRows } from './list.ts';
import type { Message, Step } from './messages.ts';
import { openPanel } from './open.ts';
import { runNews, unrecorded } from './runs.ts';
import { type State, topBox, withBox } from './state.ts';
import type { World } from './world.ts';

/** The next state and the effects of one message. */
export function update(state: State, message: Message, world: World): Step<State> {
  if (state.over) return [state, []];
  switch (message.type) {
    case 'key':
      return keyOrAhead({ ...state, notice: undefined }, message.key, world);
    case 'resize':
      return [refit({ ...state, size: message.size }, world), []];
    case 'escPending':
      return [{ ...state, escPending: message.on }, []];
    case 'action': {
      const box = topBox(state);
      return box?.kind === 'command' ? commandAction(state, box, message.action, world) : [state, []];
    }
    case 'open':
      return openPanel(state, message.panel, message.values ?? {}, world);
    case 'set':
      return [setByName(state, message.field, message.text, world), []];
    case 'take': {
      const box = topBox(state);
      if (box?.kind !== 'list') return [state, []];
      const cursor = listRows(box).findIndex(row => row.value === message.values[0]);
      return act(withBox(state, { ...box, cursor, selected: message.values }), contextOf(state, world), 'enter', world);
    }
    case 'hits': {
      const box = topBox(state);
      return [box?.kind === 'jump' ? jumpHits(state, box, message.query, message.hits) : state, []];
    }
    case 'notice':
      return [{ ...state, notice: message.text }, []];
    case 'error':
      return [errorBox(state, message.title, message.lines), []];
    case 'completed':
      return [completed(state, message, world), []];
    case 'recordFailed':
      return [unrecorded(state, message), []];
    case 'output':
    case 'ended':
    case 'verified':
    case 'found':
      return runNews(state, message, world);
    default:
      return withAhead(jobNews(state, message, world), message, world);
  }
}

/** Keys kept while the system is asked; more than anybody types ahead. */
const mostAhead = 200;

/** While "Processing data ..." shows, keys are kept for the list or the form that comes, as a terminal keeps them; those that cancel act at once. */
function keyOrAhead(state: State, pressed: Key, world: World): Step<State> {
  if (topBox(state)?.kind !== 'working') return pressKey(state, pressed, world);
  const now = pressed.type === 'key' && actionFor('working', pressed.name) !== undefined;
  if (!now) return [{ ...state, ahead: [...state.ahead, pressed].slice(-mostAhead) }, []];
  return pressKey({ ...state, ahead: [] }, pressed, world);
}

/**
 * The answer is there: the kept keys act on it. Not after an error, not where Enter was waiting for a check or a preview, and not beyond a
 * question: nobody answers what he has not read.
 */
function withAhead([state, effects]: Step<State>, message: JobMessage, world: World): Step<State> {
  if (topBox(state)?.kind === 'working' || state.ahead.length === 0) return [state, effects];
  const keeps =
    (message.type === 'listed' && !message.check) || message.type === 'discovered' || message.type === 'classified';
  let step: Step<State> = [{ ...state, ahead: [] }, effects];
  const keys = keeps ? state.ahead : [];
  for (const [at, key] of keys.entries()) {
    const [now, done] = step;
    const box = topBox(now);
    if (box?.kind === 'confirm' || box?.kind === 'message' || now.over) break;
    if (box?.kind === 'working') return [{ ...now, ahead: keys.slice(at) }, done];
    const [next, more] = pressKey(now, key, world);
    step = [next, [...done, ...more]];
  }
  return step;
}
