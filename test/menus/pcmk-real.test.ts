/**
 * The panels of Pacemaker run with Debian's crm_mon, cibadmin, crm_simulate, crm_resource, crm_attribute, crm_verify, crmsh and pcs, on a CIB in
 * a file (CIB_file; pcs gets it as -f by test/fixtures/menus/pcmk/pcs). No daemon runs: crm_simulate does what the cluster would do.
 * What needs a running cluster is named at the end, with the reason, and stands to the letter in pcmk.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { watchFor } from '../../src/run/fail-if.ts';
import { besideOf, commandOf, dialogOf, readShipped, selectorOf, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const shims = resolve(import.meta.dirname, '../fixtures/menus/pcmk');

const programs = ['crm_mon', 'cibadmin', 'crm_simulate', 'crm_resource', 'crm_attribute', 'crm_verify', 'crm', 'pcs'];
const missing = programs.filter(
  program => spawnSync('/bin/sh', ['-c', `PATH=/usr/sbin:/usr/bin:/bin; command -v ${program}`]).status !== 0,
);
if (missing.length > 0)
  throw new Error(`this test needs ${missing.join(', ')}: apt-get install pacemaker pacemaker-cli-utils crmsh pcs`);

let base: string;
let directory: string;
let cib: string;
const ran = new Set<string>();
const listed = new Set<string>();

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
  /** What fail_if found; a status 0 with it counts as failed. */
  found: string | undefined;
}

function sh(text: string, env: Record<string, string> = {}, failIf: string[] = []): Ended {
  const here = text.replaceAll('/etc/corosync/corosync.conf', join(directory, 'corosync.conf'));
  const ended = spawnSync('/bin/sh', ['-c', here], {
    encoding: 'utf8',
    cwd: directory,
    timeout: 25_000,
    env: {
      PATH: `${directory}:${shims}:/usr/sbin:/usr/bin:/sbin:/bin`,
      HOME: directory,
      LC_ALL: 'C.UTF-8',
      CIB_file: cib,
      COROSYNC_CONF: join(directory, 'corosync.conf'),
      PING_ANSWERS: 'yes',
      ...env,
    },
  });
  if (ended.error) throw ended.error;
  const watch = watchFor(failIf);
  if (typeof watch === 'string') throw new Error(watch);
  for (const text of [ended.stdout, ended.stderr]) watch.look(Buffer.from(text.endsWith('\n') ? text : `${text}\n`), 0);
  return { status: ended.status, stdout: ended.stdout, stderr: ended.stderr, found: watch.found };
}

function run(id: string, typed: Values = {}, env: Record<string, string> = {}): Ended {
  const command = commandOf(shipped, id, typed);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  ran.add(id);
  return sh(command.text, env, command.failIf);
}

/** Runs a dialog that must succeed, and gives what it printed. */
function done(id: string, typed: Values = {}, env: Record<string, string> = {}): string {
  const ended = run(id, typed, env);
  expect([id, ended.status, ended.found, ended.status === 0 ? '' : ended.stderr]).toEqual([id, 0, undefined, '']);
  return ended.stdout;
}

/** The cluster acts on its configuration. */
const settle = () => sh(`crm_simulate -x ${cib} -X -Q`);

function verified(id: string, typed: Values = {}, env: Record<string, string> = {}): boolean {
  const verify = dialogOf(shipped, id).verify!;
  const ended = sh(besideOf(shipped, id, verify.run, typed).text, env);
  const fits = verify.pattern === undefined || new RegExp(verify.pattern, 'm').test(ended.stdout);
  return ended.status === (verify.status ?? 0) && fits;
}

const previewed = (id: string, typed: Values = {}) =>
  sh(besideOf(shipped, id, dialogOf(shipped, id).preview!, typed).text).stdout;

const list = (id: string, env: Record<string, string> = {}) => {
  listed.add(id);
  const source = sourceOf(shipped, id);
  return listRowsOf(source, parseRows(sh(sourceText(source).text, env).stdout, source).records);
};
const values = (id: string, env: Record<string, string> = {}) => list(id, env).map(row => row.value);

const status = () => sh('crm_mon -1 -r').stdout;
const where = (resource: string) => sh(`crm_resource -W -r ${resource}`).stdout.trim();

