import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression, escapeRegularExpression } from '../../src/command/ere.ts';
import { value } from '../helpers/values.ts';

test.each([
  ['^nameserver', 'nameserver 1', true],
  ['^nameserver', ' nameserver 1', false],
  ['[[:space:]]$', 'x\t', true],
  ['^(a|b)+$', 'abba', true],
  ['^(a|b)+$', 'abc', false],
  ['a\\.b', 'axb', false],
  ['a\\.b', 'a.b', true],
  ['[]x]', ']', true],
  ['[^]x]', ']x', false],
  ['[a-]', '-', true],
  ['x|^$', '', true],
  ['caf.$', 'café', false],
  ['caf..$', 'café', true],
  ['é', 'café', true],
  ['10/tcp', 'db 10/tcp', true],
])('%s on %j: %s', (expression, line, wanted) => {
  const compiled = compileExpression(expression);
  expect('test' in compiled && compiled.test(line)).toBe(wanted);
});

test.each([
  ['', 'is empty'],
  ['a{2}', 'old awks do not read as a repetition'],
  ['\\d+', 'not every awk knows'],
  ['\\<x', 'not every awk knows'],
  ['*a', 'nothing before it'],
  ['a**', 'repeats twice'],
  ['a|', 'empty alternative'],
  ['(a', 'not closed'],
  ['a)', 'without "("'],
  ['[a', 'not closed'],
  ['[[:nope:]]', 'does not exist'],
  ['[z-a]', 'no clear range'],
  ['[a\\]]', 'backslash in brackets'],
  ['[é]', 'beyond ASCII'],
  ['é+', 'beyond ASCII'],
  ['a^b', 'in the middle'],
  ['a$b', 'in the middle'],
  ['()', 'empty alternative'],
  ['a\\', 'ends with a backslash'],
  ['a\nb', 'line end'],
])('%j is refused: %s', (expression, words) => {
  const compiled = compileExpression(expression);
  expect('problem' in compiled ? compiled.problem : '').toContain(words);
});

/** Text that an expression is tried on, one line each: no NUL, no line ends. */
const line = fc.oneof(
  value.map(text => text.replaceAll('\n', '')),
  fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-', ' ', '\t', ']', '^', '1', 'é'), maxLength: 6 }),
);

/** What awk and grep say about lines: one letter each. */
function outside(command: string, expression: string, lines: string[]): string {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', RE: expression };
  const result = spawnSync('sh', ['-c', command], {
    input: Buffer.from(`${lines.join('\n')}\n`),
    env,
    encoding: 'latin1',
  });
  expect(result.stderr).toBe('');
  return result.stdout;
}

const awks = [`awk`, 'busybox awk', ...(process.env.HASMIT_TEST_AWKS?.split(':') ?? [])];

test('awk, grep and this translation agree on every expression that is allowed', { timeout: 60_000 }, () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '\\.',
    '[ab]',
    '[^a]',
    '[a-c]',
    '[[:space:]]',
    '[[:alpha:]1]',
    '[]-]',
    '(a|b)',
    '(ab)',
    '1',
    '-',
    'é',
    '\\\\',
    '\\^',
  );
  const piece = fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?')).map(([a, b]) => a + b);
  const expression = fc
    .tuple(
      fc.constantFrom('', '^'),
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '$', '|a', '|^b$'),
    )
    .map(([a, b, c]) => a + b.join('') + c);
  let tried = 0;
  const property = fc.property(expression, fc.array(line, { minLength: 20, maxLength: 20 }), (source, lines) => {
    const compiled = compileExpression(source);
    if ('problem' in compiled) return;
    tried++;
    const wanted = lines.map(text => (compiled.test(text) ? 'y' : 'n')).join('');
    for (const awk of awks) {
      expect(
        outside(`${awk} '{ printf "%s", ($0 ~ ENVIRON["RE"]) ? "y" : "n" }'`, source, lines),
        `${awk} ${source}`,
      ).toBe(wanted);
    }
    const numbers = outside('grep -a -n -E -e "$RE" | cut -d: -f1', source, lines).split('\n').filter(Boolean);
    expect(lines.map((_, i) => (numbers.includes(String(i + 1)) ? 'y' : 'n')).join(''), source).toBe(wanted);
  });
  fc.assert(property, { numRuns: 300 });
  expect(tried).toBeGreaterThan(200);
});

test('an escaped value matches itself and nothing else', { timeout: 60_000 }, () => {
  const property = fc.property(line, fc.array(line, { minLength: 5, maxLength: 5 }), (text, others) => {
    fc.pre(text !== '');
    const source = `^${escapeRegularExpression(text)}$`;
    const compiled = compileExpression(source);
    if ('problem' in compiled) throw new Error(compiled.problem);
    const lines = [text, `${text}x`, ...others];
    const wanted = lines.map(each => (each === text ? 'y' : 'n')).join('');
    expect(lines.map(each => (compiled.test(each) ? 'y' : 'n')).join('')).toBe(wanted);
    for (const awk of awks) {
      expect(outside(`${awk} '{ printf "%s", ($0 ~ ENVIRON["RE"]) ? "y" : "n" }'`, source, lines), awk).toBe(wanted);
    }
  });
  fc.assert(property, { numRuns: 200 });
});
