/**
 * `npm run shots [NAME ...]`: drives the built program in a terminal of 80x24 and writes what is on the screen to
 * screenshots/NAME.txt and NAME.svg. What changes from machine to machine (host name) or from run to run (times) is
 * replaced by something of the same width, so that a picture changes only when the program does.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Cell, openTerminal } from '../test/helpers/terminal.ts';
import { type Shot, shots } from './shots-list.ts';
import { screenSvg } from './shots-svg.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'screenshots');
const home = join(tmpdir(), 'hasmit-shots');

/** A text of the same length: cut, or filled up with what belongs to the frame around it. */
const sameWidth = (text: string, length: number) => text.padEnd(length, ' ').slice(0, length);

const escapeExpression = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is not the same everywhere, and what stands in its place. */
const steady: [RegExp, (found: string) => string][] = [
  [new RegExp(`\\b${escapeExpression(hostname())}\\b`, 'g'), found => sameWidth('mgmt1', found.length)],
  [/\b\d{4}-\d\d-\d\d([ T])\d\d:\d\d:\d\d\b/g, found => `2026-11-20${found[10]}12:00:00`],
  [/\b\d\d:\d\d:\d\d\b/g, () => '12:00:00'],
  [/\b\d+\.\d s\b/g, found => sameWidth('0.1 s', found.length)],
];

/** A row with the changing parts replaced; cells keep their look. */
function steadyRow(cells: Cell[]): Cell[] {
  if (cells.some(cell => cell.text.length !== 1)) return cells;
  let text = cells.map(cell => cell.text).join('');
  for (const [pattern, put] of steady) text = text.replace(pattern, put);
  return cells.map((cell, x) => ({ ...cell, text: text[x] ?? ' ' }));
}

/** Draws one shot. Throws when the screen does not show what it should. */
async function draw(shot: Shot): Promise<void> {
  const { columns = 80, rows = 24 } = shot;
  rmSync(home, { recursive: true, force: true });
  const terminal = openTerminal(join(root, 'bin/hasmit'), shot.args, { columns, rows, home });
  try {
    await terminal.waitFor(text => text.trim() !== '');
    await terminal.quiet(300);
    for (const key of shot.keys ?? []) {
      terminal.type(key);
      // Longer than the wait after Esc, so that a key is over when the next one comes.
      await terminal.quiet(600);
    }
    await terminal.waitFor(shot.shows, 3000);
    const cells: Cell[][] = [];
    for (let y = 0; y < rows; y++) cells.push(steadyRow(await terminal.cells(y)));
    const text = cells
      .map(row =>
        row
          .map(cell => cell.text)
          .join('')
          .trimEnd(),
      )
      .join('\n');
    writeFileSync(join(folder, `${shot.name}.txt`), `${text}\n`);
    writeFileSync(join(folder, `${shot.name}.svg`), screenSvg(cells, await terminal.cursor()));
  } finally {
    await terminal.close();
  }
}

mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !shots.some(shot => shot.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no shot of that name: ${unknown.join(', ')}; there are ${shots.map(shot => shot.name).join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  for (const shot of shots.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    try {
      await draw(shot);
      process.stdout.write(`screenshots/${shot.name}.txt .svg\n`);
    } catch (error) {
      process.stdout.write(`${shot.name}: ${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  }
}
