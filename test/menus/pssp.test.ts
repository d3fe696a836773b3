/**
 * The panels of PSSP: what each one runs, to the letter; where they stand; and how sure we are of each. pssp-rules.test.ts holds what
 * they refuse, pssp-run.test.ts runs them against programs that answer as PSSP does, pssp-walk.test.ts walks the redbook's figures.
 */
import { expect, test } from 'vitest';
import type { EvidenceLevel, Values } from '../../src/panel/types.ts';
import { commandOf, complaintTexts, dialogOf, readShipped, selectorOf } from './panels.ts';

const shipped = await readShipped();
const ours = [...shipped.panels.values()].filter(panel => panel.product === 'pssp');

const all16 = { start_frame: '1', start_slot: '1', node_count: '16' };
const route = { address: '10.15.0.1', netmask: '255.255.255.0', route: '10.15.0.254' };
const en1 = { adapter: 'en1', address: '10.15.1.1', netmask: '255.255.255.0' };
const sp = '/usr/lpp/ssp/bin';

/** Fast path, what is typed, what discover had found, and the command. */
const commands: [id: string, typed: Values, discovered: Values, command: string][] = [
  // Enter Database Information
  ['pssp_site_env', { ntp: 'consensus' }, {}, `SDRArchive && ${sp}/spsitenv ntp_config=consensus`],
  [
    'pssp_site_env',
    { ntp: 'timemaster', amd: 'true', usr_clients: 'false', others: ['ntp_server=10.0.0.1'] },
    {},
    `SDRArchive && ${sp}/spsitenv ntp_config=timemaster amd_config=true cw_has_usr_clients=false ntp_server=10.0.0.1`,
  ],
  ['pssp_frame', { first: '1', count: '4', tty: '/dev/tty0' }, {}, `SDRArchive && ${sp}/spframe -r no 1 4 /dev/tty0`],
  [
    'pssp_frame',
    { first: '4', count: '1', tty: '/dev/tty3', renew: 'yes' },
    {},
    `SDRArchive && ${sp}/spframe -r yes 4 1 /dev/tty3`,
  ],
  [
    'pssp_ethernet',
    { ...all16, ...route },
    {},
    `SDRArchive && ${sp}/spethernt 1 1 16 10.15.0.1 255.255.255.0 10.15.0.254`,
  ],
  [
    'pssp_ethernet',
    { node_list: '9', ...route },
    {},
    `SDRArchive && ${sp}/spethernt -l 9 10.15.0.1 255.255.255.0 10.15.0.254`,
  ],
  ['pssp_hostname', all16, {}, `SDRArchive && ${sp}/sphostnam -a en0 -f long 1 1 16`],
  [
    'pssp_hostname',
    { node_group: 'cluster_a', adapter: 'css0', form: 'short' },
    {},
    `SDRArchive && ${sp}/sphostnam -a css0 -f short -N cluster_a`,
  ],
  // Figure 7, and what each further entry adds.
  ['pssp_add_adapter', { ...all16, ...en1 }, {}, `SDRArchive && ${sp}/spadaptrs 1 1 16 en1 10.15.1.1 255.255.255.0`],
  [
    'pssp_add_adapter',
    { ...all16, ...en1, ethernet_type: 'bnc' },
    {},
    `SDRArchive && ${sp}/spadaptrs -t bnc 1 1 16 en1 10.15.1.1 255.255.255.0`,
  ],
  [
    'pssp_add_adapter',
    { node_list: '1,5,9', ...en1, adapter: 'tr0', token_rate: '16', skip: 'yes' },
    {},
    `SDRArchive && ${sp}/spadaptrs -r 16 -s yes -l 1,5,9 tr0 10.15.1.1 255.255.255.0`,
  ],
  [
    'pssp_add_adapter',
    { node_group: 'cluster_a', ...en1, adapter: 'css0', arp: 'yes', switch_numbers: 'no' },
    {},
    `SDRArchive && ${sp}/spadaptrs -a yes -n no -N cluster_a css0 10.15.1.1 255.255.255.0`,
  ],
  // Figure 8, and what each further entry adds.
  ['pssp_boot_install', all16, {}, `SDRArchive && ${sp}/spbootins -s yes 1 1 16`],
  [
    'pssp_boot_install',
    { ...all16, response: 'customize' },
    {},
    `SDRArchive && ${sp}/spbootins -r customize -s yes 1 1 16`,
  ],
  [
    'pssp_boot_install',
    { node_list: '9', response: 'disk', setup: 'no' },
    {},
    `SDRArchive && ${sp}/spbootins -r disk -s no -l 9`,
  ],
  [
    'pssp_boot_install',
    {
      ...{ node_group: 'cluster_a', server: '0', image: 'bos.obj.ssp.42', disks: ['hdisk0', 'hdisk1'] },
      ...{ lppsource: 'aix421', response: 'install', level: 'PSSP-2.3' },
      ...{ usr_server: 'sp2cw0', usr_gateway: '10.15.0.254', usr_adapter: 'en0' },
    },
    { keys: ['node02'] },
    `SDRArchive && ${sp}/spbootins -r install -n 0 -i bos.obj.ssp.42 -h hdisk0,hdisk1 -v aix421 -p PSSP-2.3 ` +
      '-u sp2cw0 -g 10.15.0.254 -a en0 -s yes -N cluster_a',
  ],
  ['pssp_hardware_ethernet', { node_list: '9' }, {}, `SDRArchive && ${sp}/sphrdwrad -l 9`],
  ['pssp_hardware_ethernet', all16, {}, `SDRArchive && ${sp}/sphrdwrad 1 1 16`],
  [
    'changevg_dialog',
    { ...all16, release: 'PSSP 3.1 or later', disks: ['hdisk0'], server: '0', level: 'PSSP-3.4' },
    {},
    `SDRArchive && ${sp}/spchvgobj -r rootvg -h hdisk0 -n 0 -p PSSP-3.4 1 1 16`,
  ],

  // List Database Information
  ['pssp_list_boot', {}, {}, 'splstdata -b'],
  ['pssp_list_boot', all16, {}, 'splstdata -b 1 1 16'],
  ['pssp_list_adapters', {}, {}, 'splstdata -a'],
  ['pssp_list_adapters', { node_list: '1,5' }, {}, 'splstdata -a -l 1,5'],

  // The SDR: questions
  ['pssp_sdr_adapters', {}, {}, 'SDRGetObjects Adapter'],
  ['pssp_sdr_adapters', { node: '9', adapter: 'en1' }, {}, 'SDRGetObjects Adapter node_number==9 adapter_type==en1'],
  ['pssp_sdr_nodes', {}, {}, 'SDRGetObjects Node node_number initial_hostname reliable_hostname'],
  ['pssp_sdr_nodes', { all: 'yes' }, {}, 'SDRGetObjects -G Node node_number initial_hostname reliable_hostname'],
  ['pssp_sdr_responds', {}, {}, 'SDRGetObjects host_responds node_number host_responds'],
  ['pssp_sdr_query', { class: 'Frame' }, {}, 'SDRGetObjects Frame'],
  [
    'pssp_sdr_query',
    { class: 'Adapter', selectors: ['node_number==9', 'adapter_type==en1'], attributes: ['netaddr', 'other_addrs'] },
    {},
    'SDRGetObjects Adapter node_number==9 adapter_type==en1 netaddr other_addrs',
  ],
  ['pssp_sdr_query', { class: 'SP', bare: 'yes', all: 'yes' }, {}, 'SDRGetObjects -x -G SP'],
  ['pssp_sdr_classes', {}, {}, 'SDRListClasses'],
  [
    'pssp_sdr_test',
    {},
    {},
    'nodes=$(SDRGetObjects -x Node node_number) && test -n "$nodes" && ' +
      "echo 'The SDR answers. Topology Services/ES can read it from here.' || " +
      "{ echo 'The SDR does not answer. A node that starts now cannot join a cluster with a switch network. " +
      "Is the control workstation up?'; false; }",
  ],
  ['pssp_sdr_archive', {}, {}, 'SDRArchive'],
  ['pssp_sdr_archive', { append: 'before_en1' }, {}, 'SDRArchive before_en1'],
  ['pssp_sdr_archives', {}, {}, 'ls -l /spdata/sys1/sdr/archives'],
  [
    'pssp_partition',
    { nodes: ['5', '7'] },
    { here: ['1', '5', '7'], sp: ['1', '5', '7', '9'] },
    'for node in 5 7; do SDRGetObjects -x Node node_number=="$node" node_number initial_hostname reliable_hostname || exit; done',
  ],

  // The SDR: changes. The redbook's example, with the list as it stands there.
  [
    'pssp_other_addrs',
    { node: '9', adapter: 'en1', addresses: ['129.40.162.67', '129.40.162.68'] },
    { netaddr: '129.40.161.9' },
    'SDRArchive && SDRChangeAttrValues Adapter node_number==9 adapter_type==en1 other_addrs=129.40.162.67,129.40.162.68',
  ],
  // One that is not changed is sent whole all the same: nothing sent would empty it.
  [
    'pssp_other_addrs',
    { node: '9', adapter: 'en1' },
    { netaddr: '129.40.161.9', old: ['129.40.162.67'], addresses: ['129.40.162.67'] },
    'SDRArchive && SDRChangeAttrValues Adapter node_number==9 adapter_type==en1 other_addrs=129.40.162.67',
  ],
  [
    'pssp_sdr_change',
    { class: 'Adapter', selectors: ['node_number==9', 'adapter_type==en1'], changes: ['enet_type=bnc'] },
    {},
    'SDRArchive && SDRChangeAttrValues Adapter node_number==9 adapter_type==en1 enet_type=bnc',
  ],

  // setup_server and Kerberos
  [
    'pssp_setup_server',
    {},
    {},
    '( umask 077; set -- /tftpboot/*-new-srvtab; test ! -f "$1" || ' +
      '{ to=/var/adm/srvtab.save/$(date +%Y%m%d.%H%M%S) && mkdir -p "$to" && cp "$@" "$to" && ' +
      'echo "Key files saved in $to"; } ) && setup_server',
  ],
  [
    'pssp_principals_needed',
    { standby: 'yes' },
    {},
    `PATH=$PATH:/usr/sbin/cluster/utilities cllsif -cS | awk -F: -v standby=yes '$2 == "boot" || $2 == "service" || ` +
      `($2 == "standby" && standby == "yes") { if ($4 != "rs232" && $4 != "tmscsi" && $4 != "tmssa" && !seen[$1]++) ` +
      `print "ank rcmd." $1 }'`,
  ],
  ['pssp_kadmin', {}, {}, 'kadmin -m'],
  ['pssp_kdb_edit', {}, {}, 'kdb_edit'],
  ['pssp_principals', {}, {}, 'lskp'],
  [
    'pssp_ext_srvtab',
    { names: ['node2_svc'] },
    {},
    '( umask 077 && mkdir -p /var/adm/srvtab.new && cd /var/adm/srvtab.new && ext_srvtab node2_svc )',
  ],
  [
    'pssp_ext_srvtab',
    { names: ['node2_boot', 'node2_svc'], directory: '/root/keys', no_prompt: 'yes', realm: 'SP2.EXAMPLE.COM' },
    {},
    '( umask 077 && mkdir -p /root/keys && cd /root/keys && ext_srvtab -n -r SP2.EXAMPLE.COM node2_boot node2_svc )',
  ],
  [
    'pssp_srvtab_show',
    {},
    {},
    'for file in /tftpboot/*-new-srvtab; do ls -l "$file" || exit; ' +
      String.raw`tr '\000' '\012' <"$file" | LC_ALL=C awk 'name { print "  " $0; name = 0 } /rcmd$/ { name = 1 }'; done`,
  ],
  [
    'pssp_srvtab_merge',
    { node: 'node02', names: ['node2_boot', 'node2_svc'] },
    {},
    '( umask 077; cd /var/adm/srvtab.new && ls -l /tftpboot/node02-new-srvtab && mkdir -p /var/adm/srvtab.save && ' +
      'now=$(date +%Y%m%d.%H%M%S) && ' +
      'cp /tftpboot/node02-new-srvtab /var/adm/srvtab.save/node02-new-srvtab."$now".before || exit; ' +
      'for name in node2_boot node2_svc; do ' +
      String.raw`if tr '\000' '\012' </tftpboot/node02-new-srvtab | LC_ALL=C grep -x -e "$name" >/dev/null; ` +
      'then echo "$name: is there already"; ' +
      'else cat "$name"-new-srvtab >>/tftpboot/node02-new-srvtab && echo "$name: appended" || exit; fi; done; ' +
      'cp /tftpboot/node02-new-srvtab /var/adm/srvtab.save/node02-new-srvtab."$now" && ls -l /var/adm/srvtab.save )',
  ],
  [
    'pssp_srvtab_save',
    { save: '/root/keys' },
    {},
    '( umask 077; to=/root/keys/$(date +%Y%m%d.%H%M%S) && mkdir -p "$to" && cp /tftpboot/*-new-srvtab "$to" && ls -l "$to" )',
  ],

  // AIX
  ['install_remove', { software: ['cluster.*'] }, {}, "installp -u -p 'cluster.*'"],
  [
    'install_remove',
    {
      ...{ software: ['cluster.base.client.lib', 'cluster.base.server.rte'], preview_only: 'no', saved: 'yes' },
      ...{ dependents: 'yes', extend: 'yes', detailed: 'yes' },
    },
    { clstrmgr: 'inoperative' },
    'installp -u -g -X -V2 cluster.base.client.lib cluster.base.server.rte',
  ],
];