const corosync = `totem {
    version: 2
    cluster_name: demo
    transport: knet
}
nodelist {
    node {
        ring0_addr: 10.0.0.1
        name: node1
        nodeid: 1
    }
    node {
        ring0_addr: 10.0.0.2
        nodeid: 2
    }
}
quorum {
    provider: corosync_votequorum
    two_node: 1
}
`;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'hasmit-pcmk-base-'));
  const file = join(base, 'cib.xml');
  const made = spawnSync(
    '/bin/sh',
    [
      '-c',
      [
        'set -e',
        `PATH=/usr/sbin:$PATH; unset CIB_file; cibadmin --empty >${file}; export CIB_file=${file}`,
        `cibadmin -C -o nodes -X '<node id="1" uname="node1"/>'; cibadmin -C -o nodes -X '<node id="2" uname="node2"/>'`,
        'crm_attribute -n stonith-enabled -v false',
        `cibadmin -C -o resources -X '<primitive id="db" class="ocf" provider="pacemaker" type="Dummy"><operations><op id="db-m" name="monitor" interval="10s"/></operations></primitive>'`,
        `cibadmin -C -o resources -X '<group id="g1"><primitive description="id=&quot;no&quot;" id="vip" class="ocf" provider="heartbeat" type="Dummy"/><primitive id="web" class="ocf" provider="heartbeat" type="Dummy"/></group>'`,
        `crm_simulate -x ${file} -u node1 -u node2 -q true -S -O ${file}.sim >/dev/null`,
      ].join('\n'),
    ],
    { encoding: 'utf8' },
  );
  expect([made.status, made.status === 0 ? '' : made.stderr]).toEqual([0, '']);
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hasmit-pcmk-'));
  cib = join(directory, 'cib.xml');
  copyFileSync(join(base, 'cib.xml.sim'), cib);
  writeFileSync(join(directory, 'corosync.conf'), corosync);
  // hasmit itself, from its sources.
  const main = resolve(import.meta.dirname, '../../src/cli.ts');
  writeFileSync(join(directory, 'hasmit'), `#!/bin/sh\nexec ${process.execPath} ${main} "$@"\n`, { mode: 0o755 });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
afterAll(() => rmSync(base, { recursive: true, force: true }));

// What F4 lists

test('nodes, members, resources, groups and properties are listed as the tools give them', () => {
  expect(values('pcmk.nodes')).toEqual(['node1', 'node2']);
  expect(list('pcmk.members').map(row => row.text)).toEqual(['node1     10.0.0.1', '10.0.0.2  10.0.0.2']);
  expect(values('pcmk.resources')).toEqual(['db', 'g1', 'vip', 'web']);
  expect(list('pcmk.resources').map(row => row.text.replace(/ +/, ' '))).toEqual([
    'db primitive',
    'g1 group',
    'vip primitive',
    'web primitive',
  ]);
  expect(values('pcmk.groups')).toEqual(['g1']);
  expect(list('pcmk.properties').map(row => row.text)).toEqual(['stonith-enabled  false']);
  expect(values('pcmk.agents')).toEqual(
    expect.arrayContaining(['ocf:heartbeat:Dummy', 'ocf:heartbeat:IPaddr2', 'ocf:pacemaker:Dummy']),
  );
  expect(values('pcmk.fence_devices')).toEqual([]);
  sh(`cibadmin -C -o resources -X '<primitive id="fence1" class="stonith" type="fence_ipmilan"/>'`);
  expect(list('pcmk.fence_devices').map(row => row.text)).toEqual(['fence1  fence_ipmilan']);
});

test('constraints are listed, and those of moves and bans by themselves', () => {
  expect(values('pcmk.constraints')).toEqual([]);
  sh('crm_resource -r db --move -N node2; crm_resource -r g1 --ban -N node1');
  sh(`cibadmin -C -o constraints -X '<rsc_order id="o1" first="db" then="g1"/>'`);
  expect(values('pcmk.constraints').sort()).toEqual(['cli-ban-g1-on-node1', 'cli-prefer-db', 'o1']);
  expect(values('pcmk.left_behind').sort()).toEqual(['cli-ban-g1-on-node1', 'cli-prefer-db']);
  expect(list('pcmk.left_behind').find(row => row.value === 'cli-prefer-db')?.text).toMatch(/rsc="db".*node="node2"/);
});

test('lists of a damaged or missing configuration are empty and never a wrong command', () => {
  const sources = [...shipped.sources.keys()].filter(id => id.startsWith('pcmk.') && !/members|agents/.test(id));
  const damaged = join(directory, 'damaged.xml');
  writeFileSync(damaged, readFileSync(cib, 'utf8').slice(0, 900));
  for (const CIB_file of [damaged, join(directory, 'nowhere.xml')])
    for (const id of sources) expect([id, values(id, { CIB_file })]).toEqual([id, []]);
  writeFileSync(join(directory, 'corosync.conf'), 'nodelist {\n  node {\n    name: half\n');
  expect(values('pcmk.members')).toEqual([]);
  rmSync(join(directory, 'corosync.conf'));
  expect(values('pcmk.members')).toEqual([]);
});

// Status

test('status is shown by crm_mon, pcs and crm', () => {
  expect(done('pcmk_mon')).toMatch(/Online: \[ node1 node2 \]/);
  expect(done('pcmk_mon', { by_node: 'yes', failcounts: 'yes' })).toMatch(/Node node1: online/);
  expect(done('pcmk_mon_xml')).toMatch(/<status code="0" message="OK"\/>/);
  expect(done('pcmk_status_pcs')).toMatch(/Cluster name: demo[\s\S]*Online: \[ node1 node2 \]/);
  expect(done('pcmk_status_pcs', { full: 'yes' })).toMatch(/Node node1 \(1\): online/);
  expect(done('pcmk_status_xml_pcs')).toMatch(/<node name="node1"/);
  expect(done('pcmk_status_nodes_pcs')).toMatch(/Online: node1 node2/);
  expect(done('pcmk_status_crm')).toMatch(/Online: \[ node1 node2 \]/);
});

