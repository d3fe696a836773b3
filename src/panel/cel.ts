/**
 * The expression language itself: CEL by @marcbachmann/cel-js, with what a panel's expressions may speak of.
 *
 * Heavy (loads the library): only reached by `loadExpressions()` of expression.ts and by the checks, which are heavy themselves.
 */
import { type ASTNode, Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import type { Field } from './types.ts';

/** Bounds on an expression: far above what a person writes, far below what takes time. */
const limits = { maxAstNodes: 500, maxDepth: 30, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 8 };

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, limits });
const parsed = new Map<string, ParseResult | { problem: string; offset: number }>();

/** The expression ready to be evaluated, or what is wrong with it and where. Parsed once. */
export function parseExpression(expression: string): ParseResult | { problem: string; offset: number } {
  let result = parsed.get(expression);
  if (!result) {
    result = tryParse(environment, expression);
    parsed.set(expression, result);
  }
  return result;
}

function tryParse(env: Environment, expression: string): ParseResult | { problem: string; offset: number } {
  try {
    return env.parse(expression);
  } catch (error) {
    const { summary, message, range } = error as { summary?: string; message: string; range?: { start: number } };
    return { problem: explain(summary ?? message.split('\n')[0]!), offset: range?.start ?? 0 };
  }
}

function explain(summary: string): string {
  if (summary === 'Unexpected token: EOF') return 'the expression ends too early';
  if (summary.startsWith('Reserved identifier: '))
    return `"${summary.slice(21)}" is a word of the expression language; rename the field`;
  return summary[0]!.toLowerCase() + summary.slice(1);
}

/** What running a parsed expression gives: a plain value, the name of a variable or key that is not there, or a problem. */
export type Evaluated = { value: unknown } | { missing: string } | { problem: string };

/** Runs a parsed expression. Never throws. */
export function runExpression(expression: ParseResult, variables: Record<string, unknown>): Evaluated {
  try {
    return { value: plain(expression(variables)) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) return { problem: (error as Error).message.split('\n')[0]! };
    const name = /^(?:Unknown variable|No such key): (.*)$/.exec(error.summary)?.[1];
    return name === undefined ? { problem: error.summary } : { missing: name };
  }
}

/** CEL's whole numbers are BigInt; nobody else here wants them. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return Array.isArray(value) ? value.map(plain) : value;
}

/** Names of the fields an expression speaks of; `given.x` speaks of x. `os` and `site` are no fields. */
export function namesIn(expression: ParseResult): { name: string; offset: number }[] {
  const names = new Map<string, number>();
  walk(expression.ast, new Set(), names);
  return [...names].map(([name, offset]) => ({ name, offset }));
}

/** Calls whose first argument is a name that the expression itself makes. */
const binders = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

function walk(node: ASTNode, bound: ReadonlySet<string>, names: Map<string, number>): void {
  const add = (name: string, offset: number) => {
    if (!bound.has(name) && !ownNames.has(name) && !names.has(name)) names.set(name, offset);
  };
  if (node.op === 'id') {
    add(node.args, node.start);
    return;
  }
  if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'given') {
    add(node.args[1], node.start);
    return;
  }
  if (node.op === 'rcall') {
    const [method, target, args] = node.args;
    walk(target, bound, names);
    const own = binders.has(method) && args[0]?.op === 'id' ? args[0].args : undefined;
    const inside = own === undefined ? bound : new Set([...bound, own]);
    for (const argument of own === undefined ? args : args.slice(1)) walk(argument, inside, names);
    return;
  }
  for (const child of childrenIn(node.args)) walk(child, bound, names);
}

/** Names that are always there. */
const ownNames = new Set(['os', 'site', 'given']);

function childrenIn(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenIn);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}

const types: Partial<Record<Field['type'], string>> = { integer: 'int', yesno: 'bool' };

/** The CEL type of a field's value: integers are int, yes/no is bool, several values a list, all others string. */
export function celType(field: Field): string {
  return field.multiple ? 'list<string>' : (types[field.type] ?? 'string');
}

/** Checks an expression against the fields it may use. Gives its type, or what is wrong; unknown names are not looked at. */
export function typeOf(
  expression: string,
  fields: readonly Field[],
  others: readonly string[],
): { type: string } | { problem: string; offset: number } {
  const env = new Environment({ homogeneousAggregateLiterals: false, limits });
  const known = new Set<string>(['os', 'site', 'given']);
  env
    .registerVariable('os', 'string')
    .registerVariable('site', 'map<string, dyn>')
    .registerVariable('given', 'map<string, bool>');
  const taken: string[] = [];
  const add = (name: string, type: string) => {
    if (known.has(name)) return;
    known.add(name);
    try {
      env.registerVariable(name, type);
    } catch {
      // The name is one of the language's own (`type`, `list`): harmless while the expression does not use it.
      taken.push(name);
    }
  };
  for (const field of fields) if (field.type !== 'info') add(field.name, celType(field));
  for (const name of others) add(name, 'dyn');
  const parsedOnce = parseExpression(expression);
  const used = 'problem' in parsedOnce ? undefined : namesIn(parsedOnce).find(({ name }) => taken.includes(name));
  if (used)
    return { problem: `"${used.name}" is a word of the expression language; rename the field`, offset: used.offset };
  const result = env.check(expression);
  if (result.valid) return { type: result.type ?? 'dyn' };
  const error = result.error as { summary?: string; message: string; range?: { start: number } } | undefined;
  return {
    problem: explain(error?.summary ?? error?.message.split('\n')[0] ?? 'this makes no sense'),
    offset: error?.range?.start ?? 0,
  };
}
