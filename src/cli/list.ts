/** `hasmit list [WORDS] [--json]`: every panel. The words narrow the list: all of them must stand somewhere in a panel's line. */
import type { Answer, Asked } from '../cli.ts';
import type { Catalogue } from '../panel/catalogue.ts';
import type { Panel } from '../panel/types.ts';
import { mistakesHint, openPanels } from './open.ts';

/** The templates of a panel, as their author wrote them. */
export function commandsOf(panel: Panel): string[] {
  if (panel.kind !== 'dialog') return [];
  const edits = (panel.edits ?? []).map(edit => {
    const args = Object.entries(edit.args).map(([name, template]) => `${name}=${template.source}`);
    return `${edit.verb} ${args.join(' ')}`;
  });
  return [...(panel.run ? [panel.run.source] : []), ...edits];
}

/** A panel as `--json` gives it. */
export function describe(panel: Panel, catalogue: Catalogue): object {
  const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
  return {
    id: panel.id,
    kind: panel.kind,
    title: panel.title,
    aliases: panel.aliases ?? [],
    product: panel.product,
    path: catalogue.waysTo(panel.id),
    fields: fields.filter(field => field.type !== 'info').map(({ place: _place, ...field }) => field),
    commands: commandsOf(panel),
    evidence: panel.kind === 'dialog' ? panel.evidence : null,
  };
}

/** Lists the panels. */
export async function list(asked: Asked): Promise<Answer> {
  const { catalogue } = await openPanels(asked);
  const wanted = asked.words.map(word => word.toLowerCase());
  const panels = catalogue
    .ids()
    .flatMap(id => catalogue.panel(id) ?? [])
    .filter(panel => {
      const line =
        `${panel.id} ${panel.kind} ${panel.title} ${(panel.aliases ?? []).join(' ')} ${commandsOf(panel).join(' ')}`.toLowerCase();
      return wanted.every(word => line.includes(word));
    });
  if (asked.flags.json)
    return {
      status: 0,
      text: JSON.stringify(
        panels.map(panel => describe(panel, catalogue)),
        null,
        2,
      ),
    };
  if (panels.length === 0)
    return { status: 0, complaint: `No panel holds ${asked.words.join(' and ')}.${mistakesHint(catalogue)}` };
  const wide = Math.max(...panels.map(panel => panel.id.length));
  const lines = panels.map(panel => {
    const command = commandsOf(panel)[0]?.split('\n')[0] ?? '';
    return `${panel.id.padEnd(wide)}  ${panel.kind.padEnd(8)}  ${panel.title}${command ? `\n${' '.repeat(wide + 12)}${command}` : ''}`;
  });
  return { status: 0, text: lines.join('\n') };
}
