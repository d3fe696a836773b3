/**
 * The panels of CSM run, by /bin/sh and with the project's own renderer, against programs that answer as reference 3.1 says
 * (test/fixtures/menus/csm). tar, cksum, awk, sed, perl and cmp are the real ones. There is no CSM here; what its programs do beyond their
 * documented answers is not known.
 *
 * The fixed directories (/opt/csm/bin, /cfmroot, ...) are replaced by directories of the test in the text that runs, nothing else is.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { besideOf, commandOf, dialogOf, readShipped, selectorOf, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const programs = resolve(import.meta.dirname, '../fixtures/menus/csm');

/** Commands of CSM that only write down how they were called. */
const recorded = [
  'cfmupdatenode',
  'chnode',
  'chrconsolecfg',
  'csmbackup',
  'csmrestore',
  'csmsetupks',
  'csmsetupyast',
  'csmstat',
  'definenode',
  'installnode',
  'lsrsrc',
  'monitorinstall',
  'rconsole',
  'rconsolerefresh',
  'rmnode',
  'rpm',
  'rpower',
  'scp',
  'smsupdatenode',
  'startcondresp',
  'stopcondresp',
  'updatenode',
];

let state: string;
const ran = new Set<string>();
const listed = new Set<string>();

/** Directories of a management server, by where they are in the test. */
const places = ['/opt/csm/bin', '/cfmroot', '/csminstall', '/var/opt/csm/csmdata', '/etc/opt/conserver', '/tftpboot'];
const at = (path: string) => join(state, 'root', path);

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'hasmit-csm-'));
  mkdirSync(join(state, 'bin'));
  mkdirSync(join(state, 'save'), { mode: 0o700 });
  for (const name of recorded) symlinkSync(join(programs, 'any'), join(state, 'bin', name));
  for (const path of places.filter(path => path !== '/tftpboot')) mkdirSync(at(path), { recursive: true });
  writeFileSync(join(state, 'nodes'), 'n1.example.com\nn2.example.com\n');
  writeFileSync(join(state, 'calls'), '');
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

function sh(text: string, env: Record<string, string> = {}, cwd = state) {
  const here = places.reduce((done, path) => done.replaceAll(new RegExp(`(?<![\\w/])${path}`, 'g'), at(path)), text);
  return spawnSync('/bin/sh', ['-c', here], {
    encoding: 'utf8',
    cwd,
    env: { PATH: `${join(state, 'bin')}:${programs}:/usr/bin:/bin`, HASMIT_STATE: state, LC_ALL: 'C.UTF-8', ...env },
  });
}

function run(id: string, typed: Values = {}, env: Record<string, string> = {}, cwd = state) {
  const command = commandOf(shipped, id, typed);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  ran.add(id);
  return sh(command.text, env, cwd);
}

const calls = () => readFileSync(join(state, 'calls'), 'utf8').trim().split('\n');

/** Runs a dialog that must succeed; what was called since then. */
function called(id: string, typed: Values = {}): string[] {
  writeFileSync(join(state, 'calls'), '');
  const { status, stderr } = run(id, typed);
  expect([id, status, stderr]).toEqual([id, 0, '']);
  return calls();
}

function verified(id: string, typed: Values = {}, env: Record<string, string> = {}): boolean {
  const verify = dialogOf(shipped, id).verify!;
  const { status, stdout } = sh(besideOf(shipped, id, verify.run, typed).text, env);
  const fits = verify.pattern === undefined || new RegExp(verify.pattern, 'm').test(stdout);
  return status === (verify.status ?? 0) && fits;
}

const previewed = (id: string, typed: Values = {}) =>
  sh(besideOf(shipped, id, dialogOf(shipped, id).preview!, typed).text);

function list(id: string, values: Values = {}, env: Record<string, string> = {}) {
  listed.add(id);
  const source = sourceOf(shipped, id);
  return listRowsOf(source, parseRows(sh(sourceText(source, values).text, env).stdout, source).records);
}
const values = (id: string, env: Record<string, string> = {}) => list(id, {}, env).map(row => row.value);

// What F4 lists

test('nodes, groups, conditions and responses are listed', () => {
  expect(values('csm.nodes')).toEqual(['n1.example.com', 'n2.example.com']);
  expect(values('csm.groups')).toEqual(['AllNodes', 'web']);
  expect(list('csm.conditions').map(row => row.text.replace(/ {2,}/g, '  '))).toEqual([
    'NodeReachability  msa  Monitored',
    'AnyNodeVarSpaceUsed  msa  Not monitored',
  ]);
  expect(values('csm.pairs')).toEqual(['E-mail root off-shift', 'LogCSMEventsAnyTime']);
});

