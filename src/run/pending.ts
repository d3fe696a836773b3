/** The last line of a stream as long as its end has not come. */
import { cleanLine } from './clean.ts';

/** Bytes of the longest line; what is longer is cut into pieces. */
export const LONGEST_LINE = 64 * 1024;

export interface Pending {
  readonly length: number;
  /** Copies as much of the chunk as there is room for; gives how much that was. */
  take(chunk: Uint8Array): number;
  /** The bytes so far; valid until the next change. */
  bytes(): Buffer;
  clear(): void;
  /**
   * Makes room in a full line. What nobody would see (older versions of a progress line, control sequences) goes; when what is left
   * is still more than half, it is given back as a finished piece and only an unfinished sequence or character stays.
   */
  squeeze(): Buffer | undefined;
}

/** An empty line. Its 64 kB are allocated when the first byte comes. */
export function createPending(): Pending {
  let buffer: Buffer | undefined;
  let length = 0;

  function keep(content: Buffer): void {
    length = 0;
    if (content.length > 0) length = content.copy(buffer!);
  }

  return {
    get length() {
      return length;
    },
    take(chunk) {
      buffer ??= Buffer.allocUnsafeSlow(LONGEST_LINE);
      const taken = Math.min(chunk.length, LONGEST_LINE - length);
      buffer.set(taken === chunk.length ? chunk : chunk.subarray(0, taken), length);
      length += taken;
      return taken;
    },
    bytes: () => (buffer ? buffer.subarray(0, length) : EMPTY),
    clear() {
      length = 0;
    },
    squeeze() {
      const all = buffer!.subarray(0, length);
      const { head, tail } = splitUnfinished(all);
      const movable = /[\r\b]+$/.exec(head.toString('latin1', Math.max(0, head.length - 256)))?.[0] ?? '';
      const short = Buffer.from(cleanLine(head.toString('utf8')) + movable, 'utf8');
      if (short.length + tail.length <= LONGEST_LINE / 2) {
        keep(Buffer.concat([short, tail]));
        return undefined;
      }
      const piece = Buffer.from(head);
      keep(tail);
      return piece;
    },
  };
}

const EMPTY = Buffer.alloc(0);

/**
 * Parts the bytes before a control sequence or a UTF-8 character whose end has not come. Of a sequence only the beginning is kept in
 * `tail` (its parameters, or the text of a window title or picture, are never shown): so it cannot grow without end.
 */
function splitUnfinished(bytes: Buffer): { head: Buffer; tail: Buffer } {
  const text = bytes.toString('latin1');
  const open = /\x1b(?:[P\]X^_][^\x07\x18\x1a\x1b]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)$/.exec(text);
  if (open) {
    const isString = /^\x1b[P\]X^_]/.test(open[0]);
    const kept = open[0].slice(0, 2) + (isString && open[0].length > 2 && open[0].endsWith('\x1b') ? '\x1b' : '');
    return { head: bytes.subarray(0, open.index), tail: Buffer.from(kept, 'latin1') };
  }
  const cut = bytes.length - unfinishedCharacter(bytes);
  return { head: bytes.subarray(0, cut), tail: Buffer.from(bytes.subarray(cut)) };
}

/** Bytes at the end that are the beginning of a UTF-8 character: 0 to 3. */
function unfinishedCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
