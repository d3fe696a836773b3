/** The panels of CSM: what each one runs, to the letter, and the mistakes X1 to X5 of the source that are not made. csm-run.test.ts runs them. */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { commandOf, complaintTexts, computedLines, dialogOf, failedChecks, readShipped, selectorOf } from './panels.ts';

const shipped = await readShipped();

/** Fast path, what is typed, and the command. The other values are the panel's own first values. */
const commands: [id: string, typed: Values, command: string][] = [
  // Cluster Attributes and Licence
  ['csm_config_show', {}, 'csmconfig'],
  ['csm_config_set', { attribute: 'AddUnrecognizedNodes', value: '1' }, 'csmconfig AddUnrecognizedNodes=1'],
  [
    'csm_heartbeat',
    { frequency: '12', sensitivity: '8' },
    'csmconfig HeartbeatFrequency=12 && csmconfig HeartbeatSensitivity=8',
  ],
  ['csm_license', {}, 'csmconfig -L'],
  ['csm_license', { keyfile: '/mnt/csmlum.full' }, 'csmconfig -L /mnt/csmlum.full'],
  ['csm_installms', { media: '/mnt/cdrom' }, 'cd /mnt/cdrom && ./installms'],

  // Nodes
  ['csm_node_list', {}, 'lsnode'],
  ['csm_node_list', { attributes: ['Hostname', 'Status'], nodes: ['n1', 'n2'] }, 'lsnode -a Hostname,Status n1 n2'],
  ['csm_node_show', { node: 'n1' }, 'lsnode -l n1'],
  ['csm_node_reach', {}, 'lsnode -p'],
  ['csm_node_reach', { nodes: ['n1', 'n2'] }, 'lsnode -p n1 n2'],
  ['csm_node_stanzas', {}, 'lsnode -F'],
  ['csm_node_stanzas', { nodes: ['n1', 'n2'] }, 'lsnode -F n1 n2'],
  ['csm_node_servers', {}, 'lsnode -a ManagementServer'],
  ['csm_node_define', { nodes: ['n1', 'n2'] }, 'definenode -n n1,n2'],
  [
    'csm_node_define',
    { nodes: ['n1'], attributes: ['InstallOSName=Linux', 'ConsoleMethod=conserver'], update: 'yes' },
    'definenode -n n1 -U InstallOSName=Linux ConsoleMethod=conserver',
  ],
  ['csm_node_define_file', { file: '/root/nodedef' }, 'definenode -f /root/nodedef'],
  ['csm_node_define_file', { file: '/root/nodedef', update: 'yes' }, 'definenode -f /root/nodedef -U'],
  [
    'csm_node_change',
    { nodes: ['n1', 'n2'], attribute: 'ConsoleMethod', value: 'conserver' },
    'chnode -n n1,n2 ConsoleMethod=conserver',
  ],
  ['csm_node_remove', { node: 'n1' }, 'rmnode n1'],

  // Groups of Nodes
  ['csm_group_list', {}, 'nodegrp'],
  ['csm_group_show', { group: 'g1' }, 'nodegrp g1'],
  ['csm_group_add', { group: 'g1', nodes: ['n1', 'n2'] }, 'nodegrp -a -n n1,n2 g1'],
  ['csm_group_take', { group: 'g1', nodes: ['n1', 'n2'] }, 'nodegrp -x -n n1,n2 g1'],
  ['csm_group_remove', { group: 'g1' }, 'nodegrp -D g1'],

  // Update Nodes
  ['csm_updatenode', { all: 'yes' }, 'updatenode -a'],
  ['csm_updatenode', { premanaged: 'yes' }, 'updatenode -P'],
  ['csm_updatenode', { groups: ['g1', 'g2'], what: 'files' }, 'updatenode -F -N g1,g2'],
  [
    'csm_updatenode',
    { nodes: ['n1', 'n2'], what: 'CSM packages', force: 'yes', test: 'yes', verbose: 'yes' },
    'updatenode -v -f -t -I n1 n2',
  ],
  ['csm_updatenode_keys', { all: 'yes' }, 'updatenode -a -k'],
  ['csm_updatenode_keys', { nodes: ['n1'] }, 'updatenode -k n1'],

  // Install Nodes
  ['csm_setup_ks', { all: 'yes', nocopy: 'yes' }, 'csmsetupks -a -x'],
  ['csm_setup_ks', { nodes: ['n1', 'n2'] }, 'csmsetupks -n n1,n2'],
  ['csm_setup_ks', { premanaged: 'yes' }, 'csmsetupks -P'],
  ['csm_setup_yast', { all: 'yes', nocopy: 'yes' }, 'csmsetupyast -a -x'],
  ['csm_setup_yast', { nodes: ['n3'] }, 'csmsetupyast -n n3'],
  ['csm_install_nodes', { nodes: ['n1', 'n2'] }, 'installnode -n n1,n2'],
  ['csm_install_group', { group: 'g1' }, 'installnode -N g1'],
  ['csm_install_premanaged', {}, 'installnode -P'],
  ['csm_install_watch', {}, 'monitorinstall'],
  ['csm_install_watch', { long: 'yes', nodes: ['n1', 'n2'] }, 'monitorinstall -l n1 n2'],

  // Files and Packages for Nodes
  ['csm_cfmupdate', { all: 'yes' }, 'cfmupdatenode -a'],
  ['csm_cfmupdate', { groups: ['g1'], file: '/etc/hosts', backup: 'yes' }, 'cfmupdatenode -N g1 -b -f /etc/hosts'],
  ['csm_cfmupdate', { nodes: ['n1'], query: 'yes' }, 'cfmupdatenode -q n1'],
  ['csm_cfm_put', { directory: '/etc', name: 'hosts' }, 'mkdir -p /cfmroot/etc && cp -p /etc/hosts /cfmroot/etc/hosts'],
  [
    'csm_cfm_put',
    { directory: '/etc', name: 'hosts', group: 'g1' },
    'mkdir -p /cfmroot/etc && cp -p /etc/hosts /cfmroot/etc/hosts._g1',
  ],
  ['csm_cfm_list', {}, 'find /cfmroot -type f -print'],
  ['csm_sms_update', { all: 'yes' }, 'smsupdatenode -a'],
  ['csm_sms_update', { nodes: ['n1', 'n2'] }, 'smsupdatenode n1 n2'],
  ['csm_sms_install', { packages: ['pkg.rpm'] }, 'smsupdatenode -a -i pkg.rpm'],
  ['csm_sms_erase', { packages: ['pkg.rpm'] }, 'smsupdatenode -a -e pkg.rpm'],
  ['csm_sms_erase', { packages: ['pkg.rpm'], nodeps: 'yes' }, 'smsupdatenode -a -e --nodeps pkg.rpm'],

  // Commands on Nodes
  ['csm_dsh_run', { command: 'uptime; date', all: 'yes' }, "dsh -v -z -a 'uptime; date'"],
  [
    'csm_dsh_run',
    { command: 'date', nodes: ['n1', 'n2'], alive: 'no', status: 'no', user: 'root', fanout: '16' },
    'dsh -n n1,n2 -l root -f 16 date',
  ],
  ['csm_dsh_run', { command: 'date', groups: ['g1'] }, 'dsh -v -z -N g1 date'],
  [
    'csm_dsh_collapse',
    { command: 'rpm -q kernel', all: 'yes' },
    'said=$(dsh -v -z -a \'rpm -q kernel\')\nstatus=$?\nprintf "%s\\n" "$said" | dshbak -c\nexit "$status"',
  ],
  ['csm_dsh_date', {}, 'dsh -a -v date'],

  // Consoles
  ['csm_console_open', { node: 'n1' }, 'rconsole -t -n n1'],
  ['csm_console_open', { node: 'n1', force: 'yes' }, 'rconsole -t -f -n n1'],
  ['csm_console_watch', { node: 'n1' }, 'rconsole -t -r -n n1'],
  ['csm_console_master', {}, 'grep -n master /etc/opt/conserver/conserver.cf'],
  ['csm_console_config', {}, 'chrconsolecfg -a'],
  ['csm_console_refresh', {}, 'rconsolerefresh -r'],

  // Status and Monitoring
  ['csm_stat', {}, 'csmstat'],
  ['csm_stat', { nodes: ['n1', 'n2'], groups: ['g1'], delimiter: '|' }, "csmstat -d '|' -n n1,n2 -N g1"],
  ['csm_status_rsct', {}, 'lsrsrc -x -d IBM.ManagedNode Hostname Status'],
  ['csm_lscondition', {}, 'lscondition'],
  ['csm_lscondition', { which: 'with errors', condition: 'NodeReachability' }, 'lscondition -e NodeReachability'],
  ['csm_lscondresp', {}, 'lscondresp'],
  ['csm_lscondresp', { active: 'yes', condition: 'NodeReachability' }, 'lscondresp -a NodeReachability'],
  ['csm_lsrsrc', {}, 'lsrsrc'],
  [
    'csm_lsrsrc',
    { selection: 'Status=1', class_name: 'IBM.ManagedNode', attributes: ['Hostname', 'Status'] },
    'lsrsrc -s Status=1 IBM.ManagedNode Hostname Status',
  ],
  ['csm_startcondresp', { condition: 'NodeReachability' }, 'startcondresp NodeReachability'],
  [
    'csm_startcondresp',
    { condition: 'NodeReachability', responses: ['E-mail root', 'LogOnly'] },
    "startcondresp NodeReachability 'E-mail root' LogOnly",
  ],
  ['csm_stopcondresp', { condition: 'NodeReachability' }, 'stopcondresp NodeReachability'],
  [
    'csm_stopcondresp',
    { condition: 'NodeReachability', responses: ['E-mail root', 'LogOnly'] },
    "stopcondresp NodeReachability 'E-mail root' LogOnly",
  ],

  // Power of Nodes
  ['csm_power_query', { nodes: ['n1', 'n2'] }, 'rpower -n n1,n2 query'],
  ['csm_power_on', { nodes: ['n1', 'n2'] }, 'rpower -n n1,n2 on'],
  ['csm_power_off', { nodes: ['n1', 'n2'] }, 'rpower -n n1,n2 off'],
  ['csm_power_reboot', { nodes: ['n1', 'n2'] }, 'rpower -n n1,n2 reboot'],

  // Management Server: Backup, Failover, Patch
  ['csm_backup', {}, 'csmbackup'],
  ['csm_backup', { directory: '/var/csm' }, 'csmbackup -d /var/csm'],
  [
    'csm_backup_tar',
    {},
    'umask 077\nfile=/root/csmbackup-$(date +%Y%m%d-%H%M%S).tar.gz\ntar -Pzcf "$file" /cfmroot /csminstall /var/opt/csm/csmdata && cksum <"$file" >"$file".cksum && ls -l "$file" "$file".cksum',
  ],
  [
    'csm_backup_tar',
    { csminstall: 'no' },
    'umask 077\nfile=/root/csmbackup-$(date +%Y%m%d-%H%M%S).tar.gz\ntar -Pzcf "$file" /cfmroot /var/opt/csm/csmdata && cksum <"$file" >"$file".cksum && ls -l "$file" "$file".cksum',
  ],
  ['csm_backup_list', {}, "ls -lt /root/ | awk '$NF ~ /^csmbackup-.*[.]tar[.]gz$/'"],
  [
    'csm_backup_check',
    { backup: 'csmbackup-20261120-180000.tar.gz' },
    'ls -l /root/csmbackup-20261120-180000.tar.gz && test "$(cksum </root/csmbackup-20261120-180000.tar.gz)" = "$(cat /root/csmbackup-20261120-180000.tar.gz.cksum)" && tar -Ptzf /root/csmbackup-20261120-180000.tar.gz >/dev/null && echo "The backup is good."',
  ],
  [
    'csm_backup_copy',
    { backup: 'csmbackup-20261120-180000.tar.gz', host: 'msb' },
    'scp -p /root/csmbackup-20261120-180000.tar.gz /root/csmbackup-20261120-180000.tar.gz.cksum root@msb:/root/',
  ],
  [
    'csm_backup_remove',
    { backup: 'csmbackup-20261120-180000.tar.gz' },
    'rm -f /root/csmbackup-20261120-180000.tar.gz /root/csmbackup-20261120-180000.tar.gz.cksum',
  ],
  [
    'csm_unpack',
    { backup: 'csmbackup-20261120-180000.tar.gz' },
    'test "$(cksum </root/csmbackup-20261120-180000.tar.gz)" = "$(cat /root/csmbackup-20261120-180000.tar.gz.cksum)" || { echo "The checksum does not agree. Nothing was unpacked."; exit 1; }\ntar -C / -Pzxf /root/csmbackup-20261120-180000.tar.gz',
  ],
  ['csm_restore', { old: 'msa' }, 'csmrestore'],
  ['csm_version', {}, 'rpm -q csm.server'],
  ['csm_mgmtsvr_look', {}, "grep -n '@::MSIPsPs' /opt/csm/bin/mgmtsvr"],
  [
    'csm_mgmtsvr_patch',
    {},
    'file=/opt/csm/bin/mgmtsvr\ncount=$(awk \'{n += gsub(/@::MSIPsPs/, "")} END {print n + 0}\' "$file") || exit 1\ntest "$count" = 1 || { echo "@::MSIPsPs stands there $count times, not once. Nothing was changed."; exit 1; }\ntest ! -e "$file".orig || { echo "$file.orig is there already. Nothing was changed."; exit 1; }\ncp -p "$file" "$file".orig && cp -p "$file" "$file".new && sed \'s/@::MSIPsPs/@::MSIPs/\' "$file".orig >"$file".new &&\nperl -c "$file".new && mv "$file".new "$file" || { rm -f "$file".new "$file".orig; echo "Nothing was changed."; exit 1; }',
  ],
  ['csm_mgmtsvr_share', {}, 'mkdir -p /cfmroot/opt/csm/bin && cp -p /opt/csm/bin/mgmtsvr /cfmroot/opt/csm/bin/mgmtsvr'],
];

