/**
 * One record, one write: several sessions append to one file and no record is torn or lost (the kernel places each O_APPEND write
 * behind the last one). The file is opened for each record, so that a file that was renamed, removed or rotated is never written to
 * by mistake for long.
 */
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { refusal } from './reason.ts';

export interface AppendOptions {
  /** Wait until it is on the disk. */
  sync?: boolean;
  /** What stands at the top of a new file. */
  head?: string;
  /** The user we are; root is careful with symbolic links. */
  uid?: number;
}

/** Appends a record; gives the size of the file afterwards. Throws the system's error, or one whose message is the reason. */
export function appendRecord(file: string, record: string, options: AppendOptions = {}): number {
  const fd = openForAppend(file, options.uid);
  try {
    const before = fstatSync(fd);
    const text = (before.size === 0 ? (options.head ?? '') : missingLineEnd(fd, before)) + record;
    const bytes = Buffer.from(text, 'utf8');
    writeWhole(fd, bytes, before);
    if (options.sync && before.isFile()) {
      fsyncSync(fd);
      if (before.size === 0) syncDirectory(dirname(file));
    }
    return before.isFile() ? before.size + bytes.length : 0;
  } finally {
    closeSync(fd);
  }
}

/** The name of a new file is on the disk only when its directory is. */
function syncDirectory(directory: string): void {
  const fd = openSync(directory, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Tries until the file stays the same between looking at it and opening it: another session may make it or put it aside meanwhile. */
function openForAppend(file: string, uid = process.getuid?.() ?? -1): number {
  for (let tries = 1; ; tries++) {
    try {
      return openOnce(file, uid);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOENT' && code !== 'EEXIST') || tries === 20) throw error;
    }
  }
}

/** Opens the file, making it (0600) and its directories (0700) where they are missing. Read as well, to see how it ends. */
function openOnce(file: string, uid: number): number {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_NONBLOCK;
  const known = statOf(file);
  if (known?.isFIFO()) throw refusal('it is a named pipe');
  if (known?.isSymbolicLink()) {
    if (uid === 0 && known.uid !== 0) {
      throw refusal(`it is a symbolic link that belongs to user ${known.uid}, which root does not follow`);
    }
    return openSync(file, flags | constants.O_CREAT, 0o600);
  }
  if (known) return openSync(file, flags | constants.O_NOFOLLOW);
  makeDirectory(dirname(file));
  const fd = openSync(file, flags | constants.O_CREAT | constants.O_EXCL, 0o600);
  // A umask that takes away even the owner's rights would lock the next session out.
  fchmodSync(fd, 0o600);
  return fd;
}

function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch {
    return undefined;
  }
}

/** A file whose last record was cut off (power, a full disk) goes on in a new line. */
function missingLineEnd(fd: number, stats: Stats): string {
  if (!stats.isFile()) return '';
  const last = Buffer.alloc(1);
  return readSync(fd, last, 0, 1, stats.size - 1) === 1 && last[0] !== 10 ? '\n' : '';
}

/** A record that fits only in part (a full disk) is taken back, as long as it is the last one: half a record is worse than none. */
function writeWhole(fd: number, bytes: Buffer, before: Stats): void {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done);
  } catch (error) {
    if (done > 0 && before.isFile() && fstatSync(fd).size === before.size + done) ftruncateSync(fd, before.size);
    throw error;
  }
}
