/** The fast-path jump's search. The index over all panels is made with the first question. */
import { buildSearchIndex, type SearchIndex, searchPanels } from '../panel/search.ts';
import type { AppContext } from './context.ts';

let index: SearchIndex | undefined;

/** Looks for panels and dispatches the hits. */
export async function answer(context: AppContext, query: string): Promise<void> {
  index ??= await buildSearchIndex(context.catalogue);
  const found = searchPanels(index, query, 200);
  // Every way begins at the root menu; that goes without saying.
  const root = context.catalogue.title('root') ?? '';
  const way = (text: string) =>
    text === root ? '' : text.startsWith(`${root} > `) ? text.slice(root.length + 3) : text;
  const hits = found.map(hit => ({ panel: hit.id, title: hit.title, way: way(hit.way) }));
  context.store.dispatch({ type: 'hits', query, hits });
}
