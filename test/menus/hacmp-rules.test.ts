/**
 * The mistakes that the redbook (and the certification guide for HACMP 4.3, where it says more) warns of, one test for each: what the
 * operator would do, and what the tool says in place of doing it. What is not enforced by a check is not offered at all.
 */
import { expect, test } from 'vitest';
import { renderTemplate } from '../../src/command/render.ts';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { commandText, newState, onNode, refused } from './hacmp-system.ts';
import { commandOf, dialogOf, inputOf, readShipped } from './panels.ts';

const shipped = await readShipped();

/** What is wrong with a value of one field. */
function wrong(id: string, name: string, value: string): string | undefined {
  const field = dialogOf(shipped, id).fields.find(one => one.name === name);
  if (!field) throw new Error(`${id} has no field ${name}`);
  return checkValue(field, field.multiple ? value.split(' ') : value);
}

/** What a ring offers. */
function offered(id: string, name: string): string[] {
  const field = dialogOf(shipped, id).fields.find(one => one.name === name);
  return field?.values?.map(choice => choice.shown) ?? [];
}

/** What the question before a command says, without line ends. */
function question(id: string, typed: Values = {}): string {
  const panel = dialogOf(shipped, id);
  const input = { ...inputOf(panel, typed), plain: true };
  return `${renderTemplate(panel.confirm!.object, input).text} ${renderTemplate(panel.confirm!.effect, input).text}`.replace(
    /\s+/g,
    ' ',
  );
}

const all = (id: string) => JSON.stringify(dialogOf(shipped, id));

test('there is no forced stop of cluster services, on one node or on many (2.6, 5.3)', () => {
  for (const id of ['clstop', 'cl_services_stop']) {
    expect(offered(id, 'mode')).toEqual(['graceful', 'graceful with takeover']);
    expect(commandOf(shipped, id, { nodes: ['sp2n05'] }).text).not.toMatch(/ -f\b/);
    expect(dialogOf(shipped, id).help).toMatch(/no forced stop/);
  }
});

test('a Cluster Manager that does not run is not stopped now', () => {
  expect(refused(shipped, 'clstop', {}, { clstrmgr: 'inoperative' })).toMatch(/does not run on this node/);
  expect(refused(shipped, 'clstop', { at: 'restart' }, { clstrmgr: 'inoperative' })).toBeUndefined();
});

test('stopping all nodes is no takeover', () => {
  const members = ['sp2n05', 'sp2n07'];
  const mode = 'graceful with takeover';
  expect(refused(shipped, 'cl_services_stop', { nodes: members, mode }, { members })).toMatch(/nobody is left/);
  expect(refused(shipped, 'cl_services_stop', { nodes: ['sp2n05'], mode }, { members })).toBeUndefined();
  expect(refused(shipped, 'cl_services_stop', { nodes: members }, { members })).toBeUndefined();
});

test('a group cannot be concurrent (1.7, 6.3)', () => {
  for (const id of ['cm_add_grp', 'cm_group_change'])
    expect(offered(id, 'relation')).toEqual(['cascading', 'rotating']);
  expect(refused(shipped, 'cm_res_group', { group: 'x' }, { relation: 'concurrent' })).toMatch(/does not support/);
  expect(commandText(shipped, 'cm_res_group', { group: 'x' })).toContain(' CONCURRENT_VOLUME_GROUP= ');
});

test('there is no lock manager: its place says why, and start-up has no entry for it (1.7)', () => {
  expect(shipped.panels.get('cm_lock_manager')).toMatchObject({
    kind: 'text',
    title: 'Change / Show Cluster Lock Manager Resource Allocation',
  });
  for (const id of ['clstart', 'cl_services_start'])
    expect(
      dialogOf(shipped, id)
        .fields.map(field => field.label)
        .join(),
    ).not.toMatch(/lock/i);
});

test('an adapter cannot be on an ATM network (1.7)', () => {
  expect(offered('cm_adapter_add', 'nettype')).toEqual(['ether', 'token', 'fddi', 'hps', 'rs232', 'tmscsi']);
  expect(wrong('cm_adapter_add', 'nettype', 'atm')).toMatch(/not one of the values/);
});

