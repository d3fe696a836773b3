/**
 * Compiles menus/ into dist/menus.index.json and dist/menus.data, which every start reads in place of YAML.
 *
 * Run as: node scripts/build-menus.ts [MENUS [OUT]]. Prints what is wrong with the panel files; the status is 1 when there are errors.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { compileMenus } from '../src/panel/compile.ts';
import { countComplaints, formatComplaint } from '../src/panel/complaint.ts';
import { loadShipped } from '../src/panel/load.ts';
import type { Complaint } from '../src/panel/types.ts';
import { findPanelFiles } from '../src/panel/user-files.ts';

export interface BuiltMenus {
  panels: number;
  sources: number;
  /** Warnings; errors are thrown. */
  complaints: Complaint[];
}

/**
 * Reads all panel files of a directory, checks them and writes menus.index.json and menus.data into `out`.
 * Throws an error whose message holds the complaints, one a line, when a file has an error; nothing is written then.
 */
export async function buildMenus(menus: string, out: string): Promise<BuiltMenus> {
  const root = resolve(menus, '..');
  const found = findPanelFiles(menus, { uid: -1, product: 'hasmit', required: true });
  const loaded = loadShipped(found.files, path => relative(root, path));
  const complaints = [...found.complaints, ...loaded.complaints];
  if (complaints.some(complaint => complaint.level === 'error')) {
    throw new Error(`${complaints.map(formatComplaint).join('\n')}\n${countComplaints(complaints)}`);
  }
  const plain = compileMenus(loaded.panels, loaded.sources);
  const { index, data } = compileMenus(loaded.panels, loaded.sources, { build: buildName(plain.index + plain.data) });
  mkdirSync(out, { recursive: true });
  for (const [name, text] of [
    ['menus.data', data],
    ['menus.index.json', index],
  ] as const) {
    writeFileSync(join(out, `${name}.new`), text);
    renameSync(join(out, `${name}.new`), join(out, name));
  }
  return { panels: loaded.panels.length, sources: loaded.sources.length, complaints };
}

/** Names the build by the panels and by the code that reads panels: users' cached panels are read anew when either has changed. */
function buildName(text: string): string {
  const hash = createHash('sha256').update(text);
  const directory = resolve(import.meta.dirname, '../src/panel');
  for (const name of readdirSync(directory).sort()) hash.update(name).update(readFileSync(join(directory, name)));
  return hash.digest('hex').slice(0, 16);
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const [menus = join(root, 'menus'), out = join(root, 'dist')] = process.argv.slice(2);
  try {
    const { panels, sources, complaints } = await buildMenus(menus, out);
    for (const complaint of complaints) console.error(formatComplaint(complaint));
    console.log(`${panels} panels, ${sources} sources, ${countComplaints(complaints)}`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
