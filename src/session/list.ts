/** Pop-up lists (F4): opening them, the rows a filter leaves, what keys do, and taking a value. */
import type { Field } from '../panel/types.ts';
import { textWidth } from '../terminal/width.ts';
import { allValues, type FormPanel, fieldsOf, focusedField, ringOf } from './form.ts';
import { setField } from './form-keys.ts';
import type { Action } from './keys.ts';
import type { Step } from './messages.ts';
import {
  closeBox,
  type FormScreen,
  type ListBox,
  type ListRow,
  openBox,
  type State,
  textOf,
  topScreen,
  withBox,
  withScreen,
} from './state.ts';
import { boxRoom, clamp, windowTop } from './window.ts';
import type { World } from './world.ts';

/** Rows of entries a list box has room for on a screen of this height. */
export function listRoom(box: ListBox, height: number, total = listRows(box).length): number {
  // Borders, title, instructions, blank lines and the legend of three rows.
  const around = (box.multiple ? 12 : 10) + box.heading.length + (box.filter ? 1 : 0);
  return boxRoom(height, around, total);
}

/** Asks the world for the values of a field's source; the working box says so meanwhile. */
export function listFor(
  state: State,
  panel: FormPanel,
  form: FormScreen,
  field: Field,
  world: World,
  check = false,
): Step<State> {
  const source = world.source(field.source!);
  if (!source) return [{ ...state, notice: `There is no list named ${field.source}.` }, []];
  if (world.listNothing) return [{ ...state, notice: 'Lists are off (-X): type the value.' }, []];
  const job = state.next;
  const working = openBox({ ...state, next: job + 1 }, { kind: 'working', job, what: field.label.trim() });
  return [
    working,
    [
      {
        type: 'list',
        job,
        field,
        source,
        values: allValues(form),
        fields: fieldsOf(panel),
        ...(check ? { check } : {}),
      },
    ],
  ];
}

/** The list of a ring or of fixed values. */
export function listOfValues(field: Field, form: FormScreen): ListBox {
  const texts = field.type === 'yesno' ? ringOf(field) : (field.values ?? []).map(choice => choice.shown);
  return listBox(
    field,
    form,
    texts.map(text => ({ value: text, text, more: [] })),
    [],
  );
}

/** A list box for a field, its cursor on the field's value. */
export function listBox(field: Field, form: FormScreen, rows: ListRow[], heading: string[]): ListBox {
  const value = form.values[field.name];
  const selected = field.multiple
    ? textOf(value)
        .split(/[ \t]+/)
        .filter(Boolean)
    : [];
  const at = rows.findIndex(row => row.value === textOf(value));
  return {
    kind: 'list',
    title: field.label.trim(),
    field: field.name,
    multiple: field.multiple ?? false,
    ordered: field.ordered ?? false,
    heading,
    rows,
    width: widest(heading, rows),
    cursor: Math.max(0, at),
    top: 0,
    selected,
  };
}

/** What the last filter left of a list, in small letters beside it, so that one more letter looks only at that. Answers are remembered, not state. */
const narrowed = new WeakMap<ListRow[], { text: string; rows: ListRow[]; small: string[] }>();

/** The rows that hold the filter's text; all without one. */
export function listRows(box: ListBox): ListRow[] {
  const wanted = box.filter?.text.toLowerCase();
  if (!wanted) return box.rows;
  let among = narrowed.get(box.rows);
  if (among?.text === wanted) return among.rows;
  if (!among || !wanted.startsWith(among.text)) {
    among = { text: '', rows: box.rows, small: box.rows.map(row => [row.text, ...row.more].join('\n').toLowerCase()) };
  }
  const found = { text: wanted, rows: [] as ListRow[], small: [] as string[] };
  among.small.forEach((text, at) => {
    if (!text.includes(wanted)) return;
    found.rows.push(among.rows[at]!);
    found.small.push(text);
  });
  narrowed.set(box.rows, found);
  return found.rows;
}

/** Cells of the widest line; those that fit a box of SMIT's width whatever they hold are not measured. */
function widest(heading: string[], rows: ListRow[]): number {
  let most = 0;
  const measure = (text: string) => {
    if (text.length > 35) most = Math.max(most, textWidth(text));
  };
  heading.forEach(measure);
  for (const row of rows) measure(row.text);
  return most;
}

function put(state: State, box: ListBox): Step<State> {
  const total = listRows(box).length;
  const cursor = clamp(box.cursor, 0, Math.max(0, total - 1));
  return [
    withBox(state, { ...box, cursor, top: windowTop(cursor, box.top, listRoom(box, state.size.rows), total) }),
    [],
  ];
}

