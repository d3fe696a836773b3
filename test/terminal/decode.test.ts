import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDecoder, type DecoderOptions, PASTE_LIMIT } from '../../src/terminal/decode.ts';
import type { Key, KeyName } from '../../src/terminal/types.ts';

const ESC = '\u001b';
const key = (name: string): Key => ({ type: 'key', name: name as KeyName });
const text = (words: string): Key => ({ type: 'text', text: words });
const paste = (words: string): Key => ({ type: 'paste', text: words });

/** Encodings by terminal, F1 first. */
const FUNCTION_KEYS: Record<string, string[]> = {
  xterm: ['OP', 'OQ', 'OR', 'OS', '[15~', '[17~', '[18~', '[19~', '[20~', '[21~', '[23~', '[24~'],
  'xterm in CSI form': ['[1P', '[1Q', '[1R', '[1S', '[15~', '[17~', '[18~', '[19~', '[20~', '[21~', '[23~', '[24~'],
  'xterm with Shift': [
    '[1;2P',
    '[1;2Q',
    '[1;2R',
    '[1;2S',
    '[15;2~',
    '[17;2~',
    '[18;2~',
    '[19;2~',
    '[20;2~',
    '[21;2~',
    '[23;2~',
    '[24;2~',
  ],
  'xterm with Ctrl and Alt': [
    '[1;7P',
    '[1;7Q',
    '[1;7R',
    '[1;7S',
    '[15;7~',
    '[17;7~',
    '[18;7~',
    '[19;7~',
    '[20;7~',
    '[21;7~',
    '[23;7~',
    '[24;7~',
  ],
  'older xterm with Shift': [
    'O2P',
    'O2Q',
    'O2R',
    'O2S',
    '[15;2~',
    '[17;2~',
    '[18;2~',
    '[19;2~',
    '[20;2~',
    '[21;2~',
    '[23;2~',
    '[24;2~',
  ],
  'vt220, rxvt, PuTTY ESC[n~': [
    '[11~',
    '[12~',
    '[13~',
    '[14~',
    '[15~',
    '[17~',
    '[18~',
    '[19~',
    '[20~',
    '[21~',
    '[23~',
    '[24~',
  ],
  'rxvt with Shift': ['[11$', '[12$', '[13$', '[14$', '[15$', '[17$', '[18$', '[19$', '[20$', '[21$', '[23$', '[24$'],
  'rxvt with Ctrl': ['[11^', '[12^', '[13^', '[14^', '[15^', '[17^', '[18^', '[19^', '[20^', '[21^', '[23^', '[24^'],
  'rxvt with both': ['[11@', '[12@', '[13@', '[14@', '[15@', '[17@', '[18@', '[19@', '[20@', '[21@', '[23@', '[24@'],
  'linux console, PuTTY Linux': [
    '[[A',
    '[[B',
    '[[C',
    '[[D',
    '[[E',
    '[17~',
    '[18~',
    '[19~',
    '[20~',
    '[21~',
    '[23~',
    '[24~',
  ],
  'PuTTY Xterm R6, VT400 keypad': [
    'OP',
    'OQ',
    'OR',
    'OS',
    '[15~',
    '[17~',
    '[18~',
    '[19~',
    '[20~',
    '[21~',
    '[23~',
    '[24~',
  ],
  'PuTTY VT100+': ['OP', 'OQ', 'OR', 'OS', 'OT', 'OU', 'OV', 'OW', 'OX', 'OY', 'OZ', 'O['],
  aixterm: ['[001q', '[002q', '[003q', '[004q', '[005q', '[006q', '[007q', '[008q', '[009q', '[010q', '[011q', '[012q'],
  'Esc and a digit': ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
};
const SCO_KEYS = [...'MNOPQRSTUVWX'].map(letter => `[${letter}`);

const OTHER_KEYS: Array<[KeyName, string[]]> = [
  ['up', ['[A', 'OA', '[1;5A', '[a', 'Oa']],
  ['down', ['[B', 'OB', '[1;2B', '[b', 'Ob']],
  ['right', ['[C', 'OC', '[1;3C', '[c', 'Oc']],
  ['left', ['[D', 'OD', '[1;5D', '[d', 'Od']],
  ['home', ['[H', 'OH', '[1~', '[7~', '[1;5H', '[7^']],
  ['end', ['[F', 'OF', '[4~', '[8~', '[1;2F', '[8$', '[146q', 'Ow']],
  ['pageup', ['[5~', '[5;5~', '[150q']],
  ['pagedown', ['[6~', '[6;2~', '[154q']],
  ['insert', ['[2~', '[2;2~', '[139q', '[2^']],
  ['delete', ['[3~', '[3;5~', '[P', '[3$']],
  ['shift-tab', ['[Z', '[9;2u', '[1;2Z']],
  ['enter', ['OM', '[13;2u', '[27;2;13~']],
  ['meta-v', ['v', 'V']],
  ['meta-<', ['<']],
  ['meta->', ['>']],
];

