/**
 * Every panel of the management node, run for real: rendered by the project's own renderer, run by /bin/sh, on two management nodes
 * made of Linux namespaces (sandbox.ts), so that this machine's own files and interfaces stay as they are.
 *
 * Debian's packages that are needed, as they stand in .ci/packages: cron e2fsprogs init-system-helpers iproute2 iputils-arping
 * iputils-ping lsof mount net-tools nfs-kernel-server openssh-client openssh-server psmisc rsync systemd util-linux.
 *
 * What such a machine cannot do is done by its nearest, and said by console.warn: systemd does not run (a systemctl of
 * test/fixtures/menus answers for starting and stopping; enabling is the real one's), chkconfig is not of Debian, and the kernel may
 * have no NFS server (exportfs then keeps its own table, which is all that these panels speak to).
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { missingPackages } from './packages.ts';
import {
  besideOf,
  commandOf,
  dialogOf,
  failedChecks,
  readShipped,
  selectorOf,
  sourceOf,
  sourceText,
} from './panels.ts';
import { addresses, type Node, openPair, type Pair, type Ran } from './sandbox.ts';

const shipped = await readShipped();
const fixtures = resolve(import.meta.dirname, '../fixtures/menus/bin');
const vip = '10.77.0.50';
const site: Values = {
  virtual_ip: vip,
  netmask: '255.255.255.0',
  prefix: '24',
  interface: 'eth0',
  primary: 'mn1',
  standby: 'mn2',
};

/** Every dialog and source that was run, for the last test. */
const ran = new Set<string>();
const listed = new Set<string>();

let pair: Pair;
let primary: Node;
let standby: Node;

beforeAll(async () => {
  const missing = missingPackages();
  if (missing.length > 0) throw new Error(`packages are missing: apt-get install ${missing.join(' ')}`);
  pair = await openPair();
  ({ primary, standby } = pair);
  prepare(primary);
  prepareStandby(standby);
});

afterAll(async () => {
  await pair?.close();
});

/** Runs a dialog with these values typed, on the primary unless said. */
function run(
  id: string,
  typed: Values = {},
  discovered: Values = {},
  options: { env?: Record<string, string>; on?: Node } = {},
): Ran {
  const command = commandOf(shipped, id, typed, discovered, site);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  ran.add(id);
  return (options.on ?? primary).run(command.text, { path: command.path, env: options.env });
}

/** Runs a dialog that must end with status 0; gives its output. */
function done(id: string, typed: Values = {}, discovered: Values = {}, env?: Record<string, string>): string {
  const { status, stdout, stderr } = run(id, typed, discovered, { env });
  expect([id, status, status === 0 ? '' : stderr]).toEqual([id, 0, '']);
  return stdout;
}

/** Runs a dialog's preview, discover or verify beside it. */
function beside(
  id: string,
  what: 'preview' | 'verify' | 'discover',
  typed: Values = {},
  env?: Record<string, string>,
): Ran {
  const part = dialogOf(shipped, id)[what]!;
  const template = 'parts' in part ? part : part.run;
  const { text, path } = besideOf(shipped, id, template, { ...typed });
  return primary.run(text, { path, env });
}

/** What verify says: true when the command did what it should. */
function verified(id: string, typed: Values = {}, env?: Record<string, string>): boolean {
  const verify = dialogOf(shipped, id).verify!;
  const { status, stdout } = beside(id, 'verify', typed, env);
  return status === (verify.status ?? 0) && (!verify.pattern || new RegExp(verify.pattern, 'm').test(stdout));
}

/** What discover fills in. */
function discovered(id: string, carried: Values): Values {
  const discover = dialogOf(shipped, id).discover!;
  const { stdout, status, stderr } = beside(id, 'discover', carried);
  expect([status, stderr]).toEqual([0, '']);
  const { records } = parseRows(stdout, discover);
  return Object.fromEntries(Object.entries(discover.map).map(([field, key]) => [field, records[0]?.[key] ?? '']));
}

/** The values of a source, as F4 lists them. */
function list(id: string, values: Values = {}, env?: Record<string, string>): string[] {
  const source = sourceOf(shipped, id);
  const { text, path } = sourceText(source, values);
  const { status, stdout, stderr } = primary.run(text, { path, env });
  expect([id, [0, ...(source.emptyStatus ?? [])].includes(status ?? -1), stderr]).toEqual([id, true, stderr]);
  const parsed = parseRows(stdout, source);
  expect(parsed.problem).toBeUndefined();
  const rows = listRowsOf(source, parsed.records);
  if (rows.length > 0) listed.add(id);
  return rows.map(row => row.value);
}

