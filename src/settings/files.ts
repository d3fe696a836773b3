/** The files settings are read from, and whether they may be believed. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For everybody on this machine. */
const SYSTEM_DIRECTORY = '/etc/hasmit';

export interface SettingFiles {
  /** /etc/hasmit/config.json and site.yaml. */
  system: string;
  site: string;
  /** $XDG_CONFIG_HOME/hasmit/config.json: the one that is written. */
  user: string;
}

/** Where the files are for this user. */
export function settingFiles(env: NodeJS.ProcessEnv, systemDirectory = SYSTEM_DIRECTORY): SettingFiles {
  return {
    system: join(systemDirectory, 'config.json'),
    site: join(systemDirectory, 'site.yaml'),
    user: join(userDirectory(env), 'config.json'),
  };
}

/** $XDG_CONFIG_HOME/hasmit, ~/.config/hasmit unless said; the specification wants relative values ignored. */
export function userDirectory(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_CONFIG_HOME?.startsWith('/')
    ? env.XDG_CONFIG_HOME
    : join(env.HOME || process.getBuiltinModule('node:os').homedir(), '.config');
  return join(base, 'hasmit');
}

/**
 * The text of a file; nothing when there is none; a sentence when it cannot be read or, for root, when somebody else could have
 * written it (design.md 12: settings name files that root writes to).
 */
export function readTrusted(file: string, uid: number): { text?: string; problem?: string } {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? {} : { problem: `${file} cannot be read: ${reasonOf(error)}` };
  }
  try {
    const { uid: owner, mode } = fstatSync(fd);
    if (uid === 0 && owner !== 0)
      return { problem: `${file} belongs to user ${owner}, not to root; it is not used. Cure: chown root ${file}` };
    if (uid === 0 && (mode & 0o022) !== 0)
      return { problem: `${file} may be written by others; it is not used. Cure: chmod go-w ${file}` };
    return { text: readFileSync(fd, 'utf8') };
  } catch (error) {
    return { problem: `${file} cannot be read: ${reasonOf(error)}` };
  } finally {
    closeSync(fd);
  }
}

/** `Permission denied`, from an exception of the system. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
  const text = /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
