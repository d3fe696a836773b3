/** Without a terminal nothing ever prompts and nothing hangs. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasmit, home } from '../helpers/command-line.ts';
import { openHasmit } from '../helpers/hasmit.ts';

test('a screen that cannot be had is refused with status 2, and what works without one is said', async () => {
  for (const words of [[], ['app'], ['app_form', 'name=x'], ['mnode_vip_add']]) {
    const { status, out, err } = await hasmit(words);
    expect([words, status, out]).toEqual([words, 2, '']);
    expect(err).toBe(
      'hasmit: standard input is not a terminal. "hasmit print" and "hasmit run" need no terminal; --plain asks line by line.\n',
    );
  }
});

test('--plain without any input shows the panel and ends', async () => {
  const { status, out, err } = await hasmit(['--plain', 'app']);
  expect([status, err]).toEqual([0, '']);
  expect(out).toContain('1  A Form of Every Kind');
  expect(out).toContain('The input has ended.');
});

test('a standard output that is no terminal is refused as well', async () => {
  const terminal = openHasmit(['app'], { under: ['/bin/sh', '-c', '"$@" >out; echo "status $?"', 'sh'] });
  expect(await terminal.waitFor(/status \d/)).toMatch(/standard output is not a terminal[\s\S]*status 2/);
});

test('broken panel files are left out and said; the rest works', async () => {
  const broken = join(home, 'broken');
  mkdirSync(broken, { recursive: true });
  writeFileSync(join(broken, 'bad.yaml'), 'panels:\n  one: {dialog: One, rnu: "echo"}\n  two: [\n');
  const { status, out } = await hasmit(['-o', broken, 'print', 'app_asks', 'object=thing']);
  expect([status, out]).toEqual([0, 'echo thing is done\n']);
  const checked = await hasmit(['check', broken]);
  expect(checked.status).toBe(3);
  expect(checked.out).toMatch(/bad\.yaml:\d+:\d+: /);
  // The root menu tells them, a fast path opens its panel and says that there are some.
  const root = openHasmit(['-o', broken]);
  await root.waitFor('PANEL FILES WITH MISTAKES');
  expect(await root.text()).toContain('bad.yaml:');
  root.type('\r');
  await root.waitFor(text => text.includes('Fixture Panels') && !text.includes('MISTAKES'));
  const direct = openHasmit(['-o', broken, 'app']);
  await direct.waitFor('Mistakes in panel files (2): "hasmit check" tells.');
});

test('panel files that everybody may write are refused for root', async () => {
  if (process.getuid?.() !== 0) console.warn('not root here: such a file is read like any other');
  const open = join(home, 'open');
  mkdirSync(open, { recursive: true });
  writeFileSync(
    join(open, 'mine.yaml'),
    'menus: {root: [mine]}\npanels:\n  mine: {dialog: Mine, run: "echo mine", help: h, evidence: {level: manual, source: m}}\n',
  );
  expect(await hasmit(['-o', open, 'run', 'mine'])).toMatchObject({ status: 0, out: 'mine\n' });
  chmodSync(join(open, 'mine.yaml'), 0o666);
  const after = await hasmit(['-o', open, 'run', 'mine']);
  expect(after.status).toBe(process.getuid?.() === 0 ? 2 : 0);
  const checked = await hasmit(['check', open]);
  if (process.getuid?.() === 0) expect(checked.out).toMatch(/mine\.yaml.*(writ|other)/);
});
