import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPlaces } from '../../src/record/places.ts';

const none = { systemDirectory: '/nonexistent' };

test('records are below the state directory of the user', () => {
  expect(defaultPlaces({ HOME: '/home/joe' }, 1000, none)).toEqual({
    log: '/home/joe/.local/state/hasmit/hasmit.log',
    script: '/home/joe/.local/state/hasmit/hasmit.script',
    transactions: '/home/joe/.local/state/hasmit/transactions.jsonl',
  });
  expect(defaultPlaces({ HOME: '/home/joe', XDG_STATE_HOME: '/var/state' }, 1000, none).log).toBe(
    '/var/state/hasmit/hasmit.log',
  );
  expect(defaultPlaces({ HOME: '/home/joe', XDG_STATE_HOME: 'relative' }, 1000, none).log).toBe(
    '/home/joe/.local/state/hasmit/hasmit.log',
  );
});

test('root uses the directory of the system when there is one', () => {
  const system = mkdtempSync(join(tmpdir(), 'hasmit-log-'));
  expect(defaultPlaces({ HOME: '/root' }, 0, { systemDirectory: system }).script).toBe(join(system, 'hasmit.script'));
  expect(defaultPlaces({ HOME: '/home/joe' }, 1000, { systemDirectory: system }).script).toBe(
    '/home/joe/.local/state/hasmit/hasmit.script',
  );
  rmdirSync(system);
  expect(defaultPlaces({ HOME: '/root' }, 0, { systemDirectory: system }).script).toBe(
    '/root/.local/state/hasmit/hasmit.script',
  );
});

test('chosen files are taken, relative ones from here', () => {
  const places = defaultPlaces({ HOME: '/home/joe' }, 1000, { ...none, log: '/tmp/my.log', script: 'my.script' });
  expect(places.log).toBe('/tmp/my.log');
  expect(places.script).toBe(join(process.cwd(), 'my.script'));
  expect(places.transactions).toBe('/home/joe/.local/state/hasmit/transactions.jsonl');
});
