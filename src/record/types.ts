/** What is kept of a session: SMIT's log and script, and START/END pairs for audit (design.md section 8). */
import type { Command } from '../command/types.ts';
import type { Ended, Output, OutputLine } from '../run/types.ts';

export interface RecordPlaces {
  log: string;
  script: string;
  transactions: string;
}

/** Every call returns nothing or a sentence saying why it could not be recorded (disk full, read-only); it never throws. */
export type RecordProblem = string | undefined;

export interface Recorder {
  readonly places: RecordPlaces;
  /** "Starting hasmit", with version and user. */
  opened(): RecordProblem;
  closed(): RecordProblem;
  /** A screen was reached. */
  screen(kind: string, fastPath: string, title: string): RecordProblem;
  /** F8: the screen's text. */
  image(fastPath: string, rows: string[]): RecordProblem;
  /** START is on disk (fsync) before the command starts; gives the id END is filed under. */
  start(command: Command): { id: string; problem?: string };
  /**
   * END, the log entry with the output (bounded; the head and the tail), and the script block. A run's `Output` is read only
   * where it is kept (a million lines cost nothing); any other lines are gone through once.
   */
  end(id: string, command: Command, ended: Ended, output: Output | Iterable<OutputLine>): RecordProblem;
  /** F6 `s`: the command goes to the script without having run, as a block marked so. */
  script(command: Command): RecordProblem;
  /** `-v`: a command that only reads (list, discover, preview) and what it gave. */
  asked(text: string, outcome: string, output: string): RecordProblem;
  /** -x: recorded, not run. */
  notRun(command: Command): RecordProblem;
}
