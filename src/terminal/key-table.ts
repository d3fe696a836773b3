/**
 * What the terminals send for their keys, as one table: final byte and parameters -> name.
 *
 * Sources: terminfo entries of ncurses 6.4 (linux, vt100, vt220, rxvt, aixterm, scoansi), xterm's ctlseqs.txt ("PC-Style Function Keys",
 * "VT220-Style Function Keys"), PuTTY's manual 4.4.4 ("Changing the action of the function keys and keypad").
 */
import type { KeyName } from './types.ts';

/** CSI number ~ (vt220 and all after it). Home and End come as 1/4 (vt220, linux, screen) and 7/8 (rxvt). */
export const TILDE: Readonly<Record<string, KeyName>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** CSI number q (aixterm; function keys come as 001 to 012). */
export const AIX: Readonly<Record<string, KeyName>> = {
  1: 'f1',
  2: 'f2',
  3: 'f3',
  4: 'f4',
  5: 'f5',
  6: 'f6',
  7: 'f7',
  8: 'f8',
  9: 'f9',
  10: 'f10',
  11: 'f11',
  12: 'f12',
  139: 'insert',
  146: 'end',
  150: 'pageup',
  154: 'pagedown',
};

/** CSI letter, with or without modifiers (`CSI 1;5A`). Small letters are rxvt's shifted arrows. */
export const CSI_LETTER: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  a: 'up',
  b: 'down',
  c: 'right',
  d: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift-tab',
};

/** CSI 1 P, CSI 1;2 P (xterm's modified F1 to F4). Without the parameter `CSI P` is aixterm's Delete. */
export const CSI_PF: Readonly<Record<string, KeyName>> = { P: 'f1', Q: 'f2', R: 'f3', S: 'f4' };

/** SS3 letter: cursor keys in application mode, F1 to F4 (xterm, vt100's PF keys), F5 to F12 (PuTTY's VT100+), rxvt's Ctrl-arrows. */
export const SS3: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  a: 'up',
  b: 'down',
  c: 'right',
  d: 'left',
  H: 'home',
  F: 'end',
  // PuTTY's "rxvt" Home and End.
  w: 'end',
  M: 'enter',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  T: 'f5',
  U: 'f6',
  V: 'f7',
  W: 'f8',
  X: 'f9',
  Y: 'f10',
  Z: 'f11',
  '[': 'f12',
};

/** CSI [ letter (linux console). */
export const LINUX: Readonly<Record<string, KeyName>> = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };

/**
 * CSI letter in PuTTY's SCO mode. Used only when asked for (TERM=scoansi): its letters mean other keys, a mouse, a cursor
 * report or a focus event everywhere else (M, O, P to S, I).
 */
export const SCO: Readonly<Record<string, KeyName>> = {
  M: 'f1',
  N: 'f2',
  O: 'f3',
  P: 'f4',
  Q: 'f5',
  R: 'f6',
  S: 'f7',
  T: 'f8',
  U: 'f9',
  V: 'f10',
  W: 'f11',
  X: 'f12',
  L: 'insert',
  I: 'pageup',
  G: 'pagedown',
};

/** Codes of `CSI code ; modifiers u` and `CSI 27 ; modifiers ; code ~`, which some terminals send for keys with Shift or Ctrl. */
export const CODED: Readonly<Record<string, KeyName>> = { 9: 'tab', 13: 'enter', 27: 'escape', 127: 'backspace' };

/** Name of a control character (0 to 31, 127); nothing for NUL, which no key of ours sends. */
export function controlKey(code: number): KeyName | undefined {
  if (code === 0x0d || code === 0x0a) return 'enter';
  if (code === 0x09) return 'tab';
  if (code === 0x08 || code === 0x7f) return 'backspace';
  if (code === 0) return undefined;
  return `ctrl-${String.fromCharCode(code + 0x40).toLowerCase()}`;
}

/**
 * Name of a CSI sequence.
 * @param marks private marker (`<`, `=`, `>`, `?`) or empty: such sequences are reports, never keys
 * @param parameters text between the marker and the final byte
 * @param final the final byte
 * @param sco PuTTY's SCO letters are read
 * @returns the key, or nothing for a report or a key that has no name here; what was held with it (Shift, Ctrl, Alt) is left out
 */
export function csiKey(marks: string, parameters: string, final: string, sco: boolean): KeyName | undefined {
  if (marks !== '') return undefined;
  const [first = '', second = '', third = ''] = parameters.split(';');
  const number = first.replace(/^0+/, '');
  if (sco && parameters === '' && SCO[final]) return SCO[final];
  if (final === '~' && number === '27' && third !== '') return CODED[third];
  // rxvt ends the tilde keys in $ (Shift), ^ (Ctrl) and @ (both).
  if (final === '~' || final === '$' || final === '^' || final === '@') return TILDE[number];
  if (final === 'q') return AIX[number];
  if (final === 'u') return number === '9' && second === '2' ? 'shift-tab' : CODED[number];
  if (final === 'P' && parameters === '') return 'delete';
  // A cursor report is `CSI row ; column R`. Shift-F3 is `CSI 1;2R`; modifiers end at 16, and we never ask for a report.
  if (final in CSI_PF) {
    const modifier = second === '' || (Number(second) >= 2 && Number(second) <= 16);
    return first === '' || (first === '1' && modifier) ? CSI_PF[final] : undefined;
  }
  // Focus events are `CSI I` and `CSI O`; neither letter is in the table.
  return CSI_LETTER[final];
}
