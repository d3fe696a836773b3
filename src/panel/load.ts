/**
 * Panel files from disk: found, read, merged, checked. Heavy (yaml, zod, unbash, CEL): only ever loaded with `await import()`, when a
 * user's files have changed, by `hasmit check` and by the build.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { findAll } from './check.ts';
import { sortComplaints } from './complaint.ts';
import { largestFile } from './decode.ts';
import { type Merged, mergeLayers } from './merge.ts';
import { type ReadFile, readPanelFile } from './read.ts';
import { leaveOutBroken } from './sound.ts';
import { parentsOf } from './tree.ts';
import type { Complaint, FastPath, Panel, Source } from './types.ts';
import { type FoundFile, refusal } from './user-files.ts';

export interface PanelSet {
  panels: Panel[];
  sources: Source[];
}

export interface LoadedFiles extends PanelSet {
  complaints: Complaint[];
}

/**
 * Reads files over a base and leaves out what is broken.
 * @param layers the files of each directory of the search path, later ones winning
 * @param nameOf how complaints name a file; its path when not said
 */
export function loadFiles(
  base: PanelSet,
  layers: FoundFile[][],
  uid: number,
  nameOf = (path: string) => path,
): LoadedFiles {
  const merged = mergeLayers(
    base,
    layers.map(files => files.map(file => readFile(file, uid, nameOf(file.path)))),
  );
  const { panels, sources, places, broken } = merged;
  const findings = findAll(panels, sources, { places, broken });
  const sound = leaveOutBroken(panels, sources, findings, base);
  const own = new Set(layers.flat().map(file => nameOf(file.path)));
  // The shipped panels were checked when they were built; an error in one of them now comes from a user's file.
  const told = findings
    .map(finding => finding.complaint)
    .filter(complaint => complaint.level === 'error' || own.has(complaint.place.file));
  return {
    panels: sound.panels,
    sources: sound.sources,
    complaints: sortComplaints([...merged.complaints, ...told, ...sound.complaints]),
  };
}

/** Reads and checks the shipped panels: nothing is left out, every error counts. */
export function loadShipped(files: FoundFile[], nameOf: (path: string) => string): Merged {
  const merged = mergeLayers({ panels: [], sources: [] }, [files.map(file => readFile(file, -1, nameOf(file.path)))]);
  const found = findAll(merged.panels, merged.sources, { places: merged.places, broken: merged.broken, shipped: true });
  return { ...merged, complaints: sortComplaints([...merged.complaints, ...found.map(finding => finding.complaint)]) };
}

/** Panels of `now` to which other ways lead than in `before`. */
export function changedParents(before: Panel[], now: Panel[]): Record<FastPath, FastPath[]> {
  const old = parentsOf(before);
  const changed: Record<FastPath, FastPath[]> = {};
  const current = parentsOf(now);
  for (const panel of now) {
    const ways = current.get(panel.id) ?? [];
    if (ways.join('\n') !== (old.get(panel.id) ?? []).join('\n')) changed[panel.id] = ways;
  }
  return changed;
}

/** Reads one file. What is asked of its owner and mode is asked again of the file that is really open. */
function readFile(file: FoundFile, uid: number, name: string): ReadFile {
  const failed = (message: string): ReadFile => ({
    panels: [],
    sources: [],
    menus: [],
    broken: [],
    places: new Map(),
    complaints: [{ place: { file: name, line: 1, column: 1 }, message, level: 'error' }],
  });
  let fd: number;
  try {
    // Non-blocking, so that a pipe put in the file's place cannot hold the start.
    fd = openSync(file.path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return failed(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    const stats = fstatSync(fd);
    const refused = stats.isFile() ? refusal(file.path, stats, uid) : 'this is no plain file; it is not read';
    if (refused) return failed(refused);
    if (stats.size > largestFile)
      return failed(
        `the file has ${stats.size} bytes; a panel file may have ${largestFile}, spread the panels over several files`,
      );
    return readPanelFile(name, readFileSync(fd), file.product);
  } catch (error) {
    return failed(`cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  } finally {
    closeSync(fd);
  }
}
