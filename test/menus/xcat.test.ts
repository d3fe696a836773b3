// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text
/**
 * The panels of xCAT: what each one runs, to the letter; where they stand; what they ask before. xcat-mistakes.test.ts holds the mistakes of
 * the source documents that are not made, xcat-run.test.ts reads what the real commands answered.
 */
import { expect, test } from 'vitest';
import type { DialogPanel, Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { commandOf, complaintTexts, dialogOf, failedChecks, readShipped } from './panels.ts';

const shipped = await readShipped();
const ours = [...shipped.panels.values()].filter(panel => panel.product === 'xcat');
const dialogs = ours.filter((panel): panel is DialogPanel => panel.kind === 'dialog');

/** Fast path, what is typed, the command, and what discover had found. */
const commands: [id: string, typed: Values, command: string, discovered?: Values][] = [
  // Object definitions
  ['xcat_list', {}, 'lsdef -t node'],
  [
    'xcat_list',
    { kind: 'osimage', where: ['osname==Linux', 'provmethod=~install'], bypass: 'yes' },
    `XCATBYPASS=1 lsdef -t osimage -w osname==Linux -w 'provmethod=~install'`,
  ],
  ['xcat_list_all', {}, 'lsdef -a -s'],
  ['xcat_list_all', { bypass: 'yes' }, 'XCATBYPASS=1 lsdef -a -s'],
  ['xcat_list_all', { hidden: 'yes' }, 'lsdef -a -s -S'],
  ['xcat_show', {}, 'lsdef -t node -l'],
  [
    'xcat_show',
    { kind: 'site', attributes: ['master', 'nameservers', 'domain'] },
    'lsdef -t site -i master,nameservers,domain',
  ],
  ['xcat_show', { kind: 'site', bypass: 'yes' }, 'XCATBYPASS=1 lsdef -t site -l'],
  [
    'xcat_show',
    { names: ['compute'], attributes: ['tftpserver', 'xcatmaster'], short: 'yes' },
    'lsdef -t node -o compute -i tftpserver,xcatmaster -c',
  ],
  ['xcat_show', { kind: 'node', where: ['groups=~compute'], long: 'no' }, `lsdef -t node -w 'groups=~compute'`],
  ['xcat_attributes', { kind: 'policy' }, 'lsdef -t policy -h'],
  [
    'xcat_make',
    {
      kind: 'network',
      names: ['clunet'],
      attributes: ['net=9.114.47.64', 'mask=255.255.255.192', 'gateway=9.114.47.126'],
    },
    'mkdef -t network -o clunet net=9.114.47.64 mask=255.255.255.192 gateway=9.114.47.126',
  ],
  [
    'xcat_make',
    { names: ['node01-node04'], attributes: ['groups=all,compute', 'usercomment=rack 2, left'], bypass: 'yes' },
    `XCATBYPASS=1 mkdef -t node -o node01-node04 groups=all,compute 'usercomment=rack 2, left'`,
  ],
  ['xcat_remake', { names: ['node01'], attributes: ['groups=all'] }, 'mkdef -f -t node -o node01 groups=all'],
  [
    'xcat_make_template',
    { template: 'x86_64-template', names: ['node01'], attributes: ['ip=9.114.47.111', 'mac=00:00:c9:c6:6c:41'] },
    'mkdef -t node --template x86_64-template -o node01 ip=9.114.47.111 mac=00:00:c9:c6:6c:41',
  ],
  ['xcat_templates', {}, 'lsdef -t node --template'],
  ['xcat_templates', { template: 'x86_64-template' }, 'lsdef -t node --template x86_64-template'],
  [
    'xcat_make_group',
    { name: 'bmcs', where: ['mgt==ipmi', 'arch=~x86'] },
    `mkdef -t group -o bmcs -d -w mgt==ipmi -w 'arch=~x86'`,
  ],
  [
    'xcat_change',
    { kind: 'network', names: ['clunet'], attributes: ['tftpserver=9.114.47.97'] },
    'chdef -t network -o clunet tftpserver=9.114.47.97',
  ],
  [
    'xcat_change',
    { names: ['node01', 'node02'], attributes: ['groups=rack2'], plus: 'yes' },
    'chdef -t node -o node01,node02 -p groups=rack2',
  ],
  [
    'xcat_change',
    { names: ['node01'], attributes: ['groups=rack2', 'os='], minus: 'yes', bypass: 'yes' },
    'XCATBYPASS=1 chdef -t node -o node01 -m groups=rack2 os=',
  ],
  ['xcat_rename', { kind: 'osimage', name: '71dskls', new: '71diskless' }, 'chdef -t osimage -o 71dskls -n 71diskless'],
  ['xcat_remove', { names: ['node03', 'node04'], clean: 'yes' }, 'rmdef -t node -o node03,node04 -C'],
  [
    'xcat_remove',
    { kind: 'policy', names: ['1.4'], clean: 'yes', bypass: 'yes' },
    'XCATBYPASS=1 rmdef -t policy -o 1.4',
  ],
  ['xcat_stanza', { kind: 'policy', names: ['1.3'] }, 'lsdef -z -t policy -o 1.3'],
  ['xcat_stanza', { bypass: 'yes' }, 'XCATBYPASS=1 lsdef -z -t node'],
  ['xcat_make_stanza', { file: '/root/nodes.def' }, 'mkdef -z </root/nodes.def'],
  ['xcat_change_stanza', { file: '/root/nodes of rack 2.def' }, `chdef -z <'/root/nodes of rack 2.def'`],

  // Nodes and groups
  ['xcat_nodels', {}, 'nodels'],
  ['xcat_nodels', { nodes: 'node[01-03]', bypass: 'yes' }, `XCATBYPASS=1 nodels 'node[01-03]'`],
  ['xcat_nodels_columns', { nodes: 'all', columns: ['groups'] }, 'nodels all groups'],
  [
    'xcat_nodels_columns',
    { nodes: 'compute', columns: ['nodetype.os==rhels7.9', 'nodehm.mgt'], names: 'yes', blame: 'yes' },
    'nodels compute -H -b nodetype.os==rhels7.9 nodehm.mgt',
  ],
  ['xcat_node_show', { nodes: '/node0.*' }, `lsdef -t node '/node0.*'`],
  [
    'xcat_node_show',
    { nodes: 'compute', attributes: ['mac', 'ip'], short: 'yes', bypass: 'yes' },
    'XCATBYPASS=1 lsdef -t node -i mac,ip -c compute',
  ],
  ['xcat_node_show', { nodes: 'compute', image: 'yes' }, 'lsdef -t node --osimage compute'],
  ['xcat_node_show', { nodes: 'compute', nics: 'yes' }, 'lsdef -t node --nics compute'],
  ['xcat_groups', {}, 'lsdef -t group'],
  [
    'xcat_node_make',
    {
      nodes: 'node01-node04',
      groups: ['all', 'compute'],
      arch: 'x86_64',
      system: 'rhels7.9',
      mgt: 'ipmi',
      cons: 'ipmi',
      netboot: 'xnba',
    },
    'mkdef -t node -o node01-node04 groups=all,compute arch=x86_64 os=rhels7.9 mgt=ipmi cons=ipmi netboot=xnba',
  ],
  [
    'xcat_node_make',
    {
      nodes: 'cec01',
      groups: ['all', 'cec'],
      hwtype: 'cec',
      mgt: 'fsp',
      ip: '9.114.47.110',
      mac: '00:00:c9:c6:6c:41',
      attributes: ['serial=10F6F1D'],
    },
    'mkdef -t node -o cec01 groups=all,cec ip=9.114.47.110 mac=00:00:c9:c6:6c:41 mgt=fsp hwtype=cec serial=10F6F1D',
  ],
  [
    'xcat_node_change',
    { nodes: 'compute,-node3', attributes: ['netboot=xnba'] },
    'chdef -t node compute,-node3 netboot=xnba',
  ],
  [
    'xcat_node_change',
    { nodes: 'node01', attributes: ['groups=rack2'], plus: 'yes', bypass: 'yes' },
    'XCATBYPASS=1 chdef -t node -p node01 groups=rack2',
  ],
  ['xcat_node_remove', { nodes: 'node04' }, 'rmdef -t node -C node04'],
  ['xcat_node_remove', { nodes: 'node04', clean: 'no', bypass: 'yes' }, 'XCATBYPASS=1 rmdef -t node node04'],
  ['xcat_node_servers_show', { nodes: 'all' }, 'lsdef all -i tftpserver,xcatmaster,nfsserver -c'],
  [
    'xcat_node_servers',
    { nodes: 'compute', server: '9.114.47.97' },
    'chdef compute tftpserver=9.114.47.97 xcatmaster=9.114.47.97 nfsserver=9.114.47.97',
  ],

  // The site and its networks
  ['xcat_site_show', {}, 'lsdef -t site -l'],
  [
    'xcat_site_show',
    { attributes: ['master', 'nameservers'], bypass: 'yes' },
    'XCATBYPASS=1 lsdef -t site -i master,nameservers',
  ],
  ['xcat_site_show', { long: 'no' }, 'lsdef -t site'],
  [
    'xcat_site_addresses',
    { address: '9.114.47.97', nameservers: '9.114.47.97' },
    'chdef -t site master=9.114.47.97 nameservers=9.114.47.97',
  ],
  ['xcat_site_addresses', { address: '9.114.47.97', nameservers: '' }, 'chdef -t site master=9.114.47.97'],
  ['xcat_site_change', { attributes: ['databaseloc=/dbdirectory'] }, 'chdef -t site databaseloc=/dbdirectory'],
  ['xcat_network_show', {}, 'lsdef -t network -l'],
  [
    'xcat_network_server',
    { networks: ['clunet'], address: '9.114.47.97' },
    'chdef -t network -o clunet tftpserver=9.114.47.97',
  ],
  [
    'xcat_network_server',
    { networks: ['clunet', 'svcnet'], address: '9.114.47.97', bypass: 'yes' },
    'XCATBYPASS=1 chdef -t network -o clunet,svcnet tftpserver=9.114.47.97',
  ],

  // Tables
  ['xcat_tabdump_list', {}, 'tabdump'],
  ['xcat_tabdump', { table: 'policy' }, 'tabdump policy'],
  [
    'xcat_tabdump',
    { table: 'policy', where: ['rule==trusted', 'priority>1'], bypass: 'yes' },
    `XCATBYPASS=1 tabdump -w rule==trusted -w 'priority>1' policy`,
  ],
  ['xcat_tabdump', { table: 'auditlog', last: '20' }, 'tabdump -n 20 auditlog'],
  ['xcat_tabdump', { table: 'policy', last: '20' }, 'tabdump policy'],
  ['xcat_tabdump_d', { table: 'policy' }, 'tabdump -d policy'],
  ['xcat_gettab', { keys: ['key=master'], columns: ['site.value'] }, 'gettab key=master site.value'],
  [
    'xcat_gettab',
    { keys: ['node=node01'], columns: ['noderes.xcatmaster', 'nodehm.mgt'], names: 'yes' },
    'gettab -H node=node01 noderes.xcatmaster nodehm.mgt',
  ],
  ['xcat_tabedit', { table: 'policy' }, 'tabedit policy'],
  ['xcat_tabedit', { table: 'site', bypass: 'yes' }, 'XCATBYPASS=1 tabedit site'],
  [
    'xcat_tabch',
    { keys: ['key=nameservers'], changes: ['site.value=9.114.47.97'] },
    'tabch key=nameservers site.value=9.114.47.97',
  ],
  [
    'xcat_chtab',
    { keys: ['priority=1.3'], changes: ['policy.name=aixmn1', 'policy.rule=trusted'] },
    'chtab priority=1.3 policy.name=aixmn1 policy.rule=trusted',
  ],
  ['xcat_chtab_d', { table: 'site', keys: ['key=xxx'] }, 'chtab -d key=xxx site'],
  ['xcat_tabsave', { table: 'policy', file: '/root/policy.csv' }, 'tabdump -f /root/policy.csv policy'],
  ['xcat_tabrestore_add', { file: '/root/policy.csv' }, 'tabrestore -a /root/policy.csv'],
  ['xcat_tabrestore', { table: 'policy', file: '/root/policy.csv' }, 'tabrestore /root/policy.csv'],
  [
    'xcat_tabrestore',
    { table: 'policy', file: '/root/policy.csv', bypass: 'yes' },
    'XCATBYPASS=1 tabrestore /root/policy.csv',
  ],
  ['xcat_tabprune', { days: '90' }, 'tabprune auditlog -d 90'],
  ['xcat_tabprune', { table: 'eventlog', count: '1000', show: 'yes' }, 'tabprune eventlog -V -n 1000'],
  ['xcat_tabprune', { percent: '50' }, 'tabprune auditlog -p 50'],
  ['xcat_tabprune', { id: '4711' }, 'tabprune auditlog -i 4711'],
  ['xcat_tabprune_all', { table: 'auditlog' }, 'tabprune auditlog -a'],

  // Policy
  ['xcat_policies', {}, 'tabdump policy'],
  ['xcat_policy_trusted', {}, `tabdump -w 'rule==trusted' policy`],
  ['xcat_policy_trusted', { bypass: 'yes' }, `XCATBYPASS=1 tabdump -w 'rule==trusted' policy`],
  ['xcat_policy_add', { priority: '1.3', name: 'aixmn1' }, 'mkdef -t policy -o 1.3 name=aixmn1 rule=trusted'],
  [
    'xcat_policy_add',
    {
      priority: '6.5',
      name: 'oper',
      rule: 'allow',
      host: 'mn1',
      commands: ['rpower', 'nodels'],
      nodes: 'compute',
      bypass: 'yes',
    },
    'XCATBYPASS=1 mkdef -t policy -o 6.5 name=oper host=mn1 commands=rpower,nodels noderange=compute rule=allow',
  ],
  [
    'xcat_policy_change',
    { priority: '1.3', name: 'aixmn2' },
    'chdef -t policy -o 1.3 name=aixmn2',
    { name: 'aixmn1', rule: 'trusted' },
  ],
  ['xcat_policy_remove', { priority: '6.5' }, 'rmdef -t policy -o 6.5'],

  // Database
  ['xcat_lsxcatd', {}, 'lsxcatd -a'],
  ['xcat_dump', { directory: '/backup/xcatdb' }, 'dumpxCATdb -p /backup/xcatdb'],
  [
    'xcat_dump',
    { directory: '/backup/xcatdb', logs: 'yes', bypass: 'yes' },
    'XCATBYPASS=1 dumpxCATdb -a -p /backup/xcatdb',
  ],
  ['xcat_dump_binary', { directory: '/backup/xcatdb' }, 'dumpxCATdb -b -p /backup/xcatdb'],
  ['xcat_restore', { directory: '/backup/xcatdb' }, 'restorexCATdb -p /backup/xcatdb'],
  [
    'xcat_restore',
    { directory: '/backup/xcatdb', logs: 'yes', bypass: 'yes' },
    'XCATBYPASS=1 restorexCATdb -a -p /backup/xcatdb',
  ],
  [
    'xcat_restore_binary',
    { path: '/backup/xcatdb', timestamp: '20100805161232' },
    'restorexCATdb -b -t 20100805161232 -p /backup/xcatdb',
  ],
  ['xcat_restore_binary', { path: '/backup/pgbackup.1234' }, 'restorexCATdb -b -p /backup/pgbackup.1234'],
  [
    'xcat_pgsqlsetup',
    { addresses: ['9.114.47.103', '9.114.47.104'], listen: '9.114.47.97' },
    'pgsqlsetup -i -l 9.114.47.97 -a 9.114.47.103 -a 9.114.47.104 -V',
  ],
  ['xcat_pgsqlsetup', { nostart: 'yes', odbc: 'yes' }, 'pgsqlsetup -i -N -o -V'],
  ['xcat_pgsqlsetup_odbc', {}, 'pgsqlsetup -o -V'],
  ['xcat_mysqlsetup', {}, 'mysqlsetup -i -V'],
  ['xcat_mysqlsetup', { hosts: '/root/hosts', odbc: 'yes', log: 'yes' }, 'mysqlsetup -i -f /root/hosts -o -L -V'],
  ['xcat_mysqlsetup_update', { hosts: '/root/hosts' }, 'mysqlsetup -u -f /root/hosts -V'],
  ['xcat_db2sqlsetup', {}, 'db2sqlsetup -i -S -V'],
  ['xcat_db2sqlsetup', { side: 'service node', odbc: 'yes' }, 'db2sqlsetup -i -C -o -V'],
  ['xcat_db2sqlsetup', { nostart: 'yes' }, 'db2sqlsetup -i -S -N -V'],
  ['xcat_db2_password', {}, 'db2sqlsetup -p -S'],
  ['xcat_config', {}, 'xcatconfig -m -V'],
  ['xcat_config', { what: 'SSL credentials' }, 'xcatconfig -c -V'],

  // The daemon
  ['xcat_restartxcatd', {}, 'restartxcatd'],
  ['xcat_restartxcatd', { reload: 'yes' }, 'restartxcatd -r'],
  ['xcat_xcatd_status', {}, 'service xcatd status'],
  ['xcat_xcatd_start', {}, 'service xcatd start'],
  ['xcat_xcatd_stop', {}, 'service xcatd stop'],
  ['xcat_src_show', {}, 'lssrc -s xcatd'],
  ['xcat_src_start', { service: 'hdwr_svr' }, 'startsrc -s hdwr_svr'],
  ['xcat_src_stop', { service: 'dhcpsd' }, 'stopsrc -s dhcpsd'],
  [
    'xcat_inittab',
    {},
    'record=\'xcatd:2:off:/opt/xcat/sbin/restartxcatd > /dev/console 2>&1\'; if lsitab "${record%%:*}" >/dev/null; then chitab "$record"; else mkitab "$record"; fi',
  ],
  [
    'xcat_inittab',
    { record: 'conserver' },
    'record=\'conserver:2:off:/usr/bin/startsrc -s conserver > /dev/console 2>&1\'; if lsitab "${record%%:*}" >/dev/null; then chitab "$record"; else mkitab "$record"; fi',
  ],

  // Host names, DNS and DHCP
  ['xcat_makehosts', {}, 'makehosts'],
  ['xcat_makehosts', { nodes: 'compute', long: 'yes', mac: 'yes' }, 'makehosts compute -l -m'],
  ['xcat_makehosts_d', { nodes: 'compute' }, 'makehosts -d compute'],
  ['xcat_makehosts_new', {}, 'makehosts -n'],
  ['xcat_makehosts_new', { nodes: 'all' }, 'makehosts -n all'],
  ['xcat_makedns', {}, 'makedns'],
  ['xcat_makedns', { nodes: 'node01', external: 'yes' }, 'makedns -e node01'],
  ['xcat_makedns_d', { nodes: 'node04' }, 'makedns -d node04'],
  ['xcat_makedns_new', {}, 'makedns -n'],
  ['xcat_makedns_new', { external: 'yes' }, 'makedns -n -e'],
  ['xcat_nslookup', { name: 'node01', server: '9.114.47.97' }, 'nslookup node01 9.114.47.97'],
  ['xcat_makedhcp', { nodes: 'node01' }, 'makedhcp node01'],
  [
    'xcat_makedhcp',
    { nodes: 'node01', statements: 'filename = "x";', local: 'yes' },
    `makedhcp node01 -s 'filename = "x";' -l`,
  ],
  ['xcat_makedhcp_all', {}, 'makedhcp -a'],
  ['xcat_makedhcp_q', { nodes: 'node01' }, 'makedhcp -q node01'],
  ['xcat_makedhcp_d', { nodes: 'node04', local: 'yes' }, 'makedhcp -d node04 -l'],
  ['xcat_makedhcp_d_all', {}, 'makedhcp -a -d'],
  ['xcat_makedhcp_new', {}, 'makedhcp -n'],
  ['xcat_makeknownhosts', { nodes: 'all' }, 'makeknownhosts all -V'],
  ['xcat_makeknownhosts_r', { nodes: 'node02' }, 'makeknownhosts node02 -r -V'],

  // Consoles
  ['xcat_rcons', { node: 'node01' }, 'rcons node01'],
  ['xcat_rcons', { node: 'node01', server: 'mn2', force: 'yes' }, 'rcons node01 mn2 -f'],
  ['xcat_rcons', { node: 'node01', watch: 'yes' }, 'rcons node01 -s'],
  ['xcat_makeconservercf', {}, 'makeconservercf'],
  ['xcat_makeconservercf', { nodes: 'compute', local: 'yes' }, 'makeconservercf -l compute'],
  ['xcat_makeconservercf', { server: 'yes' }, 'makeconservercf -c'],
  ['xcat_makeconservercf_d', { nodes: 'node04' }, 'makeconservercf -d node04'],
  ['xcat_makeconservercf_trust', { nodes: 'all', hosts: ['mn1', 'mn2'] }, 'makeconservercf all -t mn1,mn2'],
  ['xcat_makeconservercf_clean', {}, 'makeconservercf -C'],
  ['xcat_makegocons', {}, 'makegocons'],
  ['xcat_makegocons', { nodes: 'node01' }, 'makegocons node01'],
  ['xcat_makegocons_q', {}, 'makegocons -q'],
  ['xcat_makegocons_d', { nodes: 'node04' }, 'makegocons -d node04'],
  ['xcat_makegocons_clean', {}, 'makegocons -C'],

  // Boot and installation
  ['xcat_nodeset_stat', { nodes: 'compute' }, 'nodeset compute stat'],
  ['xcat_nodeset_stat', { nodes: 'compute', all: 'yes' }, 'nodeset compute stat -a'],
  [
    'xcat_nodeset',
    { nodes: 'compute', image: 'rhels7.9-x86_64-install-compute' },
    'nodeset compute osimage=rhels7.9-x86_64-install-compute',
  ],
  [
    'xcat_nodeset',
    { nodes: 'node01', image: 'rhels7.9-x86_64-netboot-compute', keep: 'yes', ignore: 'yes' },
    'nodeset node01 osimage=rhels7.9-x86_64-netboot-compute --noupdateinitrd --ignorekernelchk',
  ],
  ['xcat_nodeset_state', { nodes: 'node01' }, 'nodeset node01 boot'],
  ['xcat_nodeset_state', { nodes: 'node01', state: 'offline' }, 'nodeset node01 offline'],
  ['xcat_nodeset_runcmd', { nodes: 'node01', task: 'bmcsetup' }, 'nodeset node01 runcmd=bmcsetup'],
  [
    'xcat_nodeset_runcmd',
    { nodes: 'node01', kind: 'runimage', task: 'http://mn/a b.tgz' },
    `nodeset node01 runimage='http://mn/a b.tgz'`,
  ],
  ['xcat_nimnodeset', { nodes: 'node01', image: '71bos' }, 'nimnodeset -V -i 71bos node01'],
  [
    'xcat_nimnodeset',
    {
      nodes: 'node01',
      image: '71bos',
      force: 'yes',
      location: '/install/nim2',
      backup: 'yes',
      attributes: ['bosinst_data=my_bosinst'],
    },
    'nimnodeset -V -f -i 71bos -l /install/nim2 -b node01 bosinst_data=my_bosinst',
  ],
  ['xcat_mkdsklsnode', { nodes: 'node01', image: '71dskls' }, 'mkdsklsnode -V -i 71dskls node01'],
  [
    'xcat_mkdsklsnode',
    {
      nodes: 'node01',
      force: 'yes',
      new: 'yes',
      update: 'yes',
      primary: 'yes',
      attributes: ['psize=128', 'duplex=full'],
    },
    'mkdsklsnode -V -f -n -u -p node01 psize=128 duplex=full',
  ],
  ['xcat_rmdsklsnode', { nodes: 'node01', force: 'yes' }, 'rmdsklsnode -V -f node01'],
  ['xcat_lsnim', { node: 'node01' }, 'lsnim -l node01'],

  // Power
  ['xcat_rpower_stat', { nodes: 'all' }, 'rpower all stat'],
  ['xcat_rpower_on', { nodes: 'compute' }, 'rpower compute on'],
  [
    'xcat_rpower_on',
    { nodes: 'frame01', action: 'exit_rackstandby', nodeps: 'yes' },
    'rpower frame01 --nodeps exit_rackstandby',
  ],
  ['xcat_rpower', { nodes: 'compute' }, 'rpower compute reset'],
  [
    'xcat_rpower',
    { nodes: 'node01', action: 'softoff', wait: 'nodelist.status==off', minutes: '5', tries: '2' },
    'rpower node01 softoff -m nodelist.status==off -t 5 -r 2',
  ],
  ['xcat_rnetboot', { nodes: 'lpar01' }, 'rnetboot lpar01'],
  [
    'xcat_rnetboot',
    {
      nodes: 'lpar01',
      order: ['hd', 'net'],
      state: 'yes',
      force: 'yes',
      wait: 'nodelist.status==booted',
      minutes: '10',
      tries: '3',
    },
    'rnetboot -s hd,net -F -f lpar01 -m nodelist.status==booted -t 10 -r 3',
  ],
  ['xcat_rnetboot', { nodes: 'zvm01', ipl: '00c' }, 'rnetboot zvm01 ipl=00c'],

  // Hardware connections
  ['xcat_lshwconn', {}, 'lshwconn cec,frame'],
  ['xcat_lshwconn', { nodes: 'cec', tool: 'network manager (fnm)' }, 'lshwconn cec -T fnm'],
  ['xcat_mkhwconn', {}, 'mkhwconn cec,frame -t'],
  ['xcat_mkhwconn', { tool: 'network manager (fnm)' }, 'mkhwconn cec,frame -t -T fnm'],
  ['xcat_mkhwconn', { nodes: 'cec01', tool: 'xCAT (lpar)', port: '1' }, 'mkhwconn cec01 -t -T lpar --port 1'],
  ['xcat_mkhwconn_s', {}, 'mkhwconn -s'],
  ['xcat_mkhwconn_s', { hmc: 'hmc1' }, 'mkhwconn -s hmc1'],
  ['xcat_rmhwconn', {}, 'rmhwconn cec,frame'],
  ['xcat_rmhwconn', { tool: 'network manager (fnm)' }, 'rmhwconn cec,frame -T fnm'],
  ['xcat_rmhwconn_s', {}, 'rmhwconn -s'],
  ['xcat_chnwm_stop', {}, 'chnwm -d'],
  ['xcat_chnwm_start', {}, 'chnwm -a'],

  // Commands and files on many nodes
  ['xcat_xdsh', { nodes: 'compute', command: 'df -h /var | tail -1' }, `xdsh compute -v 'df -h /var | tail -1'`],
  [
    'xcat_xdsh',
    {
      nodes: 'compute',
      command: `/root/fix.sh 'a b'`,
      user: 'oper',
      fanout: '16',
      seconds: '30',
      environment: '/root/env',
      script: 'yes',
      sudo: 'yes',
      monitor: 'yes',
      verify: 'no',
    },
    "xdsh compute -l oper -f 16 -t 30 -E /root/env -e --sudo -m '/root/fix.sh '\\''a b'\\'''",
  ],
  [
    'xcat_xdshbak',
    { nodes: 'compute', command: 'uname -r' },
    'answers=$(xdsh compute -v \'uname -r\'); status=$?; printf \'%s\\n\' "$answers" | xdshbak -c; exit "$status"',
  ],
  [
    'xcat_xdsh_image',
    { image: '/install/netboot/rhels7.9/x86_64/compute/rootimg', command: 'rpm -qa' },
    `xdsh -i /install/netboot/rhels7.9/x86_64/compute/rootimg 'rpm -qa'`,
  ],
  ['xcat_xdsh_keys', { nodes: 'compute', user: 'root' }, 'xdsh compute -l root -K'],
  ['xcat_xdsh_c', { nodes: 'service' }, 'xdsh service -c'],
  [
    'xcat_xdcp',
    { nodes: 'compute', files: ['/etc/hosts', '/etc/resolv.conf'], to: '/etc' },
    'xdcp compute -p -v /etc/hosts /etc/resolv.conf /etc',
  ],
  [
    'xcat_xdcp',
    {
      nodes: 'compute',
      files: ['/opt/my tool'],
      to: '/opt',
      recursive: 'yes',
      keep: 'no',
      user: 'oper',
      fanout: '8',
      seconds: '60',
      verify: 'no',
    },
    `xdcp compute -l oper -f 8 -t 60 -R '/opt/my tool' /opt`,
  ],
  [
    'xcat_xdcp_pull',
    { nodes: 'compute', files: ['/var/log/messages'], to: '/tmp/logs', recursive: 'yes' },
    'xdcp compute -P -R /var/log/messages /tmp/logs',
  ],
  ['xcat_xdcp_sync', { nodes: 'compute', list: '/root/synclist', service: 'yes' }, 'xdcp compute -s -F /root/synclist'],
  [
    'xcat_xdcp_sync',
    { image: '/install/rootimg', list: '/root/synclist' },
    'xdcp -i /install/rootimg -F /root/synclist',
  ],
  ['xcat_updatenode', { nodes: 'compute' }, 'updatenode compute -V'],
  [
    'xcat_updatenode',
    {
      nodes: 'compute',
      software: 'yes',
      scripts: 'yes',
      sync: 'yes',
      server: 'yes',
      noverify: 'yes',
      user: 'oper',
      fanout: '8',
      seconds: '600',
    },
    'updatenode compute -V -l oper -S -P -F -s -n --fanout=8 -t 600',
  ],
  [
    'xcat_updatenode_scripts',
    { nodes: 'node01', scripts: ['script1 p1 p2', 'syslog'], seconds: '60' },
    `updatenode node01 -V -t 60 -P 'script1 p1 p2,syslog'`,
  ],
  [
    'xcat_updatenode_aix',
    { nodes: 'aix01', attributes: ['otherpkgs=I:bos.perf'], only: 'yes' },
    'updatenode aix01 -V -S -c otherpkgs=I:bos.perf',
  ],
  ['xcat_updatenode_aix', { nodes: 'aix01', all: 'yes', source: '/images' }, 'updatenode aix01 -V -S -A -d /images'],
  ['xcat_updatenode_f', { nodes: 'compute' }, 'updatenode compute -V -f'],
  ['xcat_updatenode_g', { nodes: 'compute' }, 'updatenode compute -g'],
  ['xcat_updatenode_k', { nodes: 'compute', seconds: '30' }, 'updatenode compute -k -t 30'],
  ['xcat_sn_xcatd_stop', {}, `xdsh service 'service xcatd stop'`],
  ['xcat_sn_xcatd_stop', { system: 'AIX' }, `xdsh service 'stopsrc -s xcatd'`],
  ['xcat_sn_xcatd_start', {}, `xdsh service 'service xcatd restart'`],
];

test.each(commands)('%s with %j is: %s', (id, typed, command, discovered = {}) => {
  const rendered = commandOf(shipped, id, typed, discovered);
  expect(rendered.text).toBe(command);
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
  expect(failedChecks(shipped, id, typed, discovered)).toEqual([]);
});

test('every dialog of xCAT stands in the table above', () => {
  expect(dialogs.map(panel => panel.id).sort()).toEqual([...new Set(commands.map(([id]) => id))].sort());
});

test('the files of xCAT have no mistakes', () => {
  expect(complaintTexts(shipped).filter(text => text.includes('menus/xcat/'))).toEqual([]);
});

test('every command of xCAT that the reference names opens a panel by its own name, and the panel runs it', () => {
  const names = `lsdef mkdef chdef rmdef tabdump tabedit chtab tabch tabrestore tabprune gettab nodels lsxcatd dumpxCATdb restorexCATdb
    restartxcatd xcatconfig db2sqlsetup pgsqlsetup mysqlsetup makehosts makedns makedhcp makeconservercf makegocons makeknownhosts rcons
    nodeset nimnodeset mkdsklsnode rmdsklsnode rpower rnetboot lshwconn rmhwconn mkhwconn chnwm xdsh xdshbak xdcp updatenode`;
  for (const name of names.split(/\s+/)) {
    const panel = dialogs.find(one => one.aliases?.includes(name));
    expect([name, panel?.run?.source]).toEqual([name, expect.stringContaining(name)]);
  }
});

test('the menus of xCAT lead to these panels, in this order', () => {
  const tree = (id: string, indent = ''): string[] => {
    const panel = shipped.panels.get(id)!;
    const below =
      panel.kind === 'menu'
        ? panel.items.flatMap(item => item.panel ?? [])
        : panel.kind === 'selector' && typeof panel.next === 'string'
          ? [panel.next]
          : [];
    return [
      `${indent}${id}`,
      ...below.filter(next => next.startsWith('xcat')).flatMap(next => tree(next, `${indent}  `)),
    ];
  };
  const own = tree('xcat').map(line => line.trim());
  expect(ours.map(panel => panel.id).filter(id => !own.includes(id))).toEqual([]);
  expect(tree('xcat').filter(line => !/^ {4}/.test(line))).toEqual([
    'xcat',
    ...['xcat_objects', 'xcat_nodes', 'xcat_site', 'xcat_tables', 'xcat_policy', 'xcat_database', 'xcat_daemon'].map(
      id => `  ${id}`,
    ),
    ...['xcat_network_services', 'xcat_consoles', 'xcat_boot', 'xcat_power', 'xcat_hardware', 'xcat_remote'].map(
      id => `  ${id}`,
    ),
    ...['xcat_down', 'xcat_noderange', 'xcat_truth'].map(id => `  ${id}`),
  ]);
});

test('a dialog that changes something asks first, and one that only looks does not', () => {
  const looking =
    /^(\{\{XCATBYPASS=1 if bypass\}\} )?(lsdef|nodels|tabdump(?! -f)|gettab|lsxcatd|lshwconn|lssrc|lsnim|nslookup|makedhcp -q|makegocons -q|rcons|service xcatd status|nodeset \{\{nodes\}\} stat|rpower \{\{nodes\}\} stat)\b/;
  const wrong = dialogs.filter(panel => (panel.confirm === undefined) !== looking.test(panel.run!.source));
  expect(wrong.map(panel => panel.id)).toEqual([]);
});

test('what replaces or destroys as a whole, or cuts off nodes, wants its name typed', () => {
  expect(
    dialogs
      .filter(panel => panel.confirm?.level === 'type')
      .map(panel => `${panel.id}: ${panel.confirm!.object.source}`)
      .sort(),
  ).toEqual([
    'xcat_chtab_d: {{table}}',
    'xcat_config: xcatconfig',
    'xcat_db2sqlsetup: DB2',
    'xcat_makeconservercf: /etc/conserver.cf',
    'xcat_makeconservercf_trust: /etc/conserver.cf',
    'xcat_makedhcp_d_all: all nodes',
    'xcat_makedhcp_new: dhcpd.conf',
    'xcat_makedns_new: named.conf',
    'xcat_makehosts_new: /etc/hosts',
    'xcat_mysqlsetup: MySQL',
    'xcat_node_remove: {{nodes}}',
    'xcat_pgsqlsetup: PostgreSQL',
    'xcat_policy_remove: {{priority}}',
    'xcat_remake: {{names,}}',
    'xcat_remove: {{names,}}',
    'xcat_restore: {{directory}}',
    'xcat_restore_binary: {{path}}',
    'xcat_rmdsklsnode: {{nodes}}',
    'xcat_rmhwconn: {{nodes}}',
    'xcat_rmhwconn_s: HMCs',
    'xcat_rnetboot: {{nodes}}',
    'xcat_rpower: {{nodes}}',
    'xcat_tabprune_all: {{table}}',
    'xcat_tabrestore: {{table}}',
    'xcat_updatenode_k: {{nodes}}',
  ]);
});

test('errors that come with status 0 are failures, and status 111 is explained', () => {
  const byLine = dialogs.filter(panel => !panel.failIf).map(panel => panel.id);
  // The start of xcatd prints lines with Error even when it works; the daemon is asked afterwards instead.
  expect(byLine.sort()).toEqual([
    'xcat_inittab',
    'xcat_restartxcatd',
    'xcat_src_show',
    'xcat_src_start',
    'xcat_src_stop',
    'xcat_xcatd_start',
    'xcat_xcatd_status',
    'xcat_xcatd_stop',
  ]);
  const unexplained = dialogs.filter(panel => !panel.statusHelp?.['111']).map(panel => panel.id);
  expect(unexplained.sort()).toEqual(byLine);
  for (const panel of dialogs) {
    const help = panel.statusHelp?.['111'];
    if (help) expect(help).toMatch(/xcatd does not answer.*restartxcatd.*XCATBYPASS=1/);
  }
  for (const source of shipped.sources.values())
    if (source.id.startsWith('xcat.')) expect(source.statusHelp?.['111'], source.id).toMatch(/xcatd does not answer/);
});

test('what works while xcatd is down can bypass it', () => {
  const bypassed = dialogs.filter(panel => panel.fields.some(field => field.name === 'bypass'));
  expect(bypassed.length).toBeGreaterThan(30);
  for (const { id, fields, run } of bypassed) {
    expect([id, run!.source]).toEqual([id, expect.stringMatching(/^\{\{XCATBYPASS=1 if bypass\}\} /)]);
    expect([id, fields.find(field => field.name === 'bypass')!.default]).toEqual([id, 'no']);
  }
});

test('chdef makes what it does not find, so lsdef is asked before and the question says so', () => {
  const changing = dialogs.filter(
    panel => /\bchdef\b/.test(panel.run!.source) && !/ -n |-t site/.test(panel.run!.source),
  );
  expect(changing.map(panel => panel.id).sort()).toEqual([
    'xcat_change',
    'xcat_change_stanza',
    'xcat_network_server',
    'xcat_node_change',
    'xcat_node_servers',
    'xcat_policy_change',
  ]);
  for (const panel of changing) {
    expect([panel.id, panel.preview?.source]).toEqual([panel.id, expect.stringMatching(/lsdef|^cat /)]);
    expect([panel.id, panel.confirm?.effect.source]).toEqual([panel.id, expect.stringContaining('MADE')]);
  }
});

/** Values that a panel refuses, and what it says. */
const refused: [id: string, typed: Values, message: RegExp][] = [
  ['xcat_make', { names: ['node01'], attributes: ['os=rhels7.9'] }, /A node needs groups/],
  ['xcat_remake', { names: ['node01'], attributes: ['os=rhels7.9'] }, /A node needs groups/],
  ['xcat_change', { names: ['node01'], attributes: ['groups=a'], plus: 'yes', minus: 'yes' }, /not both/],
  ['xcat_node_change', { nodes: 'node01', attributes: ['groups=a'], plus: 'yes', minus: 'yes' }, /not both/],
  ['xcat_node_show', { nodes: 'all', image: 'yes', nics: 'yes' }, /not both/],
  ['xcat_tabedit', { table: 'auditlog' }, /cannot be edited/],
  ['xcat_tabsave', { table: 'policy', file: '/root/site.csv' }, /tabrestore goes by it/],
  ['xcat_tabrestore', { table: 'policy', file: '/root/site.csv' }, /for another table/],
  ['xcat_tabprune', {}, /exactly one way/],
  ['xcat_tabprune', { days: '90', count: '5' }, /exactly one way/],
  ['xcat_policy_add', { priority: '1.2', name: 'mn1' }, /1\.2 is the rule xCAT made/],
  ['xcat_policy_add', { priority: '1.3' }, /whom the rule trusts/],
  ['xcat_rcons', { node: 'node01', force: 'yes', watch: 'yes' }, /not both/],
  ['xcat_makeconservercf', { local: 'yes', server: 'yes' }, /not both/],
  ['xcat_nimnodeset', { nodes: 'node01', primary: 'yes', backup: 'yes' }, /not both/],
  ['xcat_mkdsklsnode', { nodes: 'node01', primary: 'yes', backup: 'yes' }, /not both/],
  ['xcat_xdcp_sync', { list: '/root/synclist' }, /nodes, or an image/],
  ['xcat_xdcp_sync', { nodes: 'all', image: '/install/x', list: '/root/synclist' }, /nodes, or an image/],
  ['xcat_updatenode_scripts', { nodes: 'all', scripts: ['syncfiles'] }, /only during an installation/],
];

test.each(refused)('%s refuses %j', (id, typed, message) => {
  expect(failedChecks(shipped, id, typed).join(' ')).toMatch(message);
});

test('nothing that is typed can become an option of a command', () => {
  // What comes first in a word of its own must not begin with a dash; what follows a flag, or is glued to a word, may.
  const loose = dialogs.flatMap(panel =>
    panel.fields.flatMap(field => {
      const alone = new RegExp(`(?<!(?:^| )--?\\w+ )(?<=^| )\\{\\{${field.name}[*,]?\\}\\}`).test(panel.run!.source);
      const open =
        field.type === 'text' && !field.show && checkValue(field, field.multiple ? ['-x=y'] : '-x=y') === undefined;
      return alone && open ? [`${panel.id}.${field.name}`] : [];
    }),
  );
  expect(loose).toEqual([]);
});

test('fields that take nodes take a node range and check it', () => {
  for (const panel of dialogs)
    for (const field of panel.fields)
      if (field.name === 'nodes') expect([panel.id, field.type]).toEqual([panel.id, 'noderange']);
  expect(dialogOf(shipped, 'xcat_rpower').fields[0]).toMatchObject({ type: 'noderange', required: true, free: true });
});
