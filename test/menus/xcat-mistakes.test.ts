/** What the source documents print wrongly about xCAT's commands (reference part 2b and part 4), and what the panels do in its place. */
import { expect, test } from 'vitest';
import type { DialogPanel, Values } from '../../src/panel/types.ts';
import { commandOf, dialogOf, failedChecks, readShipped } from './panels.ts';

const shipped = await readShipped();
const dialogs = [...shipped.panels.values()].filter(
  (panel): panel is DialogPanel => panel.product === 'xcat' && panel.kind === 'dialog',
);
const text = (id: string, typed: Values = {}) => commandOf(shipped, id, typed).text;
const sources = dialogs.map(panel => `${panel.id}: ${panel.run?.source}`);

test('seed 001, chdef -t network without the name of a network: the name is required', () => {
  expect(commandOf(shipped, 'xcat_network_server', { address: '9.114.47.97' }).missing).toEqual(['networks']);
  expect(text('xcat_network_server', { networks: ['clunet'], address: '9.114.47.97' })).toBe(
    'chdef -t network -o clunet tftpserver=9.114.47.97',
  );
  expect(
    commandOf(shipped, 'xcat_change', { kind: 'network', attributes: ['tftpserver=9.114.47.97'] }).missing,
  ).toEqual(['names']);
});

test('seed 001, lsdef -t site shows no values: attributes are shown unless names alone are wanted', () => {
  expect(text('xcat_site_show')).toBe('lsdef -t site -l');
  expect(text('xcat_site_show', { attributes: ['master', 'nameservers'] })).toBe('lsdef -t site -i master,nameservers');
  expect(text('xcat_show', { kind: 'site' })).toBe('lsdef -t site -l');
});

test('seed 001, rules 1.2 and 1.3 of the policy: 1.2 is refused, and an existing rule is never overwritten', () => {
  const rule = { name: 'aixmn1', rule: 'trusted' };
  expect(failedChecks(shipped, 'xcat_policy_add', { ...rule, priority: '1.2' })).toHaveLength(1);
  expect(failedChecks(shipped, 'xcat_policy_add', { ...rule, priority: '1.3' })).toEqual([]);
  expect(text('xcat_policy_add', { ...rule, priority: '1.3' })).toMatch(/^mkdef (?!.*-f)/);
  expect(dialogOf(shipped, 'xcat_policy_add').preview?.source).toContain('tabdump policy');
});

test('seed 001, service conserver off: off is no action, and no panel says it', () => {
  expect(sources.filter(source => /service \S+ off/.test(source))).toEqual([]);
  expect(text('xcat_xcatd_stop')).toBe('service xcatd stop');
});

test("seed 001, &gt; and &amp; in the records of inittab: they are the shell's own characters", () => {
  expect(text('xcat_inittab')).toContain("'xcatd:2:off:/opt/xcat/sbin/restartxcatd > /dev/console 2>&1'");
  expect(sources.filter(source => /&(gt|amp|lt);/.test(source))).toEqual([]);
});

test('seed 001, chitab where there is no record: mkitab makes it', () => {
  expect(text('xcat_inittab')).toMatch(/if lsitab .* then chitab .*; else mkitab /);
});

test('seed 001, dump and chdef after xcatd was stopped: both can bypass it', () => {
  expect(text('xcat_dump', { directory: '/backup', bypass: 'yes' })).toBe('XCATBYPASS=1 dumpxCATdb -p /backup');
  expect(text('xcat_node_servers', { nodes: 'all', server: '9.114.47.97', bypass: 'yes' })).toMatch(
    /^XCATBYPASS=1 chdef all /,
  );
});

test('seed 001, rmhwconn without chnwm -d before it: the panel says so, and chnwm -d has one', () => {
  expect(dialogOf(shipped, 'xcat_rmhwconn').notes?.join(' ')).toContain('chnwm -d, which comes before');
  expect(text('xcat_chnwm_stop')).toBe('chnwm -d');
});

test('seed 002, makedhcp without an option only prints how it is used: every panel gives it something to do', () => {
  const makedhcp = dialogs.filter(panel => /^makedhcp/.test(panel.run?.source ?? ''));
  expect(makedhcp.map(panel => panel.id).sort()).toEqual([
    ...['xcat_makedhcp', 'xcat_makedhcp_all', 'xcat_makedhcp_d', 'xcat_makedhcp_d_all', 'xcat_makedhcp_new'],
    'xcat_makedhcp_q',
  ]);
  for (const { id, run } of makedhcp)
    expect([id, run!.source]).toEqual([id, expect.stringMatching(/^makedhcp (-[nadq]|\{\{nodes\}\})/)]);
});

test('seed 002, makeconserverct, rneboot, Isdef: the names are read rightly', () => {
  expect(sources.filter(source => /makeconserverct\b|rneboot|\bIsdef|\bStopsrc/.test(source))).toEqual([]);
  expect(text('xcat_makeconservercf')).toBe('makeconservercf');
  expect(text('xcat_rnetboot', { nodes: 'lpar01' })).toBe('rnetboot lpar01');
});

test('seed 002, pg_hba.conf and postgresql.conf exchanged: pgsqlsetup writes each line into its file', () => {
  expect(text('xcat_pgsqlsetup', { addresses: ['9.114.47.103', '9.114.47.104'] })).toBe(
    'pgsqlsetup -i -a 9.114.47.103 -a 9.114.47.104 -V',
  );
  const help = dialogOf(shipped, 'xcat_pgsqlsetup').fields.map(field => field.help);
  expect(help[0]).toContain('pg_hba.conf');
  expect(help[1]).toContain('postgresql.conf');
});

test('observed, chtab with nothing to set ends with status 0: a change is required', () => {
  expect(commandOf(shipped, 'xcat_chtab', { keys: ['key=x'] }).missing).toEqual(['changes']);
  expect(commandOf(shipped, 'xcat_tabch', { keys: ['key=x'] }).missing).toEqual(['changes']);
});

test('observed, xcatd waits for its database for minutes: its start has a time limit and is looked at afterwards', () => {
  for (const id of ['xcat_xcatd_start', 'xcat_restartxcatd'])
    expect(dialogOf(shipped, id)).toMatchObject({ timeout: expect.any(Number), verify: { pattern: '^Version' } });
});

test('observed, makeconservercf writes only the nodes of its range: the file is named and typed', () => {
  expect(dialogOf(shipped, 'xcat_makeconservercf').confirm).toMatchObject({
    level: 'type',
    object: { source: '/etc/conserver.cf' },
  });
});

test('observed, makeconservercf -d without a range removes all nodes: a range is required', () => {
  expect(commandOf(shipped, 'xcat_makeconservercf_d', {}).missing).toEqual(['nodes']);
});

test('a password as an argument, mkhwconn -P: no panel has one', () => {
  expect(sources.filter(source => /mkhwconn.* -[pP]\b/.test(source))).toEqual([]);
  expect(dialogs.flatMap(panel => panel.fields.filter(field => field.type === 'secret'))).toEqual([]);
});

test('updatenode -k on a management node takes xcatd down: the range is typed, and the question says so', () => {
  expect(dialogOf(shipped, 'xcat_updatenode_k').confirm).toMatchObject({
    level: 'type',
    effect: { source: expect.stringContaining('MANAGEMENT NODE') },
  });
});

test('rmdef -a -f empties the whole database: no panel has it', () => {
  expect(sources.filter(source => /rmdef .*-a\b/.test(source))).toEqual([]);
});
