/** The shells that a rendered text must mean the same to, and ways to run texts in them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Shell {
  name: string;
  command: string[];
}

const wanted = [
  { name: 'dash', command: ['/usr/bin/dash', '/bin/dash'], package: 'dash' },
  { name: 'bash', command: ['/usr/bin/bash', '/bin/bash'], package: 'bash' },
  { name: 'busybox', command: ['/usr/bin/busybox', '/bin/busybox'], package: 'busybox', applet: 'sh' },
  { name: 'mksh', command: ['/usr/bin/mksh', '/bin/mksh'], package: 'mksh' },
];

/** All four shells. Throws, with the package to install, when one is not there: a test without it would prove nothing. */
export function shells(): Shell[] {
  return wanted.map(shell => {
    const path = shell.command.find(candidate => existsSync(candidate));
    if (!path) throw new Error(`${shell.name} is not installed: run "apt-get install ${shell.package}" and test again`);
    return { name: shell.name, command: shell.applet ? [path, shell.applet] : [path] };
  });
}

/** The directory of the programs that stand in for others: argv, ssh. */
export const fixtures = fileURLToPath(new URL('../fixtures/command', import.meta.url));

export interface RunOptions {
  input?: string | Buffer;
  env?: Record<string, string>;
  cwd?: string;
  /** The text goes in by standard input instead of -c: for batches longer than an argument may be. */
  byInput?: boolean;
}

/** Runs a text as `SHELL -c TEXT` with the fixtures first in PATH. */
export function runIn(
  shell: Shell,
  text: string,
  options: RunOptions = {},
): { status: number | null; out: Buffer; err: string } {
  const [program, ...first] = shell.command;
  const env = { PATH: `${fixtures}:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: '/root', LC_ALL: 'C.UTF-8', ...options.env };
  const result = spawnSync(program!, [...first, ...(options.byInput ? ['-s'] : ['-c', text])], {
    input: options.byInput ? text : (options.input ?? ''),
    env,
    cwd: options.cwd,
    maxBuffer: 1 << 28,
  });
  if (result.error) throw result.error;
  return { status: result.status, out: result.stdout, err: result.stderr.toString() };
}

/** What `argv` wrote: one list of arguments for each time it ran. */
export function argumentLists(out: Buffer): string[][] {
  const words = out.toString('utf8').split('\0');
  words.pop();
  const lists: string[][] = [];
  for (let at = 0; at < words.length; ) {
    const count = Number(words[at]);
    if (!Number.isInteger(count)) throw new Error(`not the output of argv: ${JSON.stringify(words.slice(at, at + 5))}`);
    lists.push(words.slice(at + 1, at + 1 + count));
    at += count + 1;
  }
  return lists;
}
