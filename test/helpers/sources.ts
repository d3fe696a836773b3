/** The source files and what they import, for the tests that hold the rules of the house. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './program.ts';

export interface Import {
  /** As written: `../panel/types.ts`, `node:fs`, `yaml`. */
  from: string;
  /** Only types: nothing is loaded. */
  type: boolean;
  /** `await import()`: loaded when reached. */
  lazy: boolean;
  line: number;
}

export interface SourceFile {
  /** From the project's directory: `src/panel/read.ts`. */
  path: string;
  text: string;
  imports: Import[];
}

/** The text with comments blanked out, lines and offsets kept. Good enough for code formatted by biome: strings holding `//` or `/*` stay. */
function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  return text
    .replace(/(^|\s)\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[\s;{}(,])\/\/[^\n]*/g, (found, before: string) => before + blank(found.slice(before.length)));
}

/** All imports and re-exports of a module. `import { type A, b }` counts as a value. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const lineAt = (offset: number) => code.slice(0, offset).split('\n').length;
  const found: Import[] = [];
  for (const match of code.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)) {
    found.push({ from: match[2]!, type: match[1] !== undefined, lazy: false, line: lineAt(match.index) });
  }
  for (const match of code.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)(\.)?/g)) {
    const type = match[1] !== undefined || match[3] === '.';
    found.push({ from: match[2]!, type, lazy: true, line: lineAt(match.index) });
  }
  return found;
}

/** Reads every TypeScript file below a directory of the project. */
export function sourceFiles(directory: string): SourceFile[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx)$/.test(name))
    .sort()
    .map(name => {
      const text = readFileSync(join(root, directory, name), 'utf8');
      return { path: join(directory, name), text, imports: importsOf(text) };
    });
}

/** The text of a file with comments blanked out. */
export function codeOf(file: SourceFile): string {
  return withoutComments(file.text);
}

/** The file a relative import means, from the project's directory; undefined for libraries and Node's modules. */
export function resolveImport(file: SourceFile, from: string): string | undefined {
  return from.startsWith('.') ? relative(root, join(root, dirname(file.path), from)) : undefined;
}

/** The room of a file: `panel` for src/panel/read.ts, `` for src/cli.ts. */
export function roomOf(path: string): string {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? '';
}
