/**
 * The panels and lists of xCAT with what xCAT 2.19 really answered (test/fixtures/menus/xcat/answers: the outputs of two management nodes
 * with a running xcatd): lists, current values, verdicts, and the same with xcatd down or the output damaged.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { runList } from '../../src/run/list.ts';
import { type RunningGroup, startPipe } from '../../src/run/pipe.ts';
import type { Ended } from '../../src/run/types.ts';
import { besideOf, commandOf, dialogOf, readShipped, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const programs = resolve(import.meta.dirname, '../fixtures/menus/xcat');
const environment = (more: Record<string, string> = {}) => ({ PATH: `${programs}:/usr/bin:/bin`, ...more });

const open: RunningGroup[] = [];
afterEach(() => {
  for (const running of open.splice(0)) running.output.close();
});

/** Runs a panel's command and gives the verdict that stands on COMMAND STATUS. */
async function run(id: string, typed: Values, env: Record<string, string> = {}): Promise<Ended> {
  const command = commandOf(shipped, id, typed);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  const running = await startPipe({ command, secrets: {}, env: environment(env) });
  open.push(running);
  const ended = await running.done;
  // An answer that the fixture lacks is a mistake of the test.
  expect([command.text, ended.status]).not.toEqual([command.text, 99]);
  return ended;
}

/** What a list command says, as F4 gets it. */
function asked(id: string, values: Values = {}, env: Record<string, string> = {}) {
  const { text } = sourceText(sourceOf(shipped, id), values);
  return runList({ text, env: environment(env), statusHelp: sourceOf(shipped, id).statusHelp });
}

/** The rows of F4. */
async function rows(id: string, values: Values = {}, env: Record<string, string> = {}): Promise<string[]> {
  const listed = await asked(id, values, env);
  if (listed.state !== 'ok') throw new Error(`${id}: ${JSON.stringify(listed)}`);
  const source = sourceOf(shipped, id);
  const parsed = parseRows(listed.text, source);
  return parsed.problem ? [`problem: ${parsed.problem}`] : listRowsOf(source, parsed.records).map(row => row.text);
}

const nodes = ['cec01', 'cec02', 'frame01', 'node01', 'node02', 'node03', 'node04', 'sn01'];
const groups = ['all', 'cec', 'compute', 'frame', 'linux', 'service'];

test('nodes, groups and both together are listed as xCAT has them', async () => {
  expect(await rows('xcat.nodes')).toEqual(nodes);
  expect((await rows('xcat.groups')).map(row => row.split(' ')[0])).toEqual(groups);
  const both = await rows('xcat.ranges');
  expect(both).toHaveLength(14);
  expect(both[0]).toBe('all      group');
  expect(both.at(-1)).toBe('sn01     node');
});

test('objects of a type, images with their system, networks with their address', async () => {
  expect((await rows('xcat.objects', { kind: 'osimage' })).map(row => row.split(' ')[0])).toEqual([
    '71dskls',
    'rhels7.9-x86_64-install-compute',
  ]);
  expect(await rows('xcat.images')).toEqual([
    '71dskls                          AIX',
    'rhels7.9-x86_64-install-compute  Linux',
  ]);
  expect(await rows('xcat.networks')).toEqual(['clunet   9.114.47.64']);
});

test('rules of the policy are read from comma separated columns, bare or quoted, quotes doubled', async () => {
  const rules = await rows('xcat.policies');
  expect(rules[0]).toMatch(/^1 +root +allow$/);
  expect(rules).toContainEqual(expect.stringMatching(/^1\.3 +mn1 +trusted$/));
  expect(rules).toContainEqual(expect.stringMatching(/^4\.9 +getadapter +allow$/));
  expect(rules.at(-1)).toMatch(/^6\.5 +ope""r +rpower,nodels +allow$/);
  expect(rules).toHaveLength(16);
});

test('what objects have now is proposed for a change, each as attribute and value', async () => {
  const settings = [
    'arch=x86_64',
    'groups=all,compute,linux',
    'mac=00:00:c9:c6:6c:41',
    'postscripts=syslog,remoteshell,syncfiles',
  ];
  expect(await rows('xcat.settings', { kind: 'node', names: ['node01'] })).toEqual(settings);
  expect(await rows('xcat.node_settings', { nodes: 'node01' })).toEqual(settings);
  expect(await rows('xcat.site_settings')).toContain('nodesyncfiledir=/var/xcat/node/syncfiles');
});

