import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRows } from '../../src/formats/rows.ts';
import type { Format, FormatName } from '../../src/panel/types.ts';

/** Records as plain objects, to compare with. */
function rows(text: string, format: Format) {
  const { records, ...others } = parseRows(text, format);
  return { records: records.map(record => ({ ...record })), ...others };
}

test("SMIT's lists have a heading and continuation lines that begin with #", () => {
  const text = '#Node  State\nnode1  up\n# since Monday\n# and still\nnode2  down\n\n';
  expect(rows(text, { format: 'lines' })).toEqual({
    heading: ['Node  State'],
    records: [
      { line: 'node1  up', '1': 'node1', '2': 'up', more: ' since Monday\n and still' },
      { line: 'node2  down', '1': 'node2', '2': 'down' },
    ],
  });
});

test('a list without a heading has none, and headings can be counted', () => {
  expect(rows('a\nb', { format: 'lines' })).toEqual({
    records: [
      { line: 'a', '1': 'a' },
      { line: 'b', '1': 'b' },
    ],
  });
  expect(rows('Title\na', { format: 'lines', heading: 1 })).toEqual({
    heading: ['Title'],
    records: [{ line: 'a', '1': 'a' }],
  });
});

test('tables are split at blanks and their columns named by the heading', () => {
  const text = 'Filesystem Size Used\n/dev/sda1    10G   3G\n/dev/sdb1    20G   4G\n';
  const { records, heading } = rows(text, { format: 'table', heading: 1 });
  expect(heading).toEqual(['Filesystem Size Used']);
  expect(records[1]).toEqual({
    line: '/dev/sdb1    20G   4G',
    '1': '/dev/sdb1',
    '2': '20G',
    '3': '4G',
    Filesystem: '/dev/sdb1',
    Size: '20G',
    Used: '4G',
  });
});

test('colon lists keep empty columns and take other separators', () => {
  expect(rows('root:x:0::/root:/bin/sh\n', { format: 'colon' }).records[0]).toMatchObject({
    '1': 'root',
    '4': '',
    '6': '/bin/sh',
  });
  expect(rows('a|b', { format: 'colon', separator: '|' }).records[0]).toMatchObject({ '1': 'a', '2': 'b' });
  expect(rows('#node:state\nn1:up', { format: 'colon', heading: 1 }).records[0]).toMatchObject({
    node: 'n1',
    state: 'up',
  });
});

test('a colon within a colon list is an escape in the smit format only', () => {
  expect(rows('a#!:b', { format: 'colon' }).records[0]).toMatchObject({ '1': 'a#!', '2': 'b' });
});

test('pairs make one record, with = or : and without quotes', () => {
  const text =
    '# comment\nNAME="Debian GNU/Linux"\nurl=http://x\nState: running now\n  Id=7\nnothing here\nNAME=second\n';
  expect(rows(text, { format: 'pairs' }).records).toEqual([
    expect.objectContaining({ NAME: 'second', url: 'http://x', State: 'running now', Id: '7' }),
  ]);
  expect(rows('a => b', { format: 'pairs', separator: '=>' }).records[0]).toMatchObject({ a: 'b' });
  expect(rows('nothing', { format: 'pairs' })).toEqual({ records: [] });
});

test('odmget stanzas become records', () => {
  const text = `
HACMPnode:
\tname = "sp2n05"
\tobject = "VERBOSE_LOGGING"
\tvalue = "high"
\tnode_id = 1
\tversion = 2

* a comment
# another
HACMPnode:
\tname = "sp2n06"
\tvalue = ""
`;
  expect(rows(text, { format: 'stanza' })).toEqual({
    records: [
      {
        line: 'HACMPnode',
        '1': 'HACMPnode',
        name: 'sp2n05',
        object: 'VERBOSE_LOGGING',
        value: 'high',
        node_id: '1',
        version: '2',
      },
      { line: 'HACMPnode', '1': 'HACMPnode', name: 'sp2n06', value: '' },
    ],
  });
});

test('attribute files and lsdef -z are stanzas too', () => {
  const security = 'default:\n\tadmin = false\n\thosts = *\n\tumask = 22   * octal\n\nroot:\n\tadmin = true\n';
  expect(rows(security, { format: 'stanza' }).records).toMatchObject([
    { '1': 'default', admin: 'false', hosts: '*', umask: '22' },
    { '1': 'root', admin: 'true' },
  ]);
  const lsdef = '# <xCAT data object stanza file>\n\nnode1:\n    objtype=node\n    groups=all,compute\n    os=\n';
  expect(rows(lsdef, { format: 'stanza' }).records).toMatchObject([
    { '1': 'node1', objtype: 'node', groups: 'all,compute', os: '' },
  ]);
});

