import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../helpers/program.ts';

/**
 * A small project set up by the real scripts/setup.mjs and the real npm. Its build notes every run in builds.log, is slow
 * while there is a file `slow` and fails while there is a file `fail`; its program prints its arguments and can wait.
 */
const build = `import {appendFileSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
appendFileSync('builds.log', 'begin\\n');
while (existsSync('slow')) await new Promise(resolve => setTimeout(resolve, 20));
if (existsSync('fail')) { console.error('src/cli.ts:1:1: this is what is wrong'); process.exit(1); }
mkdirSync('dist', {recursive: true});
const inputs = process.argv.find(word => word.startsWith('--inputs=')).slice(9);
writeFileSync('dist/hasmit.cjs', '');
writeFileSync('dist/build.json', JSON.stringify({inputs, id: 'x', files: ['hasmit.cjs']}));
appendFileSync('builds.log', 'end\\n');
`;
const program = `#!/bin/sh
echo "program: $*; EDITOR=$EDITOR; npm=$npm_lifecycle_event; $(pwd)"
case $1 in
status) exit "$2" ;;
wait) trap 'echo TERM arrived; exit 7' TERM; echo ready; while :; do sleep 0.05; done ;;
esac
`;

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'hasmit-setup-'));
  for (const name of ['scripts', 'src', 'bin']) mkdirSync(join(project, name));
  for (const name of ['setup.mjs', 'setup-lock.mjs'])
    copyFileSync(join(root, 'scripts', name), join(project, 'scripts', name));
  const manifest = {
    name: 'small',
    version: '1.0.0',
    type: 'module',
    scripts: { start: 'node scripts/setup.mjs start --' },
  };
  const lock = {
    name: 'small',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name: 'small', version: '1.0.0' } },
  };
  put('package.json', JSON.stringify(manifest));
  put('package-lock.json', JSON.stringify(lock));
  put('tsconfig.json', '{}');
  put('scripts/build.ts', build);
  put('src/cli.ts', '');
  put('bin/hasmit', program);
  chmodSync(join(project, 'bin/hasmit'), 0o755);
});

afterEach(() => rmSync(project, { recursive: true, force: true, maxRetries: 5 }));

function put(name: string, text: string): void {
  writeFileSync(join(project, name), text);
}

/** How often a build has begun and ended. */
function builds(): { begun: number; ended: number } {
  const text = existsSync(join(project, 'builds.log')) ? readFileSync(join(project, 'builds.log'), 'utf8') : '';
  return { begun: text.split('begin').length - 1, ended: text.split('end').length - 1 };
}

interface Run {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  done: Promise<{ status: number | null; signal: string | null; stdout: string; stderr: string }>;
}

