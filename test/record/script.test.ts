import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../src/command/types.ts';
import { createRecorder, type SessionRecorder } from '../../src/record/recorder.ts';
import { startPipe } from '../../src/run/pipe.ts';
import type { Ended } from '../../src/run/types.ts';
import { commandOf } from '../helpers/command.ts';
import { shells } from '../helpers/shells.ts';
import { openTerminal } from '../helpers/terminal.ts';

const ok: Ended = { state: 'ok', status: 0, seconds: 0.25 };
const words = shells().map(shell => shell.command);

let directory: string;
let script: string;
let recorder: SessionRecorder;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hasmit-script-'));
  script = join(directory, 'hasmit.script');
  recorder = createRecorder({
    places: { log: join(directory, 'hasmit.log'), script, transactions: join(directory, 'transactions.jsonl') },
    version: '0.1.0',
    user: 'root',
    host: 'mn1',
    sudoUser: 'joe',
    now: () => new Date(2025, 0, 2, 3, 4, 5),
  });
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const ran = (text: string, rest: Partial<Command> = {}, ended: Ended = ok) =>
  recorder.end('id', commandOf(text, rest), ended, []);

/** The script's output by each shell; every shell must take it and agree. */
async function replay(env: Record<string, string> = {}): Promise<string> {
  const outputs: string[] = [];
  for (const [shell, ...args] of words) {
    await execa(shell!, [...args, '-n', script]);
    const result = await execa(shell!, [...args, script], {
      all: true,
      reject: false,
      env,
      input: 'input of the script itself\n',
    });
    outputs.push(result.all);
  }
  for (const output of outputs) expect(output).toBe(outputs[0]);
  return outputs[0]!;
}