test('the topology of ES 4.2.1 is not synchronized while the Cluster Manager is active, nor while nobody knows (1.7, 2.3)', () => {
  expect(refused(shipped, 'configchk.dialog', {}, { clstrmgr: 'active' })).toMatch(
    /cannot change the topology while it runs/,
  );
  expect(refused(shipped, 'configchk.dialog', {}, { clstrmgr: 'unknown' })).toMatch(/Nobody knows/);
  expect(refused(shipped, 'configchk.dialog', {}, { clstrmgr: 'inoperative' })).toBeUndefined();
  // The release of the site decides.
  expect(refused(shipped, 'configchk.dialog', {}, { clstrmgr: 'active' }, { hacmp_release: '4.3' })).toBeUndefined();
  expect(refused(shipped, 'configchk.dialog', {}, { clstrmgr: 'active' }, { hacmp_release: '4.2.1' })).toMatch(
    /cannot/,
  );
  // Resources can be changed in a running cluster.
  expect(refused(shipped, 'clsyncnode.dialog', {}, { clstrmgr: 'active' })).toBeUndefined();
});

test('a snapshot is not applied, and a cluster not removed, while the Cluster Manager is active (10.2.1)', () => {
  expect(refused(shipped, 'cm_snapshot_apply', { snapshot: 'a' }, { clstrmgr: 'active' })).toMatch(
    /Stop cluster services on all/,
  );
  expect(refused(shipped, 'cm_cluster_remove', {}, { clstrmgr: 'active', name: 'c' })).toMatch(
    /Stop cluster services on all/,
  );
});

test('a snapshot is only converted from a release that can be converted (10.2.2)', () => {
  expect(offered('cm_snapshot_convert', 'release')).toEqual(['4.1.1', '4.2']);
  expect(dialogOf(shipped, 'cm_snapshot_convert').help).toMatch(/4\.2\.1 needs no conversion/);
});

test('Enhanced security is refused until every address has a principal, and the question names what it wants (7.1.2, 12.2)', () => {
  const now = { security: 'Standard', security_now: 'Standard' };
  expect(refused(shipped, 'cm_run_time.dialog', { security: 'Enhanced' }, now)).toMatch(/Kerberos principal first/);
  expect(refused(shipped, 'cm_run_time.dialog', { security: 'Enhanced', kerberized: 'yes' }, now)).toBeUndefined();
  expect(
    refused(shipped, 'cm_run_time.dialog', {}, { security: 'Enhanced', security_now: 'Enhanced' }),
  ).toBeUndefined();
  const asked = question('cm_run_time.dialog', { node: 'sp2n05', security: 'Enhanced' });
  expect(asked).toMatch(/principal and its key for every boot and service address of every node/);
  expect(asked).toMatch(/this panel for every node/);
  expect(asked).toMatch(/\/\.rhosts removed on all nodes/);
});

test('a node is not started under a name that no host has (2.6, 3.11, 7.3)', () => {
  const down = { clstrmgr: 'inoperative' };
  expect(refused(shipped, 'clstart', {}, { ...down, resolves: 'no, sp2n99' })).toMatch(/no name of a host/);
  expect(refused(shipped, 'clstart', {}, { ...down, resolves: 'yes, sp2n05' })).toBeUndefined();
  expect(refused(shipped, 'clstart', {}, { ...down, clstrmgr: 'active' })).toMatch(/run on this node already/);
});

test('a node cannot be added under a name that no host has', () => {
  const text = commandText(shipped, 'cm_node_add', { nodes: ['sp2n09', 'nosuchnode', 'sp2n11'] });
  const state = newState();
  const { status, stderr } = onNode(text, { HASMIT_STATE: state.directory });
  expect([status, stderr]).toEqual([1, 'host: 0827-803 Cannot find address nosuchnode.\n']);
  expect(state.kept('clnodename')).toBe('-a sp2n09\n');
  state.clean();
});

test('a cluster has 16 nodes at most (1.5, 1.7)', () => {
  const members = Array.from({ length: 15 }, (_, at) => `n${at}`);
  expect(refused(shipped, 'cm_node_add', { nodes: ['a', 'b'] }, { members })).toMatch(/16 nodes/);
  expect(refused(shipped, 'cm_node_add', { nodes: ['a'] }, { members })).toBeUndefined();
  expect(refused(shipped, 'cm_add_grp', { group: 'g', nodes: [...members, 'a', 'b'] })).toMatch(/16 nodes/);
});

