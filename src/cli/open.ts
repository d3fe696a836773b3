/** Settings, panels and the world for a command line; every way into the program begins here. */
import { makeWorld, type WorldOptions } from '../app/world.ts';
import type { Answer, Asked } from '../cli.ts';
import { type Catalogue, catalogueOptions, distDirectory, openCatalogue } from '../panel/catalogue.ts';
import { nearest } from '../panel/suggest.ts';
import type { Panel } from '../panel/types.ts';
import type { World } from '../session/world.ts';
import { readSettings, type Settings } from '../settings/read.ts';

export interface OpenedPanels {
  settings: Settings;
  catalogue: Catalogue;
  worldOptions: WorldOptions;
  world: World;
}

/** Opens settings and panels. */
export async function openPanels(asked: Asked): Promise<OpenedPanels> {
  const settings = await readSettings(asked.env, asked.flags);
  const options = catalogueOptions(
    asked.env,
    process.getuid?.() ?? -1,
    distDirectory(import.meta.dirname),
    asked.flags.objects ?? [],
  );
  const opened = openCatalogue(options);
  const catalogue = opened instanceof Promise ? await opened : opened;
  const worldOptions: WorldOptions = {
    catalogue,
    site: settings.site,
    runNothing: asked.flags['no-run'] || asked.flags['no-commands'] || false,
    listNothing: asked.flags['no-commands'] ?? false,
    shellAllowed: settings.values.shell,
    mono: settings.values.mono || settings.values.theme === 'mono',
    news: settings.problems[0],
  };
  return { settings, catalogue, worldOptions, world: makeWorld(worldOptions) };
}

/** Brings the site's values up to date, in place: worlds made with them see the new ones. */
export async function rereadSite(asked: Asked, site: World['site']): Promise<void> {
  const now = (await readSettings(asked.env, asked.flags)).site;
  for (const key of Object.keys(site)) delete site[key];
  Object.assign(site, now);
}

/** What is said of a fast path that does not exist: the nearest three. */
export function unknownPanel(name: string, catalogue: Catalogue): Answer {
  const near = nearest(name, catalogue.names(), 3);
  const hint = near.length > 0 ? ` Near it: ${near.join(', ')}.` : '';
  return {
    status: 2,
    complaint: `there is no panel "${name}".${hint} "hasmit list" shows all.${mistakesHint(catalogue)}`,
  };
}

/** Panels that are left out are not listed: whoever looks for one is told why it may be missing. */
export function mistakesHint(catalogue: Catalogue): string {
  const errors = catalogue.complaints.filter(complaint => complaint.level === 'error');
  return errors.length > 0 ? ` Mistakes in panel files (${errors.length}): "hasmit check" tells.` : '';
}

/** The panel that a subcommand names first, with all that is needed to speak of it. */
export async function openForCommand(asked: Asked): Promise<(OpenedPanels & { panel: Panel }) | Answer> {
  const name = asked.words[0];
  if (name === undefined) return { status: 2, complaint: 'name a fast path; "hasmit list" shows all.' };
  const opened = await openPanels(asked);
  const panel = opened.catalogue.panel(name);
  return panel ? { ...opened, panel } : unknownPanel(name, opened.catalogue);
}
