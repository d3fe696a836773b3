/**
 * Recovery programs (.rp): which command runs on which nodes when an event happens, and where the nodes wait for each other
 * (reference/hacmp-pssp.md 4.3, 4.5; seed sections 4.4.1, 11.3.2).
 */
import type { Complaint } from '../panel/types.ts';
import { endsWithNewline, type FileLine, oddCharacter, readLines } from './file-lines.ts';
import { type Findings, findingsOf, shown } from './findings.ts';
import { readCommand } from './recovery-command.ts';

/** One command of a recovery program. */
export interface RecoveryCommand {
  line: number;
  /** On which nodes: `all` of the membership, the one of the `event`, or every `other`. */
  nodes: 'all' | 'event' | 'other';
  /** As it stands between the quotes. */
  command: string;
  /** What the command must end with, or X for whatever it may be. */
  status: string;
  /** How many barriers stand before it: commands of the same number run at the same time. */
  segment: number;
}

export interface RecoveryProgram {
  file: string;
  text: string;
  commands: RecoveryCommand[];
  /** In the order of the file. */
  complaints: Complaint[];
}

/** Reads a recovery program and says everything that is wrong with it by itself. Never throws, whatever the text holds. */
export function readRecoveryProgram(file: string, text: string): RecoveryProgram {
  const findings = findingsOf(file);
  const lines = readLines(text, findings);
  if (!endsWithNewline(text))
    findings.warning(
      lines.length,
      'the last line has no end and may be overlooked; open the file with vi and write it again, which adds the missing newline',
    );
  const commands: RecoveryCommand[] = [];
  const barriers: Barrier[] = [];
  let last: FileLine | undefined;
  for (const line of lines) {
    const kind = kindOf(line, findings);
    if (kind === 'nothing') continue;
    if (kind === 'barrier')
      barriers.push({ line: line.number, behind: last !== undefined, doubled: barriers.at(-1)?.line === last?.number });
    else if (kind === 'command') {
      const command = readCommand(line, barriers.length, findings);
      if (command) commands.push(command);
    }
    last = line;
  }
  tellOfBarriers(barriers, last?.number, findings);
  tellOfSameTime(commands, findings);
  if (last === undefined)
    findings.warning(
      Math.max(lines.length, 1),
      'the file holds no command, so nothing happens on its event; write, for example, event "/usr/sbin/cluster/local/rwho_restart" X NULL',
    );
  return { file, text, commands, complaints: findings.complaints() };
}

interface Barrier {
  line: number;
  /** Something stands before it. */
  behind: boolean;
  /** The line before it is a barrier, too. */
  doubled: boolean;
}

/** Longer lines are noise: nothing the documents show comes near. */
const longestLine = 1000;

/** What a line is; complains where it is nothing that can stand here. A line in error counts as `wrong`. */
function kindOf(line: FileLine, findings: Findings): 'nothing' | 'barrier' | 'command' | 'wrong' {
  const { number, text } = line;
  if (text.startsWith('#')) return 'nothing';
  const bare = text.trim();
  if (bare === '') {
    findings.warning(
      number,
      'the line is empty; no recovery program of the product has such lines, write # to keep lines apart',
    );
    return 'nothing';
  }
  if (text.length > longestLine) {
    findings.error(number, `the line has ${text.length} characters; this cannot be meant, write it anew`);
    return 'wrong';
  }
  const odd = oddCharacter(text);
  if (odd || text.includes('\0')) {
    const quotes = /^["'`\u2018-\u201f\u2033]/.test(text.slice((odd?.column ?? 1) - 1))
      ? ' (for quotes, the plain ")'
      : '';
    findings.error(
      number,
      `the line holds ${odd?.name ?? 'a zero byte'}; type it again with plain letters and signs${quotes}`,
      { column: odd?.column ?? 1 },
    );
    return 'wrong';
  }
  if (/^\s+#/.test(text)) {
    findings.error(
      number,
      'a blank stands before the #; only a # at the very beginning makes a comment, take the blank out',
    );
    return 'nothing';
  }
  if (text !== text.trimStart())
    findings.warning(number, 'the line begins with a blank; no recovery program of the product has that, take it out');
  return /^"?barriers?\b/i.test(bare) ? barrier(number, bare, findings) : 'command';
}

function barrier(number: number, bare: string, findings: Findings): 'barrier' {
  if (/^"/.test(bare))
    findings.error(number, 'barrier stands in quotes; write the bare word barrier and nothing else in this line');
  else if (/^barrier[.,;:]?$/i.test(bare) && bare !== 'barrier')
    findings.error(number, `${shown(bare)} must be the word barrier, in small letters`);
  else if (bare !== 'barrier')
    findings.error(number, `${shown(bare)}: barrier must stand alone in its line, without nodes, status or NULL`);
  return 'barrier';
}

function tellOfBarriers(barriers: Barrier[], lastLine: number | undefined, findings: Findings): void {
  for (const { line, behind, doubled } of barriers) {
    if (!behind) findings.warning(line, 'a barrier at the beginning has nothing to wait for; take it out');
    else if (doubled) findings.warning(line, 'two barriers in a row, with nothing between them; one is enough');
    if (line === lastLine && behind)
      findings.warning(
        line,
        'a barrier at the end is not needed: all nodes wait for each other at the end of the program anyway',
      );
  }
}

/** Commands between two barriers start together, so the same one for overlapping sets of nodes runs twice at once. */
function tellOfSameTime(commands: RecoveryCommand[], findings: Findings): void {
  const seen = new Map<string, RecoveryCommand>();
  for (const one of commands) {
    const sets = one.nodes === 'all' ? ['all', 'event', 'other'] : ['all', one.nodes];
    const before = sets.map(nodes => seen.get(`${one.segment} ${nodes} ${one.command}`)).find(Boolean);
    if (before) {
      const where = before.nodes === one.nodes ? `for ${one.nodes}` : `for ${before.nodes} and for ${one.nodes}`;
      findings.warning(
        one.line,
        `${shown(one.command)} stands ${where} with no barrier between (line ${before.line}), so a node runs it twice at the same time; put a barrier between them or take one out`,
      );
    }
    const key = `${one.segment} ${one.nodes} ${one.command}`;
    if (!seen.has(key)) seen.set(key, one);
  }
}
