/** List, discover, classify and check commands: short, read-only, their whole output is wanted. */
import { cleanLine, cleanText } from './clean.ts';
import { listEnvironment } from './environment.ts';
import { type GroupEnd, startGroup } from './group.ts';
import type { Listed } from './types.ts';

export interface ListRequest {
  /** Runs as `/bin/sh -c text`, standard input empty. */
  text: string;
  /** Directories before PATH. */
  path?: string[];
  /** The user's environment. */
  env: NodeJS.ProcessEnv;
  /** Seconds; 30 unless said. */
  timeout?: number;
  /** F3: the whole group is ended and the answer is `cancelled` at once. */
  signal?: AbortSignal;
  /** Statuses that mean an empty list (grep's 1). */
  emptyStatus?: number[];
  /** What a status of the product's own means, by the status. */
  statusHelp?: Record<string, string>;
  /** The text to the letter, control characters and all: it is compared, not shown. */
  raw?: boolean;
}

/** Most bytes a list may have. */
const MOST = 16 * 1024 * 1024;
const MOST_ERRORS = 8 * 1024;
const DEFAULT_TIMEOUT = 30;
/** A list is read-only: it may be ended faster than a command that changes something (ms from INT to TERM to KILL). */
const PATIENCE = 500;

/**
 * Runs a list command. Never throws. The text has its control sequences removed and its tabs kept, unless it is wanted raw. The answer comes as soon as it is
 * known; a group that was told to end ends in the background.
 */
export async function runList(request: ListRequest): Promise<Listed> {
  const { signal } = request;
  if (signal?.aborted) return { state: 'cancelled' };
  const collected = { out: createCollector(MOST), err: createCollector(MOST_ERRORS) };
  const { promise: early, resolve: answerEarly } = Promise.withResolvers<Listed>();
  const stderr = () => errorText(collected.err.text());
  const group = await startGroup({
    text: request.text,
    env: listEnvironment(request.env, request.path),
    patience: PATIENCE,
    onChunk(stream, bytes) {
      if (collected[stream].add(bytes) || stream === 'err') return;
      answerEarly({ state: 'failed', reason: 'it gave more than 16 MB, which is no list', stderr: stderr() });
    },
  });
  const cancel = () => answerEarly({ state: 'cancelled' });
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel);
  const limit = request.timeout ?? DEFAULT_TIMEOUT;
  const timer = setTimeout(() => {
    answerEarly({ state: 'failed', reason: `no answer after ${limit} s`, stderr: stderr() });
  }, limit * 1000);
  const ended = group.ended.then(end => describeList(end, collected.out.text(), stderr(), request));
  const listed = await Promise.race([ended, early]);
  clearTimeout(timer);
  signal?.removeEventListener('abort', cancel);
  group.stop();
  return listed;
}

function describeList(end: GroupEnd, text: string, stderr: string, request: ListRequest): Listed {
  const fine = end.status !== undefined && (end.status === 0 || (request.emptyStatus ?? []).includes(end.status));
  if (fine && end.stuck === undefined)
    return { state: 'ok', text: request.raw ? text : cleanText(text, { keepTabs: true }) };
  const own = end.status === undefined ? undefined : request.statusHelp?.[end.status];
  if (own !== undefined) return { state: 'failed', reason: `status ${end.status}: ${own}`, stderr };
  const how = end.problem ?? end.stuck ?? (end.signal ? `ended by signal ${end.signal}` : `status ${end.status}`);
  const first = stderr.split('\n').find(line => line.trim() !== '');
  return { state: 'failed', reason: first ? `${how}: ${first.trim()}` : how, stderr };
}

/** The first lines of standard error, for the box that says why there is no list. */
function errorText(raw: string): string {
  return raw
    .split('\n')
    .map(line => cleanLine(line).slice(0, 500))
    .slice(0, 20)
    .join('\n')
    .trimEnd();
}

/** Collects bytes up to a limit; `add` is false once something did not fit. */
function createCollector(limit: number): { add(bytes: Buffer): boolean; text(): string } {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    add(bytes) {
      const room = limit - size;
      // The bytes are only lent to us.
      if (room > 0) pieces.push(Buffer.from(bytes.subarray(0, room)));
      size += Math.min(room, bytes.length);
      return bytes.length <= room;
    },
    text: () => Buffer.concat(pieces).toString('utf8'),
  };
}
