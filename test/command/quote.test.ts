import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote, quotedOffset, quoteProblem } from '../../src/command/quote.ts';
import { argumentLists, fixtures, runIn, shells } from '../helpers/shells.ts';
import { allCharacters, value } from '../helpers/values.ts';

test.each([
  ['node1', 'node1'],
  ['/etc/hosts', '/etc/hosts'],
  ['a=b', 'a=b'],
  ['-rf', '-rf'],
  ['10.0.0.1/24', '10.0.0.1/24'],
  ['user@host:/dir', 'user@host:/dir'],
  ['a,b+c%d_e', 'a,b+c%d_e'],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ["'", "''\\'''"],
  ['~root', "'~root'"],
  ['a:~b', "'a:~b'"],
  ['=ls', "'=ls'"],
  ['a\nb', "'a\nb'"],
  ['$HOME', "'$HOME'"],
  ['*', "'*'"],
  ['a;b', "'a;b'"],
  ['#', "'#'"],
  ['{a,b}', "'{a,b}'"],
  ['!', "'!'"],
  ['^', "'^'"],
  ['é', "'é'"],
])('%j is written %s', (given, wanted) => {
  expect(quote(given)).toBe(wanted);
});

test('a value that no argument can carry is told, and never quoted', () => {
  expect(quoteProblem('a\0b')).toContain('NUL');
  expect(quoteProblem('a\ud800')).toContain('lone surrogate');
  expect(quoteProblem('\udc00a')).toContain('lone surrogate');
  expect(quoteProblem('\u{1f600}')).toBeUndefined();
  expect(() => quote('\0')).toThrow(RangeError);
  expect(() => quote('\ud800')).toThrow(RangeError);
});

test('an offset in a value is found again in its quoted form', () => {
  const property = fc.property(value, fc.nat(), fc.nat(), (text, a, b) => {
    const points = [0];
    for (const character of text) points.push(points.at(-1)! + character.length);
    const [from, to] = [points[a % points.length]!, points[b % points.length]!].sort((x, y) => x - y);
    const stretch = quote(text).slice(quotedOffset(text, from!), quotedOffset(text, to!));
    expect(stretch.replaceAll("'\\''", "'")).toBe(text.slice(from, to));
  });
  fc.assert(property, { numRuns: 2000 });
});

const all = shells();

test.each(all)('$name reads every one of 10,000 generated values back as one argument', { timeout: 60_000 }, shell => {
  let count = 0;
  const property = fc.property(fc.array(value, { minLength: 100, maxLength: 100 }), values => {
    const text = values.length > 0 ? `argv ${values.map(quote).join(' ')}\n` : 'argv\n';
    const { out, err } = runIn(shell, text, { byInput: true });
    expect(err).toBe('');
    expect(argumentLists(out)).toEqual([values]);
    count += values.length;
  });
  fc.assert(property, { numRuns: 100 });
  expect(count).toBe(10_000);
});

test.each(all)('$name reads back every byte, alone and all together, and 100 kB', shell => {
  const values = [...allCharacters, allCharacters, allCharacters.repeat(2), 'x y'.repeat(33_334)];
  const text = `argv ${values.map(quote).join(' ')}`;
  const { out, err } = runIn(shell, text, { byInput: true });
  expect(err).toBe('');
  expect(argumentLists(out)).toEqual([values]);
  const long = 'a\n$(id)`\\"*'.repeat(10_000).slice(0, 100_000);
  expect(argumentLists(runIn(shell, `argv ${quote(long)}`).out)).toEqual([[long]]);
});

test('zsh and csh specials are quoted too: nothing but letters, digits and %+,-./:=@_ stands bare', () => {
  for (let code = 1; code < 256; code++) {
    const character = String.fromCharCode(code);
    const bare = quote(`a${character}`) === `a${character}`;
    expect(bare, `character ${code}`).toBe(/[A-Za-z0-9%+,\-./:=@_]/.test(character));
  }
});

test('the fixture argv shows arguments to the byte', () => {
  const { stdout } = spawnSync(`${fixtures}/argv`, ['', 'a\n', "'"]);
  expect(stdout.toString()).toBe("3\0\0a\n\0'\0");
});