test.each(commands)('%s with %j over %j is this command', (id, typed, discovered, command) => {
  const rendered = commandOf(shipped, id, typed, discovered);
  expect(rendered.text).toBe(command);
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
});

test('every dialog of PSSP stands in the table above', () => {
  const dialogs = ours.filter(panel => panel.kind === 'dialog').map(panel => panel.id);
  expect(dialogs.sort()).toEqual([...new Set(commands.map(([id]) => id))].sort());
});

test('the files of PSSP have no mistakes', () => {
  expect(complaintTexts(shipped).filter(text => text.includes('menus/pssp/'))).toEqual([]);
});

test('the menus have the titles and the order of PSSP', () => {
  const tree = (id: string, text = '', indent = ''): string[] => {
    const panel = shipped.panels.get(id)!;
    const below = panel.kind === 'menu' ? panel.items.filter(item => item.panel) : [];
    const next = panel.kind === 'selector' && typeof panel.next === 'string' ? [{ panel: panel.next }] : below;
    return [
      `${indent}${text || panel.title}  ${id}`,
      ...next.flatMap(item => tree(item.panel!, 'text' in item ? item.text : '', `${indent}  `)),
    ];
  };
  expect(tree('pssp').join('\n')).toBe(
    `
PSSP for AIX (RS/6000 SP)  pssp
  SP Configuration Database Management  config_data
    Enter Database Information  enter_data
      Site Environment Information  pssp_site_env
      SP Frame Information  pssp_frame
      Node Database Information  pssp_node_data
        SP Ethernet Information  pssp_ethernet
        Hostname Information  pssp_hostname
        Additional Adapter Information  pssp_add_adapter
        Boot/Install/usr Server Information  pssp_boot_install
        Get Hardware Ethernet Addresses  pssp_hardware_ethernet
        Change Volume Group Information  changevg_dialog
    List Database Information  list_data
      List Node Database Information  pssp_list_nodes
        List Node Boot/Install Information  pssp_list_boot
        List Node Adapter Information  pssp_list_adapters
  System Data Repository (SDR)  pssp_sdr
    Show Adapters as the SDR Has Them  pssp_sdr_adapters
    Show Nodes as the SDR Has Them  pssp_sdr_nodes
    Which Nodes Answer?  pssp_sdr_responds
    Ask the SDR  pssp_sdr_query
    List the Classes of the SDR  pssp_sdr_classes
    Does the SDR Answer?  pssp_sdr_test
    Change the Other Addresses of an Adapter  pssp_other_addrs.select
      Change the Other Addresses of an Adapter  pssp_other_addrs.adapter
        Change the Other Addresses of an Adapter  pssp_other_addrs
    Change an Attribute in the SDR  pssp_sdr_change
    Archive the SDR  pssp_sdr_archive
    List the Archives of the SDR  pssp_sdr_archives
  Run setup_server  pssp_setup_server
  Kerberos Keys for HACMP  pssp_kerberos
    Two Ways to Give HACMP Its Keys  pssp_kerberos_ways
    Names That Need a Principal  pssp_principals_needed
    Work with Principals (kadmin)  pssp_kadmin
    Edit the Kerberos Database (kdb_edit)  pssp_kdb_edit
    List Principals  pssp_principals
    Extract Keys (ext_srvtab)  pssp_ext_srvtab
    List Key Files  pssp_srvtab_show
    Append Keys to the File of a Node  pssp_srvtab_merge
    Save a Copy of All Key Files  pssp_srvtab_save
  Are These Nodes in One Partition?  pssp_partition
  Remove Software Products  install_remove
  What PSSP and the SDR Are for HACMP ES  pssp_about
  Adapters That spadaptrs Does Not Take  pssp_unsupported
`.trim(),
  );
});

