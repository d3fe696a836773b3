/**
 * The panels of PSSP run, by /bin/sh and with the project's own renderer, against programs that answer as reference 2.10 says
 * (test/fixtures/menus/pssp): a small SDR that == selects in and = changes, key files in the layout of Kerberos 4, a kadmin that asks.
 * There is no SP here; what the real programs do beyond their documented answers is not known.
 *
 * /tftpboot and the SDR's own directory are replaced by directories of the test in the text that runs, nothing else is.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { besideOf, commandOf, dialogOf, failedChecks, readShipped, sourceOf, sourceText } from './panels.ts';

const shipped = await readShipped();
const programs = resolve(import.meta.dirname, '../fixtures/menus/pssp');

let state: string;
let tftpboot: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'hasmit-pssp-'));
  tftpboot = join(state, 'tftpboot');
  mkdirSync(tftpboot);
  mkdirSync(join(state, 'sdr'));
  // The first column is the partition; "" is how the SDR prints an empty text.
  writeFileSync(
    join(state, 'sdr/Node'),
    [
      'partition node_number frame_number slot_number initial_hostname reliable_hostname',
      '1 1 1 1 sp2n01 sp2n01en0',
      '1 5 1 5 sp2n05 sp2n05en0',
      '1 9 1 9 sp2n09 sp2n09en0',
      '2 13 1 13 sp2n13 sp2n13en0',
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(state, 'sdr/Adapter'),
    [
      'partition node_number adapter_type netaddr netmask enet_type other_addrs',
      '1 5 en0 129.40.160.5 255.255.255.0 bnc ""',
      '1 9 en0 129.40.160.9 255.255.255.0 bnc ""',
      '1 9 en1 129.40.161.9 255.255.255.0 dix 129.40.162.67,129.40.162.66',
      '1 9 css0 129.40.163.9 255.255.255.0 NA ""',
      '2 13 en1 129.40.161.13 255.255.255.0 dix ""',
      '',
    ].join('\n'),
  );
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** The text as it runs here: fixture programs first on PATH, the fixed directories those of the test. */
function sh(text: string, env: Record<string, string> = {}) {
  const here = text.replaceAll('/tftpboot', tftpboot).replaceAll('/var/adm', join(state, 'adm'));
  const PATH = `${programs}:/usr/bin:/bin`;
  return spawnSync('/bin/sh', ['-c', here], { encoding: 'utf8', env: { PATH, HASMIT_STATE: state, ...env } });
}

function run(id: string, typed: Values = {}, discovered: Values = {}, env: Record<string, string> = {}) {
  const command = commandOf(shipped, id, typed, discovered);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  return sh(command.text, env);
}

/** What a dialog's discover command fills in, as app/ask-system.ts reads it. */
function discovered(id: string, carried: Values = {}, env: Record<string, string> = {}): Values {
  const panel = dialogOf(shipped, id);
  const { stdout, status } = sh(besideOf(shipped, id, panel.discover!.run, carried).text, env);
  if (status !== 0) return {};
  const { records } = parseRows(stdout, panel.discover!);
  const found = Object.entries(panel.discover!.map).flatMap(([name, key]) => {
    const texts = records.flatMap(record => record[key] ?? []).filter(text => text !== '');
    const field = panel.fields.find(one => one.name === name)!;
    if (texts.length === 0) return [];
    return [[name, field.multiple ? texts.flatMap(text => text.split(/\s+/)) : texts[0]!]];
  });
  return Object.fromEntries(found);
}

/** What F4 shows: values, and the rows beside them. */
function list(id: string, values: Values = {}, env: Record<string, string> = {}) {
  const source = sourceOf(shipped, id);
  const { stdout } = sh(sourceText(source, values).text, env);
  return listRowsOf(source, parseRows(stdout, source).records);
}

const values = (id: string, carried: Values = {}, env: Record<string, string> = {}) =>
  list(id, carried, env).map(row => row.value);

const calls = () => readFileSync(join(state, 'calls'), 'utf8').trim().split('\n');
const sdr = (name: string) => readFileSync(join(state, 'sdr', name), 'utf8');

/** A key file as setup_server leaves it: one entry each, NUL behind service, instance and realm, a version and eight bytes of key. */
function keyFile(host: string, names: string[]): string {
  const file = join(tftpboot, `${host}-new-srvtab`);
  const entry = (name: string) => `rcmd\0${name}\0SP2.EXAMPLE.COM\0\x01\n\0rcmd\xff\x00`;
  writeFileSync(file, Buffer.from(names.map(entry).join(''), 'latin1'), { mode: 0o600 });
  return file;
}

