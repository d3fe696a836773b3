/**
 * The panels of ServiceGuard run, by /bin/sh and with the project's own renderer, against programs that answer as the reference says
 * (test/fixtures/menus/mcsg). There is no cluster here; what the real programs do beyond their documented answers is not known.
 *
 * /etc and /dev are replaced by directories of the test in the text that runs, nothing else is.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { builtProgram } from '../helpers/program.ts';
import { besideOf, commandOf, dialogOf, failedChecks, readShipped, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const programs = resolve(import.meta.dirname, '../fixtures/menus/mcsg');

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'hasmit-mcsg-'));
  mkdirSync(join(state, 'etc/cmcluster/pkg1'), { recursive: true });
  mkdirSync(join(state, 'dev'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

type Env = Record<string, string>;

/** The text as it runs here: fixture programs first on PATH, /etc and /dev those of the test. */
function sh(text: string, env: Env = {}, shell = '/bin/sh') {
  const here = text.replaceAll(/(?<![\w.}/^])\/(etc|dev)\/(?!null)/g, `${state}/$1/`);
  const PATH = `${programs}:${env.PATH ? `${env.PATH}:` : ''}/usr/bin:/bin`;
  return spawnSync(shell, ['-c', here], {
    encoding: 'utf8',
    env: { HOME: state, HASMIT_STATE: state, ...env, PATH },
    timeout: 20_000,
  });
}

function run(id: string, typed: Values = {}, env: Env = {}) {
  const command = commandOf(shipped, id, typed);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  return sh(command.text, env);
}

/** What F4 shows: the texts of the rows, or the status when the list command fails. */
function list(id: string, values: Values = {}, env: Env = {}): string[] | number | null {
  const source = sourceOf(shipped, id);
  const { stdout, status } = sh(sourceText(source, values).text, env);
  if (status !== 0 && !source.emptyStatus?.includes(status!)) return status;
  return listRowsOf(source, parseRows(stdout, source).records).map(row => row.text.replaceAll(/ +/g, ' ').trim());
}

/** What a dialog's discover command fills in. */
function discovered(id: string, env: Env = {}): Values {
  const { discover } = dialogOf(shipped, id);
  const { stdout } = sh(besideOf(shipped, id, discover!.run).text, env);
  const { records } = parseRows(stdout, discover!);
  return Object.fromEntries(
    Object.entries(discover!.map).flatMap(([name, key]) => (records[0]?.[key] ? [[name, records[0][key]]] : [])),
  );
}

const preview = (id: string, typed: Values, env: Env) =>
  sh(besideOf(shipped, id, dialogOf(shipped, id).preview!, typed).text, env);

/** The calls of the fixture programs, their words set apart by |. */
const calls = () =>
  existsSync(join(state, 'calls')) ? readFileSync(join(state, 'calls'), 'utf8').trim().split('\n') : [];
const file = (name: string) => join(state, name);

test('clusters, nodes and packages are listed from the lines of cmviewcl', () => {
  expect(list('mcsg.clusters')).toEqual(['example up']);
  expect(list('mcsg.nodes')).toEqual(['ftsys9 up running', 'ftsys10 up running']);
  expect(list('mcsg.packages')).toEqual(['pkg1 up running enabled']);
  expect(list('mcsg.package_nodes', { package: 'pkg1' })).toEqual(['ftsys9 enabled', 'ftsys10 enabled']);
});

test('an old release, which has no lines, is asked for its table', () => {
  const env = { MCSG_STATE: 'old' };
  expect(list('mcsg.clusters', {}, env)).toEqual(['example up']);
  expect(list('mcsg.nodes', {}, env)).toEqual(['ftsys9 up running', 'ftsys10 up running']);
  expect(list('mcsg.packages', {}, env)).toEqual(['pkg1 up running enabled', 'pkg3 down halted disabled']);
  expect(list('mcsg.package_nodes', { package: 'pkg1' }, env)).toEqual(['ftsys9 enabled', 'ftsys10 enabled']);
  expect(list('mcsg.package_nodes', { package: 'pkg3' }, env)).toEqual(['ftsys10 disabled', 'ftsys9']);
});

