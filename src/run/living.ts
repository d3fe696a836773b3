/** What this program has started and what has not ended yet, so that its own end leaves nothing behind. */

export interface Living {
  /** Begins to end it; a second call does nothing. */
  stop(): void;
  readonly ended: Promise<unknown>;
}

const living = new Set<Living>();
let closing = false;

/** Counts something among the living until it has ended. */
export function nowLives(one: Living): void {
  living.add(one);
  const over = () => void living.delete(one);
  one.ended.then(over, over);
}

/** True once the program ends: nothing is to be started any more. */
export function isClosing(): boolean {
  return closing;
}

/** Ends all that lives and waits until it is gone; `limit` is the longest wait in milliseconds. */
export async function endAll(limit = 12_000): Promise<void> {
  closing = true;
  const all = [...living];
  for (const one of all) one.stop();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([Promise.allSettled(all.map(one => one.ended)), late]);
  clearTimeout(timer);
}
