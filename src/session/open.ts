/** Opening panels: the next screen on the stack, with the values that lead there, and what must be read first. */
import { formatComplaint } from '../panel/complaint.ts';
import type { DialogPanel, FastPath, SelectorPanel, Values } from '../panel/types.ts';
import { fieldsOf, startForm } from './form.ts';
import { listFor } from './list.ts';
import { startMenu } from './menu.ts';
import type { Effect, Step } from './messages.ts';
import { type FormScreen, message, openBox, type Screen, type State } from './state.ts';
import type { World } from './world.ts';

/** The first state: the panel asked for, on a screen of this size. */
export function startSession(size: State['size'], first: FastPath, values: Values, world: World): Step<State> {
  const empty: State = { size, screens: [], boxes: [], escPending: false, ahead: [], next: 1, printed: [] };
  const [opened, effects] = openPanel(empty, first, values, world);
  const state = opened.screens.length > 0 ? opened : { ...openPanel(empty, 'root', {}, world)[0], boxes: opened.boxes };
  const mistakes = world.complaints.filter(complaint => complaint.level === 'error');
  if (mistakes.length === 0) return [world.news ? { ...state, notice: world.news } : state, effects];
  // Somebody who asked for a panel by name gets that panel; the whole story is told at the root menu.
  if (first !== 'root' && opened.screens.length > 0) {
    return [{ ...state, notice: `Mistakes in panel files (${mistakes.length}): "hasmit check" tells.` }, effects];
  }
  const box = message('PANEL FILES WITH MISTAKES', mistakes.slice(0, 50).map(formatComplaint), {
    intro: ['These panels are left out until they are mended.', '"hasmit check" shows this again.'],
  });
  return [openBox(state, box), effects];
}

/** Opens a panel over the screen there is. What cannot be opened is said in a box. */
export function openPanel(state: State, id: FastPath, values: Values, world: World): Step<State> {
  const panel = world.panel(id);
  const refused = world.denied(id);
  if (refused || !panel) {
    const lines = refused
      ? [refused]
      : [`There is no panel "${id}" here.`, 'It may belong to a product whose panels are not installed.'];
    return [openBox(state, message('ERROR MESSAGE', lines)), []];
  }
  const visited: Effect = { type: 'visited', panel };
  if (panel.kind === 'menu') return [push(state, startMenu(panel)), [visited]];
  if (panel.kind === 'text') return [push(state, { kind: 'text', panel: panel.id, top: 0, link: -1 }), [visited]];

  const missing = (panel.needs ?? []).filter(name => values[name] === undefined || values[name] === '');
  if (missing.length > 0) {
    const before = world.reachedFrom(panel.id);
    if (before && before !== id) return openPanel(state, before, values, world);
    return [
      openBox(
        state,
        message('ERROR MESSAGE', [`"${id}" needs ${missing.join(', ')}: give it as ${missing[0]}=VALUE.`]),
      ),
      [],
    ];
  }
  const [opened, effects] = openForm(state, panel, startForm(panel, values, world), world);
  return [opened, [visited, ...effects]];
}

function push(state: State, screen: Screen): State {
  return { ...state, screens: [...state.screens, screen], notice: undefined };
}

function openForm(state: State, panel: DialogPanel | SelectorPanel, form: FormScreen, world: World): Step<State> {
  const pushed = push(state, form);
  if (panel.kind === 'selector') {
    const given = form.carried[panel.field.name];
    // A value from the command line answers the selector: it is not asked again.
    if (given !== undefined && given !== '') return leaveSelector(pushed, panel, form, world, true);
    if (!panel.ghost) return [pushed, []];
    if (!panel.field.source) return leaveSelector(pushed, panel, form, world, true);
    return listFor(pushed, panel, form, panel.field, world);
  }
  if (!panel.discover || world.listNothing) return [pushed, []];
  const job = pushed.next;
  const loading = { ...pushed, next: job + 1, screens: [...state.screens, { ...form, loading: job }] };
  return [
    openBox(loading, { kind: 'working', job, what: panel.title }),
    [{ type: 'discover', job, panel, values: form.carried }],
  ];
}

/** From a selector to the panel it leads to. `instead` takes the selector off the stack: a ghost is not a place to come back to. */
export function leaveSelector(
  state: State,
  panel: SelectorPanel,
  form: FormScreen,
  world: World,
  instead = false,
): Step<State> {
  const values: Values = { ...form.carried, ...form.values };
  const base = instead ? { ...state, screens: state.screens.slice(0, -1) } : state;
  if (typeof panel.next === 'string') return openPanel(base, panel.next, values, world);
  if (world.listNothing)
    return [{ ...state, notice: 'Where this leads is asked of the system, which -X forbids.' }, []];
  const job = state.next;
  const working = openBox({ ...state, next: job + 1 }, { kind: 'working', job, what: panel.title });
  return [working, [{ type: 'classify', job, panel, values }]];
}

/** The names of the fields a panel asks for: what FIELD=VALUE on the command line may name. */
export function namesOf(panel: DialogPanel | SelectorPanel): string[] {
  return [
    ...(panel.needs ?? []),
    ...fieldsOf(panel)
      .filter(field => field.type !== 'info')
      .map(field => field.name),
  ];
}
