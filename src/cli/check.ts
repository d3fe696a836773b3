/** `hasmit check [PATH ...]`: looks panel files, rules.hacmprd and recovery programs over and says everything that is wrong with them. */
import { type CatalogueOptions, catalogueOptions, distDirectory } from '../panel/catalogue.ts';
import { countComplaints, formatComplaint, sortComplaints } from '../panel/complaint.ts';
import { openStore } from '../panel/store.ts';
import type { Complaint } from '../panel/types.ts';
import { type FoundFile, findPanelFiles } from '../panel/user-files.ts';
import { countFiles } from '../validate/cluster-files.ts';
import { type ClusterChecked, checkCluster, splitPaths } from './check-cluster.ts';

export interface CheckFlags {
  /** Warnings make the status 1. */
  strict?: boolean;
  json?: boolean;
  /** Where panels are looked for; from the environment when not said. */
  where?: CatalogueOptions;
}

export interface Checked {
  /** 0 when all is well, 3 when something is wrong, 1 when there are warnings only and the check is strict. */
  status: 0 | 1 | 3;
  text: string;
}

/**
 * Checks panel files and directories of them, together with the shipped panels and the search path that they will stand beside; rules files
 * and recovery programs of HACMP, together with each other and with the scripts they name.
 * @param paths files and directories; the whole search path when there are none
 */
export async function check(paths: string[], flags: CheckFlags = {}): Promise<Checked> {
  const where =
    flags.where ?? catalogueOptions(process.env, process.getuid?.() ?? -1, distDirectory(import.meta.dirname));
  const { cluster, others } = splitPaths(paths);
  // Without a path the whole search path is meant; with nothing but files of the cluster, no panels are.
  const panelFiles = cluster.length > 0 && others.length === 0 ? undefined : await gather(others, where);
  const clusterFiles = cluster.length > 0 ? checkCluster(cluster) : undefined;
  return answer(flags, panelFiles, clusterFiles);
}

function answer(flags: CheckFlags, panelFiles?: Gathered, clusterFiles?: ClusterChecked): Checked {
  const { files = 0, panels = 0 } = panelFiles ?? {};
  const { rules = 0, programs = 0 } = clusterFiles ?? {};
  const complaints = sortComplaints([...(panelFiles?.complaints ?? []), ...(clusterFiles?.complaints ?? [])]);
  const errors = complaints.filter(complaint => complaint.level === 'error').length;
  const warnings = complaints.length - errors;
  const status = errors > 0 ? 3 : flags.strict && warnings > 0 ? 1 : 0;
  if (flags.json) {
    const counts = { files: files + rules + programs, panels, ...(clusterFiles ? { rules, programs } : {}) };
    return { status, text: JSON.stringify({ ...counts, errors, warnings, complaints }, null, 2) };
  }
  const counts = [
    ...(panelFiles ? [number(files, 'file'), number(panels, 'panel')] : []),
    ...(rules + programs > 0 ? [countFiles(rules, programs)] : []),
  ];
  const count = `${counts.join(', ') || number(0, 'file')}: ${countComplaints(complaints)}`;
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
    complaints: [...refused, ...told],
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
