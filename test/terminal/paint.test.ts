import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KindName, terminalKind } from '../../src/terminal/kind.ts';
import { createPainter } from '../../src/terminal/paint.ts';
import type { Frame, Span } from '../../src/terminal/types.ts';
import { graphemes, textWidth } from '../../src/terminal/width.ts';
import { makeScreen, rowsOf, type ScreenCell, type TestScreen } from '../helpers/screen.ts';

/** What each cell must show, worked out without the painter's own cells. */
function wanted(frame: Frame, columns: number, rows: number): ScreenCell[][] {
  const blank: ScreenCell = { text: ' ', inverse: false, bold: false, underline: false };
  return Array.from({ length: rows }, (_, y) => {
    const cells: ScreenCell[] = [];
    for (const span of frame.rows[y] ?? [])
      for (const sign of graphemes(span.text)) {
        const width = textWidth(sign);
        const style = {
          inverse: span.inverse === true,
          bold: span.bold === true && sign !== ' ',
          underline: span.underline === true,
        };
        const room = columns - cells.length;
        if (width > room) {
          if (room > 0) cells.push({ ...style, text: ' ', bold: false });
          break;
        }
        cells.push({ text: sign, ...style });
        if (width === 2) cells.push({ text: '', ...style });
      }
    while (cells.length < columns) cells.push(blank);
    return cells;
  });
}

function shown(screen: TestScreen, columns: number, rows: number): ScreenCell[][] {
  return Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => screen.cell(x, y)));
}

/** Rows of cells as lines of text, so that a failure can be read. */
function picture(cells: ScreenCell[][]): string[] {
  return cells.map(row =>
    row
      .map(cell => `${cell.inverse ? '^' : ''}${cell.bold ? '*' : ''}${cell.underline ? '_' : ''}${cell.text}`)
      .join('|'),
  );
}

const text = fc.string({ unit: fc.constantFrom(...'abcXYZ  ..--é─漢字', 'e\u0301', '❤', '한'), maxLength: 14 });
const style = fc.constantFrom<Omit<Span, 'text'>>(
  {},
  {},
  {},
  { inverse: true },
  { bold: true },
  { underline: true },
  { inverse: true, bold: true },
  { inverse: true, bold: true, underline: true },
);
const span = fc.tuple(text, style).map(([words, how]): Span => ({ text: words, ...how }));
/** Narrow text all across: what the terminal can move to the side. */
const longRow = fc
  .string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz 0123456789'), minLength: 20, maxLength: 36 })
  .map((words): Span[] => [{ text: words }]);
const row = fc.oneof(fc.array(span, { maxLength: 4 }), longRow);

/** One thing a program does to its screen. */
type Change =
  | { do: 'row'; y: number; row: Span[] }
  | { do: 'scroll'; top: number; bottom: number; by: number; fill: Span[] }
  | { do: 'highlight'; y: number }
  | { do: 'insert'; y: number; at: number; text: string }
  | { do: 'remove'; y: number; at: number }
  | { do: 'all'; rows: Span[][] }
  | { do: 'resize'; columns: number; rows: number }
  | { do: 'refresh' }
  | { do: 'nothing' };

const size = { columns: fc.integer({ min: 8, max: 40 }), rows: fc.integer({ min: 3, max: 14 }) };
const small = fc.nat({ max: 13 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constant('row' as const), y: small, row }),
  fc.record({
    do: fc.constant('scroll' as const),
    top: small,
    bottom: small,
    by: fc.integer({ min: -4, max: 4 }),
    fill: row,
  }),
  fc.record({ do: fc.constant('highlight' as const), y: small }),
  fc.record({ do: fc.constant('insert' as const), y: small, at: fc.nat({ max: 20 }), text }),
  fc.record({ do: fc.constant('remove' as const), y: small, at: fc.nat({ max: 20 }) }),
  fc.record({ do: fc.constant('all' as const), rows: fc.array(row, { maxLength: 14 }) }),
  fc.record({ do: fc.constant('resize' as const), columns: size.columns, rows: size.rows }),
  fc.constant({ do: 'refresh' as const }),
  fc.constant({ do: 'nothing' as const }),
);
const step = fc.record({ change, x: fc.nat({ max: 39 }), y: small });

