/** The recorder of a session: log, script and transactions behind one face (design.md 8). */
import { readlinkSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppendOptions, appendRecord } from './append.ts';
import { keepOutput } from './kept.ts';
import {
  askedEntry,
  closedEntry,
  commandEntry,
  imageEntry,
  notRunEntry,
  openedEntry,
  outputEntry,
  type Session,
  screenEntry,
} from './log.ts';
import { cannot } from './reason.ts';
import { rotate, type SizeLimit } from './rotate.ts';
import { notRunBlock, ranBlock, SCRIPT_HEAD } from './script.ts';
import { endLine, startLine } from './transactions.ts';
import type { Recorder, RecordPlaces, RecordProblem } from './types.ts';

export interface RecorderOptions extends Omit<Session, 'uid' | 'pid' | 'id'> {
  /** Who and what we are; of this process unless said. `id` is unique for a run of the program. */
  uid?: number;
  pid?: number;
  id?: string;
  places: RecordPlaces;
  /** When a file is put aside and how many old ones are kept; 10 MB and 5 unless said. */
  limit?: SizeLimit;
  /** The clock, for tests. */
  now?: () => Date;
}

export interface SessionRecorder extends Recorder {
  readonly session: Session;
  /** Resolves when files that grew too large have been put aside. A program that ends itself should wait for it. */
  settled(): Promise<void>;
}

/** Below this much room (bytes) on a file system the operator is told before a command runs: its END might not fit. */
const LEAST_ROOM = 1024 * 1024;

/** A recorder for this process. Opens nothing and writes nothing before its first call; no call throws. */
export function createRecorder(options: RecorderOptions): SessionRecorder {
  const { places, limit = { bytes: 10_000_000, files: 5 }, now = () => new Date() } = options;
  const session = sessionOf(options);
  const rotating = new Map<string, Promise<void>>();
  let rotationProblem: RecordProblem;
  let count = 0;

  function append(file: string, record: string, more: AppendOptions = {}): RecordProblem {
    try {
      const size = appendRecord(file, record, { uid: session.uid, ...more });
      if (size > limit.bytes && !rotating.has(file)) putAside(file);
      return undefined;
    } catch (error) {
      return cannot('write', file, error);
    }
  }

  function putAside(file: string): void {
    const done = rotate(file, limit)
      .catch(error => {
        rotationProblem = cannot('put aside', file, error);
      })
      .finally(() => rotating.delete(file));
    rotating.set(file, done);
  }

  const log = (entry: string): RecordProblem => append(places.log, entry);
  const script = (block: string): RecordProblem => append(places.script, block, { head: SCRIPT_HEAD });

  return {
    places,
    session,
    opened: () => log(openedEntry(now(), session)),
    closed: () => log(closedEntry(now(), session)),
    screen: (kind, fastPath, title) => log(screenEntry(now(), session, kind, fastPath, title)),
    image: (fastPath, rows) => log(imageEntry(now(), fastPath, rows)),
    start(command) {
      count += 1;
      const id = `${session.id}-${count}`;
      const problem = sentences(
        append(places.transactions, startLine('START', now(), id, session, command), { sync: true }),
        log(commandEntry(now(), id, command)),
        noRoom(places),
        rotationProblem,
      );
      rotationProblem = undefined;
      return problem === undefined ? { id } : { id, problem };
    },
    end(id, command, ended, output) {
      const kept = keepOutput(output);
      return sentences(
        append(places.transactions, endLine(now(), id, ended, kept), { sync: true }),
        log(outputEntry(now(), id, ended, kept)),
        script(ranBlock(now(), session, command, ended)),
      );
    },
    asked: (text, outcome, output) => log(askedEntry(now(), text, outcome, output)),
    script: command => script(notRunBlock(now(), session, command)),
    notRun(command) {
      count += 1;
      return sentences(
        append(places.transactions, startLine('NOTRUN', now(), `${session.id}-${count}`, session, command)),
        log(notRunEntry(now(), command)),
        script(notRunBlock(now(), session, command)),
      );
    },
    async settled() {
      await Promise.all(rotating.values());
    },
  };
}

function sessionOf(options: RecorderOptions): Session {
  const pid = options.pid ?? process.pid;
  const { version, user, host } = options;
  const { SUDO_USER, SSH_CONNECTION } = process.env;
  const { tty = terminalName(), sudoUser = SUDO_USER, sshConnection = SSH_CONNECTION } = options;
  const uid = options.uid ?? process.getuid?.() ?? -1;
  // Unique among the sessions of a host, sortable by time, short enough to be read out.
  const id = options.id ?? `${Date.now().toString(36)}-${pid}`;
  return { version, user, host, uid, pid, id, tty, sudoUser, sshConnection };
}

/** `/dev/pts/1`; nothing when standard input is no terminal, or the system does not tell (Linux does). */
function terminalName(): string | undefined {
  try {
    const name = readlinkSync('/proc/self/fd/0');
    return /^\/dev\/(tty|pts|hvc|console)/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Problems as one text, each said once; nothing when there is none. */
function sentences(...problems: RecordProblem[]): RecordProblem {
  const said = [...new Set(problems.filter(problem => problem !== undefined))];
  return said.length > 0 ? said.join('; ') : undefined;
}

/** A disk that is nearly full is said before the command runs, while something can still be done about it. */
function noRoom(places: RecordPlaces): RecordProblem {
  for (const file of new Set([places.transactions, places.log, places.script])) {
    try {
      const directory = dirname(file);
      if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) continue;
      const { bavail, bsize } = statfsSync(directory);
      const room = bavail * bsize;
      if (room < LEAST_ROOM)
        return `only ${Math.floor(room / 1024)} kB are left in ${directory}: the end of the command might not be recorded`;
    } catch {
      // A place that is not there has been complained about by the writing.
    }
  }
  return undefined;
}
