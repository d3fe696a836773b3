/** xCAT's panels on the whole program, as an operator meets them: a list, the question before chdef, and xcatd that does not answer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtures, hasmitEnvironment, openHasmit } from '../helpers/hasmit.ts';
import { builtProgram } from '../helpers/program.ts';
import { keys } from '../helpers/terminal.ts';

const PATH = `${join(fixtures, 'menus/xcat')}:${process.env.PATH}`;
const openXcat = (words: string[], env: Record<string, string> = {}) =>
  openHasmit(words, { shippedOnly: true, columns: 100, rows: 30, env: { PATH, ...env } });

test('a node that does not exist is told of before chdef would make it', async () => {
  const terminal = openXcat(['chdef', 'names=nosuch', 'attributes=groups=all']);
  await terminal.waitFor('chdef -t node -o nosuch groups=all');
  terminal.type(keys.enter);
  const question = await terminal.waitFor("Could not find an object named 'nosuch'");
  expect(question).toContain('ARE YOU SURE?');
  expect(question).toContain('A name that lsdef does not find is');
  terminal.type(keys.f3);
  await terminal.waitFor(text => !text.includes('ARE YOU SURE?'));
  expect(terminal.transactions()).toEqual([]);
});

test('nodes and groups are listed for a node range, and F1 says what a range means', async () => {
  const terminal = openXcat(['xcat_rpower_stat', 'nodes=node01-node04@compute,-node03']);
  await terminal.waitFor('rpower node01-node04@compute,-node03 stat');
  terminal.type(keys.f1);
  const help = await terminal.waitFor('CONTEXTUAL HELP');
  expect(help).toContain('node01 to node04 (4 names), of these only what is also in compute');
  expect(help).toContain('without node03');
  terminal.type(keys.f3);
  await terminal.waitFor(text => !text.includes('CONTEXTUAL HELP'));
  terminal.type(keys.f4);
  const list = await terminal.waitFor('sn01');
  expect(list).toMatch(/all +group/);
});

test('while xcatd is down the screen and the command line say what to do', async () => {
  const down = { XCAT_STATE: 'down' };
  const terminal = openXcat(['xcat_nodels'], down);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.enter);
  const ended = await terminal.waitFor('Command: failed');
  expect(ended).toMatch(/Command: failed .* status 111/);
  expect(ended).toContain('status 111: xcatd does not answer; start it with restartxcatd, or as root run the command');
  expect(terminal.transactions().at(-1)).toMatchObject({ event: 'END', state: 'failed', status: 111 });

  const home = mkdtempSync(join(tmpdir(), 'hasmit-xcat-'));
  try {
    const { status, stderr } = spawnSync(builtProgram(), ['run', 'nodels'], {
      encoding: 'utf8',
      env: hasmitEnvironment({ HOME: home, PATH, ...down }),
    });
    expect(status).toBe(111);
    expect(stderr).toMatch(/hasmit: status 111: xcatd does not answer; .*XCATBYPASS=1\n$/);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test('while xcatd is down a list and the current values say so too', async () => {
  const down = { XCAT_STATE: 'down' };
  const list = openXcat(['xcat_rpower_stat'], down);
  await list.waitFor('rpower ??? stat');
  list.type(keys.f4);
  expect(await list.waitFor('ERROR MESSAGE')).toContain('status 111: xcatd does not answer, so there is no list');
  const rule = openXcat(['xcat_policy_change', 'priority=1.3'], down);
  expect(await rule.waitFor('ERROR MESSAGE')).toContain(
    'status 111: xcatd does not answer; start it with restartxcatd',
  );
});

test('the current values of a rule stand in its form, and only what is changed is sent', async () => {
  const terminal = openXcat(['xcat_policy_change', 'priority=1.3']);
  await terminal.waitFor(/User or management node +\[mn1\]/);
  expect(await terminal.text()).toMatch(/Rule +trusted/);
  expect(await terminal.text()).toMatch(/^chdef -t policy -o 1\.3 *$/m);
  terminal.type(`${keys.end}2`);
  await terminal.waitFor('chdef -t policy -o 1.3 name=mn12');
});