test('lists that are damaged or not there give fewer entries and no message as a value', () => {
  const noise = { CSM_STATE: 'noise' };
  expect(values('csm.nodes', noise)).toEqual(['n1.example.com', 'n2.example.com']);
  expect(values('csm.groups', noise)).toEqual(['AllNodes', 'web']);
  expect(values('csm.conditions', noise)).toEqual(['NodeReachability']);
  expect(values('csm.pairs', noise)).toEqual(['E-mail root off-shift']);
  for (const id of ['csm.nodes', 'csm.groups', 'csm.conditions', 'csm.pairs'])
    expect([id, values(id, { CSM_STATE: 'down' })]).toEqual([id, []]);
});

test('the heartbeat is filled in with what csmconfig says, a damaged answer with nothing', () => {
  const { discover } = dialogOf(shipped, 'csm_heartbeat');
  const [record] = parseRows(sh(discover!.run.source).stdout, discover!).records;
  expect([record![discover!.map.frequency!], record![discover!.map.sensitivity!]]).toEqual(['12', '8']);
  expect(parseRows('csmconfig: 2612-022 no session\n', discover!).records.some(row => row.HeartbeatFrequency)).toBe(
    false,
  );
});

// Commands, word for word

test('every command reaches its program with the words it should', () => {
  const rows: [id: string, typed: Values, call: string][] = [
    [
      'csm_node_define',
      { nodes: ['n1', 'n2'], attributes: ["UserComment=a b 'c'"] },
      "definenode [-n] [n1,n2] [UserComment=a b 'c']",
    ],
    ['csm_node_define_file', { file: '/root/my nodes', update: 'yes' }, 'definenode [-f] [/root/my nodes] [-U]'],
    [
      'csm_node_change',
      { nodes: ['n1'], attribute: 'UserComment', value: '$HOME;x' },
      'chnode [-n] [n1] [UserComment=$HOME;x]',
    ],
    ['csm_node_remove', { node: 'n1' }, 'rmnode [n1]'],
    ['csm_updatenode', { nodes: ['n1', 'n2'], what: 'files' }, 'updatenode [-F] [n1] [n2]'],
    ['csm_updatenode_keys', { all: 'yes' }, 'updatenode [-a] [-k]'],
    ['csm_setup_ks', { all: 'yes', nocopy: 'yes' }, 'csmsetupks [-a] [-x]'],
    ['csm_setup_yast', { nodes: ['n3'] }, 'csmsetupyast [-n] [n3]'],
    ['csm_install_nodes', { nodes: ['n1', 'n2'] }, 'installnode [-n] [n1,n2]'],
    ['csm_install_group', { group: 'web' }, 'installnode [-N] [web]'],
    ['csm_install_premanaged', {}, 'installnode [-P]'],
    ['csm_install_watch', { nodes: ['n1'] }, 'monitorinstall [n1]'],
    ['csm_cfmupdate', { all: 'yes', file: '/etc/a b' }, 'cfmupdatenode [-a] [-f] [/etc/a b]'],
    ['csm_sms_update', { all: 'yes' }, 'smsupdatenode [-a]'],
    ['csm_sms_install', { packages: ['a.rpm', 'b.rpm'] }, 'smsupdatenode [-a] [-i] [a.rpm] [b.rpm]'],
    ['csm_sms_erase', { packages: ['a'], nodeps: 'yes' }, 'smsupdatenode [-a] [-e] [--nodeps] [a]'],
    ['csm_console_open', { node: 'n1' }, 'rconsole [-t] [-n] [n1]'],
    ['csm_console_watch', { node: 'n1' }, 'rconsole [-t] [-r] [-n] [n1]'],
    ['csm_console_config', {}, 'chrconsolecfg [-a]'],
    ['csm_console_refresh', {}, 'rconsolerefresh [-r]'],
    ['csm_power_query', { nodes: ['n1', 'n2'] }, 'rpower [-n] [n1,n2] [query]'],
    ['csm_power_on', { nodes: ['n1'] }, 'rpower [-n] [n1] [on]'],
    ['csm_power_off', { nodes: ['n1'] }, 'rpower [-n] [n1] [off]'],
    ['csm_power_reboot', { nodes: ['n1'] }, 'rpower [-n] [n1] [reboot]'],
    ['csm_stat', { delimiter: '|', nodes: ['n1'] }, 'csmstat [-d] [|] [-n] [n1]'],
    ['csm_status_rsct', {}, 'lsrsrc [-x] [-d] [IBM.ManagedNode] [Hostname] [Status]'],
    [
      'csm_lsrsrc',
      { selection: 'Name like "n%"', class_name: 'IBM.ManagedNode' },
      'lsrsrc [-s] [Name like "n%"] [IBM.ManagedNode]',
    ],
    ['csm_startcondresp', { condition: 'A b', responses: ['E-mail root'] }, 'startcondresp [A b] [E-mail root]'],
    ['csm_stopcondresp', { condition: 'A b' }, 'stopcondresp [A b]'],
    ['csm_backup', {}, 'csmbackup'],
    ['csm_restore', { old: 'msa' }, 'csmrestore'],
    ['csm_version', {}, 'rpm [-q] [csm.server]'],
    [
      'csm_backup_copy',
      { backup: 'csmbackup-1.tar.gz', host: 'msb' },
      'scp [-p] [/root/csmbackup-1.tar.gz] [/root/csmbackup-1.tar.gz.cksum] [root@msb:/root/]',
    ],
    ['csm_node_list', { attributes: ['Hostname', 'Mode'] }, 'lsnode -a Hostname,Mode'],
    ['csm_node_show', { node: 'n1' }, 'lsnode -l n1'],
    ['csm_node_reach', {}, 'lsnode -p'],
    ['csm_node_stanzas', {}, 'lsnode -F'],
    ['csm_node_servers', {}, 'lsnode -a ManagementServer'],
    ['csm_group_list', {}, 'nodegrp'],
    ['csm_group_show', { group: 'web' }, 'nodegrp web'],
    ['csm_group_add', { group: 'web', nodes: ['n1', 'n2'] }, 'nodegrp -a -n n1,n2 web'],
    ['csm_group_take', { group: 'web', nodes: ['n1'] }, 'nodegrp -x -n n1 web'],
    ['csm_group_remove', { group: 'web' }, 'nodegrp -D web'],
    ['csm_lscondition', { which: 'monitored' }, 'lscondition -m'],
    ['csm_lscondresp', { active: 'yes' }, 'lscondresp -a'],
    ['csm_config_show', {}, 'csmconfig'],
    ['csm_config_set', { attribute: 'AddUnrecognizedNodes', value: '1' }, 'csmconfig AddUnrecognizedNodes=1'],
    ['csm_license', { keyfile: '/mnt/csmlum.full' }, 'csmconfig -L /mnt/csmlum.full'],
    ['csm_dsh_run', { command: 'uptime; date', all: 'yes' }, 'dsh -v -z -a uptime; date'],
    ['csm_dsh_date', {}, 'dsh -a -v date'],
  ];
  for (const [id, typed, call] of rows) expect([id, called(id, typed)]).toEqual([id, [call]]);
  expect(called('csm_heartbeat', { frequency: '5', sensitivity: '9' })).toEqual([
    'csmconfig HeartbeatFrequency=5',
    'csmconfig HeartbeatSensitivity=9',
  ]);
});

