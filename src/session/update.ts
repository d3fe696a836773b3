/**
 * The one place where a session changes: update(state, message, world) gives the next state and what is to be done. No I/O, no clock, no
 * React: the same messages give the same screens, in a test as on a console.
 */
import { explainCommand } from '../command/explain.ts';
import type { DialogPanel, SelectorPanel } from '../panel/types.ts';
import type { Key } from '../terminal/types.ts';
import { ask, commandOf, submit } from './ask.ts';
import { boxText, commandAction, confirmAction, confirmText, editAction, errorBox, findAction, imageAction, messageAction } from './boxes.ts';
import { changedFields, type FormPanel, fieldsOf, focusedField, firstProblem, isTyped, shownValue } from './form.ts';
import { formAction, formText, setField } from './form-keys.ts';
import { helpBox } from './help.ts';
import { jumpAction, jumpHits, jumpText, openJump } from './jump.ts';
import { type Action, actionFor, type Context } from './keys.ts';
import { askCancel, back, drop, exit } from './leave.ts';
import { formOnTop, listAction, listBox, listText } from './list.ts';
import { menuAction, menuText } from './menu.ts';
import type { Effect, Message, Step } from './messages.ts';
import { leaveSelector, openPanel } from './open.ts';
import { foundLine, outputAction, outputGrew } from './output.ts';
import {
  type CommandBox,
  closeBox,
  type FormScreen,
  message as messageBox,
  openBox,
  type OutputScreen,
  type State,
  textOf,
  topBox,
  topScreen,
  withScreen,
} from './state.ts';
import { pastedLine } from './text-edit.ts';
import { textAction } from './text.ts';
import type { World } from './world.ts';

/** The next state and the effects of one message. */
export function update(state: State, message: Message, world: World): Step<State> {
  if (state.over) return [state, []];
  switch (message.type) {
    case 'key':
      return key({ ...state, notice: undefined }, message.key, world);
    case 'resize':
      return [resized(state, message, world), []];
    case 'escPending':
      return [{ ...state, escPending: message.on }, []];
    case 'action': {
      const box = topBox(state);
      return box?.kind === 'command' ? commandAction(state, box, message.action) : [state, []];
    }
    case 'open':
      return openPanel(state, message.panel, message.values ?? {}, world);
    case 'hits': {
      const box = topBox(state);
      return [box?.kind === 'jump' ? jumpHits(state, box, message.query, message.hits) : state, []];
    }
    case 'notice':
      return [{ ...state, notice: message.text }, []];
    case 'error':
      return [errorBox(state, message.title, message.lines), []];
    case 'completed':
      return [completed(state, message, world), []];
    case 'recordFailed':
      return [unrecorded(state, message), []];
    case 'output':
    case 'ended':
    case 'verified':
    case 'found':
      return runNews(state, message, world);
    default:
      return jobNews(state, message, world);
  }
}

/** Where the keys go now. */
export function contextOf(state: State, world: World): Context {
  const box = topBox(state);
  if (box) return box.kind === 'list' && box.multiple ? 'multi' : box.kind;
  const screen = topScreen(state);
  if (screen.kind === 'output') return screen.ended ? 'output' : 'running';
  if (screen.kind !== 'form') return screen.kind;
  return world.panel(screen.panel)?.kind === 'selector' ? 'selector' : 'dialog';
}

/** True when printable characters are text here and not keys with a meaning. */
function takesText(state: State, world: World): boolean {
  const box = topBox(state);
  if (box) {
    if (box.kind === 'list') return box.filter?.editing ?? false;
    if (box.kind === 'confirm') return box.word !== undefined;
    return box.kind === 'edit' || box.kind === 'find' || box.kind === 'jump';
  }
  const screen = topScreen(state);
  if (screen.kind === 'menu') return screen.filter?.editing ?? false;
  if (screen.kind !== 'form') return false;
  const field = focusedField(formPanel(screen, world), screen, world);
  return field ? isTyped(field) : false;
}

function formPanel(screen: FormScreen, world: World): FormPanel {
  return world.panel(screen.panel) as DialogPanel | SelectorPanel;
}

function key(state: State, pressed: Key, world: World): Step<State> {
  const context = contextOf(state, world);
  if (pressed.type === 'key') {
    const action = actionFor(context, pressed.name);
    return action ? act(state, context, action, world) : [state, []];
  }
  if (pressed.type === 'paste' || takesText(state, world)) {
    const raw = pressed.type === 'paste' ? pastedLine(pressed.text, pasteJoiner(state, world)) : pressed.text;
    return takesText(state, world) && raw !== '' ? text(state, raw, world) : [state, []];
  }
  // Letters with a meaning may come several in one read.
  let step: Step<State> = [state, []];
  for (const character of pressed.text) {
    const [now, effects] = step;
    const action = takesText(now, world) ? undefined : actionFor(contextOf(now, world), character);
    const [next, more] = action ? act(now, contextOf(now, world), action, world) : text(now, character, world);
    step = [next, [...effects, ...more]];
  }
  return step;
}