test('crm_mon that cannot read the configuration ends with 0 and is taken for a failure', () => {
  const ended = run('pcmk_mon', {}, { CIB_file: join(directory, 'nowhere.xml') });
  expect(ended.status).toBe(0);
  expect(ended.found).toMatch(/Could not connect to the CIB/);
});

test('the XML of crm_mon says OK beside the reason why it is not, and is taken for a failure', () => {
  expect(run('pcmk_mon_xml', {}, { CIB_file: join(directory, 'nowhere.xml') })).toMatchObject({
    status: 0,
    found: expect.stringMatching(/Could not connect/),
  });
});

test('the page is made of what the real crm_mon says, and is never well when nobody leads the cluster', () => {
  const page = run('pcmk_page');
  expect(page.stdout).toMatch(/^Cluster: led by nobody[\s\S]*node1 {2}online[\s\S]* {4}vip {2}Started {2}on node2/);
  expect(page.status).toBe(1);
  expect(page.stdout).toMatch(/Somebody must look: one thing is wrong\./);
  sh('crm_standby -N node1 -v on; crm_resource -r db --ban -N node2');
  settle();
  const worse = run('pcmk_page').stdout;
  expect(worse).toMatch(/node1 {2}online, standby/);
  expect(worse).toMatch(/Resource db is stopped, and nobody said that it shall be\./);
  expect(worse).toMatch(/Resource db may not run on node2 \(constraint cli-ban-db-on-node2\)\./);
  sh('crm_resource -r db --meta -p target-role -v Stopped');
  expect(run('pcmk_page').stdout).toMatch(/Resource db is stopped on purpose\./);
  expect(run('pcmk_page', {}, { CIB_file: join(directory, 'nowhere.xml') })).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^The state of the cluster is not known\.\n {2}Could not connect/),
  });
});

test('without a cluster every status says so', () => {
  const nowhere = { CIB_file: '', CIB_port: '' };
  for (const id of ['pcmk_mon', 'pcmk_status_crm', 'pcmk_verify', 'pcmk_cib_show']) {
    const { text } = commandOf(shipped, id);
    const ended = sh(`unset CIB_file; ${text}`, nowhere, dialogOf(shipped, id).failIf);
    expect([id, ended.status !== 0 || ended.found !== undefined]).toEqual([id, true]);
  }
});

test('resources are listed and shown by all three', () => {
  expect(done('pcmk_resource_list')).toMatch(/Resource Group: g1/);
  expect(done('pcmk_resource_list', { form: 'names' })).toBe('db\nvip\nweb\n');
  expect(done('pcmk_resource_list_pcs', { resource: 'db' })).toMatch(/db\s.*Started node1/);
  expect(done('pcmk_resource_list_crm', { resource: 'db' })).toBe('resource db is running on: node1\n');
  expect(done('pcmk_resource_config_pcs', { resource: 'db' })).toMatch(/class=ocf provider=pacemaker type=Dummy/);
  const json = JSON.parse(done('pcmk_resource_config_pcs', { form: 'json' })) as { groups: { member_ids: string[] }[] };
  expect(json.groups[0]?.member_ids).toEqual(['vip', 'web']);
  expect(done('pcmk_resource_where', { resource: 'g1' })).toBe('resource g1 is running on: node2\n');
  expect(done('pcmk_error', { status: '102' })).toMatch(/Not connected/);
});

// Nodes

const nodeForms: [tool: string, env?: Record<string, string>][] = [['pcs'], ['crm'], ['own']];

test.each(nodeForms)('a node is put into standby and its resources go, by %s', tool => {
  const form = { node: 'node1' };
  expect(previewed(`pcmk_node_standby_${tool}`, form)).toMatch(/Move +db +\( node1 -> node2 \)/);
  expect(verified(`pcmk_node_standby_${tool}`, form)).toBe(false);
  done(`pcmk_node_standby_${tool}`, form);
  expect(verified(`pcmk_node_standby_${tool}`, form)).toBe(true);
  settle();
  expect(status()).toMatch(/Node node1: standby/);
  expect(where('db')).toBe('resource db is running on: node2');
});

test.each(['pcs', 'own'])('a node is taken out of standby, by %s', tool => {
  const form = { node: 'node1' };
  sh('crm_standby -N node1 -v on');
  settle();
  expect(verified(`pcmk_node_unstandby_${tool}`, form)).toBe(false);
  done(`pcmk_node_unstandby_${tool}`, form);
  expect(verified(`pcmk_node_unstandby_${tool}`, form)).toBe(true);
  settle();
  expect(status()).toMatch(/Online: \[ node1 node2 \]/);
});

