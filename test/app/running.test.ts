/** Commands on the whole program: what is shown while they run, how they end, what bad output does to the screen, cancel and time-out. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

/** Opens a panel by its fast path with the jump, and runs it. */
async function jumpTo(terminal: HasmitTerminal, fastPath: string): Promise<void> {
  terminal.type(keys.ctrlG);
  await terminal.waitFor('JUMP TO A FAST PATH');
  terminal.type(`${fastPath}\r`);
  await terminal.waitFor('F7=Edit');
}

async function run(terminal: HasmitTerminal, fastPath: string, until: string | RegExp): Promise<string> {
  await jumpTo(terminal, fastPath);
  terminal.type(keys.enter);
  await terminal.waitFor('COMMAND STATUS');
  return terminal.waitFor(until);
}

function alive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Row and text of the last line of output on the screen. */
const outputRows = (text: string) => text.split('\n').slice(6, 21);

test('how a command ended is said: OK, failed with its status, by a signal, by its own words, unknown, timed out', async () => {
  const terminal = openHasmit(['runs'], { env: { TEST_HOST: '/dev/null' } });
  await terminal.waitFor('Both Streams');
  const both = await run(terminal, 'run_streams', 'Command: OK');
  expect(both).toMatch(/Command: OK +stdout: yes +stderr: yes/);
  expect(both).toMatch(/to standard output *\nto standard error/);
  const failed = await run(terminal, 'run_fails', 'Command: failed');
  expect(failed).toMatch(/stdout: yes +stderr: no +status 3/);
  expect(failed).toContain('before the end');
  const killed = await run(terminal, 'run_killed', 'Command: failed');
  expect(killed).toContain('ended by signal SIGKILL');
  expect(killed).toContain('last words');
  const said = await run(terminal, 'run_says_error', 'Command: failed');
  expect(said).toContain('line 1 matches "^Error:": Error: no such node');
  const late = await run(terminal, 'run_timeout', 'Command: timed out');
  expect(late).toContain('not done after 1 s, so it was stopped');
  expect(await run(terminal, 'run_tty', 'Command: failed')).toContain('no terminal');
  const verified = await run(terminal, 'run_verified', 'Checked afterwards: as expected');
  expect(verified).toContain('Command: OK');
  expect(existsSync(join(terminal.home, 'verified.txt'))).toBe(true);
  const ends = terminal.transactions().filter(entry => entry.event === 'END');
  expect(ends.map(end => end.state)).toEqual(['ok', 'failed', 'failed', 'failed', 'timeout', 'failed', 'ok']);
});

test('255 from ssh is unknown and never OK', async () => {
  const terminal = openHasmit(['run_ssh', 'host=there'], { env: { PATH: `${sshFirst()}:${process.env.PATH}` } });
  await terminal.waitFor('Enter=Do');
  expect(await terminal.text()).toContain("ssh -o BatchMode=yes there 'echo trying; exit 255'");
  terminal.type(keys.enter);
  const text = await terminal.waitFor('Command: unknown');
  expect(text).toContain('trying');
  expect(text).toContain('status 255: ssh could not reach there');
  // The whole of the reason, where a row of the screen is too short for it.
  terminal.type(keys.f1);
  const help = await terminal.waitFor('CONTEXTUAL HELP');
  expect(help.replace(/\s*\|?\n *\| */g, ' ')).toContain('check there before running it again');
  expect(terminal.transactions().at(-1)).toMatchObject({ event: 'END', state: 'unknown', status: 255 });
});

function sshFirst(): string {
  return join(import.meta.dirname, '../fixtures/command');
}

test('the command finds the environment of the user and nothing of the tool', async () => {
  const terminal = openHasmit(['run_env'], {
    env: { FAVOURITE: 'a value', FORCE_COLOR: '3', NODE_ENV: 'mine' },
    rows: 50,
  });
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  const text = await terminal.waitFor('Command: OK');
  const found = outputRows(text.replaceAll(/ +\n/g, '\n')).join('\n') + text;
  for (const line of ['FAVOURITE=a value', 'FORCE_COLOR=3', 'NODE_ENV=mine', 'TERM=xterm', `HOME=${terminal.home}`])
    expect(found).toContain(line);
  expect(found).not.toMatch(/HASMIT|NODE_OPTIONS|NODE_COMPILE_CACHE|DEV=/);
});

test('output follows while it comes, stays where one looks, and a silent command shows its time', async () => {
  const terminal = openHasmit(['run_drip']);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  await terminal.waitFor(/line 16 of the drip[\s\S]*\[BOTTOM\]/);
  expect(await terminal.text()).toMatch(/Command: running +stdout: yes +stderr: no/);
  terminal.type(keys.home);
  await terminal.waitFor(/\[TOP\] *\nline 1 of the drip/);
  await terminal.waitFor('Ctrl-C=Cancel the command');
  await wait(500);
  expect(await terminal.text()).toMatch(/\[TOP\] *\nline 1 of the drip/);
  terminal.type('/line 12\r');
  await terminal.waitFor(/\[MORE...11\] *\nline 12 of the drip/);
  // Ctrl-C asks; F3 lets it run on, and the place is kept.
  terminal.type(keys.ctrlC);
  await terminal.waitFor('CANCEL THE RUNNING COMMAND?');
  // Asked once, however often.
  terminal.type(`${keys.f10}${keys.f3}`);
  await terminal.waitFor(text => !text.includes('CANCEL THE RUNNING'));
  expect(await terminal.text()).toMatch(/Command: running[\s\S]*\nline 12 of the drip/);
  terminal.type(keys.end);
  await terminal.waitFor('[BOTTOM]');
  terminal.type(keys.f3);
  await terminal.waitFor('CANCEL THE RUNNING COMMAND?');
  terminal.type(keys.enter);
  await terminal.waitFor(/Command: cancelled[\s\S]*line 1 of the drip/);
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');

  const quiet = openHasmit(['run_quiet']);
  await quiet.waitFor('Enter=Do');
  quiet.type(keys.enter);
  await quiet.waitFor(/Command: running +stdout: no +stderr: no +[234] s/);
  expect(await quiet.text()).toContain('Ctrl-C=Cancel the command');
  // F6 shows what is running.
  quiet.type(keys.f6);
  expect(await quiet.waitFor('SHOW COMMAND STRING')).toContain('sleep 5; echo spoken');
  quiet.type(keys.f3);
  expect(await quiet.waitFor('Command: OK')).toContain('spoken');
});

