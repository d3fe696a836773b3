/** A bounded number of bounded files: `hasmit.log` becomes `hasmit.log.1`, that becomes `.2`, the oldest goes. */
import { renameSync, statSync } from 'node:fs';

export interface SizeLimit {
  /** Bytes above which a file is put aside. */
  bytes: number;
  /** Old files that are kept, at least 1. */
  files: number;
}

/**
 * Puts a file aside when it is above the limit. Sessions that write meanwhile lose nothing: a record goes to whichever file the name
 * meant when it was opened. Only one session does it at a time (proper-lockfile); the others leave it to that one.
 * Throws the system's error.
 */
export async function rotate(file: string, limit: SizeLimit): Promise<void> {
  const { lock } = (await import('proper-lockfile')).default;
  let release: () => Promise<void>;
  try {
    release = await lock(file, { realpath: false, stale: 10_000, retries: 0, onCompromised: () => {} });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return;
    throw error;
  }
  try {
    // Another session may have done it while we waited for the lock.
    if (sizeOf(file) <= limit.bytes) return;
    for (let number = limit.files - 1; number >= 1; number--)
      renameIfThere(`${file}.${number}`, `${file}.${number + 1}`);
    renameIfThere(file, `${file}.1`);
  } finally {
    await release();
  }
}

/** The file and its old ones that exist, oldest first. */
export function generations(file: string, files: number): string[] {
  const old = Array.from({ length: files }, (_, index) => `${file}.${files - index}`);
  return [...old, file].filter(name => sizeOf(name) >= 0);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