test('nodes are those of the partition, or of the whole SP', () => {
  expect(list('pssp.nodes').map(row => row.text)).toEqual(['1     sp2n01', '5     sp2n05', '9     sp2n09']);
  expect(values('pssp.nodes', {}, { SDR_PARTITION: '2' })).toEqual(['13']);
  expect(values('pssp.nodes_of_sp')).toEqual(['1', '5', '9', '13']);
});

test('the adapters of a node are listed with their addresses, an empty list as the SDR prints it', () => {
  expect(list('pssp.adapters', { node: '9' }).map(row => row.text)).toEqual([
    'en0      129.40.160.9  255.255.255.0  ""',
    'en1      129.40.161.9  255.255.255.0  129.40.162.67,129.40.162.66',
    'css0     129.40.163.9  255.255.255.0  ""',
  ]);
  expect(values('pssp.adapters', { node: '1' })).toEqual([]);
  expect(values('pssp.adapter_types')).toEqual(['css0', 'en0', 'en1']);
});

test('classes, node groups, host names, installed file sets and key files are listed, each once', () => {
  expect(values('pssp.classes')).toEqual(['Adapter', 'Node']);
  expect(values('pssp.node_groups')).toEqual(['cluster_a', 'users']);
  expect(values('pssp.hosts')).toContain('localhost');
  expect(list('pssp.filesets').map(row => row.text)).toEqual([
    'cluster.base.client.lib  4.2.1.0  COMMITTED',
    'bos.net.tcp.client       4.2.1.0  COMMITTED',
  ]);
  keyFile('node01', []);
  keyFile('node02', []);
  writeFileSync(join(tftpboot, 'tuning.cust'), '');
  expect(values('pssp.key_files')).toEqual(['node01', 'node02']);
  writeFileSync(join(state, 'node2_svc-new-srvtab'), '');
  expect(values('pssp.new_keys', { directory: state })).toEqual(['node2_svc']);
  expect(values('pssp.new_keys', { directory: join(state, 'nowhere') })).toEqual([]);
});

test('lists that are damaged or not there give fewer entries and never a wrong command', () => {
  for (const SDR_STATE of ['down', 'noise', 'short', 'bare']) {
    const nodes = values('pssp.nodes', {}, { SDR_STATE });
    // A message between the rows may look like a row; it is no number, and the field refuses it.
    expect([SDR_STATE, nodes.filter(node => /^\d+$/.test(node))]).toEqual([
      SDR_STATE,
      SDR_STATE === 'down' ? [] : ['1', '5', '9'],
    ]);
  }
});

test('the old list of addresses is read from the SDR, however an empty one is printed', () => {
  const en1 = { node: '9', adapter: 'en1' };
  const there = {
    netaddr: '129.40.161.9',
    old: ['129.40.162.67', '129.40.162.66'],
    addresses: ['129.40.162.67', '129.40.162.66'],
  };
  expect(discovered('pssp_other_addrs', en1)).toEqual(there);
  expect(discovered('pssp_other_addrs', { node: '9', adapter: 'css0' })).toEqual({ netaddr: '129.40.163.9' });
  expect(discovered('pssp_other_addrs', { node: '9', adapter: 'css0' }, { SDR_STATE: 'bare' })).toEqual({
    netaddr: '129.40.163.9',
  });
});

test('an old list that cannot be read, or is damaged, keeps the command from running', () => {
  const refusal = (adapter: string, SDR_STATE: string) => {
    const found = discovered('pssp_other_addrs', { node: '9', adapter }, { SDR_STATE });
    const typed = { node: '9', adapter, addresses: [...((found.addresses as string[]) ?? []), '129.40.162.68'] };
    return failedChecks(shipped, 'pssp_other_addrs', typed, found).join(' ');
  };
  expect(refusal('en1', '')).toBe('');
  expect(refusal('en1', 'down')).toMatch(/The SDR has shown no such adapter/);
  expect(refusal('en1', 'noise')).toMatch(/The SDR has shown no such adapter/);
  expect(refusal('en2', '')).toMatch(/The SDR has shown no such adapter/);
  // A row that is cut off leaves half an address; the field refuses that.
  expect(discovered('pssp_other_addrs', { node: '9', adapter: 'en1' }, { SDR_STATE: 'short' }).addresses).toEqual([
    '129.',
  ]);
});