test('cancel ends the whole group, those that take no notice too', async () => {
  const terminal = openHasmit(['run_stubborn']);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  const pids = /^(\d+) (\d+)/m
    .exec(await terminal.waitFor(/^\d+ \d+/m))!
    .slice(1)
    .map(Number);
  expect(pids.map(alive)).toEqual([true, true]);
  terminal.type(keys.ctrlC);
  await terminal.waitFor('CANCEL THE RUNNING COMMAND?');
  terminal.type(keys.enter);
  expect(await terminal.waitFor('got INT')).toMatch(/It was told to end\.[\s\S]*Command: running/);
  const text = await terminal.waitFor('Command: cancelled', 12_000);
  expect(text).toContain('got TERM');
  expect(text).not.toContain('It was told to end.');
  expect(pids.map(alive)).toEqual([false, false]);
  expect(terminal.transactions().at(-1)).toMatchObject({ event: 'END', state: 'cancelled' });
});

test('bytes that a terminal must not get do nothing to the screen', async () => {
  const terminal = openHasmit(['run_nasty']);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  const text = await terminal.waitFor('Command: OK');
  for (const line of ['before after', 'nul^@nul', 'bad \ufffd\ufffd utf8', '100%', 'NAME', 'text behind a picture'])
    expect(text.split('\n').map(row => row.trimEnd())).toContain(line);
  expect(text).toContain('last line without an end');
  expect(terminal.output()).not.toContain('owned');
  const row = text.split('\n').findIndex(line => line.startsWith('red without'));
  expect((await terminal.cells(row)).some(cell => cell.inverse || cell.bold || cell.underline)).toBe(false);
  expect(text).toContain('F1=Help');
  // The log is for people too.
  expect(terminal.record('hasmit.log')).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
});

test('a megabyte without a line end is shown in rows, and the end is found', async () => {
  const terminal = openHasmit(['run_long_line']);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  const text = await terminal.waitFor('Command: OK');
  expect(text).toContain('before');
  expect(text).toContain('x'.repeat(80));
  terminal.type(keys.end);
  await terminal.waitFor(/after *\n\[BOTTOM\]/);
  terminal.type(keys.pageUp);
  await terminal.waitFor(/x{80}\n\[MORE/);
  terminal.type(keys.home);
  await terminal.waitFor(/\[TOP\] *\nbefore/);
});

test('one million lines are followed, searched and kept in little memory', async () => {
  const spill = mkdtempSync(join(tmpdir(), 'hasmit-spill-'));
  const terminal = openHasmit(['run_million'], { env: { PAGER: 'less', TMPDIR: spill } });
  await terminal.waitFor('Enter=Do');
  const before = memory(terminal.pid);
  terminal.type(keys.enter);
  await terminal.waitFor('Command: OK', 20_000);
  const spilled = spilledBytes(terminal.pid, spill);
  const text = await terminal.text();
  expect(text).toMatch(/\[TOP\] *\n1 *\n2/);
  expect(text).toContain('[MORE...999988]');
  terminal.type(keys.end);
  await terminal.waitFor(/1000000 *\n\[BOTTOM\]/);
  // From the window's first line on, then the next ones, and backwards.
  terminal.type(`${keys.home}/77777\r`);
  await terminal.waitFor(/\[MORE...77776\] *\n77777 *\n/);
  terminal.type('n');
  await terminal.waitFor(/\[MORE...177776\] *\n177777 *\n/);
  terminal.type('nN');
  await terminal.waitFor(/\[MORE...177776\] *\n177777 *\n/);
  terminal.type('/no such text\r');
  await terminal.waitFor('Not found: no such text', 15_000);
  expect(memory(terminal.pid) - before).toBeLessThan(150);
  // The pager gets all of it and gives the screen back.
  terminal.type('|');
  await terminal.waitFor(/^1\n2\n3/m);
  expect(await terminal.onAlternateScreen()).toBe(true);
  terminal.type('G');
  await terminal.waitFor('1000000');
  terminal.type('q');
  await terminal.waitFor('COMMAND STATUS');
  terminal.type('w');
  await terminal.waitFor('Saved in ');
  const saved = readdirSync(join(terminal.home, 'state/hasmit')).filter(name => name.startsWith('output-'));
  expect(saved.length).toBe(1);
  const file = join(terminal.home, 'state/hasmit', saved[0]!);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(file).size).toBe(6_888_896);
  // The lines were on the disk; nothing of them is left behind.
  expect(spilled).toBeGreaterThan(0);
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
  expect(readdirSync(spill)).toEqual([]);
  rmSync(spill, { recursive: true });
});

/** Bytes of the files in a directory that a process has open, with or without a name. */
function spilledBytes(pid: number, directory: string): number {
  return readdirSync(`/proc/${pid}/fd`)
    .map(fd => `/proc/${pid}/fd/${fd}`)
    .filter(fd => readlinkSync(fd).startsWith(directory))
    .reduce((sum, fd) => sum + statSync(fd).size, 0);
}

/** Resident memory of a process in MB. */
function memory(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}
