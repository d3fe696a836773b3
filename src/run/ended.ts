/** From how a process ended to what the operator is told: OK, failed, cancelled, timed out, or unknown (design.md 6). */
import type { Command } from '../command/types.ts';
import { cleanLine } from './clean.ts';
import type { GroupEnd } from './group.ts';
import type { Ended, Output } from './types.ts';

export interface EndFacts {
  command: Command;
  end: GroupEnd;
  seconds: number;
  /** We told it to end. */
  stopped?: 'cancelled' | 'timeout';
  /** A line that makes status 0 a failure, in words. */
  errorLine?: string;
  /** For the shell's own message about a command that it could not run. */
  output?: Pick<Output, 'lineCount' | 'lines'>;
}

/** The verdict. `reason` is one sentence, without a full stop, whenever the state alone does not say it all. */
export function describeEnd(facts: EndFacts): Ended {
  const { command, end, seconds, stopped } = facts;
  const base = {
    seconds,
    ...(end.status === undefined ? {} : { status: end.status }),
    ...(end.signal === undefined ? {} : { signal: end.signal }),
  };
  if (end.problem !== undefined) return { ...base, state: 'failed', reason: end.problem };
  if (end.stuck !== undefined) return { ...base, state: 'unknown', reason: end.stuck };
  if (stopped === 'cancelled') return { ...base, state: 'cancelled' };
  if (stopped === 'timeout')
    return { ...base, state: 'timeout', reason: `not done after ${command.timeout} s, so it was stopped` };
  if (end.signal !== undefined) return { ...base, state: 'failed', reason: `ended by signal ${end.signal}` };
  if (end.status === undefined) return { ...base, state: 'unknown', reason: 'it ended without a status' };
  if (end.status === 0) return describeZero(base, facts);
  return { ...base, ...describeStatus(end.status, facts) };
}

function describeZero(base: Omit<Ended, 'state'>, { end, errorLine }: EndFacts): Ended {
  if (errorLine !== undefined) return { ...base, state: 'failed', reason: errorLine };
  if (end.heldOpen)
    return { ...base, state: 'ok', reason: 'a process that it left in the background still holds its output' };
  return { ...base, state: 'ok' };
}

function describeStatus(status: number, facts: EndFacts): Pick<Ended, 'state' | 'reason'> {
  if (status === 255 && viaSsh(facts.command)) {
    const where = facts.command.target ?? 'the other host';
    return {
      state: 'unknown',
      reason: `status 255: ssh could not reach ${where}, or the command there returned 255; check there before running it again`,
    };
  }
  const own = facts.command.statusHelp?.[status];
  if (own !== undefined) return { state: 'failed', reason: `status ${status}: ${own}` };
  const said = () => shellSaid(facts.output);
  if (status === 127) return { state: 'failed', reason: `status 127: a command was not found${said()}` };
  if (status === 126) return { state: 'failed', reason: `status 126: a command was found but cannot be run${said()}` };
  const name = status > 128 && status <= 192 ? SIGNALS[status - 128] : undefined;
  if (name)
    return { state: 'failed', reason: `status ${status}: what a shell returns when a command was ended by SIG${name}` };
  return { state: 'failed' };
}

/** ssh's own failures and a remote status 255 look alike (reference/peers.md 5.2); so do those of engines that return the largest status. */
function viaSsh(command: Command): boolean {
  return command.target !== undefined || /^\s*ssh\s/.test(command.text);
}

/** The names an operator meets; the same numbers on all systems we run on. */
const SIGNALS: Record<number, string> = {
  1: 'HUP',
  2: 'INT',
  3: 'QUIT',
  6: 'ABRT',
  9: 'KILL',
  11: 'SEGV',
  13: 'PIPE',
  15: 'TERM',
};

/** The last thing said on standard error, which for 126 and 127 is the shell naming the command. */
function shellSaid(output: Pick<Output, 'lineCount' | 'lines'> | undefined): string {
  if (!output) return '';
  const last = output
    .lines(Math.max(0, output.lineCount - 20), output.lineCount)
    .findLast(line => line.stream === 'err');
  const text = last ? cleanLine(last.text).trim() : '';
  return text === '' ? '' : ` (${text.slice(0, 200)})`;
}
