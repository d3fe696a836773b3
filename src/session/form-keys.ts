/** What keys do in a selector or dialog: move, type, step through a ring, complete a path, ask for a list, reset. */
import type { Field } from '../panel/types.ts';
import { graphemes } from '../terminal/width.ts';
import { checkValue } from '../validate/field.ts';
import {
  type FormPanel,
  fieldsOf,
  focusedField,
  formPanelOf,
  formRows,
  hasList,
  isOpen,
  isTyped,
  ringOf,
  shownValue,
} from './form.ts';
import type { Action } from './keys.ts';
import { formOnTop, listFor, listOfValues } from './list.ts';
import type { Step } from './messages.ts';
import { type FormScreen, message, openBox, type State, textOf, typedValue, withScreen } from './state.ts';
import { editText, insertText } from './text-edit.ts';
import { clamp, windowTop } from './window.ts';
import type { World } from './world.ts';

/** Rows of fields a screen of this height has room for: all when they fit, one less with the `[MORE...]` lines. */
export function formRoom(height: number, rows: number): number {
  return rows <= height - 10 ? height - 10 : height - 11;
}

/** The form with another value in a field. */
export function setField(form: FormScreen, field: Field, text: string, caret?: number): FormScreen {
  const { [field.name]: _gone, ...problems } = form.problems;
  return {
    ...form,
    values: { ...form.values, [field.name]: typedValue(field, text) },
    problems,
    caret: caret ?? graphemes(text).length,
    ran: false,
  };
}

/** The text of a `multiple` field while it is being typed keeps its blanks; elsewhere it is the value. */
export function typedText(form: FormScreen, field: Field): string {
  return textOf(form.values[field.name]);
}

/** The cursor moves to another row; the field left behind is checked, but never holds anybody back. */
export function moveTo(state: State, panel: FormPanel, form: FormScreen, cursor: number, world: World): State {
  const left = focusedField(panel, form, world);
  const problems = { ...form.problems };
  if (left && isOpen(left)) {
    const text = textOf(form.values[left.name]);
    const problem = text === '' ? undefined : checkValue(left, form.values[left.name]!, form.listed[left.name]);
    if (problem) problems[left.name] = problem;
    else delete problems[left.name];
  }
  const rows = formRows(panel, form, world);
  const at = clamp(cursor, 0, Math.max(0, rows.length - 1));
  const moved: FormScreen = { ...form, cursor: at, caret: 0, problems };
  return withScreen(state, {
    ...moved,
    top: windowTop(at, form.top, formRoom(state.size.rows, rows.length), rows.length),
  });
}

/** The cursor moves to a field by name, for example the one a problem is about. */
export function moveToField(
  state: State,
  panel: FormPanel,
  form: FormScreen,
  name: string | undefined,
  world: World,
): State {
  const at = formRows(panel, form, world).findIndex(row => row.kind === 'field' && row.field.name === name);
  return at < 0 ? state : moveTo(state, panel, form, at, world);
}

function stop(panel: FormPanel, form: FormScreen, world: World, from: number, step: 1 | -1): number {
  const rows = formRows(panel, form, world);
  for (let at = from; at >= 0 && at < rows.length; at += step) if (rows[at]!.kind === 'field') return at;
  return form.cursor;
}

/** A key with a meaning of its own. Undefined when the form has no use for it. */
export function formAction(
  state: State,
  panel: FormPanel,
  form: FormScreen,
  action: Action,
  world: World,
): Step<State> | undefined {
  const rows = formRows(panel, form, world);
  const room = formRoom(state.size.rows, rows.length);
  const field = focusedField(panel, form, world);
  const move = (from: number, step: 1 | -1): Step<State> => [
    moveTo(state, panel, form, stop(panel, form, world, from, step), world),
    [],
  ];
  switch (action) {
    case 'up':
      return move(form.cursor - 1, -1);
    case 'down':
      return move(form.cursor + 1, 1);
    case 'pageUp':
      return move(Math.max(0, form.cursor - room), 1);
    case 'pageDown':
      return move(Math.min(rows.length - 1, form.cursor + room), -1);
    case 'first':
    case 'last':
      if (field && isTyped(field) && typedText(form, field) !== '') break;
      return action === 'first' ? move(0, 1) : move(rows.length - 1, -1);
    case 'next':
    case 'before':
      return field ? step(state, panel, form, field, action === 'next' ? 1 : -1) : [state, []];
    case 'list':
      return openList(state, panel, form, field, world);
    case 'reset':
      if (!field || !isOpen(field)) return [state, []];
      return [
        withScreen(state, {
          ...setField(form, field, textOf(form.initial[field.name]), 0),
          values: { ...form.values, [field.name]: form.initial[field.name]! },
        }),
        [],
      ];
    case 'edit':
      return openEdit(state, form, field);
  }
  if (!field || !isTyped(field)) return undefined;
  const edited = editText(typedText(form, field), form.caret, action);
  if (!edited) return undefined;
  const same = edited.text === typedText(form, field);
  return [
    withScreen(state, same ? { ...form, caret: edited.caret } : setField(form, field, edited.text, edited.caret)),
    [],
  ];
}

