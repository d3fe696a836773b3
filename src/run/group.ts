/** A process group of its own: started, signalled as a whole, and over when it is over, whoever still holds its pipes. */
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Options } from 'execa';
import { childCwd } from './directory.ts';
import { isClosing, nowLives } from './living.ts';
import { makePipes, type Reader, readerOf } from './pipes.ts';
import { createStop, groupAlive, signalGroup } from './stop.ts';
import { systemReason } from './system-reason.ts';

export interface GroupRequest {
  /** Runs as `/bin/sh -c text`. */
  text: string;
  env: NodeJS.ProcessEnv;
  /** Standard input; absent: /dev/null. */
  input?: string;
  /** Output as it comes; the bytes are only valid during the call. May be called after `ended` by a process left behind. */
  onChunk(stream: 'out' | 'err', bytes: Buffer): void;
  /** Another shell, for tests. */
  shell?: string;
  /** Milliseconds from INT to TERM and from TERM to KILL. */
  patience?: number;
}

export interface GroupEnd {
  /** Exit status of the shell, or the signal that ended it. Neither: it was not started, or it does not end. */
  status?: number;
  signal?: string;
  /** It could not be started: why. */
  problem?: string;
  /** It was told to end and did not: why, as far as we know. */
  stuck?: string;
  /** A process it left behind still holds the output. */
  heldOpen?: boolean;
}

export interface Group {
  /** Sends a signal to the whole group; false when it is gone. */
  signal(name: NodeJS.Signals): boolean;
  /** INT, then TERM, then KILL, until the group is gone. A second call does nothing. */
  stop(): void;
  /** Closes our end of the output: the group is told by SIGPIPE when it writes on. */
  closeOutput(): void;
  /** Never rejects. */
  readonly ended: Promise<GroupEnd>;
}

/** A background process that keeps on writing is waited for this long after the shell's end (ms), a silent one less. */
const LONGEST_WAIT = 2000;
const QUIET_WAIT = 300;
const LOOK_EVERY = 25;

/** Starts a text. Never throws and never rejects: what goes wrong is in `ended`. */
export async function startGroup(request: GroupRequest): Promise<Group> {
  const { execa } = await import('execa');
  if (isClosing()) return notStarted(new Error('hasmit is ending'), request);
  let lastChunk = 0;
  const take = (stream: 'out' | 'err', bytes: Buffer) => {
    lastChunk = performance.now();
    request.onChunk(stream, bytes);
  };
  // Without a place for real pipes (a full /tmp) Node's own serve nearly as well.
  const pipes = await makePipes(request.input).catch(() => undefined);
  try {
    const options: Options = {
      cwd: childCwd(),
      env: request.env,
      extendEnv: false,
      // A session of its own: signals reach every member, and /dev/tty is refused, so that sudo and ssh fail instead of fighting for the screen.
      killDescendants: true,
      forceKillAfterDelay: false,
      buffer: false,
      encoding: 'buffer',
      reject: false,
      stdin: pipes ? descriptor(pipes.stdin) : request.input === undefined ? 'ignore' : 'pipe',
      stdout: pipes ? descriptor(pipes.stdout) : 'pipe',
      stderr: pipes ? descriptor(pipes.stderr) : 'pipe',
    };
    const child = execa(request.shell ?? '/bin/sh', ['-c', request.text], options);
    pipes?.handedOver();
    const { nodeChildProcess } = child;
    if (nodeChildProcess.pid === undefined) return notStarted((await child).cause, request);
    const exited = new Promise<void>(resolve => nodeChildProcess.once('exit', () => resolve()));
    const readers = pipes ? await pipes.read(take) : readSockets(nodeChildProcess, request.input, take);
    return watch(nodeChildProcess, exited, readers, () => lastChunk, request.patience ?? 3000);
  } catch (error) {
    pipes?.handedOver();
    return notStarted(error, request);
  }
}

/** execa takes any open descriptor; its types know only those up to 9. */
function descriptor(end: number | 'ignore'): 'ignore' | 3 {
  return end as 'ignore' | 3;
}

function notStarted(error: unknown, request: GroupRequest): Group {
  const ended = Promise.resolve({ problem: `the command could not be started: ${spawnReason(error, request)}` });
  return { signal: () => false, stop: () => {}, closeOutput: () => {}, ended };
}

function spawnReason(error: unknown, request: GroupRequest): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const size = Buffer.byteLength(request.text);
  if (code === 'E2BIG') return `its text of ${size} bytes and the environment are longer than the system takes`;
  if (code === 'ENOENT') return `${request.shell ?? '/bin/sh'} does not exist`;
  if (code === 'EAGAIN') return 'the system or the user has too many processes';
  if (request.text.includes('\0')) return 'its text holds a NUL character';
  return systemReason(error);
}

function readSockets(
  child: ChildProcess,
  input: string | undefined,
  take: (stream: 'out' | 'err', bytes: Buffer) => void,
): { out: Reader; err: Reader } {
  if (input !== undefined) {
    // A command that does not read its input is no error.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  }
  child.stdout!.on('data', bytes => take('out', bytes));
  child.stderr!.on('data', bytes => take('err', bytes));
  return { out: readerOf(child.stdout as Socket), err: readerOf(child.stderr as Socket) };
}

/**
 * Waits for the end. That is when the shell has ended and its output is closed; or, when a process in the background holds the
 * output (a daemon it started), when the shell has ended and nothing comes for a moment; or, once the group was told to stop, when
 * nobody of it is left.
 */
function watch(
  child: ChildProcess,
  exited: Promise<void>,
  readers: { out: Reader; err: Reader },
  lastChunk: () => number,
  patience: number,
): Group {
  const pid = child.pid!;
  const stop = createStop(pid, patience);
  let over = false;
  const ended = new Promise<GroupEnd>(resolve => {
    let exitedAt: number | undefined;
    const finish = (end: GroupEnd) => {
      if (over) return;
      over = true;
      clearInterval(timer);
      stop.over();
      readers.out.letGo();
      readers.err.letGo();
      resolve(end);
    };
    const look = () => {
      if (stop.stuck !== undefined) return finish({ ...statusOf(child), stuck: stop.stuck });
      if (exitedAt === undefined) return;
      const closed = readers.out.closed && readers.err.closed;
      const now = performance.now();
      const quiet = now - Math.max(exitedAt, lastChunk()) > QUIET_WAIT;
      if (stop.begun ? !groupAlive(pid) && (closed || quiet) : closed) finish(statusOf(child));
      else if (!stop.begun && (quiet || now - exitedAt > LONGEST_WAIT)) finish({ ...statusOf(child), heldOpen: true });
    };
    // The timer only matters when something is wrong; the usual end comes by the events.
    const timer = setInterval(look, LOOK_EVERY);
    readers.out.onClose(look);
    readers.err.onClose(look);
    void exited.then(() => {
      exitedAt = performance.now();
      look();
    });
  });
  const group: Group = {
    signal: name => !over && signalGroup(pid, name) === 'sent',
    stop() {
      if (!over) stop.begin();
    },
    closeOutput() {
      readers.out.destroy();
      readers.err.destroy();
    },
    ended,
  };
  nowLives(group);
  return group;
}

function statusOf(child: ChildProcess): GroupEnd {
  if (child.signalCode !== null) return { signal: child.signalCode };
  return child.exitCode === null ? {} : { status: child.exitCode };
}
