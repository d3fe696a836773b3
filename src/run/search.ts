/** Finding text in an output, a slice at a time, so that keys and output go on while a large one is searched. */
import type { Opened } from './block-reading.ts';
import type { Blocks } from './blocks.ts';
import { cleanLine } from './clean.ts';

/** Longest stretch of searching, in milliseconds, before the event loop has its turn. */
const SLICE = 6;

/** Where a block's bytes are what is shown (no controls), the whole block is searched at once. */
const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const CONTROLS_BUT_TABS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

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
  const text = opened.data.toString('utf8', 0, opened.bytes);
  const shownAsItIs = !mask && !(needle.includes(' ') ? CONTROLS : CONTROLS_BUT_TABS).test(text);
  return shownAsItIs
    ? searchText(text.toLowerCase(), needle, from, direction)
    : searchLines(opened, needle, from, direction, mask);
}

/** The same in text whose lines end in `\n`. */
function searchText(text: string, needle: string, from: number, direction: 1 | -1): number {
  if (direction === 1) {
    const hit = text.indexOf(needle, startOfLine(text, from));
    return hit < 0 ? -1 : lineAt(text, hit);
  }
  const end = startOfLine(text, from + 1);
  const hit = text.lastIndexOf(needle, end - 1 - needle.length);
  return hit < 0 || end - 1 - needle.length < 0 ? -1 : lineAt(text, hit);
}

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let number = 0; number < line; number++) at = text.indexOf('\n', at) + 1;
  return at;
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function searchLines(
  opened: Opened,
  needle: string,
  from: number,
  direction: 1 | -1,
  mask: ((text: string) => string) | undefined,
): number {
  for (let line = from; line >= 0 && line < opened.lines; line += direction) {
    const text = cleanLine(opened.line(line).toString('utf8'));
    if ((mask ? mask(text) : text).toLowerCase().includes(needle)) return line;
  }
  return -1;
}
