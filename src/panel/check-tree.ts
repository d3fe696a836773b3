/** Where panels lead: to panels that exist, with the values those need, in no circle, and from the root menu. */
import type { CheckContext } from './check-context.ts';
import { noPanel } from './check-names.ts';
import type { Way } from './places.ts';
import type { FastPath, MenuItem, Panel, SelectorPanel } from './types.ts';

/** The menu one starts at. */
export const rootMenu = 'root';

interface Lead {
  to: FastPath;
  way: Way;
  /** A menu's item, which may stand in another file than the menu. */
  item?: MenuItem;
}

/** Everything a panel leads to, with its place: items, next panels, links. */
function leadsOf(panel: Panel): Lead[] {
  if (panel.kind === 'menu') {
    return panel.items.flatMap((item, index) =>
      item.panel === undefined ? [] : [{ to: item.panel, way: ['items', index], item }],
    );
  }
  if (panel.kind === 'selector') {
    if (typeof panel.next === 'string') return [{ to: panel.next, way: ['next'] }];
    return Object.entries(panel.next.map).map(([key, to]) => ({ to, way: ['next', 'map', key] }));
  }
  if (panel.kind === 'text') return (panel.links ?? []).map((to, index) => ({ to, way: ['links', index] }));
  return [];
}

export function checkTree(context: CheckContext): void {
  for (const panel of context.panels) {
    for (const lead of leadsOf(panel)) {
      if (!context.exists(lead.to)) context.complain(panel, lead.way, noPanel(context, lead.to), { at: lead.item });
      else if (panel.kind !== 'selector') checkNeedless(context, panel, lead);
    }
  }
  for (const panel of context.panels) checkNeeds(context, panel);
  checkCircles(context);
  checkReached(context);
}

function needsOf(panel: Panel | undefined): string[] {
  return panel?.kind === 'dialog' || panel?.kind === 'selector' ? (panel.needs ?? []) : [];
}

/** A menu or text brings no values along. */
function checkNeedless(context: CheckContext, panel: Panel, lead: Lead): void {
  const needs = needsOf(context.panel(lead.to));
  if (needs.length === 0) return;
  const selector = selectorsTo(context, lead.to)[0];
  const cure = selector ? `lead to "${selector.id}"` : 'lead to a selector that asks for it';
  context.complain(panel, lead.way, `"${lead.to}" needs ${needs.join(', ')} from a selector before it; ${cure}`, {
    at: lead.item,
  });
}

function selectorsTo(context: CheckContext, id: FastPath): SelectorPanel[] {
  const wanted = context.panel(id)?.id ?? id;
  return context.panels.filter(
    (panel): panel is SelectorPanel =>
      panel.kind === 'selector' && leadsOf(panel).some(({ to }) => (context.panel(to)?.id ?? to) === wanted),
  );
}

/** Every selector that leads to a panel must bring what the panel needs. */
function checkNeeds(context: CheckContext, panel: Panel): void {
  const needs = needsOf(panel);
  if (needs.length === 0) return;
  const selectors = selectorsTo(context, panel.id);
  for (const need of needs) {
    const without = selectors.filter(selector => selector.field.name !== need && !needsOf(selector).includes(need));
    if (without.length === selectors.length) {
      const cure =
        selectors.length === 0
          ? `write a selector with the field ${need} and next: ${panel.id}`
          : `give ${selectors.map(each => `"${each.id}"`).join(', ')} the field ${need}, or needs: [${need}]`;
      context.complain(
        panel,
        ['needs', needs.indexOf(need)],
        `no selector that leads here brings ${need} along; ${cure}`,
      );
    } else {
      for (const selector of without) {
        context.complain(
          selector,
          ['next'],
          `leads to "${panel.id}", which needs ${need}; write needs: [${need}] here and let a selector before ask for it`,
        );
      }
    }
  }
}

/** A menu that can be reached from itself, or selectors that lead to each other, would never end. */
function checkCircles(context: CheckContext): void {
  const done = new Set<FastPath>();
  const open: FastPath[] = [];
  const visit = (panel: Panel) => {
    done.add(panel.id);
    open.push(panel.id);
    for (const lead of panel.kind === 'text' ? [] : leadsOf(panel)) {
      const next = context.panel(lead.to);
      if (!next) continue;
      if (open.includes(next.id)) {
        const circle = [...open.slice(open.indexOf(next.id)), next.id].join(' > ');
        context.complain(panel, lead.way, `leads in a circle: ${circle}; leave this step out`, { at: lead.item });
      } else if (!done.has(next.id)) visit(next);
    }
    open.pop();
  };
  // From the root first, so that the step complained about is the one that leads back up.
  const root = context.panel(rootMenu);
  for (const panel of root ? [root, ...context.panels] : context.panels) if (!done.has(panel.id)) visit(panel);
}

/** Panels that no menu leads to can only be opened by name. Without a root menu among the panels there is nothing to say. */
function checkReached(context: CheckContext): void {
  const root = context.panel(rootMenu);
  if (!root) return;
  const reached = new Set<FastPath>();
  const open: Panel[] = [root];
  for (let panel = open.pop(); panel; panel = open.pop()) {
    if (reached.has(panel.id)) continue;
    reached.add(panel.id);
    for (const { to } of leadsOf(panel)) {
      const next = context.panel(to);
      if (next) open.push(next);
    }
  }
  for (const panel of context.panels) {
    if (reached.has(panel.id)) continue;
    const message = `no menu leads here; add it to the items of a menu, or write menus: {${rootMenu}: [${panel.id}]}`;
    context.complain(panel, [], message, { level: 'warning' });
  }
}
