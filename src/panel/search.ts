/**
 * The fast-path jump: finds panels by anything an operator may remember of them. fuzzysort is loaded, and the index built, with the first
 * question; an answer over thousands of panels takes a few milliseconds.
 */
import type { Fuzzysort, Snapshot } from 'fuzzysort';
import type { FastPath, Panel, PanelKind } from './types.ts';

/** What the index needs of the catalogue. */
export interface Searched {
  panels(): Panel[];
  title(id: FastPath): string | undefined;
  waysTo(id: FastPath): FastPath[][];
}

/** Which text of a panel matched. */
export type Matched = 'id' | 'alias' | 'title' | 'menu' | 'label' | 'help' | 'command';

export interface Hit {
  id: FastPath;
  title: string;
  kind: PanelKind;
  /** Titles of the menus on the shortest way, joined by ` > `; empty when no menu leads there. */
  way: string;
  /** The fast paths of that way. */
  path: FastPath[];
  matched: Matched;
  /** The text that matched, and which of its characters did. */
  text: string;
  indexes: number[];
}

interface Entry {
  panel: Panel;
  way: string;
  path: FastPath[];
}

/** One text by which a panel may be found. */
interface Target {
  entry: Entry;
  matched: Matched;
  text: string;
  lower: string;
}

export interface SearchIndex {
  /** Names first: they are short and matched letter by letter; help and commands are matched word by word. */
  short: { targets: Target[]; snapshot: Snapshot };
  long: Target[];
  fuzzysort: Fuzzysort;
}

/** Builds the index over all panels. Takes some ten milliseconds for thousands of them. */
export async function buildSearchIndex(catalogue: Searched): Promise<SearchIndex> {
  const fuzzysort = (await import('fuzzysort')).default;
  const short: Target[] = [];
  const long: Target[] = [];
  for (const panel of catalogue.panels()) {
    const path = catalogue.waysTo(panel.id)[0] ?? [];
    const way = path.map(id => catalogue.title(id) ?? id).join(' > ');
    const entry = { panel, way, path };
    const add = (list: Target[], matched: Matched, text: string | undefined) => {
      if (text) list.push({ entry, matched, text, lower: text.toLowerCase() });
    };
    add(short, 'id', panel.id);
    for (const alias of panel.aliases ?? []) add(short, 'alias', alias);
    add(short, 'title', panel.title);
    for (const field of fieldsOf(panel)) add(short, 'label', field.label.trim());
    add(long, 'menu', way);
    for (const text of commandsOf(panel)) add(long, 'command', text);
    add(long, 'help', helpOf(panel));
  }
  const snapshot = fuzzysort.snapshot(short.map(target => target.text));
  const index = { short: { targets: short, snapshot }, long, fuzzysort };
  // The library prepares its texts with the first question; better now than under the operator's second key.
  searchPanels(index, 'panel');
  return index;
}

function fieldsOf(panel: Panel) {
  if (panel.kind === 'selector') return [panel.field];
  return panel.kind === 'dialog' ? panel.fields : [];
}

function commandsOf(panel: Panel): string[] {
  if (panel.kind !== 'dialog') return [];
  const edits = (panel.edits ?? []).map(({ verb, args }) =>
    [verb, ...Object.values(args).map(arg => arg.source)].join(' '),
  );
  return [...(panel.run ? [panel.run.source] : []), ...edits];
}

function helpOf(panel: Panel): string {
  const notes = panel.kind === 'dialog' ? (panel.notes ?? []) : panel.kind === 'text' ? [panel.text] : [];
  return [panel.help, ...fieldsOf(panel).map(field => field.help), ...notes].filter(Boolean).join('\n');
}

/** How much a match in each text counts: what was named counts more than what was mentioned. */
const weights: Record<Matched, number> = {
  id: 1,
  alias: 1,
  title: 0.95,
  label: 0.7,
  menu: 0.5,
  command: 0.45,
  help: 0.4,
};

/**
 * Panels that match a question, best first, each once: the exact id or alias, then those that begin with the question, then the rest by
 * how well they match. An empty question matches nothing.
 */
export function searchPanels(index: SearchIndex, question: string, limit = 50): Hit[] {
  const wanted = question.trim().toLowerCase();
  if (wanted === '') return [];
  const best = new Map<Entry, Found>();
  const note = (found: Found) => {
    const { target, score } = found;
    const known = best.get(target.entry);
    if (!known || score > known.score) best.set(target.entry, found);
  };
  for (const found of matchShort(index, wanted)) note(found);
  const words = wanted.split(/\s+/);
  // One letter stands in every text; it says something only where a name begins with it.
  for (const target of wanted.length > 1 ? index.long : []) {
    if (words.every(word => target.lower.includes(word))) note({ target, score: weights[target.matched] * 0.5 });
  }
  const sorted = [...best.values()].sort(
    (a, b) => b.score - a.score || compare(a.target.entry.panel.id, b.target.entry.panel.id),
  );
  return sorted.slice(0, limit).map(found => hitOf(found, words));
}

interface Found {
  target: Target;
  score: number;
  /** Characters that matched; those of the words where it is not said. */
  indexes?: number[];
}

function matchShort({ short, fuzzysort }: SearchIndex, wanted: string): Found[] {
  const found: Found[] = [];
  const fuzzy = new Map<string, { score: number; indexes: ReadonlyArray<number> }>();
  for (const result of fuzzysort.go(wanted, short.snapshot, { limit: 500, threshold: 0.4 })) {
    fuzzy.set(result.target, result);
  }
  for (const target of short.targets) {
    const named = target.matched === 'id' || target.matched === 'alias';
    const starts = target.lower.startsWith(wanted);
    if (named && target.lower === wanted) found.push({ target, score: 10, indexes: range(0, wanted.length) });
    else if (starts && weights[target.matched] >= weights.title) {
      // Of several that begin alike, the shortest is the nearest.
      found.push({ target, score: (named ? 5 : 4) - target.text.length / 1000, indexes: range(0, wanted.length) });
    } else {
      const result = fuzzy.get(target.text);
      if (result) found.push({ target, score: weights[target.matched] * result.score, indexes: [...result.indexes] });
    }
  }
  return found;
}

function hitOf({ target, indexes }: Found, words: string[]): Hit {
  const { entry, matched, text, lower } = target;
  const { panel, way, path } = entry;
  const inWords = () => words.flatMap(word => range(lower.indexOf(word), lower.indexOf(word) + word.length));
  return {
    id: panel.id,
    title: panel.title,
    kind: panel.kind,
    way,
    path,
    matched,
    text,
    indexes: indexes ?? inWords(),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