test('every fast path and every command name that the reference has for PSSP leads to a panel below the root menu', () => {
  const seen = new Set(['root']);
  for (const id of seen) {
    const panel = shipped.panels.get(id);
    if (panel?.kind === 'menu') for (const item of panel.items) if (item.panel) seen.add(item.panel);
    if (panel?.kind === 'selector' && typeof panel.next === 'string') seen.add(panel.next);
  }
  const named = new Map(ours.flatMap(panel => [panel.id, ...(panel.aliases ?? [])].map(name => [name, panel.id])));
  const published = ['enter_data', 'config_data', 'list_data', 'changevg_dialog', 'install_remove'];
  const programs = [
    'spsitenv',
    'spframe',
    'spethernt',
    'sphostnam',
    'spadaptrs',
    'spbootins',
    'sphrdwrad',
    'spchvgobj',
  ];
  for (const name of [...published, ...programs, 'setup_server'])
    expect([name, seen.has(named.get(name) ?? 'nowhere')]).toEqual([name, true]);
});

test('a fast path is that of the product, or says that it is ours', () => {
  const published = ['changevg_dialog', 'config_data', 'enter_data', 'install_remove', 'list_data'];
  expect(
    ours
      .filter(panel => panel.kind !== 'text' && !panel.ours)
      .map(panel => panel.id)
      .sort(),
  ).toEqual(published);
  for (const id of published) expect(shipped.panels.get(id)?.smitty, id).toBe(id);
});

