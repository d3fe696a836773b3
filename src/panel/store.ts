/** Compiled panels on disk or in memory: the index whole, the panels one by one as they are asked for. Synchronous; part of every start. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { indexVersion, type MenuIndex } from './compile.ts';
import type { Panel, Source } from './types.ts';

export interface Store {
  index: MenuIndex;
  panel(id: string): Panel | undefined;
  source(id: string): Source | undefined;
  /** Every panel; reads the data at one go. */
  panels(): Panel[];
  sources(): Source[];
  close(): void;
}

/** The compiled files, or in words why they cannot be used. `guard` may refuse a file by what stat tells of it. */
export function openStore(
  indexPath: string,
  dataPath: (index: MenuIndex) => string,
  guard: (fd: number) => boolean = () => true,
): Store | { problem: string } {
  let fd: number | undefined;
  try {
    const index = readIndex(indexPath, guard);
    if (!index) return { problem: `${indexPath} is not an index of this release` };
    const path = dataPath(index);
    fd = openSync(path, 'r');
    const size = fstatSync(fd).size;
    const head = readAt(fd, 0, Math.min(size, Buffer.byteLength(index.build) + 1)).toString('utf8');
    if (!guard(fd) || head !== `${index.build}\n`) {
      closeSync(fd);
      return { problem: `${path} does not belong to ${indexPath}` };
    }
    return createStore(index, fileData(fd, size));
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    return { problem: `${indexPath} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'damaged'})` };
  }
}

/** A store over texts that are in memory already. */
export function memoryStore(index: MenuIndex, data: string): Store {
  const bytes = Buffer.from(data, 'utf8');
  return createStore(index, {
    read: (offset, length) => bytes.subarray(offset, offset + length),
    whole: () => bytes,
    close() {},
  });
}

interface Data {
  read(offset: number, length: number): Buffer;
  whole(): Buffer;
  close(): void;
}

function readIndex(path: string, guard: (fd: number) => boolean): MenuIndex | undefined {
  const fd = openSync(path, 'r');
  try {
    if (!guard(fd)) return undefined;
    const index = JSON.parse(readFileSync(fd, 'utf8')) as MenuIndex;
    return index.version === indexVersion && typeof index.build === 'string' ? index : undefined;
  } finally {
    closeSync(fd);
  }
}

/** The descriptor stays open for the session: an update of the files meanwhile does not mix two releases. */
function fileData(fd: number, size: number): Data {
  let open = true;
  return {
    read: (offset, length) => readAt(fd, offset, length),
    whole: () => readAt(fd, 0, size),
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

function readAt(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, buffer, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

function createStore(index: MenuIndex, data: Data): Store {
  const panels = new Map<string, Panel>();
  const sources = new Map<string, Source>();
  const take = <T>(
    cache: Map<string, T>,
    id: string,
    spot: [number, number] | undefined,
    bytes?: Buffer,
  ): T | undefined => {
    const known = cache.get(id);
    if (known || !spot) return known;
    const [offset, length] = spot;
    const text = (bytes ? bytes.subarray(offset, offset + length) : data.read(offset, length)).toString('utf8');
    const value = JSON.parse(text) as T;
    cache.set(id, value);
    return value;
  };
  const panelSpot = (id: string): [number, number] | undefined => {
    const entry = Object.hasOwn(index.panels, id) ? index.panels[id] : undefined;
    return entry && [entry[3], entry[4]];
  };
  const sourceSpot = (id: string) => (Object.hasOwn(index.sources, id) ? index.sources[id] : undefined);
  return {
    index,
    panel: id => take(panels, id, panelSpot(id)),
    source: id => take(sources, id, sourceSpot(id)),
    panels() {
      const bytes = data.whole();
      return Object.keys(index.panels).map(id => take(panels, id, panelSpot(id), bytes)!);
    },
    sources() {
      const bytes = data.whole();
      return Object.keys(index.sources).map(id => take(sources, id, sourceSpot(id), bytes)!);
    },
    close: () => data.close(),
  };
}
