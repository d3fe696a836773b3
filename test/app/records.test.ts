/** Records on the whole program: a full disk and a place that may not be written are said before anything runs; two sessions write at once. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

const mounted: string[] = [];

afterEach(() => {
  for (const directory of mounted.splice(0)) {
    spawnSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true, force: true });
  }
});

/** A file system of its own; undefined where none can be mounted. */
function mount(options: string): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-disk-'));
  mounted.push(directory);
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], {
    encoding: 'utf8',
  });
  if (status === 0) return directory;
  console.warn(
    `no file system can be mounted here (${error?.message ?? stderr.trim()}): a file in the place of the directory does instead`,
  );
  return undefined;
}

/** A place where nothing can be written: read-only, or, where nothing can be mounted, no directory at all. */
function unwritable(): string {
  const directory = mount('size=1m');
  if (directory) {
    mkdirSync(join(directory, 'hasmit'));
    spawnSync('mount', ['-o', 'remount,ro', directory]);
    return directory;
  }
  const file = join(mkdtempSync(join(tmpdir(), 'hasmit-disk-')), 'file');
  writeFileSync(file, '');
  return file;
}

async function opened(args: string[], state: string): Promise<HasmitTerminal> {
  const terminal = openHasmit(args, { env: { XDG_STATE_HOME: state } });
  await terminal.waitFor('Enter=Do');
  return terminal;
}

test('on a full disk nothing runs unrecorded unless the operator says so', async () => {
  const state = mount('size=2m') ?? unwritable();
  if (statSync(state).isDirectory()) {
    mkdirSync(join(state, 'hasmit'));
    // No byte is left.
    spawnSync('dd', ['if=/dev/zero', `of=${join(state, 'ballast')}`, 'bs=64k'], { stdio: 'ignore' });
  }
  const terminal = await opened(['run_verified'], state);
  // Said at once, before anybody relies on it.
  await terminal.waitFor(/cannot write .*hasmit\.log|No space left/i);
  terminal.type(keys.enter);
  const question = await terminal.waitFor('RUN WITHOUT A RECORD?');
  expect(question).toContain('The command cannot be recorded, so it has not been started:');
  expect(existsSync(join(terminal.home, 'verified.txt'))).toBe(false);
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');
  expect(existsSync(join(terminal.home, 'verified.txt'))).toBe(false);
  terminal.type(keys.enter);
  await terminal.waitFor('RUN WITHOUT A RECORD?');
  terminal.type(keys.enter);
  await terminal.waitFor('Command: OK');
  expect(existsSync(join(terminal.home, 'verified.txt'))).toBe(true);
  rmSync(join(state, 'ballast'), { force: true });
  if (!statSync(state).isDirectory()) return;
  // With room again everything is recorded as before.
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');
  terminal.type(keys.enter);
  await terminal.waitFor('Checked afterwards');
  expect(
    terminal
      .transactions()
      .slice(-2)
      .map(entry => entry.event),
  ).toEqual(['START', 'END']);
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('a place that may not be written is named, with the reason, and the program works all the same', async () => {
  const state = unwritable();
  const terminal = await opened(['run_streams'], state);
  terminal.type(keys.enter);
  const question = await terminal.waitFor('RUN WITHOUT A RECORD?');
  expect(question).toContain(state);
  expect(question.replace(/\s*\|\s*\|\s*/g, ' ')).toMatch(/read-only|not a directory/i);
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('two sessions write into the same records without mixing their lines', async () => {
  const state = mkdtempSync(join(tmpdir(), 'hasmit-state-'));
  const sessions = await Promise.all([1, 2].map(() => opened(['run_fails', 'status=0'], state)));
  for (let round = 0; round < 5; round++) {
    for (const session of sessions) session.type(keys.enter);
    for (const session of sessions) await session.waitFor('Command: OK');
    for (const session of sessions) session.type(keys.f3);
    for (const session of sessions) await session.waitFor('F7=Edit');
  }
  for (const session of sessions) session.type(keys.f10);
  for (const session of sessions) expect(await session.ended()).toEqual({ status: 0, signal: 0 });
  const entries = sessions[0]!.transactions();
  expect(entries.length).toBe(20);
  const starts = entries.filter(entry => entry.event === 'START');
  expect(new Set(starts.map(entry => entry.id)).size).toBe(10);
  for (const { id } of starts)
    expect(entries.filter(entry => entry.id === id).map(entry => entry.event)).toEqual(['START', 'END']);
  const script = join(state, 'hasmit/hasmit.script');
  const replayed = spawnSync('sh', ['-e', script], { encoding: 'utf8' });
  expect([replayed.status, replayed.stdout]).toEqual([0, 'before the end\n'.repeat(10)]);
  for (const name of ['hasmit.log', 'hasmit.script', 'transactions.jsonl'])
    expect(statSync(join(state, 'hasmit', name)).mode & 0o777).toBe(0o600);
  rmSync(state, { recursive: true });
});

test('F6 adds a command to the script without running it, F8 saves the screen in the log, -l and -s choose the files', async () => {
  const terminal = openHasmit(['-l', 'my.log', '-s', 'my.script', 'app_asks', 'object=thing']);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.f6);
  await terminal.waitFor('> Return');
  terminal.type('s');
  await terminal.waitFor(`Added to ${terminal.home}/my.script`);
  terminal.type(keys.f6);
  await terminal.waitFor('> Return');
  // The clipboard of the operator's own terminal, by OSC 52.
  terminal.type('c');
  await terminal.waitFor('sent to the clipboard');
  await expect
    .poll(() => terminal.output())
    .toContain(`\x1b]52;c;${Buffer.from('echo thing is done').toString('base64')}`);
  terminal.type(keys.f6);
  await terminal.waitFor('> Return');
  terminal.type('p');
  await terminal.waitFor('will be printed when you leave');
  // F6's box stays open for as many letters as one likes.
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');
  terminal.type(keys.f8);
  await terminal.waitFor('PRINT SCREEN');
  terminal.type(keys.enter);
  await terminal.waitFor('The screen is in the log.');
  terminal.type(keys.f3);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
  expect(await terminal.text()).toContain('echo thing is done');
  expect(readFileSync(join(terminal.home, 'my.script'), 'utf8')).toContain('echo thing is done');
  const log = readFileSync(join(terminal.home, 'my.log'), 'utf8');
  expect(log).toContain('A Panel that Asks');
  expect(log).toContain('[thing]');
  expect(existsSync(join(terminal.home, 'state/hasmit/hasmit.log'))).toBe(false);
});
