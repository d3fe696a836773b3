/**
 * What the build changes in the code of dependencies, and why. Every entry names a file, a stretch of its text and what
 * stands there instead. A text that is not found exactly once ends the build: the dependency has changed and the entry
 * must be looked at again. `HASMIT_PLAIN_BUILD=1` leaves out all entries that are not `needed`; the program draws the same
 * frames without them (test/build/replacements.test.ts).
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

export interface Replacement {
  /** Package and file in it: `ink/build/reconciler.js`. */
  file: string;
  /** Version of the package, where several are installed. */
  version?: string;
  find: string;
  put: string;
  why: string;
  /** The build cannot do without it. */
  needed?: true;
}

const noAwait = 'development only, and the CommonJS form of the program cannot wait while it loads';
const lateSegmenter = 'new Intl.Segmenter() takes 8 ms and most screens never need one';
const lateExpression = 'the emoji expression takes 11 ms to compile and most screens never need it';

/** A segmenter that is made when it is first asked for something. */
function segmenterLater(name: string, args: string): string {
  return `let made${name}; const ${name} = {segment: text => (made${name} ??= new Intl.Segmenter(${args})).segment(text)};`;
}

/** An expression that is compiled when it is first tried. `expression` is its text between the slashes, with flag v. */
function expressionLater(name: string, expression: string): string {
  const made = `(made${name} ??= new RegExp(String.raw\`${expression}\`, 'v'))`;
  return `let made${name}; const ${name} = {test: text => ${made}.test(text), exec: text => ${made}.exec(text)};`;
}

export const replacements: Replacement[] = [
  {
    file: 'yoga-layout/dist/src/index.js',
    find: 'const Yoga = wrapAssembly(await loadYoga());',
    put: `import {yogaBinary} from 'hasmit:yoga-binary';
const library = {
  instantiateWasm(imports, done) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(yogaBinary()), imports);
    done(instance);
    return instance.exports;
  },
};
loadYoga(library);
const Yoga = wrapAssembly(library);`,
    why: "made at once in 5 ms instead of 25 by way of promises; and the program's CommonJS form cannot wait while it loads",
    needed: true,
  },
  {
    file: 'ink/build/reconciler.js',
    find: "await import('./devtools.js');",
    put: '',
    why: noAwait,
    needed: true,
  },
  {
    file: 'ink/build/reconciler.js',
    find: 'const loaded = await loadPackageJson();',
    put: 'const loaded = {};',
    why: noAwait,
    needed: true,
  },
  {
    file: 'ink/build/line-update.js',
    find: "const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });",
    put: segmenterLater('segmenter', ''),
    why: lateSegmenter,
  },
  {
    file: 'string-width/index.js',
    version: '8.3.0',
    find: 'const segmenter = new Intl.Segmenter();',
    put: segmenterLater('segmenter', ''),
    why: lateSegmenter,
  },
  {
    file: 'string-width/index.js',
    version: '8.3.0',
    find: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
    put: expressionLater('rgiEmojiRegex', '^\\p{RGI_Emoji}$'),
    why: lateExpression,
  },
  {
    file: 'string-width/index.js',
    version: '9.0.0',
    find: 'const segmenter = new Intl.Segmenter();',
    put: segmenterLater('segmenter', ''),
    why: lateSegmenter,
  },
  {
    file: 'string-width/index.js',
    version: '9.0.0',
    find: 'const emojiPrefixRegex = /^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})/v;',
    put: expressionLater('emojiPrefixRegex', '^(?:\\p{RGI_Emoji}|\\p{Regional_Indicator}{1,2}|[\\d#*]\\u{FE0F})'),
    why: lateExpression,
  },
  {
    file: 'wrap-ansi/index.js',
    find: 'const segmenter = new Intl.Segmenter();',
    put: segmenterLater('segmenter', ''),
    why: lateSegmenter,
  },
  {
    file: 'slice-ansi/tokenize-ansi.js',
    find: "const GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});",
    put: segmenterLater('GRAPHEME_SEGMENTER', ''),
    why: lateSegmenter,
  },
  {
    file: '@alcalzone/ansi-tokenize/build/tokenize.js',
    find: 'const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });',
    put: segmenterLater('segmenter', ''),
    why: lateSegmenter,
  },
  {
    file: 'signal-exit/index.js',
    version: '3.0.7',
    find: "var assert = require('assert')",
    put: 'var assert = {equal: (found, wanted, message) => { if (found !== wanted) throw new TypeError(message) }}',
    why: "loading Node's assert takes 4 ms, for one comparison",
  },
];