/** Which panel a selector goes on to. */
function nextOf(id: string, env?: Record<string, string>): string | undefined {
  const { next } = selectorOf(shipped, id);
  if (typeof next === 'string') return next;
  return next.map[primary.run(next.by.source, { env }).stdout.trim()];
}

// The machine

function prepare(node: Node): void {
  node.write(
    '/etc/hosts',
    '127.0.0.1\tlocalhost\n127.0.1.1\tmn1\n# the other management node\n10.77.0.9\told-name   old\n',
  );
  node.write(
    '/etc/resolv.conf',
    '# by hand\nsearch cluster.example.com\nnameserver 192.0.2.53\nnameserver 192.0.2.54\n',
  );
  node.write('/etc/nsswitch.conf', 'passwd: files\nhosts:\tdns   files\nnetworks: files\n');
  node.write('/etc/fstab', '# device directory type options\ntmpfs /mnt/shared tmpfs noauto,size=1m 0 0\n');
  node.write('/etc/exports', '# nothing yet\n');
  node.run('mkdir -p /mnt/shared /mnt/disk /srv/install; rm -rf /root/.ssh /var/lib/nfs/etab; touch /var/lib/nfs/etab');
  node.run('crontab -r -u root; crontab -r -u nobody');
  node.run(`mkdir ${units}`);
  node.write('/etc/init.d/hasmitd', daemon, 0o755);
  node.write('/etc/systemd/system/hasmitd.service', unit);
}

/** Where the systemctl and chkconfig of the fixtures keep what they know. */
const units = '/run/hasmit-units';
const fixtureEnv = { PATH: `${fixtures}:/usr/sbin:/usr/bin:/sbin:/bin`, HASMIT_UNITS: units };

const unit = `[Unit]
Description=fixture
[Service]
ExecStart=/bin/sleep 1000
[Install]
WantedBy=multi-user.target
`;

const daemon = `#!/bin/sh
### BEGIN INIT INFO
# Provides: hasmitd
# Required-Start:
# Required-Stop:
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
# Short-Description: a daemon that sleeps
### END INIT INFO
pid=/run/hasmitd.pid
case $1 in
start) sleep 1000 >/dev/null 2>&1 & echo $! >$pid ;;
stop) kill "$(cat $pid)"; rm -f $pid ;;
restart) "$0" stop; "$0" start ;;
status) [ -e $pid ] && echo running || { echo not running; exit 3; } ;;
*) exit 2 ;;
esac
`;

const password = 'let me in';
/** The same as crypt(3) keeps it. */
const hash = '$6$hasmit$4xQqMTQFtv2TdNos9/f9pT5.S0PMa2jC2oaADOk./1/3Y2VJZ6l3zoWotFb2ypMCZVgAsWL/JJd/V9VF92AdW1';

function prepareStandby(node: Node): void {
  const shadow = node.read('/etc/shadow').replace(/^root:[^:]*:/m, () => `root:${hash}:`);
  node.write('/etc/shadow', shadow, 0o640);
  node.run('rm -rf /root/.ssh; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/hasmit_key');
  const config =
    'Port 22\nHostKey /etc/ssh/hasmit_key\nPermitRootLogin yes\nPasswordAuthentication yes\nUsePAM no\nPidFile none\n';
  node.write('/etc/ssh/hasmit_config', config);
  node.start('exec /usr/sbin/sshd -D -f /etc/ssh/hasmit_config');
}

// Virtual IP address