function start(...args: string[]): Run {
  const child = spawn(process.execPath, ['scripts/setup.mjs', ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = {
    child,
    stdout: '',
    stderr: '',
    done: Promise.resolve({ status: 0, signal: null, stdout: '', stderr: '' }),
  };
  child.stdout.setEncoding('utf8').on('data', text => {
    run.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    run.stderr += text;
  });
  run.done = new Promise(resolve => {
    child.on('close', (status, signal) => resolve({ status, signal, stdout: run.stdout, stderr: run.stderr }));
  });
  return run;
}

async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!what()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const installedAt = () => statSync(join(project, 'node_modules/.hasmit-installed')).mtimeMs;

test('the first start installs and builds with one calm line each, the second does neither', async () => {
  const first = await start('start', '--', 'status', '3').done;
  expect(first.status).toBe(3);
  expect(first.stdout).toContain('program: status 3;');
  expect(first.stderr.split('\n').map(line => line.split(' ')[0])).toEqual(['Installing', 'Building', '']);
  const installed = installedAt();
  const second = await start('start', '--', 'again').done;
  expect(second).toMatchObject({ status: 0, stderr: '' });
  expect(second.stdout).toContain('program: again;');
  expect(builds()).toEqual({ begun: 1, ended: 1 });
  expect(installedAt()).toBe(installed);
});

test('a changed source is built again, a changed lock file is installed and built again', async () => {
  await start('ready').done;
  const installed = installedAt();
  utimesSync(join(project, 'src/cli.ts'), new Date(), new Date(Date.now() + 5000));
  expect((await start('ready').done).stderr).toMatch(/^Building.*\n$/);
  expect(installedAt()).toBe(installed);
  const lock = readFileSync(join(project, 'package-lock.json'), 'utf8');
  put('package-lock.json', `${lock}\n`);
  expect((await start('ready').done).stderr).toMatch(/^Installing.*\nBuilding.*\n$/);
  expect(builds()).toEqual({ begun: 3, ended: 3 });
});

test('several starts at once set up once, and all of them run', async () => {
  const runs = await Promise.all(['a', 'b', 'c', 'd'].map(name => start('start', '--', name).done));
  expect(runs.map(run => run.status)).toEqual([0, 0, 0, 0]);
  expect(runs.map(run => /program: (\w)/.exec(run.stdout)?.[1])).toEqual(['a', 'b', 'c', 'd']);
  expect(builds()).toEqual({ begun: 1, ended: 1 });
  expect(runs.filter(run => run.stderr.includes('Installing'))).toHaveLength(1);
});

test('a build that fails is shown with its own words and status 1, and the next start tries again', async () => {
  put('fail', '');
  const failed = await start('start').done;
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('src/cli.ts:1:1: this is what is wrong\nThe build failed (status 1)');
  expect(failed.stdout).toBe('');
  rmSync(join(project, 'fail'));
  expect(await start('start').done).toMatchObject({ status: 0 });
});

test('npm failing is shown with its own words, and the next start tries again', async () => {
  const lock = readFileSync(join(project, 'package-lock.json'), 'utf8');
  put('package-lock.json', '{ not json');
  const failed = await start('start').done;
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/npm ci failed \(status \d+\); all it said is in .*setup\.log/);
  put('package-lock.json', lock);
  expect(await start('start').done).toMatchObject({ status: 0 });
});

test('a set-up killed in the middle of the build, its child too, does not stop the next start', async () => {
  put('slow', '');
  const killed = start('start');
  await until(() => builds().begun === 1);
  const holders = JSON.parse(readFileSync(join(project, '.setup/lock'), 'utf8'));
  expect(holders).toHaveLength(2);
  for (const { pid } of holders) process.kill(pid, 'SIGKILL');
  await killed.done;
  expect(existsSync(join(project, '.setup/lock'))).toBe(true);
  rmSync(join(project, 'slow'));
  expect(await start('start').done).toMatchObject({ status: 0 });
  expect(builds()).toEqual({ begun: 2, ended: 1 });
});

test('while a killed set-up left its build running, the next start waits for that build to end', async () => {
  put('slow', '');
  const killed = start('start');
  await until(() => builds().begun === 1);
  killed.child.kill('SIGKILL');
  await new Promise(resolve => killed.child.on('exit', resolve));
  const next = start('start');
  await until(() => next.stderr.includes('waiting'));
  expect(builds().begun).toBe(1);
  rmSync(join(project, 'slow'));
  expect(await next.done).toMatchObject({ status: 0 });
});

test('Ctrl-C during the set-up ends it with 130 and leaves no lock', async () => {
  put('slow', '');
  const run = start('start');
  await until(() => builds().begun === 1);
  run.child.kill('SIGINT');
  expect(await run.done).toMatchObject({ status: 130, stdout: '' });
  expect(existsSync(join(project, '.setup/lock'))).toBe(false);
});

test('a signal reaches the program, and its status comes back', async () => {
  const run = start('start', '--', 'wait');
  await until(() => run.stdout.includes('ready'));
  run.child.kill('SIGTERM');
  expect(await run.done).toMatchObject({ status: 7 });
  expect(run.stdout).toContain('TERM arrived');
});

test('npm start passes arguments on and hides from the program what npm adds to the environment', async () => {
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: project,
    npm_config_update_notifier: 'false',
  };
  const child = spawn('npm', ['start', '--', 'one', 'two words'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  const status = await new Promise(resolve => child.on('close', resolve));
  expect(status).toBe(0);
  expect(stdout).toContain(`program: one two words; EDITOR=; npm=; ${project}\n`);
});
