/** The grammar of noderange(3): what is taken, what is refused and where, and what a range means in words. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noderangeProblem, parseNoderange } from '../../src/validate/noderange.ts';
import { explainNoderange } from '../../src/validate/noderange-explain.ts';

/** A range, and what it means, line by line. The forms and most ranges are those of the manual page. */
const right: [text: string, ...meaning: string[]][] = [
  ['node01', 'node01'],
  ['node1,node2,node8,group1', 'node1', 'node2', 'node8', 'group1'],
  // Names of any form
  ['rack-a.example_1', 'rack-a.example_1'],
  ['compute', 'compute'],
  // Ranges with a dash, a colon, brackets
  ['node01-node10', 'node01 to node10 (10 names)'],
  ['node01:node10', 'node01 to node10 (10 names)'],
  ['node[01-10]', 'node01 to node10 (10 names)'],
  ['node[01:10]', 'node01 to node10 (10 names)'],
  ['node001-node200', 'node001 to node200 (200 names)'],
  ['group1-group3', 'group1 to group3 (3 names)'],
  ['f[1-3]n[1-20]', 'f1n1 to f3n20 (60 names)'],
  ['node[1,3,5-7]', 'node1 to node7 (5 names)'],
  ['node[5]', 'node5'],
  ['node5-node5', 'node5'],
  ['node[1-3]-ib', 'node1-ib to node3-ib (3 names)'],
  ['node-foo-001-node-foo-009', 'node-foo-001 to node-foo-009 (9 names)'],
  ['rack01unit01-rack01unit34', 'rack01unit01 to rack01unit34 (34 names)'],
  ['rack01unit34-rack04unit34', 'rack01unit34 to rack04unit34 (4 names)'],
  ['f1n1-f2n3', 'f1n1 to f2n3'],
  // A dash alone makes no range
  ['node-foo', 'node-foo'],
  ['node1-10', 'node1-10'],
  ['node01-ib', 'node01-ib'],
  // Increments and bare numbers
  ['node10+3', 'node10 and the next 3 (to node13)'],
  ['node098+3', 'node098 and the next 3 (to node101)'],
  ['rack01unit34+2', 'rack01unit34 and the next 2'],
  ['10-20', 'node10 to node20 (11 names)'],
  ['10:20', 'node10 to node20 (11 names)'],
  ['10+3', 'node10 and the next 3 (to node13)'],
  ['10-15,-13', 'node10 to node15 (6 names)', 'without node13 (13 alone means that)'],
  // Regular expressions
  ['/node[345].*', 'every name that the pattern node[345].* fits as a whole'],
  ['/n(1|2,3){1,2},x', 'every name that the pattern n(1|2,3){1,2} fits as a whole', 'x'],
  ['/n[],)@]1@rack1', 'every name that the pattern n[],)@]1 fits as a whole, of these only what is also in rack1'],
  ['/a\\,b\\)', 'every name that the pattern a\\,b\\) fits as a whole'],
  ['(/n.*)', '(every name that the pattern n.* fits as a whole)'],
  // Files and attributes
  ['^/tmp/nodes', 'what is listed in the file /tmp/nodes'],
  ['nodehm.cons==hmc', 'nodes whose nodehm.cons is hmc'],
  ['nodehm.cons=~hmc', 'nodes whose nodehm.cons fits the pattern hmc'],
  ['nodetype.os!=rhels7.9', 'nodes whose nodetype.os is not rhels7.9'],
  ['nodetype.os!~^(rhels|sles)[0-9,.]+$', 'nodes whose nodetype.os does not fit the pattern ^(rhels|sles)[0-9,.]+$'],
  ['nodehm.mgt==', 'nodes whose nodehm.mgt is empty'],
  // Left out, wherever it stands; in both; parentheses
  ['all,-node5-node10', 'all', 'without node5 to node10 (6 names)'],
  ['node1-node10,-node3-node5,node4', 'node1 to node10 (10 names)', 'node4', 'without node3 to node5 (3 names)'],
  ['n1-n8@rack2,-n3', 'n1 to n8 (8 names), of these only what is also in rack2', 'without n3'],
  ['group1@group2@group3', 'group1, of these only what is also in group2 and in group3'],
  ['(rack1,rack2)@compute', '(rack1 and rack2), of these only what is also in compute'],
  ['all,-(rack1@old,rack2,-n7)', 'all', 'without (rack1, of these only what is also in old and rack2, without n7)'],
  ['((a))', '((a))'],
  [
    'node01-node30,node40,^/tmp/nodes,/node[13].*,2-10,node50+5',
    'node01 to node30 (30 names)',
    'node40',
    'what is listed in the file /tmp/nodes',
    'every name that the pattern node[13].* fits as a whole',
    'node2 to node10 (9 names)',
    'node50 and the next 5 (to node55)',
  ],
];

