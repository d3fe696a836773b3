import { expect, test } from 'vitest';
import { buildSearchIndex, type Searched, searchPanels } from '../../src/panel/search.ts';
import { parentsOf, waysUp } from '../../src/panel/tree.ts';
import type { DialogPanel, Panel } from '../../src/panel/types.ts';
import { panelsOf } from '../helpers/panels.ts';

const panels = panelsOf(`
panels:
  root: {menu: System Management, items: [mnode, hacmp]}
  mnode: {menu: Management Node, items: [mnode_vip_add, mnode_fs_umount]}
  hacmp: {menu: HACMP for AIX, items: [cm_run_time.select], aliases: [sysmirror]}
  cm_run_time.select: {selector: Change/Show Run Time Parameters, field: {node: {label: Node Name}}, next: cm_run_time.dialog}
  cm_run_time.dialog: {dialog: Change/Show Run Time Parameters, needs: [node], run: "clchparam -n {{node}}"}
  mnode_vip_add:
    dialog: Configure a Virtual IP Address
    help: Adds an address to an interface of this host.
    fields: {prefix: {label: Prefix length, help: The mask as a number of bits}}
    run: ip addr add {{prefix}}
    notes: [Gone after a reboot.]
  mnode_fs_umount: {dialog: Unmount a File System, run: umount /x}
  mnode_hosts: {dialog: Hosts, edits: [{ensure_line: {file: /etc/hosts, line: x}}]}
  facts: {text: Reasons for a TOC, body: The safety timer expired.}
`);

function searched(all: Panel[]): Searched {
  const parents = parentsOf(all);
  const titles = new Map(all.map(panel => [panel.id, panel.title]));
  return {
    panels: () => all,
    title: id => titles.get(id),
    waysTo: id => waysUp(id, panel => parents.get(panel) ?? []),
  };
}

const index = await buildSearchIndex(searched(panels));

test.each([
  ['mnode_vip_add', 'mnode_vip_add', 'id'],
  ['hacmp', 'hacmp', 'id'],
  ['SYSMIRROR', 'hacmp', 'alias'],
  ['cm_run', 'cm_run_time.dialog', 'id'],
  ['virtual ip', 'mnode_vip_add', 'title'],
  ['vipadd', 'mnode_vip_add', 'id'],
  ['unmount', 'mnode_fs_umount', 'title'],
  ['prefix length', 'mnode_vip_add', 'label'],
  ['clchparam', 'cm_run_time.dialog', 'command'],
  ['/etc/hosts', 'mnode_hosts', 'command'],
  ['reboot', 'mnode_vip_add', 'help'],
  ['number of bits', 'mnode_vip_add', 'help'],
  ['safety timer', 'facts', 'help'],
])('%s finds %s by its %s', (question, id, matched) => {
  const hit = searchPanels(index, question)[0];
  expect(hit).toMatchObject({ id, matched });
});

test('the exact name comes first, then names that begin with the question', () => {
  expect(
    searchPanels(index, 'mnode')
      .map(hit => hit.id)
      .slice(0, 2),
  ).toEqual(['mnode', 'mnode_hosts']);
});

test('a hit tells the way of menus and which characters matched', () => {
  const [hit] = searchPanels(index, 'clchparam');
  expect(hit).toMatchObject({
    kind: 'dialog',
    title: 'Change/Show Run Time Parameters',
    way: 'System Management > HACMP for AIX > Change/Show Run Time Parameters',
    path: ['root', 'hacmp', 'cm_run_time.select'],
    text: 'clchparam -n {{node}}',
  });
  expect(hit!.indexes.map(at => hit!.text[at]).join('')).toBe('clchparam');
  expect(searchPanels(index, 'toc')[0]).toMatchObject({ id: 'facts', way: '' });
});

test('each panel is found once, and no more than asked for', () => {
  const ids = searchPanels(index, 'a').map(hit => hit.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(searchPanels(index, 'mnode', 2)).toHaveLength(2);
});

test('nothing and nonsense find nothing', () => {
  for (const question of ['', '   ', 'qqqxzzy', '\0', '💥'.repeat(50)])
    expect(searchPanels(index, question)).toEqual([]);
});

test('an answer over 3,000 panels takes milliseconds', async () => {
  const template = panels.find(panel => panel.id === 'mnode_vip_add') as DialogPanel;
  const many = Array.from({ length: 3000 }, (_, i) => ({
    ...template,
    id: `panel_${i}`,
    title: `${template.title} ${i}`,
  }));
  const large = await buildSearchIndex(searched([...panels, ...many]));
  const questions = ['panel_2', 'virtual', 'reboot', 'clch', 'p', 'ip addr add', 'nothing like it', 'prefix'];
  for (const question of questions) searchPanels(large, question);
  const times = questions.map(question => {
    const start = performance.now();
    searchPanels(large, question);
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  // Mostly 2 to 5 ms; the bound leaves room for a machine that does other things.
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(30);
});
