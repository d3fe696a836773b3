import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildMenus } from '../../scripts/build-menus.ts';
import { check } from '../../src/cli/check.ts';
import { copyOfNode, goodProgram, goodRules } from '../helpers/hacmp-files.ts';
import { addFiles, directoryWith } from '../helpers/panels.ts';

const nowhere = { index: '/nonexistent', data: '/nonexistent', directories: [], uid: process.getuid!() };

async function checked(root: string, paths: string[], flags = {}) {
  const { status, text } = await check(
    paths.map(path => join(root, path)),
    { where: nowhere, ...flags },
  );
  return { status, lines: text.replaceAll(`${root}/`, '').split('\n') };
}

const rules = 'usr/sbin/cluster/events/rules.hacmprd';
const program = 'usr/sbin/cluster/local/rwho.rp';
const script = '/usr/sbin/cluster/local/rwho_restart';

test('the files of a node that are right get no complaint, alone, together and by their directory', async () => {
  const root = copyOfNode();
  expect(await checked(root, [rules])).toEqual({ status: 0, lines: ['1 rules file: no complaints'] });
  expect(await checked(root, [program], { strict: true })).toEqual({
    status: 0,
    lines: ['1 recovery program: no complaints'],
  });
  expect(await checked(root, [rules, program, rules])).toEqual({
    status: 0,
    lines: ['1 rules file, 1 recovery program: no complaints'],
  });
  expect(await checked(root, ['usr/sbin/cluster/events'], { strict: true })).toEqual({
    status: 0,
    lines: ['1 rules file, 9 recovery programs: no complaints'],
  });
});

test('an error gives 3, warnings alone 1 when the check is strict and 0 when it is not', async () => {
  const root = copyOfNode();
  writeFileSync(join(root, program), goodProgram.replaceAll(' X NULL', ' 0 NULL'));
  const warnings = await checked(root, [program]);
  expect(warnings.status).toBe(0);
  expect(warnings.lines.at(-1)).toBe('1 recovery program: 4 warnings');
  expect((await checked(root, [program], { strict: true })).status).toBe(1);
  writeFileSync(join(root, rules), `${goodRules}\n`);
  const errors = await checked(root, [rules], { strict: true });
  expect(errors.status).toBe(3);
  expect(errors.lines.at(-1)).toBe('1 rules file: 1 error, 4 warnings');
});

test('a rules file leads to the recovery programs and scripts of its own node', async () => {
  const root = copyOfNode();
  chmodSync(join(root, script), 0o644);
  expect(await checked(root, [rules])).toEqual({
    status: 3,
    lines: [
      `${program}:8:1: ${script} is not executable; write chmod +x ${script} on every node`,
      '1 rules file: 1 error',
    ],
  });
  rmSync(join(root, program));
  const line = goodRules.split('\n').indexOf('/usr/sbin/cluster/local/rwho.rp') + 1;
  expect(await checked(root, [rules])).toEqual({
    status: 3,
    lines: [
      `${rules}:${line}:1: UE_PGMRWHO_DOWN: there is no recovery program /usr/sbin/cluster/local/rwho.rp here; it must be on every node, at the same path with the same content`,
      '1 rules file: 1 error',
    ],
  });
});

test('a recovery program alone is held against the rules file of its node', async () => {
  const root = copyOfNode();
  renameSync(join(root, program), join(root, 'usr/sbin/cluster/local/other.rp'));
  expect(await checked(root, ['usr/sbin/cluster/local/other.rp'])).toEqual({
    status: 0,
    lines: [
      `usr/sbin/cluster/local/other.rp:1:1: warning: no event of ${rules} names this recovery program, so it never runs; add an event, or take the file away`,
      '1 recovery program: 1 warning',
    ],
  });
});