test('quoted stanza values hold quotes, line ends and go on over lines', () => {
  const text = 'x:\n\ta = "say \\"hi\\"\\nbye"\n\tb = "one \\\ntwo"\n\tc = "first\nsecond"\n\td = "back\\\\slash"\n';
  expect(rows(text, { format: 'stanza' }).records[0]).toMatchObject({
    a: 'say "hi"\nbye',
    b: 'one two',
    c: 'first\nsecond',
    d: 'back\\slash',
  });
});

test('a message between stanzas is neither a stanza nor an attribute', () => {
  const { records, problem } = rows('x:\n\ta = 1\nodmget: it went wrong:\nthe value = 3\n\tb = 2\n', {
    format: 'stanza',
  });
  expect(records).toEqual([{ line: 'x', '1': 'x', a: '1', b: '2' }]);
  expect(problem).toBe('line 3 is no attribute: odmget: it went wrong:');
});

test('a quote that is never closed costs one value, not the rest', () => {
  const { records, problem } = rows('x:\n\ta = "open\n\tb = 2\ny:\n\tc = 3\n', { format: 'stanza' });
  expect(records).toMatchObject([
    { '1': 'x', a: 'open', b: '2' },
    { '1': 'y', c: '3' },
  ]);
  expect(problem).toBe('line 2: a quote is opened and not closed');
});

test('lines that belong to no stanza are told of', () => {
  expect(rows('odmget: 0514-201 Could not open\n', { format: 'stanza' })).toEqual({
    records: [],
    problem: 'line 1 belongs to no stanza: odmget: 0514-201 Could not open',
  });
});

test("SMIT's discover format names its values and escapes colons", () => {
  const text = '#name:addr:empty:text\nnode1:fe80#!:#!:1::a b\n';
  expect(rows(text, { format: 'smit' })).toEqual({
    records: [
      {
        line: 'node1:fe80#!:#!:1::a b',
        '1': 'node1',
        '2': 'fe80::1',
        '3': '',
        '4': 'a b',
        name: 'node1',
        addr: 'fe80::1',
        empty: '',
        text: 'a b',
      },
    ],
  });
  expect(rows('#a:b\n1', { format: 'smit' }).records).toMatchObject([{ a: '1', b: '' }]);
  expect(rows('#a\n1\n#b\n2', { format: 'smit' }).records).toMatchObject([{ a: '1' }, { b: '2' }]);
  expect(rows('oops', { format: 'smit' }).problem).toBe(
    'the first line does not begin with # and the names of the values',
  );
});

test('JSON becomes records, with dots for what lies deeper', () => {
  const text = JSON.stringify([{ ifname: 'eth0', mtu: 1500, up: true, none: null, addr: [{ local: '192.0.2.1' }] }]);
  expect(rows(text, { format: 'json' }).records).toEqual([
    expect.objectContaining({
      ifname: 'eth0',
      mtu: '1500',
      up: 'true',
      none: '',
      addr: '[{"local":"192.0.2.1"}]',
      'addr.0.local': '192.0.2.1',
    }),
  ]);
  expect(rows('{"result":{"nodes":["a","b"]}}', { format: 'json', at: 'result.nodes' }).records).toEqual([
    { line: 'a', '1': 'a' },
    { line: 'b', '1': 'b' },
  ]);
  expect(rows('{"a":1}', { format: 'json' }).records).toMatchObject([{ a: '1' }]);
  expect(rows('', { format: 'json' })).toEqual({ records: [] });
});

test('JSON that is none, or lacks the way, is a problem in words', () => {
  expect(rows('Error: no', { format: 'json' })).toEqual({ records: [], problem: 'the output is not JSON' });
  expect(rows('{"a":1}', { format: 'json', at: 'b.c' })).toEqual({ records: [], problem: 'the output has no "b.c"' });
  expect(rows('{}', { format: 'json', at: 'constructor' }).problem).toBe('the output has no "constructor"');
});

test('a pattern takes its groups from the lines it matches', () => {
  const text = '1: lo: <LOOPBACK,UP> mtu 1\nnoise\n2: eth0@if3: <UP> mtu 2\n';
  const format: Format = { format: 'pattern', pattern: '^\\d+: (?<name>[^:@]+)(@\\S+)?: <(?<flags>[^>]*)>' };
  expect(rows(text, format).records).toEqual([
    { line: '1: lo: <LOOPBACK,UP> mtu 1', '1': 'lo', '2': '', '3': 'LOOPBACK,UP', name: 'lo', flags: 'LOOPBACK,UP' },
    { line: '2: eth0@if3: <UP> mtu 2', '1': 'eth0', '2': '@if3', '3': 'UP', name: 'eth0', flags: 'UP' },
  ]);
  expect(rows('a', { format: 'pattern', pattern: '(' }).problem).toMatch(
    /^the pattern of the list is no regular expression/,
  );
});

