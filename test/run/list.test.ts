import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type ListRequest, runList } from '../../src/run/list.ts';
import { groupStates } from '../../src/run/proc.ts';

const list = (text: string, rest: Partial<ListRequest> = {}) => runList({ text, env: process.env, ...rest });

test('the text of a list comes back clean, with its tabs', async () => {
  expect(await list("printf 'eth0\\t\\033[32mUP\\033[0m\\r\\nlo\\n'; echo warning >&2")).toEqual({
    state: 'ok',
    text: 'eth0\tUP\nlo\n',
  });
});

test('an empty list is a list', async () => {
  expect(await list('true')).toEqual({ state: 'ok', text: '' });
  expect(await list('grep nothing /etc/hostname', { emptyStatus: [1] })).toEqual({ state: 'ok', text: '' });
});

test('a status other than 0 is an error with the first words of standard error', async () => {
  expect(await list('grep nothing /etc/hostname')).toEqual({ state: 'failed', reason: 'status 1', stderr: '' });
  expect(await list("echo partial; printf '\\n\\033[1mcldomain: no cluster\\033[0m\\nmore\\n' >&2; exit 3")).toEqual({
    state: 'failed',
    reason: 'status 3: cldomain: no cluster',
    stderr: '\ncldomain: no cluster\nmore',
  });
  expect(await list('no_such_lister', { emptyStatus: [1] })).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(/^status 127: .*not found/),
  });
  expect(await list('kill -9 $$')).toMatchObject({ state: 'failed', reason: 'ended by signal SIGKILL' });
});

test('standard input is empty and the terminal out of reach', async () => {
  expect(await list('cat; (: </dev/tty) 2>/dev/null || echo none')).toEqual({ state: 'ok', text: 'none\n' });
});

test('no start-up file of a shell runs before a list', async () => {
  const env = { PATH: process.env.PATH, ENV: '/tmp/x', BASH_ENV: '/tmp/y', HOME: '/root' };
  expect(await list('env | grep -c ENV=; echo "$HOME"; bash -c "echo bash"', { env, path: ['/opt/x'] })).toEqual({
    state: 'ok',
    text: '0\n/root\nbash\n',
  });
});

test('a slow list ends at its time limit, with what it said', async () => {
  const begun = performance.now();
  const listed = await list('echo waiting for node n3 >&2; sleep 60', { timeout: 0.3 });
  expect(listed).toEqual({ state: 'failed', reason: 'no answer after 0.3 s', stderr: 'waiting for node n3' });
  expect(performance.now() - begun).toBeLessThan(1500);
});

test('cancel answers at once and ends the whole group', async () => {
  const stop = new AbortController();
  const listing = list('trap "" INT; sh -c "trap \\"\\" INT TERM; sleep 61.125 & wait" & wait; sleep 61.125', {
    signal: stop.signal,
  });
  await sleep(300);
  const begun = performance.now();
  stop.abort();
  expect(await listing).toEqual({ state: 'cancelled' });
  expect(performance.now() - begun).toBeLessThan(100);
  const left = async () => (await list('pgrep -f "^sleep 61.125" || :')) as { text: string };
  for (let tries = 0; tries < 40 && (await left()).text !== ''; tries++) await sleep(100);
  expect(await left()).toEqual({ state: 'ok', text: '' });
});

test('a cancel before the start starts nothing', async () => {
  expect(await list('touch /tmp/hasmit-must-not-exist', { signal: AbortSignal.abort() })).toEqual({
    state: 'cancelled',
  });
  expect(await list('test -e /tmp/hasmit-must-not-exist || echo none')).toEqual({ state: 'ok', text: 'none\n' });
});

test('a list that fails with a status the product knows says what it means', async () => {
  const request = { statusHelp: { '111': 'the daemon does not answer' } };
  expect(await list('echo refused >&2; exit 111', request)).toEqual({
    state: 'failed',
    reason: 'status 111: the daemon does not answer',
    stderr: 'refused',
  });
  expect(await list('exit 2', request)).toMatchObject({ reason: 'status 2' });
});

test('a flood is no list', async () => {
  expect(await list('yes')).toMatchObject({ state: 'failed', reason: 'it gave more than 16 MB, which is no list' });
  const large = await list('head -c 16000000 /dev/zero | tr "\\0" x');
  expect(large.state === 'ok' && large.text.length).toBe(16_000_000);
});

test('a list command that leaves a daemon behind answers without waiting for it', async () => {
  const begun = performance.now();
  const listed = await list('sleep 20 & echo $!');
  expect(performance.now() - begun).toBeLessThan(1500);
  expect(listed.state).toBe('ok');
  process.kill(Number(listed.state === 'ok' && listed.text), 'SIGKILL');
});

test('what cannot be started is an error, not an exception', async () => {
  expect(await list(`: ${'x'.repeat(200_000)}`)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('longer than the system takes'),
  });
});

test('the states of a group are read from /proc', () => {
  expect(groupStates(process.pid + 1_000_000)).toEqual([]);
});
