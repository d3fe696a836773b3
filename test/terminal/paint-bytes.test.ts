/** How many bytes the usual moves cost: the figures of the speed table are reached by the painter alone. */
import { expect, test } from 'vitest';
import { type KindName, terminalKind } from '../../src/terminal/kind.ts';
import { createPainter } from '../../src/terminal/paint.ts';
import { lineBytes } from '../../src/terminal/pen.ts';
import type { Frame, Span } from '../../src/terminal/types.ts';
import { makeScreen } from '../helpers/screen.ts';

const ENTRIES = [
  'Software Installation and Maintenance',
  'Software License Management',
  'Manage Editions',
  'Devices',
  'System Storage Management (Physical & Logical)',
  'Security & Users',
  'Communications Applications and Services',
  'Workload Partition Administration',
  'Print Spooling',
  'Advanced Accounting',
  'Problem Determination',
  'Performance & Resource Scheduling',
  'System Environments',
  'Processes & Subsystems',
  'Applications',
  'Installation Assistant',
  'Cluster System Management',
  'Using SMIT (information only)',
];
const LEGEND = [
  'F1=Help             F2=Refresh          F3=Cancel           F8=Image',
  'F9=Shell            F10=Exit            Enter=Do',
];

const line = (text: string): Span[] => [{ text }];

/** A menu as SMIT draws it: only the label is inverse. */
function menu(visible: number, top: number, selected: number): Frame {
  const rows: Span[][] = [
    line(`${' '.repeat(31)}System Management`),
    [],
    line('Move cursor to desired item and press Enter.'),
    [],
  ];
  rows.push(visible < ENTRIES.length ? line(top === 0 ? '[TOP]' : `[MORE...${top}]`) : []);
  for (let at = top; at < top + visible; at++) {
    const text = ENTRIES[at] ?? '';
    rows.push(at === selected ? [{ text: '  ' }, { text, inverse: true }] : line(`  ${text}`));
  }
  const below = ENTRIES.length - top - visible;
  rows.push(visible < ENTRIES.length ? line(below === 0 ? '[BOTTOM]' : `[MORE...${below}]`) : []);
  while (rows.length < 22) rows.push([]);
  rows.push(...LEGEND.map(line));
  return { columns: 80, rows, cursor: { x: 2, y: 5 + selected - top } };
}

/** A dialog with a value being typed and the command as it stands below it. */
function dialog(value: string): Frame {
  const rows: Span[][] = [
    line(`${' '.repeat(20)}Change/Show Run Time Parameters`),
    [],
    line('Type or select values in entry fields.'),
    [],
  ];
  rows.push(
    line('                                                        [Entry Fields]'),
    line('  Node Name                                           node1'),
  );
  rows.push([
    { text: '  Debug Level' },
    { text: ' '.repeat(38) },
    { text: `[${value.padEnd(20)}]`, underline: false },
    { text: ' +' },
  ]);
  while (rows.length < 21) rows.push([]);
  rows.push(line(`Command: /usr/sbin/cluster/utilities/clchparam -n ${value} -d high -s Standard`));
  rows.push(...LEGEND.map(line));
  return { columns: 80, rows: rows.slice(0, 24), cursor: { x: 52 + value.length, y: 6 } };
}

/** Output: a full window of lines, scrolled by some. */
function output(first: number): Frame {
  const rows = Array.from({ length: 18 }, (_, at) =>
    line(`line ${first + at}: ${'abcdefgh'.repeat(5)} ${(first + at) * 7919}`),
  );
  return {
    columns: 80,
    rows: [line('COMMAND STATUS'), [], ...rows, [], [], ...LEGEND.map(line)],
    cursor: { x: 0, y: 23 },
  };
}

/** Bytes each frame after the first costs, with the line's own CR before LF counted. */
function costs(name: KindName, frames: Frame[]): number[] {
  const screen = makeScreen(80, 24);
  const found: number[] = [];
  let bytes = 0;
  const painter = createPainter({
    write: text => {
      bytes += lineBytes(text);
      screen.write(text);
    },
    columns: 80,
    rows: 24,
    kind: terminalKind(name),
  });
  for (const frame of frames) {
    bytes = 0;
    painter.paint(frame);
    expect(screen.cursor()).toEqual(frame.cursor);
    found.push(bytes);
  }
  return found.slice(1);
}

const mean = (figures: number[]): number => Math.round(figures.reduce((sum, one) => sum + one, 0) / figures.length);
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => from + (from < to ? at : -at));

test.each<[KindName, number]>([
  ['xterm', 80],
  ['vt220', 80],
  ['vt100', 80],
])('On a %s a highlight move in a 12-entry menu costs %i bytes or fewer', (name, most) => {
  const figures = costs(
    name,
    [...range(0, 11), ...range(10, 0)].map(selected => menu(12, 0, selected)),
  );
  console.log(`${name}: highlight move mean ${mean(figures)}, worst ${Math.max(...figures)} bytes`);
  expect(mean(figures)).toBeLessThanOrEqual(most);
  expect(Math.max(...figures)).toBeLessThanOrEqual(120);
});

test.each<[KindName, number]>([
  ['xterm', 120],
  ['vt100', 120],
])('On a %s a line scrolled in a menu costs %i bytes or fewer', (name, most) => {
  const down = costs(
    name,
    range(0, 6).map(top => menu(12, top, top + 11)),
  );
  const up = costs(
    name,
    range(6, 0).map(top => menu(12, top, top)),
  );
  console.log(`${name}: scrolled line mean ${mean([...down, ...up])}, worst ${Math.max(...down, ...up)} bytes`);
  expect(mean([...down, ...up])).toBeLessThanOrEqual(most);
  expect(Math.max(...down, ...up)).toBeLessThanOrEqual(150);
});

test.each<[KindName, number]>([
  ['xterm', 60],
  ['vt220', 60],
  ['vt100', 60],
])('On a %s a typed character in a dialog with the live command row costs %i bytes or fewer', (name, most) => {
  const figures = costs(
    name,
    range(0, 8).map(length => dialog('highest_'.slice(0, length))),
  );
  console.log(`${name}: typed character mean ${mean(figures)}, worst ${Math.max(...figures)} bytes`);
  expect(mean(figures)).toBeLessThanOrEqual(most);
});

test('A new line of output costs little more than itself', () => {
  const figures = costs('vt100', range(1, 30).map(output));
  console.log(`vt100: line of output mean ${mean(figures)}, worst ${Math.max(...figures)} bytes (the line itself: 56)`);
  expect(mean(figures)).toBeLessThanOrEqual(80);
});

test('The first frame costs no more than its text and a little, and the same frame again nothing', () => {
  const frame = menu(12, 0, 0);
  const text = frame.rows
    .map(row =>
      row
        .map(span => span.text)
        .join('')
        .trim(),
    )
    .join('').length;
  let bytes = 0;
  const painter = createPainter({
    write: sent => {
      bytes += lineBytes(sent);
    },
    columns: 80,
    rows: 24,
    kind: terminalKind('vt100'),
  });
  painter.paint(frame);
  console.log(`first frame ${bytes} bytes (text ${text})`);
  expect(bytes).toBeLessThan(text * 1.35);
  bytes = 0;
  painter.paint(structuredClone(frame));
  expect(bytes).toBe(0);
});
