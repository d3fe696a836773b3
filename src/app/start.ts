/**
 * Opens a session. The order is for speed: settings, panels, the terminal, the first frame painted by a plain function; then the records are
 * opened, and a little later Ink is loaded and takes over the drawing.
 */

import { type OpenedPanels, openPanels, rereadSite, unknownPanel } from '../cli/open.ts';
import { givenValues } from '../cli/values.ts';
import type { Answer, Asked } from '../cli.ts';
import { loadExpressions } from '../panel/expression.ts';
import type { FastPath, Values } from '../panel/types.ts';
import type { Effect } from '../session/messages.ts';
import { startSession } from '../session/open.ts';
import { type Capability, detectCapability } from '../terminal/capability.ts';
import { slowSpeed } from '../terminal/line.ts';
import { isSerial } from '../terminal/serial.ts';
import type { Size } from '../terminal/types.ts';
import type { AppContext, SessionTerminal } from './context.ts';
import { perform } from './effects.ts';
import { deaf, dieOf, endCommands } from './ending.ts';
import type { Drawing } from './ink.tsx';
import { createRuns } from './runs.ts';
import { createStore, type Store } from './store.ts';
import { type FullScreen, openFullScreen } from './terminal.ts';
import { makeWorld, readyToDraw, waitsForExpressions } from './world.ts';

/** What the first screen shows. */
export interface First {
  panel: FastPath;
  values: Values;
}

/** Loading Ink takes some 40 ms in which no key is read; it waits this long, in milliseconds, so that the first screen is at rest. */
const quietBeforeInk = 40;

/** Starts the session that was asked for; gives the exit status when it is over. */
export async function start(asked: Asked): Promise<number> {
  const opened = await openPanels(asked);
  const first = await firstPanel(asked, opened);
  if ('status' in first) {
    process.stderr.write(`hasmit: ${first.complaint}\n`);
    return first.status;
  }
  const size = sizeOf();
  const capability = detectCapability({
    env: asked.env,
    stdinIsTty: process.stdin.isTTY === true,
    stdoutIsTty: process.stdout.isTTY === true,
    size,
  });
  const wanted = asked.flags.plain || opened.settings.values.plain;
  if (!wanted && capability.plain === undefined) return fullScreen(asked, opened, first, capability, size);
  const terminals = process.stdin.isTTY && process.stdout.isTTY;
  if (!wanted && !terminals) {
    process.stderr.write(
      `hasmit: ${capability.plain}. "hasmit print" and "hasmit run" need no terminal; --plain asks line by line.\n`,
    );
    return 2;
  }
  return (await import('./plain-start.ts')).startLines(
    asked,
    opened,
    first,
    size,
    wanted ? undefined : capability.plain,
  );
}

/** The panel and the values of the command line, or what is wrong with them. */
async function firstPanel(asked: Asked, opened: OpenedPanels): Promise<First | Answer> {
  const [name, ...words] = asked.words;
  const id = name === undefined ? 'root' : opened.catalogue.resolve(name);
  if (id === undefined) return unknownPanel(name!, opened.catalogue);
  const panel = opened.catalogue.panel(id);
  const given = givenValues(words, panel, opened.world);
  if ('complaint' in given) return { status: 2, complaint: given.complaint };
  await readyToDraw(panel);
  return { panel: id, values: given.values };
}

/** The size of the terminal; SMIT's own where it does not say. */
export function sizeOf(): Size {
  return { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 };
}

