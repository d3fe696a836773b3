/**
 * The panels of disks on Linux, run for real on loop devices of the test's own, each command in a mount namespace of its own. Debian's packages
 * that are needed, as they stand in .ci/packages: e2fsprogs fdisk mount parted sg3-utils util-linux xfsprogs.
 *
 * Where the kernel gives no loop device, the same is done on the image files as far as the programs take them, and console.warn says so. No
 * SCSI disk is here: sginfo, sg_vpd and scsi_id are only shown to start and to refuse such a device in their own words.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { besideOf, commandOf, dialogOf, readShipped, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/udev:/lib/udev';

let directory: string;
let small: string;
let large: string;
let loops = true;

/** In a mount namespace of its own: what is mounted in there is gone with it. */
function sh(text: string, input = '', env: Record<string, string> = {}) {
  return spawnSync('unshare', ['--mount', '--propagation', 'private', '/bin/sh', '-c', text], {
    encoding: 'utf8',
    env: { PATH: systemPath, HOME: '/root', LC_ALL: 'C.UTF-8', ...env },
    input,
    timeout: 60_000,
  });
}

function run(id: string, typed: Values = {}, input = '', env: Record<string, string> = {}) {
  const command = commandOf(shipped, id, typed);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  return sh(command.text, input, env);
}

/** Runs a dialog that must succeed; gives its output. */
function done(id: string, typed: Values = {}, input = '', env: Record<string, string> = {}): string {
  const { status, stdout, stderr } = run(id, typed, input, env);
  expect([id, status, status === 0 ? '' : stderr]).toEqual([id, 0, '']);
  return stdout;
}

function list(id: string) {
  const source = sourceOf(shipped, id);
  const { stdout } = sh(sourceText(source).text);
  return listRowsOf(source, parseRows(stdout, source).records);
}

/** What is on a device, as blkid reads it from the device itself. */
const contents = (device: string) => sh(`blkid -p -o export ${device}`).stdout;

function device(name: string, megabytes: number): string {
  const image = join(directory, name);
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 * 1024);
  const { status, stdout, stderr } = spawnSync('losetup', ['--show', '-f', '-P', image], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  loops = false;
  console.warn(
    `this machine gives no loop device (${stderr.trim()}): image files stand for disks, and nothing is mounted`,
  );
  return image;
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hasmit-disks-'));
  mkdirSync(join(directory, 'mnt'));
  small = device('small', 32);
  large = device('large', 320);
});

afterAll(() => {
  for (const each of [small, large]) if (each?.startsWith('/dev/loop')) spawnSync('losetup', ['-d', each]);
  rmSync(directory, { recursive: true, force: true });
});

test('disks and partitions are listed, and F4 has those that are not mounted', () => {
  if (!loops) {
    console.warn('without loop devices only the form of the lists is looked at');
    expect(Array.isArray(list('linux.disks')) && Array.isArray(list('linux.unused'))).toBe(true);
    return;
  }
  expect(done('linux_lsblk')).toContain(small);
  expect(done('linux_lsblk', { disk: small })).toMatch(/NAME +SIZE +TYPE[\s\S]*32M loop/);
  expect(list('linux.disks').map(row => row.value)).toContain(small);
  expect(list('linux.unused').find(row => row.value === small)?.text).toMatch(/32M +loop/);
});

test.each(['ext3', 'ext4'])('an %s file system is made, with its label, over whatever was there', fstype => {
  done('linux_mkfs', { device: small, fstype, label: 'XCAT' });
  expect(contents(small)).toMatch(new RegExp(`LABEL=XCAT[\\s\\S]*TYPE=${fstype}`));
});

test('mkfs.xfs refuses a file system that is there, unless told to overwrite it', () => {
  done('linux_mkfs', { device: large, fstype: 'ext4' });
  const refused = run('linux_mkfs', { device: large, fstype: 'xfs' });
  expect([refused.status, contents(large)]).toEqual([1, expect.stringMatching(/TYPE=ext4/)]);
  done('linux_mkfs', { device: large, fstype: 'xfs', overwrite: 'yes', label: 'INSTALL' });
  expect(contents(large)).toMatch(/LABEL=INSTALL[\s\S]*TYPE=xfs/);
});

test('the question of mkfs shows what is on the device', () => {
  const panel = dialogOf(shipped, 'linux_mkfs');
  const { text } = besideOf(shipped, panel.id, panel.preview!, { device: small });
  expect(sh(text).stdout).toMatch(/LABEL="XCAT".*TYPE="ext4"/);
});

