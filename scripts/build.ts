/**
 * Builds dist/ from src/ and menus/.
 *
 * What comes out:
 * - hasmit.cjs: the launcher (scripts/build-launcher.cjs) with a table of packs;
 * - main-HASH.js and others: the program, one pack for what src/cli.ts imports statically, one for each module reached by
 *   `await import()` (scripts/build-packs.ts);
 * - *.NODEVERSION-ARCH.cache: V8's code cache of each pack (scripts/build-cache.ts);
 * - yoga.wasm: the layout engine, read when Ink is first loaded;
 * - menus.index.json, menus.data: the shipped panels, compiled (scripts/build-menus.ts);
 * - build.json: what was built from what.
 *
 * How to write for it: what the first screen does not need is loaded by `await import('./some.ts')` or
 * `await import('library')` inside the function that needs it; that is all. Where a function cannot wait, a library is
 * loaded at once by `require('library')` if `typeof require === 'function'` (the built program) and by
 * `createRequire(import.meta.url)('library')` otherwise (the sources). `import.meta.dirname` is dist/ in the built program. Do not import a library statically from anything that src/cli.ts reaches statically.
 *
 * Files are made in a directory of their own and moved over at the end, the launcher last: a running hasmit, a start at
 * the same moment and an interrupted build all see a whole program. The packs of the build before stay, for sessions
 * that still run and have not yet loaded all of them.
 *
 * Run as: node scripts/build.ts [--inputs=HASH] [--sizes]. Environment: HASMIT_PLAIN_BUILD=1 changes nothing in dependencies but
 * what must be changed (scripts/build-replacements.ts).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { makeCaches, type WarmRun } from './build-cache.ts';
import { launcherText, makePacks } from './build-packs.ts';
import { replacementPlugin, yogaBinary } from './build-replacements.ts';

export interface BuildOptions {
  /** The project's directory. */
  root: string;
  /** Entry module. */
  entry: string;
  /** Where the files go. */
  out: string;
  /** Leave dependencies as they are where that works. */
  plain?: boolean;
  /** Runs that fill V8's code cache; none: no cache is made. */
  warm?: WarmRun[];
  /** Directory of panel files to compile; absent: no menus. */
  menus?: string;
  /** What the build was made from, kept in build.json for scripts/setup.mjs. */
  inputs?: string;
}

/** What build.json holds. */
export interface BuildRecord {
  inputs: string;
  id: string;
  files: string[];
}

/** The runs that decide which functions are in the code cache: the everyday ways in, the largest last. */
const everyday: WarmRun[] = [
  { args: ['--version'] },
  { args: ['--help'] },
  { args: ['list'] },
  { args: ['print', 'mnode_vip_show'] },
  // As root, records would go to the machine's own log.
  {
    args: ['-l', '{home}/log', '-s', '{home}/script'],
    keys: ['\x1b[B', '\x1b[B', '\r', '\x1b[B', '\x1b[A', '\x1bOR', '\x1b[21~'],
  },
];

/** Reads build.json of a dist directory; undefined when there is none or it is damaged. */
export function readRecord(out: string): BuildRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(out, 'build.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The program's chunks by esbuild, split as ESM; nothing is written. */
function split(options: BuildOptions) {
  return build({
    absWorkingDir: options.root,
    entryPoints: { cli: options.entry },
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    jsx: 'automatic',
    minify: true,
    charset: 'ascii',
    write: false,
    metafile: true,
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'silent',
    nodePaths: [join(options.root, 'node_modules')],
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'import.meta.url': '__url',
    },
    plugins: [replacementPlugin(options.root, options.plain ?? false)],
  });
}

/** Compiles the panel files into `out` when the compiler is there. Throws with the complaints when they are not right. */
async function compileMenus(root: string, menus: string | undefined, out: string): Promise<void> {
  const compiler = join(root, 'scripts/build-menus.ts');
  if (!menus || !existsSync(compiler)) return;
  const { buildMenus } = await import(compiler);
  await buildMenus(menus, out);
}

/** Moves the finished files over, the launcher and the record last, and removes what neither this build nor the one before needs. */
function install(fresh: string, out: string, record: BuildRecord): void {
  const before = readRecord(out)?.files ?? [];
  for (const file of [...record.files.filter(name => name !== 'hasmit.cjs'), 'hasmit.cjs', 'build.json']) {
    renameSync(join(fresh, file), join(out, file));
  }
  const kept = new Set([...record.files, ...before, 'build.json']);
  for (const name of readdirSync(out)) {
    if (!kept.has(name)) rmSync(join(out, name), { recursive: true, force: true });
  }
}

/**
 * Builds the program.
 * @returns the record that is also in build.json, and sentences about what was left out (a code cache)
 * @throws esbuild's BuildFailure, or Error for a replacement whose text is gone or panels that are not right
 */
export async function buildProgram(options: BuildOptions): Promise<{ record: BuildRecord; notes: string[] }> {
  const fresh = join(options.out, `.new-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    const result = await split(options);
    const packs = await makePacks(result, 'cli.js');
    for (const pack of packs) writeFileSync(join(fresh, pack.file), pack.text, 'latin1');
    writeFileSync(join(fresh, 'yoga.wasm'), yogaBinary(options.root));
    const template = readFileSync(join(options.root, 'scripts/build-launcher.cjs'), 'utf8');
    writeFileSync(join(fresh, 'hasmit.cjs'), launcherText(template, packs, 'cli.js'));
    await compileMenus(options.root, options.menus, fresh);
    const notes = options.warm ? await makeCaches(process.execPath, join(fresh, 'hasmit.cjs'), options.warm) : [];
    const files = readdirSync(fresh).sort();
    const hash = createHash('sha256');
    for (const name of files.filter(name => !name.endsWith('.cache')))
      hash.update(name).update(readFileSync(join(fresh, name)));
    const record = { inputs: options.inputs ?? '', id: hash.digest('hex').slice(0, 12), files };
    writeFileSync(join(fresh, 'build.json'), `${JSON.stringify(record, null, 1)}\n`);
    install(fresh, options.out, record);
    return { record, notes };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The build as a command. */
async function main(): Promise<void> {
  const root = resolve(import.meta.dirname, '..');
  const inputs = process.argv.find(word => word.startsWith('--inputs='))?.slice('--inputs='.length);
  const { record, notes } = await buildProgram({
    root,
    entry: join(root, 'src/cli.ts'),
    out: join(root, 'dist'),
    plain: process.env.HASMIT_PLAIN_BUILD === '1',
    warm: everyday,
    menus: join(root, 'menus'),
    inputs,
  });
  if (process.argv.includes('--sizes')) {
    const size = (file: string) => statSync(join(root, 'dist', file)).size;
    for (const file of record.files) process.stdout.write(`${String(size(file)).padStart(9)} ${file}\n`);
  }
  for (const note of notes)
    process.stderr.write(`build: no code cache from "${note}"; hasmit starts a little slower\n`);
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
