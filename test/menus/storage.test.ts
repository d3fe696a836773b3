/**
 * The panels of disks and of NIM: what each one runs, to the letter, what they refuse, and the mistakes of the source documents that they
 * do not make. There is no AIX here: its commands are held by their text. storage-real.test.ts runs Linux's on image files.
 */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { fillEdits } from '../../src/command/edits.ts';
import { startFindings } from '../../src/command/fill.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { besideOf, commandOf, dialogOf, failedChecks, inputOf, readShipped, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const dialogs = [...shipped.panels.values()].flatMap(panel =>
  panel.product === 'storage' && panel.kind === 'dialog' ? [panel] : [],
);
const site: Values = {
  primary: 'aixmn1',
  standby: 'aixmn2',
  shared_dirs: ['/etc/xcat', '/install', '/.xcat', '/db2database'],
};
const columns = 'NAME,SIZE,TYPE,FSTYPE,LABEL,SERIAL,MOUNTPOINT';

/** Fast path, what is typed, and the command. */
const commands: [id: string, typed: Values, command: string][] = [
  // AIX: look
  ['aix_lspv', {}, 'lspv'],
  ['aix_lspv', { disk: 'hdisk2' }, 'lspv hdisk2'],
  ['aix_lsvg', {}, 'lsvg'],
  ['aix_lsvg', { only_on: 'yes' }, 'lsvg -o'],
  ['aix_lsvg', { vg: 'xcatvg' }, 'lsvg -l xcatvg'],
  ['aix_lsfs', {}, 'lsfs -q'],
  ['aix_lsfs', { directory: '/etc/xcat' }, 'lsfs -q /etc/xcat'],
  ['aix_cfgmgr', {}, 'cfgmgr && lspv'],
  ['aix_diag', {}, 'diag'],

  // AIX: use
  ['aix_varyonvg', {}, 'varyonvg xcatvg'],
  ['aix_mount', {}, 'for d in /etc/xcat /install /.xcat /db2database; do mount "$d" || exit; done'],
  ['aix_mount', { directories: ['/install'] }, 'for d in /install; do mount "$d" || exit; done'],
  ['aix_fuser', { directory: '/etc/xcat' }, 'fuser -uxc /etc/xcat'],
  ['aix_umount', {}, 'for d in /etc/xcat /install /.xcat /db2database; do umount "$d" || exit; done'],
  ['aix_varyoffvg', {}, 'varyoffvg xcatvg'],

  // AIX: set up
  ['aix_mkvg', { disks: ['hdisk2', 'hdisk3'] }, 'mkvg -n -f -y xcatvg hdisk2 hdisk3'],
  ['aix_mkvg', { vg: 'vg2', off: 'no', force: 'no', disks: ['hdisk4'] }, 'mkvg -y vg2 hdisk4'],
  ['aix_mklv', { disks: ['hdisk2'] }, 'mklv -y loglv00 -t jfs2log -u 1 xcatvg 1 hdisk2'],
  [
    'aix_mklv',
    { lv: 'xcatlv', type: 'jfs2', upper_bound: '2', partitions: '200', disks: ['hdisk2', 'hdisk3'] },
    'mklv -y xcatlv -t jfs2 -u 2 xcatvg 200 hdisk2 hdisk3',
  ],
  ['aix_mklv', { upper_bound: '' }, 'mklv -y loglv00 -t jfs2log xcatvg 1'],
  ['aix_logform', {}, 'echo y | logform /dev/loglv00'],
  ['aix_crfs', { size: '1G', directory: '/etc/xcat' }, 'crfs -v jfs2 -g xcatvg -a size=1G -m /etc/xcat -A no'],
  ['aix_crfs', { size: '512M', directory: '/.xcat' }, 'crfs -v jfs2 -g xcatvg -a size=512M -m /.xcat -A no'],
  ['aix_importvg', { disk: 'hdisk2' }, 'importvg -y xcatvg hdisk2'],
  ['aix_chvg', {}, 'chvg -a n xcatvg'],
  ['aix_exportvg', {}, 'exportvg xcatvg'],

  ['aix_fsck', { directories: ['/etc/xcat', '/install'] }, 'fsck -n /etc/xcat /install'],
  ['aix_fsck', { directories: ['/install'], how: 'correct what is harmless' }, 'fsck -p /install'],
  ['storage_mkdir', {}, 'mkdir -p /etc/xcat /install /.xcat /db2database'],

  // Linux: look
  ['linux_lsblk', {}, `lsblk -p -o ${columns}`],
  ['linux_lsblk', { disk: '/dev/sdc' }, `lsblk -p -o ${columns} /dev/sdc`],
  [
    'linux_disk_serial',
    {},
    "echo 'This host:'; lsblk -dp -o NAME,SIZE,SERIAL,WWN && " +
      "echo aixmn2: && ssh -o BatchMode=yes aixmn2 'lsblk -dp -o NAME,SIZE,SERIAL,WWN'",
  ],
  ['linux_sginfo_list', {}, 'sginfo -l'],
  ['linux_sginfo_serial', { disk: '/dev/sdb' }, 'sginfo -s /dev/sdb'],
  ['linux_sg_vpd', { disk: '/dev/sdb' }, 'sg_vpd --page=sn /dev/sdb'],
  ['linux_scsi_id', { disk: '/dev/sdb' }, 'scsi_id --whitelisted --page=0x83 --device=/dev/sdb'],

  // Linux: set up
  ['linux_partitions', { disk: '/dev/sdc' }, 'fdisk -l /dev/sdc'],
  ['linux_fdisk', { disk: '/dev/sdc' }, 'fdisk /dev/sdc'],
  ['linux_parted', { disk: '/dev/sdc' }, 'parted /dev/sdc'],
  ['linux_partprobe', { disk: '/dev/sdc' }, 'partprobe /dev/sdc'],
  ['linux_mkfs', { device: '/dev/sdc1', fstype: 'ext3' }, 'mkfs.ext3 -v /dev/sdc1'],
  ['linux_mkfs', { device: '/dev/sdc2', label: 'INSTALL' }, 'mkfs.ext4 -v -L INSTALL /dev/sdc2'],
  ['linux_mkfs', { device: '/dev/sdc3', fstype: 'xfs' }, 'mkfs.xfs /dev/sdc3'],
  ['linux_mkfs', { device: '/dev/sdc3', fstype: 'xfs', overwrite: 'yes' }, 'mkfs.xfs -f /dev/sdc3'],

  // Linux: try
  [
    'linux_mount_test',
    { device: '/dev/sdc1', directory: '/etc/xcat' },
    'mount /dev/sdc1 /etc/xcat && { { date; uname -n; } >/etc/xcat/hasmit-test."$(uname -n)" && sync && ' +
      'ls -la /etc/xcat && cat /etc/xcat/hasmit-test.*; status=$?; umount /etc/xcat && exit "$status"; }',
  ],
  [
    'linux_mount_look',
    { device: '/dev/sdc1' },
    'mount -o ro,noload /dev/sdc1 /mnt && { ls -la /mnt; status=$?; umount /mnt && exit "$status"; }',
  ],

  // NIM
  ['nim_lsnim', {}, 'lsnim'],
  ['nim_lsnim', { of_type: 'spot' }, 'lsnim -t spot'],
  ['nim_lsnim', { name: 'node01' }, 'lsnim -l node01'],
  ['nim_lsdef', {}, 'lsdef -t osimage -l'],
  ['nim_lsdef', { image: '71dskls' }, 'lsdef -t osimage -o 71dskls -l'],
  ['nim_master_setup', { source: '/aix71' }, 'nim_master_setup -a mk_resource=no -a device=/aix71'],
  [
    'nim_lpp_source',
    { image: '71bos' },
    'nim -Fo define -t lpp_source -a server=master -a location=/install/nim/lpp_source/71bos_lpp_source 71bos_lpp_source',
  ],
  [
    'nim_spot',
    { image: '71bos' },
    '/usr/lpp/bos.sysmgt/nim/methods/m_mkspot -o -a server=master -a location=/install/nim/spot/ -a source=no 71bos',
  ],
  ...['installp_bundle', 'script', 'root', 'shared_root', 'tmp', 'home', 'shared_home', 'dump', 'paging'].map(
    (type): [string, Values, string] => [
      'nim_resource',
      { image: '71dskls', type, location: `/install/nim/${type}/71dskls_${type}` },
      `nim -Fo define -t ${type} -a server=master -a location=/install/nim/${type}/71dskls_${type} 71dskls_${type}`,
    ],
  ),
  [
    'nim_shared_root',
    { name: '71dskls_shared_root', spot: '71dskls' },
    'rm -rf -- /install/nim/shared_root/71dskls_shared_root && nim -Fo define -t shared_root -a server=master ' +
      '-a location=/install/nim/shared_root/71dskls_shared_root -a spot=71dskls 71dskls_shared_root',
  ],
  ['nim_check', { name: '71bos_lpp_source' }, 'nim -o check 71bos_lpp_source'],
  ['nim_reset', { name: 'node01' }, 'nim -Fo reset node01'],
  ['nim_remove', { name: '71bos_dump' }, 'nim -o remove 71bos_dump'],
  [
    'nim_backup_db',
    { file: '/install/nim-backup/nim.backup.20110401' },
    '/usr/lpp/bos.sysmgt/nim/methods/m_backup_db /install/nim-backup/nim.backup.20110401 && ls -l /install/nim-backup/nim.backup.20110401',
  ],
  ['nim_unconfig', {}, 'nim -o unconfig master'],
  [
    'nim_restore_db',
    { file: '/install/nim-backup/nim.backup.20110401' },
    '/usr/lpp/bos.sysmgt/nim/methods/m_restore_db /install/nim-backup/nim.backup.20110401 && startsrc -s nimesis',
  ],
  ['nim_nimnodeset', { image: '71bos', nodes: 'node01-node04' }, 'nimnodeset -i 71bos node01-node04'],
  ['nim_nimnodeset', { image: '71bos', nodes: 'compute', force: 'yes' }, 'nimnodeset -f -i 71bos compute'],
  ['nim_mkdsklsnode', { image: '71dskls', nodes: 'node01-node04' }, 'mkdsklsnode -i 71dskls node01-node04'],
  ['nim_rmdsklsnode', { nodes: 'compute' }, 'rmdsklsnode compute'],
];

