/** Keys on the whole program: what terminals send, whole and in pieces, one by one and all at once. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

/** What F1, F3, F8 and F10 are on each terminal; sources in src/terminal/key-table.ts. */
const encodings: Array<{ name: string; f1: string; f3: string; f8: string; down: string }> = [
  { name: 'xterm', f1: '\x1bOP', f3: '\x1bOR', f8: '\x1b[19~', down: '\x1b[B' },
  { name: 'vt220, rxvt, PuTTY ESC[n~', f1: '\x1b[11~', f3: '\x1b[13~', f8: '\x1b[19~', down: '\x1bOB' },
  { name: 'linux, PuTTY Linux', f1: '\x1b[[A', f3: '\x1b[[C', f8: '\x1b[19~', down: '\x1b[B' },
  { name: 'aixterm', f1: '\x1b[001q', f3: '\x1b[003q', f8: '\x1b[008q', down: '\x1b[B' },
  { name: 'PuTTY VT400', f1: '\x1bOP', f3: '\x1bOR', f8: '\x1b[19~', down: '\x1b[B' },
  { name: 'PuTTY VT100+', f1: '\x1bOP', f3: '\x1bOR', f8: '\x1bOW', down: '\x1bOB' },
  { name: 'Esc and a digit', f1: '\x1b1', f3: '\x1b3', f8: '\x1b8', down: '\x1b[B' },
];

const scoKeys = { name: 'PuTTY SCO', f1: '\x1b[M', f3: '\x1b[O', f8: '\x1b[T', down: '\x1b[B' };

async function walk(terminal: HasmitTerminal, encoding: (typeof encodings)[number]): Promise<void> {
  const inMenu = (text: string) => !text.includes('+-----') && text.includes('Fixture Panels');
  terminal.type(encoding.f1);
  await terminal.waitFor('CONTEXTUAL HELP');
  terminal.type(encoding.f3);
  await terminal.waitFor(inMenu);
  terminal.type(encoding.f8);
  await terminal.waitFor('PRINT SCREEN');
  terminal.type(encoding.f3);
  await terminal.waitFor(inMenu);
  const row = async () => [encoding.name, (await terminal.cursor()).y];
  await expect.poll(row).toEqual([encoding.name, 4]);
  terminal.type(encoding.down);
  await expect.poll(row).toEqual([encoding.name, 5]);
  terminal.type(keys.up);
  await expect.poll(row).toEqual([encoding.name, 4]);
}

test('F1, F3 and F8 do the same on every terminal', async () => {
  const terminal = openHasmit(['app']);
  await terminal.waitFor('Enter=Do');
  for (const encoding of encodings) await walk(terminal, encoding);
  terminal.type('\x1b0');
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('PuTTY in SCO mode is understood where TERM says so', async () => {
  const terminal = openHasmit(['app'], { env: { TERM: 'scoansi' } });
  await terminal.waitFor('Enter=Do');
  await walk(terminal, scoKeys);
  terminal.type('\x1b[V');
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('a sequence in pieces on a slow line is one key, and Esc waits for its digit', async () => {
  const terminal = openHasmit(['app']);
  await terminal.waitFor('Enter=Do');
  const top = (await terminal.cursor()).y;
  for (const piece of ['\x1b', '[', 'B']) {
    terminal.type(piece);
    await wait(200);
  }
  await expect.poll(async () => (await terminal.cursor()).y).toBe(top + 1);
  expect(await terminal.text()).toContain('Fixture Panels');
  terminal.type('\x1b');
  await wait(150);
  terminal.type('1');
  await terminal.waitFor('CONTEXTUAL HELP');
  // Alone it is Cancel, once no digit has come for half a second.
  terminal.type('\x1b');
  await wait(100);
  expect(await terminal.text()).toContain('CONTEXTUAL HELP');
  await terminal.waitFor(text => !text.includes('CONTEXTUAL HELP'), 2000);
  expect(await terminal.text()).toContain('Fixture Panels');
});

test('many keys in one read all count, and so do those typed before the first frame', async () => {
  const early = openHasmit(['app']);
  // No frame yet: what is typed waits in the terminal.
  early.type(`${keys.down}${keys.down}${keys.enter}`);
  await early.waitFor('Choose a Word');
  await early.waitFor('* Word');
  expect(await early.text()).not.toContain('^[[B');
  early.type(`${keys.f3}${keys.up}${keys.up}${keys.enter}`);
  await early.waitFor('[Entry Fields]');
  early.type(`words${keys.left}${keys.left}${keys.backspace}X${keys.down}42${keys.down}${keys.tab}`);
  const text = await early.waitFor('Middle');
  expect(text).toContain('[woXds]');
  expect(text).toContain('[42]');
});

test('a paste into a field is one value without its line ends, and never a key', async () => {
  const terminal = openHasmit(['app_form']);
  await terminal.waitFor('Enter=Do');
  expect(terminal.output()).toContain('\x1b[?2004h');
  terminal.type('\x1b[200~one \r\ntwo\tthree\r\n\x1b[201~');
  // Still the form: neither Enter nor Tab in the paste has done anything.
  expect(await terminal.waitFor(/\* Name +\[one two three\]/)).toContain('[Entry Fields]');
  terminal.type(`${keys.down}\x1b[200~17\r\x1b[201~`);
  expect(await terminal.waitFor('[17]')).toContain('[Entry Fields]');
});

test('Ctrl-C in a menu and in a form says which keys leave; values, work and the tool stay', async () => {
  const terminal = openHasmit(['app']);
  await terminal.waitFor('Enter=Do');
  terminal.type(keys.ctrlC);
  await terminal.waitFor('F3 goes back, F10 leaves.');
  terminal.type(keys.enter);
  await terminal.waitFor('[Entry Fields]');
  terminal.type(`kept${keys.ctrlC}`);
  const text = await terminal.waitFor('F3 goes back, F10 leaves.');
  expect(text).toContain('[kept]');
  terminal.type(`${keys.f1}`);
  await terminal.waitFor('CONTEXTUAL HELP');
  terminal.type(keys.ctrlC);
  await terminal.waitFor(screen => !screen.includes('CONTEXTUAL HELP'));
  expect(await terminal.text()).toContain('[kept]');
  // Leaving asks, for a value would be lost.
  terminal.type(keys.f10);
  await terminal.waitFor('LEAVE WITHOUT RUNNING?');
  terminal.type(keys.enter);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
  expect(await terminal.onAlternateScreen()).toBe(false);
});
