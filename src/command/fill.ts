/** What a hole becomes: the rules of design.md 4.3 and of `send`, one hole at a time. */
import type { Field, Hole, Template, Value } from '../panel/types.ts';
import { joinMarked, type Marked, mark } from './marked.ts';
import { quote, quoteProblem } from './quote.ts';
import type { RenderInput } from './render.ts';
import { secretName } from './secret-names.ts';
import type { SecretUse } from './types.ts';

/** What stands for a required value that is not there yet. */
export const missingMark = '???';

/** What rendering finds out on its way through the templates of one command. */
export interface Findings {
  input: RenderInput;
  fields: Map<string, Field>;
  /** Text in which a secret's variable must not be spoken of already. */
  source: string;
  missing: Set<string>;
  secrets: SecretUse[];
  problem?: string;
}

/** Begins a rendering; `templates` are all that make up the command. */
export function startFindings(input: RenderInput, templates: Template[]): Findings {
  return {
    input,
    fields: new Map(input.fields.map(field => [field.name, field])),
    source: templates.map(template => template.source).join('\n'),
    missing: new Set(),
    secrets: [],
  };
}

/** One value on its way to the command: text, or the variable a secret is read into. */
export interface Word {
  text: string;
  variable?: string;
}

/** What a hole gives: words and how they are written, or nothing. */
export interface Filled {
  field: string;
  label: string;
  words: Word[];
  /** Put before each word. */
  flag: string;
  /** The author's literal; `words` is empty then. */
  literal?: string;
  missing?: boolean;
}

/** The values of a hole, or undefined when it vanishes. */
export function fillHole(hole: Hole, found: Findings): Filled | undefined {
  const { input } = found;
  const field = found.fields.get(hole.field);
  if (field?.when && !input.present.has(hole.field)) return undefined;
  const raw = input.values[hole.field];
  const label = field?.label.trim() ?? hole.field;
  const base = { field: hole.field, label, words: [], flag: flagText(hole) };

  if (hole.form === 'literal') return isYes(raw) ? { ...base, literal: hole.literal! } : undefined;
  if (isEmpty(raw) && (!field || field.required)) {
    found.missing.add(hole.field);
    return { ...base, missing: true };
  }
  if (field?.type === 'secret') {
    if (hole.flag !== undefined && isEmpty(raw)) return undefined;
    return {
      ...base,
      words: [{ text: typeof raw === 'string' ? raw : '', variable: secretVariable(field, label, found) }],
    };
  }
  // A question speaks of values as the form shows them.
  const items = input.plain ? shownItems(raw) : sentItems(field, raw);
  if ((hole.form !== 'word' || hole.flag !== undefined) && vanishes(hole.field, field, items, input)) return undefined;
  const words = hole.form === 'many' ? (items.length > 0 ? items : ['']) : [items.join(hole.joiner ?? ' ')];
  for (const word of words) {
    const problem = quoteProblem(word);
    if (problem) found.problem ??= `${label} ${problem}.`;
  }
  return { ...base, words: words.map(text => ({ text })) };
}

/** A hole as shell text, marked as its field's; an empty text when it vanishes. */
export function shellText(filled: Filled): Marked {
  return mark(written(filled, shellWord), filled.field, filled.label);
}

/** A hole as plain words, for a question or a host's name: nothing is quoted, and a secret is never shown. */
export function plainText(filled: Filled): string {
  return written(filled, word => (word.variable ? '********' : word.text));
}

/** A template as plain words: what a question shows, a host's name, a file's name. */
export function fillPlain(template: Template, found: Findings): Marked {
  return joinMarked(
    template.parts.map(part => {
      if (typeof part === 'string') return part;
      const filled = fillHole(part, found);
      return filled ? mark(plainText(filled), filled.field, filled.label) : '';
    }),
  );
}

function written(filled: Filled, write: (word: Word) => string): string {
  if (filled.literal !== undefined) return filled.literal;
  if (filled.missing) return filled.flag + missingMark;
  return filled.words.map(word => filled.flag + write(word)).join(' ');
}

function shellWord(word: Word): string {
  if (word.variable) return `"$${word.variable}"`;
  return quoteProblem(word.text) ? missingMark : quote(word.text);
}

function flagText(hole: Hole): string {
  if (hole.flag === undefined) return '';
  if (!hole.glued) return `${hole.flag} `;
  return hole.flag.startsWith('--') && !hole.flag.endsWith('=') ? `${hole.flag}=` : hole.flag;
}

function secretVariable(field: Field, label: string, found: Findings): string {
  const known = found.secrets.find(use => use.field === field.name);
  if (known) return known.variable;
  const variable = secretName(
    field.name,
    found.secrets.map(use => use.variable),
    found.source,
  );
  found.secrets.push({ field: field.name, label, variable });
  return variable;
}

/** SMIT's rule: an empty value is not sent, and one that `discover` filled is sent only when the operator changed it. */
function vanishes(name: string, field: Field | undefined, items: string[], input: RenderInput): boolean {
  const send = field?.send ?? 'changed';
  if (send === 'always') return false;
  if (items.every(item => item === '')) return true;
  return send === 'changed' && input.discovered.has(name) && !input.changed.has(name);
}

/** What the command gets for what the form shows: choices are translated, an empty text is no item. */
function sentItems(field: Field | undefined, raw: Value | undefined): string[] {
  const sent = (text: string) => field?.values?.find(choice => choice.shown === text)?.sent ?? text;
  if (Array.isArray(raw)) return raw.map(sent);
  return raw === undefined || raw === '' ? [] : [sent(raw)];
}

function shownItems(raw: Value | undefined): string[] {
  if (Array.isArray(raw)) return raw;
  return raw === undefined || raw === '' ? [] : [raw];
}

function isEmpty(raw: Value | undefined): boolean {
  return raw === undefined || (Array.isArray(raw) ? raw.every(item => item === '') : raw === '');
}

function isYes(raw: Value | undefined): boolean {
  return typeof raw === 'string' && raw.toLowerCase() === 'yes';
}
