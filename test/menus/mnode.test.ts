/** The panels of the management node and of the site: what each one runs, to the letter. mnode-real.test.ts runs them. */
import { expect, test } from 'vitest';
import { fillEdits } from '../../src/command/edits.ts';
import { startFindings } from '../../src/command/fill.ts';
import type { Values } from '../../src/panel/types.ts';
import { besideOf, commandOf, dialogOf, failedChecks, inputOf, readShipped, selectorOf } from './panels.ts';

const shipped = await readShipped();

/** A site as the site panel keeps it. */
const site: Values = {
  virtual_ip: '9.114.47.97',
  netmask: '255.255.255.192',
  prefix: '26',
  interface: 'eth0',
  primary: 'mn1',
  standby: 'mn2',
};

/** Fast path, what is typed, and the command. The other values come from the site or are the panel's own first values. */
const commands: [id: string, typed: Values, command: string][] = [
  // Virtual IP address
  ['mnode_vip_show', {}, 'ip -4 addr show'],
  ['mnode_vip_show', { interface: 'eth0' }, 'ip -4 addr show dev eth0'],
  ['mnode_vip_ping', {}, 'ping -c 3 -w 10 9.114.47.97'],
  ['mnode_vip_ping', { address: 'mn2', count: '1', seconds: '2' }, 'ping -c 1 -w 2 mn2'],
  ['mnode_vip_add', {}, 'ip addr add 9.114.47.97/26 dev eth0 label eth0:0'],
  [
    'mnode_vip_add',
    { interface: 'bond0', address: '192.0.2.7', prefix: '24', alias: '12' },
    'ip addr add 192.0.2.7/24 dev bond0 label bond0:12',
  ],
  ['mnode_vip_announce', {}, 'arping -U -c 3 -I eth0 9.114.47.97'],
  ['mnode_vip_del', { address: '9.114.47.97', interface: 'eth0', prefix: '26' }, 'ip addr del 9.114.47.97/26 dev eth0'],
  ['mnode_vip_ifconfig_add', {}, 'ifconfig eth0:0 9.114.47.97 netmask 255.255.255.192'],
  ['mnode_vip_ifconfig_del', { alias: 'eth0:0' }, 'ifconfig eth0:0 down'],

  // File systems
  ['mnode_fs_list', {}, 'findmnt'],
  ['mnode_fs_list', { mount_point: '/install' }, 'findmnt /install'],
  ['mnode_fs_df', {}, 'df -hPT'],
  ['mnode_fs_df', { directories: ['/install', '/mnt/my data'] }, "df -hPT /install '/mnt/my data'"],
  ['mnode_fs_mount_fstab', { mount_point: '/install' }, 'mount /install'],
  ['mnode_fs_mount', { device: '/dev/sdc1', mount_point: '/etc/xcat' }, 'mount /dev/sdc1 /etc/xcat'],
  [
    'mnode_fs_mount',
    { device: 'nas1:/vol/install', mount_point: '/install', fstype: 'nfs', options: ['ro', 'soft'] },
    'mount -t nfs -o ro,soft nas1:/vol/install /install',
  ],
  ['mnode_fs_umount', { mount_point: '/install' }, 'umount /install'],
  ['mnode_fs_umount', { mount_point: '/install', lazy: 'yes', force: 'yes' }, 'umount -l -f /install'],
  ['mnode_fs_busy', { mount_point: '/install' }, 'fuser -vm /install'],
  ['mnode_fs_lsof', { mount_point: '/install' }, 'lsof +f -- /install'],

  // Services
  ['mnode_service_list_systemd', {}, 'systemctl list-units --type=service --all --no-pager --full'],
  [
    'mnode_service_list_systemd',
    { state: 'failed' },
    'systemctl list-units --type=service --all --no-pager --full --state=failed',
  ],
  ['mnode_service_list_sysv', {}, 'service --status-all'],
  ['mnode_service_show_systemd', { service: 'xcatd' }, 'systemctl status --no-pager --full xcatd'],
  ['mnode_service_show_sysv', { service: 'xcatd' }, 'service xcatd status'],
  ['mnode_service_start_systemd', { service: 'xcatd' }, 'systemctl start xcatd'],
  ['mnode_service_start_sysv', { service: 'xcatd' }, 'service xcatd start'],
  ['mnode_service_stop_systemd', { service: 'xcatd' }, 'systemctl stop xcatd'],
  ['mnode_service_stop_sysv', { service: 'xcatd' }, 'service xcatd stop'],
  ['mnode_service_restart_systemd', { service: 'xcatd' }, 'systemctl restart xcatd'],
  ['mnode_service_restart_sysv', { service: 'xcatd' }, 'service xcatd restart'],
  ['mnode_service_enable_systemd', { service: 'xcatd' }, 'systemctl enable xcatd'],
  ['mnode_service_enable_systemd', { service: 'xcatd', now: 'yes' }, 'systemctl enable --now xcatd'],
  ['mnode_service_enable_chkconfig', { service: 'xcatd' }, 'chkconfig --level 345 xcatd on'],
  ['mnode_service_enable_updaterc', { service: 'xcatd' }, 'update-rc.d xcatd enable'],
  ['mnode_service_disable_systemd', { service: 'xcatd', now: 'yes' }, 'systemctl disable --now xcatd'],
  ['mnode_service_disable_chkconfig', { service: 'dhcpd', levels: '2345' }, 'chkconfig --level 2345 dhcpd off'],
  ['mnode_service_disable_updaterc', { service: 'xcatd' }, 'update-rc.d xcatd disable'],

  // Name resolution
  ['mnode_names_show', {}, "cat /etc/resolv.conf && grep '^hosts:' /etc/nsswitch.conf"],
  ['mnode_names_lookup', {}, 'getent hosts mn2'],
  ['mnode_names_lookup', { hosts: ['mn1', 'mn2', '10.0.0.1'] }, 'getent hosts mn1 mn2 10.0.0.1'],
  ['mnode_hosts_show', {}, 'cat /etc/hosts'],

  // Crontabs
  ['mnode_cron_list', {}, 'crontab -l -u root'],
  ['mnode_cron_list', { user: 'postgres' }, 'crontab -l -u postgres'],
  ['mnode_cron_remove', { user: 'postgres' }, 'crontab -l -u postgres && crontab -r -u postgres'],

  // Copies
  ['mnode_sync_check', { files: ['/etc/hosts'] }, 'rsync -azsR --no-implied-dirs -n -i -- /etc/hosts mn2:/'],
  [
    'mnode_sync_copy',
    { files: ['/etc/hosts', '/srv/with blank'], host: 'other', links: 'yes', delete: 'yes' },
    "rsync -azsR --no-implied-dirs -i -L --delete -- /etc/hosts '/srv/with blank' other:/",
  ],

  // Trust
  ['mnode_ssh_test', {}, 'ssh -o BatchMode=yes -o ConnectTimeout=10 root@mn2 hostname'],
  [
    'mnode_ssh_keygen',
    {},
    `mkdir -p -m 700 "$HOME"/.ssh && ssh-keygen -q -t rsa -b 4096 -N '' -f "$HOME"/.ssh/id_rsa </dev/null`,
  ],
  [
    'mnode_ssh_keygen',
    { algorithm: 'ed25519', comment: 'root on mn1' },
    `mkdir -p -m 700 "$HOME"/.ssh && ssh-keygen -q -t ed25519 -C 'root on mn1' -N '' -f "$HOME"/.ssh/id_ed25519 </dev/null`,
  ],
  [
    'mnode_ssh_key_show',
    { key: '/root/.ssh/id_rsa.pub' },
    'cat -- /root/.ssh/id_rsa.pub && ssh-keygen -l -f /root/.ssh/id_rsa.pub',
  ],
  ['mnode_ssh_copy_id', { key: '/root/.ssh/id_rsa.pub' }, 'ssh-copy-id -i /root/.ssh/id_rsa.pub root@mn2'],
  [
    'mnode_ssh_append',
    { key: '/root/.ssh/id_rsa.pub', user: 'xcatdb', host: 'mn1' },
    `ssh xcatdb@mn1 'umask 077; mkdir -p .ssh; IFS= read -r key; touch .ssh/authorized_keys; grep -qxF "$key" .ssh/authorized_keys || printf "%s\\n" "$key" >>.ssh/authorized_keys' </root/.ssh/id_rsa.pub`,
  ],
  ['mnode_ssh_forget', { host: 'mn2' }, 'ssh-keygen -R mn2'],
  ['mnode_ssh_forget', { host: '[mn2]:2222' }, "ssh-keygen -R '[mn2]:2222'"],

  // NFS exports
  ['mnode_nfs_show', {}, 'exportfs -v'],
  ['mnode_nfs_export_all', {}, 'exportfs -r -a -v'],
  ['mnode_nfs_unexport', { directory: '/install', client: '10.0.0.0/24' }, 'exportfs -v -u 10.0.0.0/24:/install'],
  ['mnode_nfs_unexport', { directory: '/install', client: '*' }, "exportfs -v -u '*':/install"],
  ['mnode_nfs_unexport_all', {}, 'exportfs -ua'],
  ['mnode_exports_show', {}, 'cat /etc/exports'],

  // The site
  [
    'site',
    { prefix: '27', database: 'db2', shared_dirs: ['/etc/xcat', '/install'] },
    'hasmit site virtual_ip=9.114.47.97 netmask=255.255.255.192 prefix=27 interface=eth0 ' +
      "hosts='' primary=mn1 standby=mn2 domain='' " +
      "database=db2 database_dir='' shared_dirs=/etc/xcat,/install backup_dir='' engine=''",
  ],
];