test.each(commands)('%s with %j is this command', (id, typed, command) => {
  const rendered = commandOf(shipped, id, typed, {}, site);
  expect(rendered.text).toBe(command);
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
});

test('a shared file system stands in fstab so that nothing mounts it at boot', () => {
  const panel = dialogOf(shipped, 'linux_fstab');
  const found = startFindings(
    inputOf(panel, { device: 'LABEL=XCAT', directory: '/etc/xcat' }),
    panel.edits!.flatMap(edit => Object.values(edit.args)),
  );
  expect(fillEdits(panel.edits!, found).map(({ verb, args, problem }) => [verb, args, problem])).toEqual([
    ['ensure_line', { file: '/etc/fstab', line: 'LABEL=XCAT /etc/xcat ext4 noauto 0 0' }, undefined],
  ]);
});

test('every dialog of storage stands in a table above', () => {
  const listed = new Set([...commands.map(([id]) => id), 'linux_fstab']);
  expect(dialogs.map(panel => panel.id).sort()).toEqual([...listed].sort());
});

test('a dialog that changes something asks first, and one that only looks does not', () => {
  const looking = /_(lspv|lsvg|lsfs|fuser|lsblk|disk_serial|sginfo_\w+|sg_vpd|scsi_id|partitions|lsnim|lsdef)$/;
  const wrong = dialogs.filter(panel => (panel.confirm === undefined) !== looking.test(panel.id));
  expect(wrong.map(panel => panel.id)).toEqual([]);
});

