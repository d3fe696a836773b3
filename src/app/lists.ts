/** Effects that ask the system: lists for F4, discover, classify, what an edit would change, and paths to complete. Loaded with the first of them. */
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseRows } from '../formats/rows.ts';
import type { Field, Source, Values } from '../panel/types.ts';
import type { Listed } from '../run/types.ts';
import type { Effect, Message } from '../session/messages.ts';
import type { ListRow } from '../session/state.ts';
import { type Asker, askSystem, classify, discover, type Question, type Unanswered } from './ask-system.ts';
import type { AppContext } from './context.ts';
import { foretell } from './foretell.ts';

type Job = Extract<Effect, { job: number }>;

/** Jobs that run now, so that F3 can cancel them. */
const running = new Map<number, AbortController>();

/** Cancels a job; its answer, if it still comes, is dropped by the session. */
export function cancelJob(context: AppContext, job: number): void {
  running.get(job)?.abort();
  context.store.dispatch({ type: 'jobCancelled', job });
}

/** Does a job and dispatches its answer. */
export async function doJob(context: AppContext, effect: Exclude<Job, { type: 'cancelJob' }>): Promise<void> {
  const abort = new AbortController();
  running.set(effect.job, abort);
  try {
    context.store.dispatch(await answerOf(context, effect, abort.signal));
  } finally {
    running.delete(effect.job);
  }
}

async function answerOf(
  context: AppContext,
  effect: Exclude<Job, { type: 'cancelJob' }>,
  signal: AbortSignal,
): Promise<Message> {
  switch (effect.type) {
    case 'list':
      return listAnswer(context, effect, signal);
    case 'discover':
      return discoverAnswer(context, effect, signal);
    case 'classify':
      return classifyAnswer(context, effect, signal);
    case 'diff': {
      const found = await foretell(context, effect.panel, effect.values, signal);
      if ('lines' in found) return { type: 'diffed', job: effect.job, lines: found.lines };
      return { type: 'jobFailed', job: effect.job, title: 'ERROR MESSAGE', lines: [found.problem] };
    }
  }
}

function failed(job: number, listed: Exclude<Listed, { state: 'ok' }>, what?: string): Message {
  if (listed.state === 'cancelled') return { type: 'jobCancelled', job };
  // The reason holds the first line of what was said; the rest is shown when there is one.
  const rest = listed.stderr.includes('\n') || !listed.reason.includes(listed.stderr) ? listed.stderr.split('\n') : [];
  const lines = [...(what ? [what, ''] : []), listed.reason, ...(rest.length > 0 ? ['', ...rest] : [])];
  return { type: 'jobFailed', job, title: 'ERROR MESSAGE', lines };
}

/** A list as it is shown; a problem when its text makes no sense. */
export async function readList(
  asker: Asker,
  source: Source,
  values: Values,
  fields: Field[],
  signal?: AbortSignal,
): Promise<{ rows: ListRow[]; heading: string[] } | { problem: string } | Unanswered> {
  const listed = await askSystem(asker, sourceAsk(source), values, fields, signal);
  if (listed.state !== 'ok') return { listed };
  const parsed = parseRows(listed.text, source, source.value !== undefined || source.shown !== undefined);
  if (parsed.problem) return { problem: parsed.problem };
  return { rows: listRowsOf(source, parsed.records), heading: headingOf(source, parsed) };
}

async function listAnswer(
  context: AppContext,
  effect: Extract<Job, { type: 'list' }>,
  signal: AbortSignal,
): Promise<Message> {
  const { job, field, source, values, fields, check } = effect;
  const label = field.label.trim();
  const what = check
    ? `${label}: its value must stand in a list that cannot be read, so nothing was run. F6 shows the command and copies it, F9 is a shell.`
    : `The list for ${label} cannot be read:`;
  const list = await readList(context, source, values, fields, signal);
  if ('listed' in list) return failed(job, list.listed, what);
  if ('problem' in list) return { type: 'jobFailed', job, title: 'ERROR MESSAGE', lines: [what, '', list.problem] };
  return { type: 'listed', job, field: field.name, ...list, ...(check ? { check } : {}) };
}

function sourceAsk(source: Source): Question {
  return {
    run: source.run,
    timeout: source.timeout,
    emptyStatus: source.emptyStatus,
    statusHelp: source.statusHelp,
    path: source.path,
    target: source.target,
    as: source.as,
  };
}