test('a cluster that is down is read from its configuration', () => {
  const env = { MCSG_STATE: 'down' };
  expect(list('mcsg.clusters', {}, env)).toEqual(['example']);
  expect(list('mcsg.nodes', {}, env)).toEqual(['ftsys9', 'ftsys10']);
  expect(list('mcsg.packages', {}, env)).toEqual(['pkg1 enabled']);
  expect(list('mcsg.package_nodes', { package: 'pkg1' }, env)).toEqual(['ftsys9 enabled', 'ftsys10 enabled']);
});

test('where nothing can be read the list fails, so that the name can be typed, and is never an empty list', () => {
  for (const MCSG_STATE of ['gone', 'silent'])
    for (const id of ['mcsg.clusters', 'mcsg.nodes', 'mcsg.packages', 'mcsg.package_nodes'])
      expect([id, MCSG_STATE, list(id, { package: 'pkg1' }, { MCSG_STATE })]).toEqual([id, MCSG_STATE, 1]);
  expect(list('mcsg.package_nodes', { package: 'nowhere' })).toBe(1);
});

test('messages between the lines, a cut output and quotes do not make wrong names', () => {
  expect(list('mcsg.nodes', {}, { MCSG_STATE: 'noise' })).toEqual(['ftsys9 up running', 'ftsys10 up running']);
  expect(list('mcsg.nodes', {}, { MCSG_STATE: 'quoted' })).toEqual(['ftsys9 up running', 'ftsys10 up running']);
  expect(list('mcsg.packages', {}, { MCSG_STATE: 'quoted' })).toEqual(['pkg1 up running enabled']);
  expect(list('mcsg.clusters', {}, { MCSG_STATE: 'quoted' })).toEqual(['example up']);
  expect(list('mcsg.nodes', {}, { MCSG_STATE: 'short' })).toEqual(['ftsys9 up running']);
});

test('services of a package are listed once, modules with what they are for', () => {
  expect(list('mcsg.services', { package: 'pkg1' })).toEqual(['service1 up']);
  expect(list('mcsg.services', { package: 'pkg3' })).toEqual(['service3 down']);
  expect(list('mcsg.modules')).toEqual([
    'sg/failover one node at a time',
    'sg/multi_node several nodes',
    'sg/service services',
  ]);
});

test('volume groups come from the table of LVM, disks in it do not', () => {
  writeFileSync(file('etc/lvmtab'), '\0\0/dev/vg00\0\x01\x02/dev/dsk/c0t0d0\0\0\0/dev/vg01\0/dev/disk/disk7\0');
  expect(list('mcsg.volume_groups')).toEqual(['vg00', 'vg01']);
});

test('configuration files and scripts are proposed, binary and log are not', () => {
  for (const name of ['cluster.ascii', 'cmclconfig', 'pkg1/pkg1.conf', 'pkg1/pkg1.cntl', 'pkg1/pkg1.cntl.log'])
    writeFileSync(file(`etc/cmcluster/${name}`), '');
  expect(list('mcsg.config_files')).toEqual(
    ['cluster.ascii', 'pkg1/pkg1.cntl', 'pkg1/pkg1.conf'].map(name => file(`etc/cmcluster/${name}`)),
  );
});

test('the configuration is looked for where /etc/cmcluster.conf says', () => {
  mkdirSync(file('conf'));
  writeFileSync(file('conf/linux.ascii'), '');
  writeFileSync(file('etc/cmcluster.conf'), `SGCONF=${file('conf')}\nSGAUTOSTART=${file('conf/cmcluster.rc')}\n`);
  writeFileSync(file('conf/cmcluster.rc'), 'AUTOSTART_CMCLD=1\n');
  expect(list('mcsg.config_files')).toEqual([file('conf/linux.ascii')]);
  expect(run('mcsg_pkg_dir', { package: 'pkg7' }).status).toBe(0);
  expect(existsSync(file('conf/pkg7'))).toBe(true);
  expect(run('mcsg_autostart_show').stdout).toBe('AUTOSTART_CMCLD=1\n');
});

test('the status page is read from the lines, from the table of an old release, and is unknown when there is neither', () => {
  const PATH = dirname(builtProgram());
  const page = (MCSG_STATE: string) => run('mcsg_status_page', {}, { MCSG_STATE, PATH, XDG_CONFIG_HOME: state });
  expect(page('')).toMatchObject({ status: 0, stderr: '' });
  expect(page('').stdout).toMatch(/^Cluster example: up, ok\n[\s\S]*Cluster, nodes and packages are up\.\n$/);
  expect(page('old').status).toBe(1);
  expect(page('old').stdout).toContain('Package pkg3 is down, halted.');
  expect(page('gone').status).toBe(1);
  expect(page('gone').stdout).toContain('The state of the cluster is unknown');
  expect(page('gone').stderr).toContain('Cannot view the cluster configuration');
});

