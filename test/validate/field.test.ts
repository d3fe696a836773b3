import { isIP, isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, FieldType } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { isIpv4, isIpv6, isNetmask } from '../../src/validate/ip.ts';

function field(type: FieldType, more: Partial<Field> = {}): Field {
  return { name: 'x', label: 'X', type, ...more };
}

/** Values that a type takes and values it refuses. */
const cases: [FieldType, string[], string[]][] = [
  ['text', ['anything at all', '  blanks stay ', 'é', '$(rm) `x` \'"'], []],
  ['integer', ['0', '-5', '+7', '123456789012345'], ['1.5', '1e3', 'one', '0x1f', '- 5', '1234567890123456', '١']],
  ['hex', ['0', 'ff', '0x1F', '0XaB'], ['xyz', '0x', '#ff']],
  [
    'name',
    ['node1', 'eth0:0', 'a.b-c_d', 'user@host', '/dev/sda', '100%'],
    ['two words', '-rf', 'a;b', 'a$b', 'é', '*'],
  ],
  [
    'host',
    ['node1', 'node1_boot', 'a.example.com', 'a.example.com.', '192.0.2.1', '::1', '1node'],
    ['a b', '-x', 'a..b', '256.1.1.1', '1.2.3', 'a/b', 'a'.repeat(64), `${'a.'.repeat(127)}aa`],
  ],
  [
    'ip',
    ['192.0.2.10', '0.0.0.0', '::1', 'fe80::1', '2001:db8::192.0.2.1'],
    ['192.0.2', '192.0.2.256', '192.0.2.010', 'node1', '192.0.2.1/24', 'fe80::1%eth0', ':::'],
  ],
  [
    'netmask',
    ['255.255.255.0', '255.255.255.192', '0.0.0.0', '255.255.255.255', '0', '24', '32', '64'],
    ['255.0.255.0', '255.255.255.1', '129', '/24', '024', 'ffffff00'],
  ],
  ['path', ['/', '/etc/hosts', '/a b/c', '/é'], ['etc/hosts', '~/x', './x', 'C:\\']],
  ['yesno', ['yes', 'no', 'Yes'], ['y', 'true', 'maybe']],
  [
    'noderange',
    ['node1', 'n1-n5,n8', 'compute,-n3', 'n[1-5]', '/^x(1|2)$', 'all@rack[1-2]'],
    ['a b', 'n[1-5', 'n1-5]', 'n(1]', ',a', 'a,,b'],
  ],
  ['secret', ['a b', "'$x'", 'é'], []],
];

