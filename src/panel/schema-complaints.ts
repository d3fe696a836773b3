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

function explain(schema: z.ZodType, issue: Issue, above: Path, value: unknown): ShapeProblem[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(schema, path, key));
  const found = valueAt(value, path);
  const key = keyName(path);
  if (found === null) return [{ path, atKey: true, message: `${key} holds nothing${toWrite(schema, path)}` }];
  if (found === undefined && issue.code !== 'invalid_key') {
    return [
      {
        path: path.slice(0, -1),
        atKey: true,
        message: `${key} is missing${toWrite(schema, path)}`,
        missing: String(path.at(-1)),
      },
    ];
  }
  if (issue.code === 'invalid_union') {
    const inner = closest(issue.errors, found);
    if (inner) return inner.flatMap(each => explain(schema, each, path, value));
    return [{ path, atKey: false, message: `${key} ${issue.message}, not ${describe(found)}` }];
  }
  if (issue.code === 'invalid_key')
    return [
      { path, atKey: true, message: `"${path.at(-1)}" ${issue.issues[0]?.message ?? 'is no key that can stand here'}` },
    ];
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    const near = typeof found === 'string' ? didYouMean(found, words) : '';
    return [
      {
        path,
        atKey: false,
        message: `${key} cannot be ${describe(found)}${near || `; write one of ${words.join(', ')}`}`,
      },
    ];
  }
  return [{ path, atKey: false, message: `${key} ${wants(issue, found)}${toWrite(schema, path)}` }];
}

function unknownKey(schema: z.ZodType, path: Path, key: string): ShapeProblem {
  const known = keysAt(schema, path);
  const cure = didYouMean(key, known) || (known.length > 0 ? `; the keys here are ${known.join(', ')}` : '');
  return {
    path: [...path, key],
    atKey: true,
    message: `unknown key "${key}"${cure}`,
    meant: nearest(key, known, 1)[0],
  };
}

/** `"timeout"`; for an entry of a list: `entry 3 of "items"`. */
function keyName(path: Path): string {
  const last = path.at(-1);
  if (typeof last !== 'number') return last === undefined ? 'this' : `"${last}"`;
  const list = path.at(-2);
  return `entry ${last + 1}${typeof list === 'string' ? ` of "${list}"` : ''}`;
}

function wants(issue: Issue, found: unknown): string {
  const own = /^(wants|is) /.test(issue.message) ? issue.message : undefined;
  if (own) return `${own}, not ${describe(found)}`.replace(/^(is no .*), not (.*)$/, '$1 (it is $2)');
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

/** The branch of a union that the author meant: the one whose only fault is not the kind of the whole value. */
function closest(branches: readonly (readonly Issue[])[], found: unknown): readonly Issue[] | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const inside = branches.filter(
    issues => issues.length > 0 && !issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  return inside.sort((a, b) => weight(a) - weight(b))[0];
}

/** A missing or unknown key at the top makes it likelier that another branch was meant. */
function weight(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : issue.path.length === 1 ? 5 : 1),
    0,
  );
}

function toWrite(schema: z.ZodType, path: Path): string {
  const key = path.at(-1);
  const example = schemasAt(schema, path)
    .map(at => (at.meta() as { examples?: unknown[] } | undefined)?.examples?.[0])
    .find(each => each !== undefined);
  if (typeof key !== 'string' || example === undefined) return '';
  return `; write, for example, ${key}: ${typeof example === 'string' ? example : JSON.stringify(example)}`;
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  return [
    ...new Set(
      schemasAt(schema, path).flatMap(at => unwrap(at).flatMap(each => Object.keys(definition(each).shape ?? {}))),
    ),
  ];
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