test('a block says when, who, where, what and how it ended, and shows the text as it was', () => {
  ran('ip addr add 10.0.0.5/24 dev eth0', { fastPath: 'mnode_vip_add', title: 'Configure a Virtual IP Address' });
  const text = readFileSync(script, 'utf8');
  expect(text).toMatch(/^#!\/bin\/sh\n# Written by hasmit/);
  expect(text).toContain(`
# [Jan 02 2025, 03:04:05] root (by sudo from joe) on mn1, hasmit 0.1.0
# mnode_vip_add: Configure a Virtual IP Address
# OK after 0.3 s
(
ip addr add 10.0.0.5/24 dev eth0
) </dev/null
`);
});

test('what one block does to itself does not reach the next', async () => {
  ran('cd /etc; VALUE=1; echo "one in $(pwd) with <$VALUE>"');
  ran('echo "two in $(pwd) with <$VALUE>"; exit 5');
  ran('exec echo three');
  ran('set -eu; echo four; false; echo not reached');
  ran('cat; echo five reads nothing');
  expect((await replay()).split('\n')).toEqual([
    'one in /etc with <1>',
    `two in ${process.cwd()} with <>`,
    'three',
    'four',
    'five reads nothing',
  ]);
});

test('a script goes on after a block that fails, and stops there with sh -e', async () => {
  ran('echo one');
  ran('echo two; false');
  ran('echo three');
  expect(await replay()).toBe('one\ntwo\nthree');
  for (const [shell, ...args] of words) {
    const result = await execa(shell!, [...args, '-e', script], { reject: false });
    expect([result.stdout, result.exitCode]).toEqual(['one\ntwo', 1]);
  }
});

test.each([
  ['failed', { state: 'failed', status: 3, seconds: 1 }, 'failed (status 3) after 1.0 s'],
  ['cancelled', { state: 'cancelled', signal: 'SIGINT', seconds: 1 }, 'cancelled (signal SIGINT) after 1.0 s'],
  [
    'timed out',
    { state: 'timeout', seconds: 9, reason: 'not done after 9 s' },
    'timed out (not done after 9 s) after 9.0 s',
  ],
  [
    'unknown',
    { state: 'unknown', status: 255, seconds: 2, reason: 'status 255: ssh could not reach mn2' },
    'unknown (status 255: ssh could not reach mn2) after 2.0 s',
  ],
  [
    'failed with status 0',
    { state: 'failed', status: 0, seconds: 2, reason: 'line 1 matches "x"\nrm -rf /' },
    'failed (status 0: line 1 matches "x" rm -rf /) after 2.0 s',
  ],
] as [string, Ended, string][])(
  'a command that %s is a comment and nothing of it runs',
  async (_title, ended, said) => {
    ran('echo before');
    ran('echo must not run\n\necho nor this', {}, ended);
    ran('echo after');
    expect(await replay()).toBe('before\nafter');
    const text = readFileSync(script, 'utf8');
    expect(text).toContain(`# ${said}\n# { /bin/sh`);
    expect(text).toContain('# echo must not run\n# \n# echo nor this\n# HASMIT\n');
  },
);

test('a command that was only put here runs, and is marked', async () => {
  recorder.script(commandOf('echo by F6'));
  recorder.notRun(commandOf('echo by -x'));
  expect(await replay()).toBe('by F6\nby -x');
  expect(readFileSync(script, 'utf8').match(/^# not run when it was written here$/gm)).toHaveLength(2);
});

const nasty = [
  "printf '%s\\n' 'it'\\''s' \"a \\\"b\\\"\" '$HOME `date` \\\\ !'",
  'cat <<HASMIT\nin the same mark $((1+1))\nHASMIT',
  "cat <<'HASMIT_'\n$HOME `x` \\\nHASMIT\nHASMIT_",
  'cat <<EOF\na here-document without its end',
  "case x in x) echo ')';; esac",
  'echo one; # a comment that ends the text',
  '# nothing but a comment',
  'echo back\\slash \\',
  'for i in 1 2; do\n  echo "$i"\ndone\n',
  'echo exits first; exit 0\n))) "unbalanced',
  "printf '%s\\n' '\u00e9\u6f22 \u202e \t|\r|'",
  `printf '%s\\n' '${'x'.repeat(5000)}' | wc -c`,
  'echo $0 $# "$@"',
];

test('whatever a text holds, the script does what the run did', async () => {
  let expected = '';
  for (const text of nasty) {
    const running = await startPipe(
      { command: commandOf(text), secrets: {}, env: process.env },
      { pass: (_, bytes) => (expected += bytes.toString()) },
    );
    const ended = await running.done;
    running.output.close();
    expect(ended.state).toBe('ok');
    ran(text, {}, ended);
  }
  expect(`${await replay()}\n`).toBe(expected);
});

test('what stands in a comment stays there', async () => {
  ran('echo one', { title: 'Title\necho from the title', fastPath: 'fast\r\npath' });
  expect(await replay()).toBe('one');
});

test('directories of a product are in PATH for its own block only', async () => {
  for (const name of ['plain', "it's $HOME `x`"]) {
    await execa('mkdir', ['-p', join(directory, name)]);
    writeFileSync(
      join(directory, name, 'hasmit_tool'),
      `#!/bin/sh\necho tool in ${name === 'plain' ? name : 'odd'}\n`,
      { mode: 0o755 },
    );
  }
  ran('hasmit_tool', { path: [join(directory, 'plain'), '/opt/x'] });
  ran('hasmit_tool', { path: [join(directory, "it's $HOME `x`")] });
  ran('command -v hasmit_tool || echo not here');
  expect(await replay()).toBe('tool in plain\ntool in odd\nnot here');
  expect(readFileSync(script, 'utf8')).toContain(`PATH=${directory}/plain:/opt/x:$PATH; export PATH\n`);
});

test('an interactive command keeps the input of the script', async () => {
  ran('read -r line; echo "got $line"', { mode: 'interactive' });
  expect(await replay()).toBe('got input of the script itself');
});

test('a script of the user is added to, not headed anew', async () => {
  writeFileSync(script, 'echo from before');
  ran('echo added');
  expect(await replay()).toBe('from before\nadded');
  expect(readFileSync(script, 'utf8').startsWith('echo from before\n#')).toBe(true);
});

const secretCommand = (): [string, Partial<Command>] => [
  `IFS= read -r OLD; IFS= read -r NEW; printf '<%s> <%s>\\n' "$OLD" "$NEW" >${directory}/got; echo fed`,
  {
    secrets: [
      { field: 'old', label: "Old `Password`'s $HOME", variable: 'OLD' },
      { field: 'new', label: 'New Password', variable: 'NEW' },
    ],
  },
];

test.each(shells())('a secret is asked for on the terminal, unseen, and fed ($name)', async ({ command }) => {
  ran(...secretCommand());
  ran('echo next block');
  expect(readFileSync(script, 'utf8')).not.toMatch(/swordfish/);
  const terminal = openTerminal('/bin/sh', ['-c', `${command.join(' ')} ${script}; stty -a`]);
  try {
    await terminal.waitFor("Old `Password`'s $HOME (not shown):");
    terminal.type("it's $HOME `swordfish` \\\r");
    await terminal.waitFor('New Password (not shown):');
    terminal.type(' two  blanks \r');
    const text = await terminal.waitFor(/next block[\s\S]* echo /);
    expect(text).toContain('fed');
    expect(text).toMatch(/ echo /);
    expect(readFileSync(join(directory, 'got'), 'utf8')).toBe("<it's $HOME `swordfish` \\> < two  blanks >\n");
    expect(terminal.output()).not.toContain('swordfish');
  } finally {
    await terminal.close();
  }
});

test('Ctrl-C at the question leaves the terminal as it was', async () => {
  ran(...secretCommand());
  const terminal = openTerminal('/bin/sh', ['-c', `trap : INT; sh ${script}; stty -a`]);
  try {
    await terminal.waitFor('(not shown):');
    terminal.type('\x03');
    expect(await terminal.waitFor(/speed \d+[\s\S]* echo /)).not.toContain('fed');
  } finally {
    await terminal.close();
  }
});

test('without a terminal a command with secrets does not run, and the rest does', async () => {
  ran(...secretCommand());
  ran('echo next block');
  for (const [shell, ...args] of words) {
    const result = await execa('setsid', ['-w', shell!, ...args, script], {
      all: true,
      reject: false,
      stdin: 'ignore',
    });
    expect(result.all).toMatch(/tty/);
    expect(result.stdout).toBe('next block');
  }
});

test('a failed command with secrets is a comment as a whole', async () => {
  ran(...secretCommand(), { state: 'failed', status: 1, seconds: 1 });
  ran('echo next block');
  expect(await replay()).toBe('next block');
});