async function fullScreen(
  asked: Asked,
  opened: OpenedPanels,
  first: First,
  capability: Capability,
  size: Size,
): Promise<number> {
  const { settings, catalogue } = opened;
  // Ink must draw inverse on every terminal; children get the environment as the user had it (asked.env).
  process.env.FORCE_COLOR ??= '1';
  const over = Promise.withResolvers<number>();
  const runs = createRuns();
  const world = makeWorld({
    ...opened.worldOptions,
    runs,
    expressionsMissing: () => void expressionsCome(),
  });
  const expressionsCome = () => loadExpressions().then(() => store.resume());
  const [state, effects] = startSession(size, first.panel, first.values, world);
  const early: Effect[] = [...effects];
  let context: AppContext | undefined;
  const store = createStore(
    state,
    world,
    effect => {
      if (context) perform(context, effect);
      else early.push(effect);
    },
    waitsForExpressions(world, expressionsCome),
  );
  const terminal = openFullScreen({
    capability,
    size,
    escMs: settings.values.escMs,
    shown: store.frame,
    ended: () => over.resolve(store.state().over?.status ?? 0),
    onSignal: signal => void dieOf(signal, context),
  });
  const crashed = (error: unknown) => void dieOfMistake(error, terminal, context);
  process.on('uncaughtException', crashed);
  terminal.paint(store.frame());
  // Until Ink is there, frames go straight to the painter: a key pressed at once is answered at once.
  const untilInk = store.subscribe(() => terminal.paint(store.frame()));
  listen(terminal, store, over.resolve);

  // The first frame is out; the event loop turns once so that nothing of what follows holds it back.
  await new Promise(resolve => setImmediate(resolve));
  const { logOf, recorderFor } = await import('./recorder.ts');
  const recorder = recorderFor(settings, asked);
  const siteChanged = () => rereadSite(asked, opened.worldOptions.site);
  context = {
    store,
    world,
    catalogue,
    recorder,
    runs,
    terminal,
    siteChanged,
    log: logOf(asked, recorder),
    env: asked.env,
  };
  const problem = recorder.opened();
  if (problem) store.dispatch({ type: 'notice', text: problem });
  for (const effect of early.splice(0)) perform(context, effect);
  let drawing: Drawing | undefined;
  const resized = () => {
    const now = sizeOf();
    if (drawing) drawing.resize(now.columns, now.rows);
    else terminal.painter.resize(now.columns, now.rows);
    store.dispatch({ type: 'resize', size: now });
  };
  process.stdout.on('resize', resized);
  // The size may have changed while nobody listened.
  const { columns, rows } = sizeOf();
  if (columns !== size.columns || rows !== size.rows) resized();
  const inkComes = setTimeout(async () => {
    drawing = (await import('./ink.tsx')).draw(store, terminal);
    untilInk();
  }, quietBeforeInk);
  if (capability.baud === undefined && isSerial()) void learnSpeed(terminal, asked.env);

  const status = await over.promise;
  clearTimeout(inkComes);
  drawing?.stop();
  await endCommands(context);
  recorder.closed();
  await recorder.settled();
  terminal.line.close();
  for (const text of store.state().printed) process.stdout.write(`${text}\n`);
  return status;
}

/** A mistake of ours: the terminal is given back, commands are ended and recorded, and one line says what happened. */
async function dieOfMistake(error: unknown, terminal: FullScreen, context: AppContext | undefined): Promise<void> {
  terminal.screen.leave();
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`hasmit: a mistake of its own ended it: ${why}\n`);
  if (process.env.HASMIT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  await endCommands(context).catch(() => {});
  context?.recorder.closed();
  process.exit(1);
}

/** Asks a serial console for its speed, so that frames are dropped in time instead of piling up in the kernel. */
async function learnSpeed(terminal: FullScreen, env: NodeJS.ProcessEnv): Promise<void> {
  const { terminalSpeed } = await import('../run/hand-over.ts');
  terminal.line.setBaud(slowSpeed(await terminalSpeed(env)));
}

function listen(terminal: FullScreen, store: Store, end: (status: number) => void): void {
  terminal.keys.listen({
    keys: keys => store.dispatch(...keys.map(key => ({ type: 'key', key }) as const)),
    pending: on => store.dispatch({ type: 'escPending', on }),
    lost() {
      // The line is gone: what runs is cancelled, the records are closed, nothing is left behind.
      deaf();
      terminal.screen.leave();
      end(129);
    },
  });
}

export type { SessionTerminal };