test('what destroys data or definitions wants the name of the object typed', () => {
  const typed = dialogs.filter(panel => panel.confirm?.level === 'type');
  expect(typed.map(panel => panel.id).sort()).toEqual([
    'aix_exportvg',
    'aix_logform',
    'aix_mkvg',
    'linux_fdisk',
    'linux_mkfs',
    'linux_parted',
    'nim_remove',
    'nim_shared_root',
    'nim_unconfig',
  ]);
});

test('programs with screens of their own get the terminal', () => {
  const interactive = dialogs.filter(panel => panel.mode === 'interactive').map(panel => panel.id);
  expect(interactive.sort()).toEqual(['aix_diag', 'linux_fdisk', 'linux_parted']);
});

test('every panel and field has help, every dialog its source, and texts fit on the screen', () => {
  const faults = [...shipped.panels.values()]
    .filter(panel => panel.product === 'storage')
    .flatMap(panel => {
      const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
      return [
        ...(panel.help ? [] : [`${panel.id}: help`]),
        ...(panel.title.length > 60 ? [`${panel.id}: title`] : []),
        ...(panel.kind === 'dialog' && !panel.evidence.source ? [`${panel.id}: evidence`] : []),
        ...fields.filter(field => !field.help || field.label.length > 50).map(field => `${panel.id}.${field.name}`),
      ];
    });
  expect(faults).toEqual([]);
});