/** A key in a list. */
export function listAction(
  state: State,
  box: ListBox,
  action: Action,
  panel: FormPanel,
  form: FormScreen,
  world: World,
): Step<State> {
  const rows = listRows(box);
  const room = listRoom(box, state.size.rows);
  switch (action) {
    case 'up':
      return put(state, { ...box, cursor: box.cursor - 1 });
    case 'down':
      return put(state, { ...box, cursor: box.cursor + 1 });
    case 'pageUp':
      return put(state, { ...box, cursor: box.cursor - room, top: box.top - room });
    case 'pageDown':
      return put(state, { ...box, cursor: box.cursor + room, top: box.top + room });
    case 'first':
      return put(state, { ...box, cursor: 0 });
    case 'last':
      return put(state, { ...box, cursor: rows.length - 1 });
    case 'filter':
      return put(state, { ...box, filter: { text: '', editing: true } });
    case 'findNext':
    case 'findBefore':
      return findIn(state, box, action === 'findNext' ? 1 : -1);
    case 'select': {
      const row = rows[box.cursor];
      return row ? put(state, { ...box, selected: toggle(box.selected, row.value), cursor: box.cursor }) : [state, []];
    }
    case 'selectAll': {
      const all = rows.map(row => row.value);
      const full = all.every(value => box.selected.includes(value));
      const rest = box.selected.filter(value => !all.includes(value));
      return put(state, { ...box, selected: full ? rest : [...rest, ...all] });
    }
    case 'backspace':
    case 'erase':
      if (!box.filter) return [state, []];
      return put(state, {
        ...box,
        filter: { ...box.filter, text: action === 'erase' ? '' : box.filter.text.slice(0, -1) },
        cursor: 0,
      });
    case 'cancel':
      if (box.filter)
        return put(state, {
          ...box,
          filter: undefined,
          find: box.filter.text,
          cursor: Math.max(0, box.rows.indexOf(rows[box.cursor]!)),
        });
      return [closeBox(state), []];
    case 'enter':
      return take(state, box, panel, form, world);
    default:
      return [state, []];
  }
}

/** Typed characters narrow the list while its filter is open. */
export function listText(state: State, box: ListBox, text: string): Step<State> {
  if (!box.filter?.editing) return [state, []];
  return put(state, { ...box, filter: { ...box.filter, text: box.filter.text + text }, cursor: 0, top: 0 });
}

function findIn(state: State, box: ListBox, by: 1 | -1): Step<State> {
  const wanted = (box.find ?? box.filter?.text ?? '').toLowerCase();
  const rows = listRows(box);
  if (!wanted) return [{ ...state, notice: 'Nothing to find yet: / begins.' }, []];
  for (let step = 1; step <= rows.length; step++) {
    const at = (box.cursor + by * step + rows.length * 2) % rows.length;
    if (rows[at]!.text.toLowerCase().includes(wanted)) return put(state, { ...box, cursor: at });
  }
  return [{ ...state, notice: `Not found: ${wanted}` }, []];
}

function toggle(values: string[], value: string): string[] {
  return values.includes(value) ? values.filter(other => other !== value) : [...values, value];
}

function take(state: State, box: ListBox, panel: FormPanel, form: FormScreen, world: World): Step<State> {
  const rows = listRows(box);
  const row = rows[box.cursor];
  if (box.filter?.editing && !row) return [{ ...state, notice: 'Nothing in the list holds that text.' }, []];
  const field = fieldsOf(panel).find(one => one.name === box.field) ?? focusedField(panel, form, world);
  if (!field) return [closeBox(state), []];
  if (!box.multiple) {
    if (!row) return [closeBox(state), []];
    return [withScreen(closeBox(state), setField(form, field, row.value, 0)), []];
  }
  // In the list's order unless the order of choosing counts; what was typed by hand stays behind it.
  const listed = box.rows.map(one => one.value);
  const items = box.ordered
    ? box.selected
    : [
        ...listed.filter(value => box.selected.includes(value)),
        ...box.selected.filter(value => !listed.includes(value)),
      ];
  // A bare Enter takes the entry the cursor is on, as people who expect a single list do.
  const taken = items.length === 0 && row ? [row.value] : items;
  const next = setField(form, field, '', 0);
  return [withScreen(closeBox(state), { ...next, values: { ...next.values, [field.name]: taken } }), []];
}

/** The form on top, when it is one. */
export function formOnTop(state: State): FormScreen | undefined {
  const screen = topScreen(state);
  return screen.kind === 'form' ? screen : undefined;
}
