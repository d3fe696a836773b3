/** Finds rows that moved: a list or an output that scrolled is moved by the terminal instead of written again. */
import { BLANK } from './cells.ts';

/** Rows `top` to `bottom` (0-based, both included) of the old screen moved up by `by` rows (down when negative). */
export interface Scroll {
  top: number;
  bottom: number;
  by: number;
}

/** Fewer changed rows than this are not worth a scroll. */
const FEWEST = 3;

/** A number for what a row shows, attributes left out (the highlight moves along); 0 for a blank row. */
function rowHash(cells: Int32Array, start: number, columns: number): number {
  let hash = 0x811c9dc5;
  let blank = true;
  for (let at = start; at < start + columns; at++) {
    const cell = cells[at] as number;
    if (cell !== BLANK) blank = false;
    hash = Math.imul(hash ^ (cell >> 3), 0x01000193);
  }
  return blank ? 0 : hash | 1;
}

/** The longest run of rows that stand in the new screen where the old one had them `by` rows further down. */
function longestRun(before: number[], after: number[], by: number): Scroll | undefined {
  let best: Scroll | undefined;
  let bestFilled = 1;
  let from = -1;
  let filled = 0;
  for (let y = 0; y <= after.length; y++) {
    const old = before[y + by];
    if (y < after.length && old !== undefined && old === after[y]) {
      if (from < 0) from = y;
      if (old !== 0) filled++;
      continue;
    }
    if (from >= 0 && filled > bestFilled) {
      bestFilled = filled;
      best = by > 0 ? { top: from, bottom: y - 1 + by, by } : { top: from + by, bottom: y - 1, by };
    }
    from = -1;
    filled = 0;
  }
  return best;
}

/**
 * Scrolls that could make one screen into the other, likeliest first, two at most. None is certain to save anything:
 * the painter tries them and counts.
 */
export function findScrolls(before: Int32Array, after: Int32Array, columns: number, rows: number): Scroll[] {
  const old: number[] = [];
  const fresh: number[] = [];
  const changed: number[] = [];
  for (let y = 0; y < rows; y++) {
    old.push(rowHash(before, y * columns, columns));
    fresh.push(rowHash(after, y * columns, columns));
    if (old[y] !== fresh[y]) changed.push(y);
  }
  if (changed.length < FEWEST) return [];
  const places = new Map<number, number[]>();
  for (const [y, hash] of old.entries()) {
    if (hash === 0) continue;
    const known = places.get(hash);
    if (!known) places.set(hash, [y]);
    else if (known.length < 4) known.push(y);
  }
  const votes = new Map<number, number>();
  for (const y of changed)
    for (const from of places.get(fresh[y] as number) ?? [])
      if (from !== y) votes.set(from - y, (votes.get(from - y) ?? 0) + 1);
  return [...votes]
    .filter(([, number]) => number >= 2)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 2)
    .flatMap(([by]) => longestRun(old, fresh, by) ?? []);
}