test.each(cases)('%s takes what is right and says what is wrong with the rest', (type, right, wrong) => {
  for (const value of right) expect(checkValue(field(type), value), value).toBeUndefined();
  for (const value of wrong) expect(checkValue(field(type), value), value).toMatch(/^"/);
});

test.each([
  [field('integer', { min: 1, max: 32, default: '24' }), '33', '"33" is not between 1 and 32, for example 24.'],
  [field('integer', { min: 1 }), '0', '"0" is below 1, for example 1.'],
  [field('integer', { max: 9 }), '10', '"10" is above 9, for example 1.'],
  [field('integer'), 'x', '"x" is no whole number, for example 1.'],
  [field('hex'), 'xyz', '"xyz" is no hexadecimal number, for example 0x1f.'],
  [field('ip'), 'node1', '"node1" is no IP address, for example 192.0.2.10.'],
  [
    field('netmask'),
    '255.0.255.0',
    '"255.0.255.0" is no netmask; write it dotted or as a number of bits, for example 255.255.255.0 or 24.',
  ],
  [field('host'), 'a b', '"a b" is neither a host name nor an IP address, for example node1.example.com.'],
  [field('name'), 'a b', '"a b" is no name; write letters, digits and . _ - without blanks, for example node1.'],
  [field('path'), 'x', '"x" is no absolute path; begin with /, for example /var/tmp.'],
  [field('path', { kind: 'file' }), 'x', '"x" is no absolute path; begin with /, for example /etc/hosts.'],
  [field('yesno'), 'y', '"y" is neither yes nor no, for example yes.'],
  [field('noderange'), 'n[1', '"n[1" is wrong at character 2: this [ is not closed; write node[1-5].'],
  [field('text', { length: 3 }), 'four', '"four" has 4 characters; at most 3 fit.'],
  [
    field('text', { pattern: '[a-z]+', patternHelp: 'small letters only, for example abc' }),
    'A1',
    '"A1" does not fit; write small letters only, for example abc.',
  ],
  [field('text', { pattern: '[a-z]+' }), 'A1', '"A1" does not fit; write what matches [a-z]+.'],
  [field('text', { required: true }), '', 'A value is required.'],
  [field('ip', { required: true }), '', 'A value is required, for example 192.0.2.10.'],
  [field('text'), 'a\nb', '"a?b" holds a line end; type it without.'],
  [field('text'), 'a\tb', '"a?b" holds a control character; type it without.'],
  [field('text'), 'a\x9bb', '"a?b" holds a control character; type it without.'],
  [field('text'), 'a\0b', '"a?b" holds a NUL character; type it without.'],
  [field('text'), 'a\ud800', '"a\ud800" holds half a character; type it without.'],
  [field('secret'), 'my\nsecret', 'The secret holds a line end; type it without.'],
  [field('secret', { length: 3 }), 'hunter2', 'The secret has 7 characters; at most 3 fit.'],
  [field('text'), ['a', 'b'], 'Only one value can be given here.'],
  [field('ip', { multiple: true }), ['192.0.2.1', 'x'], '"x" is no IP address, for example 192.0.2.10.'],
  [field('text', { multiple: true }), ['a', ''], 'One of the values is empty; remove it.'],
])('%o says of %o: %s', (subject, value, message) => {
  expect(checkValue(subject as Field, value as string)).toBe(message);
});

test('an empty value is right where none is required', () => {
  for (const [type] of cases) {
    expect(checkValue(field(type), '')).toBeUndefined();
    expect(checkValue(field(type, { multiple: true }), [])).toBeUndefined();
  }
  expect(checkValue(field('text', { multiple: true, required: true }), [])).toBe('A value is required.');
});

test('a value outside the list is refused unless the list is only a proposal', () => {
  const choice = field('choice', {
    values: [
      { shown: 'high', sent: '1' },
      { shown: 'low', sent: '0' },
    ],
  });
  expect(checkValue(choice, 'high')).toBeUndefined();
  expect(checkValue(choice, '0')).toBeUndefined();
  expect(checkValue(choice, 'medium')).toBe('"medium" is not one of the values; choose high, low.');
  expect(checkValue({ ...choice, free: true }, 'medium')).toBeUndefined();
  const listed = field('name', { source: 's' });
  expect(checkValue(listed, 'node9', ['node1', 'node2'])).toBe(
    '"node9" is not in the list; press F4 and choose one, for example node1.',
  );
  expect(checkValue(listed, 'node2', ['node1', 'node2'])).toBeUndefined();
  expect(checkValue(listed, 'node9')).toBeUndefined();
  expect(checkValue({ ...listed, free: true }, 'node9', ['node1'])).toBeUndefined();
  expect(checkValue({ ...listed, multiple: true }, ['node1', 'x'], ['node1'])).toMatch(/^"x" is not in the list/);
});

test('a pattern must match the whole value, and a broken one stops nobody', () => {
  expect(checkValue(field('text', { pattern: 'a|b' }), 'ab')).toBeDefined();
  expect(checkValue(field('text', { pattern: 'a|b' }), 'b')).toBeUndefined();
  expect(checkValue(field('text', { pattern: '(' }), 'x')).toBeUndefined();
});

test('fields that are only shown, and lines of information, are never wrong', () => {
  expect(checkValue(field('ip', { show: true, required: true }), 'x\0')).toBeUndefined();
  expect(checkValue(field('info', { required: true }), '')).toBeUndefined();
});

test('a message never holds the secret, nor a control character', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(anything, fc.constantFrom(...cases.map(([type]) => type)), (text, type) => {
      const message = checkValue(field(type, { length: 5, pattern: 'q+' }), text);
      if (message === undefined) return;
      expect(message).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      if (type === 'secret' && text.length > 10) expect(message).not.toContain(text);
    }),
    { numRuns: 3000 },
  );
});

test('addresses are judged as Node judges them', () => {
  const octet = fc.oneof(fc.nat(300).map(String), fc.constantFrom('', '00', '01', '256', 'a'));
  const group = fc.oneof(
    fc.nat(0xffff).map(n => n.toString(16)),
    fc.constantFrom('', 'g', '12345', '0', '::', '1.2.3.4'),
  );
  const v4 = fc.array(octet, { minLength: 3, maxLength: 5 }).map(parts => parts.join('.'));
  const v6 = fc.array(group, { maxLength: 9 }).map(parts => parts.join(':'));
  fc.assert(
    fc.property(fc.oneof(v4, v6, fc.ipV4(), fc.ipV6()), text => {
      expect(isIpv4(text)).toBe(isIPv4(text));
      expect(isIpv6(text)).toBe(isIPv6(text));
      expect(isIpv4(text) || isIpv6(text)).toBe(isIP(text) !== 0);
    }),
    { numRuns: 10_000 },
  );
});

test('there are 33 dotted netmasks', () => {
  for (let bits = 0; bits <= 32; bits++) {
    const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
    const dotted = [24, 16, 8, 0].map(shift => (mask >>> shift) & 255).join('.');
    expect(isNetmask(dotted), dotted).toBe(true);
    if (bits > 0 && bits < 31)
      expect(isNetmask([24, 16, 8, 0].map(shift => ((mask | 1) >>> shift) & 255).join('.'))).toBe(false);
  }
});