test('an address is added, the others and the other adapters stay, and the SDR is archived before', () => {
  const en1 = { node: '9', adapter: 'en1' };
  const found = discovered('pssp_other_addrs', en1);
  const typed = { ...en1, addresses: [...(found.addresses as string[]), '129.40.162.68'] };
  expect(run('pssp_other_addrs', typed, found)).toMatchObject({ status: 0, stderr: '' });
  expect(calls()).toEqual([
    'SDRArchive',
    'SDRChangeAttrValues Adapter node_number==9 adapter_type==en1 other_addrs=129.40.162.67,129.40.162.66,129.40.162.68',
  ]);
  expect(
    sdr('Adapter')
      .split('\n')
      .filter(line => line.includes('129.40.162.68')),
  ).toEqual(['1 9 en1 129.40.161.9 255.255.255.0 dix 129.40.162.67,129.40.162.66,129.40.162.68']);
  const verify = dialogOf(shipped, 'pssp_other_addrs').verify!;
  const look = (addresses: string[]) =>
    sh(besideOf(shipped, 'pssp_other_addrs', verify.run, { ...typed, addresses }).text).status;
  expect(look(typed.addresses)).toBe(0);
  expect(look(typed.addresses.slice(1))).toBe(1);
});

test('when the archive cannot be written, nothing is changed', () => {
  const before = sdr('Adapter');
  const typed = { node: '9', adapter: 'en1', addresses: ['129.40.162.68'], drop: 'yes' };
  const { status, stderr } = run('pssp_other_addrs', typed, {}, { ARCHIVE: 'fails' });
  expect([status, stderr]).toEqual([1, 'SDRArchive: no space\n']);
  expect(sdr('Adapter')).toBe(before);
  const change = { class: 'Adapter', selectors: ['node_number==9'], changes: ['enet_type=bnc'] };
  expect(run('pssp_sdr_change', change, {}, { ARCHIVE: 'fails' }).status).toBe(1);
  expect(sdr('Adapter')).toBe(before);
});

test('a change reaches the objects that are shown before, and no other', () => {
  const typed = { class: 'Adapter', selectors: ['node_number==9', 'adapter_type==en1'], changes: ['enet_type=bnc'] };
  const { preview } = dialogOf(shipped, 'pssp_sdr_change');
  const shown = sh(besideOf(shipped, 'pssp_sdr_change', preview!, typed).text)
    .stdout.trim()
    .split('\n');
  expect(shown).toHaveLength(2);
  expect(shown[1]).toMatch(/^9 +en1 +129\.40\.161\.9 +255\.255\.255\.0 +dix /);
  const before = sdr('Adapter').split('\n');
  run('pssp_sdr_change', typed);
  const changed = sdr('Adapter')
    .split('\n')
    .filter((line, at) => line !== before[at]);
  expect(changed).toEqual(['1 9 en1 129.40.161.9 255.255.255.0 bnc 129.40.162.67,129.40.162.66']);
});

test('questions to the SDR print a heading and aligned rows, for one node, one adapter or one partition', () => {
  const first = (text: string) =>
    text
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/));
  expect(first(run('pssp_sdr_adapters', { node: '9', adapter: 'css0' }).stdout)).toEqual([
    ['node_number', 'adapter_type', 'netaddr', 'netmask', 'enet_type', 'other_addrs'],
    ['9', 'css0', '129.40.163.9', '255.255.255.0', 'NA', '""'],
  ]);
  expect(first(run('pssp_sdr_nodes').stdout)).toHaveLength(4);
  expect(first(run('pssp_sdr_nodes', { all: 'yes' }).stdout)).toHaveLength(5);
  const query = { class: 'Node', selectors: ['slot_number==5'], attributes: ['reliable_hostname'], bare: 'yes' };
  expect(run('pssp_sdr_query', query).stdout.trim()).toBe('sp2n05en0');
  expect(run('pssp_sdr_classes').stdout).toBe('Adapter\nNode\n');
});

test('a node can ask whether it could join: the SDR answers or it does not', () => {
  expect(run('pssp_sdr_test')).toMatchObject({
    status: 0,
    stdout: 'The SDR answers. Topology Services/ES can read it from here.\n',
  });
  const down = run('pssp_sdr_test', {}, {}, { SDR_STATE: 'down' });
  expect(down.status).toBe(1);
  expect(down.stdout).toContain('cannot join a cluster with a switch network. Is the control workstation up?');
});

