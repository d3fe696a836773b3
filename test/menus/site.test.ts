/** The site panel with the program itself: what it shows is what keeps the values, and what it reads is what was kept. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { itemsOf } from '../../src/app/ask-system.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { builtProgram } from '../helpers/program.ts';
import { besideOf, commandOf, dialogOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const home = mkdtempSync(join(tmpdir(), 'hasmit-site-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function sh(text: string): string {
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), PATH: `${dirname(builtProgram())}:/usr/bin:/bin` };
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', text], { encoding: 'utf8', env });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** What the panel's discover fills in. */
function discovered(): Values {
  const panel = dialogOf(shipped, 'site');
  const discover = panel.discover!;
  const { records, problem } = parseRows(sh(besideOf(shipped, 'site', discover.run).text), discover);
  expect(problem).toBeUndefined();
  const found = Object.entries(discover.map).flatMap(([name, key]): [string, string | string[]][] => {
    const text = records[0]?.[key];
    const multiple = panel.fields.find(field => field.name === name)?.multiple;
    return text ? [[name, multiple ? itemsOf(text) : text]] : [];
  });
  return Object.fromEntries(found);
}

test('values are kept, read back, changed and forgotten', () => {
  const values: Values = {
    virtual_ip: '9.114.47.97',
    netmask: '255.255.255.192',
    prefix: '26',
    interface: 'eth0',
    hosts: ['mn1', 'mn2'],
    primary: 'mn1',
    standby: 'mn2',
    domain: 'cluster.example.com',
    database: 'postgresql',
    database_dir: '/var/lib/pgsql',
    shared_dirs: ['/etc/xcat', '/srv/with blank'],
    backup_dir: '/backup',
    engine: 'clush',
  };
  sh(commandOf(shipped, 'site', values).text);
  expect(discovered()).toEqual(values);

  const { database_dir: _forgotten, ...rest } = values;
  sh(commandOf(shipped, 'site', { prefix: '27', database_dir: '' }, discovered()).text);
  expect(discovered()).toEqual({ ...rest, prefix: '27' });
});

test('every value that the panel keeps is one that other panels or a site may ask for', () => {
  const asked = [...shipped.panels.values()].flatMap(panel => {
    const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
    return fields.flatMap(field =>
      typeof field.default === 'object' && !Array.isArray(field.default) ? [field.default.site] : [],
    );
  });
  const kept = Object.keys(dialogOf(shipped, 'site').discover!.map);
  expect([...new Set(asked)].filter(name => !kept.includes(name))).toEqual([]);
});
