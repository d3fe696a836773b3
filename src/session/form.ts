/** Selectors and dialogs: which rows they have, what stands in them, what has changed. Pure questions about a form; form-keys.ts acts. */
import type { RenderInput } from '../command/render.ts';
import type { DialogPanel, Field, SelectorPanel, Values } from '../panel/types.ts';
import { checkValue } from '../validate/field.ts';
import { type FormScreen, textOf } from './state.ts';
import type { World } from './world.ts';

export type FormPanel = DialogPanel | SelectorPanel;

/** One row between the instructions and the legend. */
export type FormRow =
  | { kind: 'field'; field: Field }
  | { kind: 'info'; text: string }
  | { kind: 'computed'; label: string; text: string };

/** The panel a form shows. A form is only made of a dialog or selector that exists. */
export function formPanelOf(form: FormScreen, world: World): FormPanel {
  return world.panel(form.panel) as FormPanel;
}

/** The fields of a selector (one) or dialog, whether shown or not. */
export function fieldsOf(panel: FormPanel): Field[] {
  return panel.kind === 'selector' ? [panel.field] : panel.fields;
}

/** True when a field can be changed by the operator. */
export function isOpen(field: Field): boolean {
  return !field.show && field.type !== 'info';
}

/** True when a field takes typed text; rings and read-only fields do not. */
export function isTyped(field: Field): boolean {
  return isOpen(field) && field.type !== 'choice' && field.type !== 'yesno';
}

/** The values a ring steps through; empty for other fields. */
export function ringOf(field: Field): string[] {
  if (field.type === 'yesno') return ['no', 'yes'];
  if (field.type === 'choice') return (field.values ?? []).map(choice => choice.shown);
  return [];
}

/** True when F4 has something to show. */
export function hasList(field: Field): boolean {
  return isOpen(field) && (field.source !== undefined || field.values !== undefined || field.type === 'yesno');
}

/** The values a form knows: what was carried here and what its fields hold. */
export function allValues(form: FormScreen): Values {
  return { ...form.carried, ...form.values };
}

/** A form as it is when its panel is opened, before discover has filled it. `given` are values from the command line. */
export function startForm(panel: FormPanel, given: Values, world: World): FormScreen {
  const values: Values = {};
  const changed: Values = {};
  for (const field of fieldsOf(panel)) {
    if (field.type === 'info') continue;
    values[field.name] = defaultOf(field, world);
    if (given[field.name] !== undefined) changed[field.name] = shownValue(field, given[field.name]!);
  }
  const form: FormScreen = {
    kind: 'form',
    panel: panel.id,
    carried: given,
    values: { ...values, ...changed },
    // A value that came along from a selector is not a change; it is where the form starts.
    initial: { ...values, ...changed },
    discovered: [],
    cursor: 0,
    top: 0,
    caret: 0,
    problems: {},
    listed: {},
  };
  return { ...form, cursor: firstStop(panel, form, world) };
}

function defaultOf(field: Field, world: World): Values[string] {
  const empty = field.multiple ? [] : '';
  const given = field.default;
  if (given === undefined)
    return ringOf(field)[0] !== undefined && field.required ? ringOf(field)[0]! : field.type === 'yesno' ? 'no' : empty;
  if (typeof given === 'object' && !Array.isArray(given)) return shownValue(field, world.site[given.site] ?? empty);
  return shownValue(field, given);
}

/** A value as the field shows it: a ring's sent value becomes the shown one, items become a list for a `multiple` field. */
export function shownValue(field: Field, value: Values[string]): Values[string] {
  const one = (text: string) =>
    field.values?.find(choice => choice.sent === text || choice.shown === text)?.shown ?? text;
  if (field.multiple) return (typeof value === 'string' ? value.split(/[ \t]+/).filter(Boolean) : value).map(one);
  return one(typeof value === 'string' ? value : value.join(' '));
}

/** The fields that are there now: those whose `when` holds. */
export function presentFields(panel: FormPanel, form: FormScreen, world: World): Field[] {
  const fields = fieldsOf(panel);
  const values = allValues(form);
  return fields.filter(field => !field.when || world.evaluate(field.when, fields, values).value === true);
}

