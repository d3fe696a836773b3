import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../helpers/program.ts';

/** A tree as it is installed: the real launcher beside a program that says how it was started. */
let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'hasmit-tree-'));
  for (const name of ['bin', 'dist', 'elsewhere']) mkdirSync(join(tree, name));
  copyFileSync(join(root, 'bin/hasmit'), join(tree, 'bin/hasmit'));
  writeFileSync(
    join(tree, 'dist/hasmit.cjs'),
    'console.log(JSON.stringify([process.execPath, process.execArgv, process.argv.slice(2)]))',
  );
});

afterEach(() => rmSync(tree, { recursive: true, force: true }));

/** Puts a Node among the packages of the tree. */
function bringNode(): string {
  const directory = join(tree, 'node_modules/node-linux-any/bin');
  mkdirSync(directory, { recursive: true });
  symlinkSync(process.execPath, join(directory, 'node'));
  return directory;
}

function run(command: string, args: string[], path = '/usr/bin:/bin', cwd = tree) {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', cwd, env: { PATH: path } });
  return { said: stdout ? JSON.parse(stdout) : undefined, stderr, status };
}

test('the Node that came with hasmit is used, and every argument arrives as it was', () => {
  bringNode();
  const args = ['', 'a b', "it's", '--flag=*', '$HOME', 'line\nbreak'];
  expect(run(join(tree, 'bin/hasmit'), args)).toEqual({
    said: [process.execPath, ['--disable-sigusr1'], args],
    stderr: '',
    status: 0,
  });
});

test('the launcher is found through links, absolute, relative and in a chain, and by PATH', () => {
  bringNode();
  symlinkSync(join(tree, 'bin/hasmit'), join(tree, 'elsewhere/absolute'));
  symlinkSync('../bin/hasmit', join(tree, 'elsewhere/relative'));
  symlinkSync('relative', join(tree, 'elsewhere/chain'));
  for (const name of ['absolute', 'relative', 'chain']) {
    expect(run(join(tree, 'elsewhere', name), ['x']).said?.[2]).toEqual(['x']);
    expect(run(name, ['x'], `${join(tree, 'elsewhere')}:/usr/bin:/bin`, '/').said?.[2]).toEqual(['x']);
  }
  expect(run('sh', ['hasmit', 'x'], '/usr/bin:/bin', join(tree, 'bin')).said?.[2]).toEqual(['x']);
});

test('without a Node of its own the one on PATH is used, and none at all is said in one line', () => {
  const own = join(tree, 'mine');
  mkdirSync(own);
  symlinkSync(process.execPath, join(own, 'node'));
  expect(run(join(tree, 'bin/hasmit'), ['x'], own).said).toEqual([process.execPath, [], ['x']]);
  rmSync(join(own, 'node'));
  expect(run('/bin/sh', [join(tree, 'bin/hasmit')], own)).toEqual({
    said: undefined,
    stderr: "hasmit needs Node 22.12 or newer, and there is no 'node' on this machine's PATH\n",
    status: 2,
  });
});

test('a tree that is not built says what to do', () => {
  rmSync(join(tree, 'dist'), { recursive: true });
  const { stderr, status } = run(join(tree, 'bin/hasmit'), []);
  expect(status).toBe(2);
  expect(stderr).toBe(`hasmit is not built yet: run 'npm start' once in ${tree}\n`);
});

test('the launcher keeps to what every POSIX shell knows', () => {
  bringNode();
  const shells = ['dash', 'bash', 'busybox', 'mksh', 'ksh'].filter(name => spawnSync('which', [name]).status === 0);
  expect(shells.length).toBeGreaterThan(0);
  for (const name of shells) {
    const command = name === 'busybox' ? ['sh'] : [];
    expect([name, run(`/usr/bin/env`, [name, ...command, join(tree, 'bin/hasmit'), 'a b']).said?.[2]]).toEqual([
      name,
      ['a b'],
    ]);
  }
  expect(readFileSync(join(root, 'bin/hasmit'), 'utf8')).toMatch(/^#!\/bin\/sh\n/);
});
