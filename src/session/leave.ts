/** Going back and leaving: what is asked first, and what is given up with a screen. */
import type { DialogPanel } from '../panel/types.ts';
import { changedFields, fieldsOf } from './form.ts';
import type { Effect, Step } from './messages.ts';
import { closeBox, type FormScreen, openBox, type State, topBox, topScreen } from './state.ts';
import type { World } from './world.ts';

/** Labels of the fields that would lose what was typed into them if the form went away now. */
export function unsaved(form: FormScreen, world: World): string[] {
  const panel = world.panel(form.panel);
  if (form.ran || panel?.kind !== 'dialog') return [];
  const changed = changedFields(panel, form);
  return fieldsOf(panel as DialogPanel)
    .filter(field => changed.includes(field.name))
    .map(field => field.label.trim());
}

/** F3 on a screen: one screen back. A dialog with typed values asks first; a running command asks whether to cancel it. */
export function back(state: State, world: World): Step<State> {
  const screen = topScreen(state);
  if (screen.kind === 'output' && !screen.ended) return [askCancel(state), []];
  if (screen.kind === 'form') {
    const lost = unsaved(screen, world);
    if (lost.length > 0) return [askLeave(state, 'back', lost), []];
  }
  return drop(state);
}

/** F10: leave at once, unless a command runs or typed values would be lost. A question that stands already is not asked twice. */
export function exit(state: State, world: World): Step<State> {
  const box = topBox(state);
  const about = box?.kind === 'confirm' ? box.question.about : undefined;
  if (about === 'cancel') return [state, []];
  if (about === 'unrecorded') {
    const [dropped, effects] = drop(closeBox(state));
    const [left, more] = exit(dropped, world);
    return [left, [...effects, ...more]];
  }
  const screen = topScreen(state);
  if (screen.kind === 'output' && !screen.ended) return [askCancel(state), []];
  const lost = state.screens.flatMap(one => (one.kind === 'form' ? unsaved(one, world) : []));
  if (lost.length > 0) return [askLeave(about === 'leave' ? closeBox(state) : state, 'exit', lost), []];
  return [{ ...state, over: { status: 0 } }, [{ type: 'quit', status: 0 }]];
}

/** The top screen goes; the first screen's going is the end. */
export function drop(state: State): Step<State> {
  const screen = topScreen(state);
  const effects: Effect[] = screen.kind === 'output' ? [{ type: 'forgetRun', run: screen.run }] : [];
  if (state.screens.length === 1) return [{ ...state, over: { status: 0 } }, [...effects, { type: 'quit', status: 0 }]];
  return [{ ...state, screens: state.screens.slice(0, -1), notice: undefined }, effects];
}

/** The question whether the running command is to be cancelled. */
export function askCancel(state: State): State {
  const screen = topScreen(state);
  const text = screen.kind === 'output' ? screen.command.text.split('\n').map(line => `  ${line}`) : [];
  return openBox(state, {
    kind: 'confirm',
    title: 'CANCEL THE RUNNING COMMAND?',
    lines: [
      'It gets an interrupt first; if it does not end, it is terminated',
      'and then killed, with everything it started.',
      '',
      ...text,
    ],
    top: 0,
    question: { about: 'cancel' },
  });
}

function askLeave(state: State, to: 'back' | 'exit', lost: string[]): State {
  return openBox(state, {
    kind: 'confirm',
    title: 'LEAVE WITHOUT RUNNING?',
    lines: ['These values were changed and will be lost:', '', ...lost.map(label => `  ${label}`)],
    top: 0,
    question: { about: 'leave', to },
  });
}