test('settings of the site, tables, templates and attributes are listed', async () => {
  const keys = await rows('xcat.site_keys');
  expect(keys).toContainEqual(expect.stringMatching(/^master +9\.114\.47\.97$/));
  expect(keys.at(-1)).toMatch(/^zz +a ""q"" b,c$/);
  expect(keys).toHaveLength(39);
  const tables = await rows('xcat.tables');
  expect([tables.length > 60, tables[0], tables.at(-1)]).toEqual([true, 'auditlog', 'zvmivp']);
  expect((await rows('xcat.templates', { kind: 'node' })).map(row => row.split(' ')[0])).toContain('x86_64-template');
  const attributes = await rows('xcat.attributes', { kind: 'node' });
  expect(attributes).toHaveLength(4);
  expect(attributes[1]).toMatch(/^arch +The hardware architecture/);
});

const all = [
  'nodes',
  'groups',
  'ranges',
  'objects',
  'images',
  'networks',
  'policies',
  'site_keys',
  'tables',
  'templates',
  'attributes',
  'settings',
  'node_settings',
  'site_settings',
];

test.each(all)('while xcatd is down, the list of %s says so and is not empty', async name => {
  expect(
    await asked(`xcat.${name}`, { kind: 'node', names: ['node01'], nodes: 'node01' }, { XCAT_STATE: 'down' }),
  ).toMatchObject({
    state: 'failed',
    reason: 'status 111: xcatd does not answer, so there is no list; values can be typed',
    stderr: expect.stringContaining('localhost:3001'),
  });
});

test('a list that is cut off, or has a line that nobody expects, gives no value that xCAT did not say', async () => {
  const [cut, noise] = [{ XCAT_STATE: 'cut' }, { XCAT_STATE: 'noise' }];
  expect(await rows('xcat.nodes', {}, noise)).toEqual([expect.stringMatching(/^problem: .*nobody expects/)]);
  expect(await rows('xcat.groups', {}, cut)).toEqual([expect.stringMatching(/^problem: .*serv/)]);
  expect(await rows('xcat.ranges', {}, noise)).toEqual([expect.stringMatching(/^problem: /)]);
  expect(await rows('xcat.tables', {}, noise)).toEqual([expect.stringMatching(/^problem: /)]);
  const whole = await rows('xcat.policies');
  expect(await rows('xcat.policies', {}, noise)).toEqual(whole);
  expect((await rows('xcat.policies', {}, cut)).length).toBeLessThanOrEqual(whole.length);
  expect(await rows('xcat.site_keys', {}, noise)).toEqual(await rows('xcat.site_keys'));
});

test('the current values of a rule fill its form, and nothing comes of one that is cut off', () => {
  const panel = dialogOf(shipped, 'xcat_policy_change');
  const found = (state: string) => {
    const { text } = besideOf(shipped, panel.id, panel.discover!.run, { priority: '1.3' });
    const { stdout } = spawnSync('/bin/sh', ['-c', text], {
      encoding: 'utf8',
      env: environment({ XCAT_STATE: state }),
    });
    return parseRows(stdout, panel.discover!).records.map(record => [record.name, record.rule]);
  };
  expect(found('')).toEqual([
    ['mn1', ''],
    ['', 'trusted'],
  ]);
  expect(found('cut')).toEqual([
    ['mn1', ''],
    ['', 't'],
  ]);
  // "t" is none of the values that the field takes, so it goes no further.
  expect(panel.fields.find(field => field.name === 'rule')?.values?.map(value => value.sent)).not.toContain('t');
  expect(found('down')).toEqual([]);
});

