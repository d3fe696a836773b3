/** `hasmit run`: the same text as on the screen, its output passed through, its status returned (design.md 10). */

import { constants } from 'node:os';
import { describeEnd } from './ended.ts';
import { childEnvironment } from './environment.ts';
import { runOnTerminal } from './hand-over.ts';
import { startPipe } from './pipe.ts';
import type { Ended, Output, RunRequest } from './types.ts';

export interface PassedThrough {
  ended: Ended;
  /** What `hasmit run` exits with. */
  status: number;
  /** What passed through, for the log; absent for an interactive command, whose output is its own. To be closed. */
  output?: Output;
}

const FORWARDED: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Runs a command for the command line. Output bytes go to our own standard output and error as they come, unchanged; standard input
 * is empty or holds the secrets; an interactive command gets the terminal. A signal to us goes to the whole group, and its answer is
 * waited for. Never rejects.
 */
export async function runPassthrough(request: RunRequest): Promise<PassedThrough> {
  if (request.command.mode === 'interactive') return runDirect(request);
  const streams = { out: process.stdout, err: process.stderr };
  let writable = true;
  const running = await startPipe(request, {
    pass(stream, bytes) {
      // Copied: the write may be finished later, when the buffer holds something else.
      if (writable) streams[stream].write(Buffer.from(bytes));
    },
  });
  const gone = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') return;
    writable = false;
    running.closeOutput();
  };
  let interrupted: NodeJS.Signals | undefined;
  const forward = (name: NodeJS.Signals) => {
    interrupted ??= name;
    running.signal(name);
  };
  // Whoever else listens may end the program at once; the command and its record come first.
  const others = process.stdout.listeners('error');
  process.stdout.removeAllListeners('error').on('error', gone);
  for (const name of FORWARDED) process.on(name, forward);
  const ended = await running.done;
  for (const name of FORWARDED) process.removeListener(name, forward);
  process.stdout.removeListener('error', gone);
  for (const other of others) process.stdout.on('error', other as () => void);
  const final: Ended =
    interrupted && ended.state === 'failed'
      ? { ...ended, state: 'cancelled', reason: `${interrupted} was sent` }
      : ended;
  return { ended: final, status: exitStatus(final), output: running.output };
}

async function runDirect(request: RunRequest): Promise<PassedThrough> {
  const { command, env } = request;
  const begun = performance.now();
  const problem =
    command.secrets.length > 0
      ? 'an interactive command has the terminal as its standard input, so a secret cannot be fed to it'
      : undefined;
  const end =
    problem === undefined
      ? await runOnTerminal('/bin/sh', ['-c', command.text], childEnvironment(env, command.path))
      : { problem };
  const stopped = end.signal === 'SIGINT' ? 'cancelled' : undefined;
  const ended = describeEnd({ command, end, seconds: (performance.now() - begun) / 1000, stopped });
  return { ended, status: exitStatus(ended) };
}

/**
 * The status for the shell that called us: the command's own where it has one; 128 and the signal's number as a shell would say;
 * 1 for status 0 with the product's error text; 5 unknown, 124 timed out, 7 cancelled (design.md 10).
 */
export function exitStatus(ended: Ended): number {
  const { state, status, signal } = ended;
  if (state === 'unknown') return 5;
  if (state === 'timeout') return 124;
  if (signal !== undefined) return 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
  if (state === 'cancelled') return status || 7;
  if (state === 'failed') return status || 1;
  return status ?? 0;
}
