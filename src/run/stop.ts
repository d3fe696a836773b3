/** Ending a process group: politely, then firmly, and knowing when it has not worked. */

import { groupStates } from './proc.ts';

export interface Stop {
  /** Begins with INT. A second call does nothing. */
  begin(): void;
  readonly begun: boolean;
  /** Why the group is still there after KILL has had its time; nothing before that. */
  readonly stuck: string | undefined;
  /** No more signals. */
  over(): void;
}

const STAGES = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
/** After KILL only the kernel can keep a process (a dead NFS server): it is not waited for longer than this (ms). */
const AFTER_KILL = 2000;

/**
 * True while any member of the group runs, also when it belongs to somebody else. Dead ones that nobody has collected (a container
 * whose first process does not care) do not count, where /proc tells.
 */
export function groupAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const states = groupStates(group);
  return states === undefined || states.some(state => state !== 'Z' && state !== 'X');
}

/** Sends a signal to a group. `denied`: none of its members may be signalled by us (a command run by sudo). */
export function signalGroup(group: number, signal: NodeJS.Signals): 'sent' | 'denied' | 'gone' {
  try {
    process.kill(-group, signal);
    return 'sent';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'denied' : 'gone';
  }
}

/** The way to end a group: INT, `patience` ms later TERM, `patience` ms later KILL. A stopped group is made to go on, or it would hear nothing. */
export function createStop(group: number, patience: number): Stop {
  let timer: NodeJS.Timeout | undefined;
  let stage = -1;
  let denied = false;
  let stuck: string | undefined;

  function next(): void {
    stage += 1;
    const signal = STAGES[stage];
    if (signal === undefined) {
      stuck = denied
        ? `process group ${group} may not be signalled by this user; it may still be running`
        : `process group ${group} does not end even by KILL; it may hang in the kernel (a dead file server does that)`;
      return;
    }
    const result = signalGroup(group, signal);
    if (result === 'gone') return;
    denied = result === 'denied';
    if (result === 'sent') signalGroup(group, 'SIGCONT');
    timer = setTimeout(next, signal === 'SIGKILL' ? AFTER_KILL : patience);
  }

  return {
    begin() {
      if (stage < 0) next();
    },
    get begun() {
      return stage >= 0;
    },
    get stuck() {
      return stuck;
    },
    over() {
      clearTimeout(timer);
      stage = STAGES.length;
    },
  };
}
