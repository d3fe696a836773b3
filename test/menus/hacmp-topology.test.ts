/** Cluster Configuration > Cluster Topology, and Cluster Verification: what each panel runs, to the letter. */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { commandText, dialogsBelow } from './hacmp-system.ts';
import { computedLines, readShipped } from './panels.ts';

const shipped = await readShipped();
const later = { hacmp_release: '4.3' };

/** What `discover` finds in a cluster of three nodes before an adapter is added. */
const adapters: Values = {
  labels: ['sp2n05_svc', 'sp2n05_boot'],
  places: ['service/sp2n05/spether', 'boot/sp2n05/spether'],
  networks: ['spether/ether/public', 'spether/ether/public', 'line1/rs232/serial'],
  serials: ['sp2n05/line1'],
};
const adapter = { network: 'spether', node: 'sp2n07' };

/** Fast path, what is typed, what discover had found, the command, and the site's values where they matter. */
const commands: [id: string, typed: Values, discovered: Values, command: string, site?: Values][] = [
  // Configure Cluster
  ['cm_cluster_add', { id: '3', name: 'cluster1' }, {}, 'claddclstr -i 3 -n cluster1'],
  ['cm_cluster_change', { name: 'sp2' }, { id: '3', name: 'cluster1' }, 'clmodclstr -n sp2'],
  ['cm_cluster_change', { id: '4' }, { id: '3', name: 'cluster1' }, 'clmodclstr -i 4'],
  ['cm_cluster_remove', {}, { name: 'cluster1', clstrmgr: 'inoperative' }, 'clrmclstr'],

  // Configure Nodes
  [
    'cm_node_add',
    { nodes: ['sp2n09', 'sp2n11'] },
    { members: ['sp2n01', 'sp2n05'] },
    '(for node in sp2n09 sp2n11; do host "$node" && clnodename -a "$node" || exit; done)',
  ],
  [
    'cm_node_change',
    { node: 'sp2n05', new: 'db1' },
    { members: ['sp2n05'] },
    'host db1 && clnodename -o sp2n05 -n db1',
  ],
  ['cm_node_remove', { node: 'sp2n05' }, { groups: [] }, 'clnodename -r sp2n05'],

  // Configure Adapters
  [
    'cm_adapter_add',
    { ...adapter, label: 'sp2n07_svc', identifier: '10.15.1.7' },
    adapters,
    "claddnode -a sp2n07_svc:ether:spether:public:service:10.15.1.7:'' -n sp2n07",
  ],
  [
    'cm_adapter_add',
    { ...adapter, label: 'sp2n07_stby', role: 'standby' },
    adapters,
    "claddnode -a sp2n07_stby:ether:spether:public:standby:'':'' -n sp2n07",
  ],
  [
    'cm_adapter_add',
    { ...adapter, label: 'sp2n07_hw', identifier: '10.15.1.7', haddr: '0x42608c2fa1b2' },
    adapters,
    'claddnode -a sp2n07_hw:ether:spether:public:service:10.15.1.7:0x42608c2fa1b2 -n sp2n07',
  ],
  [
    'cm_adapter_add',
    {
      label: 'n05_line2',
      nettype: 'rs232',
      network: 'line2',
      attribute: 'serial',
      identifier: '/dev/tty2',
      node: 'sp2n05',
    },
    adapters,
    "claddnode -a n05_line2:rs232:line2:serial:service:/dev/tty2:'' -n sp2n05",
  ],
  [
    'cm_adapter_add',
    {
      label: 'sp2n05_sw',
      nettype: 'hps',
      network: 'spswitch',
      attribute: 'private',
      identifier: '192.168.14.5',
      node: 'sp2n05',
    },
    adapters,
    "claddnode -a sp2n05_sw:hps:spswitch:private:service:192.168.14.5:'' -n sp2n05",
  ],
  // An address that moves with a rotating group belongs to no node.
  [
    'cm_adapter_add',
    { label: 'web_svc', network: 'spether', identifier: '10.15.1.50' },
    adapters,
    "claddnode -a web_svc:ether:spether:public:service:10.15.1.50:''",
  ],
  ['cm_adapter_change', { label: 'sp2n05_svc' }, {}, 'smitty hacmp'],
  ['cm_adapter_remove', { label: 'sp2n05_svc' }, { groups: [] }, 'smitty hacmp'],

  // Topology Services and Group Services
  [
    'change_show_ts_gs',
    { interval: '2', fibrillate: '5' },
    { interval: '1', fibrillate: '4', ts_log: '5000', gs_log: '6000' },
    String.raw`printf 'HACMPtopsvcs:\n\thbInterval = %d\n\tfibrillateCount = %d\n\ttsLogLength = %d\n\tgsLogLength = %d\n' 2 5 5000 6000 | odmchange -o HACMPtopsvcs`,
  ],

  // Show Cluster Topology
  ['cm_show_cluster', {}, {}, 'cllscf'],
  ['cm_show_definition', {}, {}, 'odmget HACMPcluster'],
  ['cm_show_nodes', {}, {}, 'cllsnode'],
  ['cm_show_networks', {}, {}, 'cllsnw'],
  ['cm_show_adapters', {}, {}, 'cllsif -cS'],
  ['cm_show_adapters', { all: 'no', node: 'sp2n05' }, {}, 'cllsif -cSi sp2n05'],
  [
    'cm_show_adapter',
    { label: 'sp2n05_svc' },
    {},
    `cllsif -cSn sp2n05_svc && address=$(cllsif -cSn sp2n05_svc | awk -F: 'NR == 1 { print $7 }') && if interface=$(clgetif -a "$address"); then echo "$address is on $interface, netmask $(clgetif -n "$address")"; else echo "$address is not configured on this node"; exit 1; fi`,
  ],

  // Synchronize. What belongs to the later release is not there in ES 4.2.1, even when it was filled in.
  ['configchk.dialog', {}, { clstrmgr: 'inoperative' }, 'cldare -t'],
  ['configchk.dialog', { ignore: 'yes', emulate: 'Emulate' }, { clstrmgr: 'inoperative' }, 'cldare -t'],
  ['configchk.dialog', { ignore: 'yes', emulate: 'Emulate' }, { clstrmgr: 'active' }, 'cldare -t -f -e', later],

  // Cluster Verification
  ['clverify_software.dialog', {}, {}, String.raw`printf '\n\n' | /usr/sbin/cluster/diag/clverify software lpp`],
  ['clverify.dialog', {}, {}, String.raw`printf '\n\n' | /usr/sbin/cluster/diag/clverify cluster config all`],
];

