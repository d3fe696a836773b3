import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { formatComplaint } from '../../src/panel/complaint.ts';
import { loadShipped } from '../../src/panel/load.ts';
import { findPanelFiles } from '../../src/panel/user-files.ts';

test('nothing is wrong with the shipped panels, not even a little', () => {
  const root = join(import.meta.dirname, '../..');
  const { files, complaints } = findPanelFiles(join(root, 'menus'), { uid: -1, product: 'hasmit', required: true });
  const loaded = loadShipped(files, path => relative(root, path));
  expect([...complaints, ...loaded.complaints].map(formatComplaint)).toEqual([]);
  expect(loaded.panels.length).toBeGreaterThan(50);
  expect(loaded.panels.filter(panel => panel.id === 'root')).toHaveLength(1);
});
