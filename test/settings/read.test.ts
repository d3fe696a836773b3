import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, type SettingFlags } from '../../src/settings/read.ts';

let home: string;
let etc: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hasmit-settings-'));
  etc = join(home, 'etc');
  file = join(home, '.config/hasmit/config.json');
  for (const directory of [etc, join(home, '.config/hasmit')]) mkdirSync(directory, { recursive: true });
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const read = (env: Record<string, string> = {}, flags: SettingFlags = {}, uid?: number) =>
  readSettings({ HOME: home, ...env }, flags, { systemDirectory: etc, uid });
const write = (name: string, content: unknown) =>
  writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));

test('without any file everything has its default', async () => {
  const settings = await read();
  expect(settings.values).toEqual({
    log: '',
    script: '',
    escMs: 500,
    theme: 'standard',
    mono: false,
    engine: 'ssh',
    shell: true,
    plain: false,
    logSize: 10_000_000,
    logFiles: 5,
  });
  expect(settings.site).toEqual({});
  expect(new Set(Object.values(settings.origins))).toEqual(new Set(['default']));
  expect(settings.problems).toEqual([]);
});

test('later places win, and each value knows where it comes from', async () => {
  write(
    join(etc, 'site.yaml'),
    '# for everybody\nvirtual_ip: 10.0.0.1\nprimary: mn1\nprefix: 24\nshared_dirs:\n  - /install\n  - /etc/xcat\n',
  );
  write(join(etc, 'config.json'), { escMs: 100, logFiles: 9, site: { primary: 'mn2', standby: 'mn3' } });
  write(file, { escMs: 200, theme: 'mono', logSize: '20M', site: { standby: 'mn4' } });
  const settings = await read(
    { HASMIT_ESC_MS: '300', HASMIT_SITE_STANDBY: 'mn5', HASMIT_LOG: '/tmp/a' },
    { log: '/tmp/b' },
  );
  expect(settings.values).toMatchObject({
    escMs: 300,
    logFiles: 9,
    theme: 'mono',
    mono: true,
    log: '/tmp/b',
    logSize: 20_000_000,
  });
  expect(settings.site).toEqual({
    virtual_ip: '10.0.0.1',
    primary: 'mn2',
    standby: 'mn5',
    prefix: '24',
    shared_dirs: ['/install', '/etc/xcat'],
  });
  expect(settings.origins).toMatchObject({
    escMs: 'environment HASMIT_ESC_MS',
    logFiles: join(etc, 'config.json'),
    theme: file,
    mono: file,
    log: 'command line',
    script: 'default',
    'site.virtual_ip': join(etc, 'site.yaml'),
    'site.primary': join(etc, 'config.json'),
    'site.standby': 'environment HASMIT_SITE_STANDBY',
  });
  expect(settings.problems).toEqual([]);
});

test('the directory of XDG_CONFIG_HOME is taken when it is absolute', async () => {
  mkdirSync(join(home, 'xdg/hasmit'), { recursive: true });
  write(join(home, 'xdg/hasmit/config.json'), { escMs: 111 });
  write(file, { escMs: 222 });
  expect((await read({ XDG_CONFIG_HOME: join(home, 'xdg') })).values.escMs).toBe(111);
  expect((await read({ XDG_CONFIG_HOME: 'xdg' })).values.escMs).toBe(222);
});

test('a wrong value gets a sentence and changes nothing', async () => {
  write(file, {
    escMs: 'fast',
    theme: 'blue',
    logSize: '1',
    logFiles: 0,
    engine: 'rsh',
    mono: 'maybe',
    log: 7,
    esc: 1,
    site: {
      virtual_ip: '10.0.0.300',
      Bad: 'x',
      netmask: '255.0.255.0',
      hosts: 'mn1, mn2',
      shared_dirs: ['relative'],
      prefix: 0,
    },
  });
  const settings = await read({ HASMIT_ESC_MS: '5' });
  expect(settings.values).toEqual(
    (await readSettings({ HOME: '/nonexistent' }, {}, { systemDirectory: '/nonexistent' })).values,
  );
  expect(settings.site).toEqual({});
  expect(settings.problems).toEqual([
    `${file}: escMs is "fast"; it must be milliseconds from 20 to 5000, for example 500`,
    `${file}: theme is "blue"; it must be standard or mono`,
    `${file}: logSize is "1"; it must be bytes from 10k to 1000M, for example 10M`,
    `${file}: logFiles is 0; it must be a number from 1 to 100, for example 5`,
    `${file}: engine is "rsh"; it must be ssh, xdsh, dsh, clush, pdsh or ansible`,
    `${file}: mono is "maybe"; it must be y or n`,
    `${file}: log is 7; it must be the name of a file, for example /var/log/hasmit/hasmit.log`,
    `${file}: "esc" is no setting; there are log, script, escMs, theme, mono, engine, shell, plain, logSize, logFiles, site`,
    `${file}: site.virtual_ip is "10.0.0.300"; it must be an IP address, for example 10.0.0.9`,
    `${file}: site.Bad is no name for a site value: small letters, digits and _ are`,
    `${file}: site.netmask is "255.0.255.0"; it must be a network mask, for example 255.255.255.0`,
    `${file}: site.hosts is " mn2"; it must be host names, for example mn1,mn2`,
    `${file}: site.shared_dirs is "relative"; it must be directories, for example /install,/etc/xcat`,
    `${file}: site.prefix is "0"; it must be a prefix length, for example 24`,
    'environment HASMIT_ESC_MS: escMs is "5"; it must be milliseconds from 20 to 5000, for example 500',
  ]);
});

