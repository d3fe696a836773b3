/** The built program on the command line, without a terminal: standard input empty unless said, a HOME of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { fixturePanels, hasmitEnvironment } from './hasmit.ts';
import { builtProgram } from './program.ts';

/** HOME of all calls of a test file: settings and records that one makes are there for the next. */
export const home = mkdtempSync(join(tmpdir(), 'hasmit-cli-'));

afterAll(() => rmSync(home, { recursive: true, force: true }));

export interface Said {
  status: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface CallOptions {
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Without the fixture panels. */
  shippedOnly?: boolean;
  /** Called with what has come on standard output so far, and a way to signal the program. */
  watch?: (out: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Calls hasmit with these words. A program that does not end within 20 s is a failure: nothing may ever wait for an answer. */
export function hasmit(words: string[], options: CallOptions = {}): Promise<Said> {
  const panels = options.shippedOnly ? [] : ['-o', fixturePanels];
  return new Promise((resolve, reject) => {
    const child = spawn(builtProgram(), [...panels, ...words], {
      cwd: options.cwd ?? home,
      env: {
        ...hasmitEnvironment(),
        HOME: home,
        XDG_STATE_HOME: join(home, 'state'),
        XDG_CONFIG_HOME: join(home, 'config'),
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        ...options.env,
      },
      // A session of its own: no terminal, not even /dev/tty.
      detached: true,
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`hasmit ${words.join(' ')} does not end; it said ${JSON.stringify({ out, err })}`));
    }, 20_000);
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => {
      out += chunk;
      options.watch?.(out, signal => child.kill(signal));
    });
    child.stderr.on('data', chunk => (err += chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, out, err });
    });
  });
}
