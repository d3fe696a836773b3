/** List, discover and check commands on the whole program: quick, slow, failing, none at all. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

async function opened(args: string[]): Promise<HasmitTerminal> {
  const terminal = openHasmit(args);
  await terminal.waitFor('Enter=Do');
  return terminal;
}

const withoutBox = (text: string) => !text.includes('+-----') && text.includes('F7=Edit');

/** Processes below a process, by their command lines. */
function descendants(pid: number): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.flatMap(child => [
    readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' '),
    ...descendants(Number(child)),
  ]);
}

test('a list is taken from, narrowed and gone through; several values come from one list', async () => {
  const terminal = await opened(['app_lists']);
  terminal.type(keys.f4);
  const text = await terminal.waitFor('two words');
  expect(text).toContain('Move cursor to desired item and press Enter.');
  terminal.type(`${keys.end}${keys.enter}`);
  await terminal.waitFor("show-arguments.sh 'two words'");
  terminal.type(`${keys.down}${keys.f4}`);
  await terminal.waitFor('entry 1 of many');
  terminal.type(keys.end);
  await terminal.waitFor('entry 500 of many');
  terminal.type('/77');
  await terminal.waitFor(box => box.includes('entry 477 of many') && !box.includes('entry 500'));
  terminal.type(`${keys.down}${keys.enter}`);
  await terminal.waitFor("'two words' 'entry 177 of many'");
  // A form of several values: two marked, taken together.
  terminal.type(`${keys.ctrlG}app_form\r`);
  await terminal.waitFor('A Form of Every Kind');
  terminal.type(`n${keys.down}${keys.down}${keys.down}${keys.down}${keys.f4}`);
  await terminal.waitFor('ONE OR MORE items can be selected.');
  terminal.type(`${keys.f7}${keys.down}${keys.down}${keys.down}${keys.f7}`);
  await terminal.waitFor(/> two words/);
  terminal.type(keys.enter);
  await terminal.waitFor("alpha 'two words'");
});

test('a slow list shows that it works, and F3 ends it and its command', async () => {
  const terminal = await opened(['app_lists']);
  terminal.type(`${keys.down}${keys.down}${keys.f4}`);
  await terminal.waitFor('Processing data ...');
  // Until the list is there, letters and Enter do nothing.
  terminal.type('x\r');
  await expect.poll(() => descendants(terminal.pid).some(line => line.startsWith('sleep 60'))).toBe(true);
  expect(await terminal.text()).toContain('Processing data ...');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  await expect.poll(() => descendants(terminal.pid)).toEqual([]);
  // The field takes a typed value.
  terminal.type('by hand');
  await terminal.waitFor("'' '' 'by hand'");
});

test('a failing list shows what the command said; the field stays usable, a gate stays shut', async () => {
  const terminal = await opened(['app_lists']);
  terminal.type(`${keys.down}${keys.down}${keys.down}${keys.f4}`);
  expect(await terminal.waitFor('ERROR MESSAGE')).toContain('lsnode: the cluster is not up');
  terminal.type(keys.enter);
  await terminal.waitFor(withoutBox);
  terminal.type(`typed${keys.down}${keys.down}${keys.f4}`);
  expect(await terminal.waitFor('ERROR MESSAGE')).toContain('The list is empty: there is nothing to choose from.');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  terminal.type(keys.enter);
  // Free fields do not ask their lists: the command has run with what was typed.
  expect(await terminal.waitFor('COMMAND STATUS')).not.toContain('ERROR MESSAGE');
  await terminal.waitFor('<typed>');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  terminal.type(`${keys.up}gated\r`);
  const refused = await terminal.waitFor('ERROR MESSAGE');
  expect(refused).toContain('A failing gate');
  expect(refused).toContain('lsnode: the cluster is not up');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  expect(terminal.transactions().filter(entry => entry.event === 'START').length).toBe(1);
});

test('what the system has fills the form, and only what is changed is sent', async () => {
  const terminal = await opened(['app_select']);
  terminal.type(`beta${keys.enter}`);
  const text = await terminal.waitFor(/Size +\[7\][\s\S]*Hue +\[red\]/);
  expect(text).toContain('Current Values');
  expect(text).toMatch(/show-arguments.sh beta *\n/);
  terminal.type(`${keys.down}${keys.down}${keys.end}dish`);
  await terminal.waitFor(/show-arguments.sh beta -h reddish/);
  terminal.type(keys.f5);
  await terminal.waitFor(/show-arguments.sh beta *\n/);
});

test('with -X no list or discover command runs, with -x no command, and both are said', async () => {
  const terminal = await opened(['-X', 'app_discovered', 'word=beta']);
  expect(await terminal.text()).toMatch(/Size +\[\]/);
  terminal.type(`${keys.ctrlG}app_lists\r`);
  await terminal.waitFor('Lists of Every Kind');
  terminal.type(keys.f4);
  await terminal.waitFor('Lists are off (-X): type the value.');
  terminal.type(`${keys.down}${keys.down}${keys.f4}`);
  await wait(100);
  expect(existsSync(join(terminal.home, 'slow.txt'))).toBe(false);
  terminal.type(`slow${keys.enter}`);
  const text = await terminal.waitFor('NOT RUN');
  expect(text).toContain('Nothing was run');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  await expect.poll(() => terminal.transactions().map(entry => entry.event)).toEqual(['NOTRUN']);
  expect(terminal.record('hasmit.script')).toContain("show-arguments.sh '' '' slow");
});
