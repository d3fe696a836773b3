/** `hasmit site [KEY=VALUE ...] [--json]`: the site's own values, which are the first values of fields; `KEY=` forgets one. */
import type { Answer, Asked } from '../cli.ts';
import { didYouMean } from '../panel/suggest.ts';
import { readSettings, type SiteValues } from '../settings/read.ts';
import { siteDefinitions } from '../settings/site-values.ts';

/** Sets the values that are given, then lists all. As JSON: one object, lists as arrays, nothing but what is set. */
export async function site(asked: Asked): Promise<Answer> {
  const { words, env, flags } = asked;
  const values: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 0) return { status: 2, complaint: `"${word}" sets nothing; write KEY=VALUE, or KEY= to forget it` };
    values[word.slice(0, at)] = word.slice(at + 1);
  }
  if (words.length > 0) {
    const { setSite } = await import('../settings/store.ts');
    const problem = await setSite(values, env);
    if (problem) return { status: 2, complaint: problem };
  }
  const settings = await readSettings(env, flags);
  const complaints = [...settings.problems, ...unusual(values)];
  const complaint = complaints.join('; ') || undefined;
  if (flags.json) return { status: 0, text: JSON.stringify(settings.site, null, 2), complaint };
  return { status: 0, text: table(settings.site, settings.origins), complaint };
}

/** A name that no shipped panel asks for is kept, but may be a slip of the finger. */
function unusual(values: Record<string, string>): string[] {
  const known = Object.keys(siteDefinitions);
  return Object.keys(values)
    .filter(key => !known.includes(key) && values[key] !== '')
    .map(key => `${key} is kept, though no shipped panel uses it${didYouMean(key, known)}`);
}

function table(values: SiteValues, origins: Record<string, string>): string {
  const keys = [...new Set([...Object.keys(siteDefinitions), ...Object.keys(values)])];
  const rows = keys.map(key => [key, String(values[key] ?? '-'), origins[`site.${key}`] ?? ''] as const);
  const widths = [0, 1].map(column => Math.max(...rows.map(row => row[column]!.length)));
  return rows
    .map(([key, value, origin]) => `${key.padEnd(widths[0]!)}  ${value.padEnd(widths[1]!)}  ${origin}`.trimEnd())
    .join('\n');
}