/** What F4 shows for a source when its command prints this. */
const rows = (id: string, output: string) => {
  const source = sourceOf(shipped, id);
  return listRowsOf(source, parseRows(output, source).records).map(row => row.text);
};

const lspv = `hdisk0          00c1894ca8b2d2f2                    rootvg          active
hdisk1          00c1894ca8b2d2f3                    rootvg          active
hdisk2          00c1894ca8b2d2f4                    None
hdisk3          none                                None
`;

test('lists are read from what AIX prints', () => {
  expect(rows('aix.disks', lspv)).toEqual(
    [
      'hdisk0  00c1894ca8b2d2f2  rootvg          active',
      'hdisk1  00c1894ca8b2d2f3  rootvg          active',
      'hdisk2  00c1894ca8b2d2f4  None',
      'hdisk3  none              None',
    ].map(text => expect.stringMatching(text.replace(/ +/g, ' +'))),
  );
  const lsvg = `xcatvg:
LV NAME             TYPE       LPs     PPs     PVs  LV STATE      MOUNT POINT
loglv00             jfs2log    1       1       1    open/syncd    N/A
fslv00              jfs2       4       4       1    open/syncd    /etc/xcat
`;
  expect(rows('aix.lvs', lsvg).map(text => text.split(/ +/)[0])).toEqual(['loglv00', 'fslv00']);
  const lsfs = '/etc/xcat:/dev/fslv00:jfs2:::2097152:rw:no:no\n/install:/dev/fslv01:jfs2:::104857600:rw:no:no\n';
  expect(rows('aix.filesystems', lsfs)).toEqual([
    expect.stringMatching(/^\/etc\/xcat +\/dev\/fslv00 +jfs2$/),
    expect.stringMatching(/^\/install +\/dev\/fslv01 +jfs2$/),
  ]);
  expect(rows('nim.objects', 'master machines master\n71bos resources spot\n')).toEqual([
    expect.stringMatching(/^master +machines +master$/),
    expect.stringMatching(/^71bos +resources +spot$/),
  ]);
  expect(rows('nim.osimages', '71dskls  (osimage)\n71bos  (osimage)\n').map(text => text.split(' ')[0])).toEqual([
    '71dskls',
    '71bos',
  ]);
});

