/** Where the panels of HACMP stand, what they are called, and how sure we are of each. */
import { expect, test } from 'vitest';
import { pathsTo } from '../../src/panel/tree.ts';
import type { Panel } from '../../src/panel/types.ts';
import { dialogsBelow, panelsBelow } from './hacmp-system.ts';
import { complaintTexts, dialogOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const own = [...shipped.panels.values()].filter(panel => panel.product === 'hacmp');

test('the shipped panel files have no mistakes', () => {
  expect(complaintTexts(shipped).filter(text => text.includes('menus/hacmp/'))).toEqual([]);
});

/** The menus below a panel as an outline; what lies below what the product does not have is left out. */
function outline(id: string, indent = ''): string[] {
  const panel = shipped.panels.get(id)!;
  const items = panel.kind === 'menu' ? panel.items.flatMap(item => item.panel ?? []) : [];
  return [`${indent}${panel.title}  ${id}`, ...items.flatMap(item => outline(item, `${indent}  `))];
}

test('the menus have the titles and the order of the product (reference 1.2)', () => {
  const [title, ...menus] = ['hacmp', 'cm_cluster_config', 'cl_services_menu', 'cl_admin', 'cm_rec_aids', 'cm_ras'];
  const product = [...outline(title!).slice(0, 1), ...menus.flatMap(menu => outline(menu, '  '))];
  expect(product.join('\n')).toBe(
    `
HACMP for AIX  hacmp
  Cluster Configuration  cm_cluster_config
    Cluster Topology  cm_cluster_topology
      Configure Cluster  cm_cluster
        Add a Cluster Definition  cm_cluster_add
        Change / Show Cluster Definition  cm_cluster_change
        Remove Cluster Definition  cm_cluster_remove
      Configure Nodes  cm_nodes
        Add Cluster Nodes  cm_node_add
        Change / Show Cluster Node Name  cm_node_change.select
        Remove a Cluster Node  cm_node_remove.select
      Configure Adapters  cm_adapters
        Add an Adapter  cm_adapter_add
        Change / Show an Adapter  cm_adapter_change.select
        Remove an Adapter  cm_adapter_remove.select
      Configure Topology Services and Group Services  cm_ts_gs
        Change / Show Topology and Group Services Configuration  change_show_ts_gs
      Show Cluster Topology  cm_show_topology
        Show the Whole Topology  cm_show_cluster
        Show the Cluster Definition  cm_show_definition
        Show the Nodes  cm_show_nodes
        Show the Networks  cm_show_networks
        Show the Adapters  cm_show_adapters
        Show One Adapter  cm_show_adapter
      Synchronize Cluster Topology  configchk.dialog
    Cluster Resources  cm_cluster_resources
      Define Resource Groups  cm_define_groups
        Add a Resource Group  cm_add_grp
        Change / Show a Resource Group  cm_group_change.select
        Remove a Resource Group  cm_group_remove.select
      Define Application Servers  cm_define_servers
        Add an Application Server  cm_server_add
        Change / Show an Application Server  cm_server_change.select
        Remove an Application Server  cm_server_remove.select
      Change / Show Resources for a Resource Group  cm_res_group.select
      Change/Show Run Time Parameters  cm_run_time.select
      Change / Show Cluster Events  cm_events.select
      Change / Show Cluster Lock Manager Resource Allocation  cm_lock_manager
      Show Cluster Resources  cm_show_resources
        Show All Resources  cm_show_all_resources
        Show the Resources of a Node  cm_show_node_resources.select
        Show the Resources of a Group  cm_show_group_resources.select
        Show the Resource Groups  cm_show_groups
        Show the Application Servers  cm_show_servers
      Synchronize Cluster Resources  clsyncnode.dialog
      USER-DEFINED EVENTS
    Cluster Snapshots  cm_snapshots
      Add a Cluster Snapshot  cm_snapshot_add
      Change / Show a Cluster Snapshot  cm_snapshot_change.select
      Remove a Cluster Snapshot  cm_snapshot_remove.select
      Apply a Cluster Snapshot  cm_snapshot_apply.select
      Show the Report of a Cluster Snapshot  cm_snapshot_show.select
      Convert a Cluster Snapshot  cm_snapshot_convert.select
    Cluster Verification  clverify
      Verify Software  clverify_software.dialog
      Verify Cluster  clverify.dialog
  Cluster Services  cl_services_menu
    Start Cluster Services  clstart
    Stop Cluster Services  clstop
    Show Cluster Services  cl_show_services
  Cluster System Management  cl_admin
    HACMP for AIX Cluster Services  cl_services
      Start Cluster Services on Several Nodes  cl_services_start
      Stop Cluster Services on Several Nodes  cl_services_stop
    Cluster Users & Groups  cl_users
      List Users in the Cluster  cl_user_list
      Add a User to the Cluster  cl_user_add
      Change a User in the Cluster  cl_user_change
      Remove a User from the Cluster  cl_user_remove
      List Groups in the Cluster  cl_group_list
      Add a Group to the Cluster  cl_group_add
      Change a Group in the Cluster  cl_group_change
      Remove a Group from the Cluster  cl_group_remove
    Cluster Logical Volume Manager  cl_lvm
      List Shared Volume Groups  cl_vg_list
      Show a Volume Group on the Nodes  cl_vg_show
      Bring a Volume Group up to Date on All Nodes  cl_vg_update
      Change What Is Shared, in SMIT  cl_vg_smit
      Lazy Update: Volume Groups at a Takeover  hacmp_lazy_update
  Cluster Recovery Aids  cm_rec_aids
    Recover From Script Failure  cm_recover_script
    Release Locks Set By Dynamic Reconfiguration  cm_release_locks
  RAS Support  cm_ras
    Show a Log  cm_log_show
    Find in a Log  cm_log_find
    Follow a Log  cm_log_follow
    Topology Services Status  cm_topsvcs_status
    Group Services Status  cm_grpsvcs_status
    Cluster Status Monitor (clstat)  cm_clstat
    Cluster Information Daemon (clinfo)  cm_clinfo
      Start clinfo  cm_clinfo_start
      Stop clinfo  cm_clinfo_stop
      Add a Node to clhosts  cm_clhosts
    Error Notification  cm_error_notify
      Show the Notify Methods  cm_notify_show
      Add a Notify Method  cm_notify_add
      Remove a Notify Method  cm_notify_remove.select
`
      .trim()
      .replace('\n      USER-DEFINED EVENTS', userEvents()),
  );
});

/** What user-events.yaml adds to the menu of the resources has its own test. */
function userEvents(): string {
  const added = outline('cm_cluster_resources', '    ').slice(1);
  const from = added.findIndex(line => line.includes('clsyncnode.dialog')) + 1;
  return added
    .slice(from)
    .map(line => `\n${line}`)
    .join('');
}

test('the first menu has the entries of the product first, in its order', () => {
  const panel = shipped.panels.get('hacmp') as Extract<Panel, { kind: 'menu' }>;
  expect(panel.items.slice(0, 5).map(item => item.panel)).toEqual([
    'cm_cluster_config',
    'cl_services_menu',
    'cl_admin',
    'cm_rec_aids',
    'cm_ras',
  ]);
});

/** Fast paths that the reference names in 1.1 for HACMP, and the dialogs of 1.4 that have names of their own there. */
const published = [
  ...['hacmp', 'cm_run_time.select', 'configchk.dialog', 'clsyncnode.dialog', 'clverify.dialog', 'change_show_ts_gs'],
  ...['cm_rec_aids', 'cm_add_grp', 'clverify', 'clstart', 'clstop', 'cl_admin'],
];

test.each(published)('the fast path %s of AIX exists, offers the real panel and is no name of ours', id => {
  expect(shipped.panels.get(id)).toMatchObject({ smitty: id });
  expect(shipped.panels.get(id)?.ours).toBeUndefined();
});

test('the fast path that one book prints for two panels leads to an explanation', () => {
  expect(shipped.panels.get('cm_add_res')).toMatchObject({
    kind: 'text',
    links: expect.arrayContaining(['cm_group_change.select']),
  });
});

test('every panel of HACMP is reached from its first menu, by menus and selectors', () => {
  const reached = new Set(panelsBelow(shipped, 'hacmp').map(panel => panel.id));
  expect(own.filter(panel => !reached.has(panel.id)).map(panel => panel.id)).toEqual([]);
  expect(pathsTo('cm_run_time.select', [...shipped.panels.values()])[0]).toEqual(
    expect.arrayContaining(['hacmp', 'cm_cluster_config', 'cm_cluster_resources']),
  );
});

test('a panel whose fast path AIX does not publish says that the name is ours, and only such a panel', () => {
  const names = own.filter(panel => !panel.ours).map(panel => panel.id);
  expect(names.sort()).toEqual([...published, 'cm_add_res', 'hacmp_about'].sort());
});

test('an unverified command says where its panel is known from and names the SMIT panel that is surely right', () => {
  const unverified = own.filter(panel => panel.kind === 'dialog' && panel.evidence.level === 'unverified');
  expect(unverified.length).toBeGreaterThan(15);
  for (const panel of unverified) {
    expect(panel.smitty, panel.id).toMatch(
      /^(hacmp|cl_admin|cm_rec_aids|cm_run_time\.select|change_show_ts_gs|configchk\.dialog|clsyncnode\.dialog|clverify)$/,
    );
    expect(dialogOf(shipped, panel.id).evidence.source, panel.id).toMatch(/./);
  }
});

test('the evidence of every command names its source: a section, a page, a manual page or programs that use it', () => {
  const vague = own
    .filter(panel => panel.kind === 'dialog')
    .filter(
      panel =>
        !/section|page|figure|appendix|documentation|procedure|programs|scripts|\(\d\)|Concepts|redbook|command's name|never published|stanzas/.test(
          panel.evidence.source,
        ),
    );
  expect(vague.map(panel => panel.id)).toEqual([]);
});