function plain(spans: Span[]): string {
  return spans.map(part => part.text).join('');
}

function applyChange(rows: Span[][], what: Change): Span[][] {
  const next = rows.map(spans => [...spans]);
  switch (what.do) {
    case 'row':
      if (next[what.y]) next[what.y] = what.row;
      return next;
    case 'highlight':
      return next.map((spans, y) =>
        y === what.y ? [{ text: '  ' }, { text: plain(spans).trim(), inverse: true }] : [{ text: plain(spans) }],
      );
    case 'insert': {
      const signs = graphemes(plain(next[what.y] ?? []));
      signs.splice(what.at, 0, what.text);
      if (next[what.y]) next[what.y] = [{ text: signs.join('') }];
      return next;
    }
    case 'remove': {
      const signs = graphemes(plain(next[what.y] ?? []));
      signs.splice(what.at, 1);
      if (next[what.y]) next[what.y] = [{ text: signs.join('') }];
      return next;
    }
    case 'scroll': {
      const [top, bottom] = [
        Math.min(what.top, what.bottom, rows.length - 1),
        Math.min(Math.max(what.top, what.bottom), rows.length - 1),
      ];
      for (let y = top; y <= bottom; y++) {
        const from = y + what.by;
        next[y] = from >= top && from <= bottom ? (rows[from] ?? []) : what.fill;
      }
      return next;
    }
    case 'all':
      return rows.map((_, y) => what.rows[y] ?? []);
    default:
      return next;
  }
}

test.each<[KindName, boolean]>([
  ['xterm', true],
  ['xterm', false],
  ['vt220', true],
  ['vt100', true],
  ['vt100', false],
  ['aixterm', false],
  ['dumb', true],
])(
  'After any sequence of frames the screen of a %s shows exactly the last frame (new-line mode %s)',
  (name, newLineMode) => {
    fc.assert(
      fc.property(
        size.columns,
        size.rows,
        fc.array(row, { maxLength: 14 }),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        (columns0, rows0, first, steps) => {
          let [columns, rows] = [columns0, rows0];
          const screen = makeScreen(columns, rows, { newLineMode });
          screen.write('rubbish \u001b[1;7m left by another program\u001b[2;3r');
          let sent = '';
          const painter = createPainter({
            write: bytes => {
              sent = bytes;
              screen.write(bytes);
            },
            columns,
            rows,
            kind: terminalKind(name),
          });
          let current: Span[][] = Array.from({ length: rows }, (_, y) => first[y] ?? []);
          for (const { change: what, x, y } of [{ change: { do: 'nothing' } as Change, x: 0, y: 0 }, ...steps]) {
            if (what.do === 'resize') {
              ({ columns, rows } = what);
              screen.resize(columns, rows);
              painter.resize(columns, rows);
              current = Array.from({ length: rows }, (_, at) => current[at] ?? []);
            } else if (what.do === 'refresh') {
              screen.write('\u001b[3;4Hspoiled\u001b[4h\u001b[4m');
              painter.invalidate();
            } else current = applyChange(current, what);
            const frame: Frame = {
              columns,
              rows: current,
              cursor: { x: Math.min(x, columns - 1), y: Math.min(y, rows - 1) },
            };
            sent = '';
            painter.paint(frame);
            const bytes = sent;
            expect(picture(shown(screen, columns, rows)), JSON.stringify(bytes)).toEqual(
              picture(wanted(frame, columns, rows)),
            );
            expect(screen.cursor(), JSON.stringify(bytes)).toEqual(frame.cursor);
            sent = '';
            painter.paint(structuredClone(frame));
            expect(sent).toBe('');
          }
        },
      ),
      { numRuns: 300 },
    );
  },
  60_000,
);

