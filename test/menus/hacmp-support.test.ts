/** RAS Support and what stands beside the product's menus: what each panel runs, to the letter, and what some of it does. */
import { afterAll, expect, test } from 'vitest';
import { fillEdits } from '../../src/command/edits.ts';
import { startFindings } from '../../src/command/fill.ts';
import type { Values } from '../../src/panel/types.ts';
import { siteValue } from '../../src/settings/site-values.ts';
import { commandText, dialogsBelow, discovered, newState, onNode } from './hacmp-system.ts';
import { computedLines, dialogOf, inputOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const state = newState();
afterAll(state.clean);

const down = { clstrmgr: 'inoperative' };
const five = { hacmp_release: '5.5' };

/** Fast path, what is typed, what discover had found, the command, and the site's values where they matter. */
const commands: [id: string, typed: Values, discovered: Values, command: string, site?: Values][] = [
  // Logs
  ['cm_log_show', {}, {}, 'tail -n 500 /tmp/hacmp.out'],
  ['cm_log_show', { log: '/usr/adm/cluster.log', lines: '20' }, {}, 'tail -n 20 /usr/adm/cluster.log'],
  ['cm_log_find', {}, {}, 'grep -n -i -e FAILED /tmp/hacmp.out'],
  ['cm_log_find', { text: '-boot' }, {}, 'grep -n -i -e -boot /tmp/hacmp.out'],
  ['cm_log_follow', {}, {}, 'tail -f /tmp/hacmp.out'],

  // State
  ['cm_topsvcs_status', {}, {}, 'lssrc -ls topsvcs'],
  ['cm_grpsvcs_status', {}, {}, 'lssrc -ls grpsvcs'],
  ['cm_clstat', {}, {}, '/usr/sbin/cluster/clstat -a'],
  ['cm_clstat', { many: 'yes', once: 'yes' }, {}, '/usr/sbin/cluster/clstat -a -i'],
  ['cm_clstat', { once: 'yes' }, {}, '/usr/sbin/cluster/clstat -a -o', five],
  ['cm_clinfo_start', {}, {}, 'startsrc -s clinfo'],
  ['cm_clinfo_stop', {}, {}, 'stopsrc -s clinfo'],

  // Error notification
  ['cm_notify_show', {}, {}, 'odmget errnotify'],
  [
    'cm_notify_add',
    { name: 'disk_gone', class: 'Hardware', kind: 'PERM', rclass: 'disk', method: '/usr/local/bin/disk_gone $1 $6' },
    {},
    String.raw`printf 'errnotify:\n\ten_pid = 0\n\ten_name = "%s"\n\ten_persistenceflg = %s\n\ten_class = "%s"\n\ten_type = "%s"\n\ten_label = "%s"\n\ten_resource = "%s"\n\ten_rclass = "%s"\n\ten_method = "%s"\n' disk_gone 1 H PERM '' '' disk '/usr/local/bin/disk_gone $1 $6' | odmadd`,
  ],
  ['cm_notify_remove', { name: 'disk_gone' }, {}, 'odmdelete -o errnotify -q en_name=disk_gone'],

  // Trace and control
  ['topsvcs_trace', {}, {}, 'topsvcsctrl -t'],
  ['topsvcs_trace', { action: 'trace off' }, {}, 'topsvcsctrl -o'],
  ['topsvcs_control', {}, { clstrmgr: 'active' }, 'topsvcsctrl -r'],
  ['topsvcs_control', { action: 'clean up' }, down, 'topsvcsctrl -c'],
  ['grpsvcs_trace', {}, {}, 'grpsvcsctrl -t'],
  ['grpsvcs_control', { action: 'stop' }, down, 'grpsvcsctrl -k'],
  ['grpsvcs_control', { action: 'add' }, down, 'grpsvcsctrl -a'],

  // IP alias test; what the test itself runs is tried below
  ['hacmp_alias_show', {}, {}, 'netstat -i'],
  [
    'hacmp_alias_set',
    { interface: 'en0', address: '10.15.0.5' },
    {},
    'ifconfig en0 detach && ifconfig en0 10.15.0.5 up',
  ],
  [
    'hacmp_alias_set',
    { interface: 'en0', address: '10.15.0.5', netmask: '255.255.255.0' },
    {},
    'ifconfig en0 detach && ifconfig en0 10.15.0.5 netmask 255.255.255.0 up',
  ],

  // Utility commands
  ['hacmp_list_utility', {}, {}, '/usr/sbin/cluster/utilities/cllscf'],
  ['hacmp_list_utility', { utility: 'standby adapters' }, {}, '/usr/sbin/cluster/utilities/cllsstbys'],
  ['hacmp_active_nodes', { node: 'sp2n05' }, {}, 'clgetactivenodes -n sp2n05'],
  ['hacmp_active_nodes', { node: 'sp2n05', limit: '30' }, {}, 'clgetactivenodes -n sp2n05 -t 30'],
  ['hacmp_clshowsrv', {}, {}, 'clshowsrv -a', five],
  ['hacmp_nodecmd', { nodes: ['sp2n05'], command: 'df -k /db' }, {}, `cl_nodecmd -cspoc "-n "sp2n05 'df -k /db'`],
  ['hacmp_handle', {}, {}, 'clhandle -ac'],
  [
    'cm_events_add',
    { event: 'mail_the_admin', description: 'sends a mail', command: '/usr/local/cluster/mail' },
    {},
    "claddevent -e mail_the_admin -d 'sends a mail' -s /usr/local/cluster/mail",
  ],

  // Later releases
  ['hacmp_clrginfo', {}, {}, 'clRGinfo', five],
  ['hacmp_clrginfo', { colons: 'yes' }, {}, 'clRGinfo -s', five],
  ['hacmp_cltopinfo', { part: 'heartbeats' }, {}, 'cltopinfo -m', five],
  ['hacmp_clrgmove', { group: 'db_rg', node: 'sp2n07' }, {}, 'clRGmove -s false -m -g db_rg -n sp2n07', five],
  [
    'hacmp_clrgmove',
    { group: 'db_rg', node: 'sp2n07', action: 'bring offline' },
    {},
    'clRGmove -s false -d -g db_rg -n sp2n07',
    five,
  ],
  ['hacmp_clstrmgr_state', {}, {}, 'lssrc -ls clstrmgrES', five],
  ['hacmp_halevel', {}, {}, 'halevel -s', { hacmp_release: '7.2' }],
];

test.each(commands)('%s with %j over %j is: %s', (id, typed, discovered, command, site = {}) => {
  expect(commandText(shipped, id, typed, discovered, site)).toBe(command);
});

test('every dialog of RAS support and of the menus beside the product stands in the table, is an edit, or is run below', () => {
  const elsewhere = ['cm_clhosts', 'hacmp_alias_test'];
  expect(dialogsBelow(shipped, 'cm_ras', 'hacmp_rsct', 'hacmp_ip_alias', 'hacmp_utilities')).toEqual(
    [...new Set([...commands.map(([id]) => id), ...elsewhere])].sort(),
  );
});

test('a name for clinfo is a line of clhosts, and stays one when it is there', () => {
  const panel = dialogOf(shipped, 'cm_clhosts');
  const input = inputOf(panel, { host: 'sp2n05_boot' });
  const filled = fillEdits(
    panel.edits!,
    startFindings(
      input,
      panel.edits!.flatMap(edit => Object.values(edit.args)),
    ),
  );
  expect(filled.map(({ verb, args }) => [verb, args])).toEqual([
    ['ensure_line', { file: '/usr/sbin/cluster/etc/clhosts', line: 'sp2n05_boot', create: 'yes' }],
  ]);
});

test('a notify method reaches odmadd as one stanza', () => {
  const text = commandText(shipped, 'cm_notify_add', { name: 'disk_gone', method: '/usr/local/bin/gone $1' });
  const { status, stderr } = onNode(text, { HASMIT_STATE: state.directory });
  expect([status, stderr]).toEqual([0, '']);
  expect(state.kept('odmadd')).toBe(
    'errnotify:\n\ten_pid = 0\n\ten_name = "disk_gone"\n\ten_persistenceflg = 1\n\ten_class = ""\n\ten_type = ""\n\ten_label = ""\n' +
      '\ten_resource = ""\n\ten_rclass = ""\n\ten_method = "/usr/local/bin/gone $1"\n',
  );
});

test('the status of Topology Services tells the detection time and the network without a live adapter', async () => {
  const found = await discovered(shipped, 'cm_topsvcs_status');
  expect(found).toEqual({ interval: '1', fibrillate: '4', dead: ['eth1_0'] });
  expect(computedLines(shipped, 'cm_topsvcs_status', {}, found as Values)).toEqual([
    'Failure detection time: 8 seconds',
  ]);
});

test('the status of Group Services tells how many cluster managers have met', async () => {
  expect(await discovered(shipped, 'cm_grpsvcs_status')).toEqual({ group: 'CLSTRMGR_3', providers: '3' });
});

const alias = { interface: 'en0', a: '192.9.200.1', b: '192.9.200.2' };

test('the IP alias test walks the thirteen steps of the redbook and finds a good system good', () => {
  const good = newState();
  const { status, lines } = onNode(commandText(shipped, 'hacmp_alias_test', alias), { HASMIT_STATE: good.directory });
  expect(lines).toEqual([
    'after detach: has ',
    'after A: has 192.9.200.1 ',
    'after alias B: has 192.9.200.1 192.9.200.2 ',
    'after delete B: has 192.9.200.1 ',
    'after alias B: has 192.9.200.1 192.9.200.2 ',
    'after delete A: has 192.9.200.2 ',
    'The right address was removed each time: IP aliasing can be used.',
  ]);
  expect(status).toBe(0);
  expect(good.kept('ifconfig').trim().split('\n')).toEqual([
    'en0 detach',
    'en0 192.9.200.1 up',
    'en0 alias 192.9.200.2 up',
    'en0 delete 192.9.200.2',
    'en0 alias 192.9.200.2 up',
    'en0 delete 192.9.200.1',
  ]);
  good.clean();
});

test('the IP alias test stops at the first wrong address', () => {
  const wrong = newState();
  const { status, lines } = onNode(commandText(shipped, 'hacmp_alias_test', alias), {
    HASMIT_STATE: wrong.directory,
    WRONG_ALIAS: '1',
  });
  expect(lines.slice(-2)).toEqual([
    'after delete B: has 192.9.200.2 ',
    'expected 192.9.200.1 - IP aliasing cannot be used on this system',
  ]);
  expect(status).toBe(1);
  wrong.clean();
});

test('the release of the site is kept with the site values, and forgotten when it is empty', () => {
  expect(commandText(shipped, 'hacmp_release', { release: '5.5' })).toBe('hasmit site hacmp_release=5.5');
  expect(commandText(shipped, 'hacmp_release', { release: '' })).toBe("hasmit site hacmp_release=''");
  expect(siteValue('hacmp_release', '4.2.1')).toEqual({ value: '4.2.1' });
  expect(siteValue('hacmp_release', 'ES 4.2.1')).toMatchObject({
    problem: expect.stringMatching(/a release of HACMP/),
  });
});
