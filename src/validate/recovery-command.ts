/** A command line of a recovery program: nodes, the command in quotes, the status it must end with, NULL. */
import type { FileLine } from './file-lines.ts';
import { type Findings, shown } from './findings.ts';
import { deliveredScripts } from './predefined-events.ts';
import type { RecoveryCommand } from './recovery-program.ts';

const sets = ['all', 'event', 'other'] as const;

/** Reads a command line and complains about every part of it; nothing when it cannot be taken apart. */
export function readCommand(line: FileLine, segment: number, findings: Findings): RecoveryCommand | undefined {
  const text = line.text.trimEnd();
  const start = text.length - text.trimStart().length;
  const error = (message: string, column: number) => findings.error(line.number, message, { column: column + 1 });
  const word = /^[^\s"]*/.exec(text.slice(start))![0];
  const nodes = sets.find(set => set === word.toLowerCase());
  if (!nodes) {
    error(nodesMistake(word), start);
    return undefined;
  }
  if (word !== nodes)
    findings.warning(
      line.number,
      `${shown(word)} is written ${nodes}, in small letters, in every recovery program of the product`,
    );
  const open = text.indexOf('"', start + word.length);
  const between = text.slice(start + word.length, open < 0 ? undefined : open);
  if (open < 0 || between.trim() !== '') {
    error(quotesMistake(between.trim()), start + word.length);
    return undefined;
  }
  if (between === '') error(`a blank is missing between ${word} and the command; write ${nodes} "..."`, open);
  const close = text.indexOf('"', open + 1);
  if (close < 0) {
    error('the quote before the command is never closed; write " behind the command', open);
    return undefined;
  }
  const command = text.slice(open + 1, close);
  checkCommand(
    command,
    message => error(message, open),
    message => findings.warning(line.number, message, { column: open + 1 }),
  );
  const rest = text.slice(close + 1);
  if (rest !== '' && !/^\s/.test(rest))
    error('a blank is missing behind the command; write the status after a blank', close + 1);
  const status = checkEnd(rest.trim().split(/\s+/).filter(Boolean), message => error(message, close + 1));
  if (status !== undefined && status !== 'X' && command.startsWith('/'))
    findings.warning(
      line.number,
      `when ${shown(command)} ends with anything but ${status}, this node never reaches the next barrier and the whole cluster waits for it; write X unless that is what you want`,
    );
  return status === undefined ? undefined : { line: line.number, nodes, command, status, segment };
}

function nodesMistake(word: string): string {
  const meant = sets.find(set => word.toLowerCase() === `${set}s`);
  if (meant) return `${shown(word)} is no set of nodes; write ${meant}`;
  if (word === '') return 'the nodes are missing; begin the line with all, event or other';
  return `${shown(word)} is no set of nodes; begin the line with all, event or other, or write barrier alone`;
}

function quotesMistake(between: string): string {
  const single = /^['`](.*?)['`]/.exec(between)?.[1];
  if (single !== undefined) return `the command must stand in double quotes; write ${shown(single)}`;
  const first = between.split(/\s+/)[0] ?? '';
  if (first === '' || /^(X|\d+|NULL)$/.test(first))
    return 'the command is missing; write it in double quotes behind the nodes';
  return `the command must stand in double quotes; write ${shown(first.replaceAll('"', ''))}`;
}

type Say = (message: string) => void;

function checkCommand(command: string, error: Say, warning: Say): void {
  const bare = command.trim();
  const [first = ''] = bare.split(/\s+/);
  if (bare === '') error('the command is empty; write the whole path of a script between the quotes');
  else if (command !== bare) error(`a blank stands at the edge of ${shown(command)}, inside the quotes; take it out`);
  else if (first.startsWith('/')) {
    if (first !== bare)
      warning(
        `${shown(command)} has a blank in it. When that is a lost _, write the path as it is; words behind a path are shown by no document`,
      );
    else if (/[^\w./+@%,:=~-]/.test(bare))
      warning(
        `${shown(command)} holds a character that means something to a shell; a plain path of a script is what belongs here`,
      );
  } else if (!deliveredScripts.has(bare)) error(nameMistake(bare));
}

function nameMistake(bare: string): string {
  const joined = bare.replaceAll(/\s+/g, '_');
  if (deliveredScripts.has(joined)) return `${shown(bare)} must be one word; write "${joined}"`;
  if (bare.includes('/'))
    return `${shown(bare)} is no whole path; begin with /, as in /usr/sbin/cluster/local/rwho_restart`;
  return `${shown(bare)} is no event script that HACMP brings along; for a script of your own write its whole path, even when it lies in /usr/sbin/cluster/events`;
}

/** Status and NULL; gives the status when it can be used. */
function checkEnd(words: string[], error: Say): string | undefined {
  const [status, nothing, ...more] = words;
  if (status === undefined) {
    error('the status and NULL are missing; write X NULL (whatever the status) or 0 NULL behind the command');
    return undefined;
  }
  if (/^null$/i.test(status)) {
    error('the status before NULL is missing; write X NULL (whatever the status) or 0 NULL');
    return undefined;
  }
  const mistake = statusMistake(status);
  if (mistake) error(mistake);
  if (nothing === undefined) error('NULL is missing at the end of the line; every command line ends with it');
  else if (nothing !== 'NULL')
    error(
      /^null[.,;]?$/i.test(nothing)
        ? `${shown(nothing)} must be NULL, in capitals`
        : `${shown(nothing)} stands where NULL must be`,
    );
  else if (more.length > 0) error(`${shown(more.join(' '))} stands behind NULL; nothing may follow it`);
  return mistake ? undefined : status;
}

function statusMistake(status: string): string | undefined {
  if (status === 'X') return undefined;
  if (status === 'x') return 'the status is a small x; write X';
  if (/^[oO]$/.test(status)) return `the status is the letter ${status}; write the digit 0`;
  if (/^[Il]$/.test(status)) return `the status is the letter ${status}; write the digit 1`;
  if (/^\d{1,3}$/.test(status) && Number(status) <= 255) return undefined;
  return `${shown(status)} is no status; write a number from 0 to 255, or X when it does not matter`;
}
