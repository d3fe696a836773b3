/** Running a command: what goes in, what can be watched, how it ends (design.md section 6). */
import type { Command } from '../command/types.ts';

export interface RunRequest {
  command: Command;
  /** Secret values by field name; written to standard input, never kept. */
  secrets: Record<string, string>;
  /** The user's environment, cleaned of the tool's own variables. */
  env: NodeJS.ProcessEnv;
}

/** How a command ended. `unknown` is never shown as OK: ssh's 255, an engine that cannot tell. */
export interface Ended {
  state: 'ok' | 'failed' | 'cancelled' | 'timeout' | 'unknown';
  /** Exit status, when it ended by itself. */
  status?: number;
  /** Signal name, when one ended it. */
  signal?: string;
  /** One sentence: why it is not plain OK (`line 3 matches "Error:"`, `ssh: 255 ...`). */
  reason?: string;
  seconds: number;
}

export interface OutputLine {
  text: string;
  stream: 'out' | 'err';
}

/** The output as it stands now: constant memory, older lines on disk, all of them readable. */
export interface Output {
  readonly lineCount: number;
  /** Bytes arrived on either stream. */
  readonly outBytes: number;
  readonly errBytes: number;
  /** Lines of each stream. */
  readonly outLines: number;
  readonly errLines: number;
  /** A sentence when older lines could not be kept (full disk); the newest are always there. */
  readonly problem?: string;
  /** Lines `from` (0-based) up to but not including `to`; fewer at the end. Reads the disk where needed; synchronous. */
  lines(from: number, to: number): OutputLine[];
  /** First line at or after `from` (or at or before, backwards) that holds the text, letter case ignored; -1 when none. Works in slices so that the screen stays alive. */
  find(text: string, from: number, direction: 1 | -1, signal?: AbortSignal): Promise<number>;
  /** Frees memory and removes the file. */
  close(): void;
}

export interface Running {
  readonly output: Output;
  /** Told after something arrived; at most one call a turn of the event loop. */
  onChange(listener: () => void): void;
  /** INT to the whole group, then TERM, then KILL. */
  cancel(): void;
  readonly done: Promise<Ended>;
}

/** What a list or discover command gave. */
export type Listed =
  | { state: 'ok'; text: string }
  | { state: 'failed'; reason: string; stderr: string }
  | { state: 'cancelled' };
