/**
 * The settings as they stand, every value with its origin. Later wins: default, /etc/hasmit/site.yaml (site values only),
 * /etc/hasmit/config.json, the user's config.json, environment, command line. Read at every start, so without any library: only a
 * site.yaml that is there costs loading one.
 */
import { definitions, isSettingKey, type SettingKey, type SettingValues, settingKeys } from './definitions.ts';
import { readTrusted, settingFiles } from './files.ts';
import { type SiteValues, siteValue } from './site-values.ts';

export type { SettingValues } from './definitions.ts';
export type { SiteValues } from './site-values.ts';

export interface Settings {
  values: SettingValues;
  site: SiteValues;
  /** Where each value comes from: `default`, the name of a file, `environment HASMIT_LOG`, `command line`. Site values as `site.KEY`. */
  origins: Record<string, string>;
  /** What is wrong with files and variables, a sentence each; the value in question is not used. */
  problems: string[];
}

/** The flags of the command line that are settings. */
export interface SettingFlags {
  log?: string;
  script?: string;
  mono?: boolean;
  plain?: boolean;
}

export interface ReadOptions {
  /** In place of /etc/hasmit. */
  systemDirectory?: string;
  uid?: number;
}

/** Reads the settings. Never rejects; what is wrong is in `problems`. */
export async function readSettings(
  env: NodeJS.ProcessEnv,
  flags: SettingFlags = {},
  options: ReadOptions = {},
): Promise<Settings> {
  const { uid = process.getuid?.() ?? -1, systemDirectory } = options;
  const files = settingFiles(env, systemDirectory);
  const settings = defaults();
  const siteFile = readTrusted(files.site, uid);
  if (siteFile.problem) settings.problems.push(siteFile.problem);
  if (siteFile.text !== undefined)
    applySite(settings, await parseYaml(files.site, siteFile.text, settings), files.site);
  for (const file of [files.system, files.user]) applyFile(settings, file, uid);
  applyEnvironment(settings, env);
  applyFlags(settings, flags);
  agreeOnMono(settings);
  if (settings.origins.engine === 'default' && settings.site.engine) {
    apply(settings, 'engine', settings.site.engine, settings.origins['site.engine']!);
  }
  return settings;
}

function defaults(): Settings {
  const values = Object.fromEntries(
    settingKeys.map(key => [key, definitions[key].fallback]),
  ) as unknown as SettingValues;
  return { values, site: {}, origins: Object.fromEntries(settingKeys.map(key => [key, 'default'])), problems: [] };
}

function apply<Key extends SettingKey>(settings: Settings, key: Key, raw: unknown, origin: string): void {
  const value = definitions[key].parse(raw);
  if (value === undefined) {
    settings.problems.push(`${origin}: ${key} is ${JSON.stringify(raw)}; it must be ${definitions[key].wants}`);
    return;
  }
  // What forbids the shell cannot be overruled by the user it is meant for.
  if (key === 'shell' && value === true && !settings.values.shell) return;
  settings.values[key] = value;
  settings.origins[key] = origin;
}

function applySite(settings: Settings, values: unknown, origin: string): void {
  if (values === undefined || values === null) return;
  if (typeof values !== 'object' || Array.isArray(values)) {
    settings.problems.push(`${origin}: the site values must be names with values, for example virtual_ip: 10.0.0.9`);
    return;
  }
  for (const [key, raw] of Object.entries(values)) {
    const result = siteValue(key, raw);
    if ('problem' in result) settings.problems.push(`${origin}: ${result.problem}`);
    else {
      settings.site[key] = result.value;
      settings.origins[`site.${key}`] = origin;
    }
  }
}

function applyFile(settings: Settings, file: string, uid: number): void {
  const { text, problem } = readTrusted(file, uid);
  if (problem) settings.problems.push(problem);
  if (text === undefined || text.trim() === '') return;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    settings.problems.push(jsonProblem(file, error));
    return;
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    settings.problems.push(`${file}: this must be a JSON object, for example {"escMs": 300}`);
    return;
  }
  for (const [key, raw] of Object.entries(content)) {
    if (key === 'site') applySite(settings, raw, file);
    else if (isSettingKey(key)) apply(settings, key, raw, file);
    else
      settings.problems.push(
        `${file}: ${JSON.stringify(key)} is no setting; there are ${[...settingKeys, 'site'].join(', ')}`,
      );
  }
}

/** V8 tells the line and column, or shows the text around the mistake. */
function jsonProblem(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
  const place = / in JSON at position \d+ \(line (\d+) column (\d+)\)/.exec(message);
  const where = place ? `${file}:${place[1]}:${place[2]}` : file;
  const what = place ? message.replace(place[0], '') : message.replace(/ is not valid JSON$/, '');
  return `${where}: this is not JSON: ${what}; nothing of the file is used`;
}

function applyEnvironment(settings: Settings, env: NodeJS.ProcessEnv): void {
  for (const key of settingKeys) {
    const { variable } = definitions[key];
    if (env[variable]) apply(settings, key, env[variable], `environment ${variable}`);
  }
  for (const [variable, raw] of Object.entries(env)) {
    if (!variable.startsWith('HASMIT_SITE_') || !raw) continue;
    applySite(settings, { [variable.slice('HASMIT_SITE_'.length).toLowerCase()]: raw }, `environment ${variable}`);
  }
}

function applyFlags(settings: Settings, flags: SettingFlags): void {
  for (const key of ['log', 'script', 'mono', 'plain'] as const) {
    if (flags[key] !== undefined) apply(settings, key, flags[key], 'command line');
  }
}

/** `theme: mono` and `mono` are two words for one thing. */
function agreeOnMono({ values, origins }: Settings): void {
  if (values.mono && values.theme !== 'mono') {
    values.theme = 'mono';
    origins.theme = origins.mono!;
  } else if (!values.mono && values.theme === 'mono') {
    values.mono = true;
    origins.mono = origins.theme!;
  }
}

/** The one file that is written by hand for a whole site; it may have comments, so it is YAML. */
async function parseYaml(file: string, text: string, settings: Settings): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const error = document.errors[0];
  if (!error) return document.toJS();
  const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
  settings.problems.push(
    `${file}:${line}:${col}: ${error.message.split('\n', 1)[0]!.replace(/ at line \d+, column \d+:?$/, '')}`,
  );
  return undefined;
}
