import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../src/run/clean.ts';

const cases: [string, string, string][] = [
  ['plain text stays', 'eth0: 10.0.0.1/24', 'eth0: 10.0.0.1/24'],
  ['colours go', '\x1b[1;31mError:\x1b[0m no node', 'Error: no node'],
  ['cursor movement, modes and screen switches go', '\x1b[2J\x1b[10;5H\x1b[?1049h\x1b[>4;1mx\x1b[!p', 'x'],
  ['a window title goes, ended by BEL', '\x1b]0;owned\x07after', 'after'],
  ['a window title goes, ended by ST', '\x1b]2;owned\x1b\\after', 'after'],
  ['the title of screen and tmux goes', '\x1bktitle\x1b\\after', 'after'],
  ['a DCS goes', 'a\x1bP+q544e\x1b\\b', 'ab'],
  ['an APC and a PM go', 'a\x1b_Gpicture\x1b\\b\x1b^x\x1b\\c', 'abc'],
  ['a string without an end hides its own line only', 'shown\x1b]52;c;aGk=', 'shown'],
  ['a sequence cut off by the end of the line goes', 'shown\x1b[12;', 'shown'],
  ['an ESC inside a string begins a new sequence', '\x1b]0;x\x1b[31mred', 'red'],
  ['eight-bit controls go with their parameters', 'a\u009b31mb\u009d0;t\u009cc\u0085d', 'abcd'],
  ['character sets and two-character escapes go', '\x1b(B\x1b)0\x1b=\x1b7text\x1b8\x0e\x0f', 'text'],
  ['the last version of a progress line wins', ' 10%\r 50%\r100%', '100%'],
  ['a carriage return before the line end is nothing', 'dos line\r', 'dos line'],
  ['an erased progress line is blank', 'downloading\r\x1b[K', ''],
  ['a progress line that is only decorated stays', 'done\r\x1b[?25h', 'done'],
  ['bold overstrikes of a man page fold', 'N\bNA\bAM\bME\bE', 'NAME'],
  ['underlined text of a man page folds', '_\bf_\bi_\bl_\be and f\b_', 'file and f'],
  ['a spinner folds to its last state', 'wait |\b/\b-\b\\', 'wait \\'],
  ['backspaces at the beginning are nothing', '\b\b\bx', 'x'],
  ['tabs go to the next multiple of eight', 'a\tb\t\tc', 'a       b               c'],
  ['tabs after wide characters count cells', '\u6f22\u5b57\tx', '\u6f22\u5b57    x'],
  ['NUL, BEL, DEL and the rest are shown as they are called', 'a\0b\x07c\x7fd\x01', 'a^@b^Gc^?d^A'],
  ['a lone ESC goes', 'a\x1b', 'a'],
  ['marks that turn the direction of writing are shown', 'user\u202etxt.exe', 'user<U+202E>txt.exe'],
];

test.each(cases)('%s', (_title, raw, clean) => {
  expect(cleanLine(raw)).toBe(clean);
});

test('no control character is left, whatever came, and a second time changes nothing', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\x1b',
      '\x1b[',
      '\x1b]',
      '\x1bP',
      '\x1b\\',
      '\x9b',
      '\x9d',
      '\x07',
      '\r',
      '\b',
      '\t',
      '\0',
      ';',
      '31m',
      'K',
      '?',
      '\u202e',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
      const clean = cleanLine(pieces.join('').replaceAll('\n', ''));
      expect(clean).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      expect(cleanLine(clean)).toBe(clean);
    }),
    { numRuns: 5000 },
  );
});

test('a list keeps its tabs when its columns are parted by them, and loses its carriage returns', () => {
  expect(cleanText('a\tb\r\n\x1b[1mc\x1b[0m\td\r\n', { keepTabs: true })).toBe('a\tb\nc\td\n');
  expect(cleanText('a\tb')).toBe('a       b');
});

test('a line of nothing but beginnings of sequences takes no longer than any other', () => {
  for (const nasty of ['\x1b]', '\x1b[', '\x1bk', '\x1b', '\r', '\b', '\x1b[0;']) {
    const begun = performance.now();
    cleanLine(nasty.repeat(65536 / nasty.length));
    expect(performance.now() - begun).toBeLessThan(500);
  }
});
