/** The part of `hasmit check` that looks over rules.hacmprd and recovery programs (.rp): which files these are, and what lies beside them. */
import { accessSync, closeSync, constants, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Complaint } from '../panel/types.ts';
import { checkCopies, checkProgramsOf, checkScriptsOf, type FileAtHand, type Look } from '../validate/cluster-files.ts';
import { eventsDirectory, laterDirectory } from '../validate/predefined-events.ts';
import { type RecoveryProgram, readRecoveryProgram } from '../validate/recovery-program.ts';
import { type RulesFile, readRulesFile } from '../validate/rules-file.ts';

export type ClusterKind = 'rules' | 'program';

export interface ClusterPath {
  path: string;
  kind: ClusterKind;
}

export interface ClusterChecked {
  complaints: Complaint[];
  rules: number;
  programs: number;
}

/** Takes the rules files and recovery programs out of the paths; the others are panel files and directories of them. */
export function splitPaths(paths: string[]): { cluster: ClusterPath[]; others: string[] } {
  const cluster: ClusterPath[] = [];
  const others: string[] = [];
  for (const path of paths) {
    const kind = clusterKind(path);
    if (kind) cluster.push({ path, kind });
    else {
      const inside = clusterFilesIn(path);
      cluster.push(...inside);
      if (inside.length === 0 || holdsPanels(path)) others.push(path);
    }
  }
  return {
    cluster: cluster.filter(({ path }, index) => cluster.findIndex(one => one.path === path) === index),
    others,
  };
}

/** By its name, or, where that says nothing, by what it begins with. */
function clusterKind(path: string): ClusterKind | undefined {
  const name = basename(path);
  if (name.startsWith('rules.hacmprd')) return isDirectory(path) ? undefined : 'rules';
  if (name.endsWith('.rp')) return isDirectory(path) ? undefined : 'program';
  if (/\.(ya?ml|json)$/.test(name)) return undefined;
  const text = beginning(path);
  if (/^(TE_(JOIN|FAIL|SWAP|DARE)_|UE_)\w+\n.*\n\//m.test(text)) return 'rules';
  return /^(all|event|other)[ \t]+"[^"\n]*"[ \t]+\S+[ \t]+NULL[ \t]*$/m.test(text) ? 'program' : undefined;
}

/** rules.hacmprd and the recovery programs right in a directory; copies with a date behind their name are not meant. */
function clusterFilesIn(path: string): ClusterPath[] {
  const names = namesIn(path).sort();
  return names.flatMap((name): ClusterPath[] => {
    const inside = join(path, name);
    if (name === 'rules.hacmprd' && !isDirectory(inside)) return [{ path: inside, kind: 'rules' }];
    return name.endsWith('.rp') && !isDirectory(inside) ? [{ path: inside, kind: 'program' }] : [];
  });
}

function holdsPanels(path: string): boolean {
  return namesIn(path).some(name => /\.ya?ml$/.test(name) || isDirectory(join(path, name)));
}

/** Reads the files and says everything that is wrong with them, by themselves and together. */
export function checkCluster(asked: ClusterPath[]): ClusterChecked {
  const complaints: Complaint[] = [];
  const rules: RulesFile[] = [];
  const programs: RecoveryProgram[] = [];
  for (const { path, kind } of asked) {
    const text = textOf(path, complaints);
    if (text === undefined) continue;
    if (kind === 'rules') rules.push(readRulesFile(path, text));
    else programs.push(readRecoveryProgram(path, text));
  }
  complaints.push(
    ...checkCopies(rules.map(({ file, text }) => ({ file, text, name: basename(file) }))),
    ...checkCopies(programs.flatMap(({ file, text }) => placeOnNode(file).map(name => ({ file, text, name })))),
  );
  const beside = programsBeside(rules, programs);
  const known = rules.length > 0 ? rules : rulesBeside(programs);
  for (const file of rules)
    complaints.push(...file.complaints, ...checkProgramsOf(file, lookFrom(file.file, programs)));
  for (const program of [...programs, ...beside])
    complaints.push(
      ...program.complaints,
      ...checkScriptsOf(program, resolve(program.file), lookFrom(program.file, []), known),
    );
  return { complaints, rules: rules.length, programs: programs.length };
}

