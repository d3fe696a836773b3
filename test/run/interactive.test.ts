import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, test } from 'vitest';
import { runInteractive } from '../../src/run/interactive.ts';
import { commandOf } from '../helpers/command.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';

const programs = join(import.meta.dirname, '../fixtures/programs');
const harness = join(programs, 'hand-over.ts');
const open: Terminal[] = [];

afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});

/** The program on a terminal of its own: nobody above it takes the terminal when it stops. */
async function start(text: string, env: Record<string, string> = {}): Promise<Terminal> {
  const terminal = openTerminal(process.execPath, [harness, text], { env: { USER: 'operator', ...env } });
  open.push(terminal);
  await terminal.waitFor('ready');
  return terminal;
}

/** The program as a job of an interactive bash. */
async function startInShell(text: string): Promise<Terminal> {
  const terminal = openTerminal('/bin/bash', ['--norc', '--noprofile', '-i'], { env: { PS1: 'prompt> ' } });
  open.push(terminal);
  await terminal.waitFor('prompt>');
  terminal.type(`'${process.execPath}' '${harness}' '${text}'; stty -a\r`);
  await terminal.waitFor('ready');
  return terminal;
}

test('the header says what runs, the command has the terminal, Enter brings the screen back', async () => {
  const terminal = await start('tty; test -t 0 && test -t 1 && echo all mine; exit 3');
  terminal.type('r');
  const text = await terminal.waitFor('Press Enter to continue.');
  expect(await terminal.onAlternateScreen()).toBe(false);
  expect(text).toContain('---- A Title (test_panel) ----\n>> tty; test -t 0');
  expect(text).toMatch(/\/dev\/pts\/\d+\nall mine\n---- failed, status 3 ---- Press Enter/);
  terminal.type('\r');
  await terminal.waitFor('back: failed 3');
  expect(await terminal.onAlternateScreen()).toBe(true);
});

test('every answer reaches the program that asked, one by one and all at once, and none reaches us', async () => {
  const terminal = await start(join(programs, 'four-reads.bash'));
  terminal.type('r');
  for (const [index, word] of ['one', 'two', 'three', 'four'].entries()) {
    await terminal.waitFor(`question ${index + 1}:`);
    terminal.type(`${word}\r`);
  }
  await terminal.waitFor(
    /answer 1 is one[\s\S]*answer 2 is two[\s\S]*answer 3 is three[\s\S]*answer 4 is four[\s\S]*Press Enter/,
  );
  terminal.type('\r');
  await terminal.waitFor('back: ok 0');
  terminal.type('r');
  await terminal.waitFor('question 1:');
  terminal.type('a\rb\rc\rd\r');
  await terminal.waitFor(/answer 1 is a[\s\S]*answer 2 is b[\s\S]*answer 3 is c[\s\S]*answer 4 is d[\s\S]*Press Enter/);
  terminal.type('\r');
  await terminal.waitFor('back: ok 0');
  expect(terminal.output()).not.toContain('key ');
});

test('Ctrl-C ends the command and not the tool', async () => {
  const terminal = await start('echo begun; sleep 60; echo not reached');
  terminal.type('r');
  await terminal.waitFor('\nbegun');
  terminal.type('\x03');
  await terminal.waitFor('---- cancelled ---- Press Enter');
  terminal.type('\x03');
  await terminal.waitFor('back: cancelled');
  terminal.type('x');
  await terminal.waitFor('key "x"');
  expect(terminal.output()).not.toContain('HIT BY SIGINT');
});

/** Where a program is not installed, one of ours that asks on the terminal takes its place, and the test says so. */
async function missing(...paths: string[]): Promise<boolean> {
  const absent = paths.filter(path => !existsSync(path));
  if (absent.length === 0) return false;
  console.warn(`${absent.join(', ')} not installed: a program of our own asks on the terminal instead.`);
  const terminal = await start(join(programs, 'asks-terminal.sh'));
  terminal.type('r');
  await terminal.waitFor('asks-terminal.sh\n');
  terminal.type('an answer\r');
  await terminal.waitFor(/got an answer[\s\S]*Press Enter/);
  terminal.type('\r');
  await terminal.waitFor('back: ok 0');
  return true;
}

