/** What keys do in the small boxes: messages, questions, F6, F8, F7, find. Lists and the jump have files of their own. */
import { quote } from '../command/quote.ts';
import type { Command } from '../command/types.ts';
import type { DialogPanel } from '../panel/types.ts';
import { graphemes } from '../terminal/width.ts';
import { answer, run } from './ask.ts';
import { fieldsOf } from './form.ts';
import { setField } from './form-keys.ts';
import type { Action } from './keys.ts';
import { drop } from './leave.ts';
import type { Step } from './messages.ts';
import { openPanel } from './open.ts';
import { findText } from './output.ts';
import {
  type CommandBox,
  type ConfirmBox,
  closeBox,
  type EditBox,
  type FindBox,
  type MessageBox,
  message,
  openBox,
  type State,
  topScreen,
  withBox,
  withScreen,
} from './state.ts';
import { findInText } from './text.ts';
import { editText, insertText } from './text-edit.ts';
import type { World } from './world.ts';

/** Keys of a box that scrolls a text. Undefined when the key does not scroll. */
function scrolled(top: number, action: Action, page: number): number | undefined {
  const by: Partial<Record<Action, number>> = {
    up: -1,
    down: 1,
    pageUp: -page,
    pageDown: page,
    first: -1e6,
    last: 1e6,
  };
  return by[action] === undefined ? undefined : Math.max(0, top + by[action]);
}

/** A message that is read and closed. The view keeps `top` inside the text; here it only must not run away. */
export function messageAction(state: State, box: MessageBox, action: Action, world: World): Step<State> {
  const top = scrolled(box.top, action, state.size.rows - 10);
  if (top !== undefined) return [withBox(state, { ...box, top: Math.min(top, Math.max(0, box.lines.length - 1)) }), []];
  if (action === 'enter') return box.goes ? openPanel(closeBox(state), box.goes, {}, world) : [closeBox(state), []];
  return action === 'cancel' ? [closeBox(state), []] : [state, []];
}

/** A question. A destroying panel wants its object's name typed before Enter counts. */
export function confirmAction(state: State, box: ConfirmBox, action: Action, world: World): Step<State> {
  const top = scrolled(box.top, action, state.size.rows - 12);
  if (top !== undefined) return [withBox(state, { ...box, top: Math.min(top, Math.max(0, box.lines.length - 1)) }), []];
  if (action === 'backspace')
    return [
      withBox(state, {
        ...box,
        typed: graphemes(box.typed ?? '')
          .slice(0, -1)
          .join(''),
      }),
      [],
    ];
  if (action === 'erase') return [withBox(state, { ...box, typed: '' }), []];
  if (action === 'cancel' || action === 'interrupt') {
    const closed = closeBox(state);
    // The command that could not be recorded was never started: its empty output screen goes too.
    return box.question.about === 'unrecorded' ? drop(closed) : [closed, []];
  }
  if (action !== 'enter') return [state, []];
  if (box.word !== undefined && box.typed?.trim() !== box.word) {
    return [{ ...state, notice: `Type ${box.word} to go on, or F3 to return.` }, []];
  }
  return answer(state, box, world);
}

/** Typed characters of a question that wants a name. */
export function confirmText(state: State, box: ConfirmBox, text: string): Step<State> {
  return box.word === undefined ? [state, []] : [withBox(state, { ...box, typed: (box.typed ?? '') + text }), []];
}

/** The real SMIT panel, with the terminal in its hands: recorded like any command. */
function smittyCommand(fastPath: string): Command {
  return {
    fastPath,
    title: `smitty ${fastPath}`,
    text: `smitty ${quote(fastPath)}`,
    missing: [],
    parts: [],
    secrets: [],
    mode: 'interactive',
    path: [],
    failIf: [],
    evidence: { level: 'manual', source: 'smitty(1)' },
  };
}

/** F6's actions, by key or from its small list. */
export function commandAction(state: State, box: CommandBox, action: string, world: World): Step<State> {
  switch (action) {
    // Enter belongs to the list of actions in the box, which says what it chose.
    case 'cancel':
    case 'return':
      return [closeBox(state), []];
    case 'smitty':
      return box.command.smitty ? run(closeBox(state), smittyCommand(box.command.smitty), world) : [state, []];
    // The box stays: a letter too many must not end up in the form below.
    case 'copy':
      return [
        { ...state, notice: 'The command was sent to the clipboard of your terminal.' },
        [{ type: 'copy', text: box.command.text }],
      ];
    case 'script':
      return [state, [{ type: 'script', command: box.command }]];
    case 'print':
      return [
        {
          ...state,
          printed: [...state.printed, box.command.text],
          notice: 'The command will be printed when you leave.',
        },
        [],
      ];
    case 'pageUp':
    case 'pageDown': {
      const top = scrolled(box.top, action, 6)!;
      return [withBox(state, { ...box, top }), []];
    }
    default:
      return [state, []];
  }
}

/** F8's box. */
export function imageAction(state: State, action: Action, fastPath: string): Step<State> {
  if (action === 'enter')
    return [{ ...closeBox(state), notice: 'The screen is in the log.' }, [{ type: 'image', fastPath }]];
  return action === 'cancel' ? [closeBox(state), []] : [state, []];
}

/** F7's box: the text goes back into the field with Enter. */
export function editAction(state: State, box: EditBox, action: Action, world: World): Step<State> {
  if (action === 'cancel') return [closeBox(state), []];
  if (action === 'enter') {
    const screen = topScreen(state);
    const panel = screen.kind === 'form' ? (world.panel(screen.panel) as DialogPanel | undefined) : undefined;
    const field = panel && fieldsOf(panel).find(one => one.name === box.field);
    if (screen.kind !== 'form' || !field) return [closeBox(state), []];
    return [withScreen(closeBox(state), setField(screen, field, box.text, 0)), []];
  }
  const edited = editText(box.text, box.caret, action);
  return edited ? [withBox(state, { ...box, ...edited }), []] : [state, []];
}

/** The box of `/` over an output. */
export function findAction(state: State, box: FindBox, action: Action, world: World): Step<State> {
  if (action === 'cancel') return [closeBox(state), []];
  const screen = topScreen(state);
  if (action === 'enter') {
    const closed = closeBox(state);
    if (screen.kind === 'output') return findText(closed, screen, box.text);
    const panel = screen.kind === 'text' ? world.panel(screen.panel) : undefined;
    if (screen.kind !== 'text' || panel?.kind !== 'text' || box.text === '') return [closed, []];
    return findInText(closed, panel, screen, box.text, 1, world);
  }
  const edited = editText(box.text, box.caret, action);
  return edited ? [withBox(state, { ...box, ...edited }), []] : [state, []];
}

/** Typed characters of the boxes with a line of text. */
export function boxText(state: State, box: EditBox | FindBox, text: string): Step<State> {
  return [withBox(state, { ...box, ...insertText(box.text, box.caret, text) }), []];
}

/** A box that says what went wrong. */
export function errorBox(state: State, title: string, lines: string[]): State {
  return openBox(state, message(title, lines));
}
