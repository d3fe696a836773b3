/** A session in the line mode: questions and answers on whatever the ends of the program are. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type OpenedPanels, rereadSite } from '../cli/open.ts';
import type { Asked } from '../cli.ts';
import { loadExpressions } from '../panel/expression.ts';
import type { Effect } from '../session/messages.ts';
import { startSession } from '../session/open.ts';
import type { Size } from '../terminal/types.ts';
import type { AppContext } from './context.ts';
import { perform } from './effects.ts';
import { dieOf, endCommands } from './ending.ts';
import { type LineTerminal, runLines } from './plain.ts';
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
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void dieOf(signal, context));
  await runLines(store, world, lines);
  await endCommands(context);
  recorder.closed();
  await recorder.settled();
  lines.close();
  for (const text of store.state().printed) process.stdout.write(`${text}\n`);
  return store.state().over?.status ?? 0;
}

interface Lines extends LineTerminal {
  open(): void;
  close(): void;
}

/** Lines from standard input, with an end that can be given away for an interactive command. */
function openLines(columns: number, interrupted: () => void): Lines {
  let muted = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stdout.write(chunk);
      done();
    },
  });
  const waiting: Array<(line: string | undefined) => void> = [];
  const read: string[] = [];
  let atEnd = false;
  let lines: ReturnType<typeof createInterface> | undefined;
  const open = () => {
    lines = createInterface({
      input: process.stdin,
      output: echo,
      terminal: process.stdin.isTTY === true,
      historySize: 0,
    });
    lines.on('line', line => {
      const next = waiting.shift();
      if (next) next(line);
      else read.push(line);
    });
    lines.on('SIGINT', interrupted);
    lines.on('close', () => {
      if (lines === undefined) return;
      atEnd = true;
      for (const next of waiting.splice(0)) next(undefined);
    });
  };
  open();
  return {
    columns,
    open,
    close() {
      const closing = lines;
      lines = undefined;
      closing?.close();
    },
    print: text => void process.stdout.write(`${text}\n`),
    ask(prompt, options) {
      process.stdout.write(prompt);
      const early = read.shift();
      if (early !== undefined) return Promise.resolve(early);
      if (atEnd) return Promise.resolve(undefined);
      muted = options?.secret === true;
      return new Promise(resolve =>
        waiting.push(line => {
          if (muted) process.stdout.write('\n');
          muted = false;
          resolve(line);
        }),
      );
    },
  };
}
