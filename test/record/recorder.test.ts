import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecorder, type RecorderOptions, type SessionRecorder } from '../../src/record/recorder.ts';
import { generations } from '../../src/record/rotate.ts';
import { openStarts } from '../../src/record/transactions.ts';
import type { Ended, OutputLine } from '../../src/run/types.ts';
import { commandOf } from '../helpers/command.ts';
import { smallDisk } from '../helpers/tmpfs.ts';

const program = join(import.meta.dirname, '../fixtures/programs/records.ts');
const ok: Ended = { state: 'ok', status: 0, seconds: 0.25 };
const isRoot = process.getuid?.() === 0;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hasmit-record-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function recorderIn(place: string, more: Partial<RecorderOptions> = {}): SessionRecorder {
  return createRecorder({
    places: {
      log: join(place, 'hasmit.log'),
      script: join(place, 'hasmit.script'),
      transactions: join(place, 'transactions.jsonl'),
    },
    version: '0.1.0',
    user: 'root',
    host: 'mn1',
    id: 'session',
    now: () => new Date(2025, 0, 2, 3, 4, 5),
    ...more,
  });
}

const read = (name: string) => readFileSync(join(directory, name), 'utf8');
const records = (name: string) =>
  read(name)
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));

test('a session leaves a log in the forms of SMIT', () => {
  const recorder = recorderIn(directory, {
    tty: '/dev/pts/1',
    sudoUser: 'joe',
    sshConnection: '10.0.0.7 40000 10.0.0.1 22',
    pid: 77,
  });
  const command = commandOf("mkuser id='201' joe\nsecond line", { fastPath: 'mkuser', title: 'Add a User' });
  recorder.opened();
  recorder.screen('menu', 'root', 'System Management');
  const { id, problem } = recorder.start(command);
  expect(problem).toBeUndefined();
  recorder.end(id, command, { state: 'failed', status: 3, seconds: 12.4 }, [
    { text: 'created', stream: 'out' },
    { text: 'no quota', stream: 'err' },
  ]);
  recorder.image('mkuser', ['  COMMAND STATUS  ', 'Command: failed']);
  recorder.notRun(commandOf('rmuser joe', { fastPath: 'rmuser', title: 'Remove a User' }));
  recorder.closed();
  expect(read('hasmit.log')).toBe(`[Jan 02 2025, 03:04:05]
    Starting hasmit 0.1.0
    user root (by sudo from joe) on mn1, terminal /dev/pts/1, from 10.0.0.7 40000 10.0.0.1 22, process 77, session session

[Jan 02 2025, 03:04:05]
    (Menu screen selected,
	FastPath = "root",
	title = "System Management",
	session = "session".)

[Jan 02 2025, 03:04:05]
    Command_to_Execute follows below:
    mkuser: Add a User
>> mkuser id='201' joe
>> second line
    transaction session-1

[Jan 02 2025, 03:04:05]
    Output from Command_to_Execute follows below:
---- start ----
created
no quota
---- end ----

    Status: failed (status 3)
    Time: 12 secs.
    transaction session-1

[Jan 02 2025, 03:04:05]
    Image of the screen mkuser follows below:
  COMMAND STATUS
Command: failed
---------- end of screen ----------

[Jan 02 2025, 03:04:05]
    Command_to_Execute follows below (it was not run):
    rmuser: Remove a User
>> rmuser joe

[Jan 02 2025, 03:04:05]
    Exiting hasmit
    session session

`);
});

test('START and END tell who did what, when, on which evidence, and how it ended', () => {
  const recorder = recorderIn(directory, {
    tty: '/dev/tty1',
    sudoUser: 'joe',
    sshConnection: '10.0.0.7 1 10.0.0.1 22',
    uid: 0,
    pid: 77,
  });
  const command = commandOf("ssh mn2 'date'", {
    target: 'mn2',
    as: 'postgres',
    path: ['/opt/x'],
    evidence: { level: 'manual', source: 'date(1)' },
  });
  const { id } = recorder.start(command);
  const output: OutputLine[] = [
    { text: 'a', stream: 'out' },
    { text: 'b', stream: 'err' },
    { text: 'c', stream: 'out' },
  ];
  recorder.end(
    id,
    command,
    { state: 'failed', signal: 'SIGKILL', reason: 'ended by signal SIGKILL', seconds: 1.23456 },
    output,
  );
  const time = new Date(2025, 0, 2, 3, 4, 5).toISOString();
  expect(records('transactions.jsonl')).toEqual([
    {
      event: 'START',
      id: 'session-1',
      time,
      session: 'session',
      user: 'root',
      uid: 0,
      sudo_user: 'joe',
      ssh_connection: '10.0.0.7 1 10.0.0.1 22',
      host: 'mn1',
      tty: '/dev/tty1',
      pid: 77,
      version: '0.1.0',
      fast_path: 'test_panel',
      title: 'Test Panel',
      text: "ssh mn2 'date'",
      mode: 'pipe',
      path: ['/opt/x'],
      target: 'mn2',
      as: 'postgres',
      evidence: { level: 'manual', source: 'date(1)' },
    },
    {
      event: 'END',
      id: 'session-1',
      time,
      state: 'failed',
      signal: 'SIGKILL',
      reason: 'ended by signal SIGKILL',
      seconds: 1.235,
      out_lines: 2,
      err_lines: 1,
    },
  ]);
});