test('a file that is broken is said with the place, and the rest works', async () => {
  write(file, '{\n  "escMs": 300,\n  "theme": }\n');
  write(join(etc, 'config.json'), '["no object"]');
  write(join(etc, 'site.yaml'), 'virtual_ip: 10.0.0.1\nhosts: [mn1\n');
  const settings = await read({ HASMIT_LOG_FILES: '3' });
  expect(settings.values.logFiles).toBe(3);
  expect(settings.values.escMs).toBe(500);
  expect(settings.problems[0]).toMatch(new RegExp(`^${join(etc, 'site.yaml')}:\\d+:\\d+: `));
  expect(settings.problems[0]).not.toContain('\n');
  expect(settings.problems.slice(1)).toEqual([
    `${join(etc, 'config.json')}: this must be a JSON object, for example {"escMs": 300}`,
    expect.stringMatching(
      /config\.json: this is not JSON: Unexpected token '}', .*"theme": }.*; nothing of the file is used$/,
    ),
  ]);
  write(file, '{\n  "escMs": 300,\n}');
  expect((await read()).problems.at(-1)).toBe(
    `${file}:3:1: this is not JSON: Expected double-quoted property name; nothing of the file is used`,
  );
  write(file, '');
  expect((await read()).problems).toHaveLength(2);
});

test('one n anywhere forbids the shell, and the user cannot overrule it', async () => {
  write(join(etc, 'config.json'), { shell: 'n' });
  write(file, { shell: true });
  const settings = await read({ HASMIT_SHELL: 'y' });
  expect(settings.values.shell).toBe(false);
  expect(settings.origins.shell).toBe(join(etc, 'config.json'));
  rmSync(join(etc, 'config.json'));
  expect((await read({ HASMIT_SHELL: 'y' })).values.shell).toBe(true);
  expect((await read({ HASMIT_SHELL: 'n' })).values.shell).toBe(false);
});

test('--mono means the mono theme; NO_COLOR does not, for reverse is no colour', async () => {
  expect((await read({ NO_COLOR: '1' })).values.mono).toBe(false);
  const flag = await read({}, { mono: true, plain: true });
  expect(flag.values).toMatchObject({ mono: true, theme: 'mono', plain: true });
  expect([flag.origins.mono, flag.origins.theme, flag.origins.plain]).toEqual([
    'command line',
    'command line',
    'command line',
  ]);
});

test('the engine of the site is the engine, unless a setting says otherwise', async () => {
  write(file, { site: { engine: 'clush' } });
  expect((await read()).values.engine).toBe('clush');
  expect((await read()).origins.engine).toBe(file);
  expect((await read({ HASMIT_ENGINE: 'pdsh' })).values.engine).toBe('pdsh');
});

test("values of a site's own panels are kept too", async () => {
  write(file, { site: { rack: 'r7', racks: ['r1', 'r2'] } });
  const settings = await read();
  expect(settings.site).toEqual({ rack: 'r7', racks: ['r1', 'r2'] });
  expect(settings.problems).toEqual([]);
});

test('root does not believe a file that others could have written', async () => {
  if (process.getuid?.() !== 0) {
    console.warn('Not root: the owner of a file cannot be changed here; only its mode is tried.');
    write(file, { escMs: 300 });
    chmodSync(file, 0o666);
    return expect((await read({}, {}, 0)).values.escMs).toBe(500);
  }
  write(file, { escMs: 300 });
  expect((await read({}, {}, 0)).values.escMs).toBe(300);
  chmodSync(file, 0o646);
  const writable = await read({}, {}, 0);
  expect(writable.values.escMs).toBe(500);
  expect(writable.problems).toEqual([`${file} may be written by others; it is not used. Cure: chmod go-w ${file}`]);
  chmodSync(file, 0o644);
  chownSync(file, 65534, 65534);
  expect((await read({}, {}, 0)).problems).toEqual([
    `${file} belongs to user 65534, not to root; it is not used. Cure: chown root ${file}`,
  ]);
  expect((await read({}, {}, 65534)).values.escMs).toBe(300);
});