/** Every encoding with what it means. */
const ALL: Array<[string, KeyName]> = [
  ...Object.values(FUNCTION_KEYS).flatMap(codes =>
    codes.map((code, at): [string, KeyName] => [ESC + code, `f${at + 1}` as KeyName]),
  ),
  ...OTHER_KEYS.flatMap(([name, codes]) => codes.map((code): [string, KeyName] => [ESC + code, name])),
];

const CONTROLS: Array<[string, KeyName]> = [
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
  ['\u0001', 'ctrl-a'],
  ['\u0003', 'ctrl-c'],
  ['\u0007', 'ctrl-g'],
  ['\f', 'ctrl-l'],
  ['\u0016', 'ctrl-v'],
  ['\u001a', 'ctrl-z'],
  ['\u001c', 'ctrl-\\'],
];

/** What comes out of pieces that arrive one after the other, `gap` ms apart, with the time-outs kept as a key source keeps them. */
function decode(pieces: Array<string | Uint8Array>, gap = 0, options: DecoderOptions = {}): Key[] {
  const decoder = createDecoder(options);
  const keys: Key[] = [];
  let now = 1000;
  for (const piece of pieces) {
    const wait = decoder.pendingMs(now);
    if (wait !== undefined && wait <= gap) keys.push(...decoder.flush(now + gap));
    now += gap;
    keys.push(...decoder.push(piece, now));
  }
  keys.push(...decoder.flush(now + 10_000));
  return keys;
}

/** Text keys next to each other made one: how a burst was cut is not the point. */
function joined(keys: Key[]): Key[] {
  const out: Key[] = [];
  for (const one of keys) {
    const last = out.at(-1);
    if (one.type === 'text' && last?.type === 'text') out[out.length - 1] = text(last.text + one.text);
    else out.push(one);
  }
  return out;
}

test.each([...Object.entries(FUNCTION_KEYS)])('Function keys of %s are read', (_, codes) => {
  expect(codes.map(code => decode([ESC + code]))).toEqual(codes.map((_code, at) => [key(`f${at + 1}`)]));
});

test('The function keys of PuTTY in SCO mode are read where TERM says so, and are nothing elsewhere', () => {
  expect(SCO_KEYS.map(code => decode([ESC + code], 0, { sco: true }))).toEqual(
    SCO_KEYS.map((_, at) => [key(`f${at + 1}`)]),
  );
  expect(decode([`${ESC}[H${ESC}[F${ESC}[I${ESC}[G${ESC}[L`], 0, { sco: true })).toEqual(
    ['home', 'end', 'pageup', 'pagedown', 'insert'].map(key),
  );
  for (const letter of 'NOTUVWX') expect(decode([`${ESC}[${letter}`])).toEqual([]);
});

test.each(OTHER_KEYS)('%s is read in every encoding', (name, codes) => {
  for (const code of codes) expect(decode([ESC + code]), JSON.stringify(code)).toEqual([key(name)]);
});

test.each(CONTROLS)('The control character %j is %s', (sent, name) => {
  expect(decode([sent])).toEqual([key(name)]);
});

test('Every encoding split at every byte, however slow below the limits, is still that key', () => {
  for (const [code, name] of ALL) {
    for (let at = 1; at < code.length; at++)
      for (const gap of [0, 40, 499])
        expect(
          decode([code.slice(0, at), code.slice(at)], gap),
          `${JSON.stringify(code)} at ${at} after ${gap}`,
        ).toEqual([key(name)]);
    expect(decode([...code], 300), JSON.stringify(code)).toEqual([key(name)]);
  }
});

test('A sequence waits longer than a lone Esc, and an unfinished one is dropped without a trace', () => {
  expect(decode([`${ESC}[`, 'A'], 1500)).toEqual([key('up')]);
  expect(decode([`${ESC}O`, 'P'], 1500)).toEqual([key('f1')]);
  expect(decode([`${ESC}[1;`])).toEqual([]);
  expect(decode([`${ESC}O`])).toEqual([]);
  const decoder = createDecoder();
  decoder.push(`${ESC}[1;`, 0);
  expect(decoder.pendingMs(0)).toBe(2000);
  expect(decoder.flush(1999)).toEqual([]);
  expect(decoder.flush(2000)).toEqual([]);
  expect(decoder.push('x', 2001)).toEqual([text('x')]);
});

