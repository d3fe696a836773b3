/** What the panels of ServiceGuard refuse, ask and leave out: checks, questions, releases, evidence, and the pages of facts. */
import { expect, test } from 'vitest';
import { evaluate, variablesOf } from '../../src/panel/expression.ts';
import type { DialogPanel, EvidenceLevel, Values } from '../../src/panel/types.ts';
import { siteValue } from '../../src/settings/site-values.ts';
import { checkValue } from '../../src/validate/field.ts';
import { commandOf, dialogOf, failedChecks, formValues, readShipped } from './panels.ts';

const shipped = await readShipped();
const ours = [...shipped.panels.values()].filter(panel => panel.product === 'mcsg');
const dialogs = ours.flatMap(panel => (panel.kind === 'dialog' ? [panel] : []));

const variables = (panel: DialogPanel, typed: Values, site: Values) =>
  variablesOf(panel.fields, formValues(panel, typed), { os: 'linux', site });

/** What a panel says to these values at a site, joined; an empty text when it takes them. */
function refusal(id: string, typed: Values, site: Values = {}): string {
  const panel = dialogOf(shipped, id);
  return (panel.checks ?? [])
    .filter(check => evaluate(check.expression, variables(panel, typed, site)).value === false)
    .map(check => check.message)
    .join(' ');
}

/** The fields of a panel that are there at a site of that release. */
function fieldsAt(id: string, release?: string): string[] {
  const panel = dialogOf(shipped, id);
  const site: Values = release === undefined ? {} : { mcsg_release: release };
  return panel.fields
    .filter(field => field.when === undefined || evaluate(field.when, variables(panel, {}, site)).value === true)
    .map(field => field.name);
}

const releases = ['A.11.09', 'A.11.16', 'A.11.18.00', 'A.11.19.00', 'A.11.20.00', 'A.12.00.30'];

/** Field or panel, and the first of the releases that has it. A site that has not told its release has everything. */
const since: [id: string, field: string, first: string][] = [
  ['mcsg_view', 'format', 'A.11.18'],
  ['mcsg_view', 'config', 'A.11.18'],
  ['mcsg_query_create', 'family', 'A.11.20'],
  ['mcsg_cluster_halt', 'detach', 'A.11.20'],
  ['mcsg_node_halt', 'detach', 'A.11.20'],
];

test.each(since)('%s has the entry %s from %s on', (id, field, first) => {
  expect(fieldsAt(id)).toContain(field);
  for (const release of releases)
    expect([release, fieldsAt(id, release).includes(field)]).toEqual([release, release >= first]);
});

/** Panel, what makes it right otherwise, and the first release that has it. */
const panelsSince: [id: string, typed: Values, first: string][] = [
  ['mcsg_makepkg', { file: '/f' }, 'A.11.18'],
  ['mcsg_makepkg_upgrade', { old: '/a', file: '/b' }, 'A.11.18'],
  ['mcsg_migratepkg', { package: 'p', file: '/b' }, 'A.11.18'],
  ['mcsg_maintenance_on', { package: 'p' }, 'A.11.19'],
  ['mcsg_maintenance_off', { packages: ['p'] }, 'A.11.19'],
  ['mcsg_pkg_run_modules', { package: 'p', module: 'sg/x' }, 'A.11.19'],
  ['mcsg_pkg_halt_modules', { package: 'p' }, 'A.11.19'],
  ['mcsg_deploy', { nodes: ['a'], quorum: 'q' }, 'A.11.20'],
];

test.each(panelsSince)('%s with %j is refused before %s', (id, typed, first) => {
  expect(refusal(id, typed)).toBe('');
  for (const release of releases)
    expect([release, refusal(id, typed, { mcsg_release: release }) === '']).toEqual([release, release >= first]);
});

test.each(['mcsg_viewconf', 'mcsg_serial_ports', 'mcsg_serial_getty'])('%s is refused from A.11.19 on', id => {
  const typed = { line: 'tty0p0' };
  expect(refusal(id, typed)).toBe('');
  for (const release of releases)
    expect([release, refusal(id, typed, { mcsg_release: release }) === '']).toEqual([release, release < 'A.11.19']);
});

test('a release is kept as cmversion prints it', () => {
  for (const release of ['A.11.09', 'A.11.20.00', 'A.12.80.00'])
    expect(siteValue('mcsg_release', release)).toEqual({ value: release });
  for (const release of ['11.20', 'A.11.2', 'eleven'])
    expect([release, 'problem' in siteValue('mcsg_release', release)]).toEqual([release, true]);
});