test('the nodes of a cluster are looked for in this partition and in the SP', () => {
  const found = discovered('pssp_partition');
  expect(found).toEqual({ here: ['1', '5', '9'], sp: ['1', '5', '9', '13'] });
  expect(failedChecks(shipped, 'pssp_partition', { nodes: ['1', '13'] }, found)[0]).toMatch(/in another partition/);
  expect(failedChecks(shipped, 'pssp_partition', { nodes: ['1', '5'] }, found)).toEqual([]);
  const { stdout, status } = run('pssp_partition', { nodes: ['1', '5'] }, found);
  expect(status).toBe(0);
  expect(
    stdout
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/)),
  ).toEqual([
    ['1', 'sp2n01', 'sp2n01en0'],
    ['5', 'sp2n05', 'sp2n05en0'],
  ]);
  const silent = discovered('pssp_partition', {}, { SDR_STATE: 'down' });
  expect(silent).toEqual({});
  expect(failedChecks(shipped, 'pssp_partition', { nodes: ['1'] }, silent)[0]).toMatch(/The SDR does not answer/);
});

test('names for kadmin come from cllsif, with 7 to 13 fields, each once and without serial networks', () => {
  expect(run('pssp_principals_needed').stdout).toBe(
    'ank rcmd.sp2n05_boot\nank rcmd.sp2n05_svc\nank rcmd.sp2n07_boot\n',
  );
  expect(run('pssp_principals_needed', { standby: 'yes' }).stdout).toContain('ank rcmd.sp2n05_stby\n');
});

test('key files are found, and the panel of figure 8 wants them saved', () => {
  expect(discovered('pssp_boot_install')).toEqual({});
  keyFile('node02', ['sp2n02en0']);
  expect(discovered('pssp_boot_install')).toEqual({ keys: ['node02'] });
});