test('A lone Esc is escape after its time, and until then it is told as pending', () => {
  const decoder = createDecoder({ escMs: 500 });
  expect(decoder.push(ESC, 100)).toEqual([]);
  expect([decoder.pending, decoder.pendingMs(100), decoder.pendingMs(400)]).toEqual([true, 500, 200]);
  expect(decoder.flush(599)).toEqual([]);
  expect(decoder.flush(600)).toEqual([key('escape')]);
  expect([decoder.pending, decoder.pendingMs(600)]).toEqual([false, undefined]);
  expect(decode([ESC, '4'], 499)).toEqual([key('f4')]);
  expect(decode([ESC, '4'], 501)).toEqual([key('escape'), text('4')]);
  expect(decode([ESC, '4'], 150, { escMs: 100 })).toEqual([key('escape'), text('4')]);
  expect(decode([`${ESC}[`]).length).toBe(0);
  const half = createDecoder();
  half.push(`${ESC}[`, 0);
  expect(half.pending).toBe(false);
});

test('Esc before a control key or another Esc is a key of its own', () => {
  expect(decode([`${ESC}${ESC}${ESC}`])).toEqual([key('escape'), key('escape'), key('escape')]);
  expect(decode([`${ESC}\r`])).toEqual([key('escape'), key('enter')]);
  expect(decode([`${ESC}${ESC}[A`])).toEqual([key('escape'), key('up')]);
  expect(decode([`${ESC}${ESC}3`])).toEqual([key('escape'), key('f3')]);
});

test('A burst of keys in one read comes out whole, printable characters as one text', () => {
  expect(decode([`jjj\r${ESC}[B${ESC}[B${ESC}OPabc\u0003x\u007f${ESC}0é漢`])).toEqual([
    text('jjj'),
    key('enter'),
    key('down'),
    key('down'),
    key('f1'),
    text('abc'),
    key('ctrl-c'),
    text('x'),
    key('backspace'),
    key('f10'),
    text('é漢'),
  ]);
});

