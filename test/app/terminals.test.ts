/** The same program on every kind of terminal, and in the environments that trip up others. */
import { expect, test } from 'vitest';
import { openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

/** Terminals by their own keys and what they are not to be sent. */
const terminals: Array<{ term: string; alternate: boolean; f3: string; f6: string; lacks: RegExp }> = [
  { term: 'xterm-256color', alternate: true, f3: '\x1bOR', f6: '\x1b[17~', lacks: /\x1b\[\?2026/ },
  { term: 'screen', alternate: true, f3: '\x1bOR', f6: '\x1b[17~', lacks: /\x1b\[\?2026/ },
  { term: 'rxvt', alternate: true, f3: '\x1b[13~', f6: '\x1b[17~', lacks: /\x1b\[\?2026/ },
  { term: 'linux', alternate: false, f3: '\x1b[[C', f6: '\x1b[17~', lacks: /\x1b\[\?1049/ },
  { term: 'vt220', alternate: false, f3: '\x1b[13~', f6: '\x1b[17~', lacks: /\x1b\[\?1049|\x1b\[\d*[GE]/ },
  // No CHA, CNL, ICH or DCH on a VT100.
  { term: 'vt100', alternate: false, f3: '\x1bOR', f6: '\x1b6', lacks: /\x1b\[\?1049|\x1b\[\d*[GE@P]/ },
  // No scroll region on an aixterm.
  { term: 'aixterm', alternate: false, f3: '\x1b[003q', f6: '\x1b[006q', lacks: /\x1b\[\?1049|\x1b\[\d+;\d+r/ },
];

test.each(terminals)('on $term a form is filled, run and left', async ({ term, alternate, f3, f6, lacks }) => {
  const terminal = openHasmit(['app_asks'], { env: { TERM: term } });
  await terminal.waitFor('Enter=Do');
  expect(await terminal.onAlternateScreen()).toBe(alternate);
  terminal.type(`thing${keys.enter}`);
  await terminal.waitFor('ARE YOU SURE?');
  terminal.type(f3);
  await terminal.waitFor(text => !text.includes('ARE YOU SURE?'));
  terminal.type(f6);
  await terminal.waitFor('> Return');
  // The item one stands on is inverse, and the cursor is there.
  const marked = (await terminal.screen()).findIndex(row => row.includes('Return'));
  expect((await terminal.cursor()).y).toBe(marked);
  expect(
    (await terminal.cells(marked))
      .filter(cell => cell.inverse)
      .map(cell => cell.text)
      .join('')
      .trim(),
  ).toBe('Return');
  terminal.type(f3);
  await terminal.waitFor('F7=Edit');
  terminal.type(keys.enter);
  await terminal.waitFor('ARE YOU SURE?');
  terminal.type(keys.enter);
  const text = await terminal.waitFor('Command: OK');
  expect(text).toContain('thing is done');
  const state = (await terminal.screen()).findIndex(row => row.startsWith('Command: OK'));
  expect((await terminal.cells(state))[9]).toMatchObject({ text: 'O', inverse: true });
  terminal.type('\x1b0');
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
  expect(await terminal.onAlternateScreen()).toBe(false);
  // Where there is no other screen to come back, ours is wiped and the prompt begins at its top.
  if (!alternate) expect((await terminal.text()).trim()).toBe('');
  expect(terminal.output()).not.toMatch(lacks);
  // Nothing a serial line need carry, nothing a terminal would have to answer, no colour.
  expect(terminal.output()).not.toMatch(/\x1b\[[\d;]*[3-9]\d[\d;]*m|\x1b\[[>=?]?\d*[cn]|\x1b\[\?u/);
});

test('a terminal that cannot move its cursor gets the line mode, and is told why', async () => {
  const terminal = openHasmit(['app_asks'], { env: { TERM: 'dumb' } });
  await terminal.waitFor('the terminal (TERM=dumb) cannot move its cursor: line by line.');
  terminal.type('1=thing\rr\ry\r');
  await terminal.waitFor(/thing is done\s+Command: OK/);
  terminal.type('q\r');
  expect(await terminal.ended()).toEqual({ status: 0, signal: 0 });
  expect(terminal.output()).not.toContain('\x1b');
});

test('with --mono nothing is inverse and the place is marked all the same; NO_COLOR takes no colour, for there is none', async () => {
  const usual = openHasmit(['app'], { env: { NO_COLOR: '1' } });
  await usual.waitFor('Enter=Do');
  const row = (await usual.screen()).findIndex(line => line.includes('A Form of Every Kind'));
  expect((await usual.cells(row))[2]).toMatchObject({ text: 'A', inverse: true });
  const mono = openHasmit(['--mono', 'app']);
  await mono.waitFor('Enter=Do');
  expect((await mono.cells(row)).some(cell => cell.inverse || cell.bold || cell.underline)).toBe(false);
  expect((await mono.screen())[row]).toMatch(/^ >A Form/);
  mono.type(`${keys.enter}x${keys.f6}`);
  await mono.waitFor('> Return');
  expect(mono.output()).not.toMatch(/\x1b\[[\d;]*[1-9][\d;]*m/);
});

test('CI=1 in the environment silences nothing', async () => {
  const terminal = openHasmit(['app'], { env: { CI: '1', GITHUB_ACTIONS: 'true', CONTINUOUS_INTEGRATION: '1' } });
  await terminal.waitFor('Enter=Do');
  terminal.type(`${keys.down}${keys.up}${keys.enter}`);
  await terminal.waitFor('[Entry Fields]');
  terminal.type('shown');
  await terminal.waitFor('[shown]');
});

test('in the C locale only ASCII is shown, and what is typed reaches the command byte for byte', async () => {
  const terminal = openHasmit(['app_form', 'name=caf\u00e9'], { env: { LANG: 'C' } });
  await terminal.waitFor('[caf?]');
  terminal.type(`${keys.end}\u00e8`);
  await terminal.waitFor('[caf??]');
  terminal.type(keys.enter);
  await terminal.waitFor('<caf??>');
  expect(terminal.output()).not.toMatch(/[^\x00-\x7f]/);
  expect(terminal.record('transactions.jsonl')).toContain("show-arguments.sh 'caf\u00e9\u00e8'");
});
