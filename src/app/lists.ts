/** Effects that ask the system: lists for F4, discover, classify, what an edit would change, and paths to complete. Loaded with the first of them. */
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type RenderInput, renderTemplate, type Where } from '../command/render.ts';
import { parseRows } from '../formats/rows.ts';
import type { Field, SelectorPanel, Source, Template, Values } from '../panel/types.ts';
import { runList } from '../run/list.ts';
import type { Listed } from '../run/types.ts';
import type { Effect, Message } from '../session/messages.ts';
import type { ListRow } from '../session/state.ts';
import type { AppContext } from './context.ts';
import { diffOf } from './diffs.ts';

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
      const found = await diffOf(context, effect.panel, effect.values, signal);
      if ('lines' in found) return { type: 'diffed', job: effect.job, lines: found.lines };
      return { type: 'jobFailed', job: effect.job, title: 'ERROR MESSAGE', lines: [found.problem] };
    }
  }
}

interface Ask extends Where {
  run: Template;
  timeout?: number;
  emptyStatus?: number[];
}

/** Runs a list or discover command with the values there are. */
async function asked(
  context: Pick<AppContext, 'env' | 'world'>,
  ask: Ask,
  values: Values,
  fields: Field[],
  signal?: AbortSignal,
): Promise<Listed> {
  const rendered = renderTemplate(ask.run, inputOf(context, values, fields), ask);
  if (rendered.missing.length > 0) {
    const labels = rendered.missing.map(name => fields.find(field => field.name === name)?.label.trim() ?? name);
    return { state: 'failed', reason: `Give a value for ${labels.join(' and ')} first.`, stderr: '' };
  }
  if (rendered.problem) return { state: 'failed', reason: rendered.problem, stderr: '' };
  return runList({
    text: rendered.text,
    path: rendered.path,
    env: context.env,
    timeout: ask.timeout,
    emptyStatus: ask.emptyStatus,
    signal,
  });
}

function inputOf(context: Pick<AppContext, 'world'>, values: Values, fields: Field[]): RenderInput {
  return {
    values,
    fields,
    changed: new Set(),
    discovered: new Set(),
    present: new Set([...fields.map(field => field.name), ...Object.keys(values)]),
    thisHost: context.world.host,
  };
}

function failed(job: number, listed: Exclude<Listed, { state: 'ok' }>): Message {
  if (listed.state === 'cancelled') return { type: 'jobCancelled', job };
  const lines = [listed.reason, ...(listed.stderr ? ['', ...listed.stderr.split('\n')] : [])];
  return { type: 'jobFailed', job, title: 'ERROR MESSAGE', lines };
}

async function listAnswer(
  context: AppContext,
  effect: Extract<Job, { type: 'list' }>,
  signal: AbortSignal,
): Promise<Message> {
  const { source } = effect;
  const listed = await asked(context, sourceAsk(source), effect.values, effect.fields, signal);
  if (listed.state !== 'ok') return failed(effect.job, listed);
  const parsed = parseRows(listed.text, source);
  if (parsed.problem) {
    return {
      type: 'jobFailed',
      job: effect.job,
      title: 'ERROR MESSAGE',
      lines: ['The list could not be read:', parsed.problem],
    };
  }
  const rows = listRowsOf(source, parsed.records);
  return {
    type: 'listed',
    job: effect.job,
    field: effect.field.name,
    rows,
    heading: headingOf(source, parsed),
    ...(effect.check ? { check: true } : {}),
  };
}

function sourceAsk(source: Source): Ask {
  return {
    run: source.run,
    timeout: source.timeout,
    emptyStatus: source.emptyStatus,
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
    rows.push({ value, text: text === '' ? value : text, more: record.more ? record.more.split('\n') : [] });
  }
  return rows;
}

async function discoverAnswer(
  context: AppContext,
  effect: Extract<Job, { type: 'discover' }>,
  signal: AbortSignal,
): Promise<Message> {
  const { panel } = effect;
  const discover = panel.discover!;
  const ask: Ask = {
    run: discover.run,
    timeout: discover.timeout,
    path: panel.path,
    target: panel.target,
    as: panel.as,
  };
  const listed = await asked(context, ask, effect.values, panel.fields, signal);
  if (listed.state !== 'ok') return failed(effect.job, listed);
  const parsed = parseRows(listed.text, discover);
  if (parsed.problem) {
    const lines = ['The current values could not be read:', parsed.problem, '', 'The fields hold their defaults.'];
    return { type: 'jobFailed', job: effect.job, title: 'ERROR MESSAGE', lines };
  }
  const values: Values = {};
  for (const [name, key] of Object.entries(discover.map)) {
    const field = panel.fields.find(one => one.name === name);
    const found = parsed.records.map(record => record[key]).filter(text => text !== undefined && text !== '');
    if (!field || found.length === 0) continue;
    const translate = discover.translate?.[name];
    const texts = found.map(text => translate?.[text!] ?? text!);
    values[name] = field.multiple ? texts.flatMap(itemsOf) : texts[0]!;
  }
  return { type: 'discovered', job: effect.job, values };
}

/** The items of a value for a field that takes several: of a JSON list, else the words. */
export function itemsOf(text: string): string[] {
  if (text.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list.map(String);
    } catch {
      // A text that begins with a bracket and is no JSON is words like any other.
    }
  }
  return text.split(/\s+/).filter(Boolean);
}

async function classifyAnswer(
  context: AppContext,
  effect: Extract<Job, { type: 'classify' }>,
  signal: AbortSignal,
): Promise<Message> {
  const { panel } = effect;
  const next = panel.next;
  // A selector that always leads to the same panel is never asked; the type allows it.
  if (typeof next === 'string')
    return { type: 'classified', job: effect.job, panel: panel.id, next, values: effect.values, said: '' };
  const listed = await asked(context, { run: next.by }, effect.values, [panel.field], signal);
  if (listed.state !== 'ok') return failed(effect.job, listed);
  const said = firstLine(listed.text);
  return {
    type: 'classified',
    job: effect.job,
    panel: panel.id,
    next: next.map[said] ?? next.map['*'],
    values: effect.values,
    said,
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** For `hasmit run`: where a classifying selector leads; undefined when the system does not say. */
export async function classifyBy(
  panel: SelectorPanel,
  values: Values,
  where: Pick<AppContext, 'env' | 'world'>,
): Promise<string | undefined> {
  if (typeof panel.next === 'string') return panel.next;
  const listed = await asked(where, { run: panel.next.by }, values, [panel.field]);
  return listed.state === 'ok' ? (panel.next.map[firstLine(listed.text)] ?? panel.next.map['*']) : undefined;
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
