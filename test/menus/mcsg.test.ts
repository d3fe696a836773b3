/**
 * The panels of MC/ServiceGuard: what each one runs, to the letter. mcsg-mistakes.test.ts holds the mistakes of the source documents that
 * are not made, mcsg-rules.test.ts what the panels refuse and ask, mcsg-run.test.ts runs lists and commands against fixture programs.
 */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { besideOf, commandOf, complaintTexts, dialogOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const ours = [...shipped.panels.values()].filter(panel => panel.product === 'mcsg');

const conf = '/etc/cmcluster/cluster.ascii';
const pkg1 = '/etc/cmcluster/pkg1/pkg1.conf';
const pkg2 = '/etc/cmcluster/pkg2/pkg2.conf';
const cntl = '/etc/cmcluster/pkg1/pkg1.cntl';
const quiet = { verbose: 'no' };
const nodes = ['ftsys9', 'ftsys10'];

/** Where the configuration is: in the text of commands that need to know. */
const sgconf = 'test ! -r /etc/cmcluster.conf || . /etc/cmcluster.conf';
const directory = `"\${SGCONF:-/etc/cmcluster}"`;

/** Fast path, what is typed, and the command. */
const commands: [id: string, typed: Values, command: string][] = [
  // Status
  ['mcsg_status_page', {}, '{ cmviewcl -v -f line 2>/dev/null || cmviewcl -v; } | hasmit format cmviewcl'],
  ['mcsg_view', quiet, 'cmviewcl'],
  ['mcsg_view', {}, 'cmviewcl -v'],
  ['mcsg_view', { format: 'line' }, 'cmviewcl -v -f line'],
  ['mcsg_view', { format: 'line', config: 'the configuration' }, 'cmviewcl -v -f line -s config'],
  ['mcsg_view', { ...quiet, kind: 'package' }, 'cmviewcl -l package'],
  ['mcsg_view', { ...quiet, kind: 'node', release: 'A.11.16' }, 'cmviewcl -l node -r A.11.16'],
  ['mcsg_view', { cluster: 'example', nodes }, 'cmviewcl -v -c example -n ftsys9 -n ftsys10'],
  ['mcsg_view', { packages: ['pkg1', 'pkg2'] }, 'cmviewcl -v -p pkg1 -p pkg2'],
  ['mcsg_view', { sites: ['east', 'west'] }, 'cmviewcl -v -S east -S west'],
  ['mcsg_view_node', { node: 'ftsys9' }, 'cmviewcl -v -n ftsys9'],
  ['mcsg_view_package', { package: 'pkg1' }, 'cmviewcl -v -p pkg1'],
  ['mcsg_pkgenv', { package: 'pkg1' }, 'cmgetpkgenv pkg1'],
  [
    'mcsg_cmcld',
    {},
    "if ps -ef | grep '[c]mcld'; then echo 'cmcld runs here.'; else echo 'cmcld does not run here.'; fi",
  ],
  ['mcsg_viewconf', {}, 'cmviewconf'],
  ['mcsg_viewconf', { file: '/tmp/conf.txt' }, 'cmviewconf -o /tmp/conf.txt'],
  [
    'mcsg_status_save',
    { file: '/var/adm/status.line' },
    '( umask 077; set -C; cmviewcl -v -f line > /var/adm/status.line )',
  ],
  ['mcsg_eval', { input: '/var/adm/status.line' }, 'cmeval -v /var/adm/status.line'],
  ['mcsg_eval', { ...quiet, input: '/var/adm/s', output: '/var/adm/e' }, 'cmeval -o /var/adm/e /var/adm/s'],
  [
    'mcsg_version',
    {},
    "cmversion || swlist | grep -E 'T1905BA|T1905CA|B3935DA' || rpm -q --queryformat '%{version}\\n' serviceguard",
  ],
  [
    'mcsg_versions',
    { nodes },
    'for node in ftsys9 ftsys10; do echo "$node:"; cmexec "$node" cmversion || failed=1; done; test -z "$failed"',
  ],
  ['mcsg_license', {}, 'if test all = line; then cmgetlicense -vf line; else cmgetlicense -l all; fi'],
  [
    'mcsg_license',
    { format: 'lines' },
    'if test line = line; then cmgetlicense -vf line; else cmgetlicense -l all; fi',
  ],

  // Configuration of the cluster: query
  ['mcsg_query_machines', {}, 'cmquerycl -v'],
  ['mcsg_query_machines', quiet, 'cmquerycl'],
  ['mcsg_query_nodes', { nodes }, 'cmquerycl -v -l net -n ftsys9 -n ftsys10'],
  [
    'mcsg_query_nodes',
    { ...quiet, limit: 'volume groups', format: 'line', probe: 'full', nodes },
    'cmquerycl -f line -l lvm -w full -n ftsys9 -n ftsys10',
  ],
  ['mcsg_query_create', { file: conf, nodes }, `cmquerycl -v -C ${conf} -n ftsys9 -n ftsys10`],
  [
    'mcsg_query_create',
    { file: conf, nodes, quorum: 'lp-qs', quorum2: '10.1.1.9' },
    `cmquerycl -v -C ${conf} -q lp-qs 10.1.1.9 -n ftsys9 -n ftsys10`,
  ],
  [
    'mcsg_query_create',
    { ...{ file: conf, nodes, lun: '/dev/sdd1', probe: 'full' }, heartbeat: 'ipv6', family: 'any', nodisks: 'yes' },
    `cmquerycl -k -v -w full -h ipv6 -a any -C ${conf} -L /dev/sdd1 -n ftsys9 -n ftsys10`,
  ],
  [
    'mcsg_query_luns',
    { file: conf, node1: 'ftsys9', lun1: '/dev/dsk/c0t1d0', node2: 'ftsys10', lun2: '/dev/dsk/c4t1d0' },
    `cmquerycl -v -C ${conf} -n ftsys9 -L /dev/dsk/c0t1d0 -n ftsys10 -L /dev/dsk/c4t1d0`,
  ],
  [
    'mcsg_query_luns',
    {
      ...{ cluster: 'example', file: conf, node1: 'a', lun1: '/dev/sdd1', node2: 'b', lun2: '/dev/sde1' },
      ...{ node3: 'c', lun3: '/dev/sdf1', node4: 'd', lun4: '/dev/sdg1' },
    },
    `cmquerycl -v -c example -C ${conf} -n a -L /dev/sdd1 -n b -L /dev/sde1 -n c -L /dev/sdf1 -n d -L /dev/sdg1`,
  ],
  [
    'mcsg_query_extend',
    { cluster: 'example', file: '/etc/cmcluster/generic.ascii', nodes: [...nodes, 'ftsys11'] },
    'cmquerycl -v -c example -C /etc/cmcluster/generic.ascii -n ftsys9 -n ftsys10 -n ftsys11',
  ],

  // Get, save
  ['mcsg_get_cluster', { cluster: 'example' }, 'cmgetconf -c example'],
  ['mcsg_get_cluster', { cluster: 'example', file: conf }, `cmgetconf -c example ${conf}`],
  [
    'mcsg_get_cluster',
    { cluster: 'example', file: conf, novg: 'yes', verbosity: '2' },
    `cmgetconf -v 2 -K -c example ${conf}`,
  ],
  ['mcsg_get_package', { cluster: 'example', package: 'pkg1', file: pkg1 }, `cmgetconf -c example -p pkg1 ${pkg1}`],
  ['mcsg_get_packages', { cluster: 'example', directory: '/tmp/pkgs' }, 'cmgetconf -c example -P /tmp/pkgs'],
  [
    'mcsg_save',
    { cluster: 'example', directory: '/var/adm/save' },
    `${sgconf}\numask 077\nmkdir /var/adm/save /var/adm/save/packages &&\n` +
      'cmgetconf -c example /var/adm/save/cluster.ascii &&\ncmgetconf -c example -P /var/adm/save/packages &&\n' +
      `cd ${directory} && tar -cf /var/adm/save/cmcluster.tar . && ls -l /var/adm/save\n`,
  ],
  [
    'mcsg_serial_left',
    { cluster: 'example' },
    `conf=$(cmgetconf -c example) && if printf '%s\\n' "$conf" | grep '^[[:space:]]*SERIAL_DEVICE_FILE'; ` +
      "then echo 'These lines must go before the cluster has one node or three.'; false; " +
      "else echo 'No serial heartbeat is configured.'; fi",
  ],
  ['mcsg_edit', { file: conf }, `cp -p ${conf} ${conf}.$(date +%Y%m%d.%H%M%S) && \${EDITOR:-vi} ${conf}`],

  // Check, apply, delete, compare
  ['mcsg_check', { file: conf }, `cmcheckconf -v -C ${conf}`],
  ['mcsg_check', { packages: [pkg1] }, `cmcheckconf -v -P ${pkg1}`],
  ['mcsg_check', { ...quiet, reference: '/etc/cmcluster/all' }, 'cmcheckconf -p /etc/cmcluster/all'],
  ['mcsg_check', { file: conf, fewer: 'yes' }, `cmcheckconf -v -k -C ${conf}`],
  [
    'mcsg_check',
    { file: conf, none: 'yes', packages: [pkg1, pkg2] },
    `cmcheckconf -v -K -C ${conf} -P ${pkg1} -P ${pkg2}`,
  ],
  ['mcsg_check_running', {}, 'cmcheckconf -v'],
  ['mcsg_apply', { file: conf }, `cmapplyconf -f -v -C ${conf}`],
  ['mcsg_apply', { packages: [pkg1] }, `cmapplyconf -f -v -P ${pkg1}`],
  ['mcsg_apply', { file: conf, packages: [pkg1, pkg2] }, `cmapplyconf -f -v -C ${conf} -P ${pkg1} -P ${pkg2}`],
  ['mcsg_apply', { ...quiet, reference: '/etc/cmcluster/all' }, 'cmapplyconf -f -p /etc/cmcluster/all'],
  ['mcsg_delete_package', { packages: ['pkg1'] }, 'cmdeleteconf -f -v -p pkg1'],
  ['mcsg_delete_package', { ...quiet, packages: ['pkg1', 'pkg2'] }, 'cmdeleteconf -f -p pkg1 -p pkg2'],
  ['mcsg_delete_cluster', { cluster: 'example' }, 'cmdeleteconf -f -v -c example'],
  ['mcsg_deploy', { nodes, quorum: 'lp-qs' }, 'cmdeploycl -n ftsys9 -n ftsys10 -q lp-qs'],
  ['mcsg_deploy', { nodes, lun: '/dev/sdd1' }, 'cmdeploycl -n ftsys9 -n ftsys10 -L /dev/sdd1'],
  [
    'mcsg_compare',
    { file: cntl, nodes },
    `for node in ftsys9 ftsys10; do echo "$node:"; cmexec "$node" 'cksum '${cntl} || failed=1; done; test -z "$failed"`,
  ],
  ['mcsg_cmcompare', {}, 'man cmcompare'],

  // Run and halt: cluster and nodes
  ['mcsg_cluster_run', {}, 'cmruncl -v'],
  ['mcsg_cluster_run', { ...quiet, network: 'skip it' }, 'cmruncl -w none'],
  ['mcsg_cluster_run_some', { nodes, dead: 'yes' }, 'cmruncl -f -v -n ftsys9 -n ftsys10'],
  ['mcsg_cluster_run_some', { nodes: ['a'], network: 'skip it' }, 'cmruncl -f -v -n a -w none'],
  ['mcsg_cluster_halt', { cluster: 'example' }, 'cmhaltcl -f -v'],
  ['mcsg_cluster_halt', { cluster: 'example', force: 'no' }, 'cmhaltcl -v'],
  ['mcsg_cluster_halt', { cluster: 'example', force: 'no', detach: 'yes' }, 'cmhaltcl -d -v'],
  ['mcsg_node_run', { nodes: ['ftsys10'] }, 'cmrunnode -v ftsys10'],
  ['mcsg_node_run', { ...quiet, nodes, network: 'skip it' }, 'cmrunnode -w none ftsys9 ftsys10'],
  ['mcsg_node_halt', { nodes: ['ftsys10'] }, 'cmhaltnode -f -v ftsys10'],
  ['mcsg_node_halt', { ...quiet, nodes, force: 'no' }, 'cmhaltnode ftsys9 ftsys10'],
  ['mcsg_node_halt', { nodes: ['ftsys10'], force: 'no', detach: 'yes' }, 'cmhaltnode -d -v ftsys10'],

  // Run and halt: packages
  ['mcsg_pkg_run', { packages: ['pkg1'] }, 'cmrunpkg -v pkg1'],
  ['mcsg_pkg_run', { packages: ['pkg1'], nodes: ['ftsys10'] }, 'cmrunpkg -v -n ftsys10 pkg1'],
  ['mcsg_pkg_run', { ...quiet, packages: ['mn1'], all: 'yes' }, 'cmrunpkg -a mn1'],
  ['mcsg_pkg_run', { packages: ['mn1', 'mn2'], nodes }, 'cmrunpkg -v -n ftsys9 -n ftsys10 mn1 mn2'],
  ['mcsg_pkg_start', { package: 'pkg1', node: 'ftsys9' }, 'cmrunpkg -v -n ftsys9 pkg1 && cmmodpkg -v -e pkg1'],
  ['mcsg_pkg_halt', { packages: ['pkg1'] }, 'cmhaltpkg -v pkg1'],
  ['mcsg_pkg_halt', { packages: ['mn1', 'pkg1'], nodes: ['ftsys9'] }, 'cmhaltpkg -v -n ftsys9 mn1 pkg1'],
  [
    'mcsg_pkg_move',
    { package: 'pkg1', node: 'ftsys10' },
    'cmhaltpkg -v pkg1 && cmrunpkg -v -n ftsys10 pkg1 && cmmodpkg -v -e pkg1',
  ],
  [
    'mcsg_pkg_run_modules',
    { package: 'pkg1', node: 'ftsys9', module: 'sg/filesystem' },
    'cmrunpkg -v -m sg/filesystem -n ftsys9 pkg1',
  ],
  ['mcsg_pkg_run_modules', { package: 'pkg1', exclude: 'sg/services' }, 'cmrunpkg -v -e sg/services pkg1'],
  ['mcsg_pkg_halt_modules', { package: 'pkg1', node: 'ftsys9' }, 'cmhaltpkg -v -s -n ftsys9 pkg1'],

  // Hung reformation
  ['mcsg_hung_join', { node: 'ftsys10' }, 'cmrunnode -v ftsys10'],
  [
    'mcsg_hung_reboot',
    { node: 'ftsys9' },
    'cd / && if test "$(uname)" = HP-UX; then shutdown -r -y 0; else shutdown -r now; fi',
  ],
  [
    'mcsg_hung_kill',
    { node: 'ftsys9' },
    `pids=$(ps -e | awk '$NF == "cmcld" { print $1 }'); if test -n "$pids"; then kill $pids; ` +
      "else echo 'cmcld does not run here.'; false; fi",
  ],

  // Switching
  ['mcsg_switch_on', { packages: ['pkg1', 'pkg2'] }, 'cmmodpkg -e -v pkg1 pkg2'],
  ['mcsg_switch_off', { ...quiet, packages: ['pkg1'] }, 'cmmodpkg -d pkg1'],
  ['mcsg_switch_node_on', { package: 'pkg1', nodes }, 'cmmodpkg -e -n ftsys9 -n ftsys10 -v pkg1'],
  ['mcsg_switch_node_off', { package: 'pkg1', nodes: ['ftsys9'] }, 'cmmodpkg -d -n ftsys9 -v pkg1'],
  ['mcsg_restarts', { package: 'pkg1', service: 'service1' }, 'cmmodpkg -v -R -s service1 pkg1'],
  [
    'mcsg_restarts',
    { ...quiet, package: 'pkg1', service: 'service1', node: 'ftsys9' },
    'cmmodpkg -n ftsys9 -R -s service1 pkg1',
  ],
  ['mcsg_maintenance_on', { package: 'pkg1' }, 'cmmodpkg -v -m on pkg1'],
  ['mcsg_maintenance_on', { package: 'pkg1', node: 'ftsys9' }, 'cmmodpkg -v -m on -n ftsys9 pkg1'],
  ['mcsg_maintenance_off', { packages: ['pkg1'] }, 'cmmodpkg -v -m off pkg1'],

  // Package templates: modular
  ['mcsg_modules', {}, 'cmmakepkg -l'],
  ['mcsg_modules', { modules: ['sg/failover', 'sg/service'] }, 'cmmakepkg -l -m sg/failover -m sg/service'],
  ['mcsg_makepkg', { file: pkg1 }, `cmmakepkg -m sg/failover ${pkg1}`],
  [
    'mcsg_makepkg',
    {
      ...{ package: 'pkg1', input: pkg2, modules: ['sg/multi_node', 'sg/service'], verbosity: '2', file: pkg1 },
      ...{ module: 'site/app', template: '/root/app.template' },
    },
    `cmmakepkg -v 2 -n pkg1 -i ${pkg2} -m sg/multi_node -m sg/service -m site/app -t /root/app.template ${pkg1}`,
  ],
  [
    'mcsg_makepkg_upgrade',
    { old: pkg1, modules: ['sg/email'], file: '/tmp/new.conf' },
    `cmmakepkg -u ${pkg1} -m sg/email /tmp/new.conf`,
  ],
  ['mcsg_migratepkg', { package: 'pkg1', file: '/tmp/new.conf' }, 'cmmigratepkg -p pkg1 -o /tmp/new.conf'],
  [
    'mcsg_migratepkg',
    { package: 'pkg1', script: '/tmp/x.sh', environment: 'yes', start: 'yes', file: '/tmp/new.conf' },
    'cmmigratepkg -p pkg1 -x /tmp/x.sh -e -s -o /tmp/new.conf',
  ],

  // Package templates: legacy
  ['mcsg_pkg_dir', { package: 'pkg1' }, `${sgconf}; mkdir -p ${directory}/pkg1 && ls -ld ${directory}/pkg1`],
  ['mcsg_makepkg_conf', { file: pkg1 }, `cmmakepkg -p ${pkg1}`],
  ['mcsg_makepkg_conf', { file: pkg1, verbosity: '1' }, `cmmakepkg -v 1 -p ${pkg1}`],
  ['mcsg_makepkg_script', { file: cntl }, `cmmakepkg -s ${cntl} && chmod 755 ${cntl}`],
  [
    'mcsg_pkg_copy',
    { files: [pkg1, cntl], nodes: ['ftsys10', 'ftsys11'] },
    `for node in ftsys10 ftsys11; do\n  for file in ${pkg1} ${cntl}; do\n` +
      '    case $file in *.cntl) chmod 755 "$file" ;; esac\n    scp -p "$file" "$node:$file" || exit\n  done\ndone\n',
  ],
  ['mcsg_pkg_remove_files', { package: 'pkg1' }, `${sgconf}; rm -r ${directory}/pkg1`],

  // Volume groups
  ['mcsg_vg_show', {}, 'vgdisplay -v'],
  ['mcsg_vg_show', { vgs: ['vg01', '/dev/vg02'] }, 'vgdisplay -v vg01 /dev/vg02'],
  ['mcsg_vg_activate', { vg: 'vg01' }, 'vgchange -a e vg01'],
  ['mcsg_vg_activate', { vg: 'vglock', how: 'normal', alone: 'yes' }, 'vgchange -a y vglock'],
  ['mcsg_vg_activate', { vg: 'vg01', how: 'shared' }, 'vgchange -a s vg01'],
  ['mcsg_vg_activate', { vg: 'vg01', how: 'read only' }, 'vgchange -a r vg01'],
  ['mcsg_vg_deactivate', { vg: 'vglock' }, 'vgchange -a n vglock'],
  ['mcsg_vg_mark', { vg: 'vg01' }, 'vgchange -c y vg01'],
  ['mcsg_vg_unmark', { vg: 'vg01' }, 'vgchange -a n vg01 2>/dev/null; vgchange -c n vg01 && vgchange -a y vg01'],
  [
    'mcsg_vg_unmark_script',
    { script: cntl },
    `vgs=$(sed -n 's/^VG\\[[0-9][0-9]*\\]="\\{0,1\\}\\([^"#; ]*\\)"\\{0,1\\}.*/\\1/p' ${cntl})\n` +
      `test -n "$vgs" || { echo 'No volume group stands in that script.'; exit 1; }\n` +
      'for vg in $vgs; do\n  vgchange -a n "$vg" 2>/dev/null\n' +
      '  vgchange -c n "$vg" && vgchange -a y "$vg" || exit\ndone\n',
  ],
  ['mcsg_vg_backup', { vg: 'vg01' }, 'vgcfgbackup vg01'],
  [
    'mcsg_vg_map',
    { vg: 'vg01', directory: '/tmp', nodes: ['ftsys10', 'ftsys11'] },
    "vgdisplay -v vg01 | grep -i 'pv name' | awk '{ print $3 }' > /tmp/vg01.disks &&\n" +
      'vgexport -p -s -m /tmp/vg01.map vg01 || exit\nfor node in ftsys10 ftsys11; do\n' +
      '  scp -p /tmp/vg01.map /tmp/vg01.disks "$node":/tmp || exit\ndone\n',
  ],
  ['mcsg_vg_minors', {}, 'ls -l /dev/*/group'],
  [
    'mcsg_vg_import',
    { vg: 'vg01', minor: '05' },
    "if vgdisplay vg01 >/dev/null 2>&1; then echo 'The volume group is active on this node. Nothing was done.'; exit 1; fi\n" +
      "test -r /etc/lvmconf/vg01.map || { echo 'The map is not there. Write it on the first node.'; exit 1; }\n" +
      "if ls -l /dev/*/group 2>/dev/null | grep -v -F /vg01/group | grep -i ' 0x'05'0000 '; " +
      "then echo 'Another volume group has this number here. Nothing was done.'; exit 1; fi\n" +
      'if test -e /dev/vg01/group; then vgexport vg01 || exit; fi\n' +
      'mkdir -p /dev/vg01 && mknod /dev/vg01/group c 64 0x050000 && vgimport -s -m /etc/lvmconf/vg01.map vg01\n',
  ],
  [
    'mcsg_vg_look',
    { vg: 'vg01' },
    'vgchange -a r vg01 && { vgdisplay -v vg01; vgchange -a n vg01; } && vgcfgbackup vg01',
  ],

  // Logs
  ['mcsg_syslog', {}, "grep -E 'cm(cl|lvm|log|om|snmp|srv)[a-z]*d|CM-' /var/adm/syslog/syslog.log | tail -n 100"],
  ['mcsg_pkg_log', { file: `${cntl}.log`, lines: '20' }, `tail -n 20 ${cntl}.log`],
  ['mcsg_setlog_file', { file: '/var/adm/mcsg.log' }, 'cmsetlog -f /var/adm/mcsg.log'],
  ['mcsg_setlog_level', { level: '2' }, 'cmsetlog 2'],
  ['mcsg_setlog_reset', {}, 'cmsetlog -r'],
  ['mcsg_setlog_syslog', {}, 'cmsetlog -s'],
  ['mcsg_scancl', {}, 'cmscancl -s'],
  ['mcsg_scancl', { nodes: ['ftsys9'] }, 'cmscancl -n ftsys9 -s'],
  ['mcsg_scancl_file', { file: '/var/adm/scancl.out' }, '( umask 077; cmscancl -o /var/adm/scancl.out )'],
  ['mcsg_scancl_file', { nodes, file: '/x' }, '( umask 077; cmscancl -n ftsys9 -n ftsys10 -o /x )'],

  // Nodes and their files
  ['mcsg_copy', { files: [cntl], to: `ftsys10:${cntl}` }, `cmcp -v ${cntl} ftsys10:${cntl}`],
  [
    'mcsg_copy',
    { ...quiet, files: ['ftsys10:/etc/hosts', '/etc/services'], to: '/tmp/from', directories: 'yes' },
    'cmcp -r ftsys10:/etc/hosts /etc/services /tmp/from',
  ],
  [
    'mcsg_exec',
    { nodes, command: 'bdf /var' },
    `for node in ftsys9 ftsys10; do echo "$node:"; cmexec "$node" 'bdf /var' || failed=1; done; test -z "$failed"`,
  ],
  [
    'mcsg_autostart_show',
    {},
    `${sgconf}; grep '^[[:space:]]*AUTOSTART_CMCLD' "\${SGAUTOSTART:-/etc/rc.config.d/cmcluster}"`,
  ],
  ['mcsg_nodelist_show', {}, `${sgconf}; ls -l ${directory}/cmclnodelist && cat ${directory}/cmclnodelist`],
  ['mcsg_nodelist_mode', {}, 'chmod 600 /etc/cmcluster/cmclnodelist && ls -l /etc/cmcluster/cmclnodelist'],
  ['mcsg_serial_ports', {}, 'ioscan -funC tty'],
  ['mcsg_init_q', {}, 'init q'],
  [
    'mcsg_aside',
    { name: 'old.0711' },
    `${sgconf}\n` +
      "if ps -ef | grep '[c]mcld' >/dev/null; then echo 'cmcld runs here. Halt the cluster first.'; exit 1; fi\n" +
      `cd ${directory} && mkdir old.0711 || exit\nfor file in *; do\n` +
      '  if test -f "$file" && test "$file" != cmclnodelist; then mv "$file" old.0711/ || exit; fi\ndone\nls -l old.0711\n',
  ],

  // The release
  ['mcsg_release', { release: 'A.11.20.00' }, 'hasmit site mcsg_release=A.11.20.00'],
  ['mcsg_release', { release: '' }, "hasmit site mcsg_release=''"],
];

test.each(commands)('%s with %j is this command', (id, typed, command) => {
  const rendered = commandOf(shipped, id, typed);
  expect(rendered.text.trimEnd()).toBe(command.trimEnd());
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
});

/** Panels that edit a file: the verb and its arguments as they stand in the panel. */
const edits: [id: string, verb: string, args: Record<string, string>][] = [
  [
    'mcsg_lvmrc',
    'replace_line',
    { file: '/etc/lvmrc', match: '^[[:blank:]]*AUTO_VG_ACTIVATE=', line: 'AUTO_VG_ACTIVATE={{value}}' },
  ],
  [
    'mcsg_autostart',
    'replace_line',
    { file: '{{file}}', match: '^[[:blank:]]*AUTOSTART_CMCLD[[:blank:]]*=', line: 'AUTOSTART_CMCLD={{value}}' },
  ],
  ['mcsg_nodelist_add', 'ensure_line', { file: '{{file}}', line: '{{node}} {{user}}', create: 'yes' }],
  ['mcsg_nodelist_del', 'remove_line', { file: '{{file}}', line: '{{entry}}' }],
  [
    'mcsg_serial_getty',
    'comment_line',
    { file: '/etc/inittab', match: '^[^#].*getty.*[[:blank:]]{{line}}([[:blank:]]|$)' },
  ],
];

test.each(edits)('%s makes the edit %s', (id, verb, args) => {
  const [edit, ...more] = dialogOf(shipped, id).edits!;
  expect(more).toEqual([]);
  expect(edit!.verb).toBe(verb);
  expect(Object.fromEntries(Object.entries(edit!.args).map(([name, { source }]) => [name, source]))).toEqual(args);
});

test('every dialog of ServiceGuard stands in one of the two tables', () => {
  const dialogs = ours.filter(panel => panel.kind === 'dialog').map(panel => panel.id);
  const listed = new Set([...commands.map(([id]) => id), ...edits.map(([id]) => id)]);
  expect(dialogs.sort()).toEqual([...listed].sort());
});

/** Panels whose command runs on another host when one is named: by ssh, with the directories of ServiceGuard on PATH there. */
test('a panel that asks another node does it by ssh, and finds the commands there', () => {
  const { text } = commandOf(shipped, 'mcsg_pkg_log', { file: `${cntl}.log`, host: 'ftsys10' });
  expect(text).toMatch(/^ssh .*ftsys10 /);
  expect(text).toContain('/usr/local/cmcluster/bin');
  expect(text).toContain(`tail -n 100 ${cntl}.log`);
});

/** The preview: with -t where the release has it, else how it stands now. `cmruncl` is foretold without -w, which excludes -t. */
const previews: [id: string, typed: Values, foretold: string][] = [
  ['mcsg_cluster_run', { network: 'skip it' }, 'cmruncl -t'],
  ['mcsg_cluster_run_some', { nodes }, 'cmruncl -f -t -n ftsys9 -n ftsys10'],
  ['mcsg_node_run', { nodes }, 'cmrunnode -t ftsys9 ftsys10'],
  ['mcsg_node_halt', { nodes }, 'cmhaltnode -f -t ftsys9 ftsys10'],
  ['mcsg_pkg_run', { packages: ['pkg1'], nodes: ['ftsys9'] }, 'cmrunpkg -t -n ftsys9 pkg1'],
  ['mcsg_pkg_start', { package: 'pkg1', node: 'ftsys9' }, 'cmrunpkg -t -n ftsys9 pkg1'],
  ['mcsg_pkg_halt', { packages: ['pkg1'] }, 'cmhaltpkg -t pkg1'],
  ['mcsg_switch_on', { packages: ['pkg1'] }, 'cmmodpkg -e -t pkg1'],
  ['mcsg_switch_node_on', { package: 'pkg1', nodes }, 'cmmodpkg -e -t -n ftsys9 -n ftsys10 pkg1'],
];

test.each(previews)('%s with %j is foretold by a command that changes nothing', (id, typed, foretold) => {
  const { text } = besideOf(shipped, id, dialogOf(shipped, id).preview!, typed);
  expect(text).toContain(`*) ${foretold} | hasmit format cmpreview ;; esac`);
  expect(text).toMatch(
    /^case \$\(cmversion 2>\/dev\/null\) in '' \| A\.11\.0\* \| A\.11\.1\[0-8\]\*\) echo 'No preview/,
  );
});