/** What excludes each other or is missing: fast path, values, the sentence. */
const refusals: [id: string, typed: Values, message: RegExp][] = [
  ['mcsg_view', { nodes: ['a'], packages: ['p'] }, /exclude each other/],
  ['mcsg_view', { packages: ['p'], sites: ['s'] }, /exclude each other/],
  ['mcsg_query_create', { quorum: 'q', lun: '/dev/x' }, /a quorum server or a lock LUN, not both/],
  ['mcsg_query_extend', { quorum: 'q', lun: '/dev/x' }, /a quorum server or a lock LUN, not both/],
  ['mcsg_save', { cluster: 'c', directory: '/etc/cmcluster/save' }, /saved into itself/],
  ['mcsg_check', {}, /Fill in a cluster file, package files, or both/],
  ['mcsg_check', { packages: ['/p'], reference: '/r' }, /not both/],
  ['mcsg_check', { file: '/c', fewer: 'yes', none: 'yes' }, /not both/],
  ['mcsg_apply', {}, /Fill in a cluster file, package files, or both/],
  ['mcsg_deploy', { nodes: ['a'] }, /a quorum server or a lock LUN/],
  ['mcsg_deploy', { nodes: ['a'], quorum: 'q', lun: '/l' }, /a quorum server or a lock LUN/],
  ['mcsg_cluster_run_some', { nodes: ['a'] }, /Look on every node that you do not name whether cmcld runs there/],
  ['mcsg_cluster_halt', { cluster: 'c', force: 'yes', detach: 'yes' }, /not both/],
  ['mcsg_node_halt', { nodes: ['a'], force: 'yes', detach: 'yes' }, /not both/],
  ['mcsg_node_run', { nodes: ['a'] }, /cmviewcl does not show the cluster as up/],
  ['mcsg_pkg_run', { packages: ['p'], nodes: ['a'], all: 'yes' }, /not both/],
  ['mcsg_pkg_run_modules', { package: 'p' }, /Name the last module/],
  ['mcsg_vg_activate', { vg: 'vg01', how: 'normal' }, /active on none of them, then answer yes/],
  ['mcsg_makepkg_upgrade', { old: '/a', file: '/a' }, /another name for the new file/],
  ['mcsg_copy', { files: ['/etc/cmcluster/cmclconfig'], to: 'b:/etc/cmcluster' }, /never copied/],
];

test.each(refusals)('%s with %j is refused', (id, typed, message) => {
  expect(refusal(id, typed)).toMatch(message);
});

test('every sentence of refusal is tried above or by release', () => {
  const tried = new Set([...refusals, ...panelsSince].map(([id]) => id));
  const others = ['mcsg_viewconf', 'mcsg_serial_ports', 'mcsg_serial_getty', 'mcsg_cluster_run'];
  const checked = dialogs.filter(panel => panel.checks?.length).map(panel => panel.id);
  expect(checked.filter(id => !tried.has(id) && !others.includes(id))).toEqual([]);
});

test('the same values, right, are taken', () => {
  expect(refusal('mcsg_view', { packages: ['p'] })).toBe('');
  expect(refusal('mcsg_query_create', { quorum: 'q' })).toBe('');
  expect(refusal('mcsg_save', { directory: '/var/adm/save' })).toBe('');
  expect(refusal('mcsg_apply', { file: '/c', packages: ['/p'], fewer: 'yes' })).toBe('');
  expect(refusal('mcsg_cluster_run_some', { nodes: ['a'], dead: 'yes' })).toBe('');
  expect(failedChecks(shipped, 'mcsg_node_run', { nodes: ['a'] }, { status: 'up' })).toEqual([]);
  expect(refusal('mcsg_vg_activate', { vg: 'vg01', how: 'normal', alone: 'yes' })).toBe('');
  expect(refusal('mcsg_vg_activate', { vg: 'vg01' })).toBe('');
  expect(refusal('mcsg_copy', { files: ['/etc/hosts'], to: 'b:/etc' })).toBe('');
});

