/** The fast-path jump's search. The index over all panels is made with the first question. */
import { buildSearchIndex, type Hit, type SearchIndex, searchPanels } from '../panel/search.ts';
import type { AppContext } from './context.ts';

let index: SearchIndex | undefined;

/** Looks for panels and dispatches the hits. */
export async function answer(context: AppContext, query: string): Promise<void> {
  index ??= await buildSearchIndex(context.catalogue);
  const found = searchPanels(index, query, 200);
  const hits = found.map(hit => ({ panel: hit.id, title: hit.title, way: wayTo(context, hit) }));
  context.store.dispatch({ type: 'hits', query, hits });
}

/** How one gets there: the menus on the way, or why there is none. Every way begins at the root menu, which goes without saying. */
function wayTo({ catalogue, world }: AppContext, hit: Hit): string {
  const denied = world.denied(hit.id);
  if (denied) return denied;
  const panel = world.panel(hit.id);
  const needs = panel && panel.kind !== 'menu' && panel.kind !== 'text' ? (panel.needs ?? []) : [];
  if (needs.length > 0)
    return `asks first: ${catalogue.title(catalogue.reachedFrom(hit.id) ?? '') ?? needs.join(', ')}`;
  const titles = hit.path.slice(1).map(id => catalogue.title(id) ?? id);
  return hit.path.length === 0 && hit.id !== 'root' ? 'in no menu' : titles.join(' > ');
}
