import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Command } from '../../src/command/types.ts';
import { type PipeOptions, type RunningGroup, startPipe } from '../../src/run/pipe.ts';
import { stateOf } from '../../src/run/proc.ts';
import { commandOf } from '../helpers/command.ts';

const program = (name: string, ...args: string[]) =>
  [join(import.meta.dirname, '../fixtures/programs', name), ...args].join(' ');

const open: RunningGroup[] = [];
afterEach(() => {
  for (const running of open.splice(0)) {
    running.signal('SIGKILL');
    running.output.close();
  }
});

async function start(text: string, rest: Partial<Command> = {}, options: PipeOptions = {}): Promise<RunningGroup> {
  const running = await startPipe({ command: commandOf(text, rest), secrets: {}, env: process.env }, options);
  open.push(running);
  return running;
}

const shown = ({ output }: RunningGroup) => output.lines(0, output.lineCount).map(line => line.text);

async function firstLine(running: RunningGroup): Promise<string> {
  while (running.output.outLines === 0) await sleep(10);
  return shown(running)[0]!;
}

function isAlive(pid: number): boolean {
  return ![undefined, 'Z', 'X'].includes(stateOf(pid));
}

test('a command that works is OK, and its streams are told apart', async () => {
  const running = await start('echo out; echo err >&2; echo again');
  expect(await running.done).toMatchObject({ state: 'ok', status: 0 });
  const lines = running.output.lines(0, 9);
  expect(lines.filter(line => line.stream === 'out').map(line => line.text)).toEqual(['out', 'again']);
  expect(lines.filter(line => line.stream === 'err').map(line => line.text)).toEqual(['err']);
});

test('standard output and error are real pipes: they can be opened by name', async () => {
  const running = await start('echo one >/dev/stderr; echo two | tee /dev/stdout; test -p /dev/stdout && echo pipe');
  expect((await running.done).state).toBe('ok');
  expect(shown(running).sort()).toEqual(['one', 'pipe', 'two', 'two']);
});

