/** The end of a session: what runs is ended and recorded first, also when the end is not our own wish. */
import { endAll } from '../run/living.ts';
import type { AppContext } from './context.ts';

/** Signals that end a program; the terminal's program, the shell and the kernel may each send one. */
const signals: NodeJS.Signals[] = ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGQUIT'];

/**
 * Ends every command of the session and waits until each has its END in the records, ten seconds and a little at the longest. What comes
 * meanwhile does not disturb: a hang-up is told more than once, and execa's own listeners would end us as soon as nobody else listens.
 */
export async function endCommands(context: Pick<AppContext, 'runs'> | undefined): Promise<void> {
  deaf();
  context?.runs.cancelAll();
  await endAll();
}

/** From now on signals are not heard. */
export function deaf(): void {
  for (const signal of signals) process.on(signal, ignored);
}

/** A signal ends the program: its commands are ended, its records closed, and it dies of that signal as others expect. */
export async function dieOf(
  signal: NodeJS.Signals,
  context: Pick<AppContext, 'runs' | 'recorder'> | undefined,
): Promise<void> {
  await endCommands(context);
  context?.recorder.closed();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function ignored(): void {}
