/**
 * Expressions of panels (`when`, `checks`, `computed`): CEL, a small language without side effects, loops or access to anything but the
 * values it is given. The library is loaded on first use; after `await loadExpressions()` everything here is synchronous.
 */
import type { Field, Value, Values } from './types.ts';

type Cel = typeof import('./cel.ts');

let cel: Cel | undefined;

/** Loads the expression library. Cheap when it is loaded already. */
export async function loadExpressions(): Promise<void> {
  cel ??= await import('./cel.ts');
}

/** True once `loadExpressions` has ended. */
export function expressionsLoaded(): boolean {
  return cel !== undefined;
}

/** Values an expression may use, by name: see `variablesOf`. */
export type Variables = Record<string, unknown>;

/**
 * What an expression gives: a value (number, text, truth, list); `missing` when something it needs is empty; `problem`, in words, when it
 * makes no sense (divides by zero, adds a number to a text).
 */
export type Evaluation =
  | { value: unknown; missing?: undefined; problem?: undefined }
  | { missing: true; value?: undefined; problem?: string };

/**
 * Evaluates an expression. Never throws, except when `loadExpressions` has not ended, which is a mistake of the program.
 * A problem counts as missing too: a form must stay usable when its author erred.
 */
export function evaluate(expression: string, variables: Variables): Evaluation {
  if (!cel) throw new Error('loadExpressions() must end before evaluate() is called');
  const parsed = cel.parseExpression(expression);
  if ('problem' in parsed) return { missing: true, problem: parsed.problem };
  const result = cel.runExpression(parsed, variables);
  if ('value' in result) return { value: result.value };
  return 'missing' in result ? { missing: true } : { missing: true, problem: result.problem };
}

/** Names of the fields an expression speaks of; none when it cannot be read. */
export function fieldsOf(expression: string): string[] {
  if (!cel) throw new Error('loadExpressions() must end before fieldsOf() is called');
  const parsed = cel.parseExpression(expression);
  return 'problem' in parsed ? [] : cel.namesIn(parsed).map(({ name }) => name);
}

/**
 * The variables of an expression over a form: integers as CEL's int, yes/no as truth, several values as a list, all others as text.
 * An integer that is empty or none is left out, so that what needs it is missing. `given.NAME` tells whether a field holds something.
 * @param values as the form holds them (for a choice what is shown); values without a field are texts
 * @param extra the system (`os`) and the site's own values (`site`)
 */
export function variablesOf(
  fields: readonly Field[],
  values: Values,
  extra: { os: string; site: Record<string, Value> },
): Variables {
  const variables: Variables = {};
  const given: Record<string, boolean> = {};
  const known = new Map(fields.map(field => [field.name, field]));
  for (const name of new Set([...known.keys(), ...Object.keys(values)])) {
    const field = known.get(name);
    const value = values[name] ?? '';
    given[name] = value.length > 0;
    const variable = variableOf(field, value);
    if (variable !== undefined) variables[name] = variable;
  }
  return { ...variables, given, os: extra.os, site: extra.site };
}

function variableOf(field: Field | undefined, value: Value): unknown {
  if (field?.type === 'info') return undefined;
  if (field?.multiple) return typeof value === 'string' ? value.split(/[ \t]+/).filter(Boolean) : value;
  const text = typeof value === 'string' ? value : value.join(' ');
  if (field?.type === 'yesno') return text.toLowerCase() === 'yes';
  if (field?.type === 'integer')
    return /^[+-]?\d{1,18}$/.test(text.trim()) ? BigInt(text.trim().replace(/^\+/, '')) : undefined;
  return text;
}
