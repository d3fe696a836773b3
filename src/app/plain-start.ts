/** A session in the line mode: questions and answers on whatever the ends of the program are. */
import { type OpenedPanels, rereadSite } from '../cli/open.ts';
import type { Asked } from '../cli.ts';
import { loadExpressions } from '../panel/expression.ts';
import type { Effect } from '../session/messages.ts';
import { startSession } from '../session/open.ts';
import type { Size } from '../terminal/types.ts';
import type { AppContext } from './context.ts';
import { perform } from './effects.ts';
import { dieOf, endCommands } from './ending.ts';
import { openLines } from './line-input.ts';
import { runLines } from './plain.ts';
import { logOf, recorderFor } from './recorder.ts';
import { createRuns } from './runs.ts';
import type { First } from './start.ts';
import { createStore } from './store.ts';
import { makeWorld } from './world.ts';

/** Runs a session by lines; `why` is said when the line mode was not asked for. */
export async function startLines(
  asked: Asked,
  opened: OpenedPanels,
  first: First,
  size: Size,
  why?: string,
): Promise<number> {
  await loadExpressions();
  const runs = createRuns();
  const world = makeWorld({ ...opened.worldOptions, runs });
  const [state, effects] = startSession(size, first.panel, first.values, world);
  const recorder = recorderFor(opened.settings, asked);
  const store = createStore(state, world, effect => perform(context, effect));
  const lines = openLines(size.columns, () => cancel());
  const context: AppContext = {
    store,
    world,
    catalogue: opened.catalogue,
    recorder,
    runs,
    siteChanged: () => rereadSite(asked, opened.worldOptions.site),
    log: logOf(asked, recorder),
    env: asked.env,
    terminal: {
      suspend: async () => lines.close(),
      resume: async () => lines.open(),
      note: text => lines.print(text),
      repaint() {},
      send() {},
      image: () => [],
      end() {},
    },
  };
  // Ctrl-C during a command asks, as on the full screen; there the answer is a key, here it is the next line.
  const cancel = () => {
    const screen = store.state().screens.at(-1);
    if (screen?.kind === 'output' && !screen.ended)
      store.dispatch({ type: 'key', key: { type: 'key', name: 'ctrl-c' } });
    else lines.print('q leaves.');
  };
  if (why) lines.print(`${why}: line by line.`);
  const problem = recorder.opened();
  if (problem) lines.print(problem);
  for (const effect of effects satisfies Effect[]) perform(context, effect);
  // Without a terminal there is nobody to be asked about a Ctrl-C.
  const deadly: NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', ...(process.stdin.isTTY ? [] : ['SIGINT' as const])];
  for (const signal of deadly) process.once(signal, () => void dieOf(signal, context));
  await runLines(store, world, lines);
  await endCommands(context);
  recorder.closed();
  await recorder.settled();
  lines.close();
  for (const text of store.state().printed) process.stdout.write(`${text}\n`);
  return store.state().over?.status ?? 0;
}
