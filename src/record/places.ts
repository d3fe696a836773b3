/** Where records are kept (design.md 8). */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RecordPlaces } from './types.ts';

/** For everybody's records on a machine whose packager made it. */
const SYSTEM_DIRECTORY = '/var/log/hasmit';

/**
 * The usual places: root writes to /var/log/hasmit when that directory exists, everybody else (and root without it) to
 * $XDG_STATE_HOME/hasmit, which is ~/.local/state/hasmit unless said.
 * @param chosen files from `-l` and `-s` (or the settings), relative to the current directory
 */
export function defaultPlaces(
  env: NodeJS.ProcessEnv,
  uid: number,
  chosen: { log?: string; script?: string; systemDirectory?: string } = {},
): RecordPlaces {
  const directory = stateDirectory(env, uid, chosen.systemDirectory ?? SYSTEM_DIRECTORY);
  return {
    log: chosen.log ? resolve(chosen.log) : join(directory, 'hasmit.log'),
    script: chosen.script ? resolve(chosen.script) : join(directory, 'hasmit.script'),
    transactions: join(directory, 'transactions.jsonl'),
  };
}

function stateDirectory(env: NodeJS.ProcessEnv, uid: number, system: string): string {
  if (uid === 0 && statSync(system, { throwIfNoEntry: false })?.isDirectory()) return system;
  // The base directory specification wants relative values ignored.
  const state = env.XDG_STATE_HOME?.startsWith('/') ? env.XDG_STATE_HOME : join(env.HOME || homedir(), '.local/state');
  return join(state, 'hasmit');
}
