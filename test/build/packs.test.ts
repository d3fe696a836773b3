import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildProgram } from '../../scripts/build.ts';
import { root } from '../helpers/program.ts';

const entry = join(root, 'test/fixtures/build/program.ts');
const right = 'main, left, right is loaded, right, out, a+b, 4\n';
let directory: string;
let out: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hasmit-packs-'));
  out = join(directory, 'out');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeEach(async () => {
  rmSync(out, { recursive: true, force: true });
  await buildProgram({ root, entry, out, warm: [{ args: ['warm'] }] });
});

function run(...flags: string[]) {
  return spawnSync(process.execPath, [...flags, join(out, 'hasmit.cjs'), 'a', 'b'], { encoding: 'utf8' });
}

const caches = () => readdirSync(out).filter(name => name.endsWith('.cache'));

test('modules shared by several packs exist once, and packs know where they are', () => {
  expect(run()).toMatchObject({ stdout: right, stderr: '', status: 0 });
  expect(readdirSync(out).filter(name => /^(main|left|right)-\w+\.js$/.test(name))).toHaveLength(3);
});

test('every pack that was loaded has a code cache, which V8 takes', () => {
  expect(caches()).toHaveLength(3);
  const hook = join(directory, 'hook.cjs');
  writeFileSync(
    hook,
    `const vm = require('vm'); vm.Script = class extends vm.Script {
      constructor(text, options) { super(text, options); console.error(this.cachedDataRejected); } };`,
  );
  // The launcher of the installed program passes this flag; the caches are made under it.
  expect(run('--disable-sigusr1', '--require', hook)).toMatchObject({ stdout: right, stderr: 'false\nfalse\nfalse\n' });
});

test('a damaged, empty or foreign code cache is passed over', () => {
  for (const name of caches()) {
    const bytes = readFileSync(join(out, name));
    bytes.fill(0xa5, 8, 64);
    writeFileSync(join(out, name), name.startsWith('main') ? bytes : '');
  }
  expect(run()).toMatchObject({ stdout: right, stderr: '', status: 0 });
});

test('a code cache that others may write is not read', () => {
  for (const name of caches()) chmodSync(join(out, name), 0o666);
  const hook = join(directory, 'hook2.cjs');
  writeFileSync(
    hook,
    `const vm = require('vm'); vm.Script = class extends vm.Script {
      constructor(text, options) { super(text, options); console.error(options.cachedData === undefined); } };`,
  );
  expect(run('--require', hook)).toMatchObject({ stdout: right, stderr: 'true\ntrue\ntrue\n' });
});

test('a Node that is too old is told so in one line', () => {
  const hook = join(directory, 'old.cjs');
  for (const [version, accepted] of [
    ['6.17.1', false],
    ['20.20.2', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['26.0.0', true],
  ] as const) {
    writeFileSync(
      hook,
      `Object.defineProperty(process, 'versions', {value: {...process.versions, node: '${version}'}});`,
    );
    const { stdout, stderr, status } = run('--require', hook);
    if (accepted) expect({ stdout, status }).toEqual({ stdout: right, status: 0 });
    else {
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
      expect(stderr).toBe(`hasmit needs Node 22.12 or newer; ${process.execPath} is Node ${version}\n`);
    }
  }
});

test('a build that fails leaves the program that was there', async () => {
  const broken = join(directory, 'broken.ts');
  writeFileSync(broken, "import { nothing } from './nowhere.ts';\nnothing();\n");
  const before = readdirSync(out);
  await expect(buildProgram({ root, entry: broken, out })).rejects.toThrow('nowhere');
  expect(readdirSync(out)).toEqual(before);
  expect(run().stdout).toBe(right);
});

test('the packs of the build before stay for sessions that still run, older ones go', async () => {
  const packs = () => readdirSync(out).filter(name => name.endsWith('.js'));
  const other = (text: string) => {
    const file = join(directory, 'other.ts');
    writeFileSync(file, `console.log(${JSON.stringify(text)});\n`);
    return buildProgram({ root, entry: file, out });
  };
  const first = packs();
  await other('second');
  expect(packs()).toEqual(expect.arrayContaining(first));
  await other('third');
  expect(packs().filter(name => first.includes(name))).toEqual([]);
  expect(packs()).toHaveLength(2);
  expect(run().stdout).toBe('third\n');
});

test('a pack that is gone is said in one line', () => {
  for (const name of readdirSync(out)) if (name.startsWith('left-')) rmSync(join(out, name));
  const { stderr, status } = run();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^hasmit: .*left-\w+\.js is missing; hasmit was built again meanwhile, start it anew\n$/);
});