/** AIX's commands as shell functions that print what AIX prints, before a text of ours. */
const aix = `
lspv() { cat <<'END'
${lspv}END
}
lsvg() {
  case $1 in
  -o) printf 'xcatvg\\nrootvg\\n' ;;
  -il) while read vg; do lsvg -l "$vg"; done ;;
  -l) printf '%s:\\nLV NAME TYPE LPs PPs PVs LV STATE MOUNT POINT\\n' "$2"
    case $2 in
    xcatvg) printf 'loglv00 jfs2log 1 1 1 open/syncd N/A\\nfslv00 jfs2 4 4 1 open/syncd /etc/xcat\\nfslv01 jfs2 4 4 1 closed/syncd /install\\n' ;;
    *) printf 'hd8 jfs2log 1 1 1 open/syncd N/A\\n' ;;
    esac ;;
  *) printf 'rootvg\\nxcatvg\\n' ;;
  esac
}
mount() { printf '  node       mounted        mounted over    vfs       date        options\\n         /dev/fslv00      /etc/xcat        jfs2   Aug 05 20:33 rw,log=/dev/loglv00\\n'; }
`;
const onAix = (text: string) => spawnSync('/bin/sh', ['-c', `${aix}${text}`], { encoding: 'utf8' });

test('the lists pick what fits: free disks, shared volume groups, logs of those that are on', () => {
  const values = (id: string, carried: Values = {}) => {
    const source = sourceOf(shipped, id);
    return listRowsOf(source, parseRows(onAix(sourceText(source, carried).text).stdout, source).records).map(
      row => row.value,
    );
  };
  expect(values('aix.free_disks')).toEqual(['hdisk2', 'hdisk3']);
  expect(values('aix.vgs_shared')).toEqual(['xcatvg']);
  expect(values('aix.vgs')).toEqual(['rootvg', 'xcatvg']);
  expect(values('aix.logs')).toEqual(['loglv00', 'hd8']);
  expect(values('aix.lvs', { vg: 'xcatvg' })).toEqual(['loglv00', 'fslv00', 'fslv01']);
});

test('before and after: what is still mounted is shown, and whether a vary-on or a mount worked is looked at', () => {
  const beside = (id: string, what: 'preview' | 'verify', typed: Values = {}) => {
    const part = dialogOf(shipped, id)[what]!;
    return onAix(besideOf(shipped, id, 'parts' in part ? part : part.run, typed).text);
  };
  expect(beside('aix_varyoffvg', 'preview').stdout).toMatch(/^ +\/dev\/fslv00 +\/etc\/xcat .*\n$/);
  expect(beside('aix_varyonvg', 'verify').status).toBe(0);
  expect(beside('aix_varyonvg', 'verify', { vg: 'other' }).status).toBe(1);
  expect(dialogOf(shipped, 'aix_varyoffvg').verify?.status).toBe(1);
  expect(beside('aix_mount', 'verify', { directories: ['/etc/xcat'] }).status).toBe(0);
  expect(beside('aix_mount', 'verify', { directories: ['/etc/xcat', '/install'] }).status).toBe(1);
});

test('F4 of mkfs has what is not mounted, and no whole disk', () => {
  const lsblk = `NAME="/dev/sda" SIZE="50G" TYPE="disk" FSTYPE="" LABEL="" MOUNTPOINT=""
NAME="/dev/sda1" SIZE="49G" TYPE="part" FSTYPE="ext4" LABEL="root" MOUNTPOINT="/"
NAME="/dev/sda2" SIZE="1G" TYPE="part" FSTYPE="swap" LABEL="" MOUNTPOINT="[SWAP]"
NAME="/dev/sdc1" SIZE="10G" TYPE="part" FSTYPE="ext3" LABEL="XCAT" MOUNTPOINT=""
NAME="/dev/mapper/mpatha" SIZE="10G" TYPE="mpath" FSTYPE="" LABEL="" MOUNTPOINT=""
NAME="/dev/sr0" SIZE="1024M" TYPE="rom" FSTYPE="" LABEL="" MOUNTPOINT=""
`;
  expect(rows('linux.unused', lsblk)).toEqual([
    expect.stringMatching(/^\/dev\/sdc1 +10G +part +ext3 +XCAT$/),
    expect.stringMatching(/^\/dev\/mapper\/mpatha +10G +mpath/),
  ]);
});

