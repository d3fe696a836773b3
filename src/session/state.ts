/**
 * The whole state of the interface as plain data. Views draw it, `update` changes it, effects do the work: nothing else knows what is on
 * the screen. A session is a stack of screens (menu, selector or dialog, text, output) with boxes (lists, messages, questions) on the top one.
 */
import type { Command } from '../command/types.ts';
import type { FastPath, Field, Values } from '../panel/types.ts';
import type { Ended } from '../run/types.ts';
import type { Key, Size } from '../terminal/types.ts';

/** A list that is filtered as one types. `editing` while the keys go into the text. */
export interface Filter {
  text: string;
  editing: boolean;
}

export interface MenuScreen {
  kind: 'menu';
  panel: FastPath;
  /** Index among the items shown (after the filter), and the first one in the window. */
  cursor: number;
  top: number;
  filter?: Filter;
}

/** A selector or a dialog. */
export interface FormScreen {
  kind: 'form';
  panel: FastPath;
  /** Values that came with the operator from selectors or the command line. */
  carried: Values;
  values: Values;
  /** What the fields held at first (defaults, then what discover found): F5 goes back to it, "changed" is the difference to it. */
  initial: Values;
  discovered: string[];
  /** Index among the form's rows that can be stopped at, and the first row in the window. */
  cursor: number;
  top: number;
  /** Grapheme the caret stands before, in the focused field's text. */
  caret: number;
  /** What is wrong, by field name: said beside the form, never in the way. */
  problems: Record<string, string>;
  /** Last list read for a field: a value outside it is refused unless the field is free. */
  listed: Record<string, string[]>;
  /** Job that is filling the form. */
  loading?: number;
  /** The last run of this form, so that a failed one keeps its values and a good one does not ask when one leaves. */
  ran?: boolean;
}

export interface TextScreen {
  kind: 'text';
  panel: FastPath;
  top: number;
  /** Link that is focused, -1 while none is. */
  link: number;
  /** Last text looked for and the line it was found in. */
  find?: { text: string; line: number };
}

/** Where the window stands in the output: a line and a row of it (long lines take several rows). */
export interface OutputTop {
  line: number;
  row: number;
}

export interface OutputScreen {
  kind: 'output';
  run: number;
  command: Command;
  lineCount: number;
  out: boolean;
  err: boolean;
  /** Seconds since the start. */
  seconds: number;
  ended?: Ended;
  /** What the verify command found, once it ran. */
  verified?: { ok: boolean; text: string };
  top: OutputTop;
  /** The window follows the end while the command runs. */
  follow: boolean;
  /** Last text looked for and the line it was found in. */
  find?: { text: string; line: number };
}

export type Screen = MenuScreen | FormScreen | TextScreen | OutputScreen;

/** One entry of a pop-up list. */
export interface ListRow {
  value: string;
  text: string;
  /** Further lines of the same entry (SMIT's `#` lines). */
  more: string[];
}

export interface ListBox {
  kind: 'list';
  title: string;
  field: string;
  multiple: boolean;
  /** The order of choosing counts: entries are numbered. */
  ordered: boolean;
  heading: string[];
  rows: ListRow[];
  /** Cells of the widest entry. */
  width: number;
  cursor: number;
  top: number;
  selected: string[];
  filter?: Filter;
  find?: string;
}

/** Help, errors and other text one reads and closes. */
export interface MessageBox {
  kind: 'message';
  title: string;
  /** Instruction above the text; SMIT's "Press Enter or Cancel ..." when absent. */
  intro?: string[];
  lines: string[];
  top: number;
  /** Enter opens this panel. */
  goes?: FastPath;
}

export interface WorkingBox {
  kind: 'working';
  job: number;
  what: string;
}

/** What Enter in a question does. */
export type Question =
  | { about: 'run'; command: Command }
  | { about: 'unrecorded'; command: Command }
  | { about: 'leave'; to: 'back' | 'exit' | FastPath }
  | { about: 'cancel' };

export interface ConfirmBox {
  kind: 'confirm';
  title: string;
  lines: string[];
  top: number;
  question: Question;
  /** For destroying panels: what must be typed, and what has been. */
  word?: string;
  typed?: string;
}

/** F6. */
export interface CommandBox {
  kind: 'command';
  command: Command;
  /** What F6 tells beside the text (explainCommand). */
  details: string[];
  top: number;
}

/** F8. */
export interface ImageBox {
  kind: 'image';
  fastPath: FastPath;
}

/** F7: a field in a box of its own, the whole width for its value. */
export interface EditBox {
  kind: 'edit';
  field: string;
  label: string;
  text: string;
  caret: number;
}

/** One answer of the fast-path jump. */
export interface JumpHit {
  panel: FastPath;
  title: string;
  /** Menus on the way to it, or why it cannot be opened directly. */
  way: string;
}

export interface JumpBox {
  kind: 'jump';
  query: string;
  caret: number;
  hits: JumpHit[];
  /** Which query the hits answer. */
  answered: string;
  cursor: number;
  top: number;
}

/** `/` on an output or a list: the text to look for. */
export interface FindBox {
  kind: 'find';
  text: string;
  caret: number;
}

export type Box = ListBox | MessageBox | WorkingBox | ConfirmBox | CommandBox | ImageBox | EditBox | JumpBox | FindBox;

export interface State {
  size: Size;
  screens: Screen[];
  boxes: Box[];
  /** One line of news (`copied`, `not found`), gone with the next key. */
  notice?: string;
  /** Esc was typed and a digit may follow. */
  escPending: boolean;
  /** Keys typed while the system is asked. */
  ahead: Key[];
  /** Numbers jobs and runs. */
  next: number;
  /** Texts to print after the end (F6 `p`). */
  printed: string[];
  /** Set when the session is over. */
  over?: { status: number };
}

/** The screen on top; a session always has one. */
export function topScreen(state: State): Screen {
  return state.screens[state.screens.length - 1]!;
}

/** The box on top, if any. */
export function topBox(state: State): Box | undefined {
  return state.boxes[state.boxes.length - 1];
}

/** The same state with another top screen. */
export function withScreen(state: State, screen: Screen): State {
  return { ...state, screens: [...state.screens.slice(0, -1), screen] };
}

/** The same state with another top box. */
export function withBox(state: State, box: Box): State {
  return { ...state, boxes: [...state.boxes.slice(0, -1), box] };
}

/** One box less. */
export function closeBox(state: State): State {
  return { ...state, boxes: state.boxes.slice(0, -1) };
}

/** One box more. */
export function openBox(state: State, box: Box): State {
  return { ...state, boxes: [...state.boxes, box] };
}

/** A message one reads and closes. */
export function message(title: string, lines: string[], extra: Partial<MessageBox> = {}): MessageBox {
  return { kind: 'message', title, lines, top: 0, ...extra };
}

/** The text of a value as it stands in a field: several items are joined by blanks. */
export function textOf(value: Values[string] | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : value.join(' ');
}

/** The value that a text typed into a field stands for: several words for a `multiple` field. */
export function typedValue(field: Field, text: string): Values[string] {
  return field.multiple ? text.split(/[ \t]+/).filter(word => word !== '') : text;
}
