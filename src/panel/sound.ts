/** Leaves out what would not work, as little as can be: a broken panel of a user's file never stops the tool or takes others along. */
import type { Finding } from './check-context.ts';
import { aliasMap } from './tree.ts';
import type { Complaint, FastPath, Field, MenuItem, Panel, Source } from './types.ts';

export interface Sound {
  panels: Panel[];
  sources: Source[];
  /** Said about panels that had to go because of others. */
  complaints: Complaint[];
}

/**
 * The panels and sources that work together, given what the checks found.
 *
 * A menu or text loses the lines that lead nowhere; every other panel with an error goes, and so does what cannot work without it. Where
 * a panel or source of `base` (the shipped ones) had been replaced by one that goes, the old one is back.
 */
export function leaveOutBroken(
  panels: Panel[],
  sources: Source[],
  findings: Finding[],
  base: { panels: Panel[]; sources: Source[] },
): Sound {
  const errors = findings.filter(finding => finding.complaint.level === 'error');
  const badItems = new Set(errors.flatMap(finding => (finding.item ? [finding.item] : [])));
  const bad = new Set(
    errors.filter(finding => !finding.item && !losesLines(finding.owner)).map(finding => finding.owner),
  );
  const kept = {
    panels: restored(
      panels.filter(panel => !bad.has(panel)),
      base.panels,
    ),
    sources: restored(
      sources.filter(source => !bad.has(source)),
      base.sources,
    ),
  };
  const complaints: Complaint[] = [];
  for (;;) {
    const names = new Set(aliasMap(kept.panels).keys());
    const lists = new Set(kept.sources.map(source => source.id));
    const next = kept.panels.filter(panel => {
      const lacking = lacks(panel, names, lists);
      if (lacking)
        complaints.push({
          place: panel.place,
          panel: panel.id,
          message: `left out, because ${lacking} is left out`,
          level: 'error',
        });
      return !lacking;
    });
    if (next.length === kept.panels.length)
      return { ...kept, panels: next.map(panel => pruned(panel, names, badItems)), complaints };
    kept.panels = next;
  }
}

function losesLines(owner: Panel | Source): boolean {
  return 'kind' in owner && (owner.kind === 'menu' || owner.kind === 'text');
}

function restored<T extends { id: string }>(kept: T[], base: T[]): T[] {
  const ids = new Set(kept.map(entry => entry.id));
  return [...kept, ...base.filter(entry => !ids.has(entry.id))];
}

function lacks(panel: Panel, names: Set<FastPath>, sources: Set<string>): string | undefined {
  const fields: Field[] = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
  const source = fields.find(field => field.source !== undefined && !sources.has(field.source))?.source;
  if (source !== undefined) return `its source "${source}"`;
  if (panel.kind !== 'selector') return undefined;
  const targets = typeof panel.next === 'string' ? [panel.next] : Object.values(panel.next.map);
  const next = targets.find(target => !names.has(target));
  return next === undefined ? undefined : `the panel "${next}" it leads to`;
}

function pruned(panel: Panel, names: Set<FastPath>, badItems: Set<object>): Panel {
  if (panel.kind === 'menu') {
    const leads = (item: MenuItem) => !badItems.has(item) && (item.panel === undefined || names.has(item.panel));
    return panel.items.every(leads) ? panel : { ...panel, items: panel.items.filter(leads) };
  }
  if (panel.kind === 'text' && panel.links && !panel.links.every(link => names.has(link))) {
    return { ...panel, links: panel.links.filter(link => names.has(link)) };
  }
  return panel;
}
