import { expect, test } from 'vitest';
import { holes, parseTemplate } from '../../src/panel/template.ts';

const parse = (source: string) => {
  const result = parseTemplate(source);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.template;
};

test.each([
  ['{{node}}', { field: 'node', form: 'word' }],
  ['{{ node }}', { field: 'node', form: 'word' }],
  ['{{-n node}}', { field: 'node', form: 'word', flag: '-n' }],
  ['{{dev interface}}', { field: 'interface', form: 'word', flag: 'dev' }],
  ['{{-n=node}}', { field: 'node', form: 'word', flag: '-n', glued: true }],
  ['{{--name=node}}', { field: 'node', form: 'word', flag: '--name', glued: true }],
  ['{{size==x}}', { field: 'x', form: 'word', flag: 'size=', glued: true }],
  ['{{nodes*}}', { field: 'nodes', form: 'many' }],
  ['{{-n nodes*}}', { field: 'nodes', form: 'many', flag: '-n' }],
  ['{{nodes,}}', { field: 'nodes', form: 'joined', joiner: ',' }],
  ['{{nodes:}}', { field: 'nodes', form: 'joined', joiner: ':' }],
  ['{{nodes+}}', { field: 'nodes', form: 'joined', joiner: ' ' }],
  ['{{NODES==nodes+}}', { field: 'nodes', form: 'joined', joiner: ' ', flag: 'NODES=', glued: true }],
  ['{{-n=nodes,}}', { field: 'nodes', form: 'joined', joiner: ',', flag: '-n', glued: true }],
  ['{{-f if force}}', { field: 'force', form: 'literal', literal: '-f' }],
  ['{{-o ro,noexec if safe}}', { field: 'safe', form: 'literal', literal: '-o ro,noexec' }],
])('%s is read as a hole', (source, hole) => {
  expect(holes(parse(source))).toEqual([{ ...hole, start: 0, end: source.length }]);
});

test('parts in order make up the source', () => {
  const template = parse("a {{x}}{{y}}G | awk '{if(1){print}}' {{-f if z}}");
  const rebuilt = template.parts.map(p => (typeof p === 'string' ? p : template.source.slice(p.start, p.end)));
  expect(rebuilt.join('')).toBe(template.source);
  expect(holes(template).map(h => h.field)).toEqual(['x', 'y', 'z']);
});

test('a template without a hole is one part, an empty one has none', () => {
  expect(parse('uptime').parts).toEqual(['uptime']);
  expect(parse('').parts).toEqual([]);
});

test.each([
  ['ls {{node', 3, 'not closed'],
  ['ls {{node {{x}}', 3, 'not closed'],
  ['ls {{no\nde}}', 3, 'not closed'],
  ['ls {{}}', 3, 'names no field'],
  ['ls {{  }}', 3, 'names no field'],
  ['ls {{-n=}}', 3, 'names no field'],
  ['ls {{*}}', 3, 'names no field'],
  ['ls {{=x}}', 3, 'nothing before "="'],
  ['ls {{if x}}', 3, 'nothing before "if"'],
  ['ls {{a b c}}', 3, 'not a form'],
  ['ls {{-n}}', 3, 'as in {{-n x}}'],
  ['ls {{9x}}', 3, "not a field's name"],
  ['ls {{$(id) x}}', 3, 'not a plain word'],
  ["ls {{-o 'a b' if x}}", 3, 'not a plain word'],
])('%j is refused at its place', (source, offset, words) => {
  const result = parseTemplate(source);
  const problems = 'problems' in result ? result.problems : [];
  expect(problems[0]?.offset).toBe(offset);
  expect(
    problems
      .map(p => p.message)
      .join('\n')
      .toLowerCase(),
  ).toContain(words.toLowerCase());
});

test('every problem of a template is told, not only the first', () => {
  const result = parseTemplate('a {{}} b {{x}} c {{1}}');
  expect('problems' in result && result.problems.map(p => p.offset)).toEqual([2, 17]);
});
