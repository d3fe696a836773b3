/** The commands that run and have run: their outputs stay readable until their screen is left. */
import type { Output, OutputLine, Running } from '../run/types.ts';

/** One run. `output` is there as soon as it has started. */
export interface Run {
  output: Output;
  running?: Running;
}

export interface Runs {
  get(run: number): Run | undefined;
  put(run: number, entry: Run): void;
  /** Lines of a run, none for one that has not started or is forgotten. */
  lines(run: number, from: number, to: number): OutputLine[];
  forget(run: number): void;
  /** Cancels everything that still runs; for the end of the session. */
  cancelAll(): void;
}

/** An empty registry. */
export function createRuns(): Runs {
  const entries = new Map<number, Run>();
  return {
    get: run => entries.get(run),
    put: (run, entry) => void entries.set(run, entry),
    lines: (run, from, to) => entries.get(run)?.output.lines(from, to) ?? [],
    forget(run) {
      entries.get(run)?.output.close();
      entries.delete(run);
    },
    cancelAll() {
      for (const entry of entries.values()) entry.running?.cancel();
    },
  };
}