/** A value that a field refuses, and one that it takes. */
const values: [id: string, field: string, wrong: string[], right: string[]][] = [
  ['mcsg_query_create', 'nodes', ['ftsys9.example.com'], ['ftsys9', 'FT_9']],
  ['mcsg_save', 'directory', ['save', '/var/a b', '/x;y'], ['/var/adm/save.0711']],
  ['mcsg_compare', 'file', ['/a b', "/a'b", 'pkg1.cntl', '/a$(b)'], ['/etc/cmcluster/pkg1/pkg1.cntl']],
  ['mcsg_pkg_copy', 'files', ['/a b', 'pkg1.cntl'], ['/etc/cmcluster/pkg1/pkg1.cntl']],
  ['mcsg_pkg_remove_files', 'package', ['..', '.', 'a/b', '', '-r'], ['pkg1', 'PKG-2.b']],
  ['mcsg_aside', 'name', ['..', 'a/b', '-x'], ['old.0711']],
  ['mcsg_vg_map', 'vg', ['/dev/vg01', 'a b'], ['vg01', 'vg_data+1']],
  ['mcsg_vg_activate', 'vg', ['/dev/a/b', 'a b', '/etc/x'], ['vg01', '/dev/vg01']],
  ['mcsg_serial_getty', 'line', ['/dev/tty0p0', 'tty', '.*'], ['tty0p0', 'tty1p12']],
  ['mcsg_copy', 'to', ['relative', 'node:relative', 'a b:/x'], ['/tmp', 'ftsys10:/tmp/x y']],
  ['mcsg_release', 'release', ['11.20', 'A.11'.slice(0, 3)], ['A.11.20.00', 'A.11.09']],
];

test.each(values)('%s: what the entry %s takes', (id, name, wrong, right) => {
  const field = dialogOf(shipped, id).fields.find(each => each.name === name)!;
  for (const value of wrong) expect([value, checkValue(field, value)]).toEqual([value, expect.any(String)]);
  for (const value of right) expect([value, checkValue(field, value)]).toEqual([value, undefined]);
});

test('a panel that only looks asks nothing, and every other one asks', () => {
  const looking = dialogs.filter(panel => panel.confirm === undefined).map(panel => panel.id);
  expect(looking.sort()).toEqual(
    [
      ...['mcsg_status_page', 'mcsg_view', 'mcsg_view_node', 'mcsg_view_package', 'mcsg_pkgenv', 'mcsg_cmcld'],
      ...['mcsg_viewconf', 'mcsg_status_save', 'mcsg_eval', 'mcsg_version', 'mcsg_versions', 'mcsg_license'],
      ...['mcsg_query_machines', 'mcsg_query_nodes', 'mcsg_get_cluster', 'mcsg_get_package', 'mcsg_get_packages'],
      ...['mcsg_serial_left', 'mcsg_check', 'mcsg_check_running', 'mcsg_compare', 'mcsg_cmcompare', 'mcsg_modules'],
      ...['mcsg_vg_show', 'mcsg_vg_minors', 'mcsg_syslog', 'mcsg_pkg_log', 'mcsg_scancl'],
      ...['mcsg_autostart_show', 'mcsg_nodelist_show', 'mcsg_serial_ports'],
    ].sort(),
  );
});

