/** hasmit.log in SMIT's forms (reference/smit.md 2.2): a date in brackets, then text behind four blanks. All here is text; nothing is written. */
import type { Command } from '../command/types.ts';
import type { Ended } from '../run/types.ts';
import type { Kept } from './kept.ts';
import { endInWords, oneLine, stamp } from './text.ts';

/** Who works where: what START, the log and the script say of a session. */
export interface Session {
  version: string;
  user: string;
  host: string;
  uid: number;
  pid: number;
  /** Unique for this run of the program; ids of transactions begin with it. */
  id: string;
  tty?: string;
  sudoUser?: string;
  sshConnection?: string;
}

/** A record of the log: the date, the text behind four blanks, and what follows it as it is. */
function entry(date: Date, text: string, rest = ''): string {
  return `${stamp(date)}\n    ${text}\n${rest}\n`;
}

/** The program was opened. */
export function openedEntry(date: Date, session: Session): string {
  const { version, user, host, sudoUser, sshConnection, tty, pid, id } = session;
  const who = [
    `user ${user}${sudoUser ? ` (by sudo from ${sudoUser})` : ''} on ${host}`,
    tty ? `terminal ${tty}` : 'no terminal',
    ...(sshConnection ? [`from ${sshConnection}`] : []),
    `process ${pid}`,
    `session ${id}`,
  ];
  return entry(date, `Starting hasmit ${version}`, `    ${oneLine(who.join(', '))}\n`);
}

/** The program was left. */
export function closedEntry(date: Date, session: Session): string {
  return entry(date, 'Exiting hasmit', `    session ${session.id}\n`);
}

/** A screen was reached. */
export function screenEntry(date: Date, session: Session, kind: string, fastPath: string, title: string): string {
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  const lines = [
    `(${oneLine(name)} screen selected,`,
    `\tFastPath = "${oneLine(fastPath)}",`,
    `\ttitle = "${oneLine(title)}",`,
    `\tsession = "${session.id}".)`,
  ];
  return entry(date, lines[0]!, `${lines.slice(1).join('\n')}\n`);
}

/** F8: what was on the screen. */
export function imageEntry(date: Date, fastPath: string, rows: string[]): string {
  const text = rows.map(row => row.trimEnd()).join('\n');
  return entry(
    date,
    `Image of the screen ${oneLine(fastPath)} follows below:`,
    `${text}\n---------- end of screen ----------\n`,
  );
}

/** Written before the command starts. */
export function commandEntry(date: Date, id: string, command: Command): string {
  return entry(date, 'Command_to_Execute follows below:', `${commandLines(command)}    transaction ${id}\n`);
}

/** `-x`: written in place of running it. */
export function notRunEntry(date: Date, command: Command): string {
  return entry(date, 'Command_to_Execute follows below (it was not run):', commandLines(command));
}

/** Lines of a list or discover command's output that the log takes with `-v`. */
const mostAsked = 100;

/** `-v`: a command that only read something, and what it gave. */
export function askedEntry(date: Date, text: string, outcome: string, output: string): string {
  const lines = output.replace(/\n$/, '').split('\n');
  const left = lines.length > mostAsked ? `---- ${lines.length - mostAsked} lines are not in this log ----\n` : '';
  const body = output === '' ? '' : `${lines.slice(0, mostAsked).join('\n')}\n${left}`;
  return entry(
    date,
    'Intermediate command follows below:',
    `${text.replace(/^/gm, '>> ')}\n---- ${oneLine(outcome)} ----\n${body}---- end ----\n`,
  );
}

/** Written after the command has ended; `kept` is its output as far as the log takes it. */
export function outputEntry(date: Date, id: string, ended: Ended, kept: Kept): string {
  const left = kept.left > 0 ? [`---- ${kept.left} lines are not in this log ----`] : [];
  const body = [...kept.head, ...left, ...kept.tail].map(line => `${line}\n`).join('');
  const end = `\n    Status: ${endInWords(ended)}\n    Time: ${seconds(ended.seconds)}\n    transaction ${id}\n`;
  return entry(date, 'Output from Command_to_Execute follows below:', `---- start ----\n${body}---- end ----\n${end}`);
}

function commandLines(command: Command): string {
  const text = command.text.replace(/^/gm, '>> ');
  return `    ${oneLine(command.fastPath)}: ${oneLine(command.title)}\n${text}\n`;
}

/** SMIT writes whole seconds; tenths are of use below ten. */
function seconds(time: number): string {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} secs.`;
}