test.each(right)('%s means %s', (text, ...meaning) => {
  expect(noderangeProblem(text)).toBeUndefined();
  expect(explainNoderange(text)).toEqual(meaning);
});

/** A text, and what is wrong with it. */
const wrong: [text: string, problem: string][] = [
  ['node1 node2', 'character 6: a blank; write commas between nodes, as in node1,node2'],
  ['knoten\u00e4', 'character 7: names of nodes have letters, digits and . _ - only, as in node01'],
  ['-node3,all', 'character 1: a command would take this - for an option; begin with what is taken, as in all,-node3'],
  ['a,,b', 'character 3: there is nothing beside the comma; write node1,node2'],
  [',a', 'character 1: there is nothing beside the comma; write node1,node2'],
  ['a,', 'character 3: there is nothing beside the comma; write node1,node2'],
  ['a,-', 'character 4: nothing is named after the -; write all,-node3'],
  ['a,--b', 'character 4: a second -, or a - after @; leave out in a term of its own, as in rack1@compute,-node3'],
  ['a@-b', 'character 3: a second -, or a - after @; leave out in a term of its own, as in rack1@compute,-node3'],
  ['@a', 'character 1: @ wants something on both sides, as in rack1@compute'],
  ['a@', 'character 3: @ wants something on both sides, as in rack1@compute'],
  ['a@@b', 'character 3: @ wants something on both sides, as in rack1@compute'],
  [
    'a,-^/tmp/x',
    'character 4: a file cannot be left out with -; write its names with - into another file, as in all,^/tmp/not',
  ],
  ['^nodes', 'character 1: after ^ comes the whole path of a file of node names; write ^/tmp/nodes'],
  ['a^b', 'character 2: a ^ stands before the path of a file only; write ^/tmp/nodes'],
  ['()', 'character 2: there is nothing in the parentheses; write (rack1,rack2)@compute'],
  ['(a,b', 'character 1: this ( is not closed; write (rack1,rack2)@compute'],
  ['a,b)', 'character 4: this ) closes nothing; write (rack1,rack2)@compute'],
  ['(a)b', 'character 4: after ) comes a comma, @ or the end, as in (rack1,rack2)@compute,node7'],
  ['a(b)', 'character 2: a ( may stand at the start of a term only; write node1,(rack1,rack2)@compute'],
  ['n[1-5', 'character 2: this [ is not closed; write node[1-5]'],
  ['n1-5]', 'character 5: this ] closes nothing; write node[1-5]'],
  ['[1-5]', 'character 1: a name comes before the [; write node[1-5]'],
  ['n[]', 'character 3: in brackets stand numbers, as in node[1-5] or node[1,3,5]'],
  ['n[1,a]', 'character 5: in brackets stand numbers, as in node[1-5] or node[1,3,5]'],
  ['x,n[1-]', 'character 5: in brackets stand numbers, as in node[1-5] or node[1,3,5]'],
  ['n[9-1]', 'character 3: the range counts down; write [1-9]'],
  ['n[1-3]+2', 'character 7: a + does not go together with brackets; write node10+3 or node[10-13]'],
  ['n[1-3]:n5', 'character 7: a : does not go together with brackets here; write node[01:10]'],
  ['node10-node01', 'character 7: the range counts down; write node01-node10'],
  ['20-10', 'character 3: the range counts down; write node10-node20'],
  ['node1:rack5', 'character 6: a : stands between two names that differ in their number; write node01:node10'],
  ['a:b:c', 'character 2: a : stands between two names that differ in their number; write node01:node10'],
  ['compute+3', 'character 8: a + stands between a name with a number and how many more; write node10+3'],
  ['node10+', 'character 7: a + stands between a name with a number and how many more; write node10+3'],
  ['node*', 'character 5: a * means nothing in a name; write a regular expression, as in /node.*'],
  ['node{1..3}', 'character 5: a range stands in brackets; write node[1-5]'],
  [
    'node\\[1-3\\]',
    'character 5: nothing needs to be escaped here, the command is quoted where it must be; write node[1-5]',
  ],
  ["'node1'", 'character 1: quotes are not needed here, the command is quoted where it must be; write node[1-5]'],
  ['a;b', 'character 2: ; is in no name of a node; write commas between nodes, as in node1,node2'],
  ['/', 'character 1: no regular expression follows the /; write /node.*'],
  ['/n.*/', 'character 5: a regular expression has a / before it only, and no name has one in it; write /node.*'],
  ['/*', 'character 2: there is nothing that * could repeat; write /node.*'],
  ['/n[12', 'character 3: this [ of the regular expression is not closed; write /node[12].*'],
  ['/n(1', 'character 3: this ( of the regular expression is not closed; write /node[12].*'],
  ['/n\\', 'character 3: nothing follows the \\; write /node\\.1'],
  ['nodetype.os=rhels7.9', 'character 12: values are compared with ==, !=, =~ or !~; write nodetype.os==rhels7.9'],
  ['os==rhels7.9', 'character 1: before == comes table.attribute; write nodetype.os==rhels7.9'],
  ['nodetype.os=~', 'character 14: no regular expression follows the =~; write nodetype.os=~^rhels'],
];