test('checks refuse what cannot work', () => {
  expect(failedChecks(shipped, 'aix_lsvg', { only_on: 'yes', vg: 'xcatvg' })[0]).toMatch(/only those that are on/);
  expect(failedChecks(shipped, 'aix_lsvg', { only_on: 'yes' })).toEqual([]);
  expect(failedChecks(shipped, 'nim_lsnim', { of_type: 'spot', name: 'x' })[0]).toMatch(/Choose/);
  for (const id of ['aix_varyoffvg', 'aix_exportvg'])
    expect(failedChecks(shipped, id, { vg: 'rootvg' })[0]).toMatch(/holds the system/);
  const says = (id: string, name: string, value: string) =>
    checkValue(dialogOf(shipped, id).fields.find(field => field.name === name)!, value);
  expect(says('aix_crfs', 'size', '1 GB')).toMatch(/for example 1G/);
  expect(says('aix_mkvg', 'vg', 'a-volume-group')).toMatch(/at most 15/);
  expect(says('linux_fstab', 'device', 'sdc1')).toMatch(/LABEL=XCAT/);
  expect(says('linux_fstab', 'directory', '/a b')).toMatch(/does not fit/);
  expect(says('linux_mkfs', 'label', 'THIRTEENCHARS')).toMatch(/at most 12/);
});

test('before a vary-off the question shows what is still mounted of that volume group', () => {
  const panel = dialogOf(shipped, 'aix_varyoffvg');
  expect(besideOf(shipped, panel.id, panel.preview!).text).toBe(
    `mount | grep -F "$(lsvg -l xcatvg | awk 'NR > 2 && $7 != "N/A" { print $7 }')"`,
  );
});

// The mistakes of the source documents (reference, part 2b), each with what stands in its place.

test('before varyoffvg comes umount, not mount once more', () => {
  const menu = shipped.panels.get('storage_aix');
  const items = menu?.kind === 'menu' ? menu.items.map(item => item.panel) : [];
  expect(items.slice(items.indexOf('aix_umount'), items.indexOf('aix_umount') + 2)).toEqual([
    'aix_umount',
    'aix_varyoffvg',
  ]);
  expect(commandOf(shipped, 'aix_umount', {}, {}, site).text).toMatch(/umount "\$d"/);
});

test('no disk of rootvg can be chosen for importvg or mkvg', () => {
  for (const [id, name] of [
    ['aix_importvg', 'disk'],
    ['aix_mkvg', 'disks'],
  ] as const) {
    const field = dialogOf(shipped, id).fields.find(one => one.name === name)!;
    expect([field.source, field.free]).toEqual(['aix.free_disks', undefined]);
    expect(checkValue(field, 'hdisk1', ['hdisk2', 'hdisk3'])).toMatch(/not in the list/);
  }
  expect(sourceText(sourceOf(shipped, 'aix.free_disks')).text).toBe(`lspv | awk '$3 == "None"'`);
});

test('a file system is JFS2, in its volume group, and not mounted at boot', () => {
  expect(commandOf(shipped, 'aix_crfs', { size: '1G', directory: '/install' }).text).toMatch(/^crfs -v jfs2 .* -A no$/);
});

test('fdisk is not fidsk', () => {
  expect(commandOf(shipped, 'linux_fdisk', { disk: '/dev/sdc' }).text).toBe('fdisk /dev/sdc');
});

test('lsdef of an osimage gets -l, not -1, and options and names hold no blank of the scanner', () => {
  expect(commandOf(shipped, 'nim_lsdef', {}).text).toBe('lsdef -t osimage -l');
  const texts = commands.filter(([id]) => id.startsWith('nim_')).map(([, , text]) => text);
  for (const text of texts) expect(text).not.toMatch(/nim_master setup|shared (root|home)|\/ust\/| lpp_source$/);
});