test('keys are appended: what setup_server made stays, copies are kept, and a second run appends nothing', () => {
  const file = keyFile('node02', ['node2en0']);
  const made = readFileSync(file);
  const names = { names: ['node2_boot', 'node2_svc'], directory: join(state, 'new') };
  expect(run('pssp_ext_srvtab', { ...names, no_prompt: 'yes' }).stdout).toContain(
    "Generating 'node2_svc-new-srvtab'....",
  );
  expect(statSync(join(state, 'new')).mode & 0o777).toBe(0o700);
  expect(statSync(join(state, 'new/node2_svc-new-srvtab')).mode & 0o777).toBe(0o600);

  const merge = { node: 'node02', save: join(state, 'save'), ...names };
  const first = run('pssp_srvtab_merge', merge);
  expect([first.status, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(/node2_boot: appended\nnode2_svc: appended\n/);
  const merged = readFileSync(file);
  const boot = readFileSync(join(state, 'new/node2_boot-new-srvtab'));
  const svc = readFileSync(join(state, 'new/node2_svc-new-srvtab'));
  expect(merged.equals(Buffer.concat([made, boot, svc]))).toBe(true);

  const copies = readdirSync(join(state, 'save')).sort();
  expect(copies.map(name => name.replace(/\d{8}\.\d{6}/, 'NOW'))).toEqual([
    'node02-new-srvtab.NOW',
    'node02-new-srvtab.NOW.before',
  ]);
  expect(copies.map(name => readFileSync(join(state, 'save', name)).length)).toEqual([merged.length, made.length]);
  expect(copies.map(name => statSync(join(state, 'save', name)).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(statSync(join(state, 'save')).mode & 0o777).toBe(0o700);

  expect(run('pssp_srvtab_merge', merge).stdout).toMatch(/node2_boot: is there already\nnode2_svc: is there already\n/);
  expect(readFileSync(file).equals(merged)).toBe(true);
  // Part of a name is not that name.
  expect(run('pssp_ext_srvtab', { names: ['node2'], directory: names.directory, no_prompt: 'yes' }).status).toBe(0);
  expect(run('pssp_srvtab_merge', { ...merge, names: ['node2'] }).stdout).toContain('node2: appended');

  const { verify } = dialogOf(shipped, 'pssp_srvtab_merge');
  const look = (more: Values) =>
    sh(besideOf(shipped, 'pssp_srvtab_merge', verify!.run, { ...merge, ...more }).text).status;
  expect([look({}), look({ names: ['node3_svc'] })]).toEqual([0, 1]);
  expect(run('pssp_srvtab_show').stdout.split('\n').slice(1)).toEqual([
    ...['  node2en0', '  node2_boot', '  node2_svc', '  node2', ''],
  ]);
});

test('keys are appended with two signs: no command of ours writes over a file in /tftpboot', () => {
  const texts = [...shipped.panels.values()].flatMap(panel =>
    panel.product === 'pssp' && panel.kind === 'dialog' ? [panel.run!.source] : [],
  );
  expect(texts.filter(text => text.includes('>>/tftpboot/'))).toHaveLength(1);
  expect(texts.filter(text => /(^|[^>])>\s*\/tftpboot|cp [^;&]* \/tftpboot\S*( |$)/.test(text))).toEqual([]);
});

test('without the file of the node, or without a key, nothing is written', () => {
  const directory = join(state, 'new');
  mkdirSync(directory);
  const merge = { node: 'node02', save: join(state, 'save'), names: ['node2_svc'], directory };
  expect(run('pssp_srvtab_merge', merge).status).not.toBe(0);
  expect(readdirSync(tftpboot)).toEqual([]);
  const file = keyFile('node02', ['node2en0']);
  const made = readFileSync(file);
  expect(run('pssp_srvtab_merge', merge).status).not.toBe(0);
  expect(readFileSync(file).equals(made)).toBe(true);
});

test('setup_server saves the key files first, and does not run when they cannot be saved', () => {
  expect(run('pssp_setup_server')).toMatchObject({ status: 0, stdout: '' });
  expect(calls()).toEqual(['setup_server']);
  keyFile('node02', ['node2en0', 'node2_svc']);
  const saved = run('pssp_setup_server');
  expect(saved.stdout).toMatch(/^Key files saved in .*srvtab\.save\/\d{8}\.\d{6}\n$/);
  const [day] = readdirSync(join(state, 'adm/srvtab.save'));
  expect(readdirSync(join(state, 'adm/srvtab.save', day!))).toEqual(['node02-new-srvtab']);
  expect(calls()).toEqual(['setup_server', 'setup_server']);
  writeFileSync(join(state, 'file'), '');
  expect(run('pssp_setup_server', { save: join(state, 'file/under') }).status).not.toBe(0);
  expect(calls()).toEqual(['setup_server', 'setup_server']);
});

test('all key files are saved at once', () => {
  keyFile('node01', ['node1en0']);
  keyFile('node02', ['node2en0']);
  const { status, stdout } = run('pssp_srvtab_save', { save: join(state, 'save') });
  expect(status).toBe(0);
  expect(stdout).toMatch(/node01-new-srvtab\n.*node02-new-srvtab/);
  expect(statSync(join(state, 'save')).mode & 0o777).toBe(0o700);
});

test('kadmin and ext_srvtab talk to the one at the terminal, and what is typed there is in no command', async () => {
  const env = { PATH: `${programs}:/usr/bin:/bin`, HASMIT_STATE: state };
  const text = commandOf(shipped, 'pssp_kadmin').text;
  const terminal = openTerminal('/bin/sh', ['-c', text], { env });
  try {
    await terminal.waitFor('admin:');
    terminal.type('ank rcmd.node2_svc\r');
    await terminal.waitFor('Admin password:');
    terminal.type('correct horse\r');
    await terminal.waitFor('Password for rcmd.node2_svc:');
    terminal.type('battery staple\r');
    await terminal.waitFor('re-enter Password');
    terminal.type('battery staple\r');
    await terminal.waitFor('rcmd.node2_svc added to database.');
    terminal.type('q\r');
    expect((await terminal.ended()).status).toBe(0);
    expect(terminal.output()).not.toMatch(/horse|staple/);
  } finally {
    await terminal.close();
  }
  const directory = join(state, 'new');
  const extract = commandOf(shipped, 'pssp_ext_srvtab', { names: ['node2_svc'], directory }).text;
  const second = openTerminal('/bin/sh', ['-c', extract], { env });
  try {
    await second.waitFor('Enter the Kerberos master key:');
    second.type('master\r');
    await second.waitFor("Generating 'node2_svc-new-srvtab'....");
    expect((await second.ended()).status).toBe(0);
    expect(readdirSync(directory)).toEqual(['node2_svc-new-srvtab']);
  } finally {
    await second.close();
  }
});

test('values with shell characters stay values', () => {
  const nasty = 'node_number==9;touch$IFS"$HASMIT_STATE"/ran';
  expect(run('pssp_sdr_query', { class: 'Node', selectors: [nasty] }).status).toBe(0);
  run('pssp_other_addrs', { node: '9', adapter: '$(touch "$HASMIT_STATE"/ran)', addresses: ['`touch ran`'] });
  expect(readdirSync(state)).not.toContain('ran');
});

test('what may be removed is asked of lssrc; a host without HACMP answers nothing', () => {
  const aix = resolve(import.meta.dirname, '../fixtures/menus/aix');
  const active = { PATH: `${aix}:${programs}:/usr/bin:/bin` };
  expect(discovered('install_remove', {}, active)).toEqual({ clstrmgr: 'active' });
  expect(discovered('install_remove', {}, { ...active, CLSTRMGR: 'inoperative' })).toEqual({ clstrmgr: 'inoperative' });
  expect(discovered('install_remove')).toEqual({});
});
