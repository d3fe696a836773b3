/**
 * The main job from end to end, on a real interface in a network of its own: a fast path opened inside tmux, the form filled by keyboard, the
 * command read, run and seen to work, and the script replayed by sh with the same effect.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

let holder: ChildProcess | undefined;
let network: string[] = [];
let problem = '';
const socket = `hasmit-test-${process.pid}`;

/** A network of this test's own: a pair of virtual interfaces, up. It goes when its holder goes. */
beforeAll(async () => {
  const setup = [
    'set -e',
    'ip link set lo up',
    'ip link add veth0 type veth peer name veth1',
    'ip link set veth0 up',
    'ip link set veth1 up',
    'echo ready',
    'exec cat >/dev/null',
  ];
  holder = spawn('unshare', ['--net', '/bin/sh', '-c', setup.join('\n')]);
  problem = await new Promise<string>(resolve => {
    let said = '';
    holder!.on('error', error => resolve(error.message));
    holder!.on('exit', status => resolve(`status ${status}: ${said}`));
    holder!.stderr!.on('data', chunk => (said += chunk));
    holder!.stdout!.on('data', chunk => String(chunk).includes('ready') && resolve(''));
  });
  network = ['nsenter', '--target', String(holder.pid), '--net', '--'];
});

afterAll(() => {
  spawnSync('tmux', ['-L', socket, 'kill-server']);
  holder?.kill('SIGKILL');
});

/** Runs a program inside that network. */
function inside(...words: string[]): string {
  const { stdout, stderr, status } = spawnSync(network[0]!, [...network.slice(1), ...words], { encoding: 'utf8' });
  return status === 0 ? stdout : `status ${status}: ${stderr}`;
}

const addresses = () => inside('ip', '-4', '-o', 'addr', 'show', 'dev', 'veth0');

test('a virtual address is configured by keyboard, shown, and configured again by the script', async () => {
  if (problem) {
    // The nearest that such a machine can do: the same command, shown and not run.
    console.warn(`no network of its own can be made here (${problem}): the command is shown and recorded, not run`);
    const terminal = openHasmit(['-x', 'mnode_vip_add', 'interface=lo', 'address=10.88.0.5', 'prefix=24']);
    await terminal.waitFor('ip addr add 10.88.0.5/24 dev lo label lo:0');
    terminal.type(keys.enter);
    return;
  }
  const hasTmux = spawnSync('tmux', ['-V']).status === 0;
  if (!hasTmux) console.warn('there is no tmux here: the same is done without it');
  const tmux = hasTmux ? ['tmux', '-f', '/dev/null', '-L', socket, 'new-session'] : [];
  const terminal = openHasmit(['mnode_vip_add'], { under: [...tmux, ...network], rows: 25 });
  await terminal.waitFor('Enter=Do');
  expect(await terminal.text()).toContain('ip addr add ???/??? dev ??? label ???:0');

  // Missing values are said, and the cursor goes to the first of them.
  terminal.type(keys.enter);
  expect(await terminal.waitFor('ERROR MESSAGE')).toContain('Network interface: ');
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');
  terminal.type(keys.f4);
  expect(await terminal.waitFor('veth1')).toMatch(/Interface +State +Flags/);
  terminal.type('/veth0');
  await terminal.waitFor(text => !text.includes('veth1 '));
  terminal.type(keys.enter);
  await terminal.waitFor('dev veth0 label veth0:0');
  terminal.type(`${keys.down}10.88.0.500${keys.down}24`);
  // A wrong value is told when the field is left, and holds nobody back.
  await terminal.waitFor('[24]');
  terminal.type(keys.enter);
  expect(await terminal.waitFor('ERROR MESSAGE')).toContain('"10.88.0.500" is no IP address, for example 192.0.2.10.');
  terminal.type(`${keys.enter}`);
  await terminal.waitFor('F7=Edit');
  terminal.type(`${keys.end}${keys.backspace}${keys.backspace}`);
  await terminal.waitFor('ip addr add 10.88.0.5/24 dev veth0 label veth0:0');

  terminal.type(keys.f6);
  const command = await terminal.waitFor('> Return');
  expect(command).toContain('Runs on: this host, as yourself');
  expect(command).toContain('ip-address(8)');
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');

  // Enter looks first whether somebody has the address, then asks.
  terminal.type(keys.enter);
  await terminal.waitFor('Processing data ...');
  const question = await terminal.waitFor('ARE YOU SURE?');
  expect(question).toContain('Nobody answers: the address is free.');
  expect(question).toContain('10.88.0.5/24 on veth0');
  expect(addresses()).toBe('');
  terminal.type(keys.enter);
  await terminal.waitFor('Command: OK');
  await terminal.waitFor('Checked afterwards: as expected');
  expect(addresses()).toMatch(/inet 10\.88\.0\.5\/24 .*veth0:0/);

  terminal.type(`${keys.ctrlG}mnode_vip_show\r`);
  await terminal.waitFor('Show IP Addresses');
  terminal.type(keys.enter);
  expect(await terminal.waitFor('Command: OK')).toMatch(/inet 10\.88\.0\.5\/24 scope global veth0:0/);
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });

  // The same again, by sh and the script alone.
  expect(inside('ip', 'addr', 'flush', 'dev', 'veth0')).toBe('');
  expect(addresses()).toBe('');
  const script = join(terminal.home, 'again.script');
  writeFileSync(script, terminal.record('hasmit.script'));
  expect(inside('sh', '-e', script)).toMatch(/inet 10\.88\.0\.5\/24 scope global veth0:0/);
  expect(addresses()).toMatch(/inet 10\.88\.0\.5\/24 .*veth0:0/);

  const ends = terminal.transactions();
  expect(ends.map(({ event, fast_path, state }) => [event, fast_path, state])).toEqual([
    ['START', 'mnode_vip_add', undefined],
    ['END', undefined, 'ok'],
    ['START', 'mnode_vip_show', undefined],
    ['END', undefined, 'ok'],
  ]);
  expect(ends[0]!.text).toBe('ip addr add 10.88.0.5/24 dev veth0 label veth0:0');
  const log = terminal.record('hasmit.log');
  expect(log).toContain('>> ip addr add 10.88.0.5/24 dev veth0 label veth0:0');
  expect(log).toContain('inet 10.88.0.5/24 scope global veth0:0');
});

test('what was added is taken away again: a ghost list, current values, a name that must be typed', async () => {
  if (problem) {
    console.warn(`no network of its own can be made here (${problem}): nothing is removed`);
    expect(problem).not.toBe('');
    return;
  }
  inside('ip', 'addr', 'replace', '10.88.0.9/26', 'dev', 'veth0');
  const terminal = openHasmit(['mnode_vip_del.select'], { under: network });
  await terminal.waitFor('10.88.0.9');
  terminal.type(`/88.0.9${keys.enter}`);
  await terminal.waitFor(/ip addr del 10\.88\.0\.9\/26 dev veth0/);
  terminal.type(keys.enter);
  expect(await terminal.waitFor('ARE YOU SURE?')).toContain('The address is taken off veth0.');
  terminal.type(keys.enter);
  await terminal.waitFor('Type 10.88.0.9 to go on, or F3 to return.');
  terminal.type('10.88.0.9\r');
  await terminal.waitFor('Checked afterwards: as expected');
  expect(addresses()).not.toContain('10.88.0.9');
});