test('a preview uses -t from A.11.19 on, and shows what is there before', () => {
  const PATH = dirname(builtProgram());
  const halted = (MCSG_RELEASE: string) => {
    rmSync(file('calls'), { force: true });
    const { stdout, status } = preview('mcsg_node_halt', { nodes: ['ftsys10'] }, { MCSG_RELEASE, PATH });
    return [status, calls(), /No preview/.test(stdout), /^CLUSTER/m.test(stdout)];
  };
  for (const release of ['A.11.19.00', 'A.11.20.00', 'A.12.00.30'])
    expect(halted(release)).toEqual([0, ['cmhaltnode|-f|-t|ftsys10'], false, false]);
  const foretold = preview('mcsg_node_halt', { nodes: ['ftsys10'] }, { MCSG_RELEASE: 'A.11.19.00', PATH });
  expect(foretold.stdout).toBe('These packages would move:\n  pkg2  leaves ftsys10, starts on ftsys9\n');
  for (const release of ['', 'A.11.09', 'A.11.16.00', 'A.11.18.00'])
    expect([release, ...halted(release)]).toEqual([release, 0, [], true, true]);
});

test('a node is run only where cmviewcl shows the cluster up, and the cluster only where it does not', () => {
  const refused = (id: string, env: Env) =>
    failedChecks(shipped, id, { nodes: ['ftsys10'], dead: 'yes' }, discovered(id, env));
  expect(refused('mcsg_node_run', {})).toEqual([]);
  expect(refused('mcsg_node_run', { MCSG_STATE: 'old' })).toEqual([]);
  for (const MCSG_STATE of ['down', 'gone', 'silent'])
    expect(refused('mcsg_node_run', { MCSG_STATE })[0]).toMatch(/started with Run the Cluster \(cmruncl\)/);
  for (const id of ['mcsg_cluster_run', 'mcsg_cluster_run_some']) {
    expect(refused(id, {})[0]).toMatch(/The cluster is up\. A node joins it with Run Nodes/);
    for (const MCSG_STATE of ['down', 'gone', 'silent']) expect(refused(id, { MCSG_STATE })).toEqual([]);
  }
});

test('the name that the halt of the cluster wants typed is that of this cluster', () => {
  expect(discovered('mcsg_cluster_halt')).toEqual({ cluster: 'example' });
  expect(discovered('mcsg_cluster_halt', { MCSG_STATE: 'old' })).toEqual({ cluster: 'example' });
  expect(discovered('mcsg_cluster_halt', { MCSG_STATE: 'gone' })).toEqual({});
  expect(commandOf(shipped, 'mcsg_cluster_halt').missing).toEqual(['cluster']);
});

test('the release of this node and the one that is kept are both shown', () => {
  const PATH = dirname(builtProgram());
  const env = { PATH, XDG_CONFIG_HOME: join(state, 'config') };
  expect(discovered('mcsg_release', { ...env, MCSG_RELEASE: 'A.11.20.00' })).toEqual({ here: 'A.11.20.00' });
  expect(run('mcsg_release', { release: 'A.11.16' }, env)).toMatchObject({ status: 0, stderr: '' });
  expect(discovered('mcsg_release', { ...env, MCSG_RELEASE: 'A.11.20.00' })).toEqual({
    here: 'A.11.20.00',
    release: 'A.11.16',
  });
});

test('a package moves in three steps, and what fails ends it', () => {
  const typed = { package: 'pkg1', node: 'ftsys10' };
  expect(run('mcsg_pkg_move', typed).status).toBe(0);
  expect(calls()).toEqual(['cmhaltpkg|-v|pkg1', 'cmrunpkg|-v|-n|ftsys10|pkg1', 'cmmodpkg|-v|-e|pkg1']);
  rmSync(file('calls'));
  expect(run('mcsg_pkg_move', typed, { MCSG_FAIL: 'cmhaltpkg=1' }).status).toBe(1);
  expect(calls()).toEqual(['cmhaltpkg|-v|pkg1']);
  rmSync(file('calls'));
  expect(run('mcsg_pkg_start', typed, { MCSG_FAIL: 'cmrunpkg=1' }).status).toBe(1);
  expect(calls()).toEqual(['cmrunpkg|-v|-n|ftsys10|pkg1']);
});

