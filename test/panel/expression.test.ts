import { expect, test } from 'vitest';
import { evaluate, fieldsOf, loadExpressions, variablesOf } from '../../src/panel/expression.ts';
import type { Field, Values } from '../../src/panel/types.ts';

await loadExpressions();

const fields: Field[] = [
  { name: 'interval', label: 'Interval', type: 'integer' },
  { name: 'fibrillate', label: 'Count', type: 'integer' },
  { name: 'force', label: 'Force', type: 'yesno' },
  { name: 'nodes', label: 'Nodes', type: 'name', multiple: true },
  { name: 'mode', label: 'Mode', type: 'choice', values: [{ shown: 'fast', sent: 'f' }] },
  { name: 'head', label: 'Heading', type: 'info' },
];
const site = { virtual_ip: '192.0.2.1', hosts: ['a', 'b'] };

function value(expression: string, values: Values = {}) {
  return evaluate(expression, variablesOf(fields, values, { os: 'linux', site }));
}

test('failure detection time is interval times count times two', () => {
  expect(value('interval * fibrillate * 2', { interval: '1', fibrillate: '4' })).toEqual({ value: 8 });
});

test.each([
  ['interval + 1', { interval: '+07' }, 8],
  ['interval', { interval: '-3' }, -3],
  ['force', { force: 'yes' }, true],
  ['force', { force: 'No' }, false],
  ['force', {}, false],
  ['nodes.size()', { nodes: ['a', 'b'] }, 2],
  ['nodes.size()', { nodes: 'a b  c' }, 3],
  ['"a" in nodes', { nodes: ['a'] }, true],
  ['mode == "fast"', { mode: 'fast' }, true],
  ['os == "linux"', {}, true],
  ['site.virtual_ip', {}, '192.0.2.1'],
  ['site.hosts.size() == 2', {}, true],
  ['given.interval', { interval: '1' }, true],
  ['given.interval', { interval: '' }, false],
  ['given.nodes', { nodes: [] }, false],
  ['[given.interval, given.nodes].filter(x, x).size() == 1', { nodes: ['a'] }, true],
  ['force || interval > 3', { force: 'yes' }, true],
  ['interval > 3 ? "slow" : "fast"', { interval: '4' }, 'slow'],
  ['double(interval) / 2.0', { interval: '3' }, 1.5],
  ['carried == "x"', { carried: 'x' }, true],
  ['9223372036854775807', {}, '9223372036854775807'],
] as [string, Values, unknown][])('%s with %o is %o', (expression, values, wanted) => {
  expect(value(expression, values)).toEqual({ value: wanted });
});

test.each([
  ['interval * 2', { interval: '' }],
  ['interval * 2', { interval: 'three' }],
  ['interval > 3 || force', {}],
  ['site.nothing == "x"', {}],
])('%s is missing while what it needs is empty', (expression, values) => {
  expect(value(expression, values as Values)).toEqual({ missing: true });
});

test.each([
  ['interval / 0', 'division by zero'],
  ['interval +', 'the expression ends too early'],
  ['mode + interval', 'no such overload: dyn<string> + dyn<int>'],
  ['package == "x"', '"package" is a word of the expression language; rename the field'],
])('%s is a problem in words', (expression, problem) => {
  expect(value(expression, { interval: '1', mode: 'fast' })).toEqual({ missing: true, problem });
});

test('an expression has no way out of its values', () => {
  for (const expression of [
    'constructor',
    'process',
    'globalThis',
    'mode.constructor',
    'site.__proto__',
    'site.toString',
  ]) {
    expect(value(expression, { mode: 'fast' }).value, expression).toBeUndefined();
  }
});

test('an expression beyond all measure is refused', () => {
  expect(value(Array(2000).fill('1').join(' + ')).problem).toMatch(/exceed|limit|max/i);
  expect(value(`${'('.repeat(200)}1${')'.repeat(200)}`).missing).toBe(true);
});

test.each([
  ['interval * fibrillate * 2', ['interval', 'fibrillate']],
  ['os == "linux" && site.x == "y" && given.force', ['force']],
  ['nodes.exists(n, n == mode)', ['nodes', 'mode']],
  ['nodes.all(x, x != "") || x', ['nodes', 'x']],
  ['size(nodes) > 1 ? interval : 3', ['nodes', 'interval']],
  ['{"a": mode}[mode] == [force][0]', ['mode', 'force']],
  ['+', []],
])('%s speaks of %o', (expression, names) => {
  expect(fieldsOf(expression)).toEqual(names);
});
