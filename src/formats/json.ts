/** JSON output as records: an array of objects, or an object that holds one. */
import { newRow, type Row, type Rows } from './row.ts';

/**
 * Reads JSON. Values become text: numbers and truths as they are written, null as an empty text, objects and lists as JSON. What lies
 * deeper can be named with dots (`addr_info.0.local`).
 * @param at dotted way to the array
 */
export function jsonRows(text: string, at: string | undefined): Rows {
  if (text.trim() === '') return { records: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { records: [], problem: 'the output is not JSON' };
  }
  for (const step of at?.split('.') ?? []) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined;
    if (value === undefined) return { records: [], problem: `the output has no "${at}"` };
  }
  const entries = Array.isArray(value) ? value : value === null ? [] : [value];
  return { records: entries.map(rowOf) };
}

function rowOf(entry: unknown): Row {
  const row = newRow(textOf(entry));
  if (typeof entry === 'object' && entry !== null) addKeys(row, entry, '', 0);
  else row[1] = row.line!;
  return row;
}

/** Deeper values are reached by dotted names; beyond this they are only JSON text. */
const deepest = 4;

function addKeys(row: Row, entry: object, prefix: string, depth: number): void {
  for (const [key, value] of Object.entries(entry)) {
    row[prefix + key] = textOf(value);
    if (typeof value === 'object' && value !== null && depth < deepest)
      addKeys(row, value, `${prefix}${key}.`, depth + 1);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
