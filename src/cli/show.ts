/** `hasmit show FASTPATH`: everything a panel file says about a panel. */
import type { Answer, Asked } from '../cli.ts';
import { evidenceText } from '../command/evidence.ts';
import type { Field } from '../panel/types.ts';
import { commandsOf, describe } from './list.ts';
import { openForCommand } from './open.ts';

/** Shows one panel. */
export async function show(asked: Asked): Promise<Answer> {
  const opened = await openForCommand(asked);
  if ('status' in opened) return opened;
  const { panel, catalogue } = opened;
  if (asked.flags.json)
    return {
      status: 0,
      text: JSON.stringify({ ...describe(panel, catalogue), help: panel.help ?? null, panel }, null, 2),
    };
  const lines = [`${panel.id}  (${panel.kind})  ${panel.title}`];
  for (const way of catalogue.waysTo(panel.id)) lines.push(`  ${[...way, panel.id].join(' > ')}`);
  if (panel.aliases?.length) lines.push(`  also ${panel.aliases.join(', ')}`);
  const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
  if (fields.length > 0) lines.push('', 'Fields:', ...fields.filter(field => field.type !== 'info').map(fieldLine));
  if (panel.kind === 'menu')
    lines.push(
      '',
      ...panel.items.map(item => `  ${item.panel ?? ''}  ${item.text ?? catalogue.title(item.panel ?? '') ?? ''}`),
    );
  if (panel.kind === 'selector')
    lines.push(
      '',
      `Leads to ${typeof panel.next === 'string' ? panel.next : Object.values(panel.next.map).join(' or ')}`,
    );
  if (panel.kind === 'dialog') {
    lines.push('', 'Command:', ...commandsOf(panel).flatMap(text => text.split('\n').map(line => `  ${line}`)));
    lines.push('', `Evidence: ${evidenceText(panel.evidence)}`);
    if (panel.confirm)
      lines.push(
        `Asks before it runs${panel.confirm.level === 'type' ? ', and wants the name typed' : ''}: ${panel.confirm.effect.source}`,
      );
    for (const note of panel.notes ?? []) lines.push(`Note: ${note}`);
  }
  if (panel.kind === 'text') lines.push('', panel.text);
  if (panel.help) lines.push('', ...panel.help.trim().split('\n'));
  return { status: 0, text: lines.join('\n') };
}

function fieldLine(field: Field): string {
  const facts = [
    field.required ? 'required' : '',
    field.multiple ? 'several' : '',
    field.show ? 'shown only' : '',
    field.values ? field.values.map(choice => choice.shown).join('|') : '',
    field.source ? `list ${field.source}` : '',
    field.default === undefined
      ? ''
      : `default ${typeof field.default === 'object' && !Array.isArray(field.default) ? `site ${field.default.site}` : field.default}`,
  ].filter(Boolean);
  return `  ${field.name.padEnd(18)} ${field.type.padEnd(9)} ${field.label.trim()}${facts.length > 0 ? `  (${facts.join(', ')})` : ''}`;
}
