/** From Enter in a dialog to a running command: check the values, show what would change, ask, run. */
import { renderDialog, renderTemplate } from '../command/render.ts';
import type { Command } from '../command/types.ts';
import type { DialogPanel, Values } from '../panel/types.ts';
import { graphemes } from '../terminal/width.ts';
import { allValues, firstProblem, renderInput, unreadList } from './form.ts';
import { moveToField } from './form-keys.ts';
import { drop } from './leave.ts';
import { listFor } from './list.ts';
import type { Effect, Step } from './messages.ts';
import {
  type ConfirmBox,
  closeBox,
  type FormScreen,
  message,
  type OutputScreen,
  openBox,
  type State,
  textOf,
  topScreen,
  withScreen,
} from './state.ts';
import type { World } from './world.ts';

/** The command of a dialog as it stands now; for the live row, F6 and running. */
export function commandOf(panel: DialogPanel, form: FormScreen, world: World): Command {
  return renderDialog(panel, renderInput(panel, form, world));
}

/** Enter in a dialog. */
export function submit(state: State, panel: DialogPanel, form: FormScreen, world: World): Step<State> {
  const problem = firstProblem(panel, form, world);
  if (problem) return [refuse(state, panel, form, problem, world), []];
  const unread = unreadList(panel, form, world);
  if (unread) return listFor(state, panel, form, unread, world, true);
  const command = commandOf(panel, form, world);
  if (command.missing.length > 0) {
    const name = command.missing[0]!;
    const label = panel.fields.find(field => field.name === name)?.label.trim() ?? name;
    return [refuse(state, panel, form, { field: name, message: `${label}: a value is needed.` }, world), []];
  }
  if (command.problem) return [openBox(state, message('ERROR MESSAGE', [command.problem])), []];
  if (panel.edits || panel.preview) {
    if (world.listNothing) return ask(state, panel, form, command, ['What would happen is not asked (-X).'], world);
    const job = state.next;
    const working = openBox({ ...state, next: job + 1 }, { kind: 'working', job, what: 'what would happen' });
    return [working, [{ type: 'diff', job, panel, values: allValues(form) }]];
  }
  return ask(state, panel, form, command, [], world);
}

function refuse(
  state: State,
  panel: DialogPanel,
  form: FormScreen,
  problem: { field?: string; message: string },
  world: World,
): State {
  const problems = problem.field ? { ...form.problems, [problem.field]: problem.message } : form.problems;
  const marked = withScreen(state, { ...form, problems });
  const moved = moveToField(marked, panel, { ...form, problems }, problem.field, world);
  const top = topScreen(moved);
  // The caret behind the value: Backspace mends its end, Ctrl-U all of it.
  const caret = top.kind === 'form' && problem.field ? graphemes(textOf(top.values[problem.field])).length : 0;
  const kept =
    top.kind === 'form' ? withScreen(moved, { ...top, caret, problems: { ...top.problems, ...problems } }) : moved;
  return openBox(kept, message('ERROR MESSAGE', [problem.message]));
}

/** The question before a command runs, where there is one; else it runs. `diff` is what an edit would change, or what a preview said. */
export function ask(
  state: State,
  panel: DialogPanel,
  form: FormScreen,
  command: Command,
  diff: string[],
  world: World,
): Step<State> {
  const confirm = panel.confirm;
  const unverified = panel.evidence.level === 'unverified';
  if (!confirm && !unverified && diff.length === 0) return run(state, command, world);
  const input = renderInput(panel, form, world);
  const object = confirm ? plainText(renderTemplate(confirm.object, { ...input, plain: true }).text) : undefined;
  const lines: string[] = [];
  if (object) lines.push(object);
  if (confirm) lines.push(plainText(renderTemplate(confirm.effect, { ...input, plain: true }).text), '');
  if (unverified) {
    lines.push('This command is not verified:', panel.evidence.source);
    if (panel.smitty) lines.push(`The panel of the system itself, which F6 opens: smitty ${panel.smitty}`);
    lines.push('Read it well: it runs exactly as it stands here.', '');
  }
  const text = [
    ...(command.target ? [`On ${command.target}:`] : []),
    ...(command.summary ?? command.text.split('\n')).map(line => `  ${line}`),
  ];
  // Of an edit the difference says it all; of a command the text comes first, for what was asked may be long.
  const blocks = (panel.edits ? [diff, text] : [text, diff]).filter(block => block.length > 0);
  blocks.forEach((block, at) => {
    lines.push(...(at > 0 ? [''] : []), ...block);
  });
  const box: ConfirmBox = {
    kind: 'confirm',
    title: 'ARE YOU SURE?',
    lines,
    top: 0,
    question: { about: 'run', command },
  };
  return [openBox(state, confirm?.level === 'type' && object ? { ...box, word: object, typed: '' } : box), []];
}

function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Starts the command: an output screen on top and the effect that runs it. */
export function run(state: State, command: Command, world: World, unrecorded = false): Step<State> {
  if (world.runNothing) {
    const box = message('NOT RUN', [
      command.text,
      '',
      'Nothing was run (-x). The command is in the log and in the script.',
    ]);
    return [openBox(state, box), [{ type: 'notRun', command }]];
  }
  const form = topScreen(state);
  const number = state.next;
  const screen: OutputScreen = {
    kind: 'output',
    run: number,
    command,
    lineCount: 0,
    out: false,
    err: false,
    seconds: 0,
    top: { line: 0, row: 0 },
    follow: true,
  };
  const values: Values = form.kind === 'form' ? allValues(form) : {};
  const secrets: Record<string, string> = {};
  for (const use of command.secrets) secrets[use.field] = textOf(values[use.field]);
  const effect: Effect = {
    type: 'run',
    run: number,
    command,
    secrets,
    panel: command.fastPath,
    values,
    ...(unrecorded ? { unrecorded } : {}),
  };
  return [{ ...state, next: number + 1, screens: [...state.screens, screen], notice: undefined }, [effect]];
}

/** The answer "yes" to a question. */
export function answer(state: State, box: ConfirmBox, world: World): Step<State> {
  const closed = closeBox(state);
  const question = box.question;
  if (question.about === 'run') return run(closed, question.command, world);
  if (question.about === 'unrecorded') {
    // The output screen of the refused start is replaced by a new one.
    return run({ ...closed, screens: closed.screens.slice(0, -1) }, question.command, world, true);
  }
  if (question.about === 'cancel') {
    const screen = topScreen(closed);
    return screen.kind === 'output' && !screen.ended
      ? [{ ...closed, notice: 'It was told to end.' }, [{ type: 'cancelRun', run: screen.run }]]
      : [closed, []];
  }
  if (question.to === 'exit') return [{ ...closed, over: { status: 0 } }, [{ type: 'quit', status: 0 }]];
  return drop(closed);
}
