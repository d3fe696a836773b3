/**
 * The records of rules.hacmprd: comments taken out, nine lines each, nothing between them and nothing behind the last
 * (reference/hacmp-pssp.md 4.1; seed sections 4.3.1, 11.3.4). The Cluster Manager counts lines and nothing else, so one line more or less
 * makes it take a state for a name, and the node hangs.
 */
import type { FileLine } from './file-lines.ts';
import { counted, type Findings, shown } from './findings.ts';

export const linesOfRecord = 9;

/** What stands in each line, in order. */
export const lineNames = [
  'event name',
  'state',
  'recovery program',
  'recovery type',
  'recovery level',
  'resource variable',
  'instance vector',
  'predicate',
  'rearm predicate',
];

/** One event as it stands in the file: nine lines, or as many as there are where the file is damaged. */
export interface RuleRecord {
  lines: FileLine[];
}

/** Groups the lines that are no comments into records, and complains about every one that has not nine lines. */
export function recordsOf(lines: FileLine[], findings: Findings): RuleRecord[] {
  const content = lines
    .filter(line => !line.text.startsWith('#') && !isIndentedComment(line, findings))
    .map(line => emptied(line, findings));
  if (content.length === 0) return [];
  const starts = isWhole(content)
    ? content.flatMap((_, at) => (at % linesOfRecord === 0 ? [at] : []))
    : startsOf(content);
  if (starts.length === 0) {
    findings.error(
      content[0]!.number,
      `no event can be made out in ${counted(content.length, 'line')}; an event is nine lines, the first its name, the third the path of its recovery program`,
    );
    return [];
  }
  tellOfLinesBefore(content.slice(0, starts[0]), findings);
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? content.length;
    const record = { lines: content.slice(start, next) };
    if (record.lines.length !== linesOfRecord) tellOfLength(record.lines, next === content.length, findings);
    return record;
  });
}

function isIndentedComment(line: FileLine, findings: Findings): boolean {
  if (!/^[ \t]+#/.test(line.text)) return false;
  findings.error(
    line.number,
    'a blank stands before the #. Only a # at the very beginning makes a comment, so this counts as one of the nine lines of an event; take the blank out',
  );
  return true;
}

/** A line of nothing but blanks is taken for the empty line it looks like, and told of. */
function emptied(line: FileLine, findings: Findings): FileLine {
  if (line.text === '' || line.text.trim() !== '') return line;
  const what = line.text.includes('\t') ? 'blanks or tabs' : counted(line.text.length, 'blank');
  findings.error(
    line.number,
    `the line looks empty and holds ${what}; an unused value is a line with nothing in it at all`,
  );
  return { ...line, text: '' };
}

/** Nine by nine, every group begins like an event. */
function isWhole(content: FileLine[]): boolean {
  if (content.length % linesOfRecord !== 0) return false;
  for (let at = 0; at < content.length; at += linesOfRecord)
    if (!isNameLike(content[at]!) || !isPathLike(content[at + 2])) return false;
  return true;
}

function isNameLike(line: FileLine): boolean {
  return /^[A-Za-z][\w ]*$/.test(line.text);
}

function isPathLike(line: FileLine | undefined): boolean {
  return line?.text.startsWith('/') ?? false;
}

/** Where events begin in a damaged file: at names that events have, and two lines above a path. */
function startsOf(content: FileLine[]): number[] {
  const starts: number[] = [];
  content.forEach((line, at) => {
    const surely = /^[TU]E[_ ]\w/.test(line.text);
    const likely = isNameLike(line) && isPathLike(content[at + 2]) && !/^X\b/.test(line.text);
    const near = [at - 2, at - 1, at + 1, at + 2].some(other => /^[TU]E[_ ]\w/.test(content[other]?.text ?? ''));
    if (surely || (likely && !near)) starts.push(at);
  });
  return starts;
}

const danger = 'The Cluster Manager only counts lines, and the node hangs';

function tellOfLinesBefore(lines: FileLine[], findings: Findings): void {
  if (lines.length === 0) return;
  const one = lines.length === 1;
  const them = one ? 'it' : 'them';
  const message = lines.every(line => line.text === '')
    ? `${emptyLines(lines)} before the first event; take ${them} out. ${danger}`
    : `${counted(lines.length, 'line')} before the first event ${one ? 'belongs' : 'belong'} to none; take ${them} out, or put a # before ${one ? 'it' : 'each'} to make a comment. ${danger}`;
  findings.error(lines[0]!.number, message);
}

function emptyLines(lines: FileLine[]): string {
  return lines.length === 1 ? 'an empty line stands' : `${lines.length} empty lines stand`;
}

function tellOfLength(lines: FileLine[], last: boolean, findings: Findings): void {
  const event = eventOf(lines);
  const surplus = lines.slice(linesOfRecord);
  const first = lines[0]!;
  const at = { event };
  if (surplus.length > 0 && surplus.every(line => line.text === '')) {
    const where = last
      ? 'at the end of the file, behind the last event'
      : `behind the nine lines of this event, before the next one`;
    findings.error(
      surplus[0]!.number,
      `${emptyLines(surplus)} ${where}; take ${surplus.length === 1 ? 'it' : 'them'} out. ${danger}`,
      at,
    );
    return;
  }
  const path = lines.findIndex(isPathLike);
  const told = `the event that begins here has ${lines.length} lines in place of nine`;
  const message = surplus.length > 0 ? tooMany(lines, path) : tooFew(lines, path);
  findings.error(first.number, `${told}; ${message}. ${danger}`, at);
}

function tooFew(lines: FileLine[], path: number): string {
  const lacking = linesOfRecord - lines.length;
  if (path === 1)
    return 'the recovery program stands in its second line, so the state is missing; write 0 between name and recovery program';
  if (path < 0)
    return `no line holds the path of a recovery program, which is the third; the nine are ${lineNames.join(', ')}`;
  const filled = lines.slice(5).filter(line => line.text !== '').length;
  if (path === 2 && filled === 0)
    return `behind the recovery level there must be four lines, empty when the event needs none, and here are ${Math.max(lines.length - 5, 0)}; add ${counted(lacking, 'empty line')}`;
  return `${lacking === 1 ? '1 line of these is' : `${lacking} lines of these are`} missing: ${lineNames.slice(path + 1).join(', ')}; each needs its own line, an empty one where there is no value`;
}

function tooMany(lines: FileLine[], path: number): string {
  const surplus = lines.length - linesOfRecord;
  if (path > 2)
    return `the recovery program stands in line ${lines[path]!.number}, ${counted(path - 2, 'line')} too late; take out what stands too much before it`;
  const odd = lines.slice(linesOfRecord).find(line => line.text !== '');
  const from = odd ? `, at the latest line ${odd.number} (${shown(odd.text)})` : '';
  return `take out ${counted(surplus, 'line')}${from}, or put a # before a line that is a comment`;
}

/** Name of the event a record is about, for complaints. */
export function eventOf(lines: FileLine[]): string | undefined {
  const name = lines[0]?.text.trim().replaceAll(/\s+/g, '_') ?? '';
  return /^[A-Za-z]\w{0,63}$/.test(name) ? name : undefined;
}
