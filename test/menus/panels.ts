/** The shipped panel files, read from menus/ by the project's own reader, and rendered by its own renderer. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type RenderInput, renderBeside, renderDialog, renderTemplate } from '../../src/command/render.ts';
import type { Command } from '../../src/command/types.ts';
import { checkAll } from '../../src/panel/check.ts';
import { formatComplaint } from '../../src/panel/complaint.ts';
import { evaluate, loadExpressions, variablesOf } from '../../src/panel/expression.ts';
import { mergeLayers } from '../../src/panel/merge.ts';
import { readPanelFile } from '../../src/panel/read.ts';
import type {
  Complaint,
  DialogPanel,
  Field,
  Panel,
  SelectorPanel,
  Source,
  Template,
  Value,
  Values,
} from '../../src/panel/types.ts';

const directory = resolve(import.meta.dirname, '../../menus');

export interface Shipped {
  panels: Map<string, Panel>;
  sources: Map<string, Source>;
  complaints: Complaint[];
}

/** Reads all shipped files, with what one of them adds to the menus of another. A file below a folder belongs to the product of that name. */
export async function readShipped(): Promise<Shipped> {
  await loadExpressions();
  const files = globSync('**/*.yaml', { cwd: directory }).sort();
  const read = files.map(file => {
    const product = basename(dirname(join('menus', file)));
    return readPanelFile(relative(process.cwd(), join(directory, file)), readFileSync(join(directory, file)), product);
  });
  const { panels, sources, complaints } = mergeLayers({ panels: [], sources: [] }, [read]);
  return {
    panels: new Map(panels.map(panel => [panel.id, panel])),
    sources: new Map(sources.map(source => [source.id, source])),
    complaints,
  };
}

/** The complaints as `hasmit check` prints them: of the reader, and of the panels among each other. */
export function complaintTexts(shipped: Shipped): string[] {
  const others = checkAll([...shipped.panels.values()], [...shipped.sources.values()], { shipped: true });
  return [...shipped.complaints, ...others].map(formatComplaint);
}

/** A dialog by its fast path; throws when there is none. */
export function dialogOf(shipped: Shipped, id: string): DialogPanel {
  const panel = shipped.panels.get(id);
  if (panel?.kind !== 'dialog') throw new Error(`"${id}" is no dialog of the shipped panels`);
  return panel;
}

export function selectorOf(shipped: Shipped, id: string): SelectorPanel {
  const panel = shipped.panels.get(id);
  if (panel?.kind !== 'selector') throw new Error(`"${id}" is no selector of the shipped panels`);
  return panel;
}

export function sourceOf(shipped: Shipped, id: string): Source {
  const source = shipped.sources.get(id);
  if (!source) throw new Error(`"${id}" is no source of the shipped panels`);
  return source;
}

/** What a form holds when these values were typed into it: the others have their defaults. */
export function formValues(panel: DialogPanel, typed: Values, discovered: Values = {}, site: Values = {}): Values {
  const defaults = panel.fields
    .filter(field => field.type !== 'info')
    .map(field => [field.name, firstValue(field, site)]);
  return { ...Object.fromEntries(defaults), ...discovered, ...typed };
}

function firstValue(field: Field, site: Values): Value {
  const { default: preset, multiple } = field;
  if (preset === undefined) return multiple ? [] : field.type === 'yesno' ? 'no' : '';
  const value = typeof preset === 'object' && !Array.isArray(preset) ? (site[preset.site] ?? '') : preset;
  return multiple && typeof value === 'string' ? (value === '' ? [] : [value]) : value;
}

/** What the renderer needs of such a form. `discovered` are the values the panel's discover command found. */
export function inputOf(panel: DialogPanel, typed: Values, discovered: Values = {}, site: Values = {}): RenderInput {
  const values = formValues(panel, typed, discovered, site);
  const variables = variablesOf(panel.fields, values, { os: 'linux', site });
  const holds = (expression: string) => evaluate(expression, variables).value === true;
  const present = panel.fields.filter(field => field.when === undefined || holds(field.when));
  return {
    values,
    fields: panel.fields,
    changed: new Set(Object.keys(typed)),
    discovered: new Set(Object.keys(discovered)),
    present: new Set(present.map(field => field.name)),
    holds,
  };
}

/** The command of a dialog with these values typed. */
export function commandOf(
  shipped: Shipped,
  id: string,
  typed: Values = {},
  discovered: Values = {},
  site: Values = {},
): Command {
  const panel = dialogOf(shipped, id);
  return renderDialog(panel, inputOf(panel, typed, discovered, site));
}

/** The text of a dialog's discover, preview or verify with these values. */
export function besideOf(
  shipped: Shipped,
  id: string,
  template: Template,
  typed: Values = {},
): { text: string; path: string[] } {
  const panel = dialogOf(shipped, id);
  return renderBeside(panel, template, inputOf(panel, typed));
}

/** The text of a source with the values of the form it is asked from. */
export function sourceText(source: Source, values: Values = {}): { text: string; path: string[] } {
  const fields = Object.keys(values).map((name): Field => ({ name, label: name, type: 'text' }));
  const present = new Set(Object.keys(values));
  const { text, path, missing } = renderTemplate(
    source.run,
    { values, fields, changed: new Set(), discovered: new Set(), present },
    { path: source.path },
  );
  if (missing.length > 0) throw new Error(`${source.id} needs ${missing.join(', ')}`);
  return { text, path };
}

/** Messages of the checks that do not hold with these values. */
export function failedChecks(shipped: Shipped, id: string, typed: Values, discovered: Values = {}): string[] {
  const panel = dialogOf(shipped, id);
  const variables = variablesOf(panel.fields, formValues(panel, typed, discovered), { os: 'linux', site: {} });
  return (panel.checks ?? [])
    .filter(check => evaluate(check.expression, variables).value === false)
    .map(check => check.message);
}

/** A computed line as the dialog shows it. */
export function computedLines(shipped: Shipped, id: string, typed: Values, discovered: Values = {}): string[] {
  const panel = dialogOf(shipped, id);
  const variables = variablesOf(panel.fields, formValues(panel, typed, discovered), { os: 'linux', site: {} });
  return (panel.computed ?? []).map(line => {
    const { value } = evaluate(line.expression, variables);
    return `${line.label}: ${value === undefined ? '-' : value}${line.unit ? ` ${line.unit}` : ''}`;
  });
}
