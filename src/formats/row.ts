/** The row that every format gives. */

/**
 * One row. Columns stand under `"1"`, `"2"` ..., the whole line under `line`, named columns under their names, and the continuation
 * lines of an entry under `more`, joined by newlines.
 */
export type Row = Record<string, string>;

export interface Rows {
  records: Row[];
  /** Heading lines, in order. */
  heading?: string[];
  /** What could not be understood, in words. */
  problem?: string;
}

/** An empty row: keys come from command output, so there is no prototype for them to meet. */
export function newRow(line: string): Row {
  const row: Row = Object.create(null);
  row.line = line;
  return row;
}

/** Adds columns under their numbers. */
export function addColumns(row: Row, columns: string[]): void {
  columns.forEach((column, index) => {
    row[index + 1] = column;
  });
}