test.each(commands)('%s with %j over %j is: %s', (id, typed, discovered, command, site = {}) => {
  expect(commandText(shipped, id, typed, discovered, site)).toBe(command);
});

test('every dialog of the topology and of verification stands in the table', () => {
  expect(dialogsBelow(shipped, 'cm_cluster_topology', 'clverify')).toEqual(
    [...new Set(commands.map(([id]) => id))].sort(),
  );
});

test('the failure detection time is interval times fibrillate count times two', () => {
  expect(computedLines(shipped, 'change_show_ts_gs', {})).toEqual(['Failure detection time: 8 seconds']);
  expect(computedLines(shipped, 'change_show_ts_gs', { interval: '2', fibrillate: '10' })).toEqual([
    'Failure detection time: 40 seconds',
  ]);
  expect(computedLines(shipped, 'change_show_ts_gs', { interval: '' })).toEqual(['Failure detection time: - seconds']);
});

test('a form says how many nodes and adapters there would be', () => {
  const nodes = (members: string[], added: string[]) =>
    computedLines(shipped, 'cm_node_add', { nodes: added }, { members });
  expect(nodes(['a', 'b'], ['c'])).toEqual(['Nodes of the cluster afterwards: 3 of 16']);
  expect(nodes(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], ['i'])).toEqual([
    'Nodes of the cluster afterwards: 9 of 16, not C-SPOC',
  ]);
  const places = ['boot/sp2n05/a', 'boot/sp2n05/b', 'boot/sp2n07/a', 'service/sp2n05/a'];
  expect(computedLines(shipped, 'cm_adapter_add', { role: 'boot', node: 'sp2n05' }, { places })).toEqual([
    'Adapters of this kind on the node now: 2 of 32',
  ]);
});
