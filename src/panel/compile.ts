/**
 * Panels made into two texts that a start can read fast: an index, read whole, and the panels themselves one after the other, of which
 * only those that are opened are read.
 */
import { aliasMap, parentsOf } from './tree.ts';
import type { Complaint, FastPath, Panel, PanelKind, Source } from './types.ts';

/** Bumped when the shape of the index changes: an older file is then read anew from its sources. */
export const indexVersion = 1;

/** Kind, title, product, offset and length in the data (in bytes), and the menus and selectors that lead to the panel. */
export type PanelEntry = [
  kind: PanelKind,
  title: string,
  product: string,
  offset: number,
  length: number,
  parents: FastPath[],
];

export interface MenuIndex {
  version: number;
  /** Names the compilation; the data begins with the same word. */
  build: string;
  panels: Record<FastPath, PanelEntry>;
  aliases: Record<FastPath, FastPath>;
  /** Offset and length in the data. */
  sources: Record<string, [offset: number, length: number]>;
  /** Panels of another compilation to which other ways lead now (a user's items in a shipped menu). */
  parents?: Record<FastPath, FastPath[]>;
  complaints?: Complaint[];
  /** What the compilation was made from, for a cache. */
  key?: string;
}

export interface CompileOptions {
  /** See `MenuIndex.build`. */
  build?: string;
  /** All panels there are, when `panels` are only a part of them: the ways to a panel may come from elsewhere. */
  all?: Panel[];
  /** Further keys of the index. */
  extra?: Partial<Pick<MenuIndex, 'parents' | 'complaints' | 'key'>>;
}

/** Compiles panels and sources. Offsets count bytes of the data in UTF-8. */
export function compileMenus(
  panels: Panel[],
  sources: Source[],
  options: CompileOptions = {},
): { index: string; data: string } {
  const build = options.build ?? 'unnamed';
  const parents = parentsOf(options.all ?? panels);
  const index: MenuIndex = { version: indexVersion, build, panels: {}, aliases: {}, sources: {}, ...options.extra };
  const pieces = [`${build}\n`];
  let offset = Buffer.byteLength(pieces[0]!);
  const add = (entry: Panel | Source): [number, number] => {
    const text = JSON.stringify(entry);
    const length = Buffer.byteLength(text);
    pieces.push(text, '\n');
    offset += length + 1;
    return [offset - length - 1, length];
  };
  for (const panel of panels)
    index.panels[panel.id] = [panel.kind, panel.title, panel.product, ...add(panel), parents.get(panel.id) ?? []];
  for (const source of sources) index.sources[source.id] = add(source);
  for (const [alias, id] of aliasMap(panels)) if (alias !== id) index.aliases[alias] = id;
  return { index: JSON.stringify(index), data: pieces.join('') };
}
