import { expect, test } from 'vitest';
import { codeOf, importsOf, resolveImport, roomOf, type SourceFile, sourceFiles } from './helpers/sources.ts';

/**
 * Which rooms a room may import from: `values` is code that is loaded, `types` only names shapes. What is not listed is
 * not allowed. The files directly in src/, in src/app/ and in src/cli/ wire everything together and may import all.
 */
const allowed: Record<string, { values: string[]; types: string[] }> = {
  panel: { values: [], types: [] },
  terminal: { values: [], types: [] },
  settings: { values: [], types: [] },
  formats: { values: [], types: ['panel'] },
  validate: { values: [], types: ['panel'] },
  record: { values: [], types: ['command', 'panel', 'run'] },
  command: { values: [], types: ['panel'] },
  run: { values: [], types: ['command', 'panel'] },
  session: {
    values: ['command', 'formats', 'panel', 'terminal', 'validate'],
    types: ['command', 'formats', 'panel', 'record', 'run', 'settings', 'terminal', 'validate'],
  },
  screens: {
    values: ['command', 'panel', 'session', 'terminal'],
    types: ['command', 'panel', 'record', 'run', 'session', 'settings', 'terminal'],
  },
};

const wiring = ['', 'app', 'cli'];

/** Loaded only when they are needed: none may be reached from src/cli.ts by static imports. */
const heavy = [
  '@marcbachmann/cel-js',
  'conf',
  'diff',
  'execa',
  'fuzzysort',
  'ink',
  'ink-select-input',
  'proper-lockfile',
  'react',
  'unbash',
  'yaml',
  'zod',
];

const src = sourceFiles('src');
const byPath = new Map(src.map(file => [file.path, file]));

/** Every place in the files where a pattern stands outside comments, as file:line. */
function places(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(file =>
    codeOf(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('the reader of imports sees static, type and lazy ones and no comments', () => {
  const text = [
    "import type { A } from './a.ts';",
    'import {',
    '  b,',
    "} from './b.ts';",
    "// import './c.ts';",
    "export * from './d.ts';",
    "const e = await import('./e.ts');",
    "type F = import('./f.ts').F;",
    "import './g.ts';",
  ].join('\n');
  expect(importsOf(text).map(({ from, type, lazy }) => [from, type, lazy])).toEqual([
    ['./a.ts', true, false],
    ['./b.ts', false, false],
    ['./d.ts', false, false],
    ['./g.ts', false, false],
    ['./e.ts', false, true],
    ['./f.ts', true, true],
  ]);
});

test('rooms import only from the rooms they may', () => {
  const wrong = src.flatMap(file => {
    const room = roomOf(file.path);
    if (wiring.includes(room)) return [];
    const rule = allowed[room] ?? { values: [], types: [] };
    return file.imports.flatMap(use => {
      const target = resolveImport(file, use.from);
      if (target === undefined || !target.startsWith('src/')) return [];
      const to = roomOf(target);
      const may = use.type ? [...rule.types, ...rule.values] : rule.values;
      return to === room || may.includes(to) ? [] : [`${file.path}:${use.line}: ${room} may not import ${use.from}`];
    });
  });
  expect(src.length).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
});

test('every import of a file of our own names a file that is there', () => {
  const wrong = src.flatMap(file =>
    file.imports.flatMap(use => {
      const target = resolveImport(file, use.from);
      if (target === undefined || target.endsWith('.json') || byPath.has(target)) return [];
      return [`${file.path}:${use.line}: ${use.from}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the session is pure: no module of Node, no React, no library that does anything', () => {
  const wrong = src
    .filter(file => roomOf(file.path) === 'session')
    .flatMap(file =>
      file.imports
        .filter(use => !use.type && !use.from.startsWith('.') && use.from !== 'string-width')
        .map(use => `${file.path}:${use.line}: ${use.from}`),
    );
  expect(wrong).toEqual([]);
});

test('only run/ starts processes', () => {
  const starters = [
    'child_process',
    'node:child_process',
    'execa',
    '@lydell/node-pty',
    'node:cluster',
    'node:worker_threads',
  ];
  const wrong = src
    .filter(file => roomOf(file.path) !== 'run')
    .flatMap(file =>
      file.imports
        .filter(use => !use.type && starters.includes(use.from))
        .map(use => `${file.path}:${use.line}: ${use.from}`),
    );
  expect(wrong).toEqual([]);
});

test('nothing is evaluated as code', () => {
  expect(places(src, /\beval\s*\(|\bnew Function\b|['"](node:)?vm['"]/)).toEqual([]);
});

test('what the first screen does not need is loaded lazily', () => {
  const reached = new Map<string, string>();
  const wrong: string[] = [];
  const follow = (path: string, way: string) => {
    const file = byPath.get(path);
    if (!file || reached.has(path)) return;
    reached.set(path, way);
    for (const use of file.imports) {
      if (use.type || use.lazy) continue;
      const target = resolveImport(file, use.from);
      if (target !== undefined) follow(target, `${way} > ${target}`);
      else if (heavy.some(name => use.from === name || use.from.startsWith(`${name}/`)))
        wrong.push(`${way} > ${use.from}`);
    }
  };
  follow('src/cli.ts', 'src/cli.ts');
  expect(reached.size).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});

test('no module makes a segmenter or an emoji expression while it is loaded', () => {
  expect(places(src, /^(export )?(const|let|var) .*(new Intl\.|RGI_Emoji)/)).toEqual([]);
});

test('no module waits while it is loaded', () => {
  expect(places(src, /^(export )?((const|let|var) [^=]*= )?await /)).toEqual([]);
});

test("no file of src is longer than 300 lines, but for a room's table of shapes", () => {
  const limit = (path: string) => (path.endsWith('/types.ts') ? 400 : 300);
  const long = src
    .map(file => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > limit(path));
  expect(long).toEqual([]);
});

test('nothing is left for later and no check is switched off', () => {
  const all = [...src, ...sourceFiles('scripts'), ...sourceFiles('test')].filter(
    file => file.path !== 'test/house.test.ts',
  );
  const text = /\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-expect-error|@ts-nocheck|\bas any\b/;
  const wrong = all.flatMap(file =>
    file.text
      .split('\n')
      .flatMap((line, index) => (text.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(wrong).toEqual([]);
  expect(places(all, /\b(test|it|describe)\.(skip|only|todo)\b/)).toEqual([]);
});
