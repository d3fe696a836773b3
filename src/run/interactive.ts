/** Interactive mode: the command has the terminal until it ends (kadmin, fdisk, csmrestore). */
import type { Command } from '../command/types.ts';
import { cleanLine } from './clean.ts';
import { describeEnd } from './ended.ts';
import { childEnvironment } from './environment.ts';
import type { GroupEnd } from './group.ts';
import { runOnTerminal, type Terminal, waitForEnter, withTerminal } from './hand-over.ts';
import type { Ended, RunRequest } from './types.ts';

/**
 * Runs `/bin/sh -c TEXT` on the terminal: screen left, a header, the command, "Press Enter to continue", screen taken back.
 * Never rejects. There is no time-out: the operator sits before it. Output is not seen, so `fail_if` has no say here.
 */
export async function runInteractive(request: RunRequest, terminal: Terminal): Promise<Ended> {
  const { command, env } = request;
  const begun = performance.now();
  const verdict = (end: GroupEnd) => interactiveEnd(command, end, (performance.now() - begun) / 1000);
  const refused = refusal(command);
  if (refused !== undefined) return verdict({ problem: refused });
  return withTerminal(terminal, env, async settle => {
    terminal.note(`---- ${cleanLine(command.title)} (${command.fastPath}) ----`);
    for (const line of command.text.split('\n')) terminal.note(`>> ${cleanLine(line)}`);
    const ended = verdict(await runOnTerminal('/bin/sh', ['-c', command.text], childEnvironment(env, command.path)));
    await settle();
    terminal.note(`---- ${inWords(ended)} ---- Press Enter to continue.`);
    await waitForEnter(env);
    return ended;
  });
}

function refusal(command: Command): string | undefined {
  if (command.missing.length > 0) return `a value is missing: ${command.missing.join(', ')}`;
  if (command.secrets.length > 0) {
    return 'an interactive command has the terminal as its standard input, so a secret cannot be fed to it; let the command ask for it';
  }
  return undefined;
}

/** As in pipe mode; but Ctrl-C, which only the operator can have pressed, is a cancel. */
function interactiveEnd(command: Command, end: GroupEnd, seconds: number): Ended {
  const interrupted = end.signal === 'SIGINT' || end.status === 130;
  return describeEnd({ command, end, seconds, stopped: interrupted ? 'cancelled' : undefined });
}

function inWords({ state, status, reason }: Ended): string {
  if (state === 'ok') return 'OK';
  if (state === 'cancelled') return 'cancelled';
  return reason ?? `${state}, status ${status}`;
}