/** A panel, what is typed, and the verdict on what xCAT answered. */
const verdicts: [id: string, typed: Values, state: Ended['state'], reason?: RegExp][] = [
  // Status 0, and yet failed.
  ['xcat_rmhwconn', {}, 'failed', /^line \d matches .*: The node \S+ is neither a hcp nor an lpar$/],
  ['xcat_mkhwconn', {}, 'failed', /is neither a hcp nor an lpar$/],
  ['xcat_rmhwconn', { nodes: 'cec', tool: 'network manager (fnm)' }, 'failed', /Can't locate Net\/SSL\.pm/],
  [
    'xcat_nodeset',
    { nodes: 'node01', image: 'rhels7.9-x86_64-install-compute' },
    'failed',
    /Error: .*(Install image not found|is missing)/,
  ],
  ['xcat_xdsh', { nodes: 'node02', command: 'date' }, 'failed', /Caught SIGINT/],
  ['xcat_nimnodeset', { nodes: 'node01', image: '71dskls' }, 'failed', /Could not determine nimprime/],
  // Status 1.
  ['xcat_rpower_stat', { nodes: 'node01' }, 'failed'],
  ['xcat_rnetboot', { nodes: 'node01' }, 'failed'],
  ['xcat_makedns', {}, 'failed'],
  ['xcat_makegocons', {}, 'failed'],
  ['xcat_nodels', { nodes: 'nosuch' }, 'failed'],
  ['xcat_restore', { directory: '/nosuch' }, 'failed'],
  ['xcat_policy_add', { priority: '1.3', name: 'mn1' }, 'failed'],
  // Right, with warnings or without a word.
  ['xcat_makedhcp_new', {}, 'ok'],
  ['xcat_makedhcp_all', {}, 'ok'],
  ['xcat_makedhcp_q', { nodes: 'node01' }, 'ok'],
  ['xcat_makedns_new', {}, 'ok'],
  ['xcat_makeconservercf', {}, 'ok'],
  ['xcat_chtab', { keys: ['key=nameservers'], changes: ['site.value=9.114.47.97'] }, 'ok'],
  ['xcat_dump', { directory: '/backup' }, 'ok'],
  ['xcat_network_server', { networks: ['clunet'], address: '9.114.47.97' }, 'ok'],
  ['xcat_lsxcatd', {}, 'ok'],
  ['xcat_lshwconn', {}, 'ok'],
  // What a program on a node says is the program's business.
  ['xcat_xdsh', { nodes: 'node01', command: 'date' }, 'ok'],
];

test.each(verdicts)('%s with %j is %s', async (id, typed, state, reason) => {
  const ended = await run(id, typed);
  expect([ended.state, ended.reason]).toEqual([state, reason ? expect.stringMatching(reason) : undefined]);
  // Where a line of output decides, the command itself has said 0; where none does, the status says it.
  expect(ended.status).toBe(state === 'ok' || reason ? 0 : 1);
});

test('while xcatd is down a command says what 111 means and what to do; past xcatd it works', async () => {
  const down = { XCAT_STATE: 'down' };
  for (const [id, typed] of [
    ['xcat_site_show', {}],
    ['xcat_nodels', {}],
    ['xcat_makedns', {}],
    ['xcat_rpower_stat', { nodes: 'node01' }],
    ['xcat_xdsh', { nodes: 'node01', command: 'date' }],
    ['xcat_lshwconn', {}],
  ] as [string, Values][]) {
    expect(await run(id, typed, down)).toMatchObject({
      state: 'failed',
      status: 111,
      reason:
        'status 111: xcatd does not answer; start it with restartxcatd, or as root run the command with XCATBYPASS=1',
    });
  }
  expect(await run('xcat_site_show', { bypass: 'yes' }, down)).toMatchObject({ state: 'ok', status: 0 });
  const chtab = { keys: ['key=nameservers'], changes: ['site.value=9.114.47.97'] };
  expect((await run('xcat_chtab', chtab, down)).state).toBe('ok');
});

/** A question beside a panel's command, as the shell answers it here. */
function beside(id: string, which: 'preview' | 'verify', typed: Values, env: Record<string, string> = {}) {
  const panel = dialogOf(shipped, id);
  const { text } = besideOf(shipped, id, which === 'preview' ? panel.preview! : panel.verify!.run, typed);
  return spawnSync('/bin/sh', ['-c', text], { encoding: 'utf8', env: environment(env) });
}

test('before chdef the question tells whether the object is there', () => {
  expect(beside('xcat_change', 'preview', { names: ['node01'] })).toMatchObject({
    status: 0,
    stdout: 'node01  (node)\n',
  });
  expect(beside('xcat_change', 'preview', { names: ['nosuch'] })).toMatchObject({
    status: 1,
    stderr: "Error: [mn1]: Could not find an object named 'nosuch' of type 'node'.\n",
  });
});

test('afterwards all connections are looked at, not only one', () => {
  expect(beside('xcat_mkhwconn', 'verify', { nodes: 'cec1' }).status).toBe(0);
  expect(beside('xcat_mkhwconn', 'verify', { nodes: 'cec,frame' }).status).not.toBe(0);
  expect(beside('xcat_rmhwconn', 'verify', { nodes: 'cec2' }).status).toBe(0);
  expect(beside('xcat_rmhwconn', 'verify', { nodes: 'cec,frame' }).status).not.toBe(0);
  // No answer is no proof.
  expect(beside('xcat_rmhwconn', 'verify', { nodes: 'cec2' }, { XCAT_STATE: 'down' }).status).not.toBe(0);
});

test('afterwards every server of every node is looked at', () => {
  const server = '9.114.47.97';
  expect(beside('xcat_node_servers', 'verify', { nodes: 'compute', server }).status).toBe(0);
  expect(beside('xcat_node_servers', 'verify', { nodes: 'all', server }).status).not.toBe(0);
  expect(beside('xcat_node_servers', 'verify', { nodes: 'compute', server: '9.114.47.9' }).status).not.toBe(0);
  expect(beside('xcat_node_servers', 'verify', { nodes: 'compute', server }, { XCAT_STATE: 'down' }).status).not.toBe(
    0,
  );
});

test('the address of the management node is read back', () => {
  expect(beside('xcat_site_addresses', 'verify', { address: '9.114.47.97' }).status).toBe(0);
  expect(beside('xcat_site_addresses', 'verify', { address: '9.114.47.98' }).status).not.toBe(0);
});
