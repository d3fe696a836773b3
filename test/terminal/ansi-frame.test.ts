import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameFromAnsi } from '../../src/terminal/ansi-frame.ts';
import type { Span } from '../../src/terminal/types.ts';

test('Rows, attributes and their ends are read', () => {
  const frame = frameFromAnsi(
    'title\n\n  \u001b[7mDevices\u001b[27m  x\n\u001b[1mbold\u001b[4mboth\u001b[22munder\u001b[24mplain\u001b[0m',
    80,
    6,
  );
  expect(frame).toEqual({
    columns: 80,
    rows: [
      [{ text: 'title' }],
      [],
      [{ text: '  ' }, { text: 'Devices', inverse: true }, { text: '  x' }],
      [
        { text: 'bold', bold: true },
        { text: 'both', bold: true, underline: true },
        { text: 'under', underline: true },
        { text: 'plain' },
      ],
      [],
      [],
    ],
    cursor: { x: 0, y: 0 },
  });
});

test('A style goes on over the end of a row until it is switched off', () => {
  expect(frameFromAnsi('\u001b[7ma\nb\u001b[mc', 10, 2).rows).toEqual([
    [{ text: 'a', inverse: true }],
    [{ text: 'b', inverse: true }, { text: 'c' }],
  ]);
});

test('Colours, links and other sequences are left out, also where their numbers look like attributes', () => {
  const sent =
    '\u001b[38;5;7ma\u001b[48;2;1;4;7mb\u001b[31;1mc\u001b[0;39md\u001b]8;;http://x\u0007e\u001b]8;;\u001b\\f\u001b[2Kg\u001b(Bh\u001b';
  expect(frameFromAnsi(sent, 40, 1).rows[0]).toEqual([
    { text: 'a' },
    { text: 'b' },
    { text: 'c', bold: true },
    { text: 'd' },
    { text: 'e' },
    { text: 'f' },
    { text: 'g' },
    { text: 'Bh' },
  ]);
});

test('Rows beyond the screen are left out and missing ones are empty', () => {
  expect(frameFromAnsi('a\nb\nc', 10, 2).rows).toEqual([[{ text: 'a' }], [{ text: 'b' }]]);
  expect(frameFromAnsi('', 10, 2).rows).toEqual([[], []]);
});

test('What spans say is what is read back from their sequences', () => {
  const span = fc.record(
    {
      text: fc.string({ unit: fc.constantFrom(...'ab 漢é'), minLength: 1, maxLength: 5 }),
      inverse: fc.constant(true as const),
      bold: fc.constant(true as const),
      underline: fc.constant(true as const),
    },
    { requiredKeys: ['text'] },
  );
  const write = (spans: Span[]): string =>
    spans
      .map(one => `\u001b[0${one.bold ? ';1' : ''}${one.underline ? ';4' : ''}${one.inverse ? ';7' : ''}m${one.text}`)
      .join('');
  fc.assert(
    fc.property(fc.array(fc.array(span, { maxLength: 4 }), { minLength: 1, maxLength: 5 }), rows => {
      expect(frameFromAnsi(rows.map(write).join('\n'), 80, rows.length).rows).toEqual(rows);
    }),
  );
});
