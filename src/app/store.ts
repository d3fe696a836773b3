/**
 * The one store of a session, outside React: messages go in, the state changes, those who draw are told, effects are done. Messages that come in
 * while others are handled wait their turn, so that every one of them acts on fresh state.
 */
import { frameOf, type SessionFrame } from '../screens/frame.ts';
import type { Effect, Message } from '../session/messages.ts';
import type { State } from '../session/state.ts';
import { update } from '../session/update.ts';
import type { World } from '../session/world.ts';

export interface Store {
  state(): State;
  /** The frame of the state, drawn once for each state. */
  frame(): SessionFrame;
  /** Called after each batch of messages; gives the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** Handles messages in order; those who draw are told once, at the end. */
  dispatch(...messages: Message[]): void;
  /** What was waited for is there: draws again and handles the messages that waited. */
  resume(): void;
}

/** A screen that cannot be drawn is a mistake of ours; it must not take a running command down with it. */
function drawnSafely(state: State, world: World): SessionFrame {
  try {
    return frameOf(state, world);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const { columns, rows } = state.size;
    const lines = ['This screen cannot be drawn, which is a mistake of hasmit:', why, 'F3 goes back, F10 leaves.'];
    const spans = lines.slice(0, rows).map(text => [{ text: text.replace(/[^\x20-\x7e]/g, '?').slice(0, columns) }]);
    return {
      columns,
      rows: [...spans, ...Array.from({ length: rows - spans.length }, () => [])],
      cursor: { x: 0, y: 0 },
    };
  }
}

/**
 * A store that begins with `first` and does effects by `perform`. While `hold` says so, messages wait (an expression library is being loaded and
 * the panel's checks need it); `resume` goes on with them.
 */
export function createStore(
  first: State,
  world: World,
  perform: (effect: Effect) => void,
  hold: (state: State) => boolean = () => false,
): Store {
  let state = first;
  let drawn: { state: State; frame: SessionFrame } | undefined;
  const waiting: Message[] = [];
  let busy = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    frame() {
      if (drawn?.state !== state) drawn = { state, frame: drawnSafely(state, world) };
      return drawn.frame;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispatch(...messages) {
      waiting.push(...messages);
      if (busy) return;
      busy = true;
      const effects: Effect[] = [];
      try {
        while (waiting.length > 0 && !hold(state)) {
          const next = waiting.shift()!;
          const [changed, wanted] = update(state, next, world);
          state = changed;
          effects.push(...wanted);
        }
      } finally {
        busy = false;
      }
      tell();
      for (const effect of effects) perform(effect);
    },
    resume() {
      drawn = undefined;
      this.dispatch();
    },
  };
}
