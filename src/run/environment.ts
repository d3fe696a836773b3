/** The environment a command gets: the user's, as if typed at the prompt. */

/** Where programs are when the user's environment names no PATH at all (cron, a bare login). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The user's environment without what the tool itself changed for its own process.
 * `saved` holds, for every variable the tool set (NODE_ENV, FORCE_COLOR ...), what the user had there; undefined: nothing.
 * Variables that the tool did not set are the user's own, whatever their name.
 */
export function cleanEnvironment(now: NodeJS.ProcessEnv, saved: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const env = { ...now };
  for (const [name, value] of Object.entries(saved)) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return env;
}

/**
 * A copy of the environment with a command's directories in front of PATH, in their order, each of them once: a directory that is
 * in PATH already moves to the front. `env` is what `cleanEnvironment` gave.
 */
export function childEnvironment(env: NodeJS.ProcessEnv, path: string[] = []): NodeJS.ProcessEnv {
  if (path.length === 0) return { ...env };
  const first = [...new Set(path)];
  const rest = (env.PATH || DEFAULT_PATH).split(':').filter(directory => !first.includes(directory));
  return { ...env, PATH: [...first, ...rest].join(':') };
}

/** For list commands: as SMIT does, no start-up file of the shell runs before a list. */
export function listEnvironment(env: NodeJS.ProcessEnv, path: string[] = []): NodeJS.ProcessEnv {
  const { BASH_ENV: _bash, ENV: _ksh, ...rest } = childEnvironment(env, path);
  return rest;
}