test('files and directories are for nobody else, whatever the umask', () => {
  const before = process.umask(0o777);
  try {
    const recorder = recorderIn(join(directory, 'a/b'));
    expect(recorder.opened()).toBeUndefined();
  } finally {
    process.umask(before);
  }
  const mode = (name: string) => statSync(join(directory, name)).mode & 0o777;
  expect([mode('a'), mode('a/b'), mode('a/b/hasmit.log')]).toEqual([0o700, 0o700, 0o600]);
  const open = recorderIn(join(directory, 'c/d'));
  open.start(commandOf('true'));
  open.script(commandOf('true'));
  expect([
    mode('c'),
    mode('c/d'),
    mode('c/d/hasmit.log'),
    mode('c/d/hasmit.script'),
    mode('c/d/transactions.jsonl'),
  ]).toEqual([0o700, 0o700, 0o600, 0o600, 0o600]);
});

test('a long output is in the log by its beginning and its end', () => {
  const recorder = recorderIn(directory);
  const command = commandOf('seq 1 2000');
  const lines = Array.from({ length: 2000 }, (_, index): OutputLine => ({ text: `${index + 1}`, stream: 'out' }));
  recorder.end(recorder.start(command).id, command, ok, lines);
  const log = read('hasmit.log');
  expect(log).toContain('\n400\n---- 1500 lines are not in this log ----\n1901\n');
  expect(log).toContain('\n2000\n---- end ----');
  const run = {
    lineCount: 2000,
    outBytes: 1,
    errBytes: 0,
    outLines: 1990,
    errLines: 10,
    find: async () => -1,
    close: () => {},
  };
  const asked: number[][] = [];
  const read2 = (from: number, to: number) => {
    asked.push([from, to]);
    return lines.slice(from, to);
  };
  recorder.end(recorder.start(command).id, command, ok, { ...run, lines: read2 });
  expect(asked).toEqual([
    [0, 400],
    [1900, 2000],
  ]);
  expect(records('transactions.jsonl').at(-1)).toMatchObject({ out_lines: 1990, err_lines: 10 });
});

test.each([0, 1, 399, 400, 401, 499, 500, 501])(
  'an output of %i lines is in the log without gap or repetition',
  count => {
    const recorder = recorderIn(directory);
    const lines = Array.from({ length: count }, (_, index): OutputLine => ({ text: `${index}`, stream: 'out' }));
    const expected = lines.map(line => line.text);
    if (count > 500) expected.splice(400, count - 500, `---- ${count - 500} lines are not in this log ----`);
    const output = {
      lineCount: count,
      outBytes: 0,
      errBytes: 0,
      outLines: count,
      errLines: 0,
      find: async () => -1,
      close: () => {},
    };
    for (const form of [lines, { ...output, lines: (from: number, to: number) => lines.slice(from, to) }]) {
      recorder.end('id', commandOf('true'), ok, form);
      const body = read('hasmit.log').split('---- start ----\n').at(-1)!.split('---- end ----')[0]!;
      expect(body.split('\n').filter(Boolean)).toEqual(expected);
    }
  },
);

test('an absurdly long line is cut in the log', () => {
  const recorder = recorderIn(directory);
  recorder.end('id', commandOf('true'), ok, [{ text: 'y'.repeat(60_000), stream: 'out' }]);
  expect(read('hasmit.log')).toContain(`${'y'.repeat(2000)} [58000 more characters]\n`);
});

