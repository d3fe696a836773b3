import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildMenus } from '../../scripts/build-menus.ts';
import { check } from '../../src/cli/check.ts';
import { schema } from '../../src/cli/schema.ts';
import type { CatalogueOptions } from '../../src/panel/catalogue.ts';
import { addFiles, directoryWith } from '../helpers/panels.ts';

const sure = 'help: h, evidence: {level: manual, source: m}';

async function place(): Promise<{ base: string; where: CatalogueOptions }> {
  const base = directoryWith({
    'menus/root.yaml': `panels:\n  root: {menu: R, help: h, items: [one]}\n  one: {dialog: One, run: echo, ${sure}}\n`,
  });
  await buildMenus(join(base, 'menus'), join(base, 'dist'));
  const where = {
    index: join(base, 'dist/menus.index.json'),
    data: join(base, 'dist/menus.data'),
    directories: [{ path: join(base, 'user') }],
    uid: process.getuid!(),
  };
  return { base, where };
}

test('the whole search path is checked when no path is given', async () => {
  const { base, where } = await place();
  expect(await check([], { where })).toEqual({ status: 0, text: '0 files, 0 panels: no complaints' });
  addFiles(base, { 'user/a.yaml': `menus: {root: [two]}\npanels:\n  two: {dialog: Two, run: echo, ${sure}}\n` });
  expect(await check([], { where })).toEqual({ status: 0, text: '1 file, 1 panel: no complaints' });
  addFiles(base, { 'user/b.yaml': 'panels:\n  three: {dialog: Three, rum: echo}\n' });
  const { status, text } = await check([], { where });
  expect(status).toBe(3);
  expect(text.replaceAll(`${base}/`, '').split('\n')).toEqual([
    'user/b.yaml:2:26: three: unknown key "rum"; did you mean "run"?',
    '2 files, 1 panel: 1 error',
  ]);
});

test('a file is checked together with the panels it will stand beside, and only it is spoken of', async () => {
  const { base, where } = await place();
  addFiles(base, {
    'user/a.yaml': `menus: {root: [two]}\npanels:\n  two: {dialog: Two, rum: echo}\n`,
    'new/b.yaml': `menus: {root: [m]}\npanels:\n  m: {menu: M, help: h, items: [one, tow]}\n`,
  });
  const { text } = await check([join(base, 'new/b.yaml')], { where });
  expect(text.replaceAll(`${base}/`, '').split('\n')).toEqual([
    'new/b.yaml:3:38: m: there is no panel "tow"; did you mean "two"?',
    '1 file, 1 panel: 1 error',
  ]);
});

test('a file that is on the search path already is not taken for its own double', async () => {
  const { base, where } = await place();
  addFiles(base, { 'user/a.yaml': `menus: {root: [two]}\npanels:\n  two: {dialog: Two, run: echo, ${sure}}\n` });
  const path = join(base, 'user/a.yaml');
  expect(await check([path, join(base, 'user')], { where })).toEqual({
    status: 0,
    text: '1 file, 1 panel: no complaints',
  });
});

test('warnings fail a strict check only', async () => {
  const { base, where } = await place();
  addFiles(base, { 'user/a.yaml': 'menus: {root: [two]}\npanels:\n  two: {dialog: Two, run: echo, help: h}\n' });
  expect((await check([], { where })).status).toBe(0);
  expect((await check([], { where, strict: true })).status).toBe(1);
});

test('JSON holds the counts and every complaint with its place', async () => {
  const { base, where } = await place();
  addFiles(base, { 'user/a.yaml': 'panels:\n  two: {menu: Two}\n' });
  const { status, text } = await check([], { where, json: true });
  expect(status).toBe(3);
  expect(JSON.parse(text)).toEqual({
    files: 1,
    panels: 0,
    errors: 1,
    warnings: 0,
    complaints: [
      {
        place: { file: join(base, 'user/a.yaml'), line: 2, column: 3 },
        panel: 'two',
        message: '"items" is missing; write, for example, items: ["hacmp","mnode"]',
        level: 'error',
      },
    ],
  });
});

test('a path that is not there is an error', async () => {
  const { where } = await place();
  expect(await check(['/nonexistent.yaml'], { where })).toEqual({
    status: 3,
    text: '/nonexistent.yaml:1:1: there is no such file or directory\n0 files, 0 panels: 1 error',
  });
});

test('the shipped sources can be checked by themselves', async () => {
  const { base, where } = await place();
  expect(await check([join(base, 'menus')], { where })).toEqual({ status: 0, text: '1 file, 2 panels: no complaints' });
  expect(
    await check([join(base, 'menus')], { where: { ...where, index: '/nonexistent', data: '/nonexistent' } }),
  ).toMatchObject({ status: 0 });
});

test('the schema is JSON', async () => {
  const { status, text } = await schema();
  expect(status).toBe(0);
  expect(JSON.parse(text)).toMatchObject({ title: 'hasmit panel file', type: 'object' });
});
