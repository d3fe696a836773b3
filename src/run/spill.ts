/** The file that holds what does not fit in memory: nameless, readable by nobody else, gone with the process. */
import { closeSync, constants, ftruncateSync, openSync, readSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemReason } from './system-reason.ts';

export interface Spill {
  /** Writes the pieces at the end; gives the offset of the first, or nothing when they do not fit (`problem` says why). */
  write(...pieces: Uint8Array[]): number | undefined;
  /** Fills `into` from `offset`; false when that fails. */
  read(into: Uint8Array, offset: number): boolean;
  readonly problem: string | undefined;
  close(): void;
}

export interface SpillOptions {
  /** Tried in this order; the first in which a file can be made is taken. */
  directories: string[];
  /** Most bytes to keep. Never more than half of what was free at the beginning: a chatty command must not fill a machine's disk. */
  limit: number;
}

/** A new spill file. Nothing is opened before the first write; nothing throws. */
export function createSpill({ directories, limit }: SpillOptions): Spill {
  let fd: number | undefined;
  let end = 0;
  let room = limit;
  let problem: string | undefined;
  let tried = false;

  function open(): void {
    tried = true;
    for (const directory of directories) {
      const path = join(directory, `hasmit-${process.pid}-${process.hrtime.bigint().toString(36)}`);
      try {
        // O_EXCL and 0600 before anything is in it; unlinked at once, so that a kill -9 leaves nothing behind.
        fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
        unlinkSync(path);
        const { bavail, bsize } = statfsSync(directory);
        room = Math.min(limit, (bavail * bsize) / 2);
        problem = undefined;
        return;
      } catch (error) {
        problem ??= `cannot write a temporary file in ${directory}: ${systemReason(error)}`;
      }
    }
  }

  return {
    get problem() {
      return problem;
    },
    write(...pieces) {
      if (!tried) open();
      if (fd === undefined) return undefined;
      const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (end + size > room) {
        problem = `the temporary file would grow above ${Math.floor(room / 1e6)} MB`;
        return undefined;
      }
      try {
        let at = end;
        for (const piece of pieces) at = writeAll(fd, piece, at);
      } catch (error) {
        problem = `cannot write the temporary file: ${systemReason(error)}`;
        giveBack(fd, end);
        return undefined;
      }
      const offset = end;
      end += size;
      return offset;
    },
    read(into, offset) {
      if (fd === undefined) return false;
      try {
        let done = 0;
        while (done < into.length) {
          const got = readSync(fd, into, done, into.length - done, offset + done);
          if (got === 0) return false;
          done += got;
        }
        return true;
      } catch {
        return false;
      }
    },
    close() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
      tried = true;
    },
  };
}

function writeAll(fd: number, bytes: Uint8Array, offset: number): number {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, offset + done);
  return offset + done;
}

/** A half-written block only takes room on a disk that has none. */
function giveBack(fd: number, end: number): void {
  try {
    ftruncateSync(fd, end);
  } catch {
    // The disk has the last word; what was written before stays readable either way.
  }
}
