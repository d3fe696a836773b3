/**
 * The lists of HACMP (F4) and what its forms are filled with, run against programs that answer in the real formats, also damaged: a list
 * that makes no sense is a message and never a list.
 */
import { afterAll, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import { runList } from '../../src/run/list.ts';
import { discovered, newState, nodePath } from './hacmp-system.ts';
import { readShipped, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const state = newState();
afterAll(state.clean);

/** The list as F4 shows it on the node, or why there is none. */
async function list(
  id: string,
  env: Record<string, string> = {},
): Promise<{ values: string[]; texts: string[] } | string> {
  const source = sourceOf(shipped, id);
  const { text, path } = sourceText(source);
  const listed = await runList({ text, path, env: { PATH: nodePath, ...env }, emptyStatus: source.emptyStatus });
  if (listed.state !== 'ok')
    return listed.state === 'failed' ? `${listed.reason} ${listed.stderr}`.trim() : listed.state;
  const parsed = parseRows(listed.text, source);
  if (parsed.problem) return parsed.problem;
  const rows = listRowsOf(source, parsed.records);
  return { values: rows.map(row => row.value), texts: rows.map(row => row.text) };
}

const labels = [
  ...['sp2n01_svc', 'sp2n01_boot', 'sp2n01_stby', 'sp2n05_svc', 'sp2n05_boot', 'sp2n05_stby', 'sp2n05_sw'],
  ...['sp2n07_svc', 'sp2n07_boot', 'web_svc', 'n01_line1', 'n05_line1', 'n05_line2', 'n07_line2'],
];

/** Source, and the values of its list in order. */
const lists: [id: string, values: string[]][] = [
  ['hacmp.nodes', ['sp2n05', 'sp2n01', 'sp2n07']],
  ['hacmp.adapters', labels],
  ['hacmp.networks', ['spether', 'spswitch', 'line1', 'line2']],
  ['hacmp.service_labels', ['sp2n01_svc', 'sp2n05_svc', 'sp2n05_sw', 'sp2n07_svc', 'web_svc']],
  ['hacmp.groups', ['db_rg', 'web_rg']],
  ['hacmp.servers', ['dbserver', 'webserver']],
  ['hacmp.events', ['acquire_takeover_addr', 'node_up']],
  ['hacmp.serial_devices', ['/dev/tty0', '/dev/tty1', '/dev/tmscsi0']],
  ['hacmp.interfaces', ['en0']],
  ['hacmp.volume_groups', ['rootvg', 'dbvg', 'webvg']],
  ['hacmp.filesystems', ['/db', '/dblog']],
  ['hacmp.disks', ['000020387e7b3e1b', '000020387e7b4f2c']],
  ['hacmp.users', ['root', 'oracle']],
  ['hacmp.user_groups', ['system', 'dba']],
  ['hacmp.notify_objects', ['disk_gone', 'mail_root']],
];

test.each(lists)('the list %s has %j', async (id, values) => {
  expect(await list(id, { HASMIT_STATE: state.directory })).toMatchObject({ values });
});

test('every source of these panels is tried here', () => {
  const tried = [...lists.map(([id]) => id), 'hacmp.addresses', 'hacmp.snapshots', 'hacmp.host_names', 'hacmp.logs'];
  const own = [...shipped.sources.keys()].filter(id => id.startsWith('hacmp.') && id !== 'hacmp.recovery_programs');
  expect(own.sort()).toEqual(tried.sort());
});

test('an adapter is shown with its function, network, node and address', async () => {
  const found = await list('hacmp.adapters');
  expect(typeof found === 'string' ? found : found.texts[3]).toBe('sp2n05_svc   service   spether   sp2n05  10.15.1.5');
});

test('an address that belongs to no node is listed, each address once', async () => {
  expect(await list('hacmp.addresses')).toMatchObject({
    values: [
      ...['10.15.1.1', '10.15.1.101', '10.15.2.1', '10.15.1.5', '10.15.1.105', '10.15.2.5', '192.168.14.5'],
      ...['10.15.1.7', '10.15.1.107', '10.15.1.50', '/dev/tty1', '/dev/tty2'],
    ],
  });
});

test('names of /etc/hosts are listed with their addresses', async () => {
  const found = await list('hacmp.host_names');
  expect(typeof found === 'string' ? [] : found.values).toContain('localhost');
});

test('snapshots are the .odm files of the directory that SNAPSHOTPATH names', async () => {
  const { writeFileSync } = await import('node:fs');
  for (const file of ['before.odm', 'before.info', 'old.odm', 'notes.txt'])
    writeFileSync(`${state.directory}/${file}`, '');
  expect(await list('hacmp.snapshots', { SNAPSHOTPATH: state.directory })).toMatchObject({ values: ['before', 'old'] });
  expect(await list('hacmp.snapshots', { SNAPSHOTPATH: '/nowhere' })).toMatchObject({ values: [] });
});

test('no log at all is an empty list and no failure', async () => {
  expect(await list('hacmp.logs')).toMatchObject({ values: expect.any(Array) });
});

test.each(['7', '11', '13'])('cllsif with %s columns is read alike', async FIELDS => {
  expect(await list('hacmp.adapters', { FIELDS })).toMatchObject({ values: labels });
});

/** Source, what is wrong on the node, and what the operator is told. */
const damaged: [id: string, env: Record<string, string>, told: RegExp][] = [
  [
    'hacmp.adapters',
    { DAMAGED: '1' },
    /line 15 of cllsif -cS has 4 fields, 7 to 13 are right: sp2n09_svc:service:spether:et/,
  ],
  ['hacmp.networks', { DAMAGED: '1' }, /line 15 of cllsif -cS has 4 fields/],
  ['hacmp.addresses', { DAMAGED: '1' }, /line 15 of cllsif -cS has 4 fields/],
  ['hacmp.service_labels', { DAMAGED: '1' }, /line 15 of cllsif -cS has 4 fields/],
  ['hacmp.adapters', { FAILS: '1' }, /no adapters are configured/],
  [
    'hacmp.groups',
    { DAMAGED: '1' },
    /line 3 of cllsgrp is no name of a resource group: cllsgrp: the ODM class cannot be read/,
  ],
  ['hacmp.servers', { DAMAGED: '1' }, /line 4 of cllsserv -c has 1 fields, 3 are right: half of a line/],
  ['hacmp.nodes', { DAMAGED: '1' }, /a quote is opened and not closed/],
  ['hacmp.nodes', { PATH: '/usr/bin:/bin' }, /odmget/],
];

test.each(damaged)('%s with %j is a message', async (id, env, told) => {
  expect(await list(id, env)).toMatch(told);
});

test('run time parameters come from the ODM of the chosen node', async () => {
  const of = (node: string, env = {}) => discovered(shipped, 'cm_run_time.dialog', { node }, env);
  expect(await of('sp2n05')).toEqual({ debug: 'high', nis: 'true', security: 'Standard', security_now: 'Standard' });
  expect(await of('sp2n07', { MODE: 'Enhanced' })).toEqual({
    debug: 'low',
    nis: 'false',
    security: 'Enhanced',
    security_now: 'Enhanced',
  });
});

test('topology values come from the ODM, and from the running service where the ODM has none', async () => {
  expect(await discovered(shipped, 'change_show_ts_gs')).toEqual({
    interval: '2',
    fibrillate: '6',
    ts_log: '7000',
    gs_log: '8000',
    interval_now: '2',
    fibrillate_now: '6',
  });
  expect(await discovered(shipped, 'change_show_ts_gs', {}, { NO_TOPSVCS_CLASS: '1' })).toEqual({
    interval: '1',
    fibrillate: '4',
    interval_now: '1',
    fibrillate_now: '4',
  });
});

test.each([
  'configchk.dialog',
  'clsyncnode.dialog',
  'cm_snapshot_apply',
  'topsvcs_control',
  'grpsvcs_control',
  'clstop',
])('%s knows whether the Cluster Manager runs, and when nobody knows', async id => {
  const seen = async (CLSTRMGR: string) =>
    ((await discovered(shipped, id, {}, { CLSTRMGR })) as { clstrmgr: string }).clstrmgr;
  expect([await seen('active'), await seen('inoperative'), await seen('none')]).toEqual([
    'active',
    'inoperative',
    'unknown',
  ]);
});

test('starting knows whether the node name is the name of a host', async () => {
  const seen = async (LOCAL_NODE: string) => discovered(shipped, 'clstart', {}, { LOCAL_NODE });
  expect(await seen('sp2n05')).toEqual({ clstrmgr: 'inoperative', resolves: 'yes, sp2n05' });
  expect(await seen('nosuchnode')).toEqual({ clstrmgr: 'inoperative', resolves: 'no, nosuchnode' });
  expect(await seen('')).toEqual({ clstrmgr: 'inoperative', resolves: 'unknown' });
});

test('the definition of the cluster is read, and its absence is no mistake', async () => {
  expect(await discovered(shipped, 'cm_cluster_change')).toEqual({ id: '3', name: 'cluster1' });
  expect(await discovered(shipped, 'cm_cluster_add')).toEqual({ found: 'cluster1' });
  expect(await discovered(shipped, 'cm_cluster_add', {}, { NO_CLUSTER: '1' })).toEqual({});
  expect(await discovered(shipped, 'cm_cluster_remove')).toEqual({ name: 'cluster1', clstrmgr: 'inoperative' });
});

test('what counts against the limits is counted before an adapter or a node is added', async () => {
  expect(await discovered(shipped, 'cm_node_add')).toEqual({ members: ['sp2n01', 'sp2n05', 'sp2n07'] });
  const found = await discovered(shipped, 'cm_adapter_add');
  expect(found).toMatchObject({
    labels,
    serials: ['sp2n01/line1', 'sp2n05/line1', 'sp2n05/line2', 'sp2n07/line2'],
  });
  expect((found as { places: string[] }).places).toContain('standby/sp2n05/spether');
  expect((found as { places: string[] }).places).toContain('service//spether');
  expect((found as { networks: string[] }).networks).toContain('line2/rs232/serial');
});

test('an adapter is shown as it is configured, and the groups that name it', async () => {
  expect(await discovered(shipped, 'cm_adapter_change', { label: 'n05_line2' })).toEqual({
    role: 'service',
    network: 'line2',
    nettype: 'rs232',
    attribute: 'serial',
    node: 'sp2n05',
    identifier: '/dev/tty2',
  });
  expect(await discovered(shipped, 'cm_adapter_remove', { label: 'sp2n05_sw' })).toEqual({
    role: 'service',
    network: 'spswitch',
    node: 'sp2n05',
    groups: ['db_rg'],
  });
  expect(await discovered(shipped, 'cm_node_remove', { node: 'sp2n07' })).toEqual({ groups: ['db_rg', 'web_rg'] });
});

test('a resource group is shown with its relationship, its nodes and what is in it', async () => {
  expect(await discovered(shipped, 'cm_add_grp')).toEqual({ groups: ['db_rg', 'web_rg'], rotating: ['web_rg'] });
  expect(await discovered(shipped, 'cm_group_change', { group: 'web_rg' })).toEqual({
    relation: 'rotating',
    nodes: ['sp2n01', 'sp2n05', 'sp2n07'],
    groups: ['db_rg', 'web_rg'],
  });
  expect(await discovered(shipped, 'cm_res_group', { group: 'db_rg' })).toEqual({
    relation: 'cascading',
    nodes: 'sp2n05 sp2n07',
    service: ['sp2n05_svc', 'sp2n05_sw'],
    filesystems: ['/db', '/dblog'],
    vgs: ['dbvg'],
    servers: ['dbserver'],
    inactive: 'false',
    fencing: 'false',
  });
});

test('an application server is shown with its scripts, and the groups that name it', async () => {
  expect(await discovered(shipped, 'cm_server_add')).toEqual({ servers: ['dbserver', 'webserver'] });
  expect(await discovered(shipped, 'cm_server_change', { server: 'dbserver' })).toEqual({
    start: '/usr/local/cluster/db_start',
    stop: '/usr/local/cluster/db_stop',
    servers: ['dbserver', 'webserver'],
  });
  expect(await discovered(shipped, 'cm_server_remove', { server: 'webserver' })).toEqual({ groups: ['web_rg'] });
});

test('an event is shown with the scripts around it', async () => {
  expect(await discovered(shipped, 'cm_events', { event: 'acquire_takeover_addr' })).toEqual({
    description: 'Script run to take over an address',
    command: '/usr/sbin/cluster/events/acquire_takeover_addr',
    post: '/usr/local/cluster/after',
    counter: '0',
  });
});

test('a form says it when the current values cannot be read', async () => {
  expect(await discovered(shipped, 'cm_adapter_add', {}, { FAILS: '1' })).toMatch(/no adapters are configured/);
  expect(await discovered(shipped, 'cm_adapter_add', {}, { DAMAGED: '1' })).toMatch(
    /line 15 of cllsif -cS has 4 fields/,
  );
  expect(await discovered(shipped, 'cm_topsvcs_status', {}, { TOPSVCS_DOWN: '1' })).toMatch(/0513-036/);
});

test('the IP alias test knows who sits at the console', async () => {
  expect(await discovered(shipped, 'hacmp_alias_test')).toEqual({ clstrmgr: 'inoperative' });
  expect(await discovered(shipped, 'hacmp_alias_test', {}, { REMOTE: 'admin1', CLSTRMGR: 'none' })).toEqual({
    clstrmgr: 'unknown',
    remote: 'admin1',
  });
});