/** Typed characters go into the focused field; a ring takes the next value that begins with them. */
export function formText(state: State, panel: FormPanel, form: FormScreen, text: string, world: World): Step<State> {
  const field = focusedField(panel, form, world);
  if (!field) return [state, []];
  if (isTyped(field)) {
    const typed = typedText(form, field);
    // A value that was there before is replaced only where SMIT would: never; text goes in at the caret.
    const edited = insertText(typed, Math.min(form.caret, graphemes(typed).length), text);
    const next = setField(form, field, edited.text, edited.caret);
    // Blanks between the items of a multiple field must survive while it is being typed.
    const values =
      field.multiple && /[ \t]$/.test(edited.text) ? { ...next.values, [field.name]: edited.text } : next.values;
    return [withScreen(state, { ...next, values }), []];
  }
  const ring = ringOf(field);
  const now = ring.indexOf(textOf(form.values[field.name]));
  for (let step = 1; step <= ring.length; step++) {
    const value = ring[(now + step + ring.length) % ring.length]!;
    if (isOpen(field) && value.toLowerCase().startsWith(text.toLowerCase()))
      return [withScreen(state, setField(form, field, value, 0)), []];
  }
  const why = field.show ? 'is shown, not changed' : 'takes one of its values: Tab steps through them, F4 lists them';
  return [{ ...state, notice: `${field.label.trim()}: ${why}.` }, []];
}

function step(state: State, panel: FormPanel, form: FormScreen, field: Field, by: 1 | -1): Step<State> {
  const ring = ringOf(field);
  if (isOpen(field) && ring.length > 0) {
    const now = ring.indexOf(textOf(form.values[field.name]));
    const next = ring[(now < 0 ? (by > 0 ? 0 : ring.length - 1) : now + by + ring.length) % ring.length]!;
    return [withScreen(state, setField(form, field, next, 0)), []];
  }
  if (field.type === 'path' && by > 0 && isOpen(field)) {
    return [state, [{ type: 'complete', field, text: typedText(form, field) }]];
  }
  // Elsewhere Tab moves on, as people expect of a form.
  const rows = fieldsOf(panel).length;
  return rows > 1
    ? [{ ...state, notice: hasList(field) ? 'F4 lists the values of this field.' : undefined }, []]
    : [state, []];
}

function openList(
  state: State,
  panel: FormPanel,
  form: FormScreen,
  field: Field | undefined,
  world: World,
): Step<State> {
  if (!field || !hasList(field)) {
    return [openBox(state, message('ERROR MESSAGE', ['There is no list for this field.'])), []];
  }
  if (!field.source) return [openBox(state, listOfValues(field, form)), []];
  return listFor(state, panel, form, field, world);
}

function openEdit(state: State, form: FormScreen, field: Field | undefined): Step<State> {
  if (!field || !isTyped(field)) return [{ ...state, notice: 'This field is not typed: Tab or F4 changes it.' }, []];
  const text = typedText(form, field);
  return [
    openBox(state, { kind: 'edit', field: field.name, label: field.label.trim(), text, caret: graphemes(text).length }),
    [],
  ];
}

/** A value put into a field by its name, checked at once; what is wrong is said and stays beside the field. */
export function setByName(state: State, name: string, text: string, world: World): State {
  const form = formOnTop(state);
  const panel = form && formPanelOf(form, world);
  const field = panel && fieldsOf(panel).find(one => one.name === name);
  if (!form || !field) return { ...state, notice: `There is no field ${name} here.` };
  if (!isOpen(field)) return { ...state, notice: `${field.label.trim()} is shown, not changed.` };
  const next = setField(form, field, textOf(shownValue(field, text)));
  const problem = text === '' ? undefined : checkValue(field, next.values[name]!, next.listed[name]);
  if (!problem) return withScreen(state, next);
  return { ...withScreen(state, { ...next, problems: { ...next.problems, [name]: problem } }), notice: problem };
}
