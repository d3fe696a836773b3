/** Effects of running: START on disk, the command, its output to the screen, END on disk, what verify says. Loaded with the first command. */
import type { Command } from '../command/types.ts';
import { runInteractive } from '../run/interactive.ts';
import { nowLives } from '../run/living.ts';
import { createOutput } from '../run/output.ts';
import { startPipe } from '../run/pipe.ts';
import type { Ended, Output, RunRequest } from '../run/types.ts';
import type { Effect } from '../session/messages.ts';
import type { AppContext } from './context.ts';
import { verifyAfter } from './verify.ts';

type RunEffect = Extract<Effect, { type: 'run' }>;

/** Milliseconds between two looks at growing output: enough for the eye, little work for a million lines. */
const glance = 50;

/** Runs a command and tells the session how it goes, then what its check found. Nothing starts unrecorded unless the operator said so. */
export async function runCommand(context: AppContext, effect: RunEffect): Promise<void> {
  const running = runAndRecord(context, effect);
  // The program does not end before the END is written.
  nowLives({ stop: () => {}, ended: running });
  const ended = await running;
  if (ended?.state !== 'ok') return;
  // The site's values are the defaults of other panels: from now on the new ones.
  if (effect.command.fastPath === 'site') await context.siteChanged();
  await verifyAfter(context, effect);
}

/** From START to END; nothing when it could not be recorded and so was not started. */
async function runAndRecord(context: AppContext, effect: RunEffect): Promise<Ended | undefined> {
  const { store, recorder } = context;
  const { command } = effect;
  const started = recorder.start(command);
  if (started.problem && !effect.unrecorded) {
    store.dispatch({ type: 'recordFailed', command, problem: started.problem });
    return undefined;
  }
  const request: RunRequest = { command, secrets: effect.secrets, env: context.env };
  const { output, ended } =
    command.mode === 'interactive'
      ? await interactively(context, effect, request)
      : await piped(context, effect, request);
  const problem = recorder.end(started.id, command, ended, output);
  const counts = { lineCount: output.lineCount, out: output.outBytes > 0, err: output.errBytes > 0 };
  store.dispatch({ type: 'ended', run: effect.run, ...counts, ended });
  if (problem && !effect.unrecorded) store.dispatch({ type: 'notice', text: problem });
  return ended;
}

async function piped(
  context: AppContext,
  effect: RunEffect,
  request: RunRequest,
): Promise<{ output: Output; ended: Ended }> {
  const running = await startPipe(request);
  const { output } = running;
  context.runs.put(effect.run, { output, running });
  const start = Date.now();
  let due: NodeJS.Timeout | undefined;
  const tell = () => {
    due = undefined;
    const seconds = (Date.now() - start) / 1000;
    const counts = { lineCount: output.lineCount, out: output.outBytes > 0, err: output.errBytes > 0 };
    context.store.dispatch({ type: 'output', run: effect.run, ...counts, seconds });
  };
  running.onChange(() => {
    due ??= setTimeout(tell, glance);
  });
  // The time on the screen goes on while a command says nothing.
  const clock = setInterval(tell, 1000);
  try {
    return { output, ended: await running.done };
  } finally {
    clearInterval(clock);
    clearTimeout(due);
  }
}

async function interactively(
  context: AppContext,
  effect: RunEffect,
  request: RunRequest,
): Promise<{ output: Output; ended: Ended }> {
  const output = createOutput();
  context.runs.put(effect.run, { output });
  return { output, ended: await runInteractive(request, context.terminal) };
}

/** `-x`: the command is in the log and the script, and did not run. */
export function recordOnly(context: AppContext, command: Command): void {
  const problem = context.recorder.notRun(command);
  if (problem) context.store.dispatch({ type: 'notice', text: problem });
}
