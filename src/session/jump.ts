/** The fast-path jump: a line to type in, the panels that fit below it. */
import type { Action } from './keys.ts';
import type { Step } from './messages.ts';
import { openPanel } from './open.ts';
import { closeBox, type JumpBox, type JumpHit, openBox, type State, withBox } from './state.ts';
import { editText, insertText } from './text-edit.ts';
import { clamp, windowTop } from './window.ts';
import type { World } from './world.ts';

/** Rows of hits a screen of this height has room for. */
export function jumpRoom(height: number): number {
  return Math.max(1, height - 15);
}

/** Opens the jump. The search index is made with its first question. */
export function openJump(state: State): Step<State> {
  const box: JumpBox = { kind: 'jump', query: '', caret: 0, hits: [], answered: '', cursor: 0, top: 0 };
  return [openBox(state, box), [{ type: 'search', query: '' }]];
}

/** A key in the jump. */
export function jumpAction(state: State, box: JumpBox, action: Action, world: World): Step<State> {
  const room = jumpRoom(state.size.rows);
  const go = (cursor: number): Step<State> => {
    const at = clamp(cursor, 0, Math.max(0, box.hits.length - 1));
    return [withBox(state, { ...box, cursor: at, top: windowTop(at, box.top, room, box.hits.length) }), []];
  };
  switch (action) {
    case 'up':
      return go(box.cursor - 1);
    case 'down':
      return go(box.cursor + 1);
    case 'pageUp':
      return go(box.cursor - room);
    case 'pageDown':
      return go(box.cursor + room);
    case 'cancel':
      return [closeBox(state), []];
    case 'enter': {
      // Somebody who types a fast path and Enter in one go must not wait for the search.
      const typed = box.query.trim();
      const stale = box.answered !== box.query;
      const exact = world.panel(typed) ? typed : undefined;
      const hit = exact && (stale || box.cursor === 0) ? exact : stale ? undefined : box.hits[box.cursor]?.panel;
      if (!hit)
        return [{ ...state, notice: typed === '' ? 'Type a fast path or a word.' : `No panel fits "${typed}".` }, []];
      return openPanel(closeBox(state), hit, {}, world);
    }
  }
  const edited = editText(box.query, box.caret, action);
  return edited ? asked(state, { ...box, query: edited.text, caret: edited.caret }, box.query) : [state, []];
}

/** Typed characters of the jump. */
export function jumpText(state: State, box: JumpBox, text: string): Step<State> {
  const edited = insertText(box.query, box.caret, text);
  return asked(state, { ...box, query: edited.text, caret: edited.caret }, box.query);
}

function asked(state: State, box: JumpBox, before: string): Step<State> {
  if (box.query === before) return [withBox(state, box), []];
  return [withBox(state, { ...box, cursor: 0, top: 0 }), [{ type: 'search', query: box.query }]];
}

/** The search came back; answers to older questions are dropped. */
export function jumpHits(state: State, box: JumpBox, query: string, hits: JumpHit[]): State {
  return query === box.query ? withBox(state, { ...box, hits, answered: query, cursor: 0, top: 0 }) : state;
}