/** The rows of a form in order, computed lines below the field they follow. */
export function formRows(panel: FormPanel, form: FormScreen, world: World): FormRow[] {
  const computed = panel.kind === 'dialog' ? (panel.computed ?? []) : [];
  const rows: FormRow[] = [];
  const fields = fieldsOf(panel);
  const add = (after: string | undefined) => {
    for (const line of computed) {
      if (line.after !== after) continue;
      const result = world.evaluate(line.expression, fields, allValues(form));
      const text =
        result.missing || result.value === undefined ? '-' : `${result.value}${line.unit ? ` ${line.unit}` : ''}`;
      rows.push({ kind: 'computed', label: line.label, text });
    }
  };
  for (const field of presentFields(panel, form, world)) {
    rows.push(field.type === 'info' ? { kind: 'info', text: field.label } : { kind: 'field', field });
    add(field.name);
  }
  add(undefined);
  return rows;
}

function firstStop(panel: FormPanel, form: FormScreen, world: World): number {
  const rows = formRows(panel, form, world);
  const open = rows.findIndex(row => row.kind === 'field' && isOpen(row.field));
  return Math.max(0, open >= 0 ? open : rows.findIndex(row => row.kind === 'field'));
}

/** The field the cursor is on; a form without fields has none. */
export function focusedField(panel: FormPanel, form: FormScreen, world: World): Field | undefined {
  const row = formRows(panel, form, world)[form.cursor];
  return row?.kind === 'field' ? row.field : undefined;
}

/** Names of the fields whose value differs from the first one. */
export function changedFields(panel: FormPanel, form: FormScreen): string[] {
  return fieldsOf(panel)
    .filter(field => textOf(form.values[field.name]) !== textOf(form.initial[field.name]))
    .map(field => field.name);
}

/** What the renderer needs to know of a form. */
export function renderInput(panel: FormPanel, form: FormScreen, world: World): RenderInput {
  const present = presentFields(panel, form, world).map(field => field.name);
  const own = new Set(fieldsOf(panel).map(field => field.name));
  return {
    values: allValues(form),
    fields: fieldsOf(panel),
    changed: new Set(changedFields(panel, form)),
    discovered: new Set(form.discovered),
    // A value that came along for a field whose `when` does not hold is as absent as the field.
    present: new Set([...present, ...Object.keys(form.carried).filter(name => !own.has(name))]),
    thisHost: world.host,
    holds: expression => world.evaluate(expression, fieldsOf(panel), allValues(form)).value === true,
  };
}

/**
 * A field whose typed value must stand in a list that has not been read yet. A list that is more than a proposal is a gate: it is read before the
 * command runs, and a list that cannot be read keeps the gate shut.
 */
export function unreadList(panel: FormPanel, form: FormScreen, world: World): Field | undefined {
  if (world.listNothing) return undefined;
  return presentFields(panel, form, world).find(
    field =>
      isOpen(field) &&
      field.source !== undefined &&
      !field.free &&
      form.listed[field.name] === undefined &&
      textOf(form.values[field.name]) !== '' &&
      // What the system or the panel gave is believed; what came with a command line is not.
      (form.carried[field.name] !== undefined || textOf(form.values[field.name]) !== textOf(form.initial[field.name])),
  );
}

/** The same for values that have left their form: previews and checks afterwards see what the command saw. */
export function inputOfValues(panel: DialogPanel, values: Values, world: World): RenderInput {
  return renderInput(panel, { ...startForm(panel, {}, world), values, carried: values }, world);
}

/** The first thing that keeps the form from going on: a field's value, or a check over several fields. */
export function firstProblem(
  panel: FormPanel,
  form: FormScreen,
  world: World,
): { field?: string; message: string } | undefined {
  for (const field of presentFields(panel, form, world)) {
    if (!isOpen(field)) continue;
    const problem = checkValue(field, form.values[field.name] ?? '', form.listed[field.name]);
    if (problem) return { field: field.name, message: `${field.label.trim()}: ${problem}` };
  }
  if (panel.kind !== 'dialog') return undefined;
  for (const check of panel.checks ?? []) {
    if (world.evaluate(check.expression, panel.fields, allValues(form)).value === false) {
      return { field: check.field, message: check.message };
    }
  }
  return undefined;
}
