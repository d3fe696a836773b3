/** transactions.jsonl: a START on disk before a command starts, an END after it, one JSON object a line, for audit. */
import { readFileSync } from 'node:fs';
import type { Command } from '../command/types.ts';
import type { Ended } from '../run/types.ts';
import type { Kept } from './kept.ts';
import type { Session } from './log.ts';
import { generations } from './rotate.ts';

/** What stands in a START record. Names as in the environment and in panel files. */
export interface StartRecord {
  event: 'START' | 'NOTRUN';
  id: string;
  /** ISO 8601, UTC. */
  time: string;
  session: string;
  user: string;
  uid: number;
  sudo_user?: string;
  ssh_connection?: string;
  host: string;
  tty?: string;
  pid: number;
  version: string;
  fast_path: string;
  title: string;
  text: string;
  mode: string;
  path?: string[];
  target?: string;
  as?: string;
  evidence?: { level: string; source: string };
}

export interface EndRecord {
  event: 'END';
  id: string;
  time: string;
  state: string;
  status?: number;
  signal?: string;
  reason?: string;
  seconds: number;
  out_lines: number;
  err_lines: number;
}

/** The line written before the command starts (or in its place: `NOTRUN`). */
export function startLine(
  event: StartRecord['event'],
  date: Date,
  id: string,
  session: Session,
  command: Command,
): string {
  const record: StartRecord = {
    event,
    id,
    time: date.toISOString(),
    session: session.id,
    user: session.user,
    uid: session.uid,
    sudo_user: session.sudoUser,
    ssh_connection: session.sshConnection,
    host: session.host,
    tty: session.tty,
    pid: session.pid,
    version: session.version,
    fast_path: command.fastPath,
    title: command.title,
    text: command.text,
    mode: command.mode,
    path: command.path.length > 0 ? command.path : undefined,
    target: command.target,
    as: command.as,
    evidence: command.evidence,
  };
  return `${JSON.stringify(record)}\n`;
}

/** The line written after its end. */
export function endLine(date: Date, id: string, ended: Ended, kept: Pick<Kept, 'outLines' | 'errLines'>): string {
  const { state, status, signal, reason } = ended;
  const record: EndRecord = {
    event: 'END',
    id,
    time: date.toISOString(),
    state,
    status,
    signal,
    reason,
    seconds: Math.round(ended.seconds * 1000) / 1000,
    out_lines: kept.outLines,
    err_lines: kept.errLines,
  };
  return `${JSON.stringify(record)}\n`;
}

/**
 * The commands of which a START is known and no END: the session was killed, the machine went down, or it still runs (`pid` says
 * whose it was). Nobody knows how they ended. Old files are read too; lines that are cut off or no records are passed over.
 * @param file transactions.jsonl
 * @param files how many old files there may be
 */
export function openStarts(file: string, files = 5): StartRecord[] {
  const open = new Map<string, StartRecord>();
  for (const name of generations(file, files)) {
    for (const line of readFileSync(name, 'utf8').split('\n')) {
      const record = parse(line);
      if (record?.event === 'START') open.set(record.id, record);
      else if (record?.event === 'END') open.delete(record.id);
    }
  }
  return [...open.values()];
}

function parse(line: string): StartRecord | EndRecord | undefined {
  try {
    const record = JSON.parse(line);
    return typeof record === 'object' && record !== null && typeof record.id === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}