test.each(commands)('%s with %o', (id, typed, text) => {
  const command = commandOf(shipped, id, typed);
  expect([command.text, command.missing, command.problem]).toEqual([text, [], undefined]);
  expect(failedChecks(shipped, id, typed)).toEqual([]);
});

const panels = [...shipped.panels.values()].filter(panel => panel.product === 'csm');

test('every dialog stands in the table', () => {
  const told = new Set(commands.map(([id]) => id));
  expect(panels.filter(panel => panel.kind === 'dialog' && !told.has(panel.id)).map(panel => panel.id)).toEqual([]);
});

test('the panels have no complaints', () => {
  expect(complaintTexts(shipped).filter(text => text.includes('menus/csm/'))).toEqual([]);
});

/** Every command of reference 3.1 and 3.2. */
const reference = [
  'csmconfig',
  'csmconfig -L',
  'csmbackup',
  'csmrestore',
  'updatenode',
  'installnode',
  'csmsetupks',
  'csmsetupyast',
  'monitorinstall',
  'definenode',
  'lsnode',
  'lsnode -p',
  'lsnode -a ManagementServer',
  'chnode',
  'rmnode',
  'nodegrp',
  'dsh',
  'cfmupdatenode',
  'smsupdatenode',
  'csmstat',
  'rpower',
  'rconsole -t',
  'chrconsolecfg -a',
  'rconsolerefresh -r',
  'lscondition',
  'lscondresp',
  'lsrsrc',
  'startcondresp',
  'stopcondresp',
  'rpm -q csm.server',
];

