/**
 * AIX stanzas: what odmget prints (`HACMPnode:`, then indented `name = "value"`), attribute files (/etc/security/user) and xCAT's
 * `lsdef -z`, which has no blanks around the `=`. Syntax: reference/smit.md 3.1.
 */
import type { Format } from '../panel/types.ts';
import { newRow, type Row, type Rows } from './row.ts';

/**
 * Reads stanzas, one record each: the stanza's name under `1` and `line`, the attributes under their names. An attribute that is there
 * twice keeps its last value. Lines outside any stanza, and lines that are no attribute, are told of.
 */
export function stanzaRows(lines: string[], _format?: Format): Rows {
  const records: Row[] = [];
  let row: Row | undefined;
  let problem: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.trim() === '' || /^[*#]/.test(line)) continue;
    const head = /^([^\s=]+):\s*$/.exec(line);
    if (head) {
      row = newRow(head[1]!);
      row[1] = head[1]!;
      records.push(row);
      continue;
    }
    const equals = line.indexOf('=');
    // A name has no blanks: a message with an = in it is no attribute.
    if (!row || !/^\s*\S+\s*$/.test(line.slice(0, Math.max(equals, 0)))) {
      problem ??= `line ${at + 1} ${row ? 'is no attribute' : 'belongs to no stanza'}: ${line.trim().slice(0, 60)}`;
      continue;
    }
    const first = line.slice(equals + 1).trim();
    const value = first.startsWith('"') ? quotedValue(lines, at, first) : { text: plainValue(first), last: at };
    row[line.slice(0, equals).trim()] = value.text;
    at = value.last;
    if (value.problem) problem ??= value.problem;
  }
  return problem === undefined ? { records } : { records, problem };
}

/** Bare words and numbers; a comment may follow behind a blank and a star (`class = 2  * note`), a value may be a star itself. */
function plainValue(text: string): string {
  return text.replace(/(?<=\S)\s+\*.*$/, '');
}

interface QuotedValue {
  text: string;
  /** Index of the line the value ends in. */
  last: number;
  problem?: string;
}

const escapes: Record<string, string> = { n: '\n', t: '\t' };

/** A value in double quotes: `\n` is a line end, `\"` a quote, a backslash at the end of a line goes on in the next one. */
function quotedValue(lines: string[], at: number, first: string): QuotedValue {
  let text = '';
  let line = first.slice(1);
  for (let last = at; ; last++) {
    let i = 0;
    for (; i < line.length; i++) {
      const character = line[i]!;
      if (character === '"') return { text, last };
      if (character !== '\\') text += character;
      else if (i + 1 < line.length) {
        i++;
        text += escapes[line[i]!] ?? line[i]!;
      }
    }
    const goesOn = /(?<!\\)(\\\\)*\\$/.test(line);
    // A quote that is never closed must not swallow what follows: the value ends before a line that is an attribute or a stanza.
    const next = lines[last + 1];
    if (next === undefined || (!goesOn && /^(\S.*:\s*$|\s+[\w.-]+\s*=)/.test(next))) {
      return { text, last, problem: `line ${at + 1}: a quote is opened and not closed` };
    }
    if (!goesOn) text += '\n';
    line = next;
  }
}
