/** What panels of HACMP ask before their question, run against programs that answer as a node does. All of it only reads. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { newState, onNode } from './hacmp-system.ts';
import { besideOf, dialogOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const state = newState();
afterAll(state.clean);

/** What a dialog's preview says on the node. */
function preview(id: string, typed: Values = {}, env: Record<string, string> = {}) {
  const { text } = besideOf(shipped, id, dialogOf(shipped, id).preview!, typed);
  const { status, lines, stderr } = onNode(text, env);
  return { status, lines, stderr };
}

function script(name: string, text: string, mode = 0o755): string {
  const file = join(state.directory, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

const right = script('right', '#!/bin/ksh\nexit 0\n');
const plain = script('plain', '#!/bin/ksh\nexit 0\n', 0o644);
const bare = script('bare', 'exit 0\n');
const missing = join(state.directory, 'missing');

test.each(['cm_server_add', 'cm_server_change'])('%s looks whether both scripts can run here', id => {
  expect(preview(id, { start: right, stop: plain }).lines).toEqual([
    `${right} is right on this node`,
    `${plain} is not executable`,
  ]);
  expect(preview(id, { start: bare, stop: missing }).lines).toEqual([
    `${bare} does not begin with #! and a shell`,
    `${missing} is not on this node`,
  ]);
});

test('the scripts of an event are looked at, as many as there are', () => {
  expect(preview('cm_events', { event: 'node_up', command: right }).lines).toEqual([`${right} is right on this node`]);
  expect(preview('cm_events', { event: 'node_up', command: right, pre: bare, post: missing }).lines).toHaveLength(3);
  expect(preview('cm_events_add', { command: plain }).lines).toEqual([`${plain} is not executable`]);
});

test('before a node starts, its name and the control workstation are looked at', () => {
  const good = preview('clstart');
  expect(good.lines).toEqual([
    'sp2n05.example.com is 10.15.0.5,  Aliases:   sp2n05',
    'sp2n05.example.com is 10.15.0.5,  Aliases:   sp2n05',
    'The SDR answers.',
  ]);
  expect(good.status).toBe(0);
  expect(preview('clstart', {}, { CWS_DOWN: '1' }).lines.at(-1)).toBe(
    'There is an SP Switch and the SDR does not answer: Topology Services cannot start while the control workstation is down.',
  );
});

test('before a node stops, the nodes that could take over are shown', () => {
  expect(preview('clstop').lines).toEqual(['sp2n05', 'sp2n07']);
});

test('before something is removed, it is shown', () => {
  expect(preview('cm_cluster_remove').lines[1]).toMatch(/^3 +cluster1/);
  expect(preview('cm_node_remove', { node: 'sp2n07' }).lines.map(line => line.split(':')[0])).toEqual([
    'sp2n07_svc',
    'sp2n07_boot',
    'n07_line2',
  ]);
  expect(preview('cm_notify_remove', { name: 'disk_gone' }).lines).toContain('\ten_name = "disk_gone"');
});

test('before a snapshot is applied, its report is shown', () => {
  script('old.info', Array.from({ length: 60 }, (_, at) => `line ${at + 1}\n`).join(''));
  const { lines, status } = preview('cm_snapshot_apply', { snapshot: 'old' }, { SNAPSHOTPATH: state.directory });
  expect([lines[0], lines.length, status]).toEqual(['line 1', 40, 0]);
  expect(preview('cm_snapshot_apply', { snapshot: 'none' }, { SNAPSHOTPATH: state.directory }).status).not.toBe(0);
});

test('every preview of these panels is tried here', () => {
  const tried = [
    'cm_server_add',
    'cm_server_change',
    'cm_events',
    'cm_events_add',
    'clstart',
    'clstop',
    'cm_cluster_remove',
  ];
  const more = ['cm_node_remove', 'cm_notify_remove', 'cm_snapshot_apply', 'cm_group_remove'];
  const own = [...shipped.panels.values()].filter(
    panel => panel.product === 'hacmp' && panel.kind === 'dialog' && panel.preview,
  );
  expect(
    own
      .map(panel => panel.id)
      .filter(id => !id.startsWith('cm_user_event'))
      .sort(),
  ).toEqual([...tried, ...more].sort());
  // cllsres -g takes -c too where programs read it; without it, it is for people, and its columns belong to the release.
  expect(dialogOf(shipped, 'cm_group_remove').preview!.source).toBe('cllsres -g {{group}}');
});
