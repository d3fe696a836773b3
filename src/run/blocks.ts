/**
 * Lines of both streams in order of arrival, as bytes: constant memory however much arrives.
 *
 * A block is a stretch of whole lines (each one ends in `\n`) and a list of runs that say which stream they came from. The newest
 * blocks are in memory, older ones in a temporary file; a few that were read back lately are kept. Where a line begins is found when
 * it is asked for: a table of ten million line starts would be larger than most outputs.
 */
import { createSpill, type SpillOptions } from './spill.ts';

/** Flags of a run. */
export const ERR = 1;
/** The line was cut here because it is too long; it goes on in the next one of its stream. */
export const CUT = 2;

/** Bytes of a block. Large enough that a block a frame is little work, small enough to be read back unnoticed (0.1 ms). */
const BLOCK = 256 * 1024;
/** Most runs of a block: two programs that write in turn, line by line, must not make the list larger than the text. */
const MOST_RUNS = 4096;
const CACHED = 4;

interface Block {
  firstLine: number;
  lines: number;
  bytes: number;
  runCount: number;
  /** Present while in memory. */
  kept?: Contents;
  /** Where in the spill file (the bytes, then the runs); absent and without `kept`: lost. */
  offset?: number;
}

interface Contents {
  data: Buffer;
  /** Pairs: first line of the run (counted in the block), flags. */
  runs: Uint32Array;
}

/** A block ready to be read. */
export interface Opened {
  firstLine: number;
  lines: number;
  /** The lines' bytes; only valid until lines are added. */
  data: Buffer;
  bytes: number;
  /** Bytes of line `line` (counted in the block) without its line end. */
  line(line: number): Buffer;
  flags(line: number): number;
}

export interface Blocks {
  readonly lineCount: number;
  /** A sentence when something had to be given up. */
  readonly problem: string | undefined;
  /** Adds whole lines, `second` directly after `first`; `lines` is how many line ends are in them. Together at most 128 kB. */
  add(flags: number, lines: number, first: Uint8Array, second?: Uint8Array): void;
  /** Number of the block that holds a line. */
  blockOf(line: number): number;
  readonly blockCount: number;
  /** First line and number of lines of a block, without reading it. */
  extent(block: number): { firstLine: number; lines: number };
  /** The block, or nothing when it was lost. */
  open(block: number): Opened | undefined;
  close(): void;
}

export interface BlocksOptions extends SpillOptions {
  /** Bytes of memory for blocks. */
  memory: number;
}

/** An empty store. `memory` is rounded up to two blocks. */
export function createBlocks(options: BlocksOptions): Blocks {
  const spill = createSpill(options);
  const mostInMemory = Math.max(2, Math.floor(options.memory / BLOCK));
  const blocks: Block[] = [];
  const free: Contents[] = [];
  const cache = new Map<number, () => Opened>();
  let oldestInMemory = 0;
  let lineCount = 0;
  let lostLines = 0;

  function newBlock(): Block {
    while (blocks.length - oldestInMemory >= mostInMemory) evict();
    const kept = free.pop() ?? { data: Buffer.allocUnsafeSlow(BLOCK), runs: new Uint32Array(MOST_RUNS * 2) };
    const block: Block = { firstLine: lineCount, lines: 0, bytes: 0, runCount: 0, kept };
    blocks.push(block);
    return block;
  }

  function evict(): void {
    const block = blocks[oldestInMemory]!;
    const { data, runs } = block.kept!;
    block.offset = spill.write(data.subarray(0, block.bytes), bytesOf(runs, block.runCount));
    if (block.offset === undefined) lostLines += block.lines;
    free.push(block.kept!);
    delete block.kept;
    cache.delete(oldestInMemory);
    oldestInMemory += 1;
  }

  function addRun(block: Block, flags: number): void {
    const { runs } = block.kept!;
    const last = block.runCount - 1;
    if (last >= 0 && runs[last * 2 + 1] === flags) return;
    runs[block.runCount * 2] = block.lines;
    runs[block.runCount * 2 + 1] = flags;
    block.runCount += 1;
  }

  function readBack(block: Block): Contents | undefined {
    if (block.offset === undefined) return undefined;
    const data = Buffer.allocUnsafeSlow(block.bytes);
    const runs = new Uint32Array(block.runCount * 2);
    const whole =
      spill.read(data, block.offset) && spill.read(bytesOf(runs, block.runCount), block.offset + block.bytes);
    return whole ? { data, runs } : undefined;
  }

  function open(number: number): Opened | undefined {
    const block = blocks[number];
    if (!block) return undefined;
    let found = cache.get(number);
    if (found) cache.delete(number);
    else {
      const contents = block.kept ?? readBack(block);
      if (!contents) return undefined;
      if (cache.size >= CACHED) cache.delete(cache.keys().next().value!);
      found = openBlock(block, contents);
    }
    cache.set(number, found);
    return found();
  }

  return {
    get lineCount() {
      return lineCount;
    },
    get blockCount() {
      return blocks.length;
    },
    get problem() {
      if (lostLines === 0) return undefined;
      return `${lostLines.toLocaleString('en')} older lines of the output were lost: ${spill.problem}`;
    },
    add(flags, lines, first, second) {
      const bytes = first.length + (second?.length ?? 0);
      let block = blocks[blocks.length - 1];
      if (!block?.kept || block.bytes + bytes > BLOCK || block.runCount >= MOST_RUNS) block = newBlock();
      addRun(block, flags);
      block.kept!.data.set(first, block.bytes);
      if (second) block.kept!.data.set(second, block.bytes + first.length);
      block.bytes += bytes;
      block.lines += lines;
      lineCount += lines;
    },
    blockOf(line) {
      let low = 0;
      let high = blocks.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (blocks[middle]!.firstLine <= line) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    extent: number => ({ firstLine: blocks[number]!.firstLine, lines: blocks[number]!.lines }),
    open,
    close() {
      spill.close();
      blocks.length = 0;
      free.length = 0;
      cache.clear();
      oldestInMemory = 0;
      lineCount = 0;
    },
  };
}

function bytesOf(runs: Uint32Array, count: number): Uint8Array {
  return new Uint8Array(runs.buffer, runs.byteOffset, count * 8);
}

/**
 * Reads a block: gives a function that finds the line starts as far as the block has grown meanwhile (the newest block is looked at
 * once a frame while it grows).
 */
function openBlock(block: Block, { data, runs }: Contents): () => Opened {
  let starts = new Uint32Array(1024);
  let found = 1;
  let scanned = 0;

  function scan(): void {
    for (; scanned < block.bytes; scanned++) {
      if (data[scanned] !== 10) continue;
      if (found === starts.length) {
        const larger = new Uint32Array(starts.length * 2);
        larger.set(starts);
        starts = larger;
      }
      starts[found] = scanned + 1;
      found += 1;
    }
  }

  function flags(line: number): number {
    let low = 0;
    let high = block.runCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (runs[middle * 2]! <= line) low = middle;
      else high = middle - 1;
    }
    return runs[low * 2 + 1]!;
  }

  const line = (number: number) => data.subarray(starts[number]!, starts[number + 1]! - 1);
  return () => {
    scan();
    return { firstLine: block.firstLine, lines: block.lines, data, bytes: block.bytes, line, flags };
  };
}