test('without a place for pipes it works all the same', async () => {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = '/nonexistent';
  try {
    const secrets = [{ field: 'one', label: 'One', variable: 'ONE' }];
    const command = commandOf('IFS= read -r ONE; printf %s "$ONE" | wc -c; echo err >&2', { secrets });
    const running = await startPipe({ command, secrets: { one: 'four' }, env: process.env });
    open.push(running);
    expect((await running.done).state).toBe('ok');
    expect(shown(running).sort()).toEqual(['4', 'err']);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});

test.each([
  ['exit 3', { state: 'failed', status: 3 }],
  ['kill -9 $$', { state: 'failed', signal: 'SIGKILL', reason: 'ended by signal SIGKILL' }],
  ['sh -c "kill -9 \\$\\$"; exit $?', { state: 'failed', status: 137, reason: expect.stringContaining('SIGKILL') }],
  ['ssh_is_no_ssh=1; exit 255', { state: 'failed', status: 255 }],
  [
    'no_such_command_here',
    {
      state: 'failed',
      status: 127,
      reason: expect.stringMatching(/^status 127: a command was not found \(.*no_such_command_here: not found\)$/),
    },
  ],
  [
    '/etc/passwd',
    {
      state: 'failed',
      status: 126,
      reason: expect.stringMatching(/^status 126: .* cannot be run \(.*Permission denied\)$/),
    },
  ],
])('%s ends as it should', async (text, ended) => {
  expect(await (await start(text)).done).toMatchObject(ended);
});

test('status 255 of ssh is unknown, because nobody can tell what it means', async () => {
  const refused = await start('ssh -p 1 -o BatchMode=yes -o ConnectTimeout=2 127.0.0.1 true');
  expect(await refused.done).toMatchObject({
    state: 'unknown',
    status: 255,
    reason: expect.stringMatching(/could not reach the other host/),
  });
  const target = await start('exit 255', { target: 'mn2' });
  expect(await target.done).toMatchObject({ state: 'unknown', reason: expect.stringContaining('could not reach mn2') });
});

test('a known error text makes status 0 a failure and names the line', async () => {
  const running = await start("echo fine; printf '\\033[31mError: no node n7\\033[0m\\n' >&2", {
    failIf: ['^Warning', '^Error:'],
  });
  const ended = await running.done;
  expect(ended.state).toBe('failed');
  expect(ended.status).toBe(0);
  expect(ended.reason).toMatch(/^line \d matches "\^Error:": Error: no node n7$/);
});

test('a known error text is found once among very many lines, and not where there is none', async () => {
  const hit = await start('seq 1 200000; echo "n3: Error: x"; seq 1 10', { failIf: ['^\\w+: Error: '] });
  expect((await hit.done).reason).toBe('line 200001 matches "^\\w+: Error: ": n3: Error: x');
  const none = await start('seq 1 1000; echo "no Error: here"', { failIf: ['^Error:', '^(?!\\d|no)'] });
  expect((await none.done).state).toBe('ok');
});

test('a status that the product knows is said in its own words, whatever else it could mean', async () => {
  const statusHelp = { '111': 'the daemon does not answer', '127': 'not installed' };
  const reasonOf = async (text: string, more: Partial<Command> = {}) =>
    (await (await start(text, { statusHelp, ...more })).done).reason;
  expect(await reasonOf('exit 111')).toBe('status 111: the daemon does not answer');
  expect(await reasonOf('exit 127')).toBe('status 127: not installed');
  expect(await reasonOf('exit 3')).toBeUndefined();
  expect(await reasonOf('exit 0')).toBeUndefined();
  expect(await reasonOf('exit 255', { target: 'mn2', statusHelp: { '255': 'it said so' } })).toMatch(
    /could not reach mn2/,
  );
});

test('a pattern that is none is a reason, not a crash', async () => {
  expect(await (await start('echo x', { failIf: ['('] })).done).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('regular expression'),
  });
});

test('what cannot be started says why', async () => {
  const reason = async (text: string, options: PipeOptions = {}) =>
    (await (await start(text, {}, options)).done).reason;
  expect(await reason(`: ${'x'.repeat(200_000)}`)).toMatch(
    /could not be started: its text of 200002 bytes .* longer than the system takes/,
  );
  expect(await reason('true', { shell: '/nonexistent/sh' })).toBe(
    'the command could not be started: /nonexistent/sh does not exist',
  );
  expect(await reason('echo a\0b')).toMatch(/NUL character/);
});

test('a command with a missing value does not run', async () => {
  const running = await start('touch /tmp/hasmit-must-not-exist ???', { missing: ['node'] });
  expect(await running.done).toMatchObject({ state: 'failed', reason: 'a value is missing: node' });
  expect(running.output.lineCount).toBe(0);
});

test('secrets are read line by line, then the input ends; they are in no argument and are masked when echoed', async () => {
  const secrets = [
    { field: 'old', label: 'Old Password', variable: 'OLD' },
    { field: 'new', label: 'New Password', variable: 'NEW' },
  ];
  const values = { old: "it's $HOME `x` \\", new: 'caf\u00e9 "quoted"' };
  const text = `set -x; IFS= read -r OLD; IFS= read -r NEW; printf '%s|%s\\n' "$OLD" "$NEW" | wc -c; cat | wc -c; tr '\\0' ' ' </proc/$$/cmdline; : "$NEW"`;
  const running = await startPipe({ command: commandOf(text, { secrets }), secrets: values, env: process.env });
  open.push(running);
  expect((await running.done).state).toBe('ok');
  const out = running.output
    .lines(0, 99)
    .filter(line => line.stream === 'out')
    .map(line => line.text.trim());
  expect(out.slice(0, 2)).toEqual([String(Buffer.byteLength(`${values.old}|${values.new}\n`)), '0']);
  expect(out[2]).toContain('read -r OLD');
  expect(shown(running).join('\n')).not.toContain('caf\u00e9');
});

