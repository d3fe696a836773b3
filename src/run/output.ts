/** The output of a command while it grows: two streams of bytes in, lines of harmless text out (design.md 6). */
import { tmpdir } from 'node:os';
import type { Opened } from './block-reading.ts';
import { type Blocks, CUT, createBlocks, ERR } from './blocks.ts';
import { cleanLine } from './clean.ts';
import { createPending, LONGEST_LINE } from './pending.ts';
import { searchBlocks } from './search.ts';
import type { Output, OutputLine } from './types.ts';

export type Stream = OutputLine['stream'];

/** What stands behind a piece of a line that was too long. */
export const GOES_ON = ' [line goes on]';

export interface OutputOptions {
  /** Bytes kept in memory; older ones go to a temporary file. */
  memory?: number;
  /** Where the temporary file may be made, in this order. */
  directories?: string[];
  /** Most bytes of the temporary file. */
  disk?: number;
  /** Texts that are never shown: secrets that a command echoes. */
  mask?: string[];
  /** Told of every finished piece of output, whole lines, before `append` returns. The bytes are only valid during the call. */
  onLines?: (bytes: Buffer, firstLine: number) => void;
}

export interface GrowingOutput extends Output {
  /** Bytes as they came from a stream; they are copied. */
  append(stream: Stream, chunk: Uint8Array): void;
  /** Nothing more will come: a last line without a line end is a line. */
  finish(): void;
}

/** An empty output. Nothing is written to disk before `memory` (4 MB) is full. */
export function createOutput(options: OutputOptions = {}): GrowingOutput {
  const blocks = createBlocks({
    memory: options.memory ?? 4 * 1024 * 1024,
    directories: options.directories ?? [tmpdir()],
    limit: options.disk ?? 4 * 1024 ** 3,
  });
  const mask = maskOf(options.mask ?? []);
  const pending = { out: createPending(), err: createPending() };
  /** Streams with an unfinished line, the one that began first in front. */
  let unfinished: Stream[] = [];
  const bytes = { out: 0, err: 0 };
  const lines = { out: 0, err: 0 };
  let closed = false;

  function commit(stream: Stream, count: number, first: Buffer, second?: Buffer, cut = false): void {
    const flags = (stream === 'err' ? ERR : 0) | (cut ? CUT : 0);
    if (options.onLines) options.onLines(second ? Buffer.concat([first, second]) : first, blocks.lineCount);
    blocks.add(flags, count, first, second);
    lines[stream] += count;
  }

  function commitPending(stream: Stream, rest: Buffer): void {
    const waiting = pending[stream];
    commit(stream, 1, waiting.bytes(), rest);
    waiting.clear();
    unfinished = unfinished.filter(other => other !== stream);
  }

  /** The unfinished line takes more; when it is full it is squeezed (progress lines shrink to their last version) or cut. */
  function hold(stream: Stream, chunk: Buffer): Buffer {
    const waiting = pending[stream];
    if (waiting.length === 0) unfinished.push(stream);
    const rest = chunk.subarray(waiting.take(chunk));
    if (waiting.length === LONGEST_LINE) {
      const piece = waiting.squeeze();
      if (piece) commit(stream, 1, piece, NEWLINE, true);
      if (waiting.length === 0) unfinished = unfinished.filter(other => other !== stream);
    }
    return rest;
  }

  function text(raw: Buffer): string {
    const clean = cleanLine(raw.toString('utf8'));
    return mask ? mask(clean) : clean;
  }

  function append(stream: Stream, data: Uint8Array): void {
    if (closed || data.length === 0) return;
    bytes[stream] += data.length;
    let chunk = Buffer.from(data.buffer, data.byteOffset, data.length);
    while (chunk.length > 0) {
      const waiting = pending[stream].length;
      const end = waiting > 0 ? chunk.indexOf(10) : chunk.subarray(0, LONGEST_LINE).lastIndexOf(10);
      if (end < 0) chunk = hold(stream, chunk);
      else if (waiting === 0) {
        const whole = chunk.subarray(0, end + 1);
        commit(stream, countLines(whole), whole);
        chunk = chunk.subarray(end + 1);
      } else if (waiting + end <= LONGEST_LINE) {
        commitPending(stream, chunk.subarray(0, end + 1));
        chunk = chunk.subarray(end + 1);
      } else {
        hold(stream, chunk.subarray(0, end));
        chunk = chunk.subarray(Math.min(end, LONGEST_LINE - waiting));
      }
    }
  }

  return {
    get lineCount() {
      return blocks.lineCount + unfinished.length;
    },
    get outBytes() {
      return bytes.out;
    },
    get errBytes() {
      return bytes.err;
    },
    get outLines() {
      return lines.out + (pending.out.length > 0 ? 1 : 0);
    },
    get errLines() {
      return lines.err + (pending.err.length > 0 ? 1 : 0);
    },
    get problem() {
      return blocks.problem;
    },
    append,
    finish() {
      for (const stream of unfinished) {
        // `\e[0m` after the last line end is no line.
        if (text(pending[stream].bytes()) !== '') commit(stream, 1, pending[stream].bytes(), NEWLINE);
        pending[stream].clear();
      }
      unfinished = [];
    },
    lines(from, to) {
      const result = storedLines(blocks, Math.max(0, from), to, text);
      for (const [index, stream] of unfinished.entries()) {
        const line = blocks.lineCount + index;
        if (line >= from && line < to) result.push({ text: text(pending[stream].bytes()), stream });
      }
      return result;
    },
    async find(wanted, from, direction, signal) {
      const tail = unfinished.map(stream => text(pending[stream].bytes()).toLowerCase());
      const stored = blocks.lineCount;
      const inTail = () => findInTail(tail, wanted.toLowerCase(), from - stored, direction);
      if (direction === -1 && from >= stored) {
        const hit = inTail();
        if (hit >= 0) return stored + hit;
      }
      const found = await searchBlocks({ blocks, text: wanted, from, direction, signal, mask });
      if (found >= 0 || direction === -1 || signal?.aborted) return found;
      const hit = inTail();
      return hit < 0 ? -1 : stored + hit;
    },
    close() {
      closed = true;
      unfinished = [];
      pending.out.clear();
      pending.err.clear();
      blocks.close();
    },
  };
}

