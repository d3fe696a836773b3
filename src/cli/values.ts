/** FIELD=VALUE on the command line: which names a fast path takes, what is wrong with a value, secrets from files. */
import { readFileSync } from 'node:fs';
import { didYouMean } from '../panel/suggest.ts';
import type { DialogPanel, Field, Panel, SelectorPanel, Values } from '../panel/types.ts';
import { systemReason } from '../run/system-reason.ts';
import { fieldsOf, shownValue } from '../session/form.ts';
import { textOf } from '../session/state.ts';
import type { World } from '../session/world.ts';
import { checkValue } from '../validate/field.ts';

export type Given = { values: Values } | { complaint: string };

/** Fields that FIELD=VALUE may name for a fast path: its own, those of the panels it leads to, and what it needs. */
export function namedFields(panel: Panel | undefined, world: World): Field[] {
  const fields = new Map<string, Field>();
  const seen = new Set<string>();
  let at = panel;
  while (at && (at.kind === 'selector' || at.kind === 'dialog') && !seen.has(at.id)) {
    seen.add(at.id);
    for (const name of at.needs ?? []) fields.set(name, needed(name, at, world));
    for (const field of fieldsOf(at)) if (field.type !== 'info') fields.set(field.name, field);
    if (at.kind === 'dialog') break;
    const next: string[] = typeof at.next === 'string' ? [at.next] : Object.values(at.next.map);
    for (const id of next.slice(1)) addAll(fields, world.panel(id));
    at = next[0] === undefined ? undefined : world.panel(next[0]);
  }
  return [...fields.values()];
}

function addAll(fields: Map<string, Field>, panel: Panel | undefined): void {
  if (panel?.kind !== 'dialog' && panel?.kind !== 'selector') return;
  for (const field of fieldsOf(panel))
    if (field.type !== 'info' && !fields.has(field.name)) fields.set(field.name, field);
}

/** A value that comes from a selector is described by the selector's field. */
function needed(name: string, panel: DialogPanel | SelectorPanel, world: World): Field {
  const before = world.panel(world.reachedFrom(panel.id) ?? '');
  const field = before?.kind === 'selector' && before.field.name === name ? before.field : undefined;
  return field ?? { name, label: name, type: 'text' };
}

/** Reads FIELD=VALUE words for a panel. The first thing that is wrong is the complaint. */
export function givenValues(
  words: string[],
  panel: Panel | undefined,
  world: World,
  stdin: () => string = readStdin,
): Given {
  const fields = namedFields(panel, world);
  const values: Values = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) return { complaint: `"${word}" is not FIELD=VALUE.` };
    const name = word.slice(0, at);
    const field = fields.find(one => one.name === name);
    if (!field) {
      const names = fields.map(one => one.name);
      const known = names.length > 0 ? `it has ${names.join(', ')}` : 'it has no fields';
      return { complaint: `${panel?.id ?? ''} has no field "${name}"${didYouMean(name, names)} (${known})` };
    }
    const text = valueText(field, word.slice(at + 1), stdin);
    if (typeof text !== 'string') return text;
    const before = values[name];
    const value = shownValue(field, text);
    values[name] = field.multiple && Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
    const problem = textOf(values[name]) === '' ? undefined : checkValue(field, values[name]!);
    if (problem) return { complaint: `${name}: ${problem}` };
  }
  return { values };
}

/** `@FILE` and `@-` for secrets, which would otherwise be seen by everybody in the list of processes. */
function valueText(field: Field, text: string, stdin: () => string): string | { complaint: string } {
  if (field.type !== 'secret' || text === '') return text;
  if (!text.startsWith('@')) {
    return {
      complaint: `${field.name} is a secret: anybody could read it in the list of processes. Write ${field.name}=@FILE, or ${field.name}=@- for standard input.`,
    };
  }
  try {
    const read = text === '@-' ? stdin() : readFileSync(text.slice(1), 'utf8');
    return read.split('\n')[0]!;
  } catch (error) {
    return {
      complaint: `${field.name}: ${text === '@-' ? 'standard input' : text.slice(1)} cannot be read: ${systemReason(error)}`,
    };
  }
}

function readStdin(): string {
  return readFileSync(0, 'utf8');
}
