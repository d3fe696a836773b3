import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote } from '../../src/command/quote.ts';
import { createRedactor, redact } from '../../src/command/redact.ts';

test.each([
  ['pw is geheim1 and geheim1', ['geheim1'], 'pw is ******** and ********'],
  ['nothing here', ['geheim1'], 'nothing here'],
  ['anything', [''], 'anything'],
  ["echo 'it'\\''s me'", ["it's me"], "echo '********'"],
  [`b64 ${Buffer.from('user secret').toString('base64')}`, ['user secret'], 'b64 ********'],
  ['url?p=a%20b%26c&q', ['a b&c'], 'url?p=********&q'],
  ['url?p=a+b%26c&q', ['a b&c'], 'url?p=********&q'],
  ['{"p":"a\\"b\\\\c"}', ['a"b\\c'], '{"p":"********"}'],
  ['longer first: abcdef', ['abcd', 'abcdef'], 'longer first: ********'],
  ['a cat is a', ['a'], '******** cat is ********'],
  ['x=ab, abc, _ab, äab, ab', ['ab'], 'x=********, abc, _ab, äab, ********'],
  ['regular $1 .* text', ['.*'], 'regular $1 ******** text'],
  ['a.b-c/d', ['a.b-c/d'], '********'],
])('%j without %j is %j', (text, secrets, wanted) => {
  expect(redact(text, secrets)).toBe(wanted);
});

test('a secret that is split over chunks is found, and whole text gives the same as pieces', () => {
  const secret = fc.string({ unit: fc.constantFrom('a', 'b', "'", ' '), minLength: 1, maxLength: 7 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', "'", ' ', '\n', '%', '2', '0', '7', '\\'), maxLength: 80 });
  const property = fc.property(
    fc.array(secret, { maxLength: 3 }),
    text,
    fc.array(fc.nat(6)),
    (secrets, whole, sizes) => {
      const redactor = createRedactor(secrets);
      let out = '';
      let at = 0;
      for (const size of sizes) {
        out += redactor.push(whole.slice(at, at + size));
        at += size;
      }
      out += redactor.push(whole.slice(at)) + redactor.end();
      expect(out).toBe(redact(whole, secrets));
    },
  );
  fc.assert(property, { numRuns: 3000 });
});

test('what cannot become a secret is handed on at once: a prompt without a newline is not held back', () => {
  const redactor = createRedactor(['geheim1']);
  expect(redactor.push('Password: ')).toBe('Password: ');
  expect(redactor.push('x geh')).toBe('x ');
  expect(redactor.push('eim')).toBe('');
  expect(redactor.push('1!')).toBe('********!');
  expect(redactor.push('gehe')).toBe('');
  expect(redactor.end()).toBe('gehe');
});

test('no quoted form of a long secret survives', () => {
  const secret = fc
    .string({ minLength: 4, maxLength: 20 })
    .filter(text => !text.includes('\0') && text.trim().length > 3 && !'********'.includes(text));
  const property = fc.property(secret, text => {
    expect(redact(`x ${quote(text)} y`, [text])).not.toContain(quote(text));
    expect(redact(`x ${text} y`, [text])).toBe('x ******** y');
  });
  fc.assert(property, { numRuns: 1000 });
});
