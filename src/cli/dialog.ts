/** `print` and `run`: from a fast path and values to the command of the dialog they lead to, without a screen. */
import { readyFor } from '../app/world.ts';
import type { Command } from '../command/types.ts';
import type { DialogPanel, Panel, Values } from '../panel/types.ts';
import { commandOf } from '../session/ask.ts';
import { firstProblem, isOpen, presentFields, startForm } from '../session/form.ts';
import { type FormScreen, textOf } from '../session/state.ts';
import type { World } from '../session/world.ts';

export type Prepared = { panel: DialogPanel; form: FormScreen; command: Command } | { complaint: string };

/** Asks where a selector leads whose next panel depends on the system; only `run` may do that. */
export type Classify = (panel: Extract<Panel, { kind: 'selector' }>, values: Values) => Promise<string | undefined>;

/** Follows selectors to the dialog, puts the values in, checks them and renders the command. */
export async function prepare(first: Panel, values: Values, world: World, classify?: Classify): Promise<Prepared> {
  let panel: Panel | undefined = first;
  for (let steps = 0; panel?.kind === 'selector' && steps < 20; steps++) {
    const name = panel.field.name;
    if (textOf(values[name]) === '' && panel.field.required)
      return { complaint: `Missing: ${name} (${panel.field.label.trim()}).` };
    const next: string | undefined =
      typeof panel.next === 'string'
        ? panel.next
        : classify
          ? await classify(panel, values)
          : only(Object.values(panel.next.map));
    if (next === undefined)
      return { complaint: `Where ${panel.id} leads depends on the system: name the dialog itself.` };
    panel = world.panel(next);
  }
  if (panel?.kind !== 'dialog') return { complaint: `${first.id} is a ${first.kind}: it has no command.` };
  await readyFor(panel);
  const form = startForm(panel, values, world);
  const missing = missingNames(panel, form, world);
  if (missing.length > 0) return { complaint: `Missing: ${missing.join(', ')}.` };
  const problem = firstProblem(panel, form, world);
  if (problem) return { complaint: problem.message };
  // A value given on the command line is a change to what the system has: SMIT's rule must send it.
  const blank = {
    ...form,
    initial: { ...form.initial, ...Object.fromEntries(Object.keys(values).map(name => [name, ''])) },
  };
  const command = commandOf(panel, blank, world);
  if (command.missing.length > 0) return { complaint: `Missing: ${command.missing.join(', ')}.` };
  return command.problem ? { complaint: command.problem } : { panel, form: blank, command };
}

function only(ids: string[]): string | undefined {
  return new Set(ids).size === 1 ? ids[0] : undefined;
}

function missingNames(panel: DialogPanel, form: FormScreen, world: World): string[] {
  const empty = presentFields(panel, form, world).filter(
    field => field.required && isOpen(field) && textOf(form.values[field.name]) === '',
  );
  const needs = (panel.needs ?? []).filter(name => textOf(form.carried[name]) === '');
  return [...needs, ...empty.map(field => `${field.name} (${field.label.trim()})`)];
}
