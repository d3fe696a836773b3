/** Reading commands with the values there are: what the system has (discover), where a selector leads (classify), and the running behind both. */
import { type RenderInput, renderTemplate, type Where } from '../command/render.ts';
import { parseRows } from '../formats/rows.ts';
import type { DialogPanel, FastPath, Field, SelectorPanel, Template, Values } from '../panel/types.ts';
import { runList } from '../run/list.ts';
import type { Listed } from '../run/types.ts';
import type { AppContext } from './context.ts';

/** What a question to the system needs of a session; the command line has it too. */
export type Asker = Pick<AppContext, 'env' | 'world' | 'log'>;

export interface Question extends Where {
  run: Template;
  timeout?: number;
  emptyStatus?: number[];
  statusHelp?: Record<string, string>;
}

/** A question that got no answer. */
export type Unanswered = { listed: Exclude<Listed, { state: 'ok' }> };

/** Runs a reading command. */
export async function askSystem(
  asker: Asker,
  question: Question,
  values: Values,
  fields: Field[],
  signal?: AbortSignal,
): Promise<Listed> {
  const rendered = renderTemplate(question.run, inputOf(asker, values, fields), question);
  if (rendered.missing.length > 0) {
    const labels = rendered.missing.map(name => fields.find(field => field.name === name)?.label.trim() ?? name);
    return { state: 'failed', reason: `Give a value for ${labels.join(' and ')} first.`, stderr: '' };
  }
  if (rendered.problem) return { state: 'failed', reason: rendered.problem, stderr: '' };
  const { timeout, emptyStatus, statusHelp } = question;
  const listed = await runList({
    text: rendered.text,
    path: rendered.path,
    env: asker.env,
    timeout,
    emptyStatus,
    statusHelp,
    signal,
  });
  if (asker.log) {
    const outcome = listed.state === 'failed' ? `failed: ${listed.reason}` : listed.state;
    asker.log(
      rendered.text,
      outcome,
      listed.state === 'ok' ? listed.text : listed.state === 'failed' ? listed.stderr : '',
    );
  }
  return listed;
}

function inputOf(asker: Asker, values: Values, fields: Field[]): RenderInput {
  return {
    values,
    fields,
    changed: new Set(),
    discovered: new Set(),
    present: new Set([...fields.map(field => field.name), ...Object.keys(values)]),
    thisHost: asker.world.host,
  };
}

/** The values the system has now, for the fields of a dialog; a problem when its answer makes no sense. */
export async function discover(
  asker: Asker,
  panel: DialogPanel,
  values: Values,
  signal?: AbortSignal,
): Promise<{ values: Values } | { problem: string } | Unanswered> {
  const how = panel.discover!;
  const { path, target, as, statusHelp } = panel;
  const question = { run: how.run, timeout: how.timeout, path, target, as, statusHelp };
  const listed = await askSystem(asker, question, values, panel.fields, signal);
  if (listed.state !== 'ok') return { listed };
  const parsed = parseRows(listed.text, how);
  if (parsed.problem) return { problem: parsed.problem };
  const found: Values = {};
  for (const [name, key] of Object.entries(how.map)) {
    const field = panel.fields.find(one => one.name === name);
    const texts = parsed.records
      .flatMap(record => record[key] ?? [])
      .filter(text => text !== '')
      .map(text => how.translate?.[name]?.[text] ?? text);
    if (field && texts.length > 0) found[name] = field.multiple ? texts.flatMap(itemsOf) : texts[0]!;
  }
  return { values: found };
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

/** Where a selector leads that asks the system: the first line of its answer, and the panel the author gave for it. */
export async function classify(
  asker: Asker,
  panel: SelectorPanel,
  values: Values,
  signal?: AbortSignal,
): Promise<{ next: FastPath | undefined; said: string } | Unanswered> {
  // A selector that always leads to the same panel is never asked; the type allows it.
  if (typeof panel.next === 'string') return { next: panel.next, said: '' };
  const listed = await askSystem(asker, { run: panel.next.by }, values, [panel.field], signal);
  if (listed.state !== 'ok') return { listed };
  const said = listed.text.trim().split('\n')[0] ?? '';
  return { next: panel.next.map[said] ?? panel.next.map['*'], said };
}