test('a virtual IP address is configured, found, announced and removed', () => {
  expect(list('mnode.interfaces')).toEqual(['lo', 'eth0']);
  expect(done('mnode_vip_show')).toContain(`inet ${addresses.primary}/24`);
  expect(run('mnode_vip_ping', { count: '1', seconds: '1' }).status).toBe(1);
  expect(beside('mnode_vip_add', 'preview', { address: vip })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('the address is free'),
  });

  const form = { interface: 'eth0', address: vip, prefix: '24' };
  done('mnode_vip_add', form);
  expect(verified('mnode_vip_add', form)).toBe(true);
  expect(done('mnode_vip_show', { interface: 'eth0' })).toMatch(/inet 10\.77\.0\.50\/24 .* eth0:0/);
  expect(standby.run(`ping -c 1 -w 2 ${vip}`).status).toBe(0);
  expect(done('mnode_vip_ping', { count: '1', seconds: '2' })).toContain('1 received');
  expect(beside('mnode_vip_add', 'preview', { address: vip })).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('another host has this address'),
  });
  expect(done('mnode_vip_announce', { count: '1' })).toContain('Sent 1 probes');

  expect(list('mnode.addresses')).toEqual(['127.0.0.1', addresses.primary, vip]);
  expect(list('mnode.address_interfaces', { address: vip })).toEqual(['eth0']);
  const found = discovered('mnode_vip_del', { address: vip });
  expect(found).toEqual({ interface: 'eth0', prefix: '24' });
  expect(verified('mnode_vip_del', { address: vip, ...found })).toBe(false);
  done('mnode_vip_del', { address: vip }, found);
  expect(verified('mnode_vip_del', { address: vip, ...found })).toBe(true);
  expect(standby.run(`ping -c 1 -w 1 ${vip}`).status).toBe(1);
});

test('the same with ifconfig', () => {
  expect(list('mnode.ifconfig_interfaces')).toEqual(['eth0', 'lo']);
  const form = { alias: '3' };
  done('mnode_vip_ifconfig_add', form);
  expect(verified('mnode_vip_ifconfig_add', { ...form, interface: 'eth0' })).toBe(true);
  expect(list('mnode.ifconfig_aliases')).toEqual(['eth0:3']);
  expect(list('mnode.addresses')).toContain(vip);
  expect(beside('mnode_vip_ifconfig_add', 'preview', { address: vip }).status).toBe(1);
  done('mnode_vip_ifconfig_del', { alias: 'eth0:3' });
  expect(list('mnode.addresses')).not.toContain(vip);
  expect(list('mnode.addresses')).toContain(addresses.primary);
  expect(run('mnode_vip_ifconfig_del', { alias: 'eth0:3' }).status).not.toBe(0);
});

// File systems

test('a file system of /etc/fstab is mounted, and its users are found before it is unmounted', async () => {
  expect(list('mnode.fstab')).toEqual(['/mnt/shared']);
  const form = { mount_point: '/mnt/shared' };
  expect(verified('mnode_fs_mount_fstab', form)).toBe(false);
  done('mnode_fs_mount_fstab', form);
  expect(verified('mnode_fs_mount_fstab', form)).toBe(true);
  expect(list('mnode.mounted')).toContain('/mnt/shared');
  expect(done('mnode_fs_list', form)).toContain('tmpfs');
  expect(done('mnode_fs_list')).toContain('/mnt/shared');
  expect(done('mnode_fs_df', { directories: ['/mnt/shared', '/'] })).toMatch(/tmpfs\s+tmpfs\s+1\.0M/);

  primary.start('cd /mnt/shared && exec sleep 300 >held');
  await expect.poll(() => run('mnode_fs_lsof', form).stdout).toMatch(/sleep .* \/mnt\/shared\/held/);
  const busy = run('mnode_fs_busy', form);
  expect([busy.status, busy.stderr]).toEqual([0, expect.stringMatching(/sleep/)]);
  expect(run('mnode_fs_umount', form).status).not.toBe(0);
  expect(beside('mnode_fs_umount', 'preview', form).stderr).toMatch(/sleep/);
  primary.run('fuser -k -m /mnt/shared');
  await expect.poll(() => run('mnode_fs_umount', form).status).toBe(0);
  expect(list('mnode.mounted')).not.toContain('/mnt/shared');
});

test('a device is mounted with type and options', () => {
  expect(list('mnode.filesystem_types')).toEqual(expect.arrayContaining(['ext4', 'tmpfs', 'proc']));
  if (list('mnode.block_devices').length === 0) {
    console.warn('this machine shows no block devices; the list of them is only seen to be empty');
    listed.add('mnode.block_devices');
  }
  primary.run('truncate -s 4M /run/image && mkfs.ext4 -q /run/image');
  const image = { device: '/run/image', mount_point: '/mnt/disk', fstype: 'ext4', options: ['ro', 'loop'] };
  const { status, stderr } = run('mnode_fs_mount', image);
  if (status === 0) {
    expect(primary.run('findmnt -no OPTIONS /mnt/disk').stdout).toMatch(/^ro,/);
    expect(primary.run('touch /mnt/disk/file').status).not.toBe(0);
  } else {
    console.warn(
      `this machine has no loop devices (${stderr.trim()}); a memory file system is mounted in place of an image`,
    );
    done('mnode_fs_mount', { device: 'tmpfs', mount_point: '/mnt/disk', fstype: 'tmpfs', options: ['ro'] });
  }
  expect(verified('mnode_fs_mount', { mount_point: '/mnt/disk' })).toBe(true);
  done('mnode_fs_umount', { mount_point: '/mnt/disk', lazy: 'yes' });
  expect(list('mnode.mounted')).not.toContain('/mnt/disk');
});

