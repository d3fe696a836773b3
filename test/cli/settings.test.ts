import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasmit, home } from '../helpers/command-line.ts';

const config = async (words: string[], env: Record<string, string> = {}) => {
  const { out } = await hasmit(['config', '--json', ...words], { env });
  return JSON.parse(out) as Array<{ key: string; value: unknown; origin: string }>;
};

test('a setting is set, told with its origin, overruled by the environment and taken back', async () => {
  expect(await config(['escMs'])).toMatchObject([{ key: 'escMs', value: 500, origin: 'default' }]);
  expect((await hasmit(['config', 'escMs=800'])).status).toBe(0);
  const [kept] = await config(['escMs']);
  expect(kept).toMatchObject({ value: 800 });
  expect(kept!.origin).not.toBe('default');
  const [mono] = await config(['mono'], { HASMIT_MONO: 'y' });
  expect(mono).toMatchObject({ value: true, origin: 'environment HASMIT_MONO' });
  await hasmit(['config', 'escMs=']);
  expect(await config(['escMs'])).toMatchObject([{ value: 500, origin: 'default' }]);
  for (const [words, complaint] of [
    [['config', 'escMs=soon'], /escMs/],
    [['config', 'escms'], /no setting "escms".*escMs/],
    [['config', 'mono=n', 'shell=n'], /one setting at a time/],
    [['site', 'virtual_ip'], /sets nothing; write KEY=VALUE/],
  ] as const) {
    const { status, err } = await hasmit([...words]);
    expect([words, status]).toEqual([words, 2]);
    expect(err).toMatch(complaint);
  }
});

test('the values of the site are the first values of fields', async () => {
  expect((await hasmit(['site', 'virtual_ip=10.9.9.9', 'prefix=26', 'interface=eth7'])).status).toBe(0);
  expect(JSON.parse((await hasmit(['site', '--json'])).out)).toMatchObject({ virtual_ip: '10.9.9.9', prefix: '26' });
  expect((await hasmit(['print', 'mnode_vip_add'])).out).toBe('ip addr add 10.9.9.9/26 dev eth7 label eth7:0\n');
  expect((await hasmit(['print', 'mnode_vip_add', 'prefix=24'])).out).toContain('10.9.9.9/24');
  await hasmit(['site', 'prefix=']);
  expect((await hasmit(['print', 'mnode_vip_add'])).err).toContain('Missing: prefix');
});

test('a settings file that is broken is said and does not stop the program', async () => {
  const directory = join(home, 'config/hasmit');
  const file = join(directory, 'config.json');
  expect(existsSync(file)).toBe(true);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, '{ this is no JSON');
  const { status, out, err } = await hasmit(['config', 'escMs']);
  expect(status).toBe(0);
  expect(out).toContain('500');
  expect(err).toContain('config.json');
  expect(err).not.toMatch(/\n +at /);
  expect((await hasmit(['print', 'app_asks', 'object=thing'])).out).toBe('echo thing is done\n');
  writeFileSync(file, before);
});

test('schema is a JSON Schema that knows the keys of a dialog', async () => {
  const { status, out } = await hasmit(['schema']);
  expect(status).toBe(0);
  expect(JSON.parse(out).$schema).toMatch(/json-schema\.org/);
  for (const key of ['fail_if', 'evidence', 'discover', 'confirm']) expect(out).toContain(`"${key}"`);
});