test('a secret that is missing or would be two lines is refused before anything runs', async () => {
  const command = commandOf('cat', { secrets: [{ field: 'pw', label: '  Password', variable: 'PW' }] });
  const reason = async (pw?: string) => {
    const values: Record<string, string> = pw === undefined ? {} : { pw };
    return (await (await startPipe({ command, secrets: values, env: process.env })).done).reason;
  };
  expect(await reason()).toBe('no value for Password');
  expect(await reason('')).toBeUndefined();
  expect(await reason('a\nb')).toMatch(/line end/);
  expect(await reason('x'.repeat(20_000))).toMatch(/longer than 16 kB/);
});

test('a command without secrets has an empty input', async () => {
  const running = await start('cat; echo end');
  expect((await running.done).state).toBe('ok');
  expect(shown(running)).toEqual(['end']);
});

test("the environment is the one that was given, with the command's directories first in PATH", async () => {
  const command = commandOf('echo "$PATH"; env | grep -c -v -E "^(PATH|PWD|OLDPWD|SHLVL|_|ONLY)="', {
    path: ['/opt/x/bin', '/usr/bin'],
  });
  const running = await startPipe({ command, secrets: {}, env: { PATH: '/usr/bin:/bin', ONLY: 'this' } });
  open.push(running);
  await running.done;
  expect(shown(running)).toEqual(['/opt/x/bin:/usr/bin:/bin', '0']);
});

test('the terminal is out of reach, cleanly: nothing fights for the screen', async () => {
  const running = await start(program('asks-terminal.sh'));
  expect(await running.done).toMatchObject({ state: 'failed', status: 3 });
  expect(shown(running).join('\n')).toMatch(/\/dev\/tty: No such device/);
});

test('cancel is polite first', async () => {
  const running = await start(program('polite.sh'));
  expect(await firstLine(running)).toBe('ready');
  running.cancel();
  expect(await running.done).toMatchObject({ state: 'cancelled' });
  expect(shown(running)).toContain('cleaned up');
});

test('cancel ends a group that traps INT and TERM, its background child too', async () => {
  const running = await start(program('stubborn.sh'), {}, { patience: 300 });
  const [shell, child] = (await firstLine(running)).split(' ').map(Number);
  const begun = performance.now();
  running.cancel();
  running.cancel();
  expect((await running.done).state).toBe('cancelled');
  expect(performance.now() - begun).toBeGreaterThan(500);
  expect(performance.now() - begun).toBeLessThan(1500);
  expect(shown(running)).toEqual(expect.arrayContaining(['got INT', 'got TERM']));
  expect([isAlive(shell!), isAlive(child!)]).toEqual([false, false]);
});

test('cancel is not held up by a process in another session that holds the output', async () => {
  const running = await start(program('leaves-session.sh', '30'));
  const pid = Number(await firstLine(running));
  const begun = performance.now();
  running.cancel();
  expect((await running.done).state).toBe('cancelled');
  expect(performance.now() - begun).toBeLessThan(1500);
  process.kill(pid, 'SIGKILL');
});

test('a stopped group can be cancelled', async () => {
  const running = await start('echo ready; kill -STOP $$; echo on', {}, { patience: 300 });
  await firstLine(running);
  await sleep(100);
  running.cancel();
  expect((await running.done).state).toBe('cancelled');
});

test.each(['same-session', 'own-session'])(
  'a command that leaves a daemon behind (%s) is done, and the daemon lives on',
  async kind => {
    const begun = performance.now();
    const running = await start(program('leaves-daemon.sh', '20', kind));
    expect(await running.done).toMatchObject({
      state: 'ok',
      status: 0,
      reason: expect.stringContaining('in the background'),
    });
    expect(performance.now() - begun).toBeLessThan(2000);
    const pid = Number(shown(running)[0]!.split(' ')[1]);
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  },
);

