/** News of running commands: more output, the end, what verify found, a search that came back. */
import { fieldsOf, formPanelOf } from './form.ts';
import type { Message, Step } from './messages.ts';
import { foundLine, outputGrew } from './output.ts';
import { type OutputScreen, openBox, type State, topScreen, withScreen } from './state.ts';
import type { World } from './world.ts';

/** News of a run. What belongs to a run that is not on top any more is dropped. */
export function runNews(state: State, message: Extract<Message, { run: number }>, world: World): Step<State> {
  const at = state.screens.findIndex(screen => screen.kind === 'output' && screen.run === message.run);
  const screen = state.screens[at] as OutputScreen | undefined;
  if (!screen || at !== state.screens.length - 1) return [state, []];
  switch (message.type) {
    case 'output':
      return [outputGrew(state, screen, message, world), []];
    case 'ended': {
      const seconds = message.ended.seconds;
      const ended: OutputScreen = {
        ...screen,
        ended: message.ended,
        follow: false,
        lineCount: message.lineCount,
        seconds,
      };
      const shown = outputGrew(state, ended, message, world);
      const top = topScreen(shown) as OutputScreen;
      // SMIT goes back to the top when the command is over; who has gone to a place of his own stays there. A box that asked to cancel
      // it has nothing to ask any more.
      const boxes = shown.boxes.filter(box => !(box.kind === 'confirm' && box.question.about === 'cancel'));
      const place = screen.follow ? { line: 0, row: 0 } : top.top;
      const over = withScreen({ ...shown, boxes, notice: undefined }, { ...top, top: place });
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
  const panel = formPanelOf(behind, world);
  const values = { ...behind.values };
  for (const field of fieldsOf(panel)) if (field.type === 'secret') values[field.name] = '';
  return { ...state, screens: [...state.screens.slice(0, -2), { ...behind, values, ran: true }, topScreen(state)] };
}

/** A command that could not be recorded has not been started: the question whether to run it all the same. */
export function unrecorded(state: State, message: Extract<Message, { type: 'recordFailed' }>): State {
  return openBox(state, {
    kind: 'confirm',
    title: 'RUN WITHOUT A RECORD?',
    lines: [
      'The command cannot be recorded, so it has not been started:',
      '',
      message.problem,
      '',
      'Enter runs it all the same, without a record.',
    ],
    top: 0,
    question: { about: 'unrecorded', command: message.command },
  });
}