test('less and vi work', async () => {
  if (await missing('/usr/bin/less', '/usr/bin/vi')) return;
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-vi-'));
  const file = join(directory, 'file');
  writeFileSync(file, Array.from({ length: 100 }, (_, line) => `line ${line}\n`).join(''));
  const pager = await start(`less ${file}`);
  pager.type('r');
  await pager.waitFor('line 10');
  pager.type('G');
  await pager.waitFor('line 99');
  pager.type('q');
  await pager.waitFor('Press Enter');
  pager.type('\r');
  await pager.waitFor('back: ok 0');
  const editor = await start(`vi ${file}`);
  editor.type('r');
  await editor.waitFor('line 10');
  editor.type('Oedited by hand\x1b');
  await editor.waitFor('edited by hand');
  editor.type(':wq\r');
  await editor.waitFor('Press Enter');
  editor.type('\r');
  await editor.waitFor('back: ok 0');
  expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('edited by hand');
  rmSync(directory, { recursive: true });
});

test('ssh asks about a host key on the terminal, and gets the answer', async () => {
  if (await missing('/usr/sbin/sshd', '/usr/bin/ssh')) return;
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-ssh-'));
  const port = await freePort();
  for (const name of ['host', 'user'])
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, name)]);
  const config = [
    'UsePAM no',
    'StrictModes no',
    `AuthorizedKeysFile ${directory}/user.pub`,
    `PidFile none`,
    'ListenAddress 127.0.0.1',
  ];
  writeFileSync(join(directory, 'sshd_config'), `${config.join('\n')}\n`);
  mkdirSync('/run/sshd', { recursive: true });
  const server = execa(
    '/usr/sbin/sshd',
    ['-D', '-e', '-p', `${port}`, '-f', `${directory}/sshd_config`, '-h', `${directory}/host`],
    { reject: false },
  );
  try {
    await answering(port);
    const ssh = `ssh -F none -p ${port} -i ${directory}/user -o IdentitiesOnly=yes -o UserKnownHostsFile=${directory}/known 127.0.0.1`;
    const terminal = await start(`${ssh} echo reached`);
    terminal.type('r');
    await terminal.waitFor('continue connecting');
    terminal.type('no\r');
    await terminal.waitFor(/Host key verification failed[\s\S]*Press Enter/);
    terminal.type('\r');
    await terminal.waitFor(/back: unknown 255\s+status 255: ssh could not reach/);
    const second = await start(`${ssh} echo reached`);
    second.type('r');
    await second.waitFor('continue connecting');
    second.type('yes\r');
    await second.waitFor(/\nreached[\s\S]*---- OK ---- Press Enter/);
    second.type('\r');
    await second.waitFor('back: ok 0');
  } finally {
    server.kill();
    await server;
    rmSync(directory, { recursive: true, force: true });
  }
});

test('sudo asks for its password on the terminal', async () => {
  if (await missing('/usr/bin/sudo', '/usr/bin/setpriv')) return;
  if (process.getuid?.() !== 0) console.warn('Not root: sudo is asked as the user that runs the tests.');
  const asNobody = process.getuid?.() === 0 ? 'setpriv --reuid=65534 --clear-groups ' : '';
  const terminal = await start(`${asNobody}sudo -k -p "PASSWORD? " true`);
  terminal.type('r');
  await terminal.waitFor(/^PASSWORD\?/m);
  terminal.type('wrong\r');
  // The second prompt has come: what is typed before it, sudo throws away.
  await terminal.waitFor(/Sorry, try again[\s\S]*PASSWORD\?/, 20_000);
  terminal.type('\x03');
  await terminal.waitFor('Press Enter');
  terminal.type('\r');
  await terminal.waitFor(/back: (failed|cancelled)/);
  expect(terminal.output()).not.toContain('wrong\r');
}, 30_000);

test('a terminal that a program left spoiled is as before afterwards', async () => {
  const terminal = await startInShell('stty raw -echo; exit 1');
  terminal.type('r');
  await terminal.waitFor('Press Enter');
  terminal.type('\r');
  await terminal.waitFor('back: failed 1');
  terminal.type('q');
  const text = await terminal.waitFor(/speed \d+ baud[\s\S]*prompt>/);
  expect(text).toMatch(/ icanon /);
  expect(text).toMatch(/ echo /);
});

