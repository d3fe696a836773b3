/** Whether the keys of each field fit each other. */
import { type CheckContext, fieldWay, panelFields, patternProblem } from './check-context.ts';
import { reservedFieldNames } from './ids.ts';
import { didYouMean } from './suggest.ts';
import type { Field, FieldType, Panel } from './types.ts';

type Complain = (key: string | undefined, message: string, level?: 'warning') => void;

/** Complains about the fields of a panel. */
export function checkFields(context: CheckContext, panel: Panel): void {
  for (const field of panelFields(panel)) {
    const way = fieldWay(panel, field);
    const complain: Complain = (key, message, level) =>
      context.complain(panel, key === undefined ? way : [...way, key], `field ${field.name}: ${message}`, { level });
    checkField(field, complain);
    checkSource(context, field, complain);
    if (context.shipped && !field.help && field.type !== 'info')
      complain(undefined, 'has no help; write help: what F1 says about it', 'warning');
  }
}

/** Keys that mean something for some types only. */
const onlyFor: [keyof Field, string, FieldType[]][] = [
  ['min', 'min', ['integer']],
  ['max', 'max', ['integer']],
  ['pattern', 'pattern', ['text', 'name', 'host', 'path']],
  ['patternHelp', 'pattern_help', ['text', 'name', 'host', 'path']],
  ['kind', 'kind', ['path']],
];

/** Types that are complete in themselves: no list, no several values. */
const plainTypes: FieldType[] = ['yesno', 'secret', 'info'];

function checkField(field: Field, complain: Complain): void {
  if (reservedFieldNames.includes(field.name))
    complain(undefined, 'the name means something else in placeholders and expressions; choose another');
  for (const [key, name, types] of onlyFor) {
    if (field[key] !== undefined && !types.includes(field.type)) {
      complain(name, `${name} is for type ${types.join(', ')}, this is ${field.type}; leave it out`);
    }
  }
  for (const key of ['values', 'source', 'multiple'] as const) {
    if (field[key] && plainTypes.includes(field.type))
      complain(
        key,
        `${key} cannot stand with type ${field.type}; leave it out${field.type === 'yesno' && key === 'values' ? ', or write type: choice' : ''}`,
      );
  }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
    complain('min', `min ${field.min} is above max ${field.max}; exchange them`);
  }
  if (field.type === 'choice' && !field.values && !field.source)
    complain('type', 'a choice needs values: [a, b] or a source');
  if (field.free && !field.values && !field.source)
    complain('free', 'free means that a list is only a proposal, and there is no list; write values or source');
  if (field.type === 'info' && (field.required || field.default !== undefined))
    complain('type', 'info is only a line of text; leave required and default out');
  if (field.pattern !== undefined) {
    const problem = patternProblem(field.pattern);
    if (problem) complain('pattern', problem);
  }
  checkValues(field, complain);
  checkDefault(field, complain);
}

function checkValues(field: Field, complain: Complain): void {
  const seen = new Set<string>();
  for (const { shown } of field.values ?? []) {
    if (seen.has(shown)) complain('values', `"${shown}" stands twice among the values`);
    seen.add(shown);
  }
}

function checkDefault(field: Field, complain: Complain): void {
  const preset = field.default;
  if (preset === undefined || (typeof preset === 'object' && !Array.isArray(preset))) return;
  if (field.type === 'secret') {
    complain('default', 'a secret has no default; it would stand in the file');
    return;
  }
  if (Array.isArray(preset) && !field.multiple) {
    complain('default', 'a list is for a field with multiple: true; write one value');
    return;
  }
  for (const value of Array.isArray(preset) ? preset : [preset]) {
    const problem = defaultProblem(field, value);
    if (problem) complain('default', problem);
  }
}

function defaultProblem(field: Field, value: string): string | undefined {
  if (value === '') return undefined;
  if (field.type === 'yesno' && value !== 'yes' && value !== 'no')
    return `the default "${value}" is neither yes nor no`;
  if (field.type === 'integer') {
    if (!/^-?\d+$/.test(value)) return `the default "${value}" is no whole number`;
    if (
      (field.min !== undefined && Number(value) < field.min) ||
      (field.max !== undefined && Number(value) > field.max)
    ) {
      return `the default ${value} is not within min and max`;
    }
  }
  if (field.values && !field.free && !field.values.some(choice => choice.shown === value || choice.sent === value)) {
    const shown = field.values.map(choice => choice.shown);
    return `the default "${value}" is not among the values${didYouMean(value, shown) || `; write one of ${shown.join(', ')}`}`;
  }
  if (field.length !== undefined && value.length > field.length)
    return `the default is longer than ${field.length} characters`;
  return undefined;
}

function checkSource(context: CheckContext, field: Field, complain: Complain): void {
  if (field.source === undefined || context.source(field.source)) return;
  if (context.exists(field.source)) return;
  const known = context.sources.map(source => source.id);
  complain(
    'source',
    `there is no source "${field.source}"${didYouMean(field.source, known) || '; write it under sources:'}`,
  );
}
