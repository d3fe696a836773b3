/** How much of an output the log keeps: the beginning, the end, and how many lines there were. */
import type { Output, OutputLine } from '../run/types.ts';

export interface Kept {
  head: string[];
  tail: string[];
  /** Lines between the two that are left out. */
  left: number;
  outLines: number;
  errLines: number;
}

const HEAD = 400;
const TAIL = 100;
/** Longest line in the log, in characters. */
const LONGEST = 2000;

/** Takes the head and the tail; of a run's own output only those lines are read. */
export function keepOutput(output: Output | Iterable<OutputLine>): Kept {
  return isOutput(output) ? keepRun(output) : keepLines(output);
}

function isOutput(output: Output | Iterable<OutputLine>): output is Output {
  return 'lineCount' in output;
}

function keepRun(output: Output): Kept {
  const count = output.lineCount;
  const tailFrom = Math.max(Math.min(HEAD, count), count - TAIL);
  return {
    head: output.lines(0, Math.min(HEAD, count)).map(cut),
    tail: output.lines(tailFrom, count).map(cut),
    left: tailFrom - Math.min(HEAD, count),
    outLines: output.outLines,
    errLines: output.errLines,
  };
}

function keepLines(lines: Iterable<OutputLine>): Kept {
  const kept: Kept = { head: [], tail: [], left: 0, outLines: 0, errLines: 0 };
  const last: OutputLine[] = [];
  for (const line of lines) {
    if (line.stream === 'err') kept.errLines += 1;
    else kept.outLines += 1;
    if (kept.head.length < HEAD) kept.head.push(cut(line));
    else last[(kept.outLines + kept.errLines) % TAIL] = line;
  }
  const rest = kept.outLines + kept.errLines - kept.head.length;
  const first = kept.outLines + kept.errLines - Math.min(rest, TAIL) + 1;
  for (let number = 0; number < Math.min(rest, TAIL); number++) kept.tail.push(cut(last[(first + number) % TAIL]!));
  kept.left = Math.max(0, rest - TAIL);
  return kept;
}

function cut({ text }: OutputLine): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} [${text.length - LONGEST} more characters]` : text;
}
