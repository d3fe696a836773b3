/** Answers to what was asked of the system: lists, discover, classify, diffs and completed paths. */
import { ask, commandOf, submit } from './ask.ts';
import { errorBox } from './boxes.ts';
import { type FormPanel, fieldsOf, firstProblem, formPanelOf, shownValue } from './form.ts';
import { setField } from './form-keys.ts';
import { drop } from './leave.ts';
import { formOnTop, listBox } from './list.ts';
import type { Message, Step } from './messages.ts';
import { leaveSelector, openPanel } from './open.ts';
import {
  closeBox,
  type FormScreen,
  message as messageBox,
  openBox,
  type State,
  textOf,
  topBox,
  withScreen,
} from './state.ts';
import type { World } from './world.ts';

/** Messages that answer a job. */
export type JobMessage = Extract<Message, { job: number }>;

/** An answer to a list, discover, classify or diff. Answers to jobs that were cancelled are dropped. */
export function jobNews(state: State, message: JobMessage, world: World): Step<State> {
  const box = topBox(state);
  const form = formOnTop(state);
  if (box?.kind !== 'working' || box.job !== message.job || !form) return [state, []];
  const closed = closeBox(state);
  const panel = formPanelOf(form, world);
  const ghost = panel.kind === 'selector' && panel.ghost;
  switch (message.type) {
    case 'listed': {
      const field = fieldsOf(panel).find(one => one.name === message.field);
      if (!field) return [closed, []];
      const known = { ...form, listed: { ...form.listed, [field.name]: message.rows.map(row => row.value) } };
      const next = withScreen(closed, known);
      if (message.check) return goOn(next, panel, known, world);
      if (message.rows.length === 0) {
        const empty = openBox(
          ghost ? drop(next)[0] : next,
          messageBox('ERROR MESSAGE', ['The list is empty: there is nothing to choose from.']),
        );
        return [empty, []];
      }
      if (ghost && message.rows.length === 1 && panel.kind === 'selector') {
        return leaveSelector(next, panel, setField(known, field, message.rows[0]!.value), world, true);
      }
      return [openBox(next, listBox(field, known, message.rows, message.heading)), []];
    }
    case 'discovered': {
      if (panel.kind !== 'dialog') return [closed, []];
      const values = { ...form.values };
      for (const field of panel.fields) {
        const found = message.values[field.name];
        if (found !== undefined) values[field.name] = shownValue(field, found);
      }
      // Values given on the command line win over what was found, and count as changes.
      const initial = { ...values };
      for (const field of panel.fields)
        if (form.carried[field.name] !== undefined) values[field.name] = form.values[field.name]!;
      return [
        withScreen(closed, { ...form, values, initial, discovered: Object.keys(message.values), loading: undefined }),
        [],
      ];
    }
    case 'classified':
      if (message.next) {
        const base = ghost ? { ...closed, screens: closed.screens.slice(0, -1) } : closed;
        return openPanel(base, message.next, message.values, world);
      }
      return [
        errorBox(closed, 'ERROR MESSAGE', [`The system answered "${message.said}", for which there is no panel here.`]),
        [],
      ];
    case 'diffed':
      if (panel.kind !== 'dialog') return [closed, []];
      return ask(closed, panel, form, commandOf(panel, form, world), message.lines, world);
    case 'jobFailed':
    case 'jobCancelled': {
      const usable = ghost ? drop(closed)[0] : withScreen(closed, { ...form, loading: undefined });
      return [message.type === 'jobFailed' ? errorBox(usable, message.title, message.lines) : usable, []];
    }
  }
}

/** Enter was waiting for a list to check a value against. */
function goOn(state: State, panel: FormPanel, form: FormScreen, world: World): Step<State> {
  if (panel.kind === 'dialog') return submit(state, panel, form, world);
  const problem = firstProblem(panel, form, world);
  return problem ? [errorBox(state, 'ERROR MESSAGE', [problem.message]), []] : leaveSelector(state, panel, form, world);
}

/** Tab in a path came back: the text as far as it is certain. */
export function completed(state: State, message: Extract<Message, { type: 'completed' }>, world: World): State {
  const form = formOnTop(state);
  const panel = form && formPanelOf(form, world);
  const field = panel && fieldsOf(panel).find(one => one.name === message.field);
  if (!form || !field || textOf(form.values[field.name]) !== message.before) return state;
  const next = withScreen(state, setField(form, field, message.text));
  if (message.candidates.length === 1) return next;
  return {
    ...next,
    notice: message.candidates.length === 0 ? 'No file begins with that.' : message.candidates.slice(0, 8).join('  '),
  };
}
