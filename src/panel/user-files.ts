/**
 * The panel files of the search path, found without reading them: part of every start, so it only lists and stats.
 *
 * Panel files are code. As root, a directory or file that others may write, or that does not belong to root, is refused with the reason.
 */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Complaint } from './types.ts';

/** One panel file, with what tells whether it has changed. */
export interface FoundFile {
  path: string;
  /** Product when the file names none: its folder. */
  product: string;
  mtimeMs: number;
  size: number;
  inode: number;
  /** Changes with everything that is done to the file, also when its time is set back (`cp -p`). */
  ctimeMs: number;
}

export interface FoundFiles {
  files: FoundFile[];
  complaints: Complaint[];
}

export interface FindOptions {
  /** User id of this process; 0 makes owner and mode matter. */
  uid: number;
  /** Product of files that stand in the directory itself; `local` unless said. */
  product?: string;
  /** Somebody named the directory, so it must exist. */
  required?: boolean;
}

/** Folders within folders that are looked into; a product is one folder, so this is plenty and ends symbolic links that go in circles. */
const deepest = 4;

/** Lists the panel files (`*.yaml`, `*.yml`) of a directory and its folders in the order of their names. Never throws. */
export function findPanelFiles(directory: string, options: FindOptions): FoundFiles {
  const found: FoundFiles = { files: [], complaints: [] };
  const stats = statOf(directory);
  if (!stats) {
    if (options.required) complain(found, directory, 'there is no such file or directory');
  } else if (stats.isDirectory()) addDirectory(found, directory, stats, options.product ?? 'local', 0, options.uid);
  else if (options.required) addFile(found, directory, stats, options.product ?? 'local', options.uid);
  return found;
}

function addDirectory(
  found: FoundFiles,
  directory: string,
  stats: Stats,
  product: string,
  depth: number,
  uid: number,
): void {
  const refused = refusal(directory, stats, uid);
  if (refused) {
    complain(found, directory, refused);
    return;
  }
  for (const name of namesIn(found, directory).sort()) {
    if (name.startsWith('.')) continue;
    const path = join(directory, name);
    const isPanelFile = /\.ya?ml$/.test(name);
    if (!isPanelFile && name.includes('.')) continue;
    const inside = statOf(path);
    if (inside?.isDirectory() && depth < deepest) addDirectory(found, path, inside, basename(path), depth + 1, uid);
    else if (inside && isPanelFile) addFile(found, path, inside, product, uid);
    else if (!inside && isPanelFile) complain(found, path, 'this is a symbolic link to nothing; remove it');
  }
}

function addFile(found: FoundFiles, path: string, stats: Stats, product: string, uid: number): void {
  const refused = stats.isFile() ? refusal(path, stats, uid) : 'this is no plain file; it is not read';
  if (refused) complain(found, path, refused);
  else
    found.files.push({
      path,
      product,
      mtimeMs: stats.mtimeMs,
      size: stats.size,
      inode: stats.ino,
      ctimeMs: stats.ctimeMs,
    });
}

/** Why root must not read a file or directory, or nothing. */
export function refusal(path: string, stats: Stats, uid: number): string | undefined {
  if (uid !== 0) return undefined;
  if (stats.uid !== 0) return `belongs to user ${stats.uid}, so as root it is not read; write chown root ${path}`;
  if ((stats.mode & 0o022) !== 0) {
    const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
    return `others may write to it (mode ${mode}), so as root it is not read; write chmod go-w ${path}`;
  }
  return undefined;
}

function namesIn(found: FoundFiles, directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    complain(found, directory, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function complain(found: FoundFiles, file: string, message: string): void {
  found.complaints.push({ place: { file, line: 1, column: 1 }, message, level: 'error' });
}
