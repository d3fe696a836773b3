/**
 * V8's code cache for the packs: hasmit is run a few times with a preload that, when the process ends, writes what V8 has
 * compiled by then beside each pack. Taken after a run it holds the functions a start really needs; taken before, it
 * would hold only the outermost ones. A cache that does not fit (another Node, other flags) is refused by V8 and the
 * pack is compiled as usual, so nothing depends on it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keeps every script made while the process runs and writes their caches when it exits. The file appears at once or not at all. */
const preload = `'use strict';
const vm = require('vm');
const fs = require('fs');
const made = [];
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    made.push([options.filename, this]);
  }
};
process.on('SIGUSR2', () => process.exit());
process.on('exit', () => {
  for (const [file, script] of made) {
    const name = file.slice(0, -3) + '.' + process.version + '-' + process.arch + '.cache';
    const fresh = name + '.' + process.pid;
    fs.writeFileSync(fresh, script.createCachedData(), {mode: 0o644});
    fs.renameSync(fresh, name);
  }
});
`;

/** One run of the program: its arguments ({home} stands for a directory of its own) and, for a run in a terminal, the keys pressed one after the other. */
export interface WarmRun {
  args: string[];
  keys?: string[];
}

/** Flags of the launcher that every run must share, for V8 refuses a cache made under other flags. */
const flags = ['--disable-sigusr1'];

/** Runs the program in a pty of 80x24, presses the keys when the screen has been quiet for a moment, and waits for its end. */
async function runInTerminal(node: string, args: string[], keys: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { spawn } = await import('@lydell/node-pty');
  const pty = spawn(node, args, { cols: 80, rows: 24, env: { ...env, TERM: 'xterm' } });
  await new Promise<void>(resolve => {
    const left = [...keys];
    let quiet: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => pty.kill('SIGKILL'), 10_000);
    const next = () => {
      const key = left.shift();
      if (key === undefined) pty.kill('SIGUSR2');
      else {
        pty.write(key);
        quiet = setTimeout(next, 1500);
      }
    };
    pty.onData(() => {
      clearTimeout(quiet);
      quiet = setTimeout(next, 150);
    });
    pty.onExit(() => {
      clearTimeout(quiet);
      clearTimeout(limit);
      resolve();
    });
  });
}

/**
 * Makes the caches of a built program.
 * @param program dist/hasmit.cjs
 * @param runs in order; a pack loaded by several keeps what the last one had compiled, earlier ones included
 * @returns what could not be run, in words; the program works without its caches
 */
export async function makeCaches(node: string, program: string, runs: WarmRun[]): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), 'hasmit-warm-'));
  const problems: string[] = [];
  try {
    const hook = join(home, 'preload.cjs');
    writeFileSync(hook, preload);
    const env = { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, LANG: 'C.UTF-8' };
    for (const run of runs) {
      const args = [...flags, '--require', hook, program, ...run.args.map(word => word.replace('{home}', home))];
      try {
        if (run.keys) await runInTerminal(node, args, run.keys, env);
        else spawnSync(node, args, { env, stdio: 'ignore', timeout: 20_000 });
      } catch (error) {
        problems.push(`${run.args.join(' ')}: ${(error as Error).message}`);
      }
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return problems;
}
