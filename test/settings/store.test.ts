import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { config } from '../../src/cli/config.ts';
import { site } from '../../src/cli/site.ts';
import type { Asked } from '../../src/cli.ts';
import { readSettings } from '../../src/settings/read.ts';
import { setSetting, setSite, unset } from '../../src/settings/store.ts';
import { smallDisk } from '../helpers/tmpfs.ts';

let home: string;
let file: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hasmit-store-'));
  file = join(home, '.config/hasmit/config.json');
  env = { HOME: home };
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const kept = () => JSON.parse(readFileSync(file, 'utf8'));
const asked = (words: string[], flags: Asked['flags'] = {}): Asked => ({ words, flags, env });

test('what is kept is read back at the next start', async () => {
  expect(await setSetting('escMs', '300', env)).toBeUndefined();
  expect(await setSetting('shell', 'n', env)).toBeUndefined();
  expect(await setSetting('logSize', '2M', env)).toBeUndefined();
  expect(
    await setSite({ virtual_ip: '10.0.0.9', shared_dirs: '/install,/etc/xcat', hosts: ['mn1', 'mn2'] }, env),
  ).toBeUndefined();
  expect(kept()).toEqual({
    escMs: 300,
    shell: false,
    logSize: 2_000_000,
    site: { virtual_ip: '10.0.0.9', shared_dirs: ['/install', '/etc/xcat'], hosts: ['mn1', 'mn2'] },
  });
  const settings = await readSettings(env);
  expect(settings.values).toMatchObject({ escMs: 300, shell: false, logSize: 2_000_000 });
  expect(settings.site).toEqual(kept().site);
  expect(settings.origins.escMs).toBe(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, '.config/hasmit')).mode & 0o777).toBe(0o700);
});

test('what is taken back has its default again, and the rest stays', async () => {
  await setSetting('escMs', '300', env);
  await setSetting('site.primary', 'mn1', env);
  await setSite({ standby: 'mn2', domain: 'example.com' }, env);
  expect(await unset('escMs', env)).toBeUndefined();
  expect(await unset('site.primary', env)).toBeUndefined();
  expect(await setSite({ domain: '' }, env)).toBeUndefined();
  expect(kept()).toEqual({ site: { standby: 'mn2' } });
});

test('a wrong value is refused with what is right, and nothing is written', async () => {
  expect(await setSetting('escMs', 'soon', env)).toBe(
    'escMs is "soon"; it must be milliseconds from 20 to 5000, for example 500',
  );
  expect(await setSetting('nothing', '1', env)).toBe('nothing is no setting');
  expect(await unset('nothing', env)).toBe('nothing is no setting');
  expect(await setSite({ primary: 'mn1', virtual_ip: 'ten' }, env)).toBe(
    'site.virtual_ip is "ten"; it must be an IP address, for example 10.0.0.9',
  );
  expect(existsSync(file)).toBe(false);
});

test('a file that is not JSON is left for its owner to mend', async () => {
  mkdirSync(join(home, '.config/hasmit'), { recursive: true });
  writeFileSync(file, '{ "escMs": 300, }');
  expect(await setSetting('theme', 'mono', env)).toBe(
    `${file} is not JSON; nothing was changed. Mend it or remove it first`,
  );
  expect(readFileSync(file, 'utf8')).toBe('{ "escMs": 300, }');
});

test('a directory that cannot be written is said', async () => {
  const disk = smallDisk('64k');
  disk?.readOnly();
  const place = disk?.path ?? '/proc/self';
  try {
    const problem = await setSetting('escMs', '300', { ...env, XDG_CONFIG_HOME: place });
    expect(problem).toMatch(
      new RegExp(`^${place}/hasmit/config.json cannot be written: ${disk ? 'Read-only file system' : 'No such'}`),
    );
  } finally {
    disk?.unmount();
  }
});

test('hasmit config lists values with their origin, sets one and takes it back', async () => {
  const all = await config(asked([]));
  expect(all.status).toBe(0);
  expect(all.text).toMatch(/^escMs +500 +default$/m);
  expect(all.text).toMatch(/^script +\/.*hasmit\.script +default$/m);
  expect(await config(asked(['escMs=250']))).toEqual({ status: 0, text: `escMs  250  ${file}`, complaint: undefined });
  expect((await config(asked(['site.shared_dirs=/install,/etc/xcat']))).text).toBe(
    `site.shared_dirs  /install,/etc/xcat  ${file}`,
  );
  const json = JSON.parse((await config(asked(['escMs'], { json: true }))).text!);
  expect(json).toEqual([{ key: 'escMs', value: 250, origin: file, help: expect.any(String) }]);
  expect((await config(asked(['escMs=']))).text).toBe('escMs  500  default');
});

test('hasmit config says what is wrong with a key or a value', async () => {
  expect(await config(asked(['escms=1']))).toEqual({
    status: 2,
    complaint: 'there is no setting "escms"; did you mean "escMs"?',
  });
  expect((await config(asked(['zzzz']))).complaint).toMatch(/^there is no setting "zzzz"; there are log, script, /);
  expect(await config(asked(['escMs=1']))).toMatchObject({
    status: 2,
    complaint: expect.stringContaining('milliseconds from 20'),
  });
  expect(await config(asked(['escMs', 'theme']))).toMatchObject({ status: 2 });
});

test('hasmit config tells of a file that is broken', async () => {
  mkdirSync(join(home, '.config/hasmit'), { recursive: true });
  writeFileSync(file, '{');
  expect((await config(asked([]))).complaint).toContain('this is not JSON');
});

test('hasmit site keeps, forgets and lists', async () => {
  const set = await site(asked(['virtual_ip=10.0.0.9', 'shared_dirs=/install,/etc/xcat', 'netmask=', 'engine=clush']));
  expect(set.status).toBe(0);
  expect(set.text).toMatch(new RegExp(`^virtual_ip +10\\.0\\.0\\.9 +${file}$`, 'm'));
  expect(set.text).toMatch(/^netmask +-$/m);
  const json = await site(asked([], { json: true }));
  expect(JSON.parse(json.text!)).toEqual({
    virtual_ip: '10.0.0.9',
    shared_dirs: ['/install', '/etc/xcat'],
    engine: 'clush',
  });
  await site(asked(['virtual_ip=', 'shared_dirs=', 'engine=']));
  expect((await site(asked([], { json: true }))).text).toBe('{}');
});

test('hasmit site says what is wrong, and what is unusual', async () => {
  expect(await site(asked(['virtual_ip']))).toEqual({
    status: 2,
    complaint: '"virtual_ip" sets nothing; write KEY=VALUE, or KEY= to forget it',
  });
  expect(await site(asked(['prefix=x']))).toEqual({
    status: 2,
    complaint: 'site.prefix is "x"; it must be a prefix length, for example 24',
  });
  const unusual = await site(asked(['virtal_ip=10.0.0.1']));
  expect(unusual.status).toBe(0);
  expect(unusual.complaint).toBe('virtal_ip is kept, though no shipped panel uses it; did you mean "virtual_ip"?');
});

test('hasmit site takes nothing for a value that cannot be one word', async () => {
  expect((await site(asked(['rack=a\nb']))).status).toBe(2);
  expect((await site(asked(['=x']))).status).toBe(2);
});