test('what destroys, or takes everything down, wants a name typed, and the name is one that must be filled in', () => {
  const typed = dialogs.filter(panel => panel.confirm?.level === 'type');
  expect(Object.fromEntries(typed.map(panel => [panel.id, panel.confirm!.object.source]))).toEqual({
    mcsg_delete_package: '{{packages*}}',
    mcsg_delete_cluster: '{{cluster}}',
    mcsg_cluster_run_some: '{{nodes*}}',
    mcsg_cluster_halt: '{{cluster}}',
    mcsg_hung_join: '{{node}}',
    mcsg_hung_reboot: '{{node}}',
    mcsg_hung_kill: '{{node}}',
    mcsg_aside: '{{name}}',
    mcsg_pkg_remove_files: '{{package}}',
    mcsg_vg_unmark: '{{vg}}',
    mcsg_vg_unmark_script: '{{script}}',
    mcsg_vg_import: '{{vg}}',
  });
  for (const panel of typed) {
    const name = /\{\{(\w+)/.exec(panel.confirm!.object.source)![1];
    expect([panel.id, panel.fields.find(field => field.name === name)?.required]).toEqual([panel.id, true]);
  }
});

test('commands that would ask on a terminal are told not to, since the question was asked here', () => {
  for (const [id, typed] of [
    ['mcsg_apply', { file: '/c' }],
    ['mcsg_delete_package', { packages: ['p'] }],
    ['mcsg_delete_cluster', { cluster: 'c' }],
    ['mcsg_cluster_run_some', { nodes: ['a'] }],
  ] as [string, Values][])
    expect([id, commandOf(shipped, id, typed).text]).toEqual([id, expect.stringMatching(/^cm\w+ -f /)]);
});

test('commands are found where HP-UX, Red Hat and SUSE have them', () => {
  for (const panel of dialogs.filter(each => /\bcm[a-z]+/.test(each.run?.source ?? '') && each.id !== 'mcsg_cmcld'))
    expect([panel.id, panel.path]).toEqual([
      panel.id,
      expect.arrayContaining(['/usr/sbin', '/usr/local/cmcluster/bin', '/opt/cmcluster/bin']),
    ]);
  expect(dialogOf(shipped, 'mcsg_setlog_level').path).toContain('/usr/contrib/bin');
});

test('how sure we are of each command is said', () => {
  const withLevel = (level: EvidenceLevel) =>
    dialogs.filter(panel => panel.evidence.level === level).map(panel => panel.id);
  expect(withLevel('unverified').sort()).toEqual(['mcsg_check_running', 'mcsg_hung_reboot']);
  expect(withLevel('later').sort()).toEqual([
    ...['mcsg_cmcompare', 'mcsg_compare', 'mcsg_deploy', 'mcsg_exec', 'mcsg_license', 'mcsg_query_nodes'],
    'mcsg_versions',
  ]);
  expect(dialogs.filter(panel => !/\w{4}/.test(panel.evidence.source)).map(panel => panel.id)).toEqual([]);
});

test('each list of names comes from the cluster, and names can be typed where there is no list', () => {
  const closed = dialogs.flatMap(panel =>
    panel.fields
      .filter(field => field.source?.startsWith('mcsg.') && !field.free)
      .map(field => `${panel.id}.${field.name}`),
  );
  // A line of a file is chosen, not typed.
  expect(closed).toEqual(['mcsg_nodelist_del.entry']);
  const wanted: Record<string, RegExp> = {
    'mcsg.clusters': /^cluster$/,
    'mcsg.nodes': /^(nodes?\d?|host)$/,
    'mcsg.packages': /^packages?$/,
    'mcsg.package_nodes': /^nodes?$/,
    'mcsg.volume_groups': /^vgs?$/,
  };
  const unlisted = dialogs.flatMap(panel =>
    panel.fields
      .filter(field => /^(cluster|nodes|packages?|vgs?|host)$/.test(field.name) && !field.source)
      .map(field => `${panel.id}.${field.name}`),
  );
  // The name of a new package is free.
  expect(unlisted).toEqual(['mcsg_makepkg.package']);
  for (const panel of dialogs)
    for (const field of panel.fields)
      if (field.source && wanted[field.source])
        expect([panel.id, field.name]).toEqual([panel.id, expect.stringMatching(wanted[field.source]!)]);
});

const pages: Record<string, RegExp[]> = {
  mcsg_symptoms: [
    /conflicts with configured mode".*vgchange -c y/,
    /currently unable to run.*\n?.*cmmodpkg -e -n/,
    /Can't find service name.*quotes/,
    /A service must not end as long as the package lives/,
    /did not come back after it was halted by hand/,
    /halt script took too long/,
  ],
  mcsg_toc: [
    /lost the race for the lock/,
    /cmcld, the cluster daemon, has died/,
    /cmlvmd/,
    /NODE_FAIL_FAST_ENABLED YES/,
    /SERVICE_FAIL_FAST_ENABLED YES/,
    /cmsetsafety\. hasmit does not offer/,
  ],
  mcsg_start_order: [/volume groups[\s\S]*file systems[\s\S]*addresses[\s\S]*customer_defined_run_cmds[\s\S]*services/],
  mcsg_auth: [/cmclnodelist/, /A\.11\.16.*USER_NAME, USER_HOST and USER_ROLE/, /becomes MONITOR/, /executable; ftp/],
  mcsg_rolling: [
    /never more than two releases/,
    /newest release only/,
    /Never copy it/,
    /run it from a node that is upgraded/,
  ],
  mcsg_exit_codes: [/Run script, 2: failed here/, /Halt script, 1/],
  mcsg_hung: [/cmrunnode[\s\S]*cmruncl[\s\S]*Last, kill cmcld/],
  mcsg_not_here: [
    /cmsetsafety/,
    /cmdo and cmviewevents/,
    /cmrunserv, cmhaltserv and cmmodnet/,
    /cmdeleteconf without a name/,
  ],
};

test.each(Object.entries(pages))('the page %s tells what an operator looks for', (id, facts) => {
  const panel = shipped.panels.get(id);
  for (const fact of facts) expect(panel?.kind === 'text' && panel.text).toMatch(fact);
});

test('a page of symptoms leads to the panels that cure', () => {
  const panel = shipped.panels.get('mcsg_symptoms')!;
  expect(panel.kind === 'text' && panel.links).toEqual(
    expect.arrayContaining([
      'mcsg_vg_mark',
      'mcsg_switch_node_on',
      'mcsg_switch_on',
      'mcsg_toc',
      'mcsg_hung',
      'mcsg_edit',
    ]),
  );
  for (const page of ours.filter(each => each.kind === 'text'))
    expect([page.id, page.kind === 'text' && (page.links?.length ?? 0) > 0]).toEqual([page.id, true]);
});
