/**
 * Lines of both streams in order of arrival, as bytes: constant memory however much arrives.
 *
 * A block is a stretch of whole lines (each one ends in `\n`) and a list of runs that say which stream they came from. The newest
 * blocks are in memory, older ones in a temporary file; a few that were read back lately are kept. Where a line begins is found when
 * it is asked for: a table of ten million line starts would be larger than most outputs.
 */
import {
  BLOCK,
  type Block,
  bytesOf,
  type Contents,
  createReading,
  MOST_RUNS,
  type Opened,
  type Reading,
} from './block-reading.ts';
import { createSpill, type SpillOptions } from './spill.ts';

/** Flags of a run. */
export const ERR = 1;
/** The line was cut here because it is too long; it goes on in the next one of its stream. */
export const CUT = 2;

const CACHED = 4;

export interface Blocks {
  readonly lineCount: number;
  /** A sentence when something had to be given up. */
  readonly problem: string | undefined;
  /** Adds whole lines, `second` directly after `first`; `lines` is how many line ends are in them. Together at most a block. */
  add(flags: number, lines: number, first: Uint8Array, second?: Uint8Array): void;
  /** Number of the block that holds a line. */
  blockOf(line: number): number;
  readonly blockCount: number;
  /** First line and number of lines of a block, without reading it. */
  extent(block: number): { firstLine: number; lines: number };
  /** The block, or nothing when it was lost. What is given is valid until the next call or until lines are added. */
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
  const cache = new Map<number, Reading>();
  const spare: Reading[] = [];
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
    forget(oldestInMemory);
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

  function forget(number: number): void {
    const reading = cache.get(number);
    if (!reading) return;
    cache.delete(number);
    spare.push(reading);
  }

  function open(number: number): Opened | undefined {
    const block = blocks[number];
    if (!block) return undefined;
    let reading = cache.get(number);
    if (reading) cache.delete(number);
    else {
      if (cache.size >= CACHED) forget(cache.keys().next().value!);
      reading = spare.pop() ?? createReading();
      if (!reading.start(block, spill)) {
        spare.push(reading);
        return undefined;
      }
    }
    cache.set(number, reading);
    return reading.opened();
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
      spare.length = 0;
      oldestInMemory = 0;
      lineCount = 0;
    },
  };
}
