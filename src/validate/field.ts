/**
 * Whether a value fits its field. Every message says what is wrong and gives an example of a right value; nothing here knows whether the
 * thing exists, only whether it can.
 */
import type { Field, FieldType, Value } from '../panel/types.ts';
import { isIpv4, isIpv6, isNetmask } from './ip.ts';
import { isHost, isName } from './names.ts';
import { noderangeProblem } from './noderange.ts';

/**
 * What is wrong with a value, in one sentence with an example, or nothing.
 *
 * An empty value is wrong only when the field is required. Fields that are only shown are never wrong.
 * @param value one text, or the items of a `multiple` field
 * @param listed values read for F4: with them a value outside the list is refused, unless the field is `free`
 */
export function checkValue(field: Field, value: Value, listed?: string[]): string | undefined {
  if (field.type === 'info' || field.show) return undefined;
  const items = typeof value === 'string' ? [value] : value;
  if (items.every(item => item === '')) return field.required ? `A value is required${example(field)}.` : undefined;
  if (items.length > 1 && !field.multiple) return 'Only one value can be given here.';
  for (const item of items) {
    const problem = item === '' ? 'One of the values is empty; remove it.' : checkItem(field, item, listed);
    if (problem) return problem;
  }
  return undefined;
}

function checkItem(field: Field, text: string, listed: string[] | undefined): string | undefined {
  const shown = field.type === 'secret' ? 'The secret' : `"${cut(text)}"`;
  const odd = oddCharacter(text);
  if (odd) return `${shown} holds ${odd}; type it without.`;
  if (field.length !== undefined && text.length > field.length) {
    return `${shown} has ${text.length} characters; at most ${field.length} fit${example(field)}.`;
  }
  const problem = types[field.type]?.(field, text);
  // What is said of a node range brings an example for the very place.
  if (problem) return `${shown} ${problem}${field.type === 'noderange' ? '' : example(field)}.`;
  return outside(field, text, listed) ?? unlike(field, text, shown);
}

/** A field is one line of text: what a terminal or `read` would take for something else is refused. */
function oddCharacter(text: string): string | undefined {
  if (text.includes('\0')) return 'a NUL character';
  if (/[\n\r]/.test(text)) return 'a line end';
  if (/[\x01-\x1f\x7f-\x9f]/.test(text)) return 'a control character';
  return text.isWellFormed() ? undefined : 'half a character';
}

function cut(text: string): string {
  const clean = text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
  return clean.length > 40 ? `${clean.slice(0, 37)}...` : clean;
}

type Check = (field: Field, text: string) => string | undefined;

const types: Partial<Record<FieldType, Check>> = {
  integer: checkInteger,
  hex: (_field, text) => (/^(0[xX])?[0-9A-Fa-f]+$/.test(text) ? undefined : 'is no hexadecimal number'),
  name: (field, text) =>
    field.pattern !== undefined || isName(text)
      ? undefined
      : 'is no name; write letters, digits and . _ - without blanks',
  host: (field, text) =>
    field.pattern !== undefined || isHost(text) ? undefined : 'is neither a host name nor an IP address',
  ip: (_field, text) => (isIpv4(text) || isIpv6(text) ? undefined : 'is no IP address'),
  netmask: (_field, text) => (isNetmask(text) ? undefined : 'is no netmask; write it dotted or as a number of bits'),
  path: (_field, text) => (text.startsWith('/') ? undefined : 'is no absolute path; begin with /'),
  yesno: (_field, text) => (/^(yes|no)$/i.test(text) ? undefined : 'is neither yes nor no'),
  noderange: (_field, text) => noderangeProblem(text),
};

function checkInteger({ min, max }: Field, text: string): string | undefined {
  if (!/^[+-]?\d{1,15}$/.test(text)) return 'is no whole number';
  const number = Number(text);
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return undefined;
  if (min === undefined) return `is above ${max}`;
  return max === undefined ? `is below ${min}` : `is not between ${min} and ${max}`;
}

/** Longest list that a message names in full. */
const mostNamed = 6;

function outside(field: Field, text: string, listed: string[] | undefined): string | undefined {
  if (field.free) return undefined;
  const choices = field.values;
  if (choices && !choices.some(choice => choice.shown === text || choice.sent === text)) {
    const shown = choices.map(choice => choice.shown);
    const some = shown.length > mostNamed ? `${shown.slice(0, mostNamed).join(', ')} ...` : shown.join(', ');
    return `"${cut(text)}" is not one of the values; choose ${some}.`;
  }
  if (listed && !listed.includes(text))
    return `"${cut(text)}" is not in the list; press F4 and choose one${listed[0] ? `, for example ${listed[0]}` : ''}.`;
  return undefined;
}

function unlike(field: Field, text: string, shown: string): string | undefined {
  if (field.pattern === undefined) return undefined;
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^(?:${field.pattern})$`);
  } catch {
    // The panel's author has been told; the operator must not be stopped by it.
    return undefined;
  }
  return pattern.test(text)
    ? undefined
    : `${shown} does not fit; write ${field.patternHelp ?? `what matches ${field.pattern}`}.`;
}

const examples: Partial<Record<FieldType, string>> = {
  hex: '0x1f',
  name: 'node1',
  host: 'node1.example.com',
  ip: '192.0.2.10',
  netmask: '255.255.255.0 or 24',
  path: '/var/tmp',
  yesno: 'yes',
  noderange: 'node01-node04 or compute',
};

/** `, for example 24`: the default when the field has one, else a value of its type; nothing when none can be named. */
function example(field: Field): string {
  if (field.type === 'secret') return '';
  const text = exampleOf(field);
  if (text !== undefined) return `, for example ${text}`;
  return field.patternHelp === undefined ? '' : `; write ${field.patternHelp}`;
}

function exampleOf(field: Field): string | undefined {
  const preset =
    typeof field.default === 'string' ? field.default : Array.isArray(field.default) ? field.default[0] : undefined;
  if (preset) return preset;
  if (field.values?.[0]) return field.values[0].shown;
  if (field.pattern !== undefined) return undefined;
  if (field.type === 'integer') return String(field.min ?? Math.min(1, field.max ?? 1));
  if (field.type === 'path' && field.kind === 'file') return '/etc/hosts';
  return examples[field.type];
}