test.each(commands)('%s with %j is this command', (id, typed, command) => {
  const rendered = commandOf(shipped, id, typed, {}, site);
  expect(rendered.text).toBe(command);
  expect(rendered.missing).toEqual([]);
  expect(rendered.problem).toBeUndefined();
});

/** Fast path, what is typed, and the edits: verb and arguments, as they are carried out and foretold. */
const edits: [id: string, typed: Values, edits: [verb: string, args: Record<string, string>][]][] = [
  [
    'mnode_nameserver_first',
    {},
    [['ensure_line', { file: '/etc/resolv.conf', line: 'nameserver 9.114.47.97', before: '^[[:blank:]]*nameserver' }]],
  ],
  [
    'mnode_nameserver_add',
    { address: '9.114.47.103' },
    [['ensure_line', { file: '/etc/resolv.conf', line: 'nameserver 9.114.47.103' }]],
  ],
  [
    'mnode_nameserver_del',
    { address: '9.114.47.103' },
    [
      [
        'remove_line',
        {
          file: '/etc/resolv.conf',
          match: String.raw`^[[:blank:]]*nameserver[[:blank:]]+9\.114\.47\.103[[:blank:]]*$`,
        },
      ],
    ],
  ],
  [
    'mnode_nss_hosts',
    {},
    [['replace_line', { file: '/etc/nsswitch.conf', match: '^hosts:', line: 'hosts: files dns' }]],
  ],
  [
    'mnode_hosts_add',
    { address: '9.114.47.97', names: 'mn mn.cluster.example.com' },
    [['ensure_line', { file: '/etc/hosts', line: '9.114.47.97 mn mn.cluster.example.com' }]],
  ],
  [
    'mnode_hosts_change',
    { entry: '9.114.47.97  mn', address: '9.114.47.98', names: 'mn' },
    [
      [
        'replace_line',
        { file: '/etc/hosts', match: String.raw`^[[:blank:]]*9\.114\.47\.97  mn[[:blank:]]*$`, line: '9.114.47.98 mn' },
      ],
    ],
  ],
  [
    'mnode_hosts_del',
    { entry: '9.114.47.97 mn # old' },
    [['remove_line', { file: '/etc/hosts', match: String.raw`^[[:blank:]]*9\.114\.47\.97 mn # old[[:blank:]]*$` }]],
  ],
  [
    'mnode_cron_add',
    { minute: '0', hour: '1', command: '/opt/xcat/sbin/dumpxCATdb -p /backup/xcatdb' },
    [
      [
        'crontab_entry',
        { user: 'root', entry: '0 1 * * * /opt/xcat/sbin/dumpxCATdb -p /backup/xcatdb', action: 'add' },
      ],
    ],
  ],
  [
    'mnode_cron_del',
    { user: 'root', entry: '0 1 * * * /bin/true' },
    [
      [
        'crontab_entry',
        { user: 'root', match: String.raw`^[[:blank:]]*0 1 \* \* \* /bin/true[[:blank:]]*$`, action: 'remove' },
      ],
    ],
  ],
  [
    'mnode_exports_add',
    { directory: '/install', client: '9.114.47.64/26' },
    [
      [
        'ensure_line',
        {
          file: '/etc/exports',
          line: '/install 9.114.47.64/26(rw,sync,root_squash,no_subtree_check)',
          create: 'yes',
        },
      ],
    ],
  ],
  [
    'mnode_exports_change',
    { entry: '/install *(ro)', directory: '/install', client: '*', options: ['rw', 'sync'] },
    [
      [
        'replace_line',
        {
          file: '/etc/exports',
          match: String.raw`^[[:blank:]]*/install \*\(ro\)[[:blank:]]*$`,
          line: '/install *(rw,sync)',
        },
      ],
    ],
  ],
  [
    'mnode_exports_del',
    { entry: '/install *(ro)' },
    [['remove_line', { file: '/etc/exports', match: String.raw`^[[:blank:]]*/install \*\(ro\)[[:blank:]]*$` }]],
  ],
];

