/**
 * A program on the terminal that was stopped while we were not. Node's parent is never told that a child was stopped, and would wait
 * for ever at a terminal that answers nothing. (When Ctrl-Z is handled by the terminal, all of the foreground group stops, us too,
 * and the shell we were started from sees it; there is nothing to do then.)
 */
import { descendants, stateOf } from './proc.ts';

const LOOK_EVERY = 500;

/**
 * Looks after a program and its descendants until `end`. When one of them is found stopped twice in a row, we stop too, as the rest
 * of a job does, so that a shell with job control takes the terminal (`fg` brings everything back). Where there is none to take it
 * (a login shell replaced by us, a window of tmux), the system lets us go on at once; then the program is made to go on as well,
 * for nobody else could.
 * Needs Linux's /proc; elsewhere nothing is looked after.
 */
export function watchStopped(pid: number): { end(): void } {
  let before = new Set<number>();
  const timer = setInterval(() => {
    const stopped = stoppedAmong(pid);
    const again = stopped.filter(one => before.has(one));
    before = new Set(stopped);
    if (again.length === 0) return;
    before.clear();
    process.kill(process.pid, 'SIGTSTP');
    // Reached at once, or after `fg`.
    setImmediate(() => {
      for (const one of again) goOn(one);
    });
  }, LOOK_EVERY);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

function goOn(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It has ended meanwhile, or belongs to somebody else, whose business it is then.
  }
}

/** The process and its descendants that are stopped by a signal (state T; a traced one is t). */
function stoppedAmong(pid: number): number[] {
  return [pid, ...descendants(pid)].filter(one => stateOf(one) === 'T');
}