function pasteJoiner(state: State, world: World): string {
  const screen = topScreen(state);
  if (screen.kind !== 'form' || topBox(state)) return '';
  return focusedField(formPanel(screen, world), screen, world)?.multiple ? ' ' : '';
}

function text(state: State, typed: string, world: World): Step<State> {
  const box = topBox(state);
  if (box) {
    if (box.kind === 'list') return listText(state, box, typed);
    if (box.kind === 'confirm') return confirmText(state, box, typed);
    if (box.kind === 'jump') return jumpText(state, box, typed);
    return box.kind === 'edit' || box.kind === 'find' ? boxText(state, box, typed) : [state, []];
  }
  const screen = topScreen(state);
  const panel = screen.kind === 'output' ? undefined : world.panel(screen.panel);
  if (screen.kind === 'menu' && panel?.kind === 'menu') return menuText(state, panel, screen, typed, world);
  return screen.kind === 'form' ? formText(state, formPanel(screen, world), screen, typed, world) : [state, []];
}

function act(state: State, context: Context, action: Action, world: World): Step<State> {
  switch (action) {
    case 'help':
      return [openBox(state, helpBox(state, context, world)), []];
    case 'refresh':
      return [state, [{ type: 'repaint' }]];
    case 'exit':
      return exit(state, world);
    case 'image':
      return [openBox(state, { kind: 'image', fastPath: fastPathOf(state) }), []];
    case 'shell':
      return world.shellAllowed ? [state, [{ type: 'shell' }]] : [{ ...state, notice: 'The shell is switched off here.' }, []];
    case 'jump':
      return openJump(state);
    case 'interrupt':
      return interrupt(state, context, world);
  }
  const box = topBox(state);
  if (!box) return screenAction(state, action, world);
  switch (box.kind) {
    case 'list': {
      const form = formOnTop(state);
      if (!form) return [closeBox(state), []];
      return afterList(listAction(state, box, action, formPanel(form, world), form, world), action, world);
    }
    case 'message':
      return messageAction(state, box, action, world);
    case 'confirm':
      return confirmAction(state, box, action, world);
    case 'command':
      return commandAction(state, box, action);
    case 'image':
      return imageAction(state, action, box.fastPath);
    case 'edit':
      return editAction(state, box, action, world);
    case 'find':
      return findAction(state, box, action);
    case 'jump':
      return jumpAction(state, box, action, world);
    case 'working':
      return action === 'cancel' ? [state, [{ type: 'cancelJob', job: box.job }]] : [state, []];
  }
}

/** Ctrl-C never ends the tool: it asks about a running command, closes a box, and says which keys leave. */
function interrupt(state: State, context: Context, world: World): Step<State> {
  const screen = topScreen(state);
  if (context === 'running' && screen.kind === 'output') return [askCancel(state), []];
  if (topBox(state)) return act(state, context, 'cancel', world);
  return [{ ...state, notice: 'F3 goes back, F10 leaves.' }, []];
}

function screenAction(state: State, action: Action, world: World): Step<State> {
  const screen = topScreen(state);
  if (screen.kind === 'output') {
    if (action === 'cancel') return back(state, world);
    if (action === 'command') return [openBox(state, commandBox(screen.command)), []];
    return outputAction(state, screen, action, world);
  }
  const panel = world.panel(screen.panel);
  if (screen.kind === 'menu' && panel?.kind === 'menu') {
    if (action === 'cancel' && screen.filter) return [withScreen(state, { ...screen, filter: undefined, cursor: 0, top: 0 }), []];
    return action === 'cancel' ? back(state, world) : menuAction(state, panel, screen, action, world);
  }
  if (screen.kind === 'text' && panel?.kind === 'text') {
    return action === 'cancel' ? back(state, world) : textAction(state, panel, screen, action, world);
  }
  if (screen.kind !== 'form' || (panel?.kind !== 'dialog' && panel?.kind !== 'selector')) return drop(state);
  if (action === 'cancel') return back(state, world);
  if (action === 'command') {
    if (panel.kind === 'dialog') return [openBox(state, commandBox(commandOf(panel, screen, world))), []];
    return [{ ...state, notice: 'A selector runs no command: Enter leads to the dialog.' }, []];
  }
  if (action === 'enter') {
    if (panel.kind === 'dialog') return submit(state, panel, screen, world);
    const problem = firstProblem(panel, screen, world);
    if (problem) return [errorBox(state, 'ERROR MESSAGE', [problem.message]), []];
    return leaveSelector(state, panel, screen, world);
  }
  return formAction(state, panel, screen, action, world) ?? [state, []];
}

/** F6's box. */
export function commandBox(command: CommandBox['command']): CommandBox {
  return { kind: 'command', command, details: explainCommand(command), top: 0 };
}

/** The fast path of the screen on top. */
export function fastPathOf(state: State): string {
  const screen = topScreen(state);
  return screen.kind === 'output' ? screen.command.fastPath : screen.panel;
}

/** A ghost selector is its list: taking a value goes on, closing the list goes back. */
function afterList([state, effects]: Step<State>, action: Action, world: World): Step<State> {
  const form = formOnTop(state);
  const panel = form && formPanel(form, world);
  if (!form || panel?.kind !== 'selector' || !panel.ghost || topBox(state)) return [state, effects];
  return action === 'cancel' ? drop(state) : leaveSelector(state, panel, form, world, true);
}