test('installms is run where the packages lie', () => {
  const media = join(state, 'my cd');
  mkdirSync(media);
  writeFileSync(join(media, 'installms'), '#!/bin/sh\npwd >../where\n', { mode: 0o755 });
  expect(run('csm_installms', { media }).status).toBe(0);
  expect(readFileSync(join(state, 'where'), 'utf8')).toBe(`${media}\n`);
});

test('licence, removed node and console master are looked at afterwards', () => {
  expect(verified('csm_license')).toBe(true);
  expect(verified('csm_node_remove', { node: 'n1.example.com' })).toBe(false);
  expect(verified('csm_node_remove', { node: 'n1' })).toBe(true);
  expect(verified('csm_config_set', { attribute: 'AddUnrecognizedNodes', value: '0' })).toBe(true);
  expect(verified('csm_config_set', { attribute: 'AddUnrecognizedNodes', value: '1' })).toBe(false);
  const conf = join(at('/etc/opt/conserver'), 'conserver.cf');
  writeFileSync(conf, 'default csm {\n\tmaster msa;\n}\n');
  expect(run('csm_console_master').stdout).toBe('2:\tmaster msa;\n');
  expect(verified('csm_console_config')).toBe(false);
  writeFileSync(conf, `default csm {\n\tmaster ${spawnSync('hostname', { encoding: 'utf8' }).stdout.trim()};\n}\n`);
  expect(verified('csm_console_config')).toBe(true);
  expect(verified('csm_setup_ks', { all: 'yes' })).toBe(false);
  mkdirSync(at('/tftpboot'));
  expect(verified('csm_setup_ks', { all: 'yes' })).toBe(true);
});

