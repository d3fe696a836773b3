/** The lines of a file that the Cluster Manager reads, and what no such file may hold: marks of other systems' editors, unfinished lines. */
import { counted, type Findings } from './findings.ts';

export interface FileLine {
  /** From 1, as editors count. */
  number: number;
  text: string;
}

/** Splits the text into lines without their ends, and complains about what stands in the way of reading it. */
export function readLines(text: string, findings: Findings): FileLine[] {
  let rest = text;
  if (rest.startsWith('\ufeff')) {
    rest = rest.slice(1);
    findings.error(
      1,
      'the file begins with a byte order mark, three bytes that no editor shows and that become part of the first line; save it as plain text without the mark',
    );
  }
  const lines = rest.split('\n');
  if (lines.at(-1) === '') lines.pop();
  tellOfNul(lines, findings);
  const returns = lines.flatMap((line, index) => (line.endsWith('\r') ? [index + 1] : []));
  if (returns.length > 0) {
    const others = returns.length > 1 ? ` (and ${counted(returns.length - 1, 'line')} more)` : '';
    findings.error(
      returns[0]!,
      `the line${others} ends with a carriage return, as files from Windows do; take them out with tr -d '\\r' < FILE > NEWFILE`,
    );
  }
  return lines.map((line, index) => ({ number: index + 1, text: line.endsWith('\r') ? line.slice(0, -1) : line }));
}

/** True for text whose last line has its end. */
export function endsWithNewline(text: string): boolean {
  return text === '' || text.endsWith('\n');
}

function tellOfNul(lines: string[], findings: Findings): void {
  const first = lines.findIndex(line => line.includes('\0'));
  if (first < 0) return;
  const bytes = lines.reduce((sum, line) => sum + line.split('\0').length - 1, 0);
  findings.error(
    first + 1,
    `the file holds ${counted(bytes, 'zero byte')}, the first one here; this is no plain text. Copy the file again from a node where it is right`,
  );
}

/** The first character a line of plain ASCII cannot hold, with its column; a NUL has been told of for the whole file. */
export function oddCharacter(text: string): { column: number; name: string } | undefined {
  const at = text.search(/[^\0\t -~]/);
  if (at < 0) return undefined;
  const code = text.codePointAt(at)!;
  const letter = code > 0x9f && code !== 0xfffd && !(code >= 0xd800 && code <= 0xdfff);
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = letter ? `"${String.fromCodePoint(code)}" (${hex})` : `a character that is no ASCII text (${hex})`;
  return { column: at + 1, name };
}