test('afterwards it is looked whether it worked, in the table that every release has', () => {
  const looked = (id: string, typed: Values, env: Env = {}) =>
    sh(besideOf(shipped, id, dialogOf(shipped, id).verify!.run, typed).text, env).status;
  const down = { MCSG_STATE: 'down' };
  const gone = { MCSG_STATE: 'gone' };
  const all: Env[] = [{}, down, gone];
  expect(all.map(env => looked('mcsg_cluster_run', {}, env))).toEqual([0, 1, 1]);
  expect(all.map(env => looked('mcsg_cluster_halt', { cluster: 'example' }, env))).toEqual([1, 0, 1]);
  expect(looked('mcsg_node_run', { nodes: ['ftsys9', 'ftsys10'] })).toBe(0);
  expect(looked('mcsg_node_run', { nodes: ['ftsys10'] }, gone)).toBe(1);
  expect(looked('mcsg_node_run', { nodes: ['ftsys99'] })).toBe(1);
  expect(looked('mcsg_node_halt', { nodes: ['ftsys10'] })).toBe(1);
  expect(looked('mcsg_pkg_run', { packages: ['pkg1'] })).toBe(0);
  expect(looked('mcsg_pkg_run', { packages: ['pkg1', 'pkg3'] })).toBe(1);
  expect(looked('mcsg_pkg_halt', { packages: ['pkg3'] })).toBe(0);
  expect(looked('mcsg_pkg_halt', { packages: ['pkg1', 'pkg3'] })).toBe(1);
  expect(looked('mcsg_pkg_start', { package: 'pkg1', node: 'ftsys9' })).toBe(0);
  expect(looked('mcsg_pkg_start', { package: 'pkg3', node: 'ftsys9' })).toBe(1);
  expect(looked('mcsg_pkg_move', { package: 'pkg1', node: 'ftsys9' })).toBe(0);
  expect(looked('mcsg_pkg_move', { package: 'pkg1', node: 'ftsys10' })).toBe(1);
  expect(looked('mcsg_switch_on', { packages: ['pkg1'] })).toBe(0);
  expect(looked('mcsg_switch_on', { packages: ['pkg1', 'pkg3'] })).toBe(1);
  expect(looked('mcsg_switch_off', { packages: ['pkg3'] })).toBe(0);
  expect(looked('mcsg_delete_package', { packages: ['pkg1', 'gone'] })).toBe(1);
  expect(looked('mcsg_delete_package', { packages: ['gone'] })).toBe(0);
  expect(looked('mcsg_delete_package', { packages: ['gone'] }, gone)).toBe(1);
});

test('a value is one word, whatever is in it', () => {
  const odd = 'a b;$(echo x)\'"*';
  run('mcsg_pkg_halt', { packages: [odd, 'pkg1'] });
  expect(calls()).toEqual([`cmhaltpkg|-v|${odd}|pkg1`]);
});

test('the whole configuration is saved where only root reads it, and never over something', () => {
  writeFileSync(file('etc/cmcluster/cmclnodelist'), 'ftsys9 root\n');
  const directory = file('save');
  const typed = { cluster: 'example', directory };
  expect(run('mcsg_save', typed)).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(directory).sort()).toEqual(['cluster.ascii', 'cmcluster.tar', 'packages']);
  expect(readdirSync(join(directory, 'packages'))).toEqual(['pkg1.conf']);
  expect(statSync(directory).mode & 0o077).toBe(0);
  expect(run('mcsg_save', typed).status).not.toBe(0);
  expect(sh(`tar -tf ${directory}/cmcluster.tar`).stdout).toContain('./cmclnodelist');
});

test('a serial heartbeat that is left is found', () => {
  expect(run('mcsg_serial_left', { cluster: 'example' })).toMatchObject({
    status: 0,
    stdout: 'No serial heartbeat is configured.\n',
  });
  const left = run('mcsg_serial_left', { cluster: 'example' }, { MCSG_SERIAL: 'yes' });
  expect([left.status, left.stdout]).toEqual([
    1,
    '  SERIAL_DEVICE_FILE /dev/tty0p0\nThese lines must go before the cluster has one node or three.\n',
  ]);
  expect(run('mcsg_serial_left', { cluster: 'example' }, { MCSG_FAIL: 'cmgetconf=3' }).status).toBe(3);
});

