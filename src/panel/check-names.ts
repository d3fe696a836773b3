/** Every id and alias stands for one panel, every source name for one source. */
import type { CheckContext } from './check-context.ts';
import { didYouMean } from './suggest.ts';
import type { Panel, Source } from './types.ts';

/** Complains about ids and aliases that stand twice, and about fields whose source is not there. */
export function checkNames(context: CheckContext): void {
  const owners = new Map<string, Panel>();
  for (const panel of context.panels) {
    const first = owners.get(panel.id);
    if (first) context.complain(panel, [], twice('panel', panel.id, first));
    else owners.set(panel.id, panel);
  }
  const aliases = new Map<string, Panel>();
  for (const panel of context.panels) {
    (panel.aliases ?? []).forEach((alias, index) => {
      const other = owners.get(alias) ?? aliases.get(alias);
      if (other)
        context.complain(
          panel,
          ['aliases', index],
          `the alias "${alias}" stands for ${other === panel ? 'this panel' : `the panel "${other.id}"`} already; leave it out`,
        );
      else aliases.set(alias, panel);
    });
  }
  const sources = new Map<string, Source>();
  for (const source of context.sources) {
    const first = sources.get(source.id);
    if (first) context.complain(source, [], twice('source', source.id, first));
    else sources.set(source.id, source);
  }
}

function twice(what: string, id: string, first: Panel | Source): string {
  const place = first.place ? ` in ${first.place.file}, line ${first.place.line}` : '';
  return `a ${what} "${id}" stands${place} already; give one of them another name`;
}

/** `: there is no panel "x"; did you mean "y"?` */
export function noPanel(context: CheckContext, id: string): string {
  return `there is no panel "${id}"${didYouMean(id, context.ids, 3) || '; write the fast path of a panel'}`;
}