// Services

test('a SysV service is listed, shown, started, restarted and stopped', () => {
  expect(list('mnode.services')).toContain('hasmitd');
  expect(list('mnode.services')).not.toContain('README');
  expect(nextOf('mnode_service_start')).toBe('mnode_service_start_sysv');
  const form = { service: 'hasmitd' };
  expect(run('mnode_service_show_sysv', form).status).toBe(3);
  done('mnode_service_start_sysv', form);
  expect(verified('mnode_service_start_sysv', form)).toBe(true);
  expect(done('mnode_service_show_sysv', form)).toBe('running\n');
  expect(done('mnode_service_list_sysv')).toMatch(/\[ \+ \] {2}hasmitd/);
  const before = primary.read('/run/hasmitd.pid');
  done('mnode_service_restart_sysv', form);
  expect(primary.read('/run/hasmitd.pid')).not.toBe(before);
  done('mnode_service_stop_sysv', form);
  expect(verified('mnode_service_stop_sysv', form)).toBe(true);
});

test('a SysV service is enabled and disabled at boot', () => {
  expect(nextOf('mnode_service_enable')).toBe('mnode_service_enable_updaterc');
  const form = { service: 'hasmitd' };
  const links = () => primary.run('ls /etc/rc3.d').stdout.match(/[SK]\d\dhasmitd/)?.[0];
  primary.run('update-rc.d hasmitd defaults');
  done('mnode_service_disable_updaterc', form);
  expect(links()).toMatch(/^K/);
  done('mnode_service_enable_updaterc', form);
  expect(links()).toMatch(/^S/);

  console.warn('chkconfig is not of Debian: a program of test/fixtures/menus answers in its place');
  expect(nextOf('mnode_service_disable', fixtureEnv)).toBe('mnode_service_disable_chkconfig');
  done('mnode_service_enable_chkconfig', form, {}, fixtureEnv);
  expect(verified('mnode_service_enable_chkconfig', form, fixtureEnv)).toBe(true);
  done('mnode_service_disable_chkconfig', { ...form, levels: '35' }, {}, fixtureEnv);
  expect(primary.run('chkconfig --list hasmitd', { env: fixtureEnv }).stdout).toMatch(/3:off\t4:on\t5:off/);
});

test('a systemd service is listed, shown, started, stopped, enabled and disabled', () => {
  console.warn(
    'systemd does not run here: a systemctl of test/fixtures/menus starts and stops in its place; enabling is done by the real one',
  );
  primary.run('mkdir -p /run/systemd/system');
  for (const what of ['show', 'start', 'stop', 'restart', 'enable', 'disable']) {
    expect(nextOf(`mnode_service_${what}`, fixtureEnv)).toBe(`mnode_service_${what}_systemd`);
  }
  const services = list('mnode.services', {}, fixtureEnv);
  expect(services).toContain('hasmitd');
  expect(services.filter(name => /@$|\.service$/.test(name))).toEqual([]);

  const form = { service: 'hasmitd' };
  const does = (id: string, typed: Values = form) => done(id, typed, {}, fixtureEnv);
  does('mnode_service_start_systemd');
  expect(verified('mnode_service_start_systemd', form, fixtureEnv)).toBe(true);
  expect(does('mnode_service_show_systemd')).toContain('active (running)');
  expect(does('mnode_service_list_systemd', { state: 'running' })).toContain('hasmitd.service');
  does('mnode_service_restart_systemd');
  does('mnode_service_stop_systemd');
  expect(verified('mnode_service_stop_systemd', form, fixtureEnv)).toBe(true);
  expect(run('mnode_service_show_systemd', form, {}, { env: fixtureEnv }).status).toBe(3);

  const link = '/etc/systemd/system/multi-user.target.wants/hasmitd.service';
  does('mnode_service_enable_systemd', { ...form, now: 'yes' });
  expect(primary.run(`readlink ${link}`).status).toBe(0);
  expect(verified('mnode_service_enable_systemd', form, fixtureEnv)).toBe(true);
  expect(verified('mnode_service_start_systemd', form, fixtureEnv)).toBe(true);
  does('mnode_service_disable_systemd', { ...form, now: 'yes' });
  expect(primary.run(`readlink ${link}`).status).not.toBe(0);
  expect(verified('mnode_service_disable_systemd', form, fixtureEnv)).toBe(true);

  expect(run('mnode_service_start_systemd', { service: 'no such' }, {}, { env: fixtureEnv }).status).toBe(5);
  expect(primary.read(`${units}/asked`)).toContain('systemctl <start> <no such>\n');
  primary.run('rm -r /run/systemd');
});