test('the status is saved into a new file only', () => {
  const typed = { file: file('status.line') };
  expect(run('mcsg_status_save', typed).status).toBe(0);
  expect(readFileSync(typed.file, 'utf8')).toContain('package:pkg1|name=pkg1');
  expect(statSync(typed.file).mode & 0o777).toBe(0o600);
  expect(run('mcsg_status_save', typed, { MCSG_STATE: 'gone' }).status).not.toBe(0);
  expect(readFileSync(typed.file, 'utf8')).toContain('package:pkg1|name=pkg1');
});

test('before a file is written over, the question says so', () => {
  const typed = { file: file('cluster.ascii'), nodes: ['ftsys9'] };
  expect(preview('mcsg_query_create', typed, {}).stdout).toBe('A new file will be written.\n');
  writeFileSync(typed.file, '');
  expect(preview('mcsg_query_create', typed, {}).stdout).toMatch(
    /^This file is there already and will be written over:\n-rw/,
  );
});

test('control scripts are made executable before they are copied, and a node that fails ends it', () => {
  const script = file('etc/cmcluster/pkg1/pkg1.cntl');
  const conf = file('etc/cmcluster/pkg1/pkg1.conf');
  for (const name of [script, conf]) writeFileSync(name, '', { mode: 0o644 });
  expect(run('mcsg_pkg_copy', { files: [conf, script], nodes: ['a', 'b'] }).status).toBe(0);
  expect([statSync(script).mode & 0o777, statSync(conf).mode & 0o777]).toEqual([0o755, 0o644]);
  expect(calls()).toEqual(['a', 'b'].flatMap(node => [conf, script].map(name => `scp|-p|${name}|${node}:${name}`)));
  rmSync(file('calls'));
  expect(run('mcsg_pkg_copy', { files: [conf], nodes: ['a', 'b'] }, { MCSG_FAIL: 'scp=1' }).status).toBe(1);
  expect(calls()).toHaveLength(1);
});

test('a command on several nodes goes on when one does not answer, and ends with status 1', () => {
  writeFileSync(file('same'), 'text\n');
  const sums = run('mcsg_compare', { file: file('same'), nodes: ['ftsys9', 'ftsys99', 'ftsys10'] });
  expect(sums.status).toBe(1);
  expect(sums.stdout).toMatch(/^ftsys9:\n\d+ 5 \S+\nftsys99:\nftsys10:\n\d+ 5 \S+\n$/);
  expect(run('mcsg_exec', { nodes: ['ftsys9', 'ftsys10'], command: 'echo "a  b"; true' }).stdout).toBe(
    'ftsys9:\na  b\nftsys10:\na  b\n',
  );
  expect(run('mcsg_versions', { nodes: ['ftsys9'] }, { MCSG_RELEASE: 'A.11.19.00' }).stdout).toBe(
    'ftsys9:\nA.11.19.00\n',
  );
});

const control = `# Volume groups
VG[0]="vg01"
VG[1]=/dev/vg02   # data
#VG[2]="vg03"
VGCHANGE="vgchange -a e"
LV[0]=/dev/vg01/lvol1; FS[0]=/data
VG[10]="vg10"; FS[1]="/x"
`;

test('the mark is taken off the volume groups of a script, and of nothing else in it', () => {
  const script = file('etc/cmcluster/pkg1/pkg1.cntl');
  writeFileSync(script, control);
  expect(preview('mcsg_vg_unmark_script', { script }, {}).stdout).toBe('vg01\n/dev/vg02\nvg10\n');
  // The names come out of the script, so /dev is the system's there.
  expect(run('mcsg_vg_unmark_script', { script }).status).toBe(0);
  expect(calls()).toEqual(
    ['vg01', '/dev/vg02', 'vg10'].flatMap(vg => [`vgchange|-a|n|${vg}`, `vgchange|-c|n|${vg}`, `vgchange|-a|y|${vg}`]),
  );
  writeFileSync(script, 'VGCHANGE="vgchange -a e"\n');
  rmSync(file('calls'));
  expect(run('mcsg_vg_unmark_script', { script })).toMatchObject({
    status: 1,
    stdout: 'No volume group stands in that script.\n',
  });
  expect(calls()).toEqual([]);
});

