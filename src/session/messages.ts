/** What happens to a session (messages) and what it asks the world to do (effects). Both are plain data. */
import type { Command } from '../command/types.ts';
import type { DialogPanel, FastPath, Field, Panel, SelectorPanel, Source, Values } from '../panel/types.ts';
import type { Ended } from '../run/types.ts';
import type { Key, Size } from '../terminal/types.ts';
import type { JumpHit, ListRow } from './state.ts';

export type Message =
  | { type: 'key'; key: Key }
  | { type: 'resize'; size: Size }
  | { type: 'escPending'; on: boolean }
  /** A small action box chose this. */
  | { type: 'action'; action: string }
  | { type: 'open'; panel: FastPath; values?: Values }
  /** The line mode puts a value into a field by its name. */
  | { type: 'set'; field: string; text: string }
  /** The line mode takes entries of the list that is open, by their values; one of them where the list gives one. */
  | { type: 'take'; values: string[] }
  /** `check`: the list was read only to see whether the field's value is in it. */
  | { type: 'listed'; job: number; field: string; rows: ListRow[]; heading: string[]; check?: boolean }
  | { type: 'discovered'; job: number; values: Values }
  | { type: 'classified'; job: number; panel: FastPath; next: FastPath | undefined; values: Values; said: string }
  /** A list, discover or classify command failed; `lines` says how. */
  | { type: 'jobFailed'; job: number; title: string; lines: string[] }
  | { type: 'jobCancelled'; job: number }
  /** What an edit would change, ready to be shown with the question. */
  | { type: 'diffed'; job: number; lines: string[] }
  /** Tab in a path: the text as far as it is certain, and what it could become. */
  | { type: 'completed'; field: string; before: string; text: string; candidates: string[] }
  | { type: 'recordFailed'; command: Command; problem: string }
  | { type: 'output'; run: number; lineCount: number; out: boolean; err: boolean; seconds: number }
  | { type: 'ended'; run: number; lineCount: number; out: boolean; err: boolean; ended: Ended }
  | { type: 'verified'; run: number; ok: boolean; text: string }
  | { type: 'found'; run: number; text: string; line: number }
  | { type: 'hits'; query: string; hits: JumpHit[] }
  | { type: 'notice'; text: string }
  | { type: 'error'; title: string; lines: string[] };

export type Effect =
  | { type: 'list'; job: number; field: Field; source: Source; values: Values; fields: Field[]; check?: boolean }
  | { type: 'discover'; job: number; panel: DialogPanel; values: Values }
  | { type: 'classify'; job: number; panel: SelectorPanel; values: Values }
  | { type: 'diff'; job: number; panel: DialogPanel; values: Values }
  | { type: 'complete'; field: Field; text: string }
  | { type: 'cancelJob'; job: number }
  /** `unrecorded`: the operator said it may run although it cannot be recorded. */
  | {
      type: 'run';
      run: number;
      command: Command;
      secrets: Record<string, string>;
      panel: FastPath;
      values: Values;
      unrecorded?: boolean;
    }
  | { type: 'cancelRun'; run: number }
  | { type: 'forgetRun'; run: number }
  | { type: 'find'; run: number; text: string; from: number; direction: 1 | -1 }
  | { type: 'search'; query: string }
  | { type: 'copy'; text: string }
  | { type: 'script'; command: Command }
  /** `-x`: recorded, not run. */
  | { type: 'notRun'; command: Command }
  | { type: 'image'; fastPath: FastPath }
  | { type: 'saveOutput'; run: number }
  | { type: 'pager'; run: number }
  | { type: 'shell' }
  | { type: 'repaint' }
  | { type: 'visited'; panel: Panel }
  | { type: 'quit'; status: number };

/** State and what to do next. */
export type Step<S> = [state: S, effects: Effect[]];
