/** The keyboard of a session: where a key goes, what it means there, what is typed text. update.ts hands every key to pressKey. */
import { explainCommand } from '../command/explain.ts';
import type { Key } from '../terminal/types.ts';
import { commandOf, submit } from './ask.ts';
import {
  boxText,
  commandAction,
  confirmAction,
  confirmText,
  editAction,
  errorBox,
  findAction,
  imageAction,
  messageAction,
} from './boxes.ts';
import { firstProblem, focusedField, formPanelOf, isTyped, unreadList } from './form.ts';
import { formAction, formText } from './form-keys.ts';
import { helpBox } from './help.ts';
import { jumpAction, jumpText, openJump } from './jump.ts';
import { type Action, actionFor, type Context } from './keys.ts';
import { askCancel, back, drop, exit } from './leave.ts';
import { formOnTop, listAction, listFor, listText } from './list.ts';
import { menuAction, menuText } from './menu.ts';
import type { Step } from './messages.ts';
import { leaveSelector } from './open.ts';
import { outputAction } from './output.ts';
import { type CommandBox, closeBox, openBox, type State, topBox, topScreen, withScreen } from './state.ts';
import { textAction } from './text.ts';
import { pastedLine } from './text-edit.ts';
import type { World } from './world.ts';

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
  const field = focusedField(formPanelOf(screen, world), screen, world);
  return field ? isTyped(field) : false;
}

/** A key where it goes now. */
export function pressKey(state: State, pressed: Key, world: World): Step<State> {
  const context = contextOf(state, world);
  if (pressed.type === 'key') {
    const action = actionFor(context, pressed.name);
    return action ? act(state, context, action, world) : [state, []];
  }
  if (pressed.type === 'paste' || takesText(state, world)) {
    const raw = pressed.type === 'paste' ? pastedLine(pressed.text, pasteJoiner(state, world)) : pressed.text;
    if (!takesText(state, world) || raw === '') return [state, []];
    const [next, effects] = text(state, raw, world);
    const joined = pressed.type === 'paste' && /[\r\n]+[^\r\n]/.test(pressed.text);
    return [joined ? { ...next, notice: 'Line ends inside the pasted text were left out.' } : next, effects];
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
  return focusedField(formPanelOf(screen, world), screen, world)?.multiple ? ' ' : '';
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
  return screen.kind === 'form' ? formText(state, formPanelOf(screen, world), screen, typed, world) : [state, []];
}

/** An action in a context. */
export function act(state: State, context: Context, action: Action, world: World): Step<State> {
  switch (action) {
    case 'help':
      return [openBox(state, helpBox(state, context, world)), []];
    case 'refresh':
      return [state, [{ type: 'repaint' }]];
    case 'exit':
      return exit(state, world);
    case 'image':
      if (topBox(state)?.kind === 'image') return [state, []];
      return [openBox(state, { kind: 'image', fastPath: fastPathOf(state) }), []];
    case 'shell':
      return world.shellAllowed
        ? [state, [{ type: 'shell' }]]
        : [{ ...state, notice: 'The shell is switched off here.' }, []];
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
      return afterList(listAction(state, box, action, formPanelOf(form, world), form, world), action, world);
    }
    case 'message':
      return messageAction(state, box, action, world);
    case 'confirm':
      return confirmAction(state, box, action, world);
    case 'command':
      return commandAction(state, box, action, world);
    case 'image':
      return imageAction(state, action, box.fastPath);
    case 'edit':
      return editAction(state, box, action, world);
    case 'find':
      return findAction(state, box, action, world);
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
    if (action === 'cancel' && screen.filter)
      return [withScreen(state, { ...screen, filter: undefined, cursor: 0, top: 0 }), []];
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
    const unread = unreadList(panel, screen, world);
    if (unread) return listFor(state, panel, screen, unread, world, true);
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
  const panel = form && formPanelOf(form, world);
  if (!form || panel?.kind !== 'selector' || !panel.ghost || topBox(state)) return [state, effects];
  return action === 'cancel' ? drop(state) : leaveSelector(state, panel, form, world, true);
}
