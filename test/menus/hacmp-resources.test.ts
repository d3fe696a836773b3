/** Cluster Configuration > Cluster Resources and Cluster Snapshots: what each panel runs, to the letter. */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { commandText, dialogsBelow } from './hacmp-system.ts';
import { readShipped } from './panels.ts';

const shipped = await readShipped();

const runTime = { debug: 'high', nis: 'false', security: 'Standard', security_now: 'Standard' };
const scripts = { start: '/usr/local/cluster/start_rwho', stop: '/usr/local/cluster/stop_rwho' };
const group: Values = {
  group: 'db_rg',
  service: ['sp2n05_svc'],
  filesystems: ['/db', '/dblog'],
  vgs: ['dbvg'],
  servers: ['dbserver'],
};

/** Fast path, what is typed, what discover had found, the command, and the site's values where they matter. */
const commands: [id: string, typed: Values, discovered: Values, command: string, site?: Values][] = [
  // Define Resource Groups
  [
    'cm_add_grp',
    { group: 'db_rg', nodes: ['sp2n05', 'sp2n07'] },
    {},
    "claddgrp -g db_rg -r cascading -n 'sp2n05 sp2n07'",
  ],
  [
    'cm_add_grp',
    { group: 'web_rg', relation: 'rotating', nodes: ['sp2n01'] },
    {},
    'claddgrp -g web_rg -r rotating -n sp2n01',
  ],
  [
    'cm_group_change',
    { group: 'db_rg', nodes: ['sp2n07', 'sp2n05'] },
    { relation: 'cascading', nodes: ['sp2n05', 'sp2n07'] },
    "clchgrp -g db_rg -n 'sp2n07 sp2n05'",
  ],
  [
    'cm_group_change',
    { group: 'db_rg', new: 'data_rg', relation: 'rotating' },
    { relation: 'cascading', nodes: ['sp2n05', 'sp2n07'] },
    'clchgrp -g db_rg -G data_rg -r rotating',
  ],
  ['cm_group_remove', { group: 'db_rg' }, {}, 'clrmgrp -g db_rg'],

  // Define Application Servers
  [
    'cm_server_add',
    { server: 'rwho', ...scripts },
    {},
    'claddserv -s rwho -b /usr/local/cluster/start_rwho -e /usr/local/cluster/stop_rwho',
  ],
  ['cm_server_change', { server: 'rwho', new: 'who' }, scripts, 'clchserv -o rwho -s who'],
  [
    'cm_server_change',
    { server: 'rwho', stop: '/usr/local/cluster/end' },
    scripts,
    'clchserv -o rwho -e /usr/local/cluster/end',
  ],
  ['cm_server_remove', { server: 'rwho' }, { groups: [] }, 'clrmserv rwho'],

  // Change / Show Resources for a Resource Group: one KEY=value for each field, the empty ones too.
  [
    'cm_res_group',
    group,
    {},
    "claddres -gdb_rg SERVICE_LABEL=sp2n05_svc FILESYSTEM='/db /dblog' EXPORT_FILESYSTEM='' MOUNT_FILESYSTEM='' VOLUME_GROUP=dbvg CONCURRENT_VOLUME_GROUP= DISK='' APPLICATIONS=dbserver MISC_DATA='' INACTIVE_TAKEOVER=false DISK_FENCING=false SSA_DISK_FENCING=false",
  ],
  // With the release of the site, the keywords that came later are there.
  [
    'cm_res_group',
    group,
    {},
    "claddres -gdb_rg NODE_PRIORITY_POLICY='' SERVICE_LABEL=sp2n05_svc FILESYSTEM='/db /dblog' FSCHECK_TOOL=fsck RECOVERY_METHOD=sequential EXPORT_FILESYSTEM='' MOUNT_FILESYSTEM='' NFS_NETWORK='' VOLUME_GROUP=dbvg CONCURRENT_VOLUME_GROUP= DISK='' APPLICATIONS=dbserver MISC_DATA='' VG_AUTO_IMPORT=false INACTIVE_TAKEOVER=false CASCADE_WO_FALLBACK=false DISK_FENCING=false SSA_DISK_FENCING=false FS_BEFORE_IPADDR=false",
    { hacmp_release: '4.5' },
  ],

  // Change/Show Run Time Parameters: only what was changed is sent; without discover (-X), everything is.
  [
    'cm_run_time.dialog',
    { node: 'sp2n05', debug: 'low' },
    runTime,
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -d low',
  ],
  [
    'cm_run_time.dialog',
    { node: 'sp2n05', nis: 'true', security: 'Enhanced', kerberized: 'yes' },
    runTime,
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -N true -s Enhanced',
  ],
  [
    'cm_run_time.dialog',
    { node: 'sp2n05', debug: 'low' },
    { ...runTime, security: 'Enhanced', security_now: 'Enhanced' },
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -d low',
  ],
  [
    'cm_run_time.dialog',
    { node: 'sp2n05' },
    {},
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -d high -N false -s Standard',
  ],

  // Change / Show Cluster Events
  [
    'cm_events',
    { event: 'acquire_takeover_addr', command: '/usr/local/cluster/events/acquire_takeover_addr' },
    { command: '/usr/sbin/cluster/events/acquire_takeover_addr', counter: '0' },
    '/usr/sbin/cluster/utilities/clchevent -O acquire_takeover_addr -s /usr/local/cluster/events/acquire_takeover_addr',
  ],
  [
    'cm_events',
    { event: 'node_up', notify: 'mail -s "node up" root', recovery: '/usr/local/cluster/again', counter: '2' },
    { command: '/usr/sbin/cluster/events/node_up', counter: '0' },
    `/usr/sbin/cluster/utilities/clchevent -O node_up -n 'mail -s "node up" root' -r /usr/local/cluster/again -c 2`,
  ],

  // Show Cluster Resources
  ['cm_show_all_resources', {}, {}, 'clshowres'],
  ['cm_show_node_resources', { node: 'sp2n05' }, {}, 'clshowres -n sp2n05'],
  ['cm_show_group_resources', { group: 'db_rg' }, {}, 'cllsres -g db_rg'],
  ['cm_show_group_resources', { group: 'db_rg', kind: 'Filesystems' }, {}, "cllsres -g db_rg -q'name = FILESYSTEM'"],
  ['cm_show_groups', {}, {}, 'cllsgrp'],
  ['cm_show_servers', {}, {}, 'cllsserv'],

  // Synchronize Cluster Resources: a running cluster takes the change over.
  ['clsyncnode.dialog', {}, { clstrmgr: 'active' }, 'cldare -r'],
  ['clsyncnode.dialog', { emulate: 'Emulate' }, { clstrmgr: 'active' }, 'cldare -r'],
  ['clsyncnode.dialog', { emulate: 'Emulate' }, { clstrmgr: 'active' }, 'cldare -r -e', { hacmp_release: '4.3' }],

  // Cluster Snapshots
  [
    'cm_snapshot_add',
    { snapshot: 'before_es', description: 'before the move' },
    {},
    "clsnapshot -c -i -n before_es -d 'before the move'",
  ],
  [
    'cm_snapshot_add',
    { snapshot: 'before_es', methods: 'disks users', description: 'all' },
    {},
    "clsnapshot -c -i -n before_es -m 'disks users' -d all",
  ],
  ['cm_snapshot_change', { snapshot: 'before_es' }, {}, 'smitty hacmp'],
  ['cm_snapshot_remove', { snapshot: 'before_es' }, {}, 'clsnapshot -r -n before_es'],
  ['cm_snapshot_apply', { snapshot: 'before_es' }, { clstrmgr: 'inoperative' }, 'clsnapshot -a -n before_es -f false'],
  [
    'cm_snapshot_apply',
    { snapshot: 'before_es', force: 'true' },
    { clstrmgr: 'inoperative' },
    'clsnapshot -a -n before_es -f true',
  ],
  [
    'cm_snapshot_show',
    { snapshot: 'before_es' },
    {},
    `cat "\${SNAPSHOTPATH:-/usr/sbin/cluster/snapshots}"/before_es.info`,
  ],
  [
    'cm_snapshot_convert',
    { snapshot: 'old', release: '4.1.1' },
    {},
    'cd /usr/sbin/cluster/conversion && ./clconvert_snapshot -v 4.1.1 -s old',
  ],
];

test.each(commands)('%s with %j over %j is: %s', (id, typed, discovered, command, site = {}) => {
  expect(commandText(shipped, id, typed, discovered, site)).toBe(command);
});

test('every dialog of the resources and snapshots stands in the table', () => {
  expect(dialogsBelow(shipped, 'cm_cluster_resources', 'cm_snapshots')).toEqual(
    [...new Set(commands.map(([id]) => id))].sort(),
  );
});
