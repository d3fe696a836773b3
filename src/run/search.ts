/** Finding text in an output, a slice at a time, so that keys and output go on while a large one is searched. */
import { BLOCK, type Opened } from './block-reading.ts';
import type { Blocks } from './blocks.ts';
import { cleanLine } from './clean.ts';

/** Longest stretch of searching, in milliseconds, before the event loop has its turn. */
const SLICE = 6;

export interface SearchRequest {
  blocks: Blocks;
  /** What is looked for; letter case does not matter. */
  text: string;
  /** Line to begin with. */
  from: number;
  direction: 1 | -1;
  signal?: AbortSignal;
  /** Changes each line before it is looked at (secrets); absent: the lines are what they are. */
  mask?: (text: string) => string;
}

/** Number of the first line in that direction that holds the text, or -1: none, aborted, or the output was closed meanwhile. */
export async function searchBlocks(request: SearchRequest): Promise<number> {
  const { blocks, from, direction, signal } = request;
  const needle = request.text.toLowerCase();
  const last = blocks.lineCount - 1;
  if (needle === '' || last < 0 || (direction === 1 ? from > last : from < 0)) return -1;
  let turn = performance.now();
  let line = Math.max(0, Math.min(from, last));
  for (let block = blocks.blockOf(line); block >= 0 && block < blocks.blockCount; block += direction) {
    if (performance.now() - turn > SLICE) {
      await new Promise(resolve => setImmediate(resolve));
      turn = performance.now();
    }
    if (signal?.aborted || block >= blocks.blockCount) return -1;
    const { firstLine, lines } = blocks.extent(block);
    line = direction === 1 ? Math.max(line, firstLine) : Math.min(line, firstLine + lines - 1);
    const opened = blocks.open(block);
    const hit = opened ? searchBlock(opened, needle, line - firstLine, direction, request.mask) : -1;
    if (hit >= 0) return firstLine + hit;
  }
  return -1;
}

/** First line of a block (counted in it) at or after (before) `from` that holds the needle, or -1. */
function searchBlock(
  opened: Opened,
  needle: string,
  from: number,
  direction: 1 | -1,
  mask: ((text: string) => string) | undefined,
): number {
  if (!mask && /^[\x20-\x7e]+$/.test(needle)) {
    const folded = foldBlock(opened, needle.includes(' '));
    if (folded) return searchBytes(folded, opened, needle, from, direction);
  }
  for (let line = from; line >= 0 && line < opened.lines; line += direction) {
    const text = cleanLine(opened.line(line).toString('utf8'));
    if ((mask ? mask(text) : text).toLowerCase().includes(needle)) return line;
  }
  return -1;
}

/** One buffer for all searches: going through gigabytes leaves no garbage behind. */
let foldBuffer: Buffer | undefined;
let foldTable: Uint8Array | undefined;

/**
 * The block's bytes with small letters, where its bytes are what is shown; nothing when controls would change that (tabs only matter to
 * a needle with blanks). 0xC2 and 0xE2 begin, among others, the C1 controls and the marks that `cleanLine` shows by name.
 */
function foldBlock(opened: Opened, blanks: boolean): Buffer | undefined {
  foldTable ??= Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte === 10 || byte === 9) return byte;
    if (byte < 32 || byte === 0x7f || byte === 0xc2 || byte === 0xe2) return 0;
    return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
  });
  foldBuffer ??= Buffer.allocUnsafeSlow(BLOCK);
  foldTable[9] = blanks ? 0 : 9;
  const { data, bytes } = opened;
  for (let at = 0; at < bytes; at++) {
    const byte = foldTable[data[at]!]!;
    if (byte === 0) return undefined;
    foldBuffer[at] = byte;
  }
  return foldBuffer.subarray(0, bytes);
}

function searchBytes(folded: Buffer, opened: Opened, needle: string, from: number, direction: 1 | -1): number {
  // The search of the whole block comes first: most blocks hold nothing, and need no line starts then.
  if (folded.indexOf(needle) < 0) return -1;
  const last = opened.offset(from + 1) - 1 - needle.length;
  const hit =
    direction === 1 ? folded.indexOf(needle, opened.offset(from)) : last < 0 ? -1 : folded.lastIndexOf(needle, last);
  return hit < 0 ? -1 : lineAt(opened, hit);
}

/** The line that holds an offset. */
function lineAt(opened: Opened, offset: number): number {
  let low = 0;
  let high = opened.lines - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (opened.offset(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