test('two sessions at once lose and tear no record', async () => {
  const run = () => execa(process.execPath, [program, directory, 'many', '1000']);
  const results = await Promise.all([run(), run()]);
  for (const { stdout } of results) expect(stdout).toMatch(/ 0 $/);
  const all = records('transactions.jsonl');
  expect(all).toHaveLength(4000);
  expect(new Set(all.filter(record => record.event === 'START').map(record => record.id)).size).toBe(2000);
  expect(openStarts(join(directory, 'transactions.jsonl'))).toEqual([]);
  expect(read('hasmit.log').match(/^---- start ----\n\d+\n---- end ----$/gm)).toHaveLength(2000);
  const { stdout } = await execa('sh', [join(directory, 'hasmit.script')]);
  const printed = stdout.split('\n');
  expect(printed).toHaveLength(2000);
  expect(new Set(printed.map(line => line.split(' ').slice(0, 2).join(' '))).size).toBe(2000);
}, 60_000);

test('files are put aside while two sessions write, and nothing is lost', async () => {
  const run = () => execa(process.execPath, [program, directory, 'many', '400', '20000', '100']);
  const results = await Promise.all([run(), run()]);
  for (const { stdout } of results) expect(stdout).toMatch(/ 0 $/);
  const files = generations(join(directory, 'transactions.jsonl'), 100);
  expect(files.length).toBeGreaterThan(5);
  const all = files.flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  );
  expect(all).toHaveLength(1600);
  expect(new Set(all.map(record => `${record.event} ${record.id}`)).size).toBe(1600);
  expect(openStarts(join(directory, 'transactions.jsonl'), 100)).toEqual([]);
  const log = generations(join(directory, 'hasmit.log'), 100)
    .map(file => readFileSync(file, 'utf8'))
    .join('');
  expect(log.match(/^---- start ----\n\d+\n---- end ----$/gm)).toHaveLength(800);
  for (const script of generations(join(directory, 'hasmit.script'), 100)) {
    expect(readFileSync(script, 'utf8').startsWith('#!/bin/sh\n')).toBe(true);
    await execa('sh', ['-n', script]);
  }
  expect(readdirSync(directory).filter(name => name.endsWith('.lock'))).toEqual([]);
}, 60_000);

test('no more old files are kept than were asked for', async () => {
  const recorder = recorderIn(directory, { limit: { bytes: 2000, files: 2 } });
  for (let number = 0; number < 100; number++) {
    recorder.screen('menu', `m${number}`, 'x'.repeat(100));
    await recorder.settled();
  }
  recorder.closed();
  expect(readdirSync(directory).sort()).toEqual(['hasmit.log', 'hasmit.log.1', 'hasmit.log.2']);
  expect(statSync(join(directory, 'hasmit.log.1')).size).toBeLessThan(3000);
});

test('a kill in mid-command leaves START alone, and a script that is still valid', async () => {
  const before = recorderIn(directory);
  const done = commandOf('echo done before');
  before.end(before.start(done).id, done, ok, []);
  const child = spawn(process.execPath, [program, directory, 'killed'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))));
  expect(said).toBe('started \n');
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  const open = openStarts(join(directory, 'transactions.jsonl'));
  expect(open).toHaveLength(1);
  expect(open[0]).toMatchObject({
    event: 'START',
    text: 'echo this one is cut off',
    pid: child.pid,
    user: 'tester',
    host: 'here',
  });
  expect(read('hasmit.log')).toContain('>> echo this one is cut off\n');
  const { stdout } = await execa('sh', [join(directory, 'hasmit.script')]);
  expect(stdout).toBe('done before');
});

test('a record that was cut off does not spoil the next one', () => {
  const file = join(directory, 'transactions.jsonl');
  writeFileSync(file, '{"event":"START","id":"a-1","ti');
  const recorder = recorderIn(directory);
  const command = commandOf('true');
  const { id } = recorder.start(command);
  expect(openStarts(file).map(record => record.id)).toEqual([id]);
  recorder.end(id, command, ok, []);
  expect(openStarts(file)).toEqual([]);
});