test.each([
  ...['cl_services_start', 'cl_services_stop', 'cl_user_add', 'cl_user_change', 'cl_user_remove', 'cl_group_add'],
  ...['cl_group_change', 'cl_group_remove', 'cl_vg_show', 'cl_vg_update', 'hacmp_nodecmd'],
])('%s, which is C-SPOC, works with eight nodes at most (2.3)', id => {
  const members = Array.from({ length: 9 }, (_, at) => `n${at}`);
  const typed = { nodes: ['n1'], name: 'a', pgrp: 'a', vg: 'a' };
  expect(refused(shipped, id, typed, { members })).toMatch(/eight at most/);
  expect(refused(shipped, id, typed, { members: members.slice(1) })).toBeUndefined();
});

/** An adapter that can be added; each test below changes one thing. */
const good: Values = { label: 'new', network: 'spether', node: 'sp2n05', role: 'boot', identifier: '10.15.1.9' };
const there: Values = { labels: ['old'], places: [], networks: ['spether/ether/public'], serials: [] };
const add = (typed: Values, found: Values = {}) =>
  refused(shipped, 'cm_adapter_add', { ...good, ...typed }, { ...there, ...found });
const many = (count: number, place: string) => ({ places: Array.from({ length: count }, () => place) });

test.each(['boot', 'service', 'standby'])('a node has 32 %s interfaces at most (1.7)', role => {
  const place = (count: number) => ({
    places: Array.from({ length: count }, (_, at) => `${role}/sp2n05/net${Math.floor(at / 7)}`),
  });
  expect(add({ role, network: 'net9' }, place(32))).toMatch(/32 adapters of this function/);
  expect(add({ role, network: 'net9' }, place(31))).toBeUndefined();
});

test('a node has two serial networks at most: a chain, no star (6.1)', () => {
  const line = { nettype: 'rs232', attribute: 'serial', role: 'service', identifier: '/dev/tty3', network: 'line3' };
  expect(add(line, { serials: ['sp2n05/line1', 'sp2n05/line2', 'sp2n07/line2'] })).toMatch(
    /two serial networks already/,
  );
  expect(add(line, { serials: ['sp2n05/line1', 'sp2n07/line2'] })).toBeUndefined();
});

test('a node has one service adapter on a network, and seven standby adapters at most (4.3)', () => {
  expect(add({ role: 'service' }, many(1, 'service/sp2n05/spether'))).toMatch(/one for each node and network/);
  expect(add({ role: 'service' }, many(1, 'service/sp2n07/spether'))).toBeUndefined();
  expect(add({ role: 'standby' }, many(7, 'standby/sp2n05/spether'))).toMatch(/seven standby adapters/);
  expect(add({ role: 'standby' }, many(6, 'standby/sp2n05/spether'))).toBeUndefined();
});

test('what is said of an adapter must fit together', () => {
  expect(add({})).toBeUndefined();
  expect(add({ label: 'old' })).toMatch(/label already/);
  expect(add({ nettype: 'rs232' })).toMatch(/serial networks, the others are not/);
  expect(add({ nettype: 'hps', network: 'sw' })).toMatch(/private network/);
  expect(add({ attribute: 'private' })).toMatch(/another type or attribute/);
  expect(add({ nettype: 'tmscsi', attribute: 'serial', network: 'l' })).toMatch(/device as identifier/);
  expect(add({ identifier: '/dev/tty1' })).toMatch(/device is for a serial line/);
  expect(add({ node: '' })).toMatch(/Choose the node/);
  expect(add({ node: '', role: 'service' })).toBeUndefined();
});

test('a hardware address does not move with an alias (14.2.3)', () => {
  const haddr = '0x42608c2fa1b2';
  expect(add({ role: 'service', nettype: 'hps', attribute: 'private', network: 'sw', haddr })).toMatch(
    /not with an alias/,
  );
  expect(add({ role: 'standby', haddr })).toMatch(/only with a service address/);
  expect(add({ role: 'service', haddr })).toBeUndefined();
  expect(add({ role: 'service', haddr: '0x4260' })).toMatch(/12 hexadecimal digits/);
});