test('only what a document of this release shows is called seed or manual', () => {
  const sure = own.flatMap(panel => (panel.kind === 'dialog' && panel.evidence.level === 'seed' ? [panel.id] : []));
  expect(sure.filter(id => !id.startsWith('cm_user_event')).sort()).toEqual([
    'cl_show_services',
    'cm_adapter_change',
    'cm_adapter_remove',
    'cm_grpsvcs_status',
    'cm_show_adapter',
    'cm_show_adapters',
    'cm_snapshot_change',
    'cm_topsvcs_status',
    'hacmp_alias_set',
    'hacmp_alias_show',
    'hacmp_alias_test',
  ]);
});

test('what takes something away wants its name typed', () => {
  const removing = own.filter(
    panel =>
      panel.kind === 'dialog' && /^(Remove|Apply|Test IP|Control|Stop Cluster Services on Several)/.test(panel.title),
  );
  expect(removing.length).toBeGreaterThan(12);
  for (const panel of removing) expect(dialogOf(shipped, panel.id).confirm?.level, panel.id).toBe('type');
});

test('the texts can be found by the words of an administrator', () => {
  const texts = own.filter(panel => panel.kind === 'text');
  const about = (words: RegExp) => texts.filter(panel => words.test(panel.text)).map(panel => panel.id);
  expect(about(/machines\.lst/)).toContain('hacmp_start_sequence');
  expect(about(/barrier/)).toEqual(expect.arrayContaining(['hacmp_event_flow', 'hacmp_rules_grammar']));
  expect(about(/node joins; a node fails; an adapter is swapped/)).toEqual(['hacmp_event_priority']);
  expect(about(/Nine means nine/)).toEqual(['hacmp_rules_grammar']);
  expect(about(/Inactive Takeover/)).toContain('hacmp_relationships');
  expect(about(/single points are the same/)).toEqual(['hacmp_spof']);
  expect(about(/forced stop/)).toContain('hacmp_differences');
  for (const panel of texts) expect(panel.links?.length, panel.id).toBeGreaterThan(0);
});

test('every number of reference 6 stands in the text of the limits', () => {
  const text = (shipped.panels.get('hacmp_limits') as Extract<Panel, { kind: 'text' }>).text;
  for (const number of [
    '16',
    '128',
    '32',
    '512',
    '5000',
    '15 MB',
    '1 MB',
    'IX52597',
    '99999',
    '31 characters',
    '14 others',
    '8 seconds',
  ])
    expect(text, number).toContain(number);
});

test('no dialog of HACMP is without a table of exact commands', () => {
  const tables = {
    'hacmp-topology.test.ts': ['cm_cluster_topology', 'clverify'],
    'hacmp-resources.test.ts': ['cm_cluster_resources', 'cm_snapshots'],
    'hacmp-services.test.ts': ['cl_services_menu', 'cl_admin', 'cm_rec_aids'],
    'hacmp-support.test.ts': ['cm_ras', 'hacmp_rsct', 'hacmp_ip_alias', 'hacmp_utilities', 'hacmp_release'],
    'hacmp-checks.test.ts': ['hacmp_checks'],
  };
  const held = dialogsBelow(shipped, ...Object.values(tables).flat());
  expect(dialogsBelow(shipped, 'hacmp').filter(id => !held.includes(id))).toEqual([]);
});
