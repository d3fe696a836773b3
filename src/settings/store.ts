/** Keeps settings, in the user's config.json, by conf (loaded with the first change). Read by read.ts at the next start. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { definitions, isSettingKey } from './definitions.ts';
import { readTrusted, reasonOf, settingFiles, userDirectory } from './files.ts';
import { siteValue } from './site-values.ts';

/** Nothing, or a sentence saying why the value was not kept. */
export type StoreProblem = string | undefined;

/** Keeps one setting; `text` is as typed. `site.KEY` keeps a site value. Never rejects. */
export async function setSetting(key: string, text: string, env: NodeJS.ProcessEnv): Promise<StoreProblem> {
  if (key.startsWith('site.')) return setSite({ [key.slice('site.'.length)]: text }, env);
  if (!isSettingKey(key)) return `${key} is no setting`;
  const value = definitions[key].parse(text);
  if (value === undefined) return `${key} is ${JSON.stringify(text)}; it must be ${definitions[key].wants}`;
  return change(env, store => store.set(key, value));
}

/** Keeps site values, all or none; an empty text forgets that one. Never rejects. */
export async function setSite(
  values: Record<string, string | string[]>,
  env: NodeJS.ProcessEnv,
): Promise<StoreProblem> {
  const checked = Object.entries(values).map(([key, raw]) => ({ key, result: siteValue(key, raw) }));
  const problems = checked.flatMap(({ result }) => ('problem' in result ? [result.problem] : []));
  if (problems.length > 0) return problems.join('; ');
  return change(env, store => {
    const kept = store.get('site');
    const site: Record<string, unknown> =
      typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? { ...kept } : {};
    for (const { key, result } of checked) {
      if (!('value' in result)) continue;
      if (result.value.length === 0) delete site[key];
      else site[key] = result.value;
    }
    store.set('site', site);
  });
}

/** Forgets a setting (or `site.KEY`): its default, or what /etc/hasmit says, is back. Never rejects. */
export async function unset(key: string, env: NodeJS.ProcessEnv): Promise<StoreProblem> {
  if (key.startsWith('site.')) return setSite({ [key.slice('site.'.length)]: '' }, env);
  if (!isSettingKey(key)) return `${key} is no setting`;
  return change(env, store => store.delete(key));
}

interface Store {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

async function change(env: NodeJS.ProcessEnv, make: (store: Store) => void): Promise<StoreProblem> {
  const file = settingFiles(env).user;
  const { problem } = readTrusted(file, process.getuid?.() ?? -1);
  if (problem) return problem;
  try {
    const { default: Conf } = await import('conf');
    const directory = userDirectory(env);
    if (!existsSync(dirname(directory))) mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
    if (!existsSync(directory)) mkdirSync(directory, { mode: 0o700 });
    // A file that is not JSON is the user's to mend; conf must not throw it away.
    make(
      new Conf<Record<string, unknown>>({
        cwd: directory,
        configName: 'config',
        configFileMode: 0o600,
        clearInvalidConfig: false,
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return `${file} is not JSON; nothing was changed. Mend it or remove it first`;
    return `${file} cannot be written: ${reasonOf(error)}`;
  }
}