test('a time limit ends the group', async () => {
  const running = await start(program('stubborn.sh'), { timeout: 0.3 }, { patience: 200 });
  expect(await running.done).toMatchObject({ state: 'timeout', reason: 'not done after 0.3 s, so it was stopped' });
});

test('a command that says nothing can be waited for and cancelled', async () => {
  const running = await start('sleep 600');
  let told = 0;
  running.onChange(() => {
    told += 1;
  });
  await sleep(200);
  expect(told).toBeLessThanOrEqual(1);
  running.cancel();
  expect(await running.done).toMatchObject({ state: 'cancelled', signal: 'SIGINT' });
});

test('what a terminal must not be given comes out as text', async () => {
  const running = await start(program('nasty-bytes.sh'));
  await running.done;
  expect(shown(running)).toEqual([
    'before after',
    'nul^@nul',
    'bad \ufffd\ufffd utf8',
    '100%',
    'NAME',
    'text behind a picture',
    'red without an end',
    'last line without an end',
  ]);
});

test('a megabyte without a line end comes in pieces', async () => {
  const running = await start(program('one-line.sh'));
  expect((await running.done).state).toBe('ok');
  expect(running.output.outBytes).toBe(1_000_000);
  expect(running.output.lineCount).toBe(16);
});

test('a million lines arrive whole while other work goes on, told of at most once a turn', async () => {
  let told = 0;
  let turns = 0;
  let longest = 0;
  let last = performance.now();
  let counting = true;
  const turn = () => {
    turns += 1;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (counting) setImmediate(turn);
  };
  const running = await start('seq 1 1000000');
  running.onChange(() => {
    told += 1;
  });
  last = performance.now();
  turn();
  expect((await running.done).state).toBe('ok');
  counting = false;
  expect(running.output.lineCount).toBe(1_000_000);
  expect(running.output.lines(999_999, 1_000_000)[0]!.text).toBe('1000000');
  expect(running.output.lines(0, 1)[0]!.text).toBe('1');
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(turns + 2);
  expect(longest).toBeLessThan(100);
});

test('a command started from a directory that has been removed still runs', async () => {
  const { mkdtempSync, rmdirSync } = await import('node:fs');
  const { execa } = await import('execa');
  const gone = mkdtempSync('/tmp/hasmit-gone-');
  const script = `
    import { rmdirSync } from 'node:fs';
    import { startPipe } from ${JSON.stringify(join(import.meta.dirname, '../../src/run/pipe.ts'))};
    rmdirSync(${JSON.stringify(gone)});
    const command = ${JSON.stringify(commandOf('pwd'))};
    const running = await startPipe({ command, secrets: {}, env: process.env });
    const ended = await running.done;
    console.log(ended.state, running.output.lines(0, 1)[0]?.text);
  `;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', script], { cwd: gone });
  expect(stdout).toBe('ok /');
  expect(() => rmdirSync(gone)).toThrow();
});

test.each(['SIGTERM', 'SIGHUP'] as const)('when the tool is ended by %s, so is the command it runs', async signal => {
  const { execa } = await import('execa');
  const script = `
    import { startPipe } from ${JSON.stringify(join(import.meta.dirname, '../../src/run/pipe.ts'))};
    const command = ${JSON.stringify(commandOf('sleep 60 & echo $!; wait'))};
    const running = await startPipe({ command, secrets: {}, env: process.env });
    running.onChange(() => running.output.outLines > 0 && console.log(running.output.lines(0, 1)[0].text));
    await running.done;
  `;
  const tool = execa(process.execPath, ['--input-type=module', '-e', script], { reject: false });
  const pid = await new Promise<number>(resolve => tool.stdout.once('data', data => resolve(Number(data))));
  expect(isAlive(pid)).toBe(true);
  tool.kill(signal);
  expect((await tool).signal).toBe(signal);
  await expect.poll(() => isAlive(pid)).toBe(false);
});
