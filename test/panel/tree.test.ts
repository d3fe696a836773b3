import { expect, test } from 'vitest';
import { childrenOf, parentsOf, pathsTo, waysUp } from '../../src/panel/tree.ts';
import { panelsOf } from '../helpers/panels.ts';

const panels = panelsOf(`
panels:
  root: {menu: R, items: [a, b, {info: x}, {panel: a, text: again}]}
  a: {menu: A, items: [pick], aliases: [also_a]}
  b: {menu: B, items: [pick, view, also_a]}
  pick: {selector: P, field: {x: {label: X}}, next: {by: "k {{x}}", map: {one: view, two: change, three: view}}}
  view: {dialog: S, run: echo}
  change: {dialog: C, run: echo, aliases: [chg]}
  loop1: {menu: L, items: [loop2]}
  loop2: {menu: L, items: [loop1]}
  alone: {text: T, body: b, links: [view]}
`);

test('a menu leads to its items, a selector to its next panels, a text to nothing', () => {
  const byId = Object.fromEntries(panels.map(panel => [panel.id, panel]));
  expect(childrenOf(byId.root!)).toEqual(['a', 'b']);
  expect(childrenOf(byId.pick!)).toEqual(['view', 'change']);
  expect(childrenOf(byId.alone!)).toEqual([]);
});

test('every panel knows who leads to it, through aliases too', () => {
  const parents = parentsOf(panels);
  expect(parents.get('view')).toEqual(['b', 'pick']);
  expect(parents.get('a')).toEqual(['root', 'b']);
  expect(parents.get('root')).toBeUndefined();
});

test('the shortest way to a panel comes first', () => {
  expect(pathsTo('view', panels)).toEqual([
    ['root', 'b'],
    ['root', 'a', 'pick'],
    ['root', 'b', 'pick'],
    ['root', 'b', 'a', 'pick'],
  ]);
  expect(pathsTo('chg', panels)).toEqual(pathsTo('change', panels));
  expect(pathsTo('root', panels)).toEqual([[]]);
  expect(pathsTo('alone', panels)).toEqual([[]]);
});

test('a circle is cut and a thousand menus leading to one panel end', () => {
  expect(pathsTo('loop1', panels)).toEqual([['loop2']]);
  const ways = waysUp('x', id => (id.length > 60 ? [] : [`${id}a`, `${id}b`, `${id}c`]));
  expect(ways.length).toBeLessThanOrEqual(20);
});
