/** The built program in a terminal of its own: fixture panels beside the shipped ones, fixture programs on PATH, records and settings of its own. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { builtProgram, root } from './program.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

export const fixtures = join(root, 'test/fixtures');
export const fixturePanels = join(fixtures, 'app/menus');

/** Compiled panels are shared by the tests of a file; everything else is each program's own. */
const cache = mkdtempSync(join(tmpdir(), 'hasmit-cache-'));
const open: Terminal[] = [];

afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

export interface HasmitOptions extends TimeoutlessOptions {
  /** Words before the program's own: `['ip', 'netns', 'exec', NAME]`. */
  under?: string[];
  /** Without the fixture panels. */
  shippedOnly?: boolean;
}

type TimeoutlessOptions = TerminalOptions;

export interface HasmitTerminal extends Terminal {
  /** A file of its records: `hasmit.log`, `hasmit.script`, `transactions.jsonl`; empty when it is not there. */
  record(name: string): string;
  /** START, END and NOTRUN as they stand in transactions.jsonl. */
  transactions(): Transaction[];
}

export interface Transaction {
  event: string;
  id: string;
  text?: string;
  state?: string;
  status?: number;
  signal?: string;
  fast_path?: string;
}

/** Environment of the program: fixture programs first on PATH, compiled panels shared. */
export function hasmitEnvironment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: `${join(fixtures, 'programs')}:${process.env.PATH ?? '/usr/bin:/bin'}`,
    XDG_CACHE_HOME: cache,
    ...more,
  };
}

/** Starts hasmit with these arguments in a terminal of 80x24 unless said. Closed after the test. */
export function openHasmit(args: string[], options: HasmitOptions = {}): HasmitTerminal {
  const { under = [], shippedOnly = false, env, ...rest } = options;
  const panels = shippedOnly ? [] : ['-o', fixturePanels];
  const [command, ...before] = [...under, builtProgram()];
  const terminal = openTerminal(command!, [...before, ...args, ...panels], { ...rest, env: hasmitEnvironment(env) });
  mkdirSync(terminal.home, { recursive: true });
  open.push(terminal);
  const state = env?.XDG_STATE_HOME ?? join(terminal.home, 'state');
  const record = (name: string) => {
    const file = join(state, 'hasmit', name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  return Object.assign(terminal, {
    record,
    transactions: () =>
      record('transactions.jsonl')
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as Transaction),
  });
}
