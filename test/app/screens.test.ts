/** Every kind of screen and box, brought up and used on the whole program as an operator does it. */
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

async function opened(...args: string[]): Promise<HasmitTerminal> {
  const terminal = openHasmit(args);
  await terminal.waitFor('Enter=Do');
  return terminal;
}

const withoutBox = (text: string) => !text.includes('+-----');

test('a panel is reached by its menus, by a filter, and by words of what it does', async () => {
  const terminal = await opened();
  terminal.type(`/management node${keys.enter}`);
  await terminal.waitFor(/Management Node[\s\S]*NFS Exports/);
  terminal.type(keys.f3);
  await terminal.waitFor('System Management');
  terminal.type(keys.f3);
  // The filter is left first, then the program.
  await terminal.waitFor(text => text.includes('HACMP for AIX') && !text.includes('Find:'));
  // The jump looks into ids, titles, labels, help and commands.
  terminal.type(':');
  await terminal.waitFor('JUMP TO A FAST PATH');
  for (const [words, panel] of [
    ['virtual remove', 'mnode_vip_del'],
    ['fibrillate', 'change_show_ts_gs'],
    ['exportfs', 'mnode_nfs'],
    ['run_time', 'cm_run_time.select'],
  ]) {
    terminal.type(`\x15${words}`);
    await terminal.waitFor(text => text.includes(`: ${words}`) && text.includes(panel!));
  }
  terminal.type('\x15no such thing at all\r');
  await terminal.waitFor('No panel fits "no such thing at all".');
  terminal.type('\x15app_discovered');
  // A panel that needs a value says how it is reached, and Enter goes there.
  await terminal.waitFor('app_discovered             Current Values');
  terminal.type(keys.enter);
  await terminal.waitFor('* Word');
  terminal.type(keys.f10);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('F1 tells about the item, the field and the keys, wherever one is', async () => {
  const terminal = await opened('app');
  terminal.type(keys.f1);
  const menu = await terminal.waitFor('CONTEXTUAL HELP');
  expect(menu).toContain('Shows what it was given.');
  terminal.type(keys.end);
  expect(await terminal.waitFor('[BOTTOM]')).toContain('Esc then the digit does the same');
  terminal.type(`${keys.f3}${keys.enter}`);
  await terminal.waitFor('[Entry Fields]');
  terminal.type(keys.f1);
  expect(await terminal.waitFor('CONTEXTUAL HELP')).toContain('Any words.');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  terminal.type(`${keys.down}x${keys.down}${keys.up}${keys.f1}`);
  expect(await terminal.waitFor('CONTEXTUAL HELP')).toContain('Now: "x" is no whole number');
});

test('fields are typed into, reset, edited in a box of the whole width and stepped through', async () => {
  const terminal = await opened('app_form');
  const long = 'a value that is far longer than any field on a screen of eighty columns could show at once';
  terminal.type(long);
  await terminal.waitFor(/\* Name +<.*could show at once\]/);
  terminal.type(keys.f7);
  const box = await terminal.waitFor('Type the value and press Enter.');
  expect(box.replace(/\s*\|\s*\n\s*(.{0,2})\|\s*/g, '')).toContain('than any field on a screen');
  terminal.type(`${keys.home}${keys.delete}${keys.delete}The ${keys.enter}`);
  await terminal.waitFor(withoutBox);
  terminal.type(keys.f6);
  expect((await terminal.waitFor('> Return')).replace(/\s*\|\s*\n\s*(.{0,2})\|\s*/g, ' ')).toContain(
    "'The value that is far",
  );
  terminal.type(`${keys.f3}`);
  await terminal.waitFor(withoutBox);
  terminal.type(keys.f5);
  await terminal.waitFor(/\* Name +\[\]/);
  // A ring: Tab, Shift-Tab, the first letter, F4.
  terminal.type(`${keys.down}${keys.down}${keys.tab}`);
  await terminal.waitFor(/Level +Middle/);
  terminal.type(`${keys.shiftTab}${keys.shiftTab}`);
  await terminal.waitFor(/Level +Low/);
  terminal.type('h');
  await terminal.waitFor(/Level +High/);
  terminal.type(keys.f4);
  await terminal.waitFor(/High[\s\S]*Middle[\s\S]*Low[\s\S]*Find Next/);
  terminal.type(`${keys.end}${keys.enter}`);
  await terminal.waitFor('-l 3');
  // A secret is stars, and no character of it is ever sent to the screen.
  terminal.type(`${keys.end}${keys.down}${keys.down}${keys.down}qzj`);
  await terminal.waitFor('[***]');
  expect(terminal.output()).not.toMatch(/q.?z.?j/);
});

test('a failed command keeps the form, a good one lets it go, and typed values are not lost without a question', async () => {
  const terminal = await opened('run_fails');
  terminal.type(`\x15${'5'}${keys.enter}`);
  await terminal.waitFor('status 5');
  terminal.type(keys.f3);
  await terminal.waitFor('[5]');
  terminal.type(keys.f3);
  expect(await terminal.waitFor('LEAVE WITHOUT RUNNING?')).toContain('Status');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  terminal.type(`\x150${keys.enter}`);
  await terminal.waitFor('Command: OK');
  terminal.type(keys.f3);
  await terminal.waitFor('[0]');
  terminal.type(keys.f3);
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
});

test('questions name object, effect and command; a destroying panel wants the name, an unverified command its reason', async () => {
  const terminal = await opened('app_danger', 'object=disk7');
  terminal.type(keys.enter);
  const question = await terminal.waitFor('ARE YOU SURE?');
  for (const text of ['disk7', 'disk7 is destroyed.', 'echo disk7 is gone']) expect(question).toContain(text);
  terminal.type(keys.enter);
  await terminal.waitFor('Type disk7 to go on, or F3 to return.');
  terminal.type(`disk8${keys.backspace}${keys.enter}`);
  await terminal.waitFor('Type disk7 to go on, or F3 to return.');
  terminal.type('7\r');
  expect(await terminal.waitFor('Command: OK')).toContain('disk7 is gone');
  terminal.type(`${keys.ctrlG}app_unverified\r`);
  await terminal.waitFor('A Command Nobody Knows');
  terminal.type(keys.enter);
  const unverified = await terminal.waitFor('ARE YOU SURE?');
  expect(unverified).toContain('This command is not verified:');
  expect(unverified).toContain('no public document was found');
  expect(unverified).toContain('echo not known');
  terminal.type(keys.f3);
  await terminal.waitFor(withoutBox);
  expect(
    terminal
      .transactions()
      .filter(entry => entry.event === 'START')
      .map(entry => entry.fast_path),
  ).toEqual(['app_danger']);
});

test('a text is read, searched, and leads to the panels it speaks of', async () => {
  const terminal = await opened('app_text');
  expect(await terminal.text()).toContain('The first paragraph of the facts.');
  terminal.type('/second\r/nowhere\r');
  await terminal.waitFor('Not found: nowhere');
  terminal.type(`${keys.tab}${keys.enter}`);
  await terminal.waitFor('A Form of Every Kind');
  terminal.type(keys.f8);
  // F8 tells the fast path.
  expect(await terminal.waitFor('PRINT SCREEN')).toContain('"app_form"');
});

test('the real cursor stands on what is focused', async () => {
  const terminal = await opened('app');
  const rowOf = async (text: string) => (await terminal.screen()).findIndex(row => row.includes(text));
  expect((await terminal.cursor()).y).toBe(await rowOf('A Form of Every Kind'));
  terminal.type(keys.down);
  await expect.poll(async () => (await terminal.cursor()).y).toBe(await rowOf('Lists of Every Kind'));
  terminal.type(keys.enter);
  await terminal.waitFor('[Entry Fields]');
  terminal.type('漢字e\u0301');
  await terminal.waitFor('[漢字e\u0301]');
  const { x, y } = await terminal.cursor();
  expect(y).toBe(await rowOf('A word'));
  // Behind two wide signs and one letter with its accent.
  expect(x).toBe(54 + 5);
  terminal.type(`${keys.backspace}${keys.backspace}`);
  await terminal.waitFor(/\[漢\]/);
  expect((await terminal.cursor()).x).toBe(54 + 2);
});
