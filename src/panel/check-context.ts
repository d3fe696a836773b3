/** What the checks over all panels share: looking up, and complaining at the right place. */
import { type Places, placeIn, type Way } from './places.ts';
import { aliasMap } from './tree.ts';
import type { Complaint, FastPath, Field, Panel, Source } from './types.ts';

export interface CheckOptions {
  /** Where things stand, from the reader; without it complaints point at the panel. */
  places?: Places;
  /** Ids of panels and sources that were left out already: what leads to them is not complained about again. */
  broken?: Iterable<string>;
  /** These panels come with the tool: they must name their evidence, and each field must have help. */
  shipped?: boolean;
}

export interface CheckContext {
  panels: Panel[];
  sources: Source[];
  shipped: boolean;
  /** A panel by id or alias. */
  panel(id: FastPath): Panel | undefined;
  source(id: string): Source | undefined;
  /** True when an id is known or was left out for a mistake that has been told. */
  exists(id: string): boolean;
  /** Ids and aliases, for "did you mean". */
  ids: string[];
  complain(
    owner: Panel | Source,
    way: Way,
    message: string,
    options?: { level?: Complaint['level']; offset?: number; at?: object },
  ): void;
  findings: Finding[];
}

/** A complaint and what it is about: the panel or source, and the menu item when it is about one. */
export interface Finding {
  complaint: Complaint;
  owner: Panel | Source;
  item?: object;
}

export function createContext(panels: Panel[], sources: Source[], options: CheckOptions): CheckContext {
  const byId = new Map<string, Panel>();
  for (const panel of panels) if (!byId.has(panel.id)) byId.set(panel.id, panel);
  const names = aliasMap(byId.values());
  const sourceById = new Map(sources.map(source => [source.id, source]));
  const broken = new Set(options.broken);
  const findings: Finding[] = [];
  const panel = (id: FastPath) => byId.get(names.get(id) ?? id);
  return {
    panels,
    sources,
    shipped: options.shipped ?? false,
    panel,
    source: id => sourceById.get(id),
    exists: id => broken.has(id) || names.has(id),
    ids: [...names.keys(), ...broken],
    findings,
    complain(owner, way, message, { level = 'error', offset, at } = {}) {
      const found = at && options.places?.get(at)?.([]);
      const place = found ?? placeIn(options.places, owner, way, offset);
      findings.push({ complaint: { place, panel: owner.id, message, level }, owner, ...(at ? { item: at } : {}) });
    },
  };
}

/** The fields of a panel; none for menus and texts. */
export function panelFields(panel: Panel): Field[] {
  if (panel.kind === 'selector') return [panel.field];
  return panel.kind === 'dialog' ? panel.fields : [];
}

/** The way to a field in its file. */
export function fieldWay(panel: Panel, field: Field): Way {
  return [panel.kind === 'selector' ? 'field' : 'fields', field.name];
}

/** Names that a panel's templates and expressions may use: its fields and what selectors bring along. */
export function availableNames(panel: Panel): Set<string> {
  const names = new Set(
    panelFields(panel)
      .filter(field => field.type !== 'info')
      .map(field => field.name),
  );
  if (panel.kind === 'selector' || panel.kind === 'dialog') for (const need of panel.needs ?? []) names.add(need);
  return names;
}

/** What is wrong with a regular expression, or nothing. */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    const why = (error as Error).message.split(': ').at(-1);
    return `"${pattern}" is no regular expression (${why})`;
  }
}
