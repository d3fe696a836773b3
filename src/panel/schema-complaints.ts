/**
 * What the schema finds, in words that say what to write. Heavy (zod types at run time): only loaded by the reader.
 *
 * zod tells a path and a kind of mistake; here that becomes `unknown key "deafult"; did you mean "default"?`.
 */
import type * as z from 'zod';
import { didYouMean, nearest } from './suggest.ts';
import type { Path } from './yaml.ts';

export interface ShapeProblem {
  path: Path;
  /** The place is the key's, not the value's. */
  atKey: boolean;
  message: string;
  /** Name of a key that is missing in the map at `path`; or the key that an unknown one seems to mean. */
  missing?: string;
  meant?: string;
}

type Issue = z.core.$ZodIssue;
/** The inside of a zod schema that is walked here; every kind has some of these. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  valueType?: z.ZodType;
  element?: z.ZodType;
  innerType?: z.ZodType;
  out?: z.ZodType;
  options?: z.ZodType[];
}

/** Checks a value against a schema and says everything that is wrong with it; an empty list when nothing is. */
export function shapeProblems(schema: z.ZodType, issues: readonly Issue[], value: unknown): ShapeProblem[] {
  const problems = issues.flatMap(issue => explain(schema, issue, [], value));
  // A key that is missing because its name has a slip is one mistake, not two.
  return problems.filter(
    ({ missing, path }) => !problems.some(other => missing && other.meant === missing && sameMap(other.path, path)),
  );
}

function sameMap(unknown: Path, map: Path): boolean {
  return unknown.length === map.length + 1 && map.every((step, index) => unknown[index] === step);
}

/** `schema` is that of the value at `above`; the issue's own path goes on from there. */
function explain(schema: z.ZodType, issue: Issue, above: Path, value: unknown): ShapeProblem[] {
  const way = issue.path as (string | number)[];
  const path = [...above, ...way];
  const found = valueAt(value, path);
  const key = keyName(path);
  const say = (message: string, atKey = false): ShapeProblem[] => [{ path, atKey, message }];
  if (issue.code === 'unrecognized_keys') return issue.keys.map(each => unknownKey(schemasAt(schema, way), path, each));
  if (found === null) return say(`${key} holds nothing${toWrite(schema, way)}`, true);
  if (issue.code === 'invalid_key') {
    return say(`"${path.at(-1)}" ${issue.issues[0]?.message ?? 'is no key that can stand here'}`, true);
  }
  if (found === undefined) {
    const message = `${key} is missing${toWrite(schema, way)}`;
    return [{ path: path.slice(0, -1), atKey: true, message, missing: String(path.at(-1)) }];
  }
  if (issue.code === 'invalid_union') {
    const inner = closest(issue.errors, found, schemasAt(schema, way).flatMap(unwrapOnce));
    if (inner) return inner.issues.flatMap(each => explain(inner.schema, each, path, value));
    return say(
      `${key} ${issue.message}${typeof found === 'string' || Array.isArray(found) ? `, not ${describe(found)}` : ''}`,
    );
  }
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    const near = typeof found === 'string' ? didYouMean(found, words) : '';
    return say(`${key} cannot be ${describe(found)}${near || `; write one of ${words.join(', ')}`}`);
  }
  return say(`${key} ${wants(issue, found)}${toWrite(schema, way)}`);
}

function unknownKey(schemas: z.ZodType[], path: Path, key: string): ShapeProblem {
  const known = [...new Set(schemas.flatMap(unwrap).flatMap(each => Object.keys(definition(each).shape ?? {})))];
  const cure = didYouMean(key, known) || (known.length > 0 ? `; the keys here are ${known.join(', ')}` : '');
  const message = `unknown key "${key}"${cure}`;
  return { path: [...path, key], atKey: true, message, meant: nearest(key, known, 1)[0] };
}

/** `"timeout"`; for an entry of a list: `entry 3 of "items"`. */
function keyName(path: Path): string {
  const last = path.at(-1);
  if (typeof last !== 'number') return last === undefined ? 'this' : `"${last}"`;
  const list = path.at(-2);
  return `entry ${last + 1}${typeof list === 'string' ? ` of "${list}"` : ''}`;
}

