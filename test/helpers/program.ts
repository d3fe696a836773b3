/** The built program, for tests that run it as an operator does. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

let checked = false;

/**
 * Path of the launcher, bin/hasmit; dist/ is built first when the sources have changed (the packages are taken as they are).
 * Throws with what the build said when it fails.
 */
export function builtProgram(): string {
  if (!checked) {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs', 'built'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`hasmit could not be built:\n${stderr}`);
    checked = true;
  }
  return resolve(root, 'bin/hasmit');
}
