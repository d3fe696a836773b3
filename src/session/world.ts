/** What `update` and the views may look up but never change: the panels, the site, what runs where. All calls are synchronous and cheap. */
import type { Complaint, FastPath, Field, Panel, Source, Values } from '../panel/types.ts';
import type { OutputLine } from '../run/types.ts';

export interface World {
  /** The panel, by id or alias. */
  panel(id: FastPath): Panel | undefined;
  source(id: string): Source | undefined;
  /** Title without reading the whole panel. */
  title(id: FastPath): string | undefined;
  /** Why a fast path may not be opened (roles), or nothing. */
  denied(id: FastPath): string | undefined;
  site: Record<string, string | string[]>;
  os: string;
  host: string;
  user: string;
  /** Value of an expression over the fields; `missing` when a field it needs is empty or it makes no sense. */
  evaluate(expression: string, fields: Field[], values: Values): { value?: unknown; missing?: boolean };
  /** The selector (or menu) from which a panel that needs values is reached. */
  reachedFrom(id: FastPath): FastPath | undefined;
  /** Lines of a run's output. */
  lines(run: number, from: number, to: number): OutputLine[];
  /** `-x`: run nothing. `-X`: run no list or discover command either. */
  runNothing: boolean;
  listNothing: boolean;
  /** F9 may be used. */
  shellAllowed: boolean;
  /** No attributes on the screen: a `>` marks the item the cursor is on. */
  mono: boolean;
  /** Problems of user panel files, said at the root menu. */
  complaints: Complaint[];
  /** Second line of the first screen's news, for example a record that cannot be written. */
  news?: string;
}