test('a configuration is checked before it is applied, with the same files', () => {
  const apply = dialogOf(shipped, 'mcsg_apply');
  const typed = { file: conf, packages: [pkg1, pkg2], none: 'yes' };
  expect(besideOf(shipped, 'mcsg_apply', apply.preview!, typed).text).toBe(
    `cmcheckconf -K -C ${conf} -P ${pkg1} -P ${pkg2}`,
  );
  expect(commandOf(shipped, 'mcsg_apply', typed).text).toBe(`cmapplyconf -f -v -K -C ${conf} -P ${pkg1} -P ${pkg2}`);
});

test('the files of ServiceGuard have no mistakes', () => {
  expect(complaintTexts(shipped).filter(text => text.includes('menus/mcsg/'))).toEqual([]);
});

test('every command of the reference leads to a panel, and those that must not be offered to none', () => {
  const texts = ours.flatMap(panel => (panel.kind === 'dialog' && panel.run ? [panel.run.source] : []));
  const runs = (command: string) => texts.some(text => new RegExp(`(^|[^a-z])${command}([^a-z]|$)`).test(text));
  for (const command of [
    ...['cmquerycl', 'cmcheckconf', 'cmapplyconf', 'cmgetconf', 'cmdeleteconf', 'cmruncl', 'cmhaltcl', 'cmrunnode'],
    ...[
      'cmhaltnode',
      'cmrunpkg',
      'cmhaltpkg',
      'cmmodpkg',
      'cmmakepkg',
      'cmviewcl',
      'cmviewconf',
      'cmscancl',
      'cmsetlog',
    ],
    ...[
      'cmcp',
      'cmexec',
      'cmcompare',
      'cmeval',
      'cmgetpkgenv',
      'cmmigratepkg',
      'cmdeploycl',
      'cmversion',
      'cmgetlicense',
    ],
    ...['vgchange', 'vgexport', 'vgimport', 'vgdisplay', 'vgcfgbackup', 'mknod', 'ioscan', 'swlist'],
  ])
    expect([command, runs(command)]).toEqual([command, true]);
  for (const command of [
    'cmsetsafety',
    'cmdo',
    'cmviewevents',
    'cmrunserv',
    'cmhaltserv',
    'cmmodnet',
    'cmmodpg',
    'cmdisklock',
  ])
    expect([command, runs(command)]).toEqual([command, false]);
});