test('crm node standby and online that do nothing and end with 0 are taken for failures', () => {
  const silent = { PING_ANSWERS: '' };
  const standby = run('pcmk_node_standby_crm', { node: 'node1' }, silent);
  expect([standby.status, standby.found]).toEqual([0, expect.stringMatching(/host "node1" is unreachable/)]);
  expect(verified('pcmk_node_standby_crm', { node: 'node1' })).toBe(false);

  // In a file, crm node online does nothing even when the node answers: it says INFO: online node, ends with 0, and standby stays on.
  sh('crm_standby -N node1 -v on');
  const online = run('pcmk_node_unstandby_crm', { node: 'node1' });
  expect([online.status, online.found]).toEqual([0, expect.stringMatching(/Could not connect to controller/)]);
  expect(verified('pcmk_node_unstandby_crm', { node: 'node1' })).toBe(false);
});

test.each(nodeForms)('a node goes into maintenance and comes out of it, by %s', tool => {
  const form = { node: 'node2' };
  done(`pcmk_node_maintenance_${tool}`, form);
  expect(verified(`pcmk_node_maintenance_${tool}`, form)).toBe(true);
  expect(status()).toMatch(/Node node2: maintenance/);
  expect(verified(`pcmk_node_ready_${tool}`, form)).toBe(false);
  expect(previewed(`pcmk_node_ready_${tool}`, form)).toMatch(/Transition Summary/);
  done(`pcmk_node_ready_${tool}`, form);
  expect(verified(`pcmk_node_ready_${tool}`, form)).toBe(true);
  expect(status()).toMatch(/Online: \[ node1 node2 \]/);
});

test('nodes are shown with their attributes', () => {
  done('pcmk_node_standby_pcs', { node: 'node1' });
  expect(done('pcmk_node_show_crm')).toMatch(/node1\(1\): member/);
  expect(done('pcmk_node_attributes_pcs')).toMatch(/node1: standby=on/);
});

test('a node that does not exist is refused by every tool', () => {
  for (const kind of ['standby', 'maintenance'])
    for (const tool of ['pcs', 'crm', 'own']) {
      const ended = run(`pcmk_node_${kind}_${tool}`, { node: 'nosuch' });
      expect([kind, tool, ended.status === 0 && ended.found === undefined]).toEqual([kind, tool, false]);
    }
});

// Resources

test.each(nodeForms)('a resource is stopped and started, by %s', tool => {
  const form = { resource: 'g1' };
  expect(previewed(`pcmk_resource_stop_${tool}`, form)).toMatch(/Stop +vip[\s\S]*Stop +web/);
  done(`pcmk_resource_stop_${tool}`, form);
  expect(verified(`pcmk_resource_stop_${tool}`, form)).toBe(false);
  settle();
  expect(verified(`pcmk_resource_stop_${tool}`, form)).toBe(true);
  expect(previewed(`pcmk_resource_start_${tool}`, form)).toMatch(/Start +vip/);
  done(`pcmk_resource_start_${tool}`, form);
  expect(verified(`pcmk_resource_start_${tool}`, form)).toBe(false);
  settle();
  expect(verified(`pcmk_resource_start_${tool}`, form)).toBe(true);
});

test.each([
  ['pcmk_resource_move_constraint_pcs', 'pcs'],
  ['pcmk_resource_move_crm', 'crm'],
  ['pcmk_resource_move_own', 'own'],
])('%s moves a group and leaves a constraint, which is shown and cleared', (id, tool) => {
  const form = { resource: 'g1', node: 'node1' };
  expect(previewed(id, form)).toMatch(/Move +vip +\( node2 -> node1 \)/);
  done(id, form);
  expect(verified(id, form)).toBe(false);
  settle();
  expect(verified(id, form)).toBe(true);
  expect(values('pcmk.left_behind')).toEqual(['cli-prefer-g1']);
  expect(done('pcmk_left_behind')).toMatch(/cli-prefer-g1/);
  expect(done('pcmk_constraint_resource', { resource: 'g1' })).toMatch(/cli-prefer-g1/);
  expect(verified(`pcmk_resource_clear_${tool}`, { resource: 'g1' })).toBe(false);
  done(`pcmk_resource_clear_${tool}`, { resource: 'g1' });
  expect(verified(`pcmk_resource_clear_${tool}`, { resource: 'g1' })).toBe(true);
  expect(done('pcmk_left_behind')).toBe('Nothing is left behind.\n');
});

test('a move that is not over in time keeps its constraint and fails', () => {
  const ended = run('pcmk_resource_move_clear_crm', { resource: 'db', node: 'node2', wait: '2' });
  expect(ended.status).toBe(124);
  expect(values('pcmk.left_behind')).toEqual(['cli-prefer-db']);
});