/** Base64 of the yoga binary as its own loader carries it. */
const binaryInLoader = /H="data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;

/** Reads the layout engine's binary out of yoga-layout's loader. Throws when the loader no longer carries it that way. */
export function yogaBinary(root: string): Buffer {
  const loader = join(root, 'node_modules/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js');
  const found = binaryInLoader.exec(readFileSync(loader, 'utf8'));
  if (!found) throw new Error(`${loader}: the binary is no longer where the build looks for it`);
  return Buffer.from(found[1]!, 'base64');
}

interface Owner {
  /** `string-width/index.js`. */
  file: string;
  version: string;
}

/** The package a file belongs to, by the last `node_modules/` in its path. */
function ownerOf(path: string): Owner | undefined {
  const at = path.lastIndexOf('node_modules/');
  if (at < 0) return undefined;
  const file = path.slice(at + 'node_modules/'.length);
  const name = file
    .split('/')
    .slice(0, file.startsWith('@') ? 2 : 1)
    .join('/');
  const manifest = join(path.slice(0, at), 'node_modules', name, 'package.json');
  return { file, version: JSON.parse(readFileSync(manifest, 'utf8')).version };
}

/**
 * Puts the replacements into one file's text.
 * @returns the text, and the entries that were used
 * @throws Error when an entry's text does not stand there exactly once, or the file's version is in no entry
 */
export function replaceIn(owner: Owner, text: string, plain: boolean): { text: string; used: Replacement[] } {
  const forFile = replacements.filter(entry => entry.file === owner.file);
  const entries = forFile.filter(entry => entry.version === undefined || entry.version === owner.version);
  if (forFile.length > 0 && entries.length === 0) {
    throw new Error(`${owner.file} ${owner.version}: scripts/build-replacements.ts knows no such version`);
  }
  const used = entries.filter(entry => entry.needed || !plain);
  let result = text;
  for (const entry of used) {
    const pieces = result.split(entry.find);
    if (pieces.length !== 2) {
      throw new Error(
        `${owner.file} ${owner.version}: found ${pieces.length - 1} times, wanted once: ${entry.find}\n` +
          `The dependency has changed; look at its entry in scripts/build-replacements.ts (${entry.why}).`,
      );
    }
    result = pieces.join(entry.put);
  }
  return { text: result, used };
}

/** esbuild plugin: the replacements, the layout engine's binary as a file, and one copy of packages installed several times in one version. */
export function replacementPlugin(root: string, plain: boolean): Plugin {
  return {
    name: 'replacements',
    setup(build) {
      const copies = new Map<string, string>();
      build.onResolve({ filter: /^hasmit:yoga-binary$/ }, () => ({ path: 'yoga-binary', namespace: 'hasmit' }));
      build.onLoad({ filter: /^yoga-binary$/, namespace: 'hasmit' }, () => ({
        contents: `import {readFileSync} from 'node:fs';
export const yogaBinary = () => readFileSync(import.meta.dirname + '/yoga.wasm');`,
        resolveDir: root,
      }));
      build.onResolve({ filter: /^[^.]/, namespace: 'file' }, async request => {
        if (plain || request.pluginData === 'resolved' || request.kind === 'entry-point') return undefined;
        const found = await build.resolve(request.path, {
          importer: request.importer,
          kind: request.kind,
          resolveDir: request.resolveDir,
          pluginData: 'resolved',
        });
        const owner = found.errors.length > 0 || found.external ? undefined : ownerOf(found.path);
        if (!owner) return undefined;
        const key = `${owner.file}@${owner.version}`;
        const first = copies.get(key) ?? found.path;
        copies.set(key, first);
        return { path: first, sideEffects: found.sideEffects };
      });
      build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, ({ path }) => {
        if (path.endsWith('yoga-wasm-base64-esm.js')) {
          const text = readFileSync(path, 'utf8');
          if (!binaryInLoader.test(text))
            throw new Error(`${path}: the binary is no longer where the build looks for it`);
          return { contents: text.replace(binaryInLoader, 'H="yoga.wasm"'), loader: 'js', resolveDir: dirname(path) };
        }
        const owner = ownerOf(path);
        if (!owner || !replacements.some(entry => entry.file === owner.file)) return undefined;
        const { text } = replaceIn(owner, readFileSync(path, 'utf8'), plain);
        return { contents: text, loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}
