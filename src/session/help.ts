/** F1: the help of the item or field the cursor is on, what is known about the panel, and the keys of the screen. */
import { evidenceText } from '../command/evidence.ts';
import type { Field, Panel } from '../panel/types.ts';
import { explainNoderange, noderangeForms } from '../validate/noderange-explain.ts';
import { focusedField, hasList } from './form.ts';
import { type Context, keyHelp } from './keys.ts';
import { menuRows } from './menu.ts';
import {
  type FormScreen,
  type MessageBox,
  message,
  type OutputScreen,
  type State,
  textOf,
  topScreen,
} from './state.ts';
import type { World } from './world.ts';

/** The help box for what is on the screen. `context` is where the keys go now. */
export function helpBox(state: State, context: Context, world: World): MessageBox {
  const lines = [...helpText(state, world), '', 'Keys:'];
  const keys = keyHelp(context);
  const width = Math.max(...keys.map(key => key.keys.length));
  for (const key of keys) lines.push(`  ${key.keys.padEnd(width)}  ${key.help}`);
  lines.push('', 'Function keys: Esc then the digit does the same (Esc 3 is F3, Esc 0 is F10).');
  return message('CONTEXTUAL HELP', lines);
}

/** What there is to say about what is on the screen, without its keys: the line mode has none. */
export function helpText(state: State, world: World): string[] {
  const screen = topScreen(state);
  if (screen.kind === 'output') return [...findings(screen), ...outputHelp];
  const panel = world.panel(screen.panel);
  if (!panel) return [];
  if (screen.kind === 'menu' && panel.kind === 'menu') {
    const row = menuRows(panel, screen, world)[screen.cursor];
    const next = row?.panel ? world.panel(row.panel) : undefined;
    return next ? [`${row!.text}:`, ...about(next)] : about(panel);
  }
  if (screen.kind !== 'form' || (panel.kind !== 'dialog' && panel.kind !== 'selector')) return about(panel);
  const field = focusedField(panel, screen, world);
  const lines: string[] = [];
  if (field) {
    lines.push(`${field.label.trim()}:`, ...paragraphs(field.help ?? 'There is no help for this field.'));
    if (screen.problems[field.name]) lines.push('', `Now: ${screen.problems[field.name]}`);
    if (field.type === 'noderange') lines.push(...noderangeHelp(screen, field));
    if (hasList(field))
      lines.push('', field.free ? 'F4 lists proposals; other values are allowed.' : 'F4 lists the values.');
    lines.push('', `${panel.title}:`);
  }
  return [...lines, ...about(panel)];
}

/** What the range in the field means, and how ranges are written. */
function noderangeHelp(screen: FormScreen, { name }: Field): string[] {
  const meaning = explainNoderange(textOf(screen.values[name]));
  const said = meaning.length > 0 ? ['', 'As it stands, it means:', ...meaning.map(line => `  ${line}`)] : [];
  return [...said, '', 'A node range:', ...noderangeForms.map(line => `  ${line}`)];
}

function about(panel: Panel): string[] {
  const lines = paragraphs(panel.help ?? 'There is no help for this panel.');
  lines.push(
    '',
    `Fast path: ${panel.id}${panel.aliases?.length ? ` (also ${panel.aliases.join(', ')})` : ''}${panel.ours ? ', a name of ours' : ''}`,
  );
  if (panel.kind === 'dialog') {
    lines.push(`Evidence: ${evidenceText(panel.evidence)}`);
    if (panel.smitty) lines.push(`The panel of the system itself: smitty ${panel.smitty}`);
    for (const text of panel.supports ?? []) lines.push(`Right for: ${text}`);
    for (const note of panel.notes ?? []) lines.push(`Note: ${note}`);
  }
  return lines;
}

/** What the screen may have no room for: why the command ended as it did, and what was found afterwards. */
function findings({ ended, verified }: OutputScreen): string[] {
  const lines = ended?.reason ? [`This command: ${ended.reason}.`] : [];
  if (verified) lines.push(`Checked afterwards, ${verified.ok ? 'as expected' : 'NOT as expected'}: ${verified.text}`);
  return lines.length > 0 ? [...lines, ''] : [];
}

function paragraphs(text: string): string[] {
  return text.trim().split('\n');
}

const outputHelp = [
  'The output of the command, standard output and standard error in the order they came.',
  'OK: it ended with status 0. failed: with another one, by a signal, or with output that is a known error.',
  'unknown: it cannot be told whether it did its work, for example because the line to the other host broke.',
];