test('the menus have this order', () => {
  const tree = (id: string, text = '', indent = ''): string[] => {
    const panel = shipped.panels.get(id)!;
    const below = panel.kind === 'menu' ? panel.items.filter(item => item.panel) : [];
    return [
      `${indent}${text || panel.title}  ${id}`,
      ...below.flatMap(item => tree(item.panel!, item.text ?? '', `${indent}  `)),
    ];
  };
  expect(tree('mcsg').join('\n')).toMatchInlineSnapshot(`
    "MC/ServiceGuard  mcsg
      Show Status  mcsg_status
        Status of the Cluster  mcsg_status_page
        Show the Cluster as cmviewcl Does  mcsg_view
        Show a Node  mcsg_view_node
        Show a Package and Its Switches  mcsg_view_package
        Show the Variables of a Package  mcsg_pkgenv
        Does cmcld Run There?  mcsg_cmcld
        Show the Configuration (cmviewconf)  mcsg_viewconf
        Save the Status into a File  mcsg_status_save
        What Would Happen? (cmeval)  mcsg_eval
        Show the Release  mcsg_version
        Show the Release on Every Node  mcsg_versions
        Show the Licences (Linux)  mcsg_license
      Configure the Cluster  mcsg_cluster
        Query Nodes, Networks and Disks  mcsg_query
          Which Machines Run ServiceGuard?  mcsg_query_machines
          Show the Networks or Disks of Nodes  mcsg_query_nodes
          Query Nodes for a New Cluster  mcsg_query_create
          Query Two to Four Nodes with Lock LUNs  mcsg_query_luns
          Query Nodes for a Change of the Cluster  mcsg_query_extend
        Get the Configuration  mcsg_get
          Get the Cluster Configuration  mcsg_get_cluster
          Get the Configuration of a Package  mcsg_get_package
          Get the Configuration of All Packages  mcsg_get_packages
          Save the Whole Configuration  mcsg_save
          Is a Serial Heartbeat Configured?  mcsg_serial_left
        Edit a Configuration File  mcsg_edit
        Check a Configuration  mcsg_check
        Check the Running Configuration  mcsg_check_running
        Apply a Configuration  mcsg_apply
        Delete a Configuration  mcsg_delete
          Delete Packages from the Configuration  mcsg_delete_package
          Delete the Cluster  mcsg_delete_cluster
        Make a Cluster in One Go (cmdeploycl)  mcsg_deploy
        Is a File the Same on All Nodes?  mcsg_compare
        Manual Page of cmcompare  mcsg_cmcompare
      Run and Halt  mcsg_run
        Run the Cluster  mcsg_cluster_run
        Run the Cluster without All Nodes  mcsg_cluster_run_some
        Halt the Cluster  mcsg_cluster_halt
        Run Nodes  mcsg_node_run
        Halt Nodes  mcsg_node_halt
        Run Packages  mcsg_pkg_run
        Run a Package and Enable Switching  mcsg_pkg_start
        Halt Packages  mcsg_pkg_halt
        Move a Package to Another Node  mcsg_pkg_move
        Run a Part of a Package  mcsg_pkg_run_modules
        Halt the Part of a Package That Runs  mcsg_pkg_halt_modules
        Hung Reformation  mcsg_hung_menu
          Hung Reformation: What to Do  mcsg_hung
          First: Halt the Cluster  mcsg_cluster_halt
          Second: Run a Second Node  mcsg_hung_join
          Third: Reboot the Node  mcsg_hung_reboot
          Last: Kill cmcld  mcsg_hung_kill
      Switching of Packages  mcsg_switching
        Show a Package and Its Switches  mcsg_view_package
        Enable Switching of Packages  mcsg_switch_on
        Disable Switching of Packages  mcsg_switch_off
        Enable Nodes for a Package  mcsg_switch_node_on
        Disable Nodes for a Package  mcsg_switch_node_off
        Reset the Restart Counter of a Service  mcsg_restarts
        Put a Package into Maintenance  mcsg_maintenance_on
        Take a Package out of Maintenance  mcsg_maintenance_off
      Make and Remove Packages  mcsg_packages
        List the Modules of Packages  mcsg_modules
        Template of a Modular Package  mcsg_makepkg
        Bring a Modular Package up to Date  mcsg_makepkg_upgrade
        Make a Modular Package of a Legacy One  mcsg_migratepkg
        Make the Directory of a Package  mcsg_pkg_dir
        Template of a Legacy Package Configuration  mcsg_makepkg_conf
        Template of a Legacy Control Script  mcsg_makepkg_script
        Copy Package Files to Other Nodes  mcsg_pkg_copy
        Edit a Configuration File  mcsg_edit
        Check a Package  mcsg_check
        Apply a Package  mcsg_apply
        Run a Package and Enable Switching  mcsg_pkg_start
        Delete Packages from the Configuration  mcsg_delete_package
        Remove the Files of a Package  mcsg_pkg_remove_files
      Volume Groups (HP-UX)  mcsg_vg
        Show Volume Groups  mcsg_vg_show
        Activate a Volume Group  mcsg_vg_activate
        Deactivate a Volume Group  mcsg_vg_deactivate
        Mark a Volume Group for the Cluster  mcsg_vg_mark
        Take the Mark off a Volume Group  mcsg_vg_unmark
        Take the Mark off All Volume Groups of a Package  mcsg_vg_unmark_script
        Save the Layout of a Volume Group  mcsg_vg_backup
        When to Export and Import a Volume Group  mcsg_vg_when
        Write the Map of a Volume Group  mcsg_vg_map
        List the Numbers of Volume Groups  mcsg_vg_minors
        Import a Volume Group  mcsg_vg_import
        Look at an Imported Volume Group  mcsg_vg_look
        Activate Volume Groups at Boot or Not  mcsg_lvmrc
      Logs  mcsg_logging
        Show What ServiceGuard Wrote to syslog  mcsg_syslog
        Show the Log of a Package  mcsg_pkg_log
        Log into a File Too  mcsg_setlog_file
        Set How Much Is Logged  mcsg_setlog_level
        Set Logging Back to Level 0  mcsg_setlog_reset
        Log to syslog Alone  mcsg_setlog_syslog
        Show All Facts for Support (cmscancl)  mcsg_scancl
        Write All Facts for Support into a File  mcsg_scancl_file
      Nodes and Their Files  mcsg_nodes
        Copy a File from or to a Node (cmcp)  mcsg_copy
        Run a Command on Nodes (cmexec)  mcsg_exec
        Do Nodes Join at Boot?  mcsg_autostart_show
        Let a Node Join at Boot or Not  mcsg_autostart
        Show Who May Configure (cmclnodelist)  mcsg_nodelist_show
        Trust a Node (cmclnodelist)  mcsg_nodelist_add
        Trust a Node No More (cmclnodelist)  mcsg_nodelist_del
        Let Only Root Read the List (cmclnodelist)  mcsg_nodelist_mode
        List Serial Ports  mcsg_serial_ports
        Take getty off a Serial Line  mcsg_serial_getty
        Let init Read /etc/inittab  mcsg_init_q
        Put the Old Configuration Aside  mcsg_aside
      Symptoms, Cures and Rules  mcsg_facts
        Symptoms and Cures  mcsg_symptoms
        Why a Node Resets Itself (TOC)  mcsg_toc
        Hung Reformation: What to Do  mcsg_hung
        In Which Order a Package Starts  mcsg_start_order
        What the Scripts of a Package Return  mcsg_exit_codes
        Who May Do What  mcsg_auth
        Rules for a Rolling Upgrade  mcsg_rolling
        What Comes after What  mcsg_checklists
        When to Export and Import a Volume Group  mcsg_vg_when
        Serial Heartbeat  mcsg_serial
        What the Words of cmviewcl Mean  mcsg_words
        Commands That Have No Panel  mcsg_not_here
      ServiceGuard Release of This Site  mcsg_release"
  `);
});

test('panels for the commands and every page of facts can be found from the first menu', () => {
  const seen = new Set(['root']);
  for (const id of seen) {
    const panel = shipped.panels.get(id);
    if (panel?.kind === 'menu') for (const item of panel.items) if (item.panel) seen.add(item.panel);
  }
  expect(ours.map(panel => panel.id).filter(id => !seen.has(id))).toEqual([]);
});