test.each(nodeForms)('a node is forbidden to a resource until the ban is cleared, by %s', tool => {
  const form = { resource: 'db', node: 'node1' };
  expect(previewed(`pcmk_resource_ban_${tool}`, form)).toMatch(/Move +db +\( node1 -> node2 \)/);
  done(`pcmk_resource_ban_${tool}`, form);
  expect(verified(`pcmk_resource_ban_${tool}`, form)).toBe(false);
  settle();
  expect(verified(`pcmk_resource_ban_${tool}`, form)).toBe(true);
  done(`pcmk_resource_clear_${tool}`, { resource: 'db' });
  expect(values('pcmk.left_behind')).toEqual([]);
});

test.each(nodeForms)('one constraint that was left behind is removed and the other stays, by %s', tool => {
  sh('crm_resource -r db --move -N node2; crm_resource -r g1 --ban -N node1');
  const form = { constraint: 'cli-prefer-db' };
  expect(previewed(`pcmk_constraint_remove_${tool}`, form)).toMatch(/Transition Summary/);
  expect(values('pcmk.left_behind')).toHaveLength(2);
  expect(verified(`pcmk_constraint_remove_${tool}`, form)).toBe(false);
  done(`pcmk_constraint_remove_${tool}`, form);
  expect(verified(`pcmk_constraint_remove_${tool}`, form)).toBe(true);
  expect(values('pcmk.left_behind')).toEqual(['cli-ban-g1-on-node1']);
});

test.each(nodeForms)('the cluster takes its hands off a resource and takes charge again, by %s', tool => {
  const form = { resource: 'db' };
  done(`pcmk_resource_unmanage_${tool}`, form);
  expect(status()).toMatch(/db\s.*\(unmanaged\)/);
  expect(previewed(`pcmk_resource_manage_${tool}`, form)).toMatch(/Transition Summary/);
  done(`pcmk_resource_manage_${tool}`, form);
  expect(status()).not.toMatch(/unmanaged/);
});