test('the map of a volume group is written by a vgexport that only looks, and two named files are copied', () => {
  writeFileSync(file('active'), 'vg01\n');
  writeFileSync(file('vg01.old'), '');
  expect(run('mcsg_vg_map', { vg: 'vg01', directory: state, nodes: ['b', 'c'] }).status).toBe(0);
  expect(readFileSync(file('vg01.disks'), 'utf8')).toBe('/dev/dsk/c4t0d0\n/dev/dsk/c4t1d0\n');
  expect(calls()).toEqual([
    `vgexport|-p|-s|-m|${state}/vg01.map|vg01`,
    `scp|-p|${state}/vg01.map|${state}/vg01.disks|b:${state}`,
    `scp|-p|${state}/vg01.map|${state}/vg01.disks|c:${state}`,
  ]);
});

test('a volume group is imported only where it is not active, and with its map', () => {
  const typed = { vg: 'vg01', directory: state, minor: '0a' };
  writeFileSync(file('active'), 'vg01\n');
  expect(run('mcsg_vg_import', typed)).toMatchObject({
    status: 1,
    stdout: 'The volume group is active on this node. Nothing was done.\n',
  });
  rmSync(file('active'));
  expect(run('mcsg_vg_import', typed).stdout).toContain('The map is not there');
  expect(calls()).toEqual([]);
  writeFileSync(file('vg01.map'), '');
  const made = [`mknod|${state}/dev/vg01/group|c|64|0x0a0000`, `vgimport|-s|-m|${state}/vg01.map|vg01`];
  expect(run('mcsg_vg_import', typed).status).toBe(0);
  expect(calls()).toEqual(made);
  // A number that another one has is refused, whatever its capitals; the one it has itself is right.
  rmSync(file('calls'));
  const numbers = (vg: string) => `#!/bin/sh\necho 'crw-r----- 1 root sys 64 0x0A0000 Jan 1 2007 /dev/${vg}/group'\n`;
  writeFileSync(file('ls'), numbers('vg07'), { mode: 0o755 });
  const refused = run('mcsg_vg_import', typed, { PATH: state });
  expect([refused.status, refused.stdout]).toEqual([
    1,
    expect.stringContaining('Another volume group has this number'),
  ]);
  expect(calls()).toEqual([]);
  writeFileSync(file('ls'), numbers('vg01'), { mode: 0o755 });
  expect(run('mcsg_vg_import', typed, { PATH: state }).status).toBe(0);
  // Known there from before: the old definition goes first, and when that fails nothing else is done.
  writeFileSync(file('dev/vg01/group'), '');
  rmSync(file('calls'));
  expect(run('mcsg_vg_import', typed).status).toBe(0);
  expect(calls()).toEqual(['vgexport|vg01', ...made]);
  rmSync(file('calls'));
  expect(run('mcsg_vg_import', typed, { MCSG_FAIL: 'vgexport=1' }).status).toBe(1);
  expect(calls()).toEqual(['vgexport|vg01']);
});

test('the old configuration is put aside without cmclnodelist and without the directories of packages', () => {
  for (const name of ['cmclconfig', 'cluster.ascii', 'cmclnodelist', 'with blank', 'pkg1/pkg1.conf'])
    writeFileSync(file(`etc/cmcluster/${name}`), '');
  writeFileSync(file('ps'), '#!/bin/sh\necho "root 1 0 init"\n', { mode: 0o755 });
  const env = { PATH: state };
  const text = commandOf(shipped, 'mcsg_aside', { name: 'old' }).text.replace(/\bps -ef/, file('ps'));
  expect(sh(text, env).status).toBe(0);
  expect(readdirSync(file('etc/cmcluster')).sort()).toEqual(['cmclnodelist', 'old', 'pkg1']);
  expect(readdirSync(file('etc/cmcluster/old')).sort()).toEqual(['cluster.ascii', 'cmclconfig', 'with blank']);
  expect(readdirSync(file('etc/cmcluster/pkg1'))).toEqual(['pkg1.conf']);
  // Not while the cluster runs there.
  writeFileSync(file('etc/cmcluster/cmclconfig'), '');
  writeFileSync(file('ps'), '#!/bin/sh\necho "root 4711 1 /usr/lbin/cmcld -j"\n', { mode: 0o755 });
  const running = commandOf(shipped, 'mcsg_aside', { name: 'old2' }).text.replace(/\bps -ef/, file('ps'));
  expect(sh(running, env)).toMatchObject({ status: 1, stdout: 'cmcld runs here. Halt the cluster first.\n' });
  expect(existsSync(file('etc/cmcluster/cmclconfig'))).toBe(true);
});