test('the first host writes its file, the second one sees it, and nothing stays mounted', () => {
  const typed = { device: small, directory: join(directory, 'mnt') };
  if (!loops) {
    console.warn('without loop devices nothing can be mounted; the command is only seen to fail with a status');
    expect(run('linux_mount_test', typed).status).not.toBe(0);
    return;
  }
  const host = spawnSync('uname', ['-n'], { encoding: 'utf8' }).stdout.trim();
  const written = done('linux_mount_test', typed);
  expect(written).toMatch(/lost\+found/);
  expect(written).toContain(`hasmit-test.${host}`);
  expect(written.trim().split('\n').at(-1)).toBe(host);
  expect(done('linux_mount_look', typed)).toContain(`hasmit-test.${host}`);

  // The text unmounts by itself: within one namespace, it is not there afterwards.
  const text = commandOf(shipped, 'linux_mount_test', typed).text;
  expect(sh(`(${text}) >/dev/null; mountpoint -q ${typed.directory} && echo still mounted`).stdout).toBe('');
  expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(typed.directory);
});

test('a file system that cannot be written to gives a status that is no success, and is unmounted all the same', () => {
  if (!loops) console.warn('without loop devices the mount fails already');
  const text = commandOf(shipped, 'linux_mount_test', { device: small, directory: join(directory, 'mnt') }).text;
  const ran = sh(
    `(${text.replace('mount ', 'mount -o ro ')}); echo "status $?"; mountpoint -q ${directory}/mnt || echo unmounted`,
  );
  expect(ran.stdout).toMatch(/status [1-9]\d*\nunmounted\n$/);
});

test('partitions are made in fdisk and in parted, and listed', () => {
  done('linux_fdisk', { disk: large }, 'o\nn\np\n1\n\n+64M\nn\np\n2\n\n\nw\n');
  const listed = done('linux_partitions', { disk: large });
  expect(listed.split('\n').filter(line => line.startsWith(`${large}p`) || /large[12] /.test(line))).toHaveLength(2);
  expect(contents(large)).toMatch(/PTTYPE=dos/);
  done('linux_parted', { disk: large }, 'print\nquit\n');
  expect(run('linux_parted', { disk: large }, 'print\nquit\n').stdout).toMatch(/msdos/);

  // Leaving with q changes nothing.
  const before = done('linux_partitions', { disk: large });
  done('linux_fdisk', { disk: large }, 'd\n1\nq\n');
  expect(done('linux_partitions', { disk: large })).toBe(before);
});

test('partprobe reads the table again', () => {
  const probed = run('linux_partprobe', { disk: large });
  if (!loops) console.warn('partprobe refuses an image file, or finds nothing to do');
  // Without udev it says so, and does its work.
  else expect([probed.status, probed.stderr.replace(/^.*udevadm: not found\n/gm, '')]).toEqual([0, '']);
  expect(probed.status).not.toBe(127);
});

test('the programs that ask SCSI disks start, and refuse what is none', () => {
  for (const id of ['linux_sginfo_serial', 'linux_sg_vpd', 'linux_scsi_id']) {
    const ran = run(id, { disk: small });
    if (ran.status === 127) console.warn(`${id}: this system has not the program (${ran.stderr.trim()})`);
    expect([id, ran.status === 0, ran.signal]).toEqual([id, false, null]);
  }
  expect(run('linux_sginfo_list').status).not.toBe(127);
});

test('serial numbers are shown of both hosts', () => {
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'ssh'), '#!/bin/sh\nshift 3\necho "there: $*"\n', { mode: 0o755 });
  const said = done('linux_disk_serial', { host: 'mn2' }, '', { PATH: `${bin}:${systemPath}` });
  expect(said).toMatch(
    /^This host:\nNAME +SIZE +SERIAL +WWN\n[\s\S]*\nmn2:\nthere: lsblk -dp -o NAME,SIZE,SERIAL,WWN\n$/m,
  );
});

test('the line in fstab is understood, is there once, and is not mounted at boot', () => {
  const fstab = join(directory, 'fstab');
  writeFileSync(fstab, '# devices\n');
  const text = commandOf(shipped, 'linux_fstab', { device: 'LABEL=XCAT', directory: '/etc/xcat' }).text.replaceAll(
    '/etc/fstab',
    fstab,
  );
  expect(sh(text).stdout).toMatch(/changed/);
  expect(sh(text).stdout).toMatch(/nothing to change/);
  const { stdout } = sh(`findmnt --tab-file ${fstab} -nr -o TARGET,SOURCE,FSTYPE,OPTIONS`);
  expect(stdout).toBe('/etc/xcat LABEL=XCAT ext4 noauto\n');
});
