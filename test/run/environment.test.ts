import { expect, test } from 'vitest';
import { childEnvironment, cleanEnvironment, listEnvironment } from '../../src/run/environment.ts';

test('what the tool set for itself is taken back, what the user set stays', () => {
  const now = { NODE_ENV: 'production', FORCE_COLOR: '1', PATH: '/bin', NODE_OPTIONS: '--trace-warnings' };
  expect(cleanEnvironment(now, { NODE_ENV: 'test', FORCE_COLOR: undefined })).toEqual({
    NODE_ENV: 'test',
    PATH: '/bin',
    NODE_OPTIONS: '--trace-warnings',
  });
  expect(now.NODE_ENV).toBe('production');
});

test('directories of a command come first, once, in their order', () => {
  expect(childEnvironment({ PATH: '/bin:/opt/b:/usr/bin' }, ['/opt/a', '/opt/b', '/opt/a']).PATH).toBe(
    '/opt/a:/opt/b:/bin:/usr/bin',
  );
  const twice = childEnvironment(childEnvironment({ PATH: '/bin' }, ['/opt/a']), ['/opt/a']);
  expect(twice.PATH).toBe('/opt/a:/bin');
  expect(childEnvironment({}, ['/opt/a']).PATH).toMatch(/^\/opt\/a:.*\/usr\/bin/);
  expect(childEnvironment({ HOME: '/root' })).toEqual({ HOME: '/root' });
});

test('start-up files of shells are left out for lists only', () => {
  const env = { ENV: 'a', BASH_ENV: 'b', HOME: 'c' };
  expect(listEnvironment(env)).toEqual({ HOME: 'c' });
  expect(childEnvironment(env)).toEqual(env);
});
