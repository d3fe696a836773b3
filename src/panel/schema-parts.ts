/**
 * The small pieces that the schema of a panel file is made of. Heavy (zod): loaded with schema.ts only.
 *
 * The reader hands every scalar over as the text that stands in the file, so that `no`, `010` and dates stay what the author wrote;
 * the pieces below turn text into numbers, flags and seconds where a key wants those.
 */
import * as z from 'zod';
import { fieldNamePattern, idPattern } from './ids.ts';

/** Adds what an editor shows beside a key, and an example that complaints quote. */
export function about<T extends z.ZodType>(schema: T, description: string, ...examples: unknown[]): T {
  return schema.meta({ ...schema.meta(), description, ...(examples.length > 0 ? { examples } : {}) });
}

/** A text of one or more lines. */
export const text = () => z.string();

/** Text that may look like a number or a flag in YAML (`default: 5`, `values: [yes, no]`). */
export const scalar = () => z.string().meta({ type: ['string', 'number', 'boolean'] });

/** A text that may not be empty. */
export const line = () => z.string().min(1);

/** A command line, with `{{placeholders}}`. */
export const template = () => z.string().min(1);

/** A fast path or the name of a source. */
export const id = () =>
  z.string().regex(new RegExp(idPattern), {
    error:
      'is no name for a panel or source; write letters, digits and _ . + - (at most 64, no blank), for example mnode_vip_add',
  });

/** The name of a field. */
export const fieldName = () =>
  z.string().regex(new RegExp(fieldNamePattern), {
    error: 'is no name for a field; write letters, digits and _, beginning with a letter, for example node_name',
  });

/** A regular expression; whether it is one is checked later, with a better place. */
export const pattern = () => z.string().min(1);

const truths: Record<string, boolean> = { true: true, yes: true, on: true, false: false, no: false, off: false };

/** `true` or `false`; `yes`, `no`, `on` and `off` are understood. */
export const flag = () =>
  z.preprocess(value => (typeof value === 'string' ? (truths[value.toLowerCase()] ?? value) : value), z.boolean());

/** A whole number within bounds that a file may hold. */
export const whole = (min: number, max: number) =>
  z.preprocess(
    value => (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );

/** A time: `30`, `30s`, `5m`, `1h`. The reader turns it into seconds. */
export const duration = () =>
  z
    .string()
    .regex(/^\d{1,6} ?[smh]?$/, { error: 'wants a time such as 30, 30s, 5m or 1h' })
    .meta({ type: ['integer', 'string'] });

/** One of several words. */
export const word = <const T extends readonly string[]>(words: T) => z.enum(words);

/** A list, or one entry written without the brackets. */
export const oneOrMany = <T extends z.ZodType<string, string>>(entry: T) =>
  z.union([entry, z.array(entry)], { error: 'wants a text or a list of texts' });
