/**
 * rules.hacmprd: which recovery program runs for which event. The Cluster Manager reads it once, when it starts, and a line too many hangs
 * the node, so everything that can be said about it is said before (reference/hacmp-pssp.md 4.1, 4.2, 4.5).
 */
import type { Complaint } from '../panel/types.ts';
import { endsWithNewline, readLines } from './file-lines.ts';
import { type Findings, findingsOf } from './findings.ts';
import { predefinedEvents, predefinedLike } from './predefined-events.ts';
import { checkRecord } from './rules-record.ts';
import { linesOfRecord, type RuleRecord, recordsOf } from './rules-records.ts';

/** One event with what other files have to do with it. */
export interface RuleEvent {
  /** As it stands in the file. */
  name: string;
  /** Line of the name. */
  line: number;
  /** Path of the recovery program, when there is one. */
  program?: { path: string; line: number };
  /** One of the nine that the product brings along. */
  predefined: boolean;
}

export interface RulesFile {
  file: string;
  text: string;
  events: RuleEvent[];
  /** In the order of the file. Without an error among them, the file keeps the rule of nine lines. */
  complaints: Complaint[];
}

/**
 * Reads a rules file and says everything that is wrong with it by itself. Never throws, whatever the text holds.
 * @param file its name, for the complaints
 * @param nodes node numbers of the SP, where they are known
 */
export function readRulesFile(file: string, text: string, nodes?: readonly number[]): RulesFile {
  const findings = findingsOf(file);
  const lines = readLines(text, findings);
  if (lines.length === 0)
    findings.error(1, 'the file is empty; copy rules.hacmprd from another node or from its backup');
  else if (!endsWithNewline(text))
    findings.error(
      lines.length,
      'the last line has no end; open the file with vi and write it again, which adds the missing newline',
    );
  const records = recordsOf(lines, findings);
  for (const record of records) if (record.lines.length === linesOfRecord) checkRecord(record.lines, findings, nodes);
  const events = records.flatMap(eventIn);
  checkNames(events, findings);
  if (lines.length > 0) checkPredefined(events, lines.length, findings);
  return { file, text, events, complaints: findings.complaints() };
}

function eventIn(record: RuleRecord): RuleEvent[] {
  const [first] = record.lines;
  if (!first || first.text.trim() === '') return [];
  const path = record.lines.slice(1, linesOfRecord).find(line => line.text.startsWith('/'));
  const name = first.text.trim();
  return [
    {
      name,
      line: first.number,
      ...(path ? { program: { path: path.text.trim(), line: path.number } } : {}),
      predefined: predefinedLike(name) !== undefined,
    },
  ];
}

function checkNames(events: RuleEvent[], findings: Findings): void {
  const seen = new Map<string, number>();
  for (const { name, line } of events) {
    const before = seen.get(name);
    if (before === undefined) seen.set(name, line);
    else
      findings.error(
        line,
        `an event of this name stands in line ${before} already; every event needs a name of its own`,
        /^\w{1,64}$/.test(name) ? { event: name } : {},
      );
  }
}

/** The product's events are all needed: without one of them nothing happens when, say, a node fails. */
function checkPredefined(events: RuleEvent[], lastLine: number, findings: Findings): void {
  const there = new Set(events.map(event => predefinedLike(event.name)));
  const missing = predefinedEvents.filter(([name]) => !there.has(name));
  if (missing.length === 0) return;
  const names = missing.map(([name, program]) => `${name} (${program})`).join(', ');
  const one = missing.length === 1;
  const whose =
    missing.length === predefinedEvents.length
      ? 'the nine events of the product are'
      : `of the product's nine events ${one ? 'one is' : `${missing.length} are`}`;
  const them = one ? 'it' : 'them';
  findings.error(
    lastLine,
    `${whose} missing: ${names}. Copy ${them} from the backup or from another node; without ${them} the cluster does not react`,
  );
}