test('maintenance of a resource, by crm', () => {
  done('pcmk_resource_maintenance_crm', { resource: 'db' });
  expect(status()).toMatch(/db\s.*\((unmanaged|maintenance)/);
  done('pcmk_resource_maintenance_crm', { resource: 'db', state: 'off' });
  expect(status()).not.toMatch(/unmanaged|maintenance/);
});

test('failures are counted', () => {
  expect(done('pcmk_resource_failures_pcs', { resource: 'db' })).toMatch(/No failcounts for resource 'db'/);
  expect(done('pcmk_resource_failures_own', { resource: 'db', node: 'node1' })).toMatch(/value=0/);
});

test('resources are made with parameters, grouped and deleted, by pcs', () => {
  done('pcmk_resource_create_pcs', {
    id: 'new1',
    agent: 'ocf:pacemaker:Dummy',
    params: ['fake=a b $HOME', 'op_sleep=0'],
    group: 'g2',
  });
  expect(verified('pcmk_resource_create_pcs', { id: 'new1', agent: 'ocf:pacemaker:Dummy' })).toBe(true);
  expect(readFileSync(cib, 'utf8')).toContain('value="a b $HOME"');
  expect(values('pcmk.groups')).toEqual(['g1', 'g2']);
  const wrong = run('pcmk_resource_create_pcs', { id: 'new2', agent: 'ocf:pacemaker:Dummy', params: ['nosuch=1'] });
  expect(wrong.status).toBe(1);
  done('pcmk_group_pcs', { group: 'g2', members: ['db'] });
  sh('crm_resource -r g2 --move -N node2');
  expect(previewed('pcmk_resource_delete_pcs', { resource: 'g2' })).toMatch(/cli-prefer-g2/);
  done('pcmk_resource_delete_pcs', { resource: 'g2' });
  // Its constraint went with it, which is why the form shows them first.
  expect([values('pcmk.resources'), values('pcmk.left_behind')]).toEqual([['g1', 'vip', 'web'], []]);
});

test('resources are made with parameters, grouped and deleted, by crm', () => {
  const form = { id: 'new1', agent: 'ocf:pacemaker:Dummy', params: ['fake=a b', 'op_sleep=0'] };
  done('pcmk_resource_create_crm', form);
  expect(verified('pcmk_resource_create_crm', form)).toBe(true);
  expect(readFileSync(cib, 'utf8')).toContain('value="a b"');
  done('pcmk_group_crm', { group: 'g2', members: ['new1', 'db'] });
  expect(values('pcmk.groups')).toEqual(['g1', 'g2']);
  expect(previewed('pcmk_resource_delete_crm', { resource: 'new1' })).toBe('');
  done('pcmk_resource_delete_crm', { resource: 'new1' });
  expect(values('pcmk.resources')).not.toContain('new1');
});

test('an agent tells what it wants, and one that is not there is refused', () => {
  expect(done('pcmk_agent_pcs', { agent: 'ocf:pacemaker:Dummy' })).toMatch(/op_sleep/);
  expect(done('pcmk_agent_crm', { agent: 'ocf:pacemaker:Dummy' })).toMatch(/op_sleep/);
  for (const tool of ['pcs', 'crm']) {
    const ended = run(`pcmk_agent_${tool}`, { agent: 'ocf:heartbeat:nosuch' });
    expect([tool, ended.status === 0 && ended.found === undefined]).toEqual([tool, false]);
  }
});

test('a resource that does not exist is refused by every tool', () => {
  for (const verb of ['start', 'stop', 'unmanage'])
    for (const tool of ['pcs', 'crm', 'own'])
      expect([verb, tool, run(`pcmk_resource_${verb}_${tool}`, { resource: 'nosuch' }).status]).not.toEqual([
        verb,
        tool,
        0,
      ]);
});

// Constraints

test('constraints are shown, made and deleted by pcs and crm', () => {
  done('pcmk_location_pcs', { resource: 'g1', node: 'node1', score: '200' });
  expect(done('pcmk_constraint_show_pcs')).toMatch(/node1 \(score:200\) \(id:location-g1-node1-200\)/i);
  done('pcmk_location_crm', { id: 'loc-db', resource: 'db', node: 'node2', score: 'inf' });
  expect(done('pcmk_constraint_show_crm')).toMatch(/location loc-db db inf: node2/);
  expect(done('pcmk_constraint_show')).toMatch(/<rsc_location id="loc-db"|<rsc_location .*id="loc-db"/);
  settle();
  expect(where('db')).toBe('resource db is running on: node2');
  done('pcmk_constraint_delete_pcs', { constraint: 'loc-db' });
  expect(verified('pcmk_constraint_delete_pcs', { constraint: 'loc-db' })).toBe(true);
  expect(verified('pcmk_constraint_delete_crm', { constraint: 'location-g1-node1-200' })).toBe(false);
  done('pcmk_constraint_delete_crm', { constraint: 'location-g1-node1-200' });
  expect(values('pcmk.constraints')).toEqual([]);
  for (const tool of ['pcs', 'crm'])
    expect(run(`pcmk_constraint_delete_${tool}`, { constraint: 'nosuch' }).status).toBe(1);
});

// Properties

test.each(['_pcs', '_crm', '_level_crm', ''])('the whole cluster goes into maintenance and out of it (%s)', tool => {
  expect(verified(`pcmk_maintenance_on${tool}`)).toBe(false);
  done(`pcmk_maintenance_on${tool}`);
  expect(verified(`pcmk_maintenance_on${tool}`)).toBe(true);
  expect(status()).toMatch(/will neither attempt to start, stop|Resource management is DISABLED|maintenance/i);
  expect(previewed(`pcmk_maintenance_off${tool}`)).toMatch(/Transition Summary/);
  done(`pcmk_maintenance_off${tool}`);
  expect(verified(`pcmk_maintenance_off${tool}`)).toBe(true);
});

test.each(nodeForms)('a property is set, shown and unset, by %s', tool => {
  const form = { property: 'no-quorum-policy', value: 'freeze' };
  expect(previewed(`pcmk_property_set_${tool}`, form)).toMatch(/Transition Summary/);
  expect(verified(`pcmk_property_set_${tool}`, form)).toBe(false);
  done(`pcmk_property_set_${tool}`, form);
  expect(verified(`pcmk_property_set_${tool}`, form)).toBe(true);
  expect(done('pcmk_property_show_pcs', { all: 'yes' })).toMatch(/no-quorum-policy: freeze/);
  expect(done('pcmk_property_show_crm')).toMatch(/no-quorum-policy=freeze/);
  expect(done('pcmk_property_get', { property: 'no-quorum-policy' })).toBe('freeze\n');
  expect(list('pcmk.properties').map(row => row.text)).toContain('no-quorum-policy  freeze');
  done('pcmk_property_unset', form);
  expect(verified('pcmk_property_unset', form)).toBe(true);
  expect(run('pcmk_property_get', { property: 'no-quorum-policy' }).status).toBe(105);
});

test('a property that nobody knows: pcs refuses, and what crm takes with a warning is a failure', () => {
  const form = { property: 'maintenence-mode', value: 'true' };
  expect(run('pcmk_property_set_pcs', form).status).toBe(1);
  const taken = run('pcmk_property_set_crm', form);
  expect([taken.status, taken.found]).toEqual([0, expect.stringMatching(/unknown attribute/)]);
});

// Fencing

test('fence devices and agents are shown', () => {
  expect(done('pcmk_stonith_status_pcs')).toMatch(/NO stonith devices configured/);
  expect(done('pcmk_stonith_config_pcs')).toBe('');
  expect(run('pcmk_stonith_agents').found).toBeUndefined();
});

// Simulation and verification

test('a right configuration passes, and a wrong one says why, by all three', () => {
  for (const id of ['pcmk_verify', 'pcmk_verify_pcs', 'pcmk_verify_crm']) done(id);
  for (const id of ['pcmk_verify_file', 'pcmk_verify_file_pcs']) done(id, { file: cib });
  sh('crm_attribute -n stonith-enabled -v true');
  expect(run('pcmk_verify').status).toBe(78);
  expect(run('pcmk_verify').stderr).toMatch(/no STONITH resources have been defined/);
  expect(run('pcmk_verify_pcs').status).toBe(1);
  expect(run('pcmk_verify_pcs').stderr).toMatch(/no STONITH resources have been defined/);
  expect(run('pcmk_verify_crm').status).toBe(1);
  expect(run('pcmk_verify_file', { file: cib }).status).toBe(78);
  expect(run('pcmk_verify_file_pcs', { file: cib }).status).toBe(1);
  expect(run('pcmk_verify_file', { file: join(directory, 'nowhere') }).status).not.toBe(0);
});

test('crm_simulate tells what would happen and changes nothing', () => {
  const before = readFileSync(cib, 'utf8');
  expect(done('pcmk_simulate_now')).toMatch(/Transition Summary:\n\n/);
  expect(done('pcmk_simulate_now', { scores: 'yes' })).toMatch(/score on node1/);
  expect(done('pcmk_simulate_node', { node: 'node2' })).toMatch(/(Move|Start) +vip +\( (node2 -> )?node1 \)/);
  expect(done('pcmk_simulate_node', { node: 'node2', how: 'fails' })).toMatch(/Failing node node2/);
  expect(done('pcmk_simulate_node', { node: 'node2', how: 'comes up' })).toMatch(/Online: \[ node1 node2 \]/);
  expect(done('pcmk_simulate_file', { file: cib })).toMatch(/Transition Summary/);
  expect(done('pcmk_simulate_crm')).toMatch(/Current cluster status/);
  for (const id of [
    'pcmk_node_stop_pcs',
    'pcmk_node_stop_crm',
    'pcmk_node_remove_pcs',
    'pcmk_node_remove_crm',
    'pcmk_fence',
  ])
    expect([id, previewed(id, { node: 'node2' })]).toEqual([id, expect.stringMatching(/Transition Summary/)]);
  expect(readFileSync(cib, 'utf8')).toBe(before);
  // It aborts for a node that it does not know, so the field takes only those of the list.
  expect(run('pcmk_simulate_node', { node: 'nosuch' }).status).not.toBe(0);
  expect(dialogOf(shipped, 'pcmk_simulate_node').fields[0]).toMatchObject({ source: 'pcmk.nodes' });
  expect(dialogOf(shipped, 'pcmk_simulate_node').fields[0]!.free).toBeFalsy();
});

// The configuration

test('the configuration is shown by all three', () => {
  expect(done('pcmk_config_pcs')).toMatch(/Cluster Name: demo[\s\S]*Group: g1/);
  expect(done('pcmk_config_crm')).toMatch(/primitive db ocf:pacemaker:Dummy/);
  expect(done('pcmk_cib_show')).toMatch(/^<cib /);
  expect(done('pcmk_cib_show', { scope: 'nodes' })).toMatch(/^<nodes>/);
});

test.each([
  ['pcmk_cib_dump', 'pcmk_cib_restore'],
  ['pcmk_cib_dump_pcs', 'pcmk_cib_push_pcs'],
  ['pcmk_cib_dump_crm', 'pcmk_cib_replace_crm'],
])(
  '%s writes a file for its owner only and replaces none; %s brings it back and keeps what was there',
  (dump, restore) => {
    const file = join(directory, 'dump');
    done(dump, { file });
    expect(verified(dump, { file })).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    sh('crm_attribute -n no-quorum-policy -v ignore');
    expect(run(dump, { file })).toMatchObject({ status: 1, stdout: expect.stringMatching(/is there already/) });
    expect(readFileSync(file, 'utf8')).toBe(text);

    const keep = join(directory, 'before');
    if (restore !== 'pcmk_cib_replace_crm') expect(previewed(restore, { file, keep })).toMatch(/Transition Summary/);
    done(restore, { file, keep });
    expect(verified(restore, { file, keep })).toBe(true);
    expect(readFileSync(cib, 'utf8')).not.toContain('no-quorum-policy');
    expect(readFileSync(keep, 'utf8')).toContain('no-quorum-policy');
    expect(statSync(keep).mode & 0o777).toBe(0o600);
    expect(run(restore, { file, keep })).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/is there already/),
    });
  },
);

