/** What the terminal is, from the environment and from the two ends of the program. */
import { type KindName, type TerminalKind, terminalKind } from './kind.ts';
import type { Size } from './types.ts';

export interface Capability {
  kind: TerminalKind;
  /** The terminal shows UTF-8; otherwise what is not ASCII is shown as question marks. */
  utf8: boolean;
  /** What is typed comes as Latin-1. Where no character set is named (C, POSIX) it is read as UTF-8, so that it reaches commands byte for byte. */
  latin1: boolean;
  /** PuTTY's SCO function keys are read. */
  sco: boolean;
  /** Only what is not colour: NO_COLOR is set and not empty. */
  mono: boolean;
  /** Why the line mode is used in place of the screen; absent where the screen can be used. */
  plain?: string;
  /** Bits a second where HASMIT_BAUD says so. */
  baud?: number;
}

export interface Ends {
  env: NodeJS.ProcessEnv;
  stdinIsTty: boolean;
  stdoutIsTty: boolean;
  size: Size;
}

/** Smallest screen that panels are drawn for. */
export const SMALLEST: Size = { columns: 60, rows: 20 };

/** Beginnings of TERM, first match wins. What matches none is treated as a VT100, which all of them imitate. */
const TERMS: ReadonlyArray<readonly [RegExp, KindName]> = [
  [/^(dumb|unknown|emacs|network|su)$/, 'dumb'],
  [
    /^(xterm|alacritty|foot|contour|gnome|konsole|kitty|mintty|mlterm|ms-terminal|putty|st(-|$)|vte|wezterm|iterm|ghostty|rio|nsterm|dtterm)/,
    'xterm',
  ],
  [/^(screen|tmux|dvtm)/, 'screen'],
  [/^(rxvt|eterm)/i, 'rxvt'],
  [/^(linux|con\d|fbterm|scoansi|cygwin)/, 'linux'],
  [/^(vt[2-5]\d\d|bterm|pccon|hpterm-vt)/, 'vt220'],
  [/^(aixterm|hft|lft)/, 'aixterm'],
];

/** The kind by the value of TERM; nothing for an empty one. */
function kindName(term: string): KindName {
  if (term === '') return 'dumb';
  return TERMS.find(([pattern]) => pattern.test(term))?.[1] ?? 'vt100';
}

/** The locale that decides about the character set: the first of LC_ALL, LC_CTYPE and LANG that is set and not empty. */
function localeOf(env: NodeJS.ProcessEnv): string {
  return env.LC_ALL || env.LC_CTYPE || env.LANG || 'C';
}

/** Why there can be no screen; nothing when there can. */
function plainReason({ env, stdinIsTty, stdoutIsTty, size }: Ends, kind: KindName): string | undefined {
  if (env.HASMIT_PLAIN && env.HASMIT_PLAIN !== '0') return 'HASMIT_PLAIN is set';
  if (!stdinIsTty) return 'standard input is not a terminal';
  if (!stdoutIsTty) return 'standard output is not a terminal';
  if (!env.TERM) return 'TERM is not set';
  if (kind === 'dumb') return `the terminal (TERM=${env.TERM}) cannot move its cursor`;
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows)
    return `the terminal has ${size.columns}x${size.rows}, the screens need ${SMALLEST.columns}x${SMALLEST.rows}`;
  return undefined;
}

/**
 * Says what the terminal can do.
 * @param ends environment (TERM, LC_ALL, LC_CTYPE, LANG, NO_COLOR, HASMIT_PLAIN, HASMIT_ASCII, HASMIT_BAUD), whether the ends are terminals, the size
 */
export function detectCapability(ends: Ends): Capability {
  const { env } = ends;
  const term = env.TERM ?? '';
  const name = kindName(term);
  const plain = plainReason(ends, name);
  const locale = localeOf(env);
  const isUtf8 = /utf-?8/i.test(locale);
  const baud = Number(env.HASMIT_BAUD);
  return {
    kind: terminalKind(name),
    utf8: isUtf8 && !(env.HASMIT_ASCII && env.HASMIT_ASCII !== '0'),
    latin1: !isUtf8 && !/^(C|POSIX)$/.test(locale),
    sco: term.startsWith('scoansi'),
    mono: (env.NO_COLOR ?? '') !== '',
    ...(plain === undefined ? {} : { plain }),
    ...(Number.isInteger(baud) && baud > 0 ? { baud } : {}),
  };
}