test.each(reference)('%s of the reference is reached by a fast path', words => {
  expect(commands.filter(([, , text]) => `${text} `.startsWith(`${words} `)).map(([id]) => id)).not.toEqual([]);
});

test('installms of the reference is reached by a fast path', () => {
  expect(commandOf(shipped, 'csm_installms', { media: '/mnt/my cd' }).text).toBe("cd '/mnt/my cd' && ./installms");
});

const ways: [id: string, rest: Values, ways: Values[]][] = [
  ['csm_updatenode', {}, [{ all: 'yes' }, { premanaged: 'yes' }, { groups: ['g'] }, { nodes: ['n'] }]],
  ['csm_updatenode_keys', {}, [{ all: 'yes' }, { premanaged: 'yes' }, { groups: ['g'] }, { nodes: ['n'] }]],
  ['csm_setup_ks', {}, [{ all: 'yes' }, { premanaged: 'yes' }, { nodes: ['n'] }]],
  ['csm_setup_yast', {}, [{ all: 'yes' }, { premanaged: 'yes' }, { nodes: ['n'] }]],
  ['csm_cfmupdate', {}, [{ all: 'yes' }, { groups: ['g'] }, { nodes: ['n'] }]],
  ['csm_sms_update', {}, [{ all: 'yes' }, { nodes: ['n'] }]],
  ['csm_dsh_run', { command: 'date' }, [{ all: 'yes' }, { groups: ['g'] }, { nodes: ['n'] }]],
  ['csm_dsh_collapse', { command: 'date' }, [{ all: 'yes' }, { groups: ['g'] }, { nodes: ['n'] }]],
];

