/** The line mode on the whole program: as an expect script sees it through pipes, and as a person sees it on a terminal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fixturePanels, hasmitEnvironment, openHasmit } from '../helpers/hasmit.ts';
import { builtProgram } from '../helpers/program.ts';
import { keys } from '../helpers/terminal.ts';

interface Script {
  readonly child: ChildProcess;
  readonly home: string;
  /** What has been printed since the last answer. */
  until(what: string | RegExp): Promise<string>;
  say(line: string): void;
  ended(): Promise<number | null>;
}

const scripts: Script[] = [];

afterEach(() => {
  for (const { child, home } of scripts.splice(0)) {
    if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
});

/** The program on pipes, as expect without a terminal has it. */
function script(args: string[]): Script {
  const home = mkdtempSync(join(tmpdir(), 'hasmit-lines-'));
  const child = spawn(builtProgram(), ['--plain', ...args, '-o', fixturePanels], {
    cwd: home,
    env: {
      ...hasmitEnvironment(),
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      XDG_CONFIG_HOME: home,
      LANG: 'C.UTF-8',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk));
  const over = new Promise<number | null>(resolve => child.on('close', resolve));
  const opened: Script = {
    child,
    home,
    async until(what) {
      await expect
        .poll(() => (typeof what === 'string' ? said.includes(what) : what.test(said)) || said, {
          timeout: 10_000,
          interval: 10,
        })
        .toBe(true);
      return said;
    },
    say(line) {
      said = '';
      child.stdin.write(`${line}\n`);
    },
    ended: () => over,
  };
  scripts.push(opened);
  return opened;
}

const formPrompt = /\(number changes a field, .*q quit\) $/;
const menuPrompt = /\(number, fast path, .*q quit\) $/;

test('menu, form, list, ring, secret, command, question and run work by lines, each answered when it is asked', async () => {
  const session = script(['app']);
  const menu = await session.until(menuPrompt);
  expect(menu).toContain('\nFixture Panels\n  1  A Form of Every Kind\n');
  expect(menu).toContain('     Information, where the cursor does not stop\n  3  Choose a Word\n');
  session.say('1');
  expect(await session.until(formPrompt)).toMatch(/ 1 {2}Name, required: \n[\s\S]*Command: .*show-arguments.sh \?\?\?/);
  session.say('1');
  await session.until(/^Name: $/);
  session.say('Anna Maria');
  expect(await session.until(formPrompt)).toContain("show-arguments.sh 'Anna Maria'");
  session.say('2 = many');
  expect(await session.until(formPrompt)).toContain('"many" is no whole number, for example 1.');
  session.say('2 = 12');
  expect(await session.until(formPrompt)).toContain('-n 12');
  session.say('3');
  expect(await session.until(/: $/)).toContain('Level (High, Middle, Low)');
  session.say('Low');
  expect(await session.until(formPrompt)).toContain('-l 3');
  session.say('l 5');
  expect(await session.until('b back) ')).toContain('  1  alpha\n  2  beta\n');
  session.say('2 4');
  expect(await session.until(formPrompt)).toContain("beta 'two words'");
  session.say('6');
  await session.until(/Password: $/);
  session.say('geheim');
  expect(await session.until(formPrompt)).toContain('Password: ******');
  session.say('h 1');
  expect(await session.until(formPrompt)).toContain('Name: Any words.');
  session.say('?');
  const help = await session.until(formPrompt);
  expect(help).toContain('Shows what it was given.');
  // Keys are of no use here.
  expect(help).not.toContain('F10');
  session.say('c');
  expect(await session.until(formPrompt)).toContain('IFS= read -r PASSWORD\nshow-arguments.sh');
  session.say('r');
  const ran = await session.until(formPrompt);
  for (const line of [
    '<Anna Maria>',
    '<12>',
    '<3>',
    '<beta>',
    '<two words>',
    'the secret has 6 characters',
    'Command: OK',
  ])
    expect(ran).toContain(`${line}\n`);
  session.say('app_asks');
  await session.until(/A Panel that Asks[\s\S]*q quit\) $/);
  session.say('1=thing');
  await session.until(formPrompt);
  session.say('r');
  expect(await session.until('(y goes on, anything else returns) ')).toMatch(
    /ARE YOU SURE\?\nthing\n[\s\S]* {2}echo thing is done/,
  );
  session.say('n');
  await session.until(formPrompt);
  session.say('r');
  await session.until('(y goes on');
  session.say('y');
  expect(await session.until(formPrompt)).toContain('thing is done\nCommand: OK');
  session.say('app_danger');
  await session.until(/A Destroying Panel[\s\S]*q quit\) $/);
  session.say('1=disk7');
  await session.until(formPrompt);
  session.say('r');
  await session.until('Type disk7 to go on: ');
  session.say('disk8');
  await session.until(formPrompt);
  session.say('r');
  await session.until('Type disk7 to go on: ');
  session.say('disk7');
  expect(await session.until(formPrompt)).toContain('disk7 is gone\nCommand: OK');
  session.say('app_text');
  expect(await session.until('opens it) ')).toContain('The first paragraph of the facts.');
  session.say('');
  await session.until(formPrompt);
  session.say('q');
  expect(await session.ended()).toBe(0);
  const record = readFileSync(join(session.home, 'state/hasmit/transactions.jsonl'), 'utf8');
  expect(record.match(/"START"/g)!.length).toBe(3);
  expect(record).not.toContain('geheim');
});