test('Ctrl-Z stops the command and us, and fg brings both back', async () => {
  const terminal = await startInShell('echo begun; cat; echo over');
  terminal.type('r');
  await terminal.waitFor('\nbegun');
  terminal.type('\x1a');
  await terminal.waitFor(/Stopped[\s\S]*prompt>/);
  terminal.type('fg\r');
  await terminal.waitFor(/prompt> fg\n/);
  terminal.type('typed after fg\r');
  await terminal.waitFor(/typed after fg\ntyped after fg/);
  terminal.type('\x04');
  await terminal.waitFor(/over[\s\S]*Press Enter/);
  terminal.type('\r');
  await terminal.waitFor('back: ok 0');
});

test('a command that stops itself alone hands the terminal to the shell above, and goes on with fg', async () => {
  const terminal = await startInShell('echo begun; kill -STOP $$; echo went on');
  terminal.type('r');
  await terminal.waitFor(/Stopped[\s\S]*prompt>/);
  terminal.type('fg\r');
  await terminal.waitFor(/went on[\s\S]*Press Enter/);
  terminal.type('\r');
  await terminal.waitFor('back: ok 0');
});

test('where no shell is above, a command that stops itself is made to go on', async () => {
  const terminal = await start('echo begun; kill -STOP $$; echo went on');
  terminal.type('r');
  await terminal.waitFor(/went on[\s\S]*Press Enter/);
  terminal.type('\r');
  await terminal.waitFor('back: ok 0');
});

test('F9 opens the shell of the user, which knows where it came from', async () => {
  const terminal = await start('true', { SHELL: '/bin/bash', PS1: '[$HASMIT] ' });
  terminal.type('s');
  await terminal.waitFor('Type exit or press Ctrl-D');
  terminal.type('echo "from $HASMIT"\r');
  await terminal.waitFor('from cm_run_time.select');
  terminal.type('sleep 60\r');
  await terminal.quiet();
  terminal.type('\x03');
  terminal.type('exit\r');
  await terminal.waitFor('back: ok');
  terminal.type('x');
  await terminal.waitFor('key "x"');
  expect(terminal.output()).not.toContain('HIT BY SIGINT');
});

test('a shell that does not exist is replaced by /bin/sh', async () => {
  const terminal = await start('true', { SHELL: '/nonexistent/shell' });
  terminal.type('s');
  await terminal.waitFor('/nonexistent/shell could not be started');
  terminal.type('echo $0; exit\r');
  await terminal.waitFor('back: ok');
});

test('output is read in the pager of the user, with its options', async () => {
  const terminal = await start('true', { PAGER: 'less -N' });
  terminal.type('p');
  await terminal.waitFor(/1 first line\n +2 red/);
  terminal.type('q');
  await terminal.waitFor('back: from the pager');
});

test('the end of the tool ends the command it handed the terminal to', async () => {
  const terminal = await start('echo pid $$; exec sleep 60');
  terminal.type('r');
  const pid = Number(/pid (\d+)/.exec(await terminal.waitFor(/pid \d+/))?.[1]);
  process.kill(terminal.pid, 'SIGTERM');
  await terminal.ended();
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test('a command with a secret or a missing value is refused before the screen is left', async () => {
  const never = () => {
    throw new Error('the screen was left');
  };
  const terminal = { suspend: never, resume: never, note: never };
  const secret = commandOf('true', {
    mode: 'interactive',
    secrets: [{ field: 'pw', label: 'Password', variable: 'PW' }],
  });
  expect(await runInteractive({ command: secret, secrets: { pw: 'x' }, env: {} }, terminal)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('a secret cannot be fed to it'),
  });
  const missing = commandOf('true ???', { mode: 'interactive', missing: ['node'] });
  expect((await runInteractive({ command: missing, secrets: {}, env: {} }, terminal)).reason).toBe(
    'a value is missing: node',
  );
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answering(port: number): Promise<void> {
  await expect
    .poll(async () => (await execa('ssh-keyscan', ['-p', `${port}`, '127.0.0.1'], { reject: false })).stdout, {
      timeout: 5000,
    })
    .toContain('ssh-ed25519');
}