test.each(ways)('%s wants its nodes named in exactly one way', (id, rest, choices) => {
  const says = (typed: Values) => failedChecks(shipped, id, { ...rest, ...typed }).join();
  expect(says({})).toMatch(/in exactly one way/);
  for (const [index, one] of choices.entries()) {
    expect([one, says(one)]).toEqual([one, '']);
    const two = { ...one, ...choices[(index + 1) % choices.length] };
    expect([two, says(two)]).toEqual([two, expect.stringMatching(/in exactly one way/)]);
  }
});

test('a dead node is shown as down after interval times count', () => {
  const found = { frequency: '12', sensitivity: '8' };
  expect(computedLines(shipped, 'csm_heartbeat', {}, found)).toEqual([
    'A dead node is shown as down after: 96 seconds or more',
  ]);
  // Both are sent, changed or not.
  expect(commandOf(shipped, 'csm_heartbeat', { frequency: '5' }, found).text).toBe(
    'csmconfig HeartbeatFrequency=5 && csmconfig HeartbeatSensitivity=8',
  );
});

test('what installs, erases, switches off or replaces wants the name typed', () => {
  const typed = panels.filter(panel => panel.kind === 'dialog' && panel.confirm?.level === 'type');
  expect(typed.map(panel => panel.id).sort()).toEqual([
    'csm_backup_remove',
    'csm_group_remove',
    'csm_install_group',
    'csm_install_nodes',
    'csm_install_premanaged',
    'csm_node_remove',
    'csm_power_off',
    'csm_power_reboot',
    'csm_restore',
    'csm_sms_erase',
    'csm_unpack',
  ]);
});

