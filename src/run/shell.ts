/** F9: a shell on the terminal. Whether it may be opened at all is a setting (`shell`, HASMIT_SHELL=n) that the caller has asked. */
import type { GroupEnd } from './group.ts';
import { runOnTerminal, type Terminal, withTerminal } from './hand-over.ts';
import type { Ended } from './types.ts';

export interface ShellRequest {
  /** The user's environment; SHELL names the shell, /bin/sh when it does not or cannot be run. */
  env: NodeJS.ProcessEnv;
  /** Where F9 was pressed; the shell finds it in HASMIT, for its prompt. */
  fastPath: string;
}

/** Opens the shell and waits for its end. Never rejects; its own status is of no meaning and is only handed on. */
export async function runShell({ env, fastPath }: ShellRequest, terminal: Terminal): Promise<Ended> {
  const begun = performance.now();
  return withTerminal(terminal, env, async settle => {
    terminal.note('Type exit or press Ctrl-D to return to hasmit.');
    const shellEnv = { ...env, HASMIT: fastPath || 'hasmit' };
    const wanted = env.SHELL?.startsWith('/') ? env.SHELL : '/bin/sh';
    let end: GroupEnd = await runOnTerminal(wanted, [], shellEnv);
    if (end.problem !== undefined && wanted !== '/bin/sh') {
      terminal.note(`${end.problem}; /bin/sh takes its place.`);
      end = await runOnTerminal('/bin/sh', [], shellEnv);
    }
    await settle();
    const seconds = (performance.now() - begun) / 1000;
    const { problem, signal, status } = end;
    if (problem === undefined && signal === undefined) return { state: 'ok', seconds, status };
    return { state: 'failed', seconds, signal, reason: problem ?? `ended by signal ${signal}` };
  });
}