const NEWLINE = Buffer.from('\n');

/** Line ends in a chunk; a plain loop is faster here than a search that starts anew for every line. */
function countLines(chunk: Buffer): number {
  let count = 0;
  for (let at = 0; at < chunk.length; at++) if (chunk[at] === 10) count += 1;
  return count;
}

function storedLines(blocks: Blocks, from: number, to: number, text: (raw: Buffer) => string): OutputLine[] {
  const result: OutputLine[] = [];
  const end = Math.min(to, blocks.lineCount);
  if (from >= end) return result;
  for (let number = blocks.blockOf(from), line = from; line < end; number++) {
    const { firstLine, lines } = blocks.extent(number);
    const opened = blocks.open(number);
    for (; line < Math.min(end, firstLine + lines); line++) {
      result.push(
        opened ? storedLine(opened, line - firstLine, text) : { text: '[this line was lost]', stream: 'err' },
      );
    }
  }
  return result;
}

function storedLine(opened: Opened, line: number, text: (raw: Buffer) => string): OutputLine {
  const flags = opened.flags(line);
  const shown = text(opened.line(line));
  return { text: flags & CUT ? shown + GOES_ON : shown, stream: flags & ERR ? 'err' : 'out' };
}

function findInTail(tail: string[], wanted: string, from: number, direction: 1 | -1): number {
  if (wanted === '') return -1;
  let index = direction === 1 ? Math.max(0, from) : Math.min(from, tail.length - 1);
  for (; index >= 0 && index < tail.length; index += direction) if (tail[index]!.includes(wanted)) return index;
  return -1;
}

/** Replaces secrets; nothing when there is none to replace. Very short ones would blot out half the output and are left. */
function maskOf(secrets: string[]): ((text: string) => string) | undefined {
  const hidden = secrets.filter(secret => secret.length >= 3).sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return undefined;
  return text => hidden.reduce((rest, secret) => rest.replaceAll(secret, '********'), text);
}