test('a comparison by dshbak ends with the status of dsh', () => {
  const form = { command: 'rpm -q kernel', all: 'yes' };
  const well = run('csm_dsh_collapse', form);
  expect([well.status, well.stdout]).toEqual([0, 'HOSTS: n1, n2\nn1: one\nn2: one\n']);
  const wrong = run('csm_dsh_collapse', form, { CSM_STATE: 'down' });
  expect([wrong.status, wrong.stdout]).toEqual([1, 'HOSTS: n1, n2\nn1: one\nn2: one\n']);
});

test('the set-up is chosen by the distribution of the nodes', () => {
  const { next } = selectorOf(shipped, 'csm_setup');
  if (typeof next === 'string') throw new Error('it asks nobody');
  const to = (nodes: string[], env: Record<string, string> = {}) => {
    const text = next.by.source.replace('{{nodes*}}', nodes.join(' '));
    const release = join(state, 'redhat-release');
    const said = sh(
      text.replace('/etc/redhat-release', release).replace('/etc/SuSE-release', join(state, 'suse')),
      env,
    );
    return next.map[said.stdout.trim()] ?? next.map['*'];
  };
  expect(to(['n1', 'n2'])).toBe('csm_setup_ks');
  expect(to(['n3'])).toBe('csm_setup_yast');
  // Two distributions at once, and a node that CSM knows nothing of.
  expect(to(['n1', 'n3'])).toBe('csm_setup_unknown');
  expect(to(['n4'])).toBe('csm_setup_unknown');
  // CSM does not answer: this host's own distribution decides.
  expect(to(['n1'], { CSM_STATE: 'down' })).toBe('csm_setup_unknown');
  writeFileSync(join(state, 'redhat-release'), 'Red Hat Enterprise Linux AS release 3 (Taroon Update 4)\n');
  expect(to(['n1'], { CSM_STATE: 'down' })).toBe('csm_setup_ks');
});

test('X3: a file goes below /cfmroot where no directory was, for all nodes or for a group', () => {
  const directory = join(state, 'etc');
  mkdirSync(directory);
  writeFileSync(join(directory, 'motd'), 'hello\n');
  const form = { directory, name: 'motd' };
  expect(verified('csm_cfm_put', form)).toBe(false);
  expect(run('csm_cfm_put', form)).toMatchObject({ status: 0, stderr: '' });
  expect(run('csm_cfm_put', { ...form, group: 'web' }).status).toBe(0);
  expect(verified('csm_cfm_put', { ...form, group: 'web' })).toBe(true);
  const below = join(at('/cfmroot'), directory);
  expect(readdirSync(below).sort()).toEqual(['motd', 'motd._web']);
  expect(run('csm_cfm_list').stdout.trim().split('\n').sort()).toEqual([join(below, 'motd'), join(below, 'motd._web')]);
});

// Backup and restore, with the real tar

/** The one backup that was packed into the directory. */
function pack(typed: Values = {}): string {
  writeFileSync(join(at('/cfmroot'), 'hosts'), 'cfm\n');
  writeFileSync(join(at('/csminstall'), 'a.rpm'), 'rpm\n');
  writeFileSync(join(at('/var/opt/csm/csmdata'), 'data'), 'csm\n');
  const { status, stderr } = run('csm_backup_tar', { directory: join(state, 'save'), ...typed });
  expect([status, stderr]).toEqual([0, '']);
  return readdirSync(join(state, 'save')).find(name => name.endsWith('.gz'))!;
}

const form = (backup: string): Values => ({ directory: join(state, 'save'), backup });