/** The recovery programs of the site's own events that nobody asked for, where they can be read. */
function programsBeside(rules: RulesFile[], asked: RecoveryProgram[]): RecoveryProgram[] {
  const found = new Map<string, RecoveryProgram>();
  const known = new Set(asked.map(program => resolve(program.file)));
  for (const file of rules) {
    const root = rootOf(file.file);
    for (const { predefined, program } of file.events) {
      if (predefined || !program?.path.endsWith('.rp')) continue;
      const path = within(root ?? '', program.path);
      const given = root === undefined && asked.some(one => basename(one.file) === basename(path));
      const text = given || known.has(path) || found.has(path) ? undefined : textOf(path, undefined);
      if (text !== undefined) found.set(path, readRecoveryProgram(path, text));
    }
  }
  return [...found.values()];
}

/** The rules file of the node (or copy of a node) that recovery programs lie on, for the question who names them. */
function rulesBeside(programs: RecoveryProgram[]): RulesFile[] {
  const roots = new Set(programs.map(program => rootOf(program.file)));
  const [root] = roots;
  if (roots.size !== 1 || root === undefined) return [];
  return [eventsDirectory, laterDirectory].flatMap(directory => {
    const path = `${root}${directory}/rules.hacmprd`;
    const text = textOf(path, undefined);
    return text === undefined ? [] : [readRulesFile(path, text)];
  });
}

/**
 * What stands before /usr/sbin/cluster in a path: nothing on a node, the directory of the copy elsewhere. Undefined for a file that lies
 * in neither.
 */
function rootOf(path: string): string | undefined {
  return /^(.*?)\/usr\/(es\/)?sbin\/cluster\//.exec(resolve(path))?.[1];
}

/** Path of a file on its node, for copies of several nodes; nothing for a file that lies elsewhere. */
function placeOnNode(path: string): string[] {
  const root = rootOf(path);
  return root === undefined ? [] : [resolve(path).slice(root.length)];
}

/**
 * The files of the node (or copy of a node) that the file belongs to. For a file that lies elsewhere, the given programs are found by their
 * names, and this machine's own files count where their directory exists.
 */
function lookFrom(file: string, given: RecoveryProgram[]): Look {
  const root = rootOf(file);
  return path => {
    if (root !== undefined) return atHand(within(root, path));
    const same = given.find(one => basename(one.file) === basename(path));
    if (same) return { state: 'there', text: same.text };
    const found = atHand(path);
    return found.state === 'absent' && !isDirectory(dirname(path)) ? undefined : found;
  };
}

/** A path of a node in the copy that begins at `root`; one that leads into the copy already stays as it is. */
function within(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path : root + path;
}

/** As much of a script as is looked at. */
const mostOfScript = 64 * 1024;

function atHand(path: string): FileAtHand {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { state: 'directory' };
    const executable = (stats.mode & 0o111) !== 0;
    accessSync(path, constants.R_OK);
    return { state: 'there', executable, text: stats.isFile() ? beginning(path) : undefined };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { state: code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable' };
  }
}

/** The first bytes of a plain file as text; nothing of anything else. */
function beginning(path: string): string {
  try {
    if (!statSync(path).isFile()) return '';
    const bytes = Buffer.alloc(mostOfScript);
    const file = openSync(path, 'r');
    const length = readSync(file, bytes, 0, mostOfScript, 0);
    closeSync(file);
    return bytes.toString('utf8', 0, length);
  } catch {
    return '';
  }
}

/** Nothing of this kind is near this size; a log given by mistake is. */
const largest = 16 * 1024 * 1024;

/** A file as text; tells of one that cannot be read. */
function textOf(path: string, complaints: Complaint[] | undefined): string | undefined {
  const complain = (message: string) =>
    complaints?.push({ place: { file: path, line: 1, column: 1 }, message, level: 'error' });
  try {
    const stats = statSync(path);
    if (!stats.isFile()) complain('this is no plain file; it is not read');
    else if (stats.size > largest)
      complain(`the file has ${stats.size} bytes; this is no rules file and no recovery program`);
    else return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    complain(code === 'ENOENT' ? 'there is no such file or directory' : `cannot be read (${code})`);
  }
  return undefined;
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
