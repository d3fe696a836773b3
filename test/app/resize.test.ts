/** Another size in the middle of things, and a screen that others have written on. */
import { closeSync, openSync, readlinkSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type HasmitTerminal, openHasmit } from '../helpers/hasmit.ts';
import { keys } from '../helpers/terminal.ts';

/** Changes the size and waits for the new frame: its title in the middle, its legend on the last rows. */
async function resized(terminal: HasmitTerminal, columns: number, rows: number, title: string): Promise<string[]> {
  terminal.resize(columns, rows);
  const begin = Math.floor((columns - title.length) / 2);
  await terminal.waitFor(text => {
    const lines = text.split('\n');
    return lines[0]!.trimEnd() === ' '.repeat(begin) + title && lastRow(lines) === rows - 1;
  });
  await terminal.quiet(50);
  return (await terminal.screen()).map(row => row.trimEnd());
}

/** The last row that has something on it: of a full screen, its last row. */
const lastRow = (rows: string[]) => rows.findLastIndex(row => row.trim() !== '');

test('a form, a list and an output fit the screen after each change of its size', async () => {
  const terminal = openHasmit(['app_lists']);
  await terminal.waitFor('Enter=Do');
  terminal.type('some text');
  await terminal.waitFor('[some text]');
  for (const [columns, rows] of [
    [132, 43],
    [60, 20],
    [200, 60],
    [80, 24],
  ] as const) {
    const screen = await resized(terminal, columns, rows, 'Lists of Every Kind');
    expect(screen.join('\n')).toContain('[some text]');
    expect(screen[rows - 1]).toMatch(/^F9=Shell +F10=Exit +Enter=Do$/);
    const cursor = await terminal.cursor();
    expect(screen[cursor.y]).toContain('A word');
  }

  terminal.type(`${keys.down}${keys.f4}`);
  await terminal.waitFor('entry 1 of many');
  terminal.type(keys.end);
  await terminal.waitFor('entry 500 of many');
  for (const [columns, rows] of [
    [132, 43],
    [60, 20],
    [80, 24],
  ] as const) {
    const screen = await resized(terminal, columns, rows, 'Lists of Every Kind');
    expect(screen.some(row => row.includes('entry 500 of many'))).toBe(true);
    const cursor = await terminal.cursor();
    expect(screen[cursor.y]).toContain('entry 500 of many');
    expect(screen.filter(row => row.includes('+----')).length).toBe(2);
  }
  terminal.type(keys.f3);
  await terminal.waitFor('F7=Edit');

  terminal.type(`${keys.ctrlG}run_million\r`);
  await terminal.waitFor('One Million Lines');
  terminal.type(keys.enter);
  await terminal.waitFor('Command: OK');
  terminal.type(keys.end);
  await terminal.waitFor('1000000');
  for (const [columns, rows] of [
    [100, 40],
    [60, 20],
    [80, 24],
  ] as const) {
    const screen = await resized(terminal, columns, rows, 'COMMAND STATUS');
    // A window that grew at the end is filled with lines, not with blanks.
    const numbers = screen.filter(row => /^\d+$/.test(row)).map(Number);
    expect(numbers.length).toBe(rows - 12);
    expect(numbers.every((number, at) => at === 0 || number === numbers[at - 1]! + 1)).toBe(true);
  }
  terminal.type(keys.end);
  await terminal.waitFor(/1000000\s*\n\[BOTTOM\]/);
});

test('many sizes in a row, as one drags a window, end in the right screen', async () => {
  const terminal = openHasmit(['app']);
  await terminal.waitFor('Enter=Do');
  for (let step = 0; step < 25; step++) terminal.resize(60 + ((step * 37) % 90), 20 + ((step * 13) % 30));
  const screen = await resized(terminal, 90, 28, 'Fixture Panels');
  const before = terminal.bytes();
  terminal.type(keys.f2);
  await expect.poll(() => terminal.bytes()).toBeGreaterThan(before + 200);
  await expect.poll(async () => (await terminal.screen()).map(row => row.trimEnd())).toEqual(screen);
});

test('a screen that became far too small does no harm, and the panel is there again when it grows', async () => {
  const terminal = openHasmit(['app_form']);
  await terminal.waitFor('Enter=Do');
  terminal.type('kept');
  await terminal.waitFor('[kept]');
  terminal.resize(50, 12);
  await terminal.waitFor('hasmit needs 60x20');
  for (const [columns, rows] of [
    [20, 5],
    [3, 2],
    [1, 1],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.quiet(80);
  }
  terminal.type('!');
  const screen = await resized(terminal, 80, 24, 'A Form of Every Kind');
  expect(screen.join('\n')).toContain('[kept!]');
  expect(screen[23]).toMatch(/^F9=Shell +F10=Exit +Enter=Do$/);
});

test('F2 draws a screen anew that somebody else has written on', async () => {
  const terminal = openHasmit(['app_form']);
  await terminal.waitFor('Enter=Do');
  terminal.type('mine');
  await terminal.waitFor('[mine]');
  await terminal.quiet(50);
  const before = await terminal.screen();
  const cursor = await terminal.cursor();
  // As syslogd or wall do: another process writes to the same terminal.
  const tty = openSync(readlinkSync(`/proc/${terminal.pid}/fd/1`), 'w');
  writeSync(
    tty,
    '\r\n\x1b[7mBroadcast message\x1b[m from root: the UPS is on battery\r\nand more\n\x1b[3;10Hspoiled\x1b[?7h',
  );
  closeSync(tty);
  await terminal.waitFor('spoiled');
  terminal.type(keys.f2);
  await terminal.waitFor(text => !text.includes('spoiled'));
  await expect.poll(() => terminal.screen()).toEqual(before);
  await expect.poll(() => terminal.cursor()).toEqual(cursor);
  // What is typed after it lands in its place.
  terminal.type('!');
  await terminal.waitFor('[mine!]');
});
