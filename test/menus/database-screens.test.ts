/** The way an operator goes at three in the morning, on the whole program: is HADR right, who is dead, take over. DB2 is that of db2-run.test.ts. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHasmit } from '../helpers/hasmit.ts';
import { root } from '../helpers/program.ts';
import { keys } from '../helpers/terminal.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures');
let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'hasmit-db2-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const set = (name: string, value: string) => writeFileSync(join(state, name), `${value}\n`);
const get = (name: string) => (existsSync(join(state, name)) ? readFileSync(join(state, name), 'utf8').trim() : '');

async function open(rows: number, ...args: string[]) {
  const env = {
    PATH: `${fixtures}/menus/db2:${root}/bin:/usr/bin:/bin`,
    HASMIT_STATE: state,
    HASMIT_SAMPLES: `${fixtures}/formats/db2`,
  };
  const terminal = openHasmit(args, { shippedOnly: true, env, rows });
  await terminal.waitFor('Enter=Do');
  return terminal;
}

test('the way leads from the databases to a status that says what is wrong, and counts as failed', async () => {
  set('role', 'STANDBY');
  set('hadr', 'DISCONNECTED_PEER');
  const terminal = await open(24, 'database');
  terminal.type(`/hadr${keys.enter}`);
  await terminal.waitFor('Show the State of HADR');
  terminal.type(keys.enter);
  await terminal.waitFor(/db2pd -d .* -hadr.* \| hasmit format db2-hadr/);
  terminal.type(keys.enter);
  await terminal.waitFor(/Command: failed|COMMAND STATUS[\s\S]*failed/i);
  await terminal.waitFor('HADR IS NOT RIGHT.');
  await terminal.waitFor(/State: +DISCONNECTED_PEER/);
});

test('a takeover by force shows the state first, wants the name typed, and does nothing while the old primary answers', async () => {
  set('role', 'STANDBY');
  set('hadr', 'DISCONNECTED');
  set('alive', 'mn1');
  const terminal = await open(40, 'db2_takeover_force', 'old_primary=mn1');
  terminal.type(keys.enter);
  await terminal.waitFor('Type XCATDB and press Enter to continue:');
  // What db2pd says stands in the question, cut to what matters.
  await terminal.waitFor(/HADR_ROLE = STANDBY +\|\s+\| +HADR_STATE = DISCONNECTED/);
  terminal.type(`SAMPLE${keys.enter}`);
  await terminal.waitFor('[SAMPLE]');
  expect(get('calls')).not.toMatch(/TAKEOVER/);
  terminal.type(`\x15XCATDB${keys.enter}`);
  await terminal.waitFor('The old primary answers.');
  expect([get('role'), terminal.transactions().map(one => one.event)]).toEqual(['STANDBY', ['START', 'END']]);
});