test('the cluster number is from 1 to 99999, and that it must be the only one in the partition is asked (3.5)', () => {
  for (const id of ['0', '100000', '-1', 'x']) expect(wrong('cm_cluster_add', 'id', id), id).toBeTruthy();
  for (const id of ['1', '99999']) expect(wrong('cm_cluster_add', 'id', id), id).toBeUndefined();
  expect(question('cm_cluster_add', { id: '3', name: 'c' })).toMatch(
    /No other cluster in this partition of the SP may have the number 3/,
  );
  expect(refused(shipped, 'cm_cluster_add', { id: '3', name: 'c' }, { found: 'cluster1' })).toMatch(
    /defined on this node already/,
  );
});

test.each([
  ['cm_cluster_add', 'name'],
  ['cm_node_add', 'nodes'],
  ['cm_node_change', 'new'],
  ['cm_adapter_add', 'network'],
  ['cm_add_grp', 'group'],
  ['cm_server_add', 'server'],
  ['cm_snapshot_add', 'snapshot'],
])('%s takes names of 31 letters, digits and underscores', (id, field) => {
  expect(wrong(id, field, `${'a'.repeat(28)}_B9`)).toBeUndefined();
  expect(wrong(id, field, 'a'.repeat(32))).toMatch(/at most 31/);
  for (const name of ['a-b', 'a.b', 'ä', 'a;b', '-a']) expect(wrong(id, field, name), name).toBeTruthy();
});

test('nothing gets a name that is taken', () => {
  const taken: [id: string, typed: Values, found: Values][] = [
    ['cm_node_add', { nodes: ['a'] }, { members: ['a'] }],
    ['cm_node_add', { nodes: ['a', 'a'] }, {}],
    ['cm_node_change', { new: 'a' }, { members: ['a'] }],
    ['cm_add_grp', { group: 'a', nodes: ['n'] }, { groups: ['a'] }],
    ['cm_group_change', { new: 'a', nodes: ['n'] }, { groups: ['a'] }],
    ['cm_server_add', { server: 'a', start: '/a', stop: '/b' }, { servers: ['a'] }],
    ['cm_server_change', { new: 'a', start: '/a', stop: '/b' }, { servers: ['a'] }],
    ['cm_snapshot_add', { snapshot: 'a', description: 'x' }, { snapshots: ['a'] }],
    ['cm_notify_add', { name: 'a', method: '/m' }, { names: ['a'] }],
  ];
  for (const [id, typed, found] of taken) expect(refused(shipped, id, typed, found), id).toMatch(/already|twice/);
});

test('there are 32 rotating groups at most (1.7)', () => {
  const rotating = Array.from({ length: 32 }, (_, at) => `g${at}`);
  const typed = { group: 'g', relation: 'rotating', nodes: ['a'] };
  expect(refused(shipped, 'cm_add_grp', typed, { rotating })).toMatch(/32 rotating groups already/);
  expect(refused(shipped, 'cm_add_grp', { ...typed, relation: 'cascading' }, { rotating })).toBeUndefined();
});

test('what is in use is not removed', () => {
  for (const id of ['cm_node_remove', 'cm_adapter_remove', 'cm_server_remove'])
    expect(refused(shipped, id, {}, { groups: ['db_rg'] }), id).toMatch(/Resource groups name this/);
});

test('rootvg is not shared', () => {
  expect(refused(shipped, 'cm_res_group', { vgs: ['rootvg'] })).toMatch(/rootvg/);
  expect(refused(shipped, 'cl_vg_update', { vg: 'rootvg' })).toMatch(/rootvg/);
});

test('start and stop script are two', () => {
  expect(refused(shipped, 'cm_server_add', { server: 's', start: '/a', stop: '/a' })).toMatch(/same file/);
});

test('a recovery command wants a counter (2.5)', () => {
  expect(refused(shipped, 'cm_events', { recovery: '/a', counter: '0' })).toMatch(/counter/);
  expect(refused(shipped, 'cm_events', { recovery: '/a', counter: '1' })).toBeUndefined();
});