// Name resolution

test('name servers are put first, added and removed', () => {
  const servers = () => list('mnode.nameservers');
  expect(done('mnode_names_show')).toMatch(/nameserver 192\.0\.2\.53\n(.*\n)*hosts:/);
  expect(done('mnode_nameserver_first')).toMatch(/changed, the old text is in \/etc\/resolv\.conf\.\d{14}/);
  expect(servers()).toEqual([vip, '192.0.2.53', '192.0.2.54']);
  expect(done('mnode_nameserver_first')).toContain('nothing to change');
  done('mnode_nameserver_first', { address: '192.0.2.54' });
  expect(servers()).toEqual(['192.0.2.54', vip, '192.0.2.53']);
  done('mnode_nameserver_add', { address: '192.0.2.55' });
  done('mnode_nameserver_del', { address: '192.0.2.53' });
  expect(primary.read('/etc/resolv.conf')).toBe(
    `# by hand\nsearch cluster.example.com\nnameserver 192.0.2.54\nnameserver ${vip}\nnameserver 192.0.2.55\n`,
  );
  // An address is no pattern: 192.0.2.5 is not 192.0.2.55.
  expect(done('mnode_nameserver_del', { address: '192.0.2.5' })).toContain('nothing to change');
});

test('the order of host lookup is read and changed', () => {
  expect(discovered('mnode_nss_hosts', {})).toEqual({ order: 'dns files' });
  done('mnode_nss_hosts', { order: 'files dns' }, { order: 'dns files' });
  expect(primary.read('/etc/nsswitch.conf')).toBe('passwd: files\nhosts: files dns\nnetworks: files\n');
});

test('hosts entries are added, changed and removed', () => {
  // Name servers that do not answer cost seconds; this one refuses at once.
  primary.write('/etc/resolv.conf', 'nameserver 127.0.0.1\n');
  expect(done('mnode_hosts_show')).toBe(primary.read('/etc/hosts'));
  done('mnode_hosts_add', { address: addresses.standby, names: 'mn2 mn2.cluster.example.com' });
  done('mnode_hosts_add', { address: addresses.standby, names: 'mn2 mn2.cluster.example.com' });
  expect(list('mnode.hosts')).toEqual(['old-name', 'old', 'mn2', 'mn2.cluster.example.com']);
  expect(done('mnode_names_lookup')).toMatch(/^10\.77\.0\.2\s+mn2/);

  const entries = list('mnode.hosts_lines');
  expect(entries).toContain('10.77.0.9\told-name   old');
  const entry = '10.77.0.9\told-name   old';
  expect(discovered('mnode_hosts_change', { entry })).toEqual({ address: '10.77.0.9', names: 'old-name old' });
  done('mnode_hosts_change', { entry, address: '10.77.0.9', names: 'new-name' });
  done('mnode_hosts_del', { entry: '127.0.1.1\tmn1' });
  expect(failedChecks(shipped, 'mnode_hosts_del', { entry: entries[0]! })).toHaveLength(1);
  expect(primary.read('/etc/hosts')).toBe(
    '127.0.0.1\tlocalhost\n# the other management node\n10.77.0.9 new-name\n10.77.0.2 mn2 mn2.cluster.example.com\n',
  );
});

// Crontabs