test.each(edits)('%s with %j makes these edits', (id, typed, expected) => {
  const panel = dialogOf(shipped, id);
  const found = startFindings(
    inputOf(panel, typed, {}, site),
    panel.edits!.flatMap(edit => Object.values(edit.args)),
  );
  const filled = fillEdits(panel.edits!, found);
  expect(filled.map(({ verb, args }) => [verb, args])).toEqual(expected);
  expect(filled.map(edit => edit.problem).filter(Boolean)).toEqual([]);
  const rendered = commandOf(shipped, id, typed, {}, site);
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
});

test('every dialog of the management node and of the site stands in a table above', () => {
  const dialogs = [...shipped.panels.values()].filter(
    panel => ['mnode', 'hasmit'].includes(panel.product) && panel.kind === 'dialog',
  );
  const listed = new Set([...commands.map(([id]) => id), ...edits.map(([id]) => id)]);
  expect(dialogs.map(panel => panel.id).sort()).toEqual([...listed].sort());
});

test('a dialog that changes something asks first, and one that only looks does not', () => {
  const looking = /_(show|list|ping|df|busy|lsof|lookup|test|check)(_|$)/;
  const dialogs = [...shipped.panels.values()].filter(panel => panel.product === 'mnode' && panel.kind === 'dialog');
  const wrong = dialogs.filter(
    panel => panel.kind === 'dialog' && (panel.confirm === undefined) !== looking.test(panel.id),
  );
  expect(wrong.map(panel => panel.id)).toEqual([]);
});

