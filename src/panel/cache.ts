/**
 * Compiled user panels kept between two starts, so that thousands of them cost a start no YAML.
 *
 * Compiled panels are code: the cache is used only when its directory and files belong to this user and nobody else may write there.
 * Whatever goes wrong with the cache costs time and nothing else.
 */
import {
  chmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from './store.ts';
import type { FoundFile } from './user-files.ts';

export interface Cache {
  directory: string;
  uid: number;
}

/** What the cached panels were made from: any change of it makes them stale. */
export function cacheKey(build: string, directories: string[], files: FoundFile[]): string {
  const parts = files.map(file => `${file.path}\t${file.mtimeMs}\t${file.ctimeMs}\t${file.size}\t${file.inode}`);
  return [build, directories.join('\t'), ...parts].join('\n');
}

/** The cached panels for a key, or nothing. */
export function readCache(cache: Cache, directories: string[], key: string): Store | undefined {
  if (!isOurs(cache)) return undefined;
  const guard = (fd: number) => {
    const stats = fstatSync(fd);
    return stats.isFile() && stats.uid === cache.uid && (stats.mode & 0o022) === 0;
  };
  const opened = openStore(
    indexPath(cache, directories),
    index => join(cache.directory, `menus-${index.build}.data`),
    guard,
  );
  if ('problem' in opened) return undefined;
  if (opened.index.key === key) return opened;
  opened.close();
  return undefined;
}

/** Keeps compiled panels. The index names its data file, so that two sessions that write at once do not mix their files. */
export function writeCache(
  cache: Cache,
  directories: string[],
  compiled: { index: string; data: string },
  build: string,
): void {
  try {
    mkdirSync(cache.directory, { recursive: true, mode: 0o700 });
    if (!isOurs(cache)) return;
    tidyUp(cache);
    put(join(cache.directory, `menus-${build}.data`), compiled.data);
    put(indexPath(cache, directories), compiled.index);
  } catch {
    // A full disk or a read-only home: the next start reads the YAML again.
  }
}

/** A name for what was compiled: never used twice, so that a data file is never changed under a session that has it open. */
export function newBuild(): string {
  return `${Date.now().toString(36)}-${process.pid.toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

function isOurs(cache: Cache): boolean {
  try {
    const stats = lstatSync(cache.directory);
    return stats.isDirectory() && stats.uid === cache.uid && (stats.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

function put(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

/** Each set of directories has an index of its own: `-o DIR` now and then must not push out the everyday one. */
function indexPath(cache: Cache, directories: string[]): string {
  return join(cache.directory, `menus-${hash(directories.join('\n'))}.index.json`);
}

/** FNV-1a: a file's name, no secret; what the file was made from is compared in full. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value.toString(36);
}

const oldest = 30 * 24 * 3600 * 1000;
const mostFiles = 12;

/** Removes data that no start will ask for again: all but the newest files, and those of a month ago. */
function tidyUp(cache: Cache): void {
  const ours = readdirSync(cache.directory).filter(name => /^menus-.*\.(data|index\.json)(\.\d+)?$/.test(name));
  const aged = ours.map(name => ({
    path: join(cache.directory, name),
    time: statSync(join(cache.directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  }));
  aged.sort((a, b) => b.time - a.time);
  aged.forEach(({ path, time }, index) => {
    if (index >= mostFiles || Date.now() - time > oldest) {
      try {
        unlinkSync(path);
      } catch {
        // Another session was faster.
      }
    }
  });
}