test('crontab entries are added, listed and removed, and a whole crontab too', () => {
  expect(list('mnode.users')).toEqual(expect.arrayContaining(['root', 'nobody']));
  expect(list('mnode.crontab', { user: 'nobody' })).toEqual([]);
  const dump = { user: 'nobody', minute: '5', hour: '*/2', command: '/bin/echo "a  b" \\% $HOME \'c\'' };
  expect(done('mnode_cron_add', dump)).toContain('made');
  expect(done('mnode_cron_add', dump)).toContain('nothing to change');
  primary.run(
    `crontab -u nobody -l | { cat; printf '# a comment\\n 0\\t3 * * *\\t/bin/true\\n'; } | crontab -u nobody -`,
  );
  expect(list('mnode.crontab', { user: 'nobody' })).toEqual([`5 */2 * * * ${dump.command}`, '0\t3 * * *\t/bin/true']);

  done('mnode_cron_del', { user: 'nobody', entry: '0\t3 * * *\t/bin/true' });
  expect(done('mnode_cron_list', { user: 'nobody' })).toBe(`5 */2 * * * ${dump.command}\n# a comment\n`);
  expect(beside('mnode_cron_remove', 'preview', { user: 'nobody' }).stdout).toContain('/bin/echo');
  expect(done('mnode_cron_remove', { user: 'nobody' })).toContain('/bin/echo');
  expect(verified('mnode_cron_remove', { user: 'nobody' })).toBe(true);
  expect(run('mnode_cron_list', { user: 'nobody' })).toMatchObject({ status: 1, stderr: 'no crontab for nobody\n' });
  expect(run('mnode_cron_remove', { user: 'nobody' }).status).toBe(1);
});

// Trust and copies

/** Runs an interactive dialog in a terminal and answers what ssh asks. */
async function answer(id: string, typed: Values, answers: [question: string, text: string][]): Promise<number> {
  const command = commandOf(shipped, id, typed, {}, site);
  expect([id, command.mode, command.missing]).toEqual([id, 'interactive', []]);
  ran.add(id);
  const terminal = openTerminal('nsenter', [...primary.enter, '/bin/sh', '-c', command.text], {
    env: { HOME: '/root', USER: 'root' },
    cwd: '/',
  });
  try {
    for (const [question, text] of answers) {
      await terminal.waitFor(question);
      terminal.type(`${text}\r`);
    }
    return (await terminal.ended(20_000)).status;
  } finally {
    await terminal.close();
  }
}

