/** `hasmit config [KEY[=VALUE]] [--json]`: the settings and where each comes from; one is set or, with an empty value, taken back. */
import type { Answer, Asked } from '../cli.ts';
import { didYouMean } from '../panel/suggest.ts';
import { defaultPlaces } from '../record/places.ts';
import { definitions, isSettingKey, type SettingKey, settingKeys } from '../settings/definitions.ts';
import { readSettings, type Settings } from '../settings/read.ts';
import { siteDefinitions } from '../settings/site-values.ts';

/** One setting as it is listed. */
interface Listed {
  key: string;
  value: unknown;
  origin: string;
  help: string;
}

/** Lists all settings, one, or sets one. */
export async function config(asked: Asked): Promise<Answer> {
  const { words, env, flags } = asked;
  const word = words[0];
  if (words.length > 1) return { status: 2, complaint: 'one setting at a time: hasmit config [KEY[=VALUE]]' };
  const key = word?.split('=', 1)[0];
  if (key !== undefined && !isKey(key)) {
    const known = [...settingKeys, ...Object.keys(siteDefinitions).map(name => `site.${name}`)];
    return {
      status: 2,
      complaint: `there is no setting "${key}"${didYouMean(key, known, 3) || `; there are ${settingKeys.join(', ')} and site.KEY`}`,
    };
  }
  if (key !== undefined && word?.includes('=')) {
    const { setSetting, unset } = await import('../settings/store.ts');
    const value = word.slice(key.length + 1);
    const problem = value === '' ? await unset(key, env) : await setSetting(key, value, env);
    if (problem) return { status: 2, complaint: problem };
  }
  const settings = await readSettings(env, flags);
  const listed = listSettings(settings, env).filter(one => key === undefined || one.key === key);
  const complaint = settings.problems.join('; ') || undefined;
  if (flags.json) return { status: 0, text: JSON.stringify(listed, null, 2), complaint };
  return { status: 0, text: table(listed), complaint };
}

function isKey(key: string): boolean {
  return isSettingKey(key) || /^site\.[a-z][a-z0-9_]*$/.test(key);
}

/** Every setting with its value and origin; the files of the records as they are, where no others were chosen. */
function listSettings(settings: Settings, env: NodeJS.ProcessEnv): Listed[] {
  const places = defaultPlaces(env, process.getuid?.() ?? -1, settings.values);
  const shown = (key: SettingKey): unknown => (key === 'log' || key === 'script' ? places[key] : settings.values[key]);
  const plain = settingKeys.map(key => ({
    key: key as string,
    value: shown(key),
    origin: settings.origins[key]!,
    help: definitions[key].help,
  }));
  const site = [...new Set([...Object.keys(siteDefinitions), ...Object.keys(settings.site)])].map(key => ({
    key: `site.${key}`,
    value: settings.site[key] ?? '',
    origin: settings.origins[`site.${key}`] ?? 'default',
    help: siteDefinitions[key]?.label ?? 'A value of this site.',
  }));
  return [...plain, ...site];
}

/** Three columns: key, value, origin. */
function table(listed: Listed[]): string {
  const rows = listed.map(({ key, value, origin }) => [key, inWords(value), origin] as const);
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]!.length)));
  return rows
    .map(([key, value, origin]) => `${key.padEnd(widths[0]!)}  ${value.padEnd(widths[1]!)}  ${origin}`)
    .join('\n');
}

function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'y' : 'n';
  if (Array.isArray(value)) return value.join(',');
  return value === '' ? '-' : String(value);
}