test('how sure we are of each command is said, and the real panel is named where a command is not verified', () => {
  const withLevel = (level: EvidenceLevel) =>
    ours.filter(panel => panel.kind === 'dialog' && panel.evidence.level === level).map(panel => panel.id);
  expect(withLevel('seed').sort()).toEqual([
    ...['pssp_add_adapter', 'pssp_ext_srvtab', 'pssp_kadmin', 'pssp_list_adapters', 'pssp_other_addrs'],
    ...['pssp_principals_needed', 'pssp_sdr_adapters', 'pssp_sdr_change', 'pssp_setup_server'],
    ...['pssp_srvtab_merge', 'pssp_srvtab_save'],
  ]);
  expect(withLevel('unverified').sort()).toEqual([
    ...['changevg_dialog', 'pssp_ethernet', 'pssp_frame', 'pssp_hardware_ethernet', 'pssp_hostname'],
    ...['pssp_principals', 'pssp_site_env'],
  ]);
  // lskp has no panel of PSSP.
  const without = withLevel('unverified').filter(id => !shipped.panels.get(id)!.smitty);
  expect(without).toEqual(['pssp_principals']);
});

test('every change of the SDR makes an archive first, and does nothing when that fails', () => {
  const changing = ours.flatMap(panel =>
    panel.kind === 'dialog' && /SDRChangeAttrValues|\/usr\/lpp\/ssp\/bin\/sp/.test(panel.run!.source) ? [panel] : [],
  );
  expect(changing.map(panel => panel.id).sort()).toEqual([
    ...['changevg_dialog', 'pssp_add_adapter', 'pssp_boot_install', 'pssp_ethernet', 'pssp_frame'],
    ...['pssp_hardware_ethernet', 'pssp_hostname', 'pssp_other_addrs', 'pssp_sdr_change', 'pssp_site_env'],
  ]);
  for (const panel of changing) {
    expect(panel.run!.source, panel.id).toMatch(/^SDRArchive && /);
    expect(panel.confirm, panel.id).toBeDefined();
  }
});

