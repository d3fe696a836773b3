/** Effects on an output that is there: find, save in a file, the operator's pager. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runPager } from '../run/pager.ts';
import type { AppContext } from './context.ts';

let searching: AbortController | undefined;

/** Looks for a text; a new search ends the one before. */
export async function findInOutput(
  context: AppContext,
  run: number,
  text: string,
  from: number,
  direction: 1 | -1,
): Promise<void> {
  const output = context.runs.get(run)?.output;
  if (!output) return;
  searching?.abort();
  searching = new AbortController();
  const { signal } = searching;
  let line = await output.find(text, Math.max(0, from), direction, signal);
  // Round the end, as one expects of a search.
  if (line < 0 && !signal.aborted)
    line = await output.find(text, direction > 0 ? 0 : Math.max(0, output.lineCount - 1), direction, signal);
  if (!signal.aborted) context.store.dispatch({ type: 'found', run, text, line });
}

/** Writes the whole output into a new file beside the log and says its name. */
export function saveOutput(context: AppContext, run: number): void {
  const output = context.runs.get(run)?.output;
  if (!output) return;
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const file = join(dirname(context.recorder.places.log), `output-${stamp}-${run}.txt`);
  try {
    const to = openSync(file, 'wx', 0o600);
    try {
      for (let at = 0; at < output.lineCount; at += 5000) {
        const lines = output.lines(at, at + 5000).map(line => `${line.text}\n`);
        writeSync(to, lines.join(''));
      }
    } finally {
      closeSync(to);
    }
    context.store.dispatch({ type: 'notice', text: `Saved in ${file}` });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.store.dispatch({ type: 'error', title: 'ERROR MESSAGE', lines: ['The output was not saved:', why] });
  }
}

/** Hands the output to $PAGER, or less. */
export async function pageOutput(context: AppContext, run: number): Promise<void> {
  const output = context.runs.get(run)?.output;
  if (!output) return;
  const problem = await runPager(output, context.env, context.terminal);
  if (problem) context.store.dispatch({ type: 'error', title: 'ERROR MESSAGE', lines: [problem] });
}