function wants(issue: Issue, found: unknown): string {
  if (issue.message.startsWith('is no ')) return `${issue.message} (it is ${describe(found)})`;
  if (issue.message.startsWith('wants '))
    return issue.code === 'custom' ? issue.message : `${issue.message}, not ${describe(found)}`;
  if (issue.code === 'invalid_type')
    return `wants ${expected[issue.expected] ?? issue.expected}, not ${describe(found)}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'holds an empty text';
  if (issue.code === 'too_small' && issue.origin === 'array') return 'holds an empty list';
  if (issue.code === 'too_small') return `wants a number from ${issue.minimum}, not ${describe(found)}`;
  if (issue.code === 'too_big' && issue.origin === 'string') return `is longer than ${issue.maximum} characters`;
  if (issue.code === 'too_big') return `wants a number up to ${issue.maximum}, not ${describe(found)}`;
  return `cannot be ${describe(found)}`;
}

const expected: Record<string, string> = {
  string: 'a text',
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, with "- " before each entry or in [ ]',
  object: 'a map, with "key: value" lines',
  record: 'a map, with "key: value" lines',
};

function describe(found: unknown): string {
  if (typeof found === 'string')
    return found.length > 40 ? `"${found.slice(0, 37)}..."` : `"${found.replaceAll('\n', ' ')}"`;
  if (Array.isArray(found)) return 'a list';
  return found === null ? 'nothing' : typeof found === 'object' ? 'a map' : String(found);
}

/** The branch of a union that the author meant: the one whose only faults lie inside the value. Nothing when none is near. */
function closest(
  branches: readonly (readonly Issue[])[],
  found: unknown,
  schemas: z.ZodType[],
): { issues: readonly Issue[]; schema: z.ZodType } | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const near = branches
    .map((issues, index) => ({ issues, schema: schemas[index]! }))
    .filter(
      ({ issues }) =>
        issues.length > 0 && !issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0),
    )
    .sort((a, b) => weight(a.issues) - weight(b.issues))[0];
  const lacksKey = near?.issues.some(
    issue => issue.path.length === 1 && valueAt(found, issue.path as Path) === undefined,
  );
  const unknown = near?.issues.some(issue => issue.code === 'unrecognized_keys' && issue.path.length === 0);
  // Neither what it must hold nor only what it may hold: it is none of the branches.
  return lacksKey && unknown ? undefined : near;
}

/** A missing or unknown key at the top makes it likelier that another branch was meant. */
function weight(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : issue.path.length === 1 ? 5 : 1),
    0,
  );
}

function toWrite(schema: z.ZodType, way: Path): string {
  const key = way.at(-1);
  const example = schemasAt(schema, way)
    .map(exampleOf)
    .find(each => each !== undefined);
  if (typeof key !== 'string' || example === undefined) return '';
  return `; write, for example, ${key}: ${typeof example === 'string' ? example : JSON.stringify(example)}`;
}

/** The example of a schema, or of what it wraps. */
function exampleOf(schema: z.ZodType): unknown {
  const { examples } = (schema.meta() ?? {}) as { examples?: unknown[] };
  const { innerType } = definition(schema);
  return examples?.[0] ?? (innerType && exampleOf(innerType));
}

/** The schemas that may stand at a path (several where a union is on the way). */
function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let here = [schema];
  for (const step of path) {
    here = here.flatMap(unwrap).flatMap(each => {
      const { shape, valueType, element } = definition(each);
      const next = typeof step === 'number' ? element : (shape?.[step] ?? valueType);
      return next ? [next] : [];
    });
  }
  return here;
}

function unwrap(schema: z.ZodType): z.ZodType[] {
  const { innerType, out, options } = definition(schema);
  if (options) return options.flatMap(unwrap);
  const inner = innerType ?? out;
  return inner ? unwrap(inner) : [schema];
}

/** The branches of a union, through what may be wrapped around it. */
function unwrapOnce(schema: z.ZodType): z.ZodType[] {
  const { innerType, options } = definition(schema);
  return options ?? (innerType ? unwrapOnce(innerType) : [schema]);
}

function definition(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}
