/** The world of a session: panels from the catalogue, the site's values, expressions, outputs. */
import type { Catalogue } from '../panel/catalogue.ts';
import { evaluate, expressionsLoaded, loadExpressions, variablesOf } from '../panel/expression.ts';
import type { Panel } from '../panel/types.ts';
import type { State } from '../session/state.ts';
import type { World } from '../session/world.ts';
import type { Runs } from './runs.ts';

export interface WorldOptions {
  catalogue: Catalogue;
  site: World['site'];
  runs?: Runs;
  runNothing?: boolean;
  listNothing?: boolean;
  shellAllowed?: boolean;
  mono?: boolean;
  news?: string;
  /** Called when an expression was needed before the library was there, and again when it is. */
  expressionsMissing?: () => void;
}

/** Makes the world. Costs nothing until it is asked. */
export function makeWorld(options: WorldOptions): World {
  const { catalogue } = options;
  return {
    panel: id => catalogue.panel(id),
    source: id => catalogue.source(id),
    title: id => catalogue.title(id),
    denied: () => undefined,
    reachedFrom: id => catalogue.reachedFrom(id),
    site: options.site,
    os: process.platform,
    get host() {
      return hostName();
    },
    get user() {
      return userName();
    },
    evaluate(expression, fields, values) {
      if (expressionsLoaded())
        return evaluate(expression, variablesOf(fields, values, { os: process.platform, site: options.site }));
      options.expressionsMissing?.();
      return { missing: true };
    },
    lines: (run, from, to) => options.runs?.lines(run, from, to) ?? [],
    runNothing: options.runNothing ?? false,
    listNothing: options.listNothing ?? false,
    shellAllowed: options.shellAllowed ?? true,
    mono: options.mono ?? false,
    complaints: catalogue.complaints,
    news: options.news,
  };
}

let host: string | undefined;

/** The short name of this host. Asked when it is needed: node:os costs milliseconds that the first menu need not pay. */
export function hostName(): string {
  host ??= process.getBuiltinModule('node:os').hostname().split('.')[0]!;
  return host;
}

/** The name of the user; a uid without a name is a number. */
export function userName(): string {
  try {
    return process.getBuiltinModule('node:os').userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** True when a panel speaks in expressions: the library must be there before its values mean anything. */
export function speaksInExpressions(panel: Panel | undefined): boolean {
  if (panel?.kind === 'selector') return panel.field.when !== undefined;
  if (panel?.kind !== 'dialog') return false;
  const edits = panel.edits?.some(edit => edit.when) ?? false;
  return (
    edits ||
    Boolean(panel.checks?.length || panel.computed?.length) ||
    panel.fields.some(field => field.when !== undefined)
  );
}

/** Loads the expression library when the panel cannot be drawn without it: its rows depend on it. Checks are for later. */
export async function readyToDraw(panel: Panel | undefined): Promise<void> {
  const fields = panel?.kind === 'dialog' ? panel.fields : panel?.kind === 'selector' ? [panel.field] : [];
  const computed = panel?.kind === 'dialog' && Boolean(panel.computed?.length);
  if (computed || fields.some(field => field.when !== undefined)) await loadExpressions();
}

/** Holds messages to a panel whose expressions cannot be answered yet: no check is ever passed over because a library was still on its way. */
export function waitsForExpressions(world: World, come: () => Promise<void>): (state: State) => boolean {
  return state => {
    if (expressionsLoaded()) return false;
    const screen = state.screens[state.screens.length - 1];
    if (screen?.kind !== 'form' || !speaksInExpressions(world.panel(screen.panel))) return false;
    void come();
    return true;
  };
}

/** Loads the expression library when the panel needs it. */
export async function readyFor(panel: Panel | undefined): Promise<void> {
  if (speaksInExpressions(panel)) await loadExpressions();
}
