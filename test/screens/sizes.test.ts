/** Every screen and box at every size from 60x20 to 300x100: exactly as many rows as the terminal has, none too wide, the cursor inside. */
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/panel/template.ts';
import type { Field, Panel, TextPanel } from '../../src/panel/types.ts';
import { frameWidth } from '../../src/screens/frame.ts';
import { message, openBox, type State } from '../../src/session/state.ts';
import { dialog, drive, leaf, menu, outputLines, worldOf } from '../helpers/session.ts';

const template = (text: string) => {
  const parsed = parseTemplate(text);
  if (!('template' in parsed)) throw new Error(text);
  return parsed.template;
};

const long =
  'a value that is much longer than any field of a terminal with eighty columns could ever show at once 漢字漢字';
const fields: Field[] = Array.from({ length: 40 }, (_, at) => ({
  name: `f${at}`,
  label: `${at % 3 === 0 ? '    ' : ''}Field number ${at} with a label that is quite long as labels go, really`,
  type: at % 5 === 0 ? 'yesno' : 'text',
  required: at % 4 === 0,
  default: at % 5 === 0 ? 'no' : long,
  source: at % 2 === 0 ? 'some' : undefined,
}));
const leaves = Array.from({ length: 150 }, (_, at) => leaf(`p${at}`, `Item ${at} ${at === 7 ? long : ''}`));
const prose: TextPanel = {
  ...(leaf('prose', 'Prose') as TextPanel),
  text: `${long}\n\n`.repeat(60),
  links: ['p1', 'p2'],
};
const panels: Panel[] = [
  menu(
    'menu',
    'A menu',
    leaves.map(one => one.id),
  ),
  ...leaves,
  dialog('dialog', 'A dialog', fields, { run: template('echo {{f1}} {{f2}}') }),
  prose,
];
const texts = Array.from({ length: 300 }, (_, at) => (at % 7 === 0 ? long.repeat(4) : `line ${at}`));
const world = worldOf(panels, {
  lines: outputLines(texts),
  sources: [{ id: 'some', run: template('true'), format: 'lines' }],
});
const rows = Array.from({ length: 300 }, (_, at) => ({
  value: `v${at}`,
  text: `${at} ${at === 3 ? long : ''}`,
  more: [],
}));

/** Every kind of screen and box, as a way to bring it up. */
const shapes: Record<string, (session: ReturnType<typeof drive>) => void> = {
  menu: () => {},
  'menu at its end': session => void session.press('end'),
  'filtered menu': session => void session.type('/').type('Item 1'),
  dialog: session => void session.send({ type: 'open', panel: 'dialog' }),
  'dialog at its end': session =>
    void session.send({ type: 'open', panel: 'dialog' }).press('pagedown', 'pagedown', 'pagedown', 'right', 'right'),
  list: session =>
    void session
      .send({ type: 'open', panel: 'dialog' })
      .press('down', 'down', 'f4')
      .send({ type: 'listed', job: 1, field: 'f2', rows, heading: ['HEADING ONE', 'HEADING TWO'] })
      .press('end'),
  working: session => void session.send({ type: 'open', panel: 'dialog' }).press('down', 'down', 'f4'),
  edit: session => void session.send({ type: 'open', panel: 'dialog' }).press('down', 'f7'),
  command: session => void session.send({ type: 'open', panel: 'dialog' }).press('f6'),
  image: session => void session.press('f8'),
  help: session => void session.press('f1'),
  jump: session =>
    void session
      .type(':')
      .type('item')
      .send({ type: 'hits', query: 'item', hits: rows.map(row => ({ panel: row.value, title: row.text, way: long })) })
      .press('pagedown'),
  text: session => void session.send({ type: 'open', panel: 'prose' }).press('pagedown', 'tab'),
  error: session =>
    void session.send({ type: 'error', title: 'ERROR MESSAGE', lines: Array.from({ length: 90 }, () => long) }),
  question: session => {
    const question: State['boxes'][number] = {
      kind: 'confirm',
      title: 'ARE YOU SURE?',
      lines: Array.from({ length: 60 }, () => long),
      top: 3,
      question: { about: 'cancel' },
      word: 'node1',
      typed: 'no',
    };
    session.state = openBox(session.state, question);
  },
  message: session => {
    session.state = openBox(session.state, message('SHORT', ['one line']));
  },
  output: session => {
    session.send({ type: 'open', panel: 'dialog' });
    // Its long values are right: a text of any length may be sent.
    session.press('enter');
    session.send({ type: 'output', run: 1, lineCount: 300, out: true, err: true, seconds: 75 });
  },
  'output that is over': session => {
    session.send({ type: 'open', panel: 'dialog' }).press('enter');
    session.send({
      type: 'ended',
      run: 1,
      lineCount: 300,
      out: true,
      err: false,
      ended: { state: 'unknown', status: 255, reason: long, seconds: 75 },
    });
    session.press('pagedown', 'down').type('/').type('line');
  },
};

