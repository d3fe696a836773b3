/** What Linux's /proc says about processes, proc(5). Elsewhere, and for processes that have gone, the answers are empty. */
import { readdirSync, readFileSync } from 'node:fs';

/** Children of a process, their children, and so on. */
export function descendants(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap(child => [child, ...descendants(child)]);
}

/** State of a process in one letter: R runs, S and D wait, T stopped, Z dead and not collected. */
export function stateOf(pid: number): string | undefined {
  return statFields(pid)[0];
}

/** States of all members of a process group; nothing where there is no /proc. */
export function groupStates(group: number): string[] | undefined {
  if (statFields(process.pid).length === 0) return undefined;
  const states: string[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [state, , pgrp] = statFields(Number(name));
    if (state && Number(pgrp) === group) states.push(state);
  }
  return states;
}

/** State, parent, group, session ...: what follows the name, which stands in parentheses and may hold anything. */
function statFields(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
