/** A program in a pty, watched by the clock: when bytes arrive after a key, how many, and when they stop. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';

export interface Program {
  command: string;
  args: string[];
  /** Directory with panel files that become the user's own. */
  menus?: string;
}

/** What came after something was sent. Times in ms since the sending (or the start). */
export interface Reaction {
  first: number;
  last: number;
  bytes: number;
}

export interface Session {
  pid: number;
  /** Sends keys and starts the clock anew. */
  send(keys: string): void;
  /** Waits until nothing came for `quiet` ms (or nothing at all for `patience`); undefined when nothing came since the clock started. */
  settle(quiet: number, patience?: number): Promise<Reaction | undefined>;
  /** Waits until the text has come since the clock started; ms. Throws after `patience` with the end of what came. */
  until(text: string, patience?: number): Promise<number>;
  /** Waits for the program's own end; ms since the clock started. */
  ended(): Promise<number>;
  /** Resident memory in MB, as the system counts it now. */
  memory(): number;
  close(): Promise<void>;
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Starts a program in a terminal of 80x24 with a HOME of its own. The clock starts just before. */
export function openSession(program: Program): Session {
  const home = mkdtempSync(join(tmpdir(), 'hasmit-bench-'));
  if (program.menus) {
    const menus = join(home, 'config/hasmit/menus');
    mkdirSync(menus, { recursive: true });
    cpSync(program.menus, menus, { recursive: true });
  }
  return sessionIn(home, program, () => rmSync(home, { recursive: true, force: true }));
}

/** The same in a HOME that exists; `done` is called when the session is closed. */
export function sessionIn(home: string, program: Program, done: () => void = () => {}): Session {
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    TERM: 'xterm',
    LANG: 'C.UTF-8',
  };
  let start = performance.now();
  let first: number | undefined;
  let last = 0;
  let bytes = 0;
  let tail = '';
  let found: { text: string; tell: (at: number) => void } | undefined;
  let end: number | undefined;
  const pty = spawn(program.command, program.args, { cols: 80, rows: 24, env, cwd: home, encoding: null });
  pty.onData((data: string | Buffer) => {
    const chunk = Buffer.isBuffer(data) ? data : Buffer.from(data);
    last = performance.now() - start;
    first ??= last;
    bytes += chunk.length;
    // Only the end is searched: a needle is short, and output may be a hundred megabytes.
    tail = (tail + chunk.toString('latin1')).slice(-70_000);
    if (found && tail.includes(found.text)) {
      found.tell(last);
      found = undefined;
    }
  });
  pty.onExit(() => {
    end = performance.now() - start;
  });
  const restart = () => {
    start = performance.now();
    first = undefined;
    bytes = 0;
    last = 0;
    tail = '';
  };
  return {
    pid: pty.pid,
    send(keys) {
      restart();
      pty.write(keys);
    },
    async settle(quiet, patience = 2000) {
      for (;;) {
        const now = performance.now() - start;
        if (first === undefined ? now > patience : now - last > quiet) break;
        await sleep(1);
      }
      return first === undefined ? undefined : { first, last, bytes };
    },
    until(text, patience = 60_000) {
      if (tail.includes(text)) return Promise.resolve(last);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          found = undefined;
          reject(
            new Error(
              `waited ${patience} ms in vain for ${JSON.stringify(text)}; the end of the output: ${JSON.stringify(tail.slice(-600))}`,
            ),
          );
        }, patience);
        found = {
          text,
          tell: at => {
            clearTimeout(timer);
            resolve(at);
          },
        };
      });
    },
    async ended() {
      while (end === undefined) await sleep(1);
      return end;
    },
    memory() {
      const status = readFileSync(`/proc/${pty.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    },
    async close() {
      if (end === undefined) pty.kill('SIGKILL');
      const limit = performance.now() + 2000;
      while (end === undefined && performance.now() < limit) await sleep(2);
      done();
    },
  };
}

/** The middle one; NaN of none. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The value that 95 of 100 do not exceed. */
export function p95(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]!;
}

/** Runs measurements in turn, so that a machine that gets slower does so for all: one round of each, `rounds` times; medians. The first round warms the caches of the disk and is not counted. */
export async function inTurn<Name extends string>(
  rounds: number,
  runs: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(runs) as Name[];
  const values = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await runs[name]();
      if (round > 0) values[name].push(value);
    }
  }
  return Object.fromEntries(names.map(name => [name, median(values[name])])) as Record<Name, number>;
}