test('cmcld and nothing else is killed, and nothing when it does not run', async () => {
  const victim = spawn('sleep', ['60']);
  const ended = new Promise(done => victim.once('exit', (_status, signal) => done(signal)));
  const ps = (rows: string) => {
    writeFileSync(file('ps'), `#!/bin/sh\ncat <<'END'\n  PID TTY TIME COMMAND\n${rows}END\n`, { mode: 0o755 });
    return commandOf(shipped, 'mcsg_hung_kill', { node: 'ftsys9' }).text.replace(/\bps -e\b/, file('ps'));
  };
  expect(sh(ps(`${victim.pid} ? 00:00:01 cmclconfd\n${victim.pid} ? 00:00:01 notcmcld\n`))).toMatchObject({
    status: 1,
    stdout: 'cmcld does not run here.\n',
  });
  expect(victim.exitCode).toBe(null);
  expect(sh(ps(`    1 ? 00:00:01 init\n${victim.pid} ? 00:00:01 cmcld\n`)).status).toBe(0);
  expect(await ended).toBe('SIGTERM');
});

test('syslog is searched for the daemons of the cluster, and the last lines are shown', () => {
  const log = file('syslog.log');
  const lines = [
    'Jan 1 ftsys9 cmcld: Timed out node ftsys10',
    'Jan 1 ftsys9 ftpd: login',
    'Jan 1 ftsys9 CM-CMD[12]: cmruncl',
  ];
  writeFileSync(log, `${lines.join('\n')}\n`);
  expect(run('mcsg_syslog', { file: log }).stdout).toBe(`${lines[0]}\n${lines[2]}\n`);
  expect(run('mcsg_syslog', { file: log, lines: '1' }).stdout).toBe(`${lines[2]}\n`);
});

test('start at boot, activation at boot and the list of trusted nodes are edited in place, once', () => {
  const edited = (id: string, typed: Values, name: string, before: string) => {
    writeFileSync(file(name), before);
    const text = commandOf(shipped, id, typed).text;
    for (const _ of ['once', 'again']) expect(sh(text)).toMatchObject({ status: 0 });
    return readFileSync(file(name), 'utf8');
  };
  mkdirSync(file('etc/rc.config.d'));
  expect(
    edited(
      'mcsg_autostart',
      { value: '1 (joins)' },
      'etc/rc.config.d/cmcluster',
      '# AUTOSTART_CMCLD = 1\nAUTOSTART_CMCLD = 0\n',
    ),
  ).toBe('# AUTOSTART_CMCLD = 1\nAUTOSTART_CMCLD=1\n');
  expect(edited('mcsg_lvmrc', {}, 'etc/lvmrc', 'AUTO_VG_ACTIVATE=1\ncustom_vg_activation()\n')).toBe(
    'AUTO_VG_ACTIVATE=0\ncustom_vg_activation()\n',
  );
  expect(edited('mcsg_nodelist_add', { node: 'ftsys10' }, 'etc/cmcluster/cmclnodelist', 'ftsys9 root\n')).toBe(
    'ftsys9 root\nftsys10 root\n',
  );
  expect(list('mcsg.nodelist')).toEqual(['ftsys9 root', 'ftsys10 root']);
  expect(
    edited('mcsg_nodelist_del', { entry: 'ftsys9 root' }, 'etc/cmcluster/cmclnodelist', 'ftsys9 root\nftsys10 root\n'),
  ).toBe('ftsys10 root\n');
  expect(
    edited(
      ...(['mcsg_serial_getty', { line: 'tty0p0' }, 'etc/inittab'] as const),
      'cons:123456:respawn:/usr/sbin/getty console\na0:234:respawn:/usr/sbin/getty -h tty0p0 9600\n',
    ),
  ).toMatch(/^cons:.*\n#.*tty0p0 9600\n$/);
});
