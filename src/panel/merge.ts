/** Panels of several directories made one set: a later directory replaces by id, within one directory an id stands once. */
import type { Places } from './places.ts';
import type { MenuAddition, ReadFile } from './read.ts';
import { didYouMean } from './suggest.ts';
import { aliasMap } from './tree.ts';
import type { Complaint, MenuPanel, Panel, Place, Source } from './types.ts';

export interface Merged {
  panels: Panel[];
  sources: Source[];
  complaints: Complaint[];
  broken: Set<string>;
  places: Places;
}

/**
 * Merges the files of several directories over a base (the shipped panels).
 * @param layers one list of files for each directory, the later ones winning
 */
export function mergeLayers(base: { panels: Panel[]; sources: Source[] }, layers: ReadFile[][]): Merged {
  const complaints: Complaint[] = [];
  const panels = new Map(base.panels.map(panel => [panel.id, panel]));
  const sources = new Map(base.sources.map(source => [source.id, source]));
  const broken = new Set<string>();
  const places: Places = new Map();
  for (const files of layers) {
    const own = { panels: new Map<string, Panel>(), sources: new Map<string, Source>() };
    for (const file of files) {
      complaints.push(...file.complaints);
      for (const id of file.broken) broken.add(id);
      for (const [owner, locate] of file.places) places.set(owner, locate);
      takeOnce(own.panels, file.panels, 'panel', complaints);
      takeOnce(own.sources, file.sources, 'source', complaints);
    }
    const taken = new Set([...panels.keys(), ...aliasMap(own.panels.values()).keys()]);
    for (const [id, panel] of own.panels) {
      const heir = withAliases(panel, panels.get(id), taken);
      const locate = places.get(panel);
      if (locate) places.set(heir, locate);
      panels.set(id, heir);
    }
    for (const [id, source] of own.sources) sources.set(id, source);
  }
  const additions = layers.flat().flatMap(file => file.menus);
  const names = additions.length > 0 ? aliasMap(panels.values()) : new Map<string, string>();
  for (const addition of additions) addToMenu({ panels, names, places, broken, complaints }, addition);
  return { panels: [...panels.values()], sources: [...sources.values()], complaints, broken, places };
}

/** A panel that replaces another keeps its aliases: menus and people's fingers know the panel by them. */
function withAliases(panel: Panel, replaced: Panel | undefined, taken: Set<string>): Panel {
  const old = replaced?.aliases?.filter(alias => !taken.has(alias)) ?? [];
  return old.length === 0 ? panel : { ...panel, aliases: [...(panel.aliases ?? []), ...old] };
}

function takeOnce<T extends { id: string; place?: Place }>(
  into: Map<string, T>,
  entries: T[],
  what: string,
  complaints: Complaint[],
): void {
  for (const entry of entries) {
    const first = into.get(entry.id);
    if (!first) into.set(entry.id, entry);
    else {
      const where = first.place ? ` in ${first.place.file}, line ${first.place.line}` : '';
      const message = `the ${what} "${entry.id}" stands${where} already; give one of them another name (only another directory may replace it)`;
      complaints.push({ place: entry.place ?? nowhere, panel: entry.id, message, level: 'error' });
    }
  }
}

const nowhere: Place = { file: '', line: 1, column: 1 };

interface Whole extends Pick<Merged, 'places' | 'broken' | 'complaints'> {
  panels: Map<string, Panel>;
  /** Ids and aliases. */
  names: Map<string, string>;
}

function addToMenu({ panels, names, places, broken, complaints }: Whole, addition: MenuAddition): void {
  const menu = panels.get(names.get(addition.menu) ?? addition.menu);
  if (menu?.kind !== 'menu') {
    if (broken.has(addition.menu)) return;
    const menus = [...panels.values()].filter(panel => panel.kind === 'menu').map(panel => panel.id);
    const message = menu
      ? `"${addition.menu}" is a ${menu.kind}, not a menu; items can be added to menus only`
      : `there is no menu "${addition.menu}"${didYouMean(addition.menu, menus) || '; write the fast path of a menu, for example root'}`;
    complaints.push({ place: places.get(addition)?.([]) ?? nowhere, panel: addition.menu, message, level: 'error' });
    return;
  }
  const items = addition.items.filter(
    item => item.panel === undefined || !menu.items.some(known => known.panel === item.panel),
  );
  if (items.length === 0) return;
  const longer: MenuPanel = { ...menu, items: [...menu.items, ...items] };
  const locate = places.get(menu);
  if (locate) places.set(longer, locate);
  panels.set(longer.id, longer);
}