test('a broken file is not restored, and the preview says so before', () => {
  const file = join(directory, 'bad.xml');
  writeFileSync(file, readFileSync(cib, 'utf8').slice(0, 500));
  for (const id of ['pcmk_cib_restore', 'pcmk_cib_push_pcs']) {
    const before = readFileSync(cib, 'utf8');
    const keep = join(directory, `before-${id}`);
    const preview = sh(besideOf(shipped, id, dialogOf(shipped, id).preview!, { file, keep }).text);
    expect([id, preview.status, preview.stdout]).toEqual([id, expect.not.stringMatching(/^0$/), '']);
    expect(run(id, { file, keep }).status).not.toBe(0);
    expect([id, readFileSync(cib, 'utf8')]).toEqual([id, before]);
    expect(existsSync(keep)).toBe(true);
  }
});

test('crm adds what a file says and leaves the rest', () => {
  const file = join(directory, 'more.crm');
  writeFileSync(file, 'primitive more ocf:pacemaker:Dummy\n');
  done('pcmk_cib_update_crm', { file });
  expect(verified('pcmk_cib_update_crm', { file })).toBe(true);
  expect(values('pcmk.resources')).toEqual(expect.arrayContaining(['db', 'g1', 'more']));
});

// Clusters without a cluster

test('corosync.conf of a new cluster is written, shown and not replaced', () => {
  const file = join(directory, 'new.conf');
  const form = { name: 'demo2', node1: 'n1', addr1: '10.0.0.1', node2: 'n2', addr2: '10.0.0.2', file };
  done('pcmk_cluster_setup_file_pcs', form);
  expect(readFileSync(file, 'utf8')).toMatch(/cluster_name: demo2[\s\S]*name: n1[\s\S]*two_node: 1/);
  const again = run('pcmk_cluster_setup_file_pcs', form);
  expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/already exists/)]);
  expect(done('pcmk_cluster_config_pcs', { file })).toMatch(/Cluster Name: demo2/);
  expect(done('pcmk_cluster_config_pcs', { file, form: 'cmd' })).toMatch(/pcs cluster setup demo2/);
});

