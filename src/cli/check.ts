/** `hasmit check [PATH ...]`: looks panel files over and says everything that is wrong with them. */
import { type CatalogueOptions, catalogueOptions, distDirectory } from '../panel/catalogue.ts';
import { countComplaints, formatComplaint, sortComplaints } from '../panel/complaint.ts';
import { openStore } from '../panel/store.ts';
import type { Complaint } from '../panel/types.ts';
import { type FoundFile, findPanelFiles } from '../panel/user-files.ts';

export interface CheckFlags {
  /** Warnings count as errors. */
  strict?: boolean;
  json?: boolean;
  /** Where panels are looked for; from the environment when not said. */
  where?: CatalogueOptions;
}

export interface Checked {
  /** 0 when all is well, 3 when something is wrong. */
  status: 0 | 3;
  text: string;
}

/**
 * Checks panel files and directories of them, together with the shipped panels and the search path that they will stand beside.
 * @param paths files and directories; the whole search path when there are none
 */
export async function check(paths: string[], flags: CheckFlags = {}): Promise<Checked> {
  const where =
    flags.where ?? catalogueOptions(process.env, process.getuid?.() ?? -1, distDirectory(import.meta.dirname));
  const { complaints, files, panels } = await gather(paths, where);
  const errors = complaints.filter(complaint => complaint.level === 'error').length;
  const warnings = complaints.length - errors;
  const status = errors > 0 || (flags.strict && warnings > 0) ? 3 : 0;
  if (flags.json) return { status, text: JSON.stringify({ files, panels, errors, warnings, complaints }, null, 2) };
  const count = `${number(files, 'file')}, ${number(panels, 'panel')}: ${countComplaints(complaints)}`;
  return { status, text: [...complaints.map(formatComplaint), count].join('\n') };
}

interface Gathered {
  /** About the files that were asked for. */
  complaints: Complaint[];
  files: number;
  /** Panels of those files that can be used. */
  panels: number;
}

async function gather(paths: string[], where: CatalogueOptions): Promise<Gathered> {
  const { loadFiles } = await import('../panel/load.ts');
  const shipped = openStore(where.index, () => where.data);
  const base =
    'problem' in shipped ? { panels: [], sources: [] } : { panels: shipped.panels(), sources: shipped.sources() };
  const path = where.directories.map(({ path, required }) => findPanelFiles(path, { uid: where.uid, required }));
  const asked = paths.map(path => findPanelFiles(path, { uid: where.uid, required: true }));
  const wanted = (paths.length > 0 ? asked : path).flatMap(found => found.files);
  const given = asked.flatMap(found => found.files);
  // A file that is asked for and stands on the search path is read once.
  const others = path.map(found => found.files.filter(file => !given.some(same => isSame(same, file))));
  const loaded = loadFiles(base, [...others, unique(given)], where.uid);
  const names = new Set(wanted.map(file => file.path));
  const told = loaded.complaints.filter(complaint => paths.length === 0 || names.has(complaint.place.file));
  const refused = (paths.length > 0 ? asked : path).flatMap(found => found.complaints);
  if (!('problem' in shipped)) shipped.close();
  return {
    complaints: sortComplaints([...refused, ...told]),
    files: unique(wanted).length,
    panels: loaded.panels.filter(panel => names.has(panel.place.file)).length,
  };
}

function isSame(a: FoundFile, b: FoundFile): boolean {
  return a.inode === b.inode && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

function unique(files: FoundFile[]): FoundFile[] {
  return files.filter((file, index) => files.findIndex(other => isSame(other, file)) === index);
}

function number(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
