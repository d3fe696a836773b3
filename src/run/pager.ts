/** A whole output in the operator's pager: a file that only he can read, gone when the pager ends. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnTerminal, type Terminal, withTerminal } from './hand-over.ts';
import { systemReason } from './system-reason.ts';
import type { Output } from './types.ts';

/** Lines written at once. */
const BLOCK = 5000;

/** Runs $PAGER (less, more where it is not set) on an output. Gives a sentence when that was not possible. Never rejects. */
export async function runPager(
  output: Output,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<string | undefined> {
  let directory: string | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), 'hasmit-'));
    const file = join(directory, 'output.txt');
    const to = openSync(file, 'wx', 0o600);
    try {
      for (let at = 0; at < output.lineCount; at += BLOCK) {
        writeSync(
          to,
          output
            .lines(at, at + BLOCK)
            .map(line => `${line.text}\n`)
            .join(''),
        );
      }
    } finally {
      closeSync(to);
    }
    // PAGER may hold options, so a shell reads it; the file is an argument of its own.
    const text =
      'if test -n "$PAGER"; then exec /bin/sh -c "$PAGER \\"\\$1\\"" sh "$1"; elif command -v less >/dev/null; then less "$1"; else more "$1"; fi';
    return await withTerminal(terminal, env, async settle => {
      const end = await runOnTerminal('/bin/sh', ['-c', text, 'sh', file], env);
      await settle();
      return end.problem;
    });
  } catch (error) {
    return `The pager could not be started: ${systemReason(error)}`;
  } finally {
    if (directory) rmSync(directory, { recursive: true, force: true });
  }
}
