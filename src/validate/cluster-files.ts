/**
 * Rules file, recovery programs and scripts together: what one names, the other must be (reference/hacmp-pssp.md 4.5). What there is on the
 * machine is asked through `Look`; where that knows nothing, nothing is said.
 */
import { basename } from 'node:path';
import type { Complaint } from '../panel/types.ts';
import { counted, type Findings, findingsOf, shown } from './findings.ts';
import type { RecoveryProgram } from './recovery-program.ts';
import type { RulesFile } from './rules-file.ts';

/** A file that somebody names. */
export interface FileAtHand {
  state: 'absent' | 'unreadable' | 'directory' | 'there';
  /** Its text, for scripts as far as it was read. */
  text?: string;
  executable?: boolean;
}

/** Tells of the file at an absolute path; nothing when that cannot be known here. */
export type Look = (path: string) => FileAtHand | undefined;

/** The recovery programs that the rules file names must be there and readable. */
export function checkProgramsOf(rules: RulesFile, look: Look): Complaint[] {
  const findings = findingsOf(rules.file);
  for (const { name, program } of rules.events) {
    const found = program && look(program.path);
    if (!found || found.state === 'there') continue;
    const event = /^\w{1,64}$/.test(name) ? { event: name } : {};
    const why = {
      absent: `there is no recovery program ${program.path} here; it must be on every node, at the same path with the same content`,
      directory: `${program.path} is a directory; write the path of a recovery program`,
      unreadable: `${program.path} cannot be read; look at its owner and mode with ls -l`,
    }[found.state];
    findings.error(program.line, why, event);
  }
  return findings.complaints();
}

/**
 * The scripts that a recovery program names must be there and executable, and some rules file should name the program.
 * @param path the recovery program's own place on a node
 * @param rules the rules files at hand
 */
export function checkScriptsOf(program: RecoveryProgram, path: string, look: Look, rules: RulesFile[]): Complaint[] {
  const findings = findingsOf(program.file);
  for (const { line, command } of program.commands) {
    const script = command.trim().split(/\s+/)[0]!;
    const found = script.startsWith('/') ? look(script) : undefined;
    if (found) checkScript(script, line, found, findings);
  }
  const named = rules.some(file => file.events.some(event => event.program && isMeant(event.program.path, path)));
  if (rules.length > 0 && !named)
    findings.warning(
      1,
      `no event of ${rules[0]!.file} names this recovery program, so it never runs; add an event, or take the file away`,
    );
  return findings.complaints();
}

/** The same path, or the same name where the copy lies elsewhere. */
function isMeant(named: string, path: string): boolean {
  return (
    named === path || path.endsWith(named) || (!path.includes('/sbin/cluster/') && basename(named) === basename(path))
  );
}

function checkScript(script: string, line: number, found: FileAtHand, findings: Findings): void {
  if (found.state === 'absent')
    findings.error(line, `there is no ${script} here; it must be on every node, at the same path`);
  else if (found.state === 'directory') findings.error(line, `${script} is a directory; write the path of a script`);
  else if (found.executable === false)
    findings.error(line, `${script} is not executable; write chmod +x ${script} on every node`);
  else if (found.text !== undefined && !found.text.startsWith('#!') && !found.text.includes('\0'))
    findings.error(line, `${script} does not begin with #! and a shell; make #!/bin/ksh its first line`);
  else {
    const waiting = waitingLine(found.text ?? '');
    if (waiting)
      findings.warning(
        line,
        `${script} may wait without end in line ${waiting.number} (${shown(waiting.text)}); the Cluster Manager sets no time limit, and the cluster would wait along`,
      );
  }
}

/** What waits for somebody at a terminal, or for ever. */
const waits = [
  /^\s*read\s+\w+\s*$/,
  /\btail\s+-f\b/,
  /\b(while\s+(true|:)|until\s+false)\s*(;|$)/,
  /^\s*(smit|smitty|vi|more|pg)\b/,
];

/** The first line of a script that looks as if it waited for ever. */
export function waitingLine(text: string): { number: number; text: string } | undefined {
  const lines = text.split('\n');
  const index = lines.findIndex(
    line => !/^\s*#/.test(line) && line.length < 1000 && waits.some(wait => wait.test(line)),
  );
  return index < 0 ? undefined : { number: index + 1, text: lines[index]!.trim() };
}

/** A copy of a file that several nodes have. */
export interface Copy {
  file: string;
  text: string;
  /** What it is a copy of: copies of the same name are compared. */
  name: string;
}

/** Copies of the same file from several nodes must be the same to the letter. */
export function checkCopies(files: Copy[]): Complaint[] {
  const first = new Map<string, Copy>();
  return files.flatMap((copy): Complaint[] => {
    const other = first.get(copy.name);
    if (!other) first.set(copy.name, copy);
    if (!other || other.text === copy.text) return [];
    const line = firstDifference(other.text, copy.text);
    const message = `differs from ${other.file}, first in this line; all nodes must have the same file, so copy the right one to them and compare with cksum`;
    return [{ place: { file: copy.file, line, column: 1 }, message, level: 'error' }];
  });
}

function firstDifference(a: string, b: string): number {
  const left = a.split('\n');
  const right = b.split('\n');
  const at = right.findIndex((line, index) => line !== left[index]);
  return at < 0 ? right.length : at + 1;
}

/** `1 rules file, 2 recovery programs`. */
export function countFiles(rules: number, programs: number): string {
  const parts = [
    rules > 0 ? counted(rules, 'rules file') : '',
    programs > 0 ? counted(programs, 'recovery program') : '',
  ];
  return parts.filter(Boolean).join(', ');
}
