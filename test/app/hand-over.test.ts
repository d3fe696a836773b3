/** The terminal given away and taken back from inside the whole program: interactive commands, the shell, the pager. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

async function opened(...args: Parameters<typeof openHasmit>): Promise<HasmitTerminal> {
  const terminal = openHasmit(...args);
  await terminal.waitFor('Enter=Do');
  return terminal;
}

/** The command is over: its last words are on the old screen, and the program comes back with Enter. */
async function goOn(terminal: HasmitTerminal, said = '---- OK ----'): Promise<string> {
  const text = await terminal.waitFor(`${said} Press Enter to continue.`);
  expect(await terminal.onAlternateScreen()).toBe(false);
  terminal.type(keys.enter);
  await terminal.waitFor('COMMAND STATUS');
  expect(await terminal.onAlternateScreen()).toBe(true);
  return text;
}

test('all four answers reach the one who asks, one by one and all at once, and none becomes a key', async () => {
  const terminal = await opened(['run_reads']);
  terminal.type(keys.enter);
  for (const [at, word] of ['one', 'two', 'three', 'four'].entries()) {
    await terminal.waitFor(`question ${at + 1}:`);
    terminal.type(`${word}\r`);
  }
  const text = await goOn(terminal);
  expect(text).toContain('---- Four Questions (run_reads) ----\n>> four-reads.bash');
  for (const answer of ['1 is one', '2 is two', '3 is three', '4 is four']) expect(text).toContain(`answer ${answer}`);
  await terminal.waitFor('Command: OK');
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');
  terminal.type(keys.enter);
  await terminal.waitFor(text => text.split('question 1:').length === 3);
  terminal.type('a\rb\rc\rd\r');
  await terminal.waitFor(/answer 1 is a[\s\S]*answer 4 is d[\s\S]*Press Enter/);
  await goOn(terminal);
  // Keys work as before.
  terminal.type(keys.f1);
  await terminal.waitFor('CONTEXTUAL HELP');
  terminal.type(`${keys.f3}${keys.f10}`);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('vi and less have the whole terminal, and a new size is seen when they are left', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hasmit-notes-'));
  const file = join(home, 'notes.txt');
  writeFileSync(file, Array.from({ length: 90 }, (_, line) => `line ${line}\n`).join(''));
  const terminal = await opened(['run_editor', `file=${file}`], { home });
  terminal.type(keys.enter);
  await terminal.waitFor('line 20');
  terminal.type('Otyped in vi');
  await terminal.waitFor('typed in vi');
  terminal.resize(100, 30);
  await terminal.waitFor('line 26');
  terminal.type('\x1b:q!\r');
  await goOn(terminal);
  expect(readFileSync(file, 'utf8')).not.toContain('typed in vi');
  await terminal.waitFor('Command: OK');
  const rows = await terminal.screen();
  expect(rows.length).toBe(30);
  expect(rows[28]).toContain('F8=Image');
  expect(rows[0]!.indexOf('COMMAND STATUS')).toBe(43);

  terminal.type(`${keys.ctrlG}run_pages\r`);
  await terminal.waitFor('A Pager');
  terminal.type(`${file}\r`);
  await terminal.waitFor('line 20');
  terminal.type('G');
  await terminal.waitFor('line 89');
  terminal.type('q');
  await goOn(terminal);
});

test('a program that asks on the terminal without echo gets its answer; the records hold nothing of it', async () => {
  const terminal = await opened(['run_prompt']);
  terminal.type(keys.enter);
  await terminal.waitFor('Password:');
  terminal.type('geheim-7\r');
  expect(await goOn(terminal)).toContain('the password has 8 characters');
  expect(terminal.output()).not.toContain('geheim');
  for (const name of ['hasmit.log', 'hasmit.script', 'transactions.jsonl'])
    expect([name, terminal.record(name).includes('geheim')]).toEqual([name, false]);
});

test('the prompts of ssh-keygen are answered on the terminal', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hasmit-key-'));
  const file = join(home, 'key');
  const terminal = await opened(['run_keygen', `file=${file}`], { home });
  terminal.type(keys.enter);
  await terminal.waitFor(/Enter passphrase/);
  terminal.type('a long phrase\r');
  await terminal.waitFor(/same passphrase again/);
  terminal.type('a long phrase\r');
  await goOn(terminal);
  expect(terminal.output()).not.toContain('a long phrase');
  const reads = (phrase: string) => spawnSync('ssh-keygen', ['-y', '-P', phrase, '-f', file]).status;
  expect([reads('a long phrase'), reads('another') === 0]).toEqual([0, false]);
});

test('Ctrl-C ends the command that has the terminal and not the tool; so does a shell of its own', async () => {
  const terminal = await opened(['run_waits']);
  terminal.type(keys.enter);
  await terminal.waitFor(/^waiting/m);
  terminal.type(keys.ctrlC);
  await goOn(terminal, '---- cancelled ----');
  await terminal.waitFor('Command: cancelled');
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');
  terminal.type(keys.f9);
  await terminal.waitFor('Type exit or press Ctrl-D to return to hasmit.');
  expect(await terminal.onAlternateScreen()).toBe(false);
  // In a process of its own: a Ctrl-C between two commands of the shell's would be lost.
  terminal.type(`sh -c 'echo "at $HASMIT"; exec sleep 60'\r`);
  await terminal.waitFor('at run_waits');
  terminal.type(keys.ctrlC);
  await terminal.waitFor(/\^C\n+#/);
  terminal.type('stty -a | grep -o " -*icanon"; exit 3\r');
  await terminal.waitFor(text => text.includes('A Command that Waits') && text.includes('F7=Edit'));
  expect(terminal.output()).toMatch(/^ icanon/m);
  expect(await terminal.onAlternateScreen()).toBe(true);
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('the shell can be switched off', async () => {
  const terminal = await opened(['app'], { env: { HASMIT_SHELL: 'n' } });
  terminal.type(keys.f9);
  await terminal.waitFor('The shell is switched off here.');
  expect(await terminal.onAlternateScreen()).toBe(true);
});

test('the pager of the operator shows an output, and its options count', async () => {
  const terminal = await opened(['run_streams'], { env: { PAGER: 'less -N' } });
  terminal.type(keys.enter);
  await terminal.waitFor('Command: OK');
  terminal.type('|');
  await terminal.waitFor(/^ +1 to standard output\n +2 to standard error/m);
  terminal.type('q');
  await terminal.waitFor('COMMAND STATUS');
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});
