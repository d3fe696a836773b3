/** What a start loads: asked of a real process that notes every module it resolves. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildMenus } from '../../scripts/build-menus.ts';
import { directoryWith } from '../helpers/panels.ts';

const sure = 'help: h, evidence: {level: manual, source: m}';
const source = join(import.meta.dirname, '../../src');

/** Modules that a script loads, by the words they are imported with. */
function loadedBy(script: string): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ resolve(word, context, next) { seen.add(word); return next(word, context); } });
    ${script}
    console.log(JSON.stringify([...seen]));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

const heavy = ['yaml', 'zod', 'unbash', '@marcbachmann/cel-js', 'fuzzysort'];

test('opening shipped or cached panels loads no library', async () => {
  const base = directoryWith({
    'menus/root.yaml': `panels:\n  root: {menu: R, help: h, items: [one]}\n  one: {dialog: One, run: echo, ${sure}}\n`,
    'user/a.yaml': `menus: {root: [two]}\npanels:\n  two: {dialog: Two, run: echo, ${sure}}\n`,
  });
  await buildMenus(join(base, 'menus'), join(base, 'dist'));
  const script = (directories: string) => `
    const { openCatalogue } = await import('${source}/panel/catalogue.ts');
    const catalogue = await openCatalogue({
      index: '${base}/dist/menus.index.json', data: '${base}/dist/menus.data', cache: '${base}/cache', uid: ${process.getuid!()},
      directories: ${directories},
    });
    if (catalogue.panel('root').title !== 'R') throw new Error('no root');
  `;
  const shipped = loadedBy(script('[]'));
  expect(shipped.filter(word => heavy.includes(word))).toEqual([]);
  const user = `[{ path: '${base}/user' }]`;
  expect(loadedBy(script(user))).toContain('yaml');
  const cached = loadedBy(script(user));
  expect(cached.filter(word => heavy.includes(word))).toEqual([]);
  expect(cached.length).toBeLessThan(20);
});

test('rows, values and expressions load no library until they are used', () => {
  const words = loadedBy(`
    await import('${source}/formats/rows.ts');
    await import('${source}/validate/field.ts');
    await import('${source}/panel/expression.ts');
    await import('${source}/panel/search.ts');
    await import('${source}/panel/suggest.ts');
  `);
  expect(words.filter(word => heavy.includes(word) || (word.startsWith('node:') && word !== 'node:module'))).toEqual(
    [],
  );
});