function resized(state: State, message: Extract<Message, { type: 'resize' }>, world: World): State {
  const next = { ...state, size: message.size };
  const screen = topScreen(next);
  if (screen.kind !== 'output' || !screen.follow) return next;
  return outputGrew(next, screen, { lineCount: screen.lineCount, out: screen.out, err: screen.err }, world);
}

function completed(state: State, message: Extract<Message, { type: 'completed' }>, world: World): State {
  const form = formOnTop(state);
  const panel = form && formPanel(form, world);
  const field = panel && fieldsOf(panel).find(one => one.name === message.field);
  if (!form || !field || textOf(form.values[field.name]) !== message.before) return state;
  const next = withScreen(state, setField(form, field, message.text));
  if (message.candidates.length === 1) return next;
  return { ...next, notice: message.candidates.length === 0 ? 'No file begins with that.' : message.candidates.slice(0, 8).join('  ') };
}

function unrecorded(state: State, message: Extract<Message, { type: 'recordFailed' }>): State {
  return openBox(state, {
    kind: 'confirm',
    title: 'RUN WITHOUT A RECORD?',
    lines: ['The command cannot be recorded, so it has not been started:', '', message.problem, '', 'Enter runs it all the same, without a record.'],
    top: 0,
    question: { about: 'unrecorded', command: message.command },
  });
}

function runNews(state: State, message: Extract<Message, { run: number }>, world: World): Step<State> {
  const at = state.screens.findIndex(screen => screen.kind === 'output' && screen.run === message.run);
  const screen = state.screens[at] as OutputScreen | undefined;
  if (!screen || at !== state.screens.length - 1) return [state, []];
  switch (message.type) {
    case 'output':
      return [outputGrew(state, screen, message, world), []];
    case 'ended': {
      const seconds = message.ended.seconds;
      const ended: OutputScreen = { ...screen, ended: message.ended, follow: false, lineCount: message.lineCount, seconds };
      const shown = outputGrew(state, ended, message, world);
      const top = topScreen(shown) as OutputScreen;
      // SMIT goes back to the top when the command is over. A box that asked to cancel it has nothing to ask any more.
      const boxes = shown.boxes.filter(box => !(box.kind === 'confirm' && box.question.about === 'cancel'));
      const over = withScreen({ ...shown, boxes }, { ...top, top: { line: 0, row: 0 } });
      return [message.ended.state === 'ok' ? formRan(over, world) : over, []];
    }
    case 'verified':
      return [withScreen(state, { ...screen, verified: { ok: message.ok, text: message.text } }), []];
    default:
      return message.type === 'found' ? [foundLine(state, screen, message.text, message.line, world), []] : [state, []];
  }
}

/** The form behind a command that ended well: its values are where it starts now, and secrets are gone. */
function formRan(state: State, world: World): State {
  const behind = state.screens[state.screens.length - 2];
  if (behind?.kind !== 'form') return state;
  const panel = formPanel(behind, world);
  const values = { ...behind.values };
  for (const field of fieldsOf(panel)) if (field.type === 'secret') values[field.name] = '';
  return { ...state, screens: [...state.screens.slice(0, -2), { ...behind, values, ran: true }, topScreen(state)] };
}

type JobMessage = Extract<Message, { job: number }>;

/** An answer to a list, discover, classify or diff. Answers to jobs that were cancelled are dropped. */
function jobNews(state: State, message: JobMessage, world: World): Step<State> {
  const box = topBox(state);
  const form = formOnTop(state);
  if (box?.kind !== 'working' || box.job !== message.job || !form) return [state, []];
  const closed = closeBox(state);
  const panel = formPanel(form, world);
  const ghost = panel.kind === 'selector' && panel.ghost;
  switch (message.type) {
    case 'listed': {
      const field = fieldsOf(panel).find(one => one.name === message.field);
      if (!field) return [closed, []];
      const known = { ...form, listed: { ...form.listed, [field.name]: message.rows.map(row => row.value) } };
      const next = withScreen(closed, known);
      if (message.rows.length === 0) {
        const empty = openBox(ghost ? drop(next)[0] : next, messageBox('ERROR MESSAGE', ['The list is empty: there is nothing to choose from.']));
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
      for (const field of panel.fields) if (form.carried[field.name] !== undefined) values[field.name] = form.values[field.name]!;
      return [withScreen(closed, { ...form, values, initial, discovered: Object.keys(message.values), loading: undefined }), []];
    }
    case 'classified':
      if (message.next) {
        const base = ghost ? { ...closed, screens: closed.screens.slice(0, -1) } : closed;
        return openPanel(base, message.next, message.values, world);
      }
      return [errorBox(closed, 'ERROR MESSAGE', [`The system answered "${message.said}", for which there is no panel here.`]), []];
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

/** True when a form on the stack differs from what it was: for the line mode and tests. */
export function isChanged(form: FormScreen, world: World): boolean {
  return changedFields(formPanel(form, world), form).length > 0;
}

export type { Effect };