test('X1: a backup that is unpacked from any directory lands in its place', () => {
  const backup = pack();
  for (const path of ['/cfmroot', '/csminstall', '/var/opt/csm/csmdata']) rmSync(at(path), { recursive: true });
  const elsewhere = join(state, 'elsewhere');
  mkdirSync(elsewhere);
  expect(verified('csm_unpack', form(backup))).toBe(false);
  expect(run('csm_unpack', form(backup), {}, elsewhere)).toMatchObject({ status: 0, stderr: '' });
  expect(verified('csm_unpack', form(backup))).toBe(true);
  expect(readFileSync(join(at('/cfmroot'), 'hosts'), 'utf8')).toBe('cfm\n');
  expect(readFileSync(join(at('/csminstall'), 'a.rpm'), 'utf8')).toBe('rpm\n');
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('X1: the way of the paper restores nothing and ends with 0, which is why it is not taken', () => {
  const backup = pack();
  rmSync(at('/cfmroot'), { recursive: true });
  const elsewhere = join(state, 'elsewhere');
  mkdirSync(elsewhere);
  expect(sh(`tar -zxf ${join(state, 'save', backup)}`, {}, elsewhere).status).toBe(0);
  expect(existsSync(at('/cfmroot'))).toBe(false);
  expect(readdirSync(elsewhere)).not.toEqual([]);
});

test('X1: a backup that was packed without -P lands in its place, too', () => {
  pack();
  const backup = 'csmbackup-old.tar.gz';
  const file = join(state, 'save', backup);
  sh(`tar -zcf ${file} /cfmroot /var/opt/csm/csmdata 2>/dev/null; cksum <${file} >${file}.cksum`);
  rmSync(at('/cfmroot'), { recursive: true });
  expect(run('csm_unpack', form(backup)).status).toBe(0);
  expect(readFileSync(join(at('/cfmroot'), 'hosts'), 'utf8')).toBe('cfm\n');
});

test('X5: a backup is for its owner only, is found in the list, and goes with its checksum', () => {
  const backup = pack({ csminstall: 'no' });
  expect(backup).toMatch(/^csmbackup-\d{8}-\d{6}\.tar\.gz$/);
  for (const name of [backup, `${backup}.cksum`])
    expect([name, statSync(join(state, 'save', name)).mode & 0o777]).toEqual([name, 0o600]);
  expect(verified('csm_backup_tar', { directory: join(state, 'save') })).toBe(true);
  expect(list('csm.backups', { directory: join(state, 'save') }).map(row => row.value)).toEqual([backup]);
  expect(list('csm.backups', { directory: join(state, 'nowhere') })).toEqual([]);
  expect(run('csm_backup_list', { directory: join(state, 'save') }).stdout).toContain(backup);
  expect(sh(`tar -Ptzf ${join(state, 'save', backup)}`).stdout).not.toContain('a.rpm');
  expect(verified('csm_backup_remove', form(backup))).toBe(false);
  expect(run('csm_backup_remove', form(backup)).status).toBe(0);
  expect(verified('csm_backup_remove', form(backup))).toBe(true);
  expect(readdirSync(join(state, 'save'))).toEqual([]);
});

test('a damaged backup is told of and not unpacked', () => {
  const backup = pack();
  expect(run('csm_backup_check', form(backup)).stdout).toMatch(/The backup is good\.\n$/);
  expect(previewed('csm_unpack', form(backup)).stdout).toMatch(/csmbackup-.*\n.*\/cfmroot\//);
  const file = join(state, 'save', backup);
  writeFileSync(file, readFileSync(file).subarray(0, 200));
  expect(run('csm_backup_check', form(backup)).status).not.toBe(0);
  rmSync(at('/cfmroot'), { recursive: true });
  expect(run('csm_unpack', form(backup))).toMatchObject({
    status: 1,
    stdout: 'The checksum does not agree. Nothing was unpacked.\n',
  });
  expect(existsSync(at('/cfmroot'))).toBe(false);
});

test('a backup of a directory that is not there fails and has no checksum', () => {
  rmSync(at('/csminstall'), { recursive: true });
  expect(run('csm_backup_tar', { directory: join(state, 'save') }).status).not.toBe(0);
  expect(readdirSync(join(state, 'save')).filter(name => name.endsWith('.cksum'))).toEqual([]);
  expect(verified('csm_backup_tar', { directory: join(state, 'save') })).toBe(false);
});

test('the server that is replaced is asked whether it answers before this one takes over', () => {
  writeFileSync(join(state, 'bin/ping'), '#!/bin/sh\nexit "$PING"\n', { mode: 0o755 });
  const text = besideOf(shipped, 'csm_restore', dialogOf(shipped, 'csm_restore').preview!, { old: 'msa' }).text;
  expect(sh(text, { PING: '0' })).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^It answers\. Switch it off/),
  });
  expect(sh(text, { PING: '1' })).toMatchObject({ status: 0, stdout: 'It does not answer.\n' });
});