const sizes: Array<[number, number]> = [];
for (const columns of [60, 61, 66, 72, 79, 80, 81, 100, 132, 200, 235, 300])
  for (const height of [20, 21, 24, 25, 43, 60, 100]) sizes.push([columns, height]);

for (const [name, bring] of Object.entries(shapes)) {
  test(`${name} fits every size, also after a resize`, () => {
    for (const [columns, height] of sizes) {
      const session = drive(world, 'menu', {}, { columns, rows: height });
      bring(session);
      check(session, columns, height, name);
      const other = { columns: 360 - columns, rows: 120 - height };
      session.send({ type: 'resize', size: other });
      check(session, other.columns, other.rows, `${name} resized from ${columns}x${height}`);
    }
  });
}

function check(session: ReturnType<typeof drive>, columns: number, height: number, name: string): void {
  const frame = session.frame();
  const at = `${name} ${columns}x${height}`;
  expect(frame.rows.length, at).toBe(height);
  expect(frameWidth(frame), at).toBeLessThanOrEqual(columns);
  expect(frame.cursor.x, at).toBeLessThan(columns);
  expect(frame.cursor.y, at).toBeLessThan(height);
  // The title is never covered, and something is drawn on the last row: a legend or a border.
  expect(frame.rows[0]!.length, at).toBeGreaterThan(0);
}

test('without attributes a > marks the item the cursor is on, in menus, forms and lists', () => {
  const plain = { ...world, mono: true };
  const session = drive(plain, 'menu').press('down');
  expect(session.rows()[6]).toBe(' >Item 1');
  expect(
    session
      .frame()
      .rows.flat()
      .some(span => span.inverse),
  ).toBe(false);
  session.send({ type: 'open', panel: 'dialog' });
  expect(session.rows()[6]).toContain('>Field number 0');
  session.press('down', 'down', 'f4').send({ type: 'listed', job: 1, field: 'f2', rows, heading: [] });
  expect(session.text()).toContain('|  >0');
});

test('a window smaller than any screen says so, whatever was shown, and the screen comes back', () => {
  for (const [name, bring] of Object.entries(shapes)) {
    const session = drive(world, 'menu');
    bring(session);
    const before = session.text();
    for (const [columns, height] of [
      [59, 20],
      [60, 19],
      [40, 10],
      [20, 5],
      [1, 1],
    ] as const) {
      session.send({ type: 'resize', size: { columns, rows: height } });
      expect(session.frame().rows.length, name).toBe(height);
      expect(frameWidth(session.frame()), name).toBeLessThanOrEqual(columns);
    }
    session.send({ type: 'resize', size: { columns: 50, rows: 15 } });
    expect(session.text(), name).toContain('hasmit needs 60x20');
    session.send({ type: 'resize', size: { columns: 80, rows: 24 } });
    expect(session.rows()[0], name).toBe(before.split('\n')[0]);
  }
});

test('a failed command with a long reason is drawn at 60 columns', () => {
  const session = drive(world, 'dialog').press('enter');
  const ended = { state: 'failed' as const, status: 3, reason: long, seconds: 5 };
  session.send({ type: 'ended', run: 1, lineCount: 300, out: true, err: true, ended });
  session.send({ type: 'resize', size: { columns: 60, rows: 20 } });
  expect(frameWidth(session.frame())).toBeLessThanOrEqual(60);
});
