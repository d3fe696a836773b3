import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasmit } from '../helpers/command-line.ts';
import { builtProgram, root } from '../helpers/program.ts';

test('list as JSON gives id, kind, title, menus, fields, commands and evidence of every panel', async () => {
  const { status, out, err } = await hasmit(['list', '--json'], { shippedOnly: true });
  expect([status, err]).toEqual([0, '']);
  const panels = JSON.parse(out) as Array<Record<string, unknown>>;
  const ids = panels.map(panel => panel.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ['root', 'mnode_vip_add', 'cm_run_time.select', 'change_show_ts_gs', 'clverify.dialog', 'site'])
    expect(ids).toContain(id);
  for (const panel of panels) {
    expect(Object.keys(panel)).toEqual(
      expect.arrayContaining(['id', 'kind', 'title', 'path', 'fields', 'commands', 'evidence']),
    );
    expect(['menu', 'selector', 'dialog', 'text']).toContain(panel.kind);
    // Every panel but the first menu is reached by some way from it.
    if (panel.id !== 'root') expect([panel.id, (panel.path as string[][])[0]?.[0]]).toEqual([panel.id, 'root']);
    if (panel.kind === 'dialog') {
      expect((panel.commands as string[]).length).toBeGreaterThan(0);
      expect(panel.evidence).toMatchObject({ level: expect.stringMatching(/^(seed|manual|later|unverified)$/) });
    }
  }
  const add = panels.find(panel => panel.id === 'mnode_vip_add')!;
  expect(add.path).toEqual([['root', 'mnode', 'mnode_vip']]);
  expect(add.commands).toEqual(['ip addr add {{address}}/{{prefix}} dev {{interface}} label {{interface}}:{{alias}}']);
  expect((add.fields as Array<{ name: string }>).map(field => field.name)).toEqual([
    'interface',
    'address',
    'prefix',
    'alias',
  ]);
});

test('words narrow a list, user panels stand beside the shipped ones, and no hit is said', async () => {
  const { out } = await hasmit(['list', 'virtual', 'ifconfig']);
  expect(out.split('\n').filter(line => line.startsWith('mnode_')).length).toBe(2);
  expect((await hasmit(['list', 'app_form'])).out).toMatch(
    /^app_form +dialog +A Form of Every Kind\n +show-arguments\.sh/,
  );
  const none = await hasmit(['list', 'no-such-word']);
  expect(none).toMatchObject({ status: 0, out: '', err: 'hasmit: No panel holds no-such-word.\n' });
  expect(await hasmit(['list', '--json', 'no-such-word'])).toMatchObject({ status: 0, out: '[]\n' });
});

test('show tells fields, command, evidence, question and notes; as JSON everything', async () => {
  const { status, out } = await hasmit(['show', 'mnode_vip_add']);
  expect(status).toBe(0);
  for (const text of [
    'mnode_vip_add  (dialog)  Configure a Virtual IP Address',
    'root > mnode > mnode_vip > mnode_vip_add',
    'Virtual IP address  (required',
    '  ip addr add {{address}}/{{prefix}}',
    'ip-address(8)',
    'Asks before it runs',
    'Note: Not kept over a reboot',
  ])
    expect(out).toContain(text);
  const json = JSON.parse((await hasmit(['show', 'mnode_vip_add', '--json'])).out);
  expect(json).toMatchObject({ id: 'mnode_vip_add', kind: 'dialog', evidence: { level: 'manual' } });
  expect(json.help).toContain('Adds an address');
  expect((await hasmit(['show', 'app'])).out).toMatch(/ app_form +A Form of Every Kind/);
  expect((await hasmit(['show', 'app_text'])).out).toContain('The second one speaks of forms.');
  expect((await hasmit(['show', 'app_select'])).out).toContain('Leads to app_discovered');
});

test('an unknown fast path is answered with the nearest three and status 2, by every word that takes one', async () => {
  for (const words of [
    ['mnode_vip_ad'],
    ['show', 'mnode_vip_ad'],
    ['print', 'mnode_vip_ad'],
    ['run', 'mnode_vip_ad'],
  ]) {
    const { status, out, err } = await hasmit(words);
    expect([words, status, out]).toEqual([words, 2, '']);
    expect(err).toMatch(/^hasmit: there is no panel "mnode_vip_ad"\..* mnode_vip_add, \S+, \S+\. /);
    expect(err.split('\n').length).toBe(2);
  }
  expect((await hasmit(['quite_something_else'])).err).toContain('"hasmit list" shows all');
  for (const words of [['show'], ['print'], ['run']]) expect(await hasmit(words)).toMatchObject({ status: 2, out: '' });
});

test('help fits a console, and version, a wrong option and the flags of SMIT are answered', async () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(await hasmit(['--version'])).toMatchObject({ status: 0, out: `hasmit ${manifest.version}\n`, err: '' });
  for (const words of [['--help'], ['-h'], ['list', '-h']]) {
    const { status, out } = await hasmit(words);
    expect(status).toBe(0);
    for (const word of [
      'list',
      'show',
      'print',
      'run',
      'check',
      'site',
      'config',
      'schema',
      '--plain',
      '-x',
      '-X',
      '-l',
      '-s',
      '-o',
    ])
      expect(out).toContain(word);
    // For a console of 80 columns.
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
  }
  const wrong = await hasmit(['--colour']);
  expect(wrong.status).toBe(2);
  expect(wrong.err).toBe(`hasmit: Unknown option '--colour'. "hasmit --help" lists the options.\n`);
  for (const flag of ['-C', '-D', '-d', '-f', '-m', '-n', '-t', '-v'])
    expect([flag, (await hasmit([flag, 'list', 'app_form'])).status]).toEqual([flag, 0]);
});

test('a reader that goes away is no mistake', () => {
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', `'${builtProgram()}' list --json | head -c 100`], {
    encoding: 'utf8',
  });
  expect([stdout.length, stderr]).toEqual([100, '']);
});
