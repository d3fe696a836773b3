/**
 * All panels there are: the shipped ones (compiled at build time) and the user's own, later directories winning by id.
 *
 * Part of every start: synchronous, and without YAML or any library as long as no user file has changed since the last start.
 */
import { basename, join } from 'node:path';
import { cacheKey, newBuild, readCache, writeCache } from './cache.ts';
import { indexVersion, type MenuIndex, type PanelEntry } from './compile.ts';
import { memoryStore, openStore, type Store } from './store.ts';
import { waysUp } from './tree.ts';
import type { Complaint, FastPath, Panel, PanelKind, Source } from './types.ts';
import { type FoundFile, findPanelFiles } from './user-files.ts';

export interface Catalogue {
  /** Ids of all panels, shipped ones first, aliases not among them. */
  ids(): FastPath[];
  /** Ids and aliases: what may be typed. */
  names(): FastPath[];
  /** The id that an id or alias stands for; nothing when there is no such panel. */
  resolve(name: FastPath): FastPath | undefined;
  /** A panel by id or alias. */
  panel(name: FastPath): Panel | undefined;
  /** Title, kind, product and the menus and selectors that lead to a panel, without reading the panel. */
  title(name: FastPath): string | undefined;
  kind(name: FastPath): PanelKind | undefined;
  product(name: FastPath): string | undefined;
  parents(name: FastPath): FastPath[];
  /** The ways from the top menu to a panel, shortest first, each the fast paths above it. */
  waysTo(name: FastPath): FastPath[][];
  /** The panel before one: a selector if one leads there, else a menu. */
  reachedFrom(name: FastPath): FastPath | undefined;
  source(id: string): Source | undefined;
  /** Every panel and source, read at one go: for lists, search and checks. */
  panels(): Panel[];
  sources(): Source[];
  /** What is wrong with user files, and why shipped panels are missing. */
  complaints: Complaint[];
  close(): void;
}

export interface UserDirectory {
  path: string;
  /** It was named by the user (`-o`), so it must exist. */
  required?: boolean;
}

export interface CatalogueOptions {
  /** The compiled shipped panels. */
  index: string;
  data: string;
  /** Directories of panel files, later ones winning. */
  directories: UserDirectory[];
  /** Where compiled user panels are kept between starts; without it they are read each time. */
  cache?: string;
  uid: number;
}

/**
 * The search path of design.md section 4: /etc/hasmit/menus.d, $XDG_CONFIG_HOME/hasmit/menus, and those of `-o`.
 * @param dist directory of menus.index.json and menus.data
 * @param named directories given with `-o`
 */
export function catalogueOptions(
  env: NodeJS.ProcessEnv,
  uid: number,
  dist: string,
  named: string[] = [],
): CatalogueOptions {
  const home = env.HOME?.startsWith('/') ? env.HOME : undefined;
  const config = absolute(env.XDG_CONFIG_HOME) ?? (home && join(home, '.config'));
  const cache = absolute(env.XDG_CACHE_HOME) ?? (home && join(home, '.cache'));
  const directories: UserDirectory[] = [{ path: '/etc/hasmit/menus.d' }];
  if (config) directories.push({ path: join(config, 'hasmit/menus') });
  for (const path of named) directories.push({ path, required: true });
  return {
    index: join(dist, 'menus.index.json'),
    data: join(dist, 'menus.data'),
    directories,
    ...(cache ? { cache: join(cache, 'hasmit') } : {}),
    uid,
  };
}

/** XDG: paths that are not absolute are to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}

/**
 * Opens the catalogue. Gives it at once when there are no user files or they are cached, a promise when YAML must be read.
 * Never throws and never rejects: what is wrong stands in `complaints`.
 */
export function openCatalogue(options: CatalogueOptions): Catalogue | Promise<Catalogue> {
  const { shipped, complaints } = openShipped(options);
  const layers: FoundFile[][] = [];
  for (const { path, required } of options.directories) {
    const found = findPanelFiles(path, { uid: options.uid, required });
    layers.push(found.files);
    complaints.push(...found.complaints);
  }
  const files = layers.flat();
  if (files.length === 0) return createCatalogue([shipped], complaints);
  const paths = options.directories.map(directory => directory.path);
  const key = cacheKey(shipped.index.build, paths, files);
  const cache = options.cache === undefined ? undefined : { directory: options.cache, uid: options.uid };
  const cached = cache && readCache(cache, paths, key);
  if (cached) return createCatalogue([shipped, cached], [...complaints, ...(cached.index.complaints ?? [])]);
  return readUserFiles(options.uid, shipped, layers, key).then(
    compiled => {
      if (cache) writeCache(cache, paths, compiled, compiled.build);
      const store = memoryStore(JSON.parse(compiled.index), compiled.data);
      return createCatalogue([shipped, store], [...complaints, ...(store.index.complaints ?? [])]);
    },
    error => {
      const message = `no panel file could be read (${(error as Error).message}); build or install hasmit again`;
      const place = { file: paths.join(', '), line: 1, column: 1 };
      return createCatalogue([shipped], [...complaints, { place, message, level: 'error' }]);
    },
  );
}