test('A terminal of the VT100 kind gets nothing a VT100 does not know', () => {
  const sent: string[] = [];
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 20 }), steps => {
      let current: Span[][] = Array.from({ length: 14 }, () => []);
      const painter = createPainter({
        write: bytes => sent.push(bytes),
        columns: 40,
        rows: 14,
        kind: terminalKind('vt100'),
      });
      for (const { change: what, x, y } of steps) {
        current = applyChange(current, what);
        painter.paint({ columns: 40, rows: current, cursor: { x, y } });
      }
    }),
    { numRuns: 200 },
  );
  const forms = new Set<string>();
  for (const [sequence] of sent.join('').matchAll(/\u001b(?:\[[0-9;?]*[A-Za-z@]|\(B|.)/g))
    forms.add(sequence.replace(/\d+/g, '0'));
  for (const form of forms)
    expect(form).toMatch(/^\u001b(\[0?[ABCDKJ]|\[(0?;?0?)H|\[(0;0)?r|\[(0(;0)*)?m|D|M|\(B|\[0l|\[\?0l)$/);
  expect([...sent.join('').matchAll(/\u001b\[([\d;]*)m/g)].filter(([, codes]) => /2\d/.test(codes ?? ''))).toEqual([]);
  expect(forms.size).toBeGreaterThan(8);
});

/** The attributes that are on where the terminal fills in blanks by itself. */
function stylesAtFills(bytes: string): string[] {
  const found: string[] = [];
  let on = new Set<string>();
  for (const [, parameters = '', final = ''] of bytes.matchAll(/\u001b\[([\d;?]*)([A-Za-z@])/g)) {
    if (final === 'm')
      for (const code of parameters.split(';')) {
        if (code === '' || code === '0') on = new Set();
        else if (code.length === 2) on.delete(code === '22' ? '1' : code.slice(1));
        else on.add(code);
      }
    else if (final !== '' && 'K@PJ'.includes(final)) found.push(`${final}${[...on]}`);
  }
  return found;
}

test('An xterm is moved in every way it knows, and fills with no attribute on', () => {
  const sent: string[] = [];
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 10, maxLength: 30 }),
      fc.array(longRow, { minLength: 14, maxLength: 14 }),
      (steps, first) => {
        let current: Span[][] = first;
        const painter = createPainter({
          write: bytes => sent.push(bytes),
          columns: 40,
          rows: 14,
          kind: terminalKind('xterm'),
        });
        painter.paint({ columns: 40, rows: current, cursor: { x: 0, y: 0 } });
        for (const { change: what, x, y } of steps) {
          current = applyChange(current, what);
          painter.paint({ columns: 40, rows: current, cursor: { x, y } });
        }
      },
    ),
    { numRuns: 300, seed: 1 },
  );
  const all = sent.join('');
  for (const final of 'ABCDGHJK@PmrDM') expect(all, final).toMatch(new RegExp(`\u001b(\\[[0-9;]*)?${final}`));
  expect(all).toMatch(/\u001bD/);
  expect(all).toMatch(/\u001bM/);
  expect(new Set(stylesAtFills(all))).toEqual(new Set(['K', '@', 'P', 'J']));
});

test('Without UTF-8 everything that is not ASCII is shown as question marks, cell for cell', () => {
  const screen = makeScreen(20, 3);
  const painter = createPainter({ write: bytes => screen.write(bytes), columns: 20, rows: 3, utf8: false });
  painter.paint({ columns: 20, rows: [[{ text: 'é漢x─e\u0301' }], [], []], cursor: { x: 0, y: 0 } });
  expect(screen.text()[0]).toBe('???x??');
});

test('Control characters in a frame never reach the terminal', () => {
  let sent = '';
  const painter = createPainter({
    write: bytes => {
      sent += bytes;
    },
    columns: 40,
    rows: 3,
  });
  painter.paint({
    columns: 40,
    rows: [[{ text: 'a\u001b]52;c;eA\u0007b\r\nc\u009b2Jd\u202ee' }], [], []],
    cursor: { x: 0, y: 2 },
  });
  const clear = sent.slice(sent.indexOf('a'));
  expect(clear).toContain('a?]52;c;eA?b');
  for (const bad of ['\u0007', '\u009b', '\u202e', '\u001b]']) expect(clear).not.toContain(bad);
});

test('A character the terminal takes for narrower than we do leaves nothing of the old text and nothing out of place', () => {
  const screen = makeScreen(30, 3);
  const painter = createPainter({
    write: bytes => screen.write(bytes),
    columns: 30,
    rows: 3,
    kind: terminalKind('xterm'),
  });
  const rows = (first: string): Span[][] => [[{ text: first }], [], []];
  painter.paint({ columns: 30, rows: rows('abcdefghij'), cursor: { x: 0, y: 0 } });
  painter.paint({ columns: 30, rows: rows('ab😀efghij 👨‍👩‍👧|'), cursor: { x: 4, y: 0 } });
  expect(screen.cell(2, 0).text).toBe('😀');
  expect(screen.cell(3, 0).text).toBe(' ');
  expect(screen.cell(4, 0).text).toBe('e');
  expect(screen.cell(9, 0).text).toBe('j');
  expect(screen.cell(13, 0).text).toBe('|');
  expect(screen.cursor()).toEqual({ x: 4, y: 0 });
});

test('A full last row does not scroll the screen, not even where autowrap cannot be switched off', () => {
  const screen = makeScreen(10, 3);
  const painter = createPainter({ write: bytes => screen.write(`${bytes}\u001b[?7h`), columns: 10, rows: 3 });
  const full: Span[][] = ['0123456789', 'abcdefghij', 'ABCDEFGHIJ'].map(words => [{ text: words }]);
  painter.paint({ columns: 10, rows: [full[0] ?? [], [], []], cursor: { x: 0, y: 0 } });
  painter.paint({ columns: 10, rows: full, cursor: { x: 9, y: 2 } });
  painter.paint({ columns: 10, rows: [...full.slice(0, 2), [{ text: 'ABCDEFGHI!' }]], cursor: { x: 9, y: 2 } });
  expect(screen.text()).toEqual(['0123456789', 'abcdefghij', 'ABCDEFGHI!']);
  expect(screen.cursor()).toEqual({ x: 9, y: 2 });
  expect(screen.scrolledAway()).toBe(0);
});

test('While the line is busy only the newest frame is kept and painted when it is ready', () => {
  const screen = makeScreen(20, 2);
  let writes = 0;
  const painter = createPainter({
    write: bytes => {
      writes++;
      screen.write(bytes);
      return false;
    },
    columns: 20,
    rows: 2,
  });
  const frame = (words: string): Frame => ({ columns: 20, rows: [[{ text: words }], []], cursor: { x: 0, y: 1 } });
  for (const words of ['one', 'two', 'three']) painter.paint(frame(words));
  expect([writes, screen.text()[0]]).toEqual([1, 'one']);
  painter.ready();
  expect([writes, screen.text()[0]]).toEqual([2, 'three']);
  painter.ready();
  expect(writes).toBe(2);
  painter.paint(frame('four'));
  expect([writes, screen.text()[0]]).toEqual([3, 'four']);
});

test('A paused painter writes nothing and repaints everything when it goes on', () => {
  const screen = makeScreen(20, 2);
  const painter = createPainter({ write: bytes => screen.write(bytes), columns: 20, rows: 2 });
  const frame: Frame = { columns: 20, rows: [[{ text: 'menu' }], [{ text: 'F1=Help' }]], cursor: { x: 0, y: 0 } };
  painter.paint(frame);
  painter.pause();
  screen.write('\u001b[2J\u001b[Hwhat a child wrote\r\nmore');
  painter.paint({ ...frame, cursor: { x: 2, y: 0 } });
  expect(screen.text()).toEqual(['what a child wrote', 'more']);
  painter.resume();
  expect(screen.text()).toEqual(rowsOf(frame));
  expect(screen.cursor()).toEqual({ x: 2, y: 0 });
});