// The patch of mgmtsvr, with the real perl

const wrong = '#!/usr/bin/perl\nour @MSIPs = (1);\nmy @ips = @::MSIPs;\nprint "@ips\\n";\n';
const mgmtsvr = () => join(at('/opt/csm/bin'), 'mgmtsvr');
const put = (text: string) => writeFileSync(mgmtsvr(), text, { mode: 0o755 });
const broken = wrong.replace('@::MSIPs;', '@::MSIPsPs;');

test('mgmtsvr is patched where the mistake stands once, and the old one is kept', () => {
  put(broken);
  expect(run('csm_mgmtsvr_look').stdout).toBe('3:my @ips = @::MSIPsPs;\n');
  expect(previewed('csm_mgmtsvr_patch').stdout).toBe('3:my @ips = @::MSIPsPs;\n');
  expect(verified('csm_mgmtsvr_patch')).toBe(false);
  expect(run('csm_mgmtsvr_patch').status).toBe(0);
  expect(verified('csm_mgmtsvr_patch')).toBe(true);
  expect(readFileSync(mgmtsvr(), 'utf8')).toBe(wrong);
  expect(statSync(mgmtsvr()).mode & 0o777).toBe(0o755);
  expect(readFileSync(`${mgmtsvr()}.orig`, 'utf8')).toBe(broken);
  expect(readdirSync(at('/opt/csm/bin')).sort()).toEqual(['mgmtsvr', 'mgmtsvr.orig']);
  expect(run('csm_mgmtsvr_look').status).toBe(1);
  // Once more: it stands there no more.
  expect(run('csm_mgmtsvr_patch')).toMatchObject({ status: 1, stdout: expect.stringMatching(/0 times, not once/) });

  expect(verified('csm_mgmtsvr_share')).toBe(false);
  expect(run('csm_mgmtsvr_share')).toMatchObject({ status: 0, stderr: '' });
  expect(verified('csm_mgmtsvr_share')).toBe(true);
});

test.each([
  ['twice on one line', broken.replace('@::MSIPsPs;', '(@::MSIPsPs, @::MSIPsPs);'), /stands there 2 times/],
  ['twice on two lines', broken.replace('print', 'my @more = @::MSIPsPs;\nprint'), /stands there 2 times/],
  ['nowhere', wrong, /stands there 0 times/],
])('mgmtsvr with the mistake %s is left as it is', (_where, text, says) => {
  put(text);
  expect(run('csm_mgmtsvr_patch')).toMatchObject({ status: 1, stdout: expect.stringMatching(says) });
  expect(readFileSync(mgmtsvr(), 'utf8')).toBe(text);
  expect(readdirSync(at('/opt/csm/bin'))).toEqual(['mgmtsvr']);
});

test('mgmtsvr that perl does not take is left as it is, and a saved copy is never written over', () => {
  put(`${broken}this is no perl (\n`);
  expect(run('csm_mgmtsvr_patch')).toMatchObject({ status: 1, stdout: 'Nothing was changed.\n' });
  expect(readdirSync(at('/opt/csm/bin'))).toEqual(['mgmtsvr']);
  put(broken);
  writeFileSync(`${mgmtsvr()}.orig`, 'older\n');
  expect(run('csm_mgmtsvr_patch')).toMatchObject({ status: 1, stdout: expect.stringMatching(/orig is there already/) });
  expect([readFileSync(mgmtsvr(), 'utf8'), readFileSync(`${mgmtsvr()}.orig`, 'utf8')]).toEqual([broken, 'older\n']);
  rmSync(mgmtsvr());
  rmSync(`${mgmtsvr()}.orig`);
  expect(run('csm_mgmtsvr_patch').status).not.toBe(0);
  expect(readdirSync(at('/opt/csm/bin'))).toEqual([]);
});

test('every dialog and every list of CSM was run above', () => {
  const dialogs = [...shipped.panels.values()].filter(panel => panel.product === 'csm' && panel.kind === 'dialog');
  expect(dialogs.map(panel => panel.id).filter(id => !ran.has(id))).toEqual([]);
  expect([...shipped.sources.keys()].filter(id => id.startsWith('csm.') && !listed.has(id))).toEqual([]);
});
