/** SMIT's own format of discover commands: `#name1:name2`, below it `value1:value2`; a colon within a value is written `#!:`. */
import type { Format } from '../panel/types.ts';
import { addColumns, newRow, type Row, type Rows } from './row.ts';

/** Reads lines in SMIT's format. A second `#` line names the columns anew. */
export function smitRows(lines: string[], _format?: Format): Rows {
  let names: string[] | undefined;
  const records: Row[] = [];
  for (const line of lines) {
    if (line.startsWith('#')) names = splitEscaped(line.slice(1)).map(name => name.trim());
    else if (names === undefined) {
      if (line.trim() !== '')
        return { records, problem: 'the first line does not begin with # and the names of the values' };
    } else if (line !== '') {
      const row = newRow(line);
      const values = splitEscaped(line);
      addColumns(row, values);
      names.forEach((name, index) => {
        if (name !== '') row[name] = values[index] ?? '';
      });
      records.push(row);
    }
  }
  return { records };
}

/** Splits at colons that are not written `#!:`. */
export function splitEscaped(line: string): string[] {
  return line.split(/(?<!#!):/).map(part => part.replaceAll('#!:', ':'));
}