test('a strict pattern tells of the first line it does not match, and takes a heading without groups for none', () => {
  const format: Format = {
    format: 'pattern',
    strict: true,
    pattern: '^(?:Name +State|(?<name>\\w+) (?<state>up|down))$',
  };
  expect(rows('Name   State\na up\n\nb down\n', format)).toEqual({
    records: [
      expect.objectContaining({ name: 'a', state: 'up' }),
      expect.objectContaining({ name: 'b', state: 'down' }),
    ],
  });
  const { records, problem } = rows(`a up\nb sideways\n${'c'.repeat(9000)} up\nd up\n`, format);
  expect(records).toMatchObject([{ name: 'a' }, { name: 'd' }]);
  expect(problem).toBe('line 2 is not as it should be: b sideways');
});

test('a line with other columns than the format says is no record and told of', () => {
  const colon = (columns: string) => rows('a:b\na:b:c\n\n::\na\n', { format: 'colon', columns });
  expect(colon('1-3').problem).toBeUndefined();
  expect(colon('2-3')).toEqual({
    records: [
      { line: 'a:b', 1: 'a', 2: 'b' },
      { line: 'a:b:c', 1: 'a', 2: 'b', 3: 'c' },
      { line: '::', 1: '', 2: '', 3: '' },
    ],
    problem: 'line 5 has 1 column, 2 to 3 are right: a',
  });
  expect(colon('3').problem).toBe('line 1 has 2 columns, 3 are right: a:b');
  expect(colon('1').problem).toBe('line 1 has 2 columns, 1 is right: a:b');
  const table = rows('List\nname  size\na 1\nb\n', { format: 'table', heading: 2, columns: 'heading' });
  expect(table.records).toMatchObject([{ name: 'a', size: '1' }]);
  expect(table.problem).toBe('line 4 has 1 column, 2 are right: b');
});

test('a line without end does not hold a pattern that backtracks', () => {
  const start = performance.now();
  expect(rows(`${'a'.repeat(1_000_000)}b`, { format: 'pattern', pattern: '^(?<x>(a+)+)$' }).records).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('line ends of any kind are line ends', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    expect(rows(['a', 'b', ''].join(end), { format: 'lines' }).records.map(row => row.line)).toEqual(['a', 'b']);
  }
});

test('keys from the output never meet the prototype of an object', () => {
  for (const text of ['__proto__=x\nconstructor=y', '{"__proto__": {"a": 1}, "constructor": 2}']) {
    const format: Format = { format: text.startsWith('{') ? 'json' : 'pairs' };
    const [row] = parseRows(text, format).records;
    expect(Object.getPrototypeOf(row)).toBe(null);
    expect(row!.constructor).toMatch(/^[y2]$/);
  }
  expect(({} as Record<string, unknown>).a).toBeUndefined();
});

const formats: FormatName[] = ['lines', 'table', 'colon', 'pairs', 'stanza', 'smit', 'json', 'pattern'];

test('damaged output of any kind gives records of texts and never throws', () => {
  const piece = fc.constantFrom(
    '#',
    ':',
    '#!:',
    '=',
    '"',
    '\\',
    '\n',
    '\t',
    ' ',
    'x',
    'name',
    '{',
    '}',
    '[',
    ']',
    ',',
    '*',
    '\0',
    '\r',
    'é',
    '\ud800',
    '1',
  );
  const output = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map(parts => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  const format = fc.record({
    format: fc.constantFrom(...formats),
    separator: fc.option(fc.constantFrom(':', '|', ''), { nil: undefined }),
    heading: fc.option(fc.nat(3), { nil: undefined }),
    pattern: fc.option(fc.constantFrom('(?<a>.*)', '(', '^x(?<b>y)?'), { nil: undefined }),
    at: fc.option(fc.constantFrom('a', 'a.b', ''), { nil: undefined }),
    columns: fc.option(fc.constantFrom('1', '2-3', 'heading', '-', 'x'), { nil: undefined }),
    strict: fc.option(fc.boolean(), { nil: undefined }),
  });
  fc.assert(
    fc.property(output, format, (text, how) => {
      for (const row of parseRows(text, how).records) {
        expect(typeof row.line).toBe('string');
        expect(Object.values(row).every(value => typeof value === 'string')).toBe(true);
      }
    }),
    { numRuns: 5000 },
  );
});

test('a hundred thousand lines are read in a moment', () => {
  const text = Array.from({ length: 100_000 }, (_, i) => `node${i}:up:10.0.0.${i % 256}`).join('\n');
  const start = performance.now();
  expect(parseRows(text, { format: 'colon' }).records).toHaveLength(100_000);
  expect(performance.now() - start).toBeLessThan(3000);
});