test('a key is made, shown, trusted by the other node, and the login works', async () => {
  expect(run('mnode_ssh_test').status).toBe(255);
  expect(list('mnode.public_keys')).toEqual([]);
  done('mnode_ssh_keygen', { algorithm: 'ed25519', comment: "root's key" });
  expect(verified('mnode_ssh_keygen', { algorithm: 'ed25519' })).toBe(true);
  const text = primary.read('/root/.ssh/id_ed25519');
  expect(run('mnode_ssh_keygen', { algorithm: 'ed25519' }).status).not.toBe(0);
  expect(primary.read('/root/.ssh/id_ed25519')).toBe(text);
  expect(list('mnode.public_keys')).toEqual(['/root/.ssh/id_ed25519.pub']);
  const key = '/root/.ssh/id_ed25519.pub';
  expect(done('mnode_ssh_key_show', { key })).toMatch(/^ssh-ed25519 .* root's key\n256 SHA256:/);

  await expect.poll(() => standby.run('test -S /run/sshd || ss -ltn').stdout).toMatch(/:22\b/);
  expect(
    await answer('mnode_ssh_copy_id', { key }, [
      ['(yes/no', 'yes'],
      ['password:', password],
    ]),
  ).toBe(0);
  expect(standby.read('/root/.ssh/authorized_keys')).toBe(primary.read(key));
  expect(done('mnode_ssh_test')).toBe('mn2\n');
  // Once more without ssh-copy-id: the key is there already and stays there once.
  expect(await answer('mnode_ssh_append', { key }, [])).toBe(0);
  expect(standby.read('/root/.ssh/authorized_keys')).toBe(primary.read(key));
  standby.write('/root/.ssh/authorized_keys', '');
  expect(await answer('mnode_ssh_append', { key }, [['password:', password]])).toBe(0);
  expect(standby.read('/root/.ssh/authorized_keys')).toBe(primary.read(key));
});

test('files are compared, copied and the same afterwards', () => {
  primary.run(
    "mkdir -p '/srv/with blank/sub'; echo one >'/srv/with blank/sub/a;b'; ln -s ../hosts /etc/xlink; chmod 750 /srv/install",
  );
  const form = { files: ['/etc/hosts', '/srv/with blank', '/etc/xlink'] };
  expect(done('mnode_sync_check', form)).toMatch(/^<f\S+ \/?etc\/hosts$/m);
  expect(standby.exists('/srv/with blank')).toBe(false);
  expect(beside('mnode_sync_copy', 'preview', { ...form, host: 'mn2' }).stdout).toMatch(/with blank/);
  expect(verified('mnode_sync_copy', { ...form, host: 'mn2' })).toBe(false);
  done('mnode_sync_copy', form);
  expect(verified('mnode_sync_copy', { ...form, host: 'mn2' })).toBe(true);
  expect(standby.read('/etc/hosts')).toBe(primary.read('/etc/hosts'));
  expect(standby.read('/srv/with blank/sub/a;b')).toBe('one\n');

  standby.write('/srv/with blank/extra', 'x');
  expect(done('mnode_sync_check', { ...form, delete: 'yes' })).toMatch(/deleting +srv\/with blank\/extra/);
  done('mnode_sync_copy', { ...form, delete: 'yes' });
  expect(standby.exists('/srv/with blank/extra')).toBe(false);
  expect(standby.exists('/etc/ssh/hasmit_config')).toBe(true);
});

test('the key of a host is forgotten', () => {
  expect(list('mnode.known_hosts')).toContain('mn2');
  expect(done('mnode_ssh_forget', { host: 'mn2' })).toContain('updated');
  expect(list('mnode.known_hosts')).not.toContain('mn2');
  const { status, stderr } = run('mnode_ssh_test');
  expect([status, stderr]).toEqual([255, expect.stringContaining('Host key verification failed')]);
});

// NFS exports

test('directories are exported and taken back', () => {
  if (!readFileSync('/proc/filesystems', 'utf8').includes('nfsd'))
    console.warn("this machine's kernel has no NFS server: exportfs keeps its table, nobody serves it");
  const entry = { directory: '/srv/install', client: '10.77.0.0/24' };
  done('mnode_exports_add', entry);
  expect(done('mnode_exports_add', entry)).toContain('nothing to change');
  expect(done('mnode_exports_show')).toBe(
    '# nothing yet\n/srv/install 10.77.0.0/24(rw,sync,root_squash,no_subtree_check)\n',
  );
  expect(done('mnode_nfs_export_all')).toContain('exporting 10.77.0.0/24:/srv/install');
  expect(done('mnode_nfs_show')).toMatch(/\/srv\/install\s+10\.77\.0\.0\/24\(.*,root_squash/);
  expect(list('mnode.exported')).toEqual(['/srv/install']);
  expect(list('mnode.exported_clients', { directory: '/srv/install' })).toEqual(['10.77.0.0/24']);
  done('mnode_nfs_unexport', entry);
  expect(list('mnode.exported')).toEqual([]);

  const [line] = list('mnode.exports_lines');
  const found = discovered('mnode_exports_change', { entry: line! });
  expect(found).toEqual({
    directory: '/srv/install',
    client: '10.77.0.0/24',
    options: 'rw sync root_squash no_subtree_check',
  });
  done('mnode_exports_change', { entry: line!, ...entry, options: ['ro', 'sync', 'no_subtree_check'] });
  done('mnode_nfs_export_all');
  expect(done('mnode_nfs_show')).toMatch(/[(,]ro,/);
  expect(beside('mnode_nfs_unexport_all', 'preview').stdout).toContain('/srv/install');
  expect(verified('mnode_nfs_unexport_all')).toBe(false);
  done('mnode_nfs_unexport_all');
  expect(verified('mnode_nfs_unexport_all')).toBe(true);
  done('mnode_exports_del', { entry: '/srv/install 10.77.0.0/24(ro,sync,no_subtree_check)' });
  expect(primary.read('/etc/exports')).toBe('# nothing yet\n');
});

test('every dialog and every list of the management node was run above', () => {
  const dialogs = [...shipped.panels.values()].filter(panel => panel.product === 'mnode' && panel.kind === 'dialog');
  expect(dialogs.map(panel => panel.id).filter(id => !ran.has(id))).toEqual([]);
  expect([...shipped.sources.keys()].filter(id => id.startsWith('mnode.') && !listed.has(id))).toEqual([]);
});