test('programs that ask for passwords get the terminal, and no field of PSSP takes one', () => {
  const interactive = ours.filter(panel => panel.kind === 'dialog' && panel.mode === 'interactive');
  expect(interactive.map(panel => panel.id).sort()).toEqual(['pssp_ext_srvtab', 'pssp_kadmin', 'pssp_kdb_edit']);
  const fields = ours.flatMap(panel => (panel.kind === 'dialog' ? panel.fields : []));
  expect(fields.filter(field => field.type === 'secret' || /password|secret/i.test(field.label))).toEqual([]);
});

test('commands that PSSP documents without a directory find it on PATH', () => {
  expect(dialogOf(shipped, 'pssp_other_addrs').path).toEqual(['/usr/lpp/ssp/bin']);
  expect(dialogOf(shipped, 'pssp_kadmin').path).toEqual(['/usr/lpp/ssp/bin', '/usr/lpp/ssp/kerberos/etc']);
});

test('the old list is asked of the SDR before it is replaced, and looked for afterwards', () => {
  expect(selectorOf(shipped, 'pssp_other_addrs.select').field.source).toBe('pssp.nodes');
  expect(selectorOf(shipped, 'pssp_other_addrs.adapter').field.source).toBe('pssp.adapters');
  const { discover, verify } = dialogOf(shipped, 'pssp_other_addrs');
  expect(discover!.map).toEqual({ netaddr: 'netaddr', old: 'other', addresses: 'other' });
  expect(verify!.run.source).toContain('grep -F -x -e {{addresses,}}');
});

test('panels name the mistakes of the redbook that they correct', () => {
  const told = ours
    .map(
      panel => `${panel.kind === 'text' ? panel.text : panel.kind === 'dialog' ? (panel.notes ?? []).join('\n') : ''}`,
    )
    .join('\n');
  for (const correction of [
    /cssO is css0/,
    /lost the underscore of other_addrs/,
    /lacks a comma, between '1' and 'tr2'/,
    /splstdata file is overwritten; the file that was changed is spadaptrs/,
    /cluster name must resolve to the host name\. It is the node name/,
    /administrator's password is asked for; its picture shows the master key/,
    /HOST is the host name of the node; the redbook calls it the name of the interface/,
    /Figure 12 shows en2 in this panel/,
    /writes YES in capitals/,
    /sets other_addrs without looking what is there/,
  ])
    expect(told).toMatch(correction);
});
