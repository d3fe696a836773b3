/** What the decoder hands on: keys by name, text as typed, pastes as one piece. */

export type KeyName =
  | 'f1'
  | 'f2'
  | 'f3'
  | 'f4'
  | 'f5'
  | 'f6'
  | 'f7'
  | 'f8'
  | 'f9'
  | 'f10'
  | 'f11'
  | 'f12'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'pageup'
  | 'pagedown'
  | 'insert'
  | 'delete'
  | 'enter'
  | 'tab'
  | 'shift-tab'
  | 'backspace'
  | 'escape'
  /** Ctrl with a letter: `ctrl-c`. */
  | `ctrl-${string}`
  /** Esc or Alt before a printable character: `meta-v`. */
  | `meta-${string}`;

export type Key =
  | { type: 'key'; name: KeyName }
  /** One or more printable characters typed (several graphemes when they came in one read). */
  | { type: 'text'; text: string }
  /** A bracketed paste; line ends are as they came. */
  | { type: 'paste'; text: string };

/** How a stretch of a row is drawn. */
export interface Style {
  inverse?: boolean;
  bold?: boolean;
  underline?: boolean;
}

/** A row is a list of spans; the text holds no control character. Cells are counted with string-width. */
export interface Span extends Style {
  text: string;
}

/** A whole screen: `rows` has exactly `size.rows` entries, none wider than `size.columns` cells. */
export interface Frame {
  columns: number;
  rows: Span[][];
  /** Where the real cursor stands (0-based). */
  cursor: { x: number; y: number };
}

export interface Size {
  columns: number;
  rows: number;
}