test('what asks on the terminal gets the terminal', () => {
  const interactive = panels.filter(panel => panel.kind === 'dialog' && panel.mode === 'interactive');
  expect(interactive.map(panel => panel.id).sort()).toEqual([
    'csm_console_open',
    'csm_console_watch',
    'csm_installms',
    'csm_license',
    'csm_restore',
    'csm_setup_ks',
    'csm_setup_yast',
    'csm_updatenode_keys',
  ]);
});

test('a selection of RSCT needs a class', () => {
  expect(failedChecks(shipped, 'csm_lsrsrc', { selection: 'Status=1' })).toEqual([
    'A selection and attributes need a class.',
  ]);
});

test('nothing that is typed can become an option of a command', () => {
  // What stands alone as a word must not begin with a dash; what follows an option, or is glued to a word, may.
  const loose = panels.flatMap(panel => {
    if (panel.kind !== 'dialog') return [];
    const text = panel.run?.source ?? '';
    return panel.fields
      .filter(field => new RegExp(`(?<!(?:^| )--?\\w+ )(?<=^| )\\{\\{${field.name}[*,]?\\}\\}(?= |$)`).test(text))
      .filter(field => !field.show && !['choice', 'yesno'].includes(field.type))
      .filter(field => checkValue(field, field.multiple ? ['-x=y'] : '-x=y') === undefined)
      .map(field => `${panel.id}.${field.name}`);
  });
  expect(loose).toEqual([]);
});

