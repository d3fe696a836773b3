/** The settings: one table for reading, writing and listing them, and for the manual. */

export interface SettingValues {
  /** Files chosen for the log and the script; empty: the usual place. */
  log: string;
  script: string;
  /** Milliseconds within which a digit after Esc makes a function key. */
  escMs: number;
  theme: 'standard' | 'mono';
  mono: boolean;
  /** What runs a command on several hosts. */
  engine: 'ssh' | 'xdsh' | 'dsh' | 'clush' | 'pdsh' | 'ansible';
  /** F9 may open a shell. */
  shell: boolean;
  /** Line by line instead of full screen. */
  plain: boolean;
  /** Bytes above which log, script and transactions are put aside, and how many old ones are kept. */
  logSize: number;
  logFiles: number;
}

export type SettingKey = keyof SettingValues;

export interface Definition<Key extends SettingKey = SettingKey> {
  key: Key;
  /** Variable of the environment. */
  variable: string;
  fallback: SettingValues[Key];
  /** The value from a file, a variable or an argument; nothing when it is none. */
  parse(raw: unknown): SettingValues[Key] | undefined;
  /** What a right value is, with an example. */
  wants: string;
  help: string;
}

/** All settings, in the order in which they are listed. */
export const definitions: { [Key in SettingKey]: Definition<Key> } = {
  log: {
    key: 'log',
    variable: 'HASMIT_LOG',
    fallback: '',
    parse: fileName,
    wants: 'the name of a file, for example /var/log/hasmit/hasmit.log',
    help: 'File of the log (-l).',
  },
  script: {
    key: 'script',
    variable: 'HASMIT_SCRIPT',
    fallback: '',
    parse: fileName,
    wants: 'the name of a file, for example /root/hasmit.script',
    help: 'File of the script (-s).',
  },
  escMs: {
    key: 'escMs',
    variable: 'HASMIT_ESC_MS',
    fallback: 500,
    parse: raw => whole(raw, 20, 5000),
    wants: 'milliseconds from 20 to 5000, for example 500',
    help: 'How long Esc waits for a digit that makes it a function key.',
  },
  theme: {
    key: 'theme',
    variable: 'HASMIT_THEME',
    fallback: 'standard',
    parse: raw => oneOf(raw, ['standard', 'mono']),
    wants: 'standard or mono',
    help: 'How the screens are drawn.',
  },
  mono: {
    key: 'mono',
    variable: 'HASMIT_MONO',
    fallback: false,
    parse: yesNo,
    wants: 'y or n',
    help: 'No attributes at all: a > marks the place (--mono). There are no colours in any case.',
  },
  engine: {
    key: 'engine',
    variable: 'HASMIT_ENGINE',
    fallback: 'ssh',
    parse: raw => oneOf(raw, ['ssh', 'xdsh', 'dsh', 'clush', 'pdsh', 'ansible']),
    wants: 'ssh, xdsh, dsh, clush, pdsh or ansible',
    help: 'The program that runs a command on several hosts.',
  },
  shell: {
    key: 'shell',
    variable: 'HASMIT_SHELL',
    fallback: true,
    parse: yesNo,
    wants: 'y or n',
    help: 'Whether F9 opens a shell. One n anywhere is enough to forbid it.',
  },
  plain: {
    key: 'plain',
    variable: 'HASMIT_PLAIN',
    fallback: false,
    parse: yesNo,
    wants: 'y or n',
    help: 'Questions line by line instead of screens (--plain).',
  },
  logSize: {
    key: 'logSize',
    variable: 'HASMIT_LOG_SIZE',
    fallback: 10_000_000,
    parse: size,
    wants: 'bytes from 10k to 1000M, for example 10M',
    help: 'Size above which a log file is put aside.',
  },
  logFiles: {
    key: 'logFiles',
    variable: 'HASMIT_LOG_FILES',
    fallback: 5,
    parse: raw => whole(raw, 1, 100),
    wants: 'a number from 1 to 100, for example 5',
    help: 'How many old files of each are kept.',
  },
};

/** Keys in the order in which they are listed. */
export const settingKeys = Object.keys(definitions) as SettingKey[];

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(definitions, key);
}

function fileName(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw !== '' && !/[\n\0]/.test(raw) ? raw : undefined;
}

function oneOf<Word extends string>(raw: unknown, words: Word[]): Word | undefined {
  return words.find(word => word === raw);
}

function yesNo(raw: unknown): boolean | undefined {
  if (typeof raw === 'boolean') return raw;
  const word = String(raw).toLowerCase();
  if (['y', 'yes', 'true', '1', 'on'].includes(word)) return true;
  return ['n', 'no', 'false', '0', 'off'].includes(word) ? false : undefined;
}

function whole(raw: unknown, least: number, most: number): number | undefined {
  const number = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw;
  return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most
    ? number
    : undefined;
}

function size(raw: unknown): number | undefined {
  const match = /^(\d+)([kM]?)$/.exec(String(raw));
  return match
    ? whole(Number(match[1]) * { '': 1, k: 1000, M: 1_000_000 }[match[2] as '' | 'k' | 'M'], 10_000, 1_000_000_000)
    : undefined;
}
