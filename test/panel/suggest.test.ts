import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/panel/suggest.ts';

const ids = ['mnode_vip_add', 'mnode_vip_del', 'mnode_fs_mount', 'hacmp', 'cm_run_time.select', 'clstart', 'clstop'];

test.each([
  ['mnode_vip_ad', 'mnode_vip_add'],
  ['mnode_vip_dad', 'mnode_vip_add'],
  ['HACMP', 'hacmp'],
  ['hcamp', 'hacmp'],
  ['cm_run_time', 'cm_run_time.select'],
  ['run_time', 'cm_run_time.select'],
  ['clstrat', 'clstart'],
  ['clstp', 'clstop'],
])('%s is nearest to %s', (word, wanted) => {
  expect(nearest(word, ids)[0]).toBe(wanted);
});

test('at most three are named, the best first', () => {
  const many = ['node_4', 'node_11', 'node_12', 'node', 'other'];
  expect(nearest('node_1', many)).toEqual(['node_11', 'node_12', 'node_4']);
  expect(nearest('node_1', many, 1)).toEqual(['node_11']);
});

test('what resembles nothing gets no proposal', () => {
  for (const word of ['', 'z', 'zzzzzz', 'completely other']) expect(nearest(word, ids)).toEqual([]);
  expect(didYouMean('zzzzzz', ids)).toBe('');
});

test('proposals are one phrase', () => {
  expect(didYouMean('clstp', ids)).toBe('; did you mean "clstop"?');
  expect(didYouMean('clst', ids, 3)).toBe('; did you mean "clstart" or "clstop"?');
});