test('a failed script is only passed over when its cause is repaired and its work done by hand (4.1)', () => {
  expect(refused(shipped, 'cm_recover_script', { node: 'sp2n05' })).toMatch(
    /do by hand what the failed script left undone/,
  );
  expect(refused(shipped, 'cm_recover_script', { node: 'sp2n05', repaired: 'yes' })).toBeUndefined();
});

test('the services below a running Cluster Manager are not stopped (4.3)', () => {
  const up = { clstrmgr: 'active' };
  for (const action of ['stop', 'remove', 'clean up', 'add', 'start'])
    expect(refused(shipped, 'topsvcs_control', { action }, up), action).toMatch(/take the node for dead/);
  expect(refused(shipped, 'topsvcs_control', { action: 'refresh' }, up)).toBeUndefined();
  expect(refused(shipped, 'grpsvcs_control', { action: 'stop' }, up)).toMatch(/Stop cluster services first/);
});

test('the heartbeat entries that have no effect in HACMP 4.3 are not changed there (4.3 page 125)', () => {
  const now = { interval: '1', fibrillate: '4', interval_now: '1', fibrillate_now: '4' };
  const in43 = (typed: Values) => refused(shipped, 'change_show_ts_gs', typed, now, { hacmp_release: '4.3' });
  expect(in43({ interval: '2' })).toMatch(/no effect/);
  expect(in43({ ts_log: '9000' })).toBeUndefined();
  expect(refused(shipped, 'change_show_ts_gs', { interval: '2' }, now)).toBeUndefined();
});

test('heartbeats are tuned for all networks, and the help says that this is no way to a faster takeover (7.2.1)', () => {
  expect(dialogOf(shipped, 'change_show_ts_gs').help).toMatch(
    /hold for all networks\. A shorter failure detection is not a way to a faster takeover/,
  );
});

test('the IP alias test is not run over the network or on a node of the cluster (14.2.6)', () => {
  const typed = { interface: 'en0' };
  expect(refused(shipped, 'hacmp_alias_test', typed, { remote: 'admin1' })).toMatch(/Do it at the console/);
  expect(refused(shipped, 'hacmp_alias_test', typed, { clstrmgr: 'active' })).toMatch(/out of the cluster first/);
  expect(refused(shipped, 'hacmp_alias_test', { ...typed, b: '192.9.200.1' })).toMatch(/same address/);
  expect(refused(shipped, 'hacmp_alias_test', typed, { clstrmgr: 'inoperative' })).toBeUndefined();
});

test.each([
  'hacmp_clrginfo',
  'hacmp_cltopinfo',
  'hacmp_clrgmove',
  'hacmp_clstrmgr_state',
  'hacmp_clshowsrv',
  'hacmp_halevel',
])('%s is refused until the site says that its release has it', id => {
  expect(refused(shipped, id, {})).toMatch(/hacmp_release/);
  expect(refused(shipped, id, {}, {}, { hacmp_release: '4.5' })).toMatch(/hacmp_release/);
  expect(refused(shipped, id, {}, {}, { hacmp_release: '7.2' })).toBeUndefined();
});

test('what a name change wants is said before it is made (4.3 page 158)', () => {
  expect(question('cm_node_change', { node: 'a', new: 'b' })).toMatch(/stopped on all nodes/);
  expect(question('cm_cluster_change', { id: '1', name: 'b' })).toMatch(/stopped on all nodes/);
  expect(all('cm_adapter_change')).toMatch(/stopped on all nodes/);
});

test('that script files are not synchronized is said where one would think so (4.3)', () => {
  expect(question('cm_events', { event: 'node_up', command: '/x' })).toMatch(/script files do not/);
  expect(dialogOf(shipped, 'clsyncnode.dialog').help).toMatch(/Script files are not copied/);
  expect(question('cm_server_add', { server: 's', start: '/a', stop: '/b' })).toMatch(
    /Copy both scripts to every node/,
  );
});

test('that nobody looks whether all nodes are in one partition is said (1.7, 7.1.2)', () => {
  expect(question('cm_node_add', { nodes: ['a'] })).toMatch(/one partition of the SP; nobody looks/);
});