test('an input that ends in the middle of things ends the program, however much was typed', async () => {
  const session = script(['app_asks']);
  await session.until(formPrompt);
  session.say('1=thing');
  await session.until(formPrompt);
  session.child.stdin!.end('r\n');
  expect(await session.ended()).toBe(0);
  expect(await session.until('The input has ended.')).not.toContain('Command: OK');
  // A last line without an end is a line, and DOS line ends are none of its text.
  const dos = script(['app_asks']);
  dos.child.stdin!.end('1=thing\r\nr\r\ny\r\nq');
  expect(await dos.ended()).toBe(0);
  expect(await dos.until('Command: OK')).toContain('thing is done');
});

test('a slow list, a failing list and a failing command are told in words', async () => {
  const session = script(['app_lists']);
  await session.until(formPrompt);
  session.say('l4');
  expect(await session.until(formPrompt)).toMatch(
    /Processing data \.\.\.[\s\S]*ERROR MESSAGE[\s\S]*lsnode: the cluster is not up/,
  );
  // A list without a form below it leads on.
  session.say('app_ghost');
  expect(await session.until('(number, b back) ')).toContain('\nWord\n  1  alpha\n');
  session.say('3');
  expect(await session.until(formPrompt)).toMatch(/Current Values\n +Word: gamma\n {2}1 {2}Size: 7\n/);
  session.say('b');
  await session.until(formPrompt);
  session.say('run_fails');
  await session.until(/A Failing Command[\s\S]*q quit\) $/);
  session.say('r');
  expect(await session.until(formPrompt)).toContain('before the end\nCommand: failed (status 3)');
  session.say('run_nasty');
  await session.until(/Must Not Get[\s\S]*q quit\) $/);
  session.say('r');
  const ran = await session.until(/Command: OK[\s\S]*q quit\) $/);
  expect(ran).toContain('before after\n');
  expect(ran).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
  session.say('no_such_panel');
  expect(await session.until(/q quit\) $/)).toContain('There is no panel "no_such_panel" here.');
});

test('SIGINT without a terminal ends the program and its command', async () => {
  const session = script(['run_drip']);
  await session.until(formPrompt);
  session.say('r');
  await session.until('line 2 of the drip');
  session.child.kill('SIGINT');
  expect(await session.ended()).toBe(null);
  expect(session.child.signalCode).toBe('SIGINT');
  expect(readFileSync(join(session.home, 'state/hasmit/transactions.jsonl'), 'utf8')).toMatch(/"END".*"cancelled"/);
});

test('on a terminal the kernel edits the line, a secret is not echoed, and Ctrl-C asks about a running command', async () => {
  const terminal = openHasmit(['--plain', 'app_form']);
  await terminal.waitFor('q quit)');
  terminal.type(`1=Annx${keys.backspace}a\r`);
  await terminal.waitFor('1  Name, required: Anna');
  terminal.type('6\r');
  await terminal.waitFor(/Password: *$/);
  terminal.type(`gehx${keys.backspace}eim\r`);
  await terminal.waitFor('6  Password: ******');
  expect(terminal.output()).not.toMatch(/geh|eim/);
  terminal.type('r\r');
  await terminal.waitFor(/the secret has 6 characters\s+Command: OK/);
  terminal.type(keys.ctrlC);
  await terminal.waitFor('q leaves.');
  terminal.type('run_drip\r');
  await terminal.waitFor('One Line After Another');
  terminal.type('r\r');
  await terminal.waitFor('line 2 of the drip');
  terminal.type(keys.ctrlC);
  await terminal.waitFor(/CANCEL THE RUNNING COMMAND\?[\s\S]*\(y goes on/);
  terminal.type('y\r');
  await terminal.waitFor('Command: cancelled');
  // Interactive commands have the terminal here as well.
  terminal.type('run_reads\r');
  await terminal.waitFor('Four Questions');
  terminal.type('r\r');
  for (const [at, word] of ['one', 'two', 'three', 'four'].entries()) {
    await terminal.waitFor(`question ${at + 1}:`);
    terminal.type(`${word}\r`);
  }
  await terminal.waitFor(/answer 4 is four\s+---- OK ---- Press Enter/);
  terminal.type('\r');
  await terminal.waitFor(/Command: OK[\s\S]*q quit\)/);
  terminal.type('b\r');
  await terminal.waitFor('One Line After Another');
  terminal.type('\x04');
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
  // Nothing was drawn, nothing erased.
  expect(terminal.output()).not.toMatch(/\x1b|[^\r]\r[^\r\n]/);
});
