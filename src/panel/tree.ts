/** Who leads to whom: the tree of menus that the panels make, asked from below (which way leads here?). */
import type { FastPath, Panel } from './types.ts';

/** Panels one reaches by choosing an item or by going on from a selector, in order, each once. Links of text pages are not ways of the tree. */
export function childrenOf(panel: Panel): FastPath[] {
  if (panel.kind === 'menu') return [...new Set(panel.items.flatMap(item => (item.panel ? [item.panel] : [])))];
  if (panel.kind === 'selector')
    return [...new Set(typeof panel.next === 'string' ? [panel.next] : Object.values(panel.next.map))];
  return [];
}

/** A panel's title and what stands for it: its id and aliases. */
export function namesOf(panel: Panel): FastPath[] {
  return [panel.id, ...(panel.aliases ?? [])];
}

/** Maps every id and alias to the id it stands for. */
export function aliasMap(panels: Iterable<Panel>): Map<FastPath, FastPath> {
  const ids = new Map<FastPath, FastPath>();
  const list = [...panels];
  for (const panel of list) for (const alias of panel.aliases ?? []) if (!ids.has(alias)) ids.set(alias, panel.id);
  for (const panel of list) ids.set(panel.id, panel.id);
  return ids;
}

/** For every panel that something leads to: the menus and selectors that do, in the order of `panels`. */
export function parentsOf(panels: Iterable<Panel>): Map<FastPath, FastPath[]> {
  const list = [...panels];
  const ids = aliasMap(list);
  const parents = new Map<FastPath, FastPath[]>();
  for (const panel of list) {
    for (const child of childrenOf(panel)) {
      const id = ids.get(child) ?? child;
      const known = parents.get(id);
      if (!known) parents.set(id, [panel.id]);
      else if (!known.includes(panel.id)) known.push(panel.id);
    }
  }
  return parents;
}

/** How many ways `waysUp` follows before it has seen enough; a panel on more menus than that is found anyway. */
const mostWays = 20;

/**
 * The ways from the top to a panel, shortest first, each a list of fast paths that begins with a panel nobody leads to and ends above `id`.
 * A panel that nothing leads to has one empty way. Circles are cut.
 * @param parents gives the panels that lead to one (from `parentsOf` or the catalogue's index)
 */
export function waysUp(id: FastPath, parents: (id: FastPath) => FastPath[]): FastPath[][] {
  const ways: FastPath[][] = [];
  let open: FastPath[][] = [[id]];
  while (open.length > 0 && ways.length < mostWays) {
    const longer: FastPath[][] = [];
    for (const way of open) {
      const above = parents(way[0]!).filter(parent => !way.includes(parent));
      if (above.length === 0) ways.push(way.slice(0, -1));
      else for (const parent of above) longer.push([parent, ...way]);
    }
    open = longer.slice(0, mostWays * 4);
  }
  return ways.slice(0, mostWays);
}

/** All ways to a panel among `panels`, shortest first (see `waysUp`). */
export function pathsTo(id: FastPath, panels: Iterable<Panel>): FastPath[][] {
  const list = [...panels];
  const parents = parentsOf(list);
  const ids = aliasMap(list);
  return waysUp(ids.get(id) ?? id, panel => parents.get(panel) ?? []);
}