test('a cluster is destroyed only under its own name', () => {
  const guard = commandOf(shipped, 'pcmk_cluster_destroy_pcs', { cluster: 'demo' }).text.split(' && ')[0]!;
  const other = commandOf(shipped, 'pcmk_cluster_destroy_pcs', { cluster: 'dem' }).text.split(' && ')[0]!;
  const here = (text: string) =>
    sh(text.replace('config show', `config show --corosync_conf ${join(directory, 'corosync.conf')}`)).status;
  writeFileSync(join(directory, 'corosync.conf'), corosync.replace('nodeid: 2', 'name: node2\n        nodeid: 2'));
  expect([here(guard), here(other)]).toEqual([0, 1]);
});

test('a selector asks which tool is there, and leads to its form', () => {
  const { next } = selectorOf(shipped, 'pcmk_node_standby');
  if (typeof next === 'string') throw new Error('it asks nobody');
  const tools = join(directory, 'tools');
  const said = (...names: string[]) => {
    rmSync(tools, { recursive: true, force: true });
    sh(`mkdir ${tools}; for name in ${['sh', ...names].join(' ')}; do ln -s /bin/true ${tools}/$name; done`);
    return next.map[
      spawnSync('/bin/sh', ['-c', next.by.source], { encoding: 'utf8', env: { PATH: tools } }).stdout.trim()
    ];
  };
  expect([said('pcs', 'crm'), said('crm'), said()]).toEqual([
    'pcmk_node_standby_pcs',
    'pcmk_node_standby_crm',
    'pcmk_node_standby_own',
  ]);
});

/** What only a running cluster can do, and why. Its text is in pcmk.test.ts. */
const cannot: Record<string, RegExp> = {
  'pcs talks to pcsd of the nodes, which does not run here':
    /^pcmk_(host_auth|cluster_(setup|start|stop|enable|disable|destroy|sync)_pcs|node_(start|stop|add|remove)_pcs|config_(backup|restore)_pcs)$/,
  'crm cluster works by ssh and systemd on the nodes':
    /^pcmk_(cluster_(setup|start|stop|enable|disable|destroy)_crm|node_(start|stop|remove|join)_crm|(copy|diff|run)_crm)$/,
  'the fencer does not run here': /^pcmk_(stonith_devices|stonith_history|stonith_history_pcs|fence.*)$/,
  'crm_resource --cleanup crashes on a file, and pcs takes no -f for it': /^pcmk_resource_cleanup_.*$/,
  'pcs takes no -f for it': /^pcmk_resource_(move|stop_safe|stop_simulate)_pcs$/,
  'crm asks the controller for the nodes': /^pcmk_resource_failures_crm$/,
  'it collects the logs of a running cluster': /^pcmk_report_(pcs|crm)$/,
};

test('every dialog and every list was run above, but for those that need a running cluster', () => {
  const dialogs = [...shipped.panels.values()].filter(panel => panel.product === 'pcmk' && panel.kind === 'dialog');
  const left = dialogs.map(panel => panel.id).filter(id => !ran.has(id));
  for (const [why, ids] of Object.entries(cannot))
    console.warn(`not run, for ${why}: ${left.filter(id => ids.test(id)).join(', ')}`);
  expect(left.filter(id => !Object.values(cannot).some(ids => ids.test(id)))).toEqual([]);
  expect([...shipped.sources.keys()].filter(id => id.startsWith('pcmk.') && !listed.has(id))).toEqual([]);
});
