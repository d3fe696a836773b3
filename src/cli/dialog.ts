/** `print` and `run`: from a fast path and values to the command of the dialog they lead to, without a screen. */
import { readyFor } from '../app/world.ts';
import type { Command } from '../command/types.ts';
import type { DialogPanel, Field, Panel, Values } from '../panel/types.ts';
import { commandOf } from '../session/ask.ts';
import {
  allValues,
  type FormPanel,
  fieldsOf,
  firstProblem,
  isOpen,
  presentFields,
  startForm,
  unreadList,
} from '../session/form.ts';
import { type FormScreen, textOf } from '../session/state.ts';
import type { World } from '../session/world.ts';

export type Prepared = { panel: DialogPanel; form: FormScreen; command: Command } | { complaint: string };

/** Asks where a selector leads whose next panel depends on the system; only `run` may do that. */
export type Classify = (panel: Extract<Panel, { kind: 'selector' }>, values: Values) => Promise<string | undefined>;

/** What may be asked of the system: `run` asks, `print` does not. */
export interface Questions {
  classify: Classify;
  /** The values the system has now; a sentence when they cannot be read. */
  discover(panel: DialogPanel, values: Values): Promise<Values | string>;
  /** The values of a field's list; a sentence when it cannot be read. */
  list(field: Field, values: Values, fields: Field[]): Promise<string[] | string>;
}

/**
 * Follows selectors to the dialog, puts the values in, checks them and renders the command. What the system has now and nobody changed is not sent:
 * SMIT's rule, on the command line as on the screen.
 */
export async function prepare(first: Panel, values: Values, world: World, questions?: Questions): Promise<Prepared> {
  let panel: Panel | undefined = first;
  for (let steps = 0; panel?.kind === 'selector' && steps < 20; steps++) {
    const name = panel.field.name;
    if (textOf(values[name]) === '' && panel.field.required)
      return { complaint: `Missing: ${name} (${panel.field.label.trim()}).` };
    const form = startForm(panel, values, world);
    const outside = questions && (await outsideList(panel, form, world, questions));
    if (outside) return { complaint: outside };
    const next: string | undefined =
      typeof panel.next === 'string'
        ? panel.next
        : questions
          ? await questions.classify(panel, values)
          : only(Object.values(panel.next.map));
    if (next === undefined)
      return { complaint: `Where ${panel.id} leads depends on the system: name the dialog itself.` };
    panel = world.panel(next);
  }
  if (panel?.kind !== 'dialog') return { complaint: `${first.id} is a ${first.kind}: it has no command.` };
  await readyFor(panel);
  const begun = startForm(panel, { ...stoodFor(panel, questions), ...values }, world);
  const found = panel.discover && questions ? await questions.discover(panel, begun.carried) : {};
  if (typeof found === 'string') return { complaint: found };
  const form = withFound(panel, begun, found, values);
  const missing = missingNames(panel, form, world);
  if (missing.length > 0) return { complaint: `Missing: ${missing.join(', ')}.` };
  const problem = firstProblem(panel, form, world);
  if (problem) return { complaint: problem.message };
  const outside = questions && (await outsideList(panel, form, world, questions));
  if (outside) return { complaint: outside };
  const command = commandOf(panel, form, world);
  if (command.missing.length > 0) return { complaint: `Missing: ${command.missing.join(', ')}.` };
  return command.problem ? { complaint: command.problem } : { panel, form, command };
}

/** `print` shows where a secret goes, which needs no secret. */
function stoodFor(panel: DialogPanel, questions: Questions | undefined): Values {
  if (questions) return {};
  return Object.fromEntries(panel.fields.filter(field => field.type === 'secret').map(field => [field.name, '?']));
}

/** What is wrong with values that must stand in a list of the system's; nothing when all do. As on the screen, a list that cannot be read keeps the gate shut. */
async function outsideList(
  panel: FormPanel,
  form: FormScreen,
  world: World,
  questions: Questions,
): Promise<string | undefined> {
  let known = form;
  for (let field = unreadList(panel, known, world); field; field = unreadList(panel, known, world)) {
    const listed = await questions.list(field, allValues(known), fieldsOf(panel));
    if (typeof listed === 'string') return `${field.name} must stand in a list that cannot be read: ${listed}`;
    const value = known.values[field.name] ?? '';
    const wrong = [value].flat().find(item => !listed.includes(item));
    if (wrong !== undefined) {
      const some =
        listed.length > 8 ? `${listed.slice(0, 8).join(', ')} and ${listed.length - 8} more` : listed.join(', ');
      return `${field.name}: "${wrong}" is not in its list${some ? `: ${some}.` : ', which is empty.'}`;
    }
    known = { ...known, listed: { ...known.listed, [field.name]: listed } };
  }
  return undefined;
}

/** The form with what discover found, or would find: those fields are sent only where the command line changes them. */
function withFound(panel: DialogPanel, form: FormScreen, found: Values, given: Values): FormScreen {
  const names = Object.keys(panel.discover?.map ?? {}).filter(name => given[name] === undefined);
  const unknown = Object.fromEntries(names.map(name => [name, found[name] ?? '']));
  const values = { ...form.values, ...unknown };
  // A value given on the command line is a change, even when it is the one that is there.
  const changed = Object.fromEntries(Object.keys(given).map(name => [name, '']));
  return { ...form, values, initial: { ...values, ...changed }, discovered: names };
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
