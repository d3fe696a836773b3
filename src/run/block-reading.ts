/** One block of output and what it takes to read its lines, from memory or from the file. */
import type { Spill } from './spill.ts';

/** Bytes of a block. Large enough that a block a frame is little work, small enough to be read back unnoticed (0.1 ms). */
export const BLOCK = 128 * 1024;
/** Most runs of a block: two programs that write in turn, line by line, must not make the list larger than the text. */
export const MOST_RUNS = 4096;

export interface Block {
  firstLine: number;
  lines: number;
  bytes: number;
  runCount: number;
  /** Present while in memory. */
  kept?: Contents;
  /** Where in the spill file (the bytes, then the runs); absent and without `kept`: lost. */
  offset?: number;
}

export interface Contents {
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
  /** Where a line begins; for the line behind the last one, the end. */
  offset(line: number): number;
  flags(line: number): number;
}

/** The first `count` runs as bytes, for the file. */
export function bytesOf(runs: Uint32Array, count: number): Uint8Array {
  return new Uint8Array(runs.buffer, runs.byteOffset, count * 8);
}

export interface Reading {
  /** Begins with a block, from memory or from the file; false when it was lost. */
  start(block: Block, spill: Spill): boolean;
  /** The block as it is now: the newest is looked at once a frame while it grows. */
  opened(): Opened;
}

/**
 * What it takes to read a block: a buffer (when it comes from the file) and its line starts. Used again for other blocks, so that going
 * through an output of gigabytes leaves no garbage behind.
 */
export function createReading(): Reading {
  let buffer: Buffer | undefined;
  let runBuffer: Uint32Array | undefined;
  let starts = new Uint32Array(1024);
  let block: Block;
  let contents: Contents;
  let found = 1;
  let scanned = 0;

  function scan(): void {
    const { data } = contents;
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
    const { runs } = contents;
    let low = 0;
    let high = block.runCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (runs[middle * 2]! <= line) low = middle;
      else high = middle - 1;
    }
    return runs[low * 2 + 1]!;
  }

  return {
    start(next, spill) {
      block = next;
      found = 1;
      scanned = 0;
      if (next.kept) {
        contents = next.kept;
        return true;
      }
      if (next.offset === undefined) return false;
      buffer ??= Buffer.allocUnsafeSlow(BLOCK);
      runBuffer ??= new Uint32Array(MOST_RUNS * 2);
      contents = { data: buffer, runs: runBuffer };
      const runs = bytesOf(runBuffer, next.runCount);
      return spill.read(buffer.subarray(0, next.bytes), next.offset) && spill.read(runs, next.offset + next.bytes);
    },
    opened() {
      const { data } = contents;
      const offset = (number: number) => {
        if (scanned < block.bytes) scan();
        return starts[number]!;
      };
      const line = (number: number) => data.subarray(offset(number), offset(number + 1) - 1);
      return { firstLine: block.firstLine, lines: block.lines, data, bytes: block.bytes, line, offset, flags };
    },
  };
}