test('copies that lie elsewhere are known by their names, their content, and checked with what was given', async () => {
  const root = directoryWith({
    'rules.hacmprd.20261120103000': goodRules,
    'copy-of-rules': goodRules,
    'rwho.rp': goodProgram,
    'copy-of-program': goodProgram,
  });
  // Elsewhere nothing is known of the scripts: this machine is no node of the cluster.
  expect(await checked(root, ['rules.hacmprd.20261120103000', 'copy-of-rules', 'rwho.rp', 'copy-of-program'])).toEqual({
    status: 0,
    lines: [
      'copy-of-program:1:1: warning: no event of rules.hacmprd.20261120103000 names this recovery program, so it never runs; add an event, or take the file away',
      '2 rules files, 2 recovery programs: 1 warning',
    ],
  });
});

test('copies of several nodes must be the same', async () => {
  const root = directoryWith({
    'n1/rules.hacmprd': goodRules,
    'n2/rules.hacmprd': goodRules.replace('ProgName=rwhod', 'ProgName=inetd'),
    'n1/usr/sbin/cluster/local/a.rp': goodProgram,
    'n2/usr/sbin/cluster/local/a.rp': goodProgram.replace('other', 'event'),
  });
  const { status, lines } = await checked(root, ['n1/rules.hacmprd', 'n2/rules.hacmprd']);
  expect(status).toBe(3);
  expect(lines[0]).toMatch(/^n2\/rules.hacmprd:\d+:1: differs from n1\/rules.hacmprd, first in this line; /);
  const programs = await checked(root, ['n1/usr/sbin/cluster/local/a.rp', 'n2/usr/sbin/cluster/local/a.rp']);
  expect(programs.lines.find(line => line.includes('differs'))).toMatch(
    /^n2\/usr\/sbin\/cluster\/local\/a.rp:3:1: differs from n1\//,
  );
});

test('panel files and files of the cluster are checked in one go', async () => {
  const root = directoryWith({
    'menus/root.yaml': 'panels:\n  root: {menu: R, help: h, items: [one]}\n  one: {text: O, help: h, body: b}\n',
  });
  await buildMenus(join(root, 'menus'), join(root, 'dist'));
  const where = { ...nowhere, index: join(root, 'dist/menus.index.json'), data: join(root, 'dist/menus.data') };
  addFiles(root, { 'a.yaml': 'panels:\n  two: {menu: Two}\n', 'b/rules.hacmprd': '', 'b/c.yaml': 'panels: {}\n' });
  const { status, lines } = await checked(root, ['a.yaml', 'b'], { where });
  expect(status).toBe(3);
  expect(lines).toEqual([
    'a.yaml:2:3: two: "items" is missing; write, for example, items: ["hacmp","mnode"]',
    'b/rules.hacmprd:1:1: the file is empty; copy rules.hacmprd from another node or from its backup',
    '2 files, 0 panels, 1 rules file: 2 errors',
  ]);
});

test('JSON holds the counts and every complaint with its place', async () => {
  const root = directoryWith({ 'rwho.rp': 'all "node_up" 0\n' });
  const { status, text } = await check([join(root, 'rwho.rp')], { where: nowhere, json: true });
  expect(status).toBe(3);
  expect(JSON.parse(text)).toEqual({
    files: 1,
    panels: 0,
    rules: 0,
    programs: 1,
    errors: 1,
    warnings: 0,
    complaints: [
      {
        place: { file: join(root, 'rwho.rp'), line: 1, column: 14 },
        message: 'NULL is missing at the end of the line; every command line ends with it',
        level: 'error',
      },
    ],
  });
});

test('what is no file is told of', async () => {
  const root = directoryWith({ 'big.rp': 'x'.repeat(17 * 1024 * 1024) });
  mkdirSync(join(root, 'rules.hacmprd'));
  mkdirSync(join(root, 'dir.rp'));
  const { status, lines } = await checked(root, ['none.rp', 'rules.hacmprd.none', 'big.rp']);
  expect(status).toBe(3);
  expect(lines).toEqual([
    'big.rp:1:1: the file has 17825792 bytes; this is no rules file and no recovery program',
    'none.rp:1:1: there is no such file or directory',
    'rules.hacmprd.none:1:1: there is no such file or directory',
    '0 files: 3 errors',
  ]);
  expect((await checked(root, ['rules.hacmprd', 'dir.rp'])).lines.at(-1)).toBe('0 files, 0 panels: no complaints');
});