function openShipped(options: CatalogueOptions): { shipped: Store; complaints: Complaint[] } {
  const opened = openStore(options.index, () => options.data);
  if (!('problem' in opened)) return { shipped: opened, complaints: [] };
  const message = `the shipped panels cannot be used: ${opened.problem}; build or install hasmit again`;
  const none: MenuIndex = { version: indexVersion, build: 'none', panels: {}, aliases: {}, sources: {} };
  return {
    shipped: memoryStore(none, ''),
    complaints: [{ place: { file: options.index, line: 1, column: 1 }, message, level: 'error' }],
  };
}

/** Reads and compiles the user's files: what they add and what they change of the shipped panels. */
async function readUserFiles(uid: number, shipped: Store, layers: FoundFile[][], key: string) {
  const { loadFiles, changedParents } = await import('./load.ts');
  const { compileMenus } = await import('./compile.ts');
  const base = { panels: shipped.panels(), sources: shipped.sources() };
  const { panels, sources, complaints } = loadFiles(base, layers, uid);
  const old = new Set<Panel | Source>([...base.panels, ...base.sources]);
  const build = newBuild();
  // Warnings are for `hasmit check`, which reads the files itself: thousands of them would be read at every start.
  const errors = complaints.filter(complaint => complaint.level === 'error');
  const extra = { complaints: errors, key, parents: changedParents(base.panels, panels) };
  const own = panels.filter(panel => !old.has(panel));
  return {
    build,
    ...compileMenus(
      own,
      sources.filter(source => !old.has(source)),
      { build, all: panels, extra },
    ),
  };
}

/** A catalogue over stores, the later ones winning. */
function createCatalogue(stores: Store[], complaints: Complaint[]): Catalogue {
  const latest = [...stores].reverse();
  const holder = (id: FastPath) => latest.find(store => Object.hasOwn(store.index.panels, id));
  const resolve = (name: FastPath): FastPath | undefined => {
    if (holder(name)) return name;
    const aliases = latest.find(store => Object.hasOwn(store.index.aliases, name))?.index.aliases;
    return aliases?.[name];
  };
  const entry = (name: FastPath): PanelEntry | undefined => {
    const id = resolve(name);
    return id === undefined ? undefined : holder(id)?.index.panels[id];
  };
  const parents = (name: FastPath): FastPath[] => {
    const id = resolve(name) ?? name;
    const changed = latest.find(store => store.index.parents && Object.hasOwn(store.index.parents, id));
    return changed?.index.parents?.[id] ?? entry(id)?.[5] ?? [];
  };
  const ids = () => [...new Set(stores.flatMap(store => Object.keys(store.index.panels)))];
  return {
    ids,
    names: () => [...new Set([...ids(), ...stores.flatMap(store => Object.keys(store.index.aliases))])],
    resolve,
    panel(name) {
      const id = resolve(name);
      return id === undefined ? undefined : holder(id)?.panel(id);
    },
    title: name => entry(name)?.[1],
    kind: name => entry(name)?.[0],
    product: name => entry(name)?.[2],
    parents,
    waysTo: name => waysUp(resolve(name) ?? name, parents),
    reachedFrom(name) {
      const above = parents(name);
      return above.find(id => entry(id)?.[0] === 'selector') ?? above[0];
    },
    source: id => latest.find(store => Object.hasOwn(store.index.sources, id))?.source(id),
    panels: () => merged(stores.map(store => store.panels())),
    sources: () => merged(stores.map(store => store.sources())),
    complaints,
    close() {
      for (const store of stores) store.close();
    },
  };
}

function merged<T extends { id: string }>(lists: T[][]): T[] {
  return [...new Map(lists.flat().map(entry => [entry.id, entry])).values()];
}

/**
 * The directory of the compiled panels, seen from a module: the built program stands in dist/ itself, the sources in src/ or a room of it.
 * @param here the module's `import.meta.dirname`
 */
export function distDirectory(here: string): string {
  // A project may itself stand in a directory called src.
  if (basename(here) === 'dist') return here;
  if (basename(here) === 'src') return join(here, '../dist');
  return basename(join(here, '..')) === 'src' ? join(here, '../../dist') : here;
}