test('UTF-8 split over reads is put together, broken UTF-8 is replaced and what follows is right', () => {
  const bytes = Buffer.from('é漢😀x');
  for (let at = 1; at < bytes.length; at++)
    expect(joined(decode([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual([text('é漢😀x')]);
  expect(
    joined(
      decode(
        [...bytes].map(byte => Uint8Array.of(byte)),
        600,
      ),
    ),
  ).toEqual([text('é漢😀x')]);
  expect(decode([Uint8Array.of(0x61, 0xff, 0x62)])).toEqual([text('a\ufffdb')]);
  expect(decode([Uint8Array.of(0xe6, 0xbc), Uint8Array.of(0x1b, 0x5b, 0x41)])).toEqual([text('\ufffd'), key('up')]);
  expect(decode([Uint8Array.of(0xe9, 0x20)], 0, { latin1: true })).toEqual([text('é ')]);
});

test('CSI and SS3 as single characters (8-bit terminals) are read', () => {
  expect(decode(['\u009bA\u008fP'])).toEqual([key('up'), key('f1')]);
  expect(decode([Uint8Array.of(0x9b, 0x31, 0x31, 0x7e, 0x8f, 0x51)], 0, { latin1: true })).toEqual([
    key('f1'),
    key('f2'),
  ]);
});

test('CR and LF together are one Enter, far apart two', () => {
  expect(decode(['\r\n'])).toEqual([key('enter')]);
  expect(decode(['\r', '\n'], 20)).toEqual([key('enter')]);
  expect(decode(['\r', '\n'], 200)).toEqual([key('enter'), key('enter')]);
  expect(decode(['\n\n'])).toEqual([key('enter'), key('enter')]);
  expect(decode(['\r\n\r\n'])).toEqual([key('enter'), key('enter')]);
  expect(decode(['\r\u0000'])).toEqual([key('enter')]);
});

test('Reports of the terminal are swallowed, whole or split anywhere', () => {
  const reports = [
    `${ESC}[I`,
    `${ESC}[O`,
    `${ESC}[?62;1;6c`,
    `${ESC}[>41;354;0c`,
    `${ESC}[24;80R`,
    `${ESC}[0n`,
    `${ESC}[<0;12;5M`,
    `${ESC}[<0;12;5m`,
    `${ESC}[32;10;10M`,
    `${ESC}[?2026;1$y`,
    `${ESC}[8;24;80t`,
    `${ESC}[201~`,
    `${ESC}[?997;1n`,
    `${ESC}[57441;5u`,
  ];
  for (const report of reports)
    for (let at = 1; at <= report.length; at++)
      expect(decode([`a${report.slice(0, at)}`, `${report.slice(at)}b`]), JSON.stringify(report)).toEqual(
        [text('a'), text('b')].slice(0, 2),
      );
  expect(decode([`a${ESC}[M !!b`])).toEqual([text('a'), text('b')]);
  expect(decode([`${ESC}[M `, '!!b'])).toEqual([text('b')]);
  expect(decode([`a${ESC}]11;rgb:0000/0000/0000${ESC}\\b`])).toEqual([text('a'), text('b')]);
  expect(decode([`a${ESC}]11;rgb:00`, '00/0000/0000\u0007b'])).toEqual([text('a'), text('b')]);
  expect(decode([`a${ESC}P>|XTerm(380)${ESC}`, '\\b'])).toEqual([text('a'), text('b')]);
});

test('Esc and ] typed by hand are Alt and a key, and swallow nothing that follows', () => {
  expect(decode([ESC, ']', 'abc'], 100)).toEqual([key('meta-]'), text('abc')]);
  expect(decode([`${ESC}]`, 'abc'], 100)).toEqual([key('meta-]'), text('abc')]);
});

test('A paste is one key, split anywhere, with its line ends and escape sequences as they came', () => {
  const inner = `one\r\ntwo\tthree ${ESC}[A ${ESC}[201 ${ESC}[200~ é漢`;
  const sent = `a${ESC}[200~${inner}${ESC}[201~b`;
  for (let at = 1; at < sent.length; at++)
    expect(joined(decode([sent.slice(0, at), sent.slice(at)], 100)), `at ${at}`).toEqual([
      text('a'),
      paste(inner),
      text('b'),
    ]);
  expect(decode([...sent], 100)).toEqual([text('a'), paste(inner), text('b')]);
  expect(decode([`${ESC}[200~${ESC}[201~`])).toEqual([paste('')]);
});

test('A paste without an end is handed on after a while, and keys work again', () => {
  const decoder = createDecoder();
  expect(decoder.push(`${ESC}[200~half ${ESC}[20`, 0)).toEqual([]);
  expect([decoder.pendingMs(0), decoder.pending]).toEqual([3000, false]);
  expect(decoder.push('more', 2500)).toEqual([]);
  expect(decoder.flush(5499)).toEqual([]);
  expect(decoder.flush(5500)).toEqual([paste(`half ${ESC}[20more`)]);
  expect(decoder.push(`${ESC}[Ax`, 5600)).toEqual([key('up'), text('x')]);
});

test('Of a paste beyond the limit the beginning is kept and nothing leaks out as keys', () => {
  const decoder = createDecoder();
  const keys: Key[] = [];
  keys.push(...decoder.push(`${ESC}[200~`, 0));
  for (let n = 0; n < 40; n++) keys.push(...decoder.push('x'.repeat(65_536), n));
  keys.push(...decoder.push(`\r${ESC}[201~y`, 50));
  expect(keys.map(one => (one.type === 'paste' ? one.text.length : one))).toEqual([PASTE_LIMIT, text('y')]);
});

test('Any sequence of keys, cut anywhere, comes out as the same keys', () => {
  const one = fc.oneof(
    fc.constantFrom(...ALL).map(([code, name]): [string, Key] => [code, key(name)]),
    fc
      .constantFrom(...CONTROLS.filter(([sent]) => sent !== '\n'))
      .map(([code, name]): [string, Key] => [code, key(name)]),
    fc
      .string({ unit: fc.constantFrom(...'abzAZ09 é漢😀[O~;M'), minLength: 1, maxLength: 6 })
      .map((words): [string, Key] => [words, text(words)]),
    fc
      .string({ unit: fc.constantFrom('a', '\r', '\n', ESC, '[201', '漢'), maxLength: 8 })
      .map((words): [string, Key] => [`${ESC}[200~${words}${ESC}[201~`, paste(words)]),
  );
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 20 }),
      fc.array(fc.nat(400), { maxLength: 12 }),
      fc.integer({ min: 0, max: 490 }),
      (pairs, cuts, gap) => {
        const bytes = Buffer.from(pairs.map(([code]) => code).join(''));
        const at = [...new Set([0, ...cuts.map(cut => Math.min(cut, bytes.length)), bytes.length])].sort(
          (a, b) => a - b,
        );
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(joined(decode(pieces, gap))).toEqual(joined(pairs.map(([, meant]) => meant)));
      },
    ),
    { numRuns: 3000 },
  );
});

test('Any bytes at all leave the decoder able to read a key, and no control character in a text', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), pieces => {
      const decoder = createDecoder();
      const now = pieces.length * 10;
      const keys = pieces.flatMap((piece, at) => decoder.push(piece, at * 10));
      for (const one of keys) if (one.type === 'text') expect(one.text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      // Bytes left of an unfinished character, then whatever was held, then a key.
      decoder.push('', now);
      decoder.flush(now + 10_000);
      expect(
        joined([...decoder.push(Buffer.from('.'), now + 10_001), ...decoder.push(`${ESC}[A`, now + 10_002)]).at(-1),
      ).toEqual(key('up'));
    }),
    { numRuns: 3000 },
  );
});
