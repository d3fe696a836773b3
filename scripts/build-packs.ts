/**
 * From esbuild's chunks to the files hasmit is loaded from.
 *
 * esbuild can split a program only in the ESM form; the CommonJS form starts faster and can be kept with V8's code cache.
 * So the program is split as ESM and each chunk is turned into a CommonJS function. All chunks that the entry needs before
 * its first statement make up one pack (one file read, one script); every other chunk is a pack of its own and is read
 * when an `await import()` first reaches it. No module exists twice, so no state does.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { BuildResult } from 'esbuild';
import { transform } from 'esbuild';

export interface Pack {
  /** File name in dist/: `main-1A2B3C4D.js`. */
  file: string;
  /** Names of the chunks in it. */
  chunks: string[];
  text: string;
}

type Split = BuildResult<{ write: false; metafile: true }>;

/** Names (without directory) of the chunks that `start` needs before its first statement, itself first. */
function neededBy(start: string, result: Split): string[] {
  const byName = new Map(Object.entries(result.metafile.outputs).map(([path, output]) => [basename(path), output]));
  const found = new Set<string>();
  const follow = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const use of byName.get(name)?.imports ?? []) {
      if (use.kind === 'import-statement' && !use.external) follow(basename(use.path));
    }
  };
  follow(start);
  return [...found];
}

/** One chunk as a function that fills `module.exports`. Builtin modules are left to Node's `require`. */
async function asFunction(source: string): Promise<string> {
  const { code } = await transform(source, {
    format: 'cjs',
    platform: 'node',
    target: 'esnext',
    minify: true,
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  return `function(module,exports,require,__dirname,__filename,__url){${code}}`;
}

/**
 * Makes the packs.
 * @param result what esbuild gave with `splitting`, `write: false` and `metafile`
 * @param entry name of the entry's chunk: `cli.js`
 */
export async function makePacks(result: Split, entry: string): Promise<Pack[]> {
  const functions = new Map<string, string>();
  for (const output of result.outputFiles) {
    functions.set(basename(output.path), await asFunction(output.text));
  }
  const main = neededBy(entry, result);
  const rest = [...functions.keys()].filter(name => !main.includes(name));
  return [main, ...rest.map(name => [name])].map((chunks, index) => {
    const joined = `({${chunks.map(name => `${JSON.stringify(name)}:${functions.get(name)}`).join(',\n')}})`;
    // Read as latin1: one byte a character, no decoding. esbuild escapes strings and names; what it leaves are the letters
    // in regular expressions, where \\u works as well (cel-js has a µ).
    const text = joined.replace(
      /[\x80-\ud7ff\ue000-\uffff]/g,
      sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const odd = /[^\0-\x7f]/.exec(text);
    if (odd) throw new Error(`pack ${chunks[0]}: character ${JSON.stringify(odd[0])} is not ASCII`);
    const name = index === 0 ? 'main' : chunks[0]!.replace(/(-[A-Z0-9]{8})?\.js$/, '');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
    return { file: `${name}-${hash}.js`, chunks, text };
  });
}

/** Text of dist/hasmit.cjs: the launcher with the table of packs in it. */
export function launcherText(template: string, packs: Pack[], entry: string): string {
  const table = Object.fromEntries(packs.flatMap(pack => pack.chunks.map(chunk => [chunk, pack.file])));
  return template
    .replace('start(PACKS)', `start(${JSON.stringify(table, null, 1)})`)
    .replace("load('ENTRY')", `load('${entry}')`);
}