test('fields refuse what CSM would take for something else', () => {
  const says = (id: string, name: string, value: string | string[]) =>
    checkValue(dialogOf(shipped, id).fields.find(field => field.name === name)!, value);
  expect(says('csm_config_set', 'attribute', 'HAMode')).toBeUndefined();
  expect(says('csm_config_set', 'attribute', '-L')).toMatch(/letters only/);
  expect(says('csm_node_define', 'attributes', ['InstallOSName Linux'])).toMatch(/NAME=VALUE/);
  expect(says('csm_unpack', 'backup', '../other.tar.gz')).toMatch(/ends in \.tar\.gz/);
  expect(says('csm_backup_copy', 'to', '/root/$(date)')).toMatch(/letters, digits/);
});

// Mistakes of the source that are not made

test('X1: the archive is packed with -P and unpacked with -P below /', () => {
  expect(commandOf(shipped, 'csm_backup_tar').text).toContain('tar -Pzcf ');
  expect(commandOf(shipped, 'csm_unpack', { backup: 'csmbackup-1.tar.gz' }).text).toContain('tar -C / -Pzxf ');
});

test('X2: nodes boot from /tftpboot', () => {
  for (const id of ['csm_setup_ks', 'csm_setup_yast']) {
    const { verify, notes } = dialogOf(shipped, id);
    expect(verify?.run.source).toBe('test -d /tftpboot');
    expect(notes?.join()).toMatch(/calls the directory \/tftproot; nodes boot from \/tftpboot/);
  }
  const templates = panels.flatMap(panel =>
    panel.kind === 'dialog' ? [panel.run?.source, panel.preview?.source] : [],
  );
  expect(templates.filter(text => text?.includes('tftproot'))).toEqual([]);
});

test('X3: the directory below /cfmroot is made before something is copied into it', () => {
  expect(commandOf(shipped, 'csm_mgmtsvr_share').text).toMatch(/^mkdir -p \/cfmroot\/opt\/csm\/bin && cp -p /);
  expect(commandOf(shipped, 'csm_cfm_put', { directory: '/etc', name: 'hosts' }).text).toMatch(
    /^mkdir -p \/cfmroot\/etc && cp -p /,
  );
});

test('X4: panels name each other by title and not by the number of a step, and nothing is misspelt', () => {
  const said = JSON.stringify(panels.map(({ place: _place, ...panel }) => panel));
  expect(said).not.toMatch(/Prividege/i);
  const conditions = panels.find(panel => panel.id === 'csm_conditions');
  expect(JSON.stringify(conditions)).not.toMatch(/\bstep \d/i);
  expect(JSON.stringify(conditions)).toMatch(/least privilege/);
  const share = dialogOf(shipped, 'csm_mgmtsvr_share');
  expect(share.help).toMatch(/whenever they are installed or updated/);
});

test('X5: the archive is for its owner only, not in a place that all may write, and is removed after it was copied', () => {
  const text = commandOf(shipped, 'csm_backup_tar').text;
  expect(text).toMatch(/^umask 077\n/);
  expect(text).not.toContain('/tmp');
  for (const directory of ['/tmp', '/tmp/x', '/var/tmp'])
    expect(failedChecks(shipped, 'csm_backup_tar', { directory }).join()).toMatch(/Everybody may write there/);
  expect(commandOf(shipped, 'csm_backup_remove', { backup: 'csmbackup-1.tar.gz' }).text).toBe(
    'rm -f /root/csmbackup-1.tar.gz /root/csmbackup-1.tar.gz.cksum',
  );
});

test('mgmtsvr of another release than 1.4 is not patched', () => {
  const says = (version: string) => failedChecks(shipped, 'csm_mgmtsvr_patch', {}, version ? { version } : {});
  expect([says('1.4.1.12'), says('1.4.0.0'), says('')]).toEqual([[], [], []]);
  expect(says('1.5.1.0')).toEqual(['Only CSM 1.4 has the mistake.']);
});

test('Kickstart and AutoYaST are told apart, and what cannot be told leads to a page', () => {
  expect(selectorOf(shipped, 'csm_setup').next).toMatchObject({
    map: { redhat: 'csm_setup_ks', sles: 'csm_setup_yast', '*': 'csm_setup_unknown' },
  });
});
