/** Which part of a long list is on the screen. Lists are always windowed: cost does not grow with their length. */

/** The first row to show so that `cursor` is inside a window of `visible` rows, moving as little as possible from `top`. */
export function windowTop(cursor: number, top: number, visible: number, total: number): number {
  const last = Math.max(0, total - visible);
  let next = Math.min(Math.max(0, top), last);
  if (cursor < next) next = cursor;
  if (cursor >= next + visible) next = cursor - visible + 1;
  return Math.max(0, Math.min(next, last));
}

/** SMIT's line above a window: `[TOP]`, or how many rows are before it. */
export function markAbove(top: number): string {
  return top === 0 ? '[TOP]' : `[MORE...${top}]`;
}

/** SMIT's line below a window. */
export function markBelow(top: number, visible: number, total: number): string {
  const rest = total - top - visible;
  return rest <= 0 ? '[BOTTOM]' : `[MORE...${rest}]`;
}

/** A number kept between two bounds. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** Lines of text a box has room for when `around` other lines are in it; two fewer when it needs its `[MORE...]` lines. */
export function boxRoom(height: number, around: number, total: number): number {
  const most = Math.max(1, height - 2 - around);
  return total <= most ? most : Math.max(1, most - 2);
}