/** Widths of the columns shown, the words of the title among them. */
function columnWidths(source: Source, records: Record<string, string>[]): number[] {
  const titles = titleColumns(source);
  return (source.shown ?? []).map((column, at) =>
    records.reduce((most, record) => Math.max(most, (record[column] ?? '').length), titles[at]?.length ?? 0),
  );
}

/** The title cut where two blanks stand, when that gives as many words as there are columns. */
function titleColumns(source: Source): string[] {
  const words = (source.title ?? '').trim().split(/ {2,}/);
  return words.length === source.shown?.length ? words : [];
}

/** The heading above a list: the source's title, set over its columns, or what the command said. */
function headingOf(source: Source, parsed: { records: Record<string, string>[]; heading?: string[] }): string[] {
  const words = titleColumns(source);
  if (words.length === 0) return source.title ? [source.title] : (parsed.heading ?? []);
  const widths = columnWidths(source, parsed.records);
  return [
    words
      .map((word, at) => word.padEnd(widths[at]!))
      .join('  ')
      .trimEnd(),
  ];
}

/** One for all: most entries have no further lines. */
const nothingMore: string[] = [];

/** Records as rows of a list: the value column, what is shown beside it, each value once. */
export function listRowsOf(source: Source, records: Record<string, string>[]): ListRow[] {
  const rows: ListRow[] = [];
  const seen = new Set<string>();
  const columns = source.shown ?? [];
  const widths = columnWidths(source, records);
  for (const record of records) {
    const value = (source.value ? record[source.value] : record.line)?.trim() ?? '';
    if (value === '' || seen.has(value)) continue;
    seen.add(value);
    const shown = columns.map((column, at) => (record[column] ?? '').padEnd(widths[at]!)).join('  ');
    const text = columns.length > 0 ? shown.trimEnd() : (record.line ?? value);
    rows.push({ value, text: text === '' ? value : text, more: record.more ? record.more.split('\n') : nothingMore });
  }
  return rows;
}

async function discoverAnswer(
  context: AppContext,
  effect: Extract<Job, { type: 'discover' }>,
  signal: AbortSignal,
): Promise<Message> {
  const found = await discover(context, effect.panel, effect.values, signal);
  if ('values' in found) return { type: 'discovered', job: effect.job, values: found.values };
  if ('listed' in found && found.listed.state === 'cancelled') return failed(effect.job, found.listed);
  const reason = 'problem' in found ? found.problem : found.listed.state === 'failed' ? found.listed.reason : '';
  const path = effect.panel.path ?? [];
  const missing = /status 127/.test(reason)
    ? [
        '',
        `Is the product of this panel installed on this host?${path.length > 0 ? ` It is looked for in ${path.join(', ')}.` : ''}`,
      ]
    : [];
  const lines = ['The current values cannot be read:', reason, ...missing, '', 'The fields hold their defaults.'];
  return { type: 'jobFailed', job: effect.job, title: 'ERROR MESSAGE', lines };
}

async function classifyAnswer(
  context: AppContext,
  effect: Extract<Job, { type: 'classify' }>,
  signal: AbortSignal,
): Promise<Message> {
  const { panel, values, job } = effect;
  const found = await classify(context, panel, values, signal);
  if ('listed' in found) return failed(job, found.listed);
  return { type: 'classified', job, panel: panel.id, values, ...found };
}

/** Tab in a path: the part all candidates share, and the candidates. */
export async function completePath(context: AppContext, field: Field, text: string): Promise<void> {
  const home = text.startsWith('~/') ? join(homedir(), text.slice(2)) : text;
  const directory = home.endsWith('/') ? home : dirname(home || '/');
  const begun = home.endsWith('/') || home === '' ? '' : basename(home);
  const answer = (candidates: string[], completed: string) =>
    context.store.dispatch({ type: 'completed', field: field.name, before: text, text: completed, candidates });
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const fitting = entries.filter(
      entry => entry.name.startsWith(begun) && (begun.startsWith('.') || !entry.name.startsWith('.')),
    );
    const names = fitting
      .filter(entry => field.kind !== 'dir' || entry.isDirectory() || entry.isSymbolicLink())
      .map(entry => entry.name + (entry.isDirectory() ? '/' : ''))
      .sort();
    const shared = names.reduce((common, name) => {
      let length = 0;
      while (length < common.length && common[length] === name[length]) length++;
      return common.slice(0, length);
    }, names[0] ?? begun);
    answer(names, join(directory, shared));
  } catch {
    answer([], text);
  }
}
