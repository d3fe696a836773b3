/**
 * The output of a list or discover command as records. Whatever arrives, nothing here throws: what cannot be understood is said in
 * `problem`, and what could be understood is still given.
 */
import type { Format, FormatName } from '../panel/types.ts';
import { jsonRows } from './json.ts';
import { addColumns, newRow, type Row, type Rows } from './row.ts';
import { smitRows } from './smit.ts';
import { stanzaRows } from './stanza.ts';

export type { Row, Rows } from './row.ts';

const readers: Record<FormatName, (lines: string[], format: Format, text: string) => Rows> = {
  lines: (lines, format) => lineRows(lines, format, true),
  table: tableRows,
  colon: colonRows,
  pairs: pairRows,
  stanza: stanzaRows,
  smit: smitRows,
  json: (_lines, format, text) => jsonRows(text, format.at),
  pattern: patternRows,
};

/**
 * Reads the text in the given format (types.ts says what each one looks like). Line ends may be of any kind.
 * @param columns false where nobody asks for the columns of `lines`: a list of ten thousand is then read in a third of the time
 */
export function parseRows(text: string, format: Format, columns = true): Rows {
  const reader = Object.hasOwn(readers, format.format) ? readers[format.format] : readers.lines;
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return format.format === 'lines' && !columns ? lineRows(lines, format, false) : reader(lines, format, text);
}

function words(line: string): string[] {
  return line.trim().split(/\s+/).filter(Boolean);
}

function withHeading(records: Row[], heading: string[]): Rows {
  return heading.length > 0 ? { records, heading } : { records };
}

/** SMIT's lists: `#` in the first line is a heading, in a later one the continuation of the entry above. */
function lineRows(lines: string[], format: Format, columns: boolean): Rows {
  const heading = lines.slice(0, format.heading ?? 0);
  const records: Row[] = [];
  for (const line of lines.slice(heading.length)) {
    const last = records.at(-1);
    if (line.startsWith('#')) {
      const text = line.slice(1);
      if (last) last.more = last.more === undefined ? text : `${last.more}\n${text}`;
      else heading.push(text);
    } else if (line.trim() !== '') {
      // Without columns no key comes from the output, so a plain object will do; it is the cheapest.
      const row: Row = columns ? newRow(line) : { line };
      if (columns) addColumns(row, words(line));
      records.push(row);
    }
  }
  return withHeading(records, heading);
}

function tableRows(lines: string[], format: Format): Rows {
  return columnRows(lines, format, words);
}

function colonRows(lines: string[], format: Format): Rows {
  const separator = format.separator ?? ':';
  return columnRows(lines, format, line => line.split(separator));
}

/** Columns; the last heading line names them as far as it has names. */
function columnRows(lines: string[], format: Format, split: (line: string) => string[]): Rows {
  const heading = lines.slice(0, format.heading ?? 0);
  const names = heading.length > 0 ? split(heading.at(-1)!.replace(/^#/, '')).map(name => name.trim()) : [];
  const fits = columnCounter(format.columns, names.length);
  let problem: string | undefined;
  const records = lines.slice(heading.length).flatMap((line, at) => {
    if (line.trim() === '') return [];
    const columns = split(line);
    const wrong = fits?.(columns.length);
    if (wrong) {
      problem ??= `line ${heading.length + at + 1} has ${wrong}: ${cut(line)}`;
      return [];
    }
    const row = newRow(line);
    addColumns(row, columns);
    names.forEach((name, index) => {
      if (name !== '' && columns[index] !== undefined) row[name] = columns[index];
    });
    return [row];
  });
  return { ...withHeading(records, heading), ...(problem === undefined ? {} : { problem }) };
}

/** Tells what is wrong with a number of columns; nothing is asked when the format says none. */
function columnCounter(wanted: string | undefined, named: number): ((count: number) => string | undefined) | undefined {
  if (wanted === undefined) return undefined;
  const [least = 0, most = least] = wanted === 'heading' ? [named] : wanted.split('-').map(Number);
  const right = most === least ? `${least} ${least === 1 ? 'is' : 'are'} right` : `${least} to ${most} are right`;
  return count => (count < least || count > most ? `${count} column${count === 1 ? '' : 's'}, ${right}` : undefined);
}

function cut(line: string): string {
  const text = line.trim();
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** `key=value` or `key: value` lines make one record; comments and lines without a separator are passed over, a later key wins. */
function pairRows(lines: string[], format: Format): Rows {
  const row = newRow('');
  let found = 0;
  for (const line of lines.slice(format.heading ?? 0)) {
    const text = line.trim();
    const at = format.separator ? text.indexOf(format.separator) : text.search(/[=:]/);
    if (at < 1 || text.startsWith('#')) continue;
    const key = text.slice(0, at).trim();
    row[key] = unquoted(text.slice(at + (format.separator?.length ?? 1)).trim());
    found++;
    row[found] = row[key];
    if (row.line === '') row.line = line;
  }
  return { records: found > 0 ? [row] : [] };
}

function unquoted(text: string): string {
  const quote = text[0];
  return text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** Longer lines are not matched: a pattern that backtracks must not hold the screen. */
const longestLine = 4000;

function patternRows(lines: string[], format: Format): Rows {
  let pattern: RegExp;
  try {
    pattern = new RegExp(format.pattern ?? '');
  } catch (error) {
    return { records: [], problem: `the pattern of the list is no regular expression (${(error as Error).message})` };
  }
  const heading = lines.slice(0, format.heading ?? 0);
  let problem: string | undefined;
  const records = lines.slice(heading.length).flatMap((line, at) => {
    const match = line.length > longestLine ? null : pattern.exec(line);
    if (!match && format.strict && line.trim() !== '')
      problem ??= `line ${heading.length + at + 1} is not as it should be: ${cut(line)}`;
    if (!match || (format.strict && match.length > 1 && match.slice(1).every(group => !group))) return [];
    const row = newRow(line);
    addColumns(
      row,
      match.slice(1).map(group => group ?? ''),
    );
    for (const [name, value] of Object.entries(match.groups ?? {})) row[name] = value ?? '';
    return [row];
  });
  return { ...withHeading(records, heading), ...(problem === undefined ? {} : { problem }) };
}