test.each(wrong)('%s is refused: %s', (text, problem) => {
  expect(noderangeProblem(text)).toBe(`is wrong at ${problem}`);
  expect(explainNoderange(text)).toEqual([]);
});

test('every example that a message gives is a right one', () => {
  for (const [, problem] of wrong) {
    const examples = /.*(?:; write| as in) (.*)$/.exec(problem)![1]!.split(/ or (?=node\[)/);
    for (const example of examples) {
      if (!/^[[=]/.test(example)) expect([example, noderangeProblem(example)]).toEqual([example, undefined]);
    }
  }
});

const name = fc.stringMatching(/^[a-z]{1,4}[0-9]{0,3}(-[a-z]{1,3})?$/);
const number = fc.integer({ min: 1, max: 400 });
const atom = fc.oneof(
  name,
  fc.tuple(name, number, fc.nat(50)).map(([text, first, more]) => `${text}x[${first}-${first + more}]`),
  fc.tuple(number, fc.nat(50)).map(([first, more]) => `n${first}-n${first + more}`),
  fc.tuple(number, number).map(([first, more]) => `n${first}+${more}`),
  fc.constantFrom('/node[1,2].*', '/(a|b)1', '^/tmp/nodes', 'nodehm.cons==hmc', 'nodetype.os=~^rhels'),
);
const range = fc.letrec<{ range: string; term: string; part: string }>(tie => ({
  part: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'part' },
    atom,
    tie('range').map(text => `(${text})`),
  ),
  term: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map(parts => parts.join('@')),
  range: fc
    .tuple(tie('term'), fc.array(fc.tuple(fc.boolean(), tie('term')), { maxLength: 4 }))
    .map(([first, rest]) =>
      [first, ...rest.map(([out, term]) => (out && !term.startsWith('^') ? `-${term}` : term))].join(','),
    ),
})).range;

test('whatever is built by the grammar is taken, and each of its terms has a line', () => {
  fc.assert(
    fc.property(range, text => {
      const read = parseNoderange(text);
      expect('message' in read ? `${text}: ${read.message}` : '').toBe('');
      if ('terms' in read) expect(explainNoderange(text)).toHaveLength(read.terms.length);
    }),
    { numRuns: 500 },
  );
});

test('the number of names is that of the names there are', () => {
  const bounds = fc.tuple(fc.nat(120), fc.nat(30)).map(([first, more]) => [first, first + more] as const);
  fc.assert(
    fc.property(bounds, bounds, ([a, b], [c, d]) => {
      const names = new Set<string>();
      for (let i = a; i <= b; i++) for (let j = c; j <= d; j++) names.add(`f${i}n${j}`);
      const words = explainNoderange(`f[${a}-${b}]n[${c}:${d}]`);
      expect(words).toEqual([names.size === 1 ? `f${a}n${c}` : `f${a}n${c} to f${b}n${d} (${names.size} names)`]);
    }),
  );
});

test('noise is refused at a place that is there, or taken, and never more than that', () => {
  const noise = fc.oneof(fc.string(), fc.stringMatching(/^[an1,@()[\]/^+:\\.=~!-]{0,20}$/));
  fc.assert(
    fc.property(noise, text => {
      const read = parseNoderange(text);
      if (!('message' in read)) return;
      expect(read.at).toBeGreaterThanOrEqual(0);
      expect(read.at).toBeLessThanOrEqual(text.length);
      expect(read.message).toMatch(/write |as in /);
    }),
    { numRuns: 2000 },
  );
});

test('a very long range is read in no time', () => {
  const begun = performance.now();
  expect(noderangeProblem(Array.from({ length: 5000 }, (_, at) => `node${at}`).join(','))).toBeUndefined();
  expect(noderangeProblem(`${'('.repeat(2000)}a${')'.repeat(2000)}`)).toBeUndefined();
  expect(noderangeProblem(`${'node-'.repeat(4000)}1`)).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(1000);
});