test('what cannot be had back wants the name of the object typed', () => {
  const typed = [...shipped.panels.values()].filter(
    panel => panel.product === 'mnode' && panel.kind === 'dialog' && panel.confirm?.level === 'type',
  );
  expect(typed.map(panel => panel.id).sort()).toEqual(['mnode_cron_remove', 'mnode_vip_del', 'mnode_vip_ifconfig_del']);
});

test('every panel and every field has help, and every dialog says where its command comes from', () => {
  const silent = [...shipped.panels.values()].flatMap(panel => {
    const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
    const unhelped = fields
      .filter(field => field.type !== 'info' && !field.help)
      .map(field => `${panel.id}.${field.name}`);
    const evidence = panel.kind !== 'dialog' || panel.evidence.source !== '' ? [] : [`${panel.id}: evidence`];
    return [...(panel.help ? [] : [panel.id]), ...unhelped, ...evidence];
  });
  expect(silent).toEqual([]);
});

test('titles fit on a screen of 60 columns and labels before the entry fields', () => {
  const long = [...shipped.panels.values()].flatMap(panel => {
    const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
    return [
      ...(panel.title.length > 60 ? [panel.title] : []),
      ...fields.filter(field => field.label.length > 50).map(field => `${panel.id}.${field.name}: ${field.label}`),
    ];
  });
  expect(long).toEqual([]);
});

