/** Endings that nobody wished for: the line is lost, the program is told to end or is killed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

function alive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

const gone = (pid: number, ms = 12_000) => expect.poll(() => alive(pid), { timeout: ms, interval: 20 }).toBe(false);

/** Processes that have this in their environment: everything that a session of ours has started. */
function withMark(mark: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`MARK=${mark}\0`);
      } catch {
        return false;
      }
    })
    .filter(alive);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const commandLines = (mark: string) => withMark(mark).map(commandLine);

/** The program itself, below the shell it was started from. */
function programOf(mark: string): number {
  return withMark(mark).find(pid => /^\S*node\S* .*hasmit\.cjs/.test(commandLine(pid)))!;
}

async function running(fastPath: string, mark: string, until: string | RegExp): Promise<HasmitTerminal> {
  const terminal = openHasmit([fastPath], { env: { MARK: mark } });
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  await terminal.waitFor(until);
  expect(withMark(mark).length).toBeGreaterThan(1);
  return terminal;
}

const events = (terminal: HasmitTerminal) =>
  terminal.transactions().map(entry => `${entry.event} ${entry.state ?? ''}`.trim());

test('a line that is lost ends the program and its command, and both ends are recorded', async () => {
  const terminal = await running('run_drip', 'lost-line', 'line 3 of the drip');
  terminal.hangUp();
  await gone(terminal.pid);
  expect(withMark('lost-line')).toEqual([]);
  expect(events(terminal)).toEqual(['START', 'END cancelled']);
  expect(terminal.record('hasmit.log')).toContain('line 3 of the drip');
});

test('a lost line leaves none of those behind that take no notice of signals, nor a list command', async () => {
  const stubborn = await running('run_stubborn', 'lost-stubborn', /^\d+ \d+/m);
  const list = openHasmit(['app_lists'], { env: { MARK: 'lost-list' } });
  await list.waitFor('Enter=Do');
  list.type(`${keys.down}${keys.down}${keys.f4}`);
  await list.waitFor('Processing data ...');
  await expect.poll(() => withMark('lost-list').length).toBeGreaterThan(1);
  stubborn.hangUp();
  list.hangUp();
  await Promise.all([gone(stubborn.pid), gone(list.pid)]);
  expect(withMark('lost-stubborn')).toEqual([]);
  expect(withMark('lost-list')).toEqual([]);
  expect(events(stubborn)).toEqual(['START', 'END cancelled']);
});

test('also where hanging up sends no signal the program ends', async () => {
  const terminal = openHasmit(['app'], {
    under: ['/bin/sh', '-c', 'trap "" HUP; "$@"; echo $? >status', 'sh'],
    env: { MARK: 'no-signal' },
  });
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  await terminal.waitFor('[Entry Fields]');
  terminal.hangUp();
  await expect.poll(() => withMark('no-signal'), { timeout: 5000 }).toEqual([]);
  expect(readFileSync(`${terminal.home}/status`, 'utf8').trim()).toBe('129');
});

test('SIGTERM restores the terminal, ends the command and dies by that signal', async () => {
  const terminal = openHasmit(['run_drip'], {
    under: ['/bin/sh', '-c', '"$@"; echo "ended with $?"; stty -a; read -r line', 'sh'],
    env: { MARK: 'term' },
  });
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  await terminal.waitFor('line 2 of the drip');
  process.kill(programOf('term'), 'SIGTERM');
  const text = await terminal.waitFor(/ended with \d+[\s\S]*icanon/);
  expect(text).toContain('ended with 143');
  expect(await terminal.onAlternateScreen()).toBe(false);
  expect(text).toMatch(/ icanon[\s\S]* echo /);
  expect(terminal.output().slice(terminal.output().lastIndexOf('\x1b[?1049l') - 40)).toContain('\x1b[?7h\x1b[?25h');
  expect(commandLines('term').filter(line => /drip|sleep/.test(line) && !line.includes('ended with'))).toEqual([]);
  expect(events(terminal)).toEqual(['START', 'END cancelled']);
});

test('kill -9 leaves a START without an END, and the next session finds everything in order', async () => {
  const terminal = await running('run_drip', 'killed', 'line 2 of the drip');
  terminal.kill('SIGKILL');
  await gone(terminal.pid);
  expect(events(terminal)).toEqual(['START']);
  expect(terminal.transactions()[0]).toMatchObject({ fast_path: 'run_drip' });
  // The command has nobody who reads it now, and ends by that.
  await expect.poll(() => withMark('killed'), { timeout: 5000 }).toEqual([]);
  const next = openHasmit(['run_streams'], { env: { XDG_STATE_HOME: `${terminal.home}/state` } });
  await next.waitFor('Enter=Do');
  next.type(keys.enter);
  await next.waitFor('Command: OK');
  expect(next.transactions().map(entry => entry.event)).toEqual(['START', 'START', 'END']);
  next.type(keys.f10);
  expect(await next.ended()).toEqual({ status: 0, signal: 0 });
});

test('SIGTERM while a program has the terminal leaves neither it nor us behind', async () => {
  const terminal = openHasmit(['run_waits'], {
    under: ['/bin/bash', '--norc', '-c', '"$@"; echo "ended with $?"; stty -a; read -r line', 'bash'],
    env: { MARK: 'away' },
  });
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  await terminal.waitFor(/^waiting/m);
  process.kill(programOf('away'), 'SIGTERM');
  const text = await terminal.waitFor(/ended with \d+[\s\S]*icanon/);
  expect(text).toContain('ended with 143');
  expect(commandLines('away').filter(line => line.includes('sleep'))).toEqual([]);
  expect(terminal.transactions().map(entry => entry.event)).toEqual(['START', 'END']);
});

test('leaving while a check afterwards is tried again and again does not wait for it', async () => {
  const terminal = openHasmit(['run_never_verified'], { env: { MARK: 'verify' } });
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  await terminal.waitFor('Command: OK');
  await wait(100);
  terminal.type(keys.f10);
  expect(await terminal.ended(3000)).toEqual({ status: 0, signal: 0 });
  expect(withMark('verify')).toEqual([]);
});
