/**
 * What a kind of terminal can do that we make use of. Everything not named here is done with what a VT100 has:
 * CUP, CUU, CUD, CUF, CUB, CR, LF, BS, EL, ED and SGR 0, 1, 4, 7.
 */

export type KindName = 'xterm' | 'screen' | 'rxvt' | 'linux' | 'vt220' | 'vt100' | 'aixterm' | 'dumb';

export interface TerminalKind {
  name: KindName;
  /** Has an alternate screen (1049), so the screen before us comes back when we leave. */
  alternateScreen: boolean;
  /** DECSTBM, IND and RI: rows are moved instead of written again. */
  scrollRegion: boolean;
  /** ICH and DCH: the rest of a row is moved instead of written again. */
  insertCharacter: boolean;
  /** CHA: go to a column of this row. */
  columnAddress: boolean;
  /** SGR 22, 24 and 27 switch one attribute off. */
  attributeOff: boolean;
}

/** Sources: terminfo of ncurses 6.4 (vt100, vt220, linux, aixterm, rxvt, screen, tmux, xterm). */
const ABILITIES: Readonly<Record<KindName, string>> = {
  xterm: 'alternate region insert column off',
  screen: 'alternate region insert column off',
  rxvt: 'alternate region insert column off',
  linux: 'region insert column off',
  vt220: 'region insert off',
  vt100: 'region',
  aixterm: 'insert column',
  dumb: '',
};

/** The kind by its name. */
export function terminalKind(name: KindName): TerminalKind {
  const has = (ability: string): boolean => ABILITIES[name].includes(ability);
  return {
    name,
    alternateScreen: has('alternate'),
    scrollRegion: has('region'),
    insertCharacter: has('insert'),
    columnAddress: has('column'),
    attributeOff: has('off'),
  };
}