test('every service selector asks the host what runs its services', () => {
  for (const what of ['show', 'start', 'stop', 'restart', 'enable', 'disable']) {
    const { next } = selectorOf(shipped, `mnode_service_${what}`);
    expect(typeof next === 'object' && next.map.systemd, what).toBe(`mnode_service_${what}_systemd`);
    for (const id of Object.values((next as { map: Record<string, string> }).map))
      expect(shipped.panels.has(id), id).toBe(true);
  }
});

test('a virtual address is looked for before it is configured', () => {
  const { preview } = dialogOf(shipped, 'mnode_vip_add');
  expect(besideOf(shipped, 'mnode_vip_add', preview!, { address: '9.114.47.97' }).text).toBe(
    "if ping -c 1 -w 2 9.114.47.97 >/dev/null; then echo 'It answers: another host has this address. Do not configure it here.'; exit 1; fi; " +
      "echo 'Nobody answers: the address is free.'",
  );
});

test('checks refuse what cannot work', () => {
  const label = { address: '9.9.9.9', prefix: '24' };
  expect(failedChecks(shipped, 'mnode_vip_add', { ...label, interface: 'enp0s31f6np0', alias: '12' })).toEqual([]);
  expect(failedChecks(shipped, 'mnode_vip_add', { ...label, interface: 'enp0s31f6np0', alias: '123' })[0]).toMatch(
    /too long for a label/,
  );
  expect(failedChecks(shipped, 'mnode_vip_ifconfig_add', { interface: 'wlx00c0ca123456', alias: '0' })[0]).toMatch(
    /too long for an alias/,
  );

  const percent = (command: string) => failedChecks(shipped, 'mnode_cron_add', { command }).length;
  expect(percent('date +%F')).toBe(1);
  expect(percent('%')).toBe(1);
  expect(percent(String.raw`date +\%F`)).toBe(0);
  expect(percent('/bin/true')).toBe(0);

  const localhost = (entry: string) => failedChecks(shipped, 'mnode_hosts_del', { entry }).length;
  expect(localhost('127.0.0.1\tlocalhost')).toBe(1);
  expect(localhost('::1 ip6-localhost localhost')).toBe(1);
  expect(localhost('127.0.1.1 mn1')).toBe(0);
  expect(localhost('9.114.47.97 localhost4')).toBe(0);

  expect(failedChecks(shipped, 'site', { primary: 'mn1', standby: 'mn1' })[0]).toMatch(/same host/);
  expect(failedChecks(shipped, 'site', {})).toEqual([]);
});

test('the values of the site are the first values of the fields that need them', () => {
  expect(commandOf(shipped, 'mnode_vip_add', {}, {}, {}).missing.sort()).toEqual(['address', 'interface', 'prefix']);
  expect(commandOf(shipped, 'mnode_vip_add', {}, {}, site).missing).toEqual([]);
});