test('a full disk is said before the command runs, and leaves no half record', async () => {
  const disk = smallDisk('64k');
  if (!disk) {
    const recorder = recorderIn(directory, {
      places: { log: '/dev/full', script: '/dev/full', transactions: '/dev/full' },
    });
    expect(recorder.start(commandOf('true')).problem).toContain('No space left on device');
    return;
  }
  try {
    const recorder = recorderIn(disk.path);
    const command = commandOf(`: ${'x'.repeat(3000)}`);
    const first = recorder.start(command);
    expect(first.problem).toMatch(/^only \d+ kB are left in .*: the end of the command might not be recorded$/);
    let last: string | undefined;
    for (let number = 0; number < 20; number++) {
      const { id, problem } = recorder.start(command);
      last = problem;
      recorder.end(id, command, ok, []);
    }
    expect(last).toContain(`cannot write ${disk.path}/transactions.jsonl: No space left on device`);
    for (const line of readFileSync(join(disk.path, 'transactions.jsonl'), 'utf8').split('\n').filter(Boolean)) {
      expect(JSON.parse(line)).toHaveProperty('event');
    }
    expect(readFileSync(join(disk.path, 'transactions.jsonl'), 'utf8').endsWith('\n')).toBe(true);
    await execa('sh', [join(disk.path, 'hasmit.script')]);
  } finally {
    disk.unmount();
  }
});

test('a read-only directory is said, in one sentence for each file', () => {
  const disk = smallDisk('256k');
  const place = disk?.path ?? '/proc/self';
  disk?.readOnly();
  try {
    const recorder = recorderIn(place);
    const { problem } = recorder.start(commandOf('true'));
    expect(problem).toContain(`cannot write ${place}/transactions.jsonl: `);
    expect(problem).toContain(`cannot write ${place}/hasmit.log: `);
    if (disk) expect(problem).toContain('Read-only file system');
    expect(recorder.script(commandOf('true'))).toContain(`cannot write ${place}/hasmit.script: `);
  } finally {
    disk?.unmount();
  }
});

test('root does not follow a symbolic link of somebody else', () => {
  const target = join(directory, 'target');
  writeFileSync(target, '');
  const link = join(directory, 'hasmit.log');
  symlinkSync(target, link);
  if (isRoot) {
    lchownSync(link, 65534, 65534);
    expect(recorderIn(directory).opened()).toBe(
      `cannot write ${link}: It is a symbolic link that belongs to user 65534, which root does not follow`,
    );
    lchownSync(link, 0, 0);
  } else console.warn('Not root: only links that are followed are tried.');
  expect(recorderIn(directory).opened()).toBeUndefined();
  expect(readFileSync(target, 'utf8')).toContain('Starting hasmit');
});

test('what is no file is a sentence, not a hang', async () => {
  mkdirSync(join(directory, 'hasmit.log'));
  await execa('mkfifo', [join(directory, 'transactions.jsonl')]);
  const recorder = recorderIn(directory);
  expect(recorder.opened()).toMatch(/^cannot write .*hasmit\.log: Illegal operation on a directory$/);
  expect(recorder.start(commandOf('true')).problem).toMatch(/transactions\.jsonl: It is a named pipe; /);
});

test('a log that goes nowhere is allowed', () => {
  const recorder = recorderIn(directory, {
    places: { log: '/dev/null', script: '/dev/null', transactions: join(directory, 't.jsonl') },
  });
  const command = commandOf('true');
  const { id, problem } = recorder.start(command);
  expect(problem).toBeUndefined();
  expect(recorder.end(id, command, ok, [])).toBeUndefined();
  expect(existsSync(join(directory, 't.jsonl'))).toBe(true);
});

test('the file of another user is appended to when it may be written', () => {
  if (!isRoot) return expect(recorderIn(directory).opened()).toBeUndefined();
  writeFileSync(join(directory, 'hasmit.log'), 'old line without an end');
  chownSync(join(directory, 'hasmit.log'), 65534, 65534);
  expect(recorderIn(directory).opened()).toBeUndefined();
  expect(read('hasmit.log')).toMatch(/^old line without an end\n\[Jan 02 2025/);
});

test('with -v a list command and what it gave is in the log, cut to a hundred lines', () => {
  const recorder = recorderIn(directory);
  const many = Array.from({ length: 150 }, (_, at) => `line ${at}`).join('\n');
  expect(recorder.asked('lsnodes\n-a', 'ok', `${many}\n`)).toBeUndefined();
  expect(recorder.asked('lssrc', 'failed: status 1', '')).toBeUndefined();
  const log = readFileSync(join(directory, 'hasmit.log'), 'utf8');
  expect(log).toContain('Intermediate command follows below:\n>> lsnodes\n>> -a\n---- ok ----\nline 0\n');
  expect(log).toContain('line 99\n---- 50 lines are not in this log ----\n---- end ----\n');
  expect(log).not.toContain('line 100');
  expect(log).toContain('>> lssrc\n---- failed: status 1 ----\n---- end ----\n');
});
