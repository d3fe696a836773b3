/** Why the operating system refused, in its own words and without the clutter of an exception. */

/** Errors that Node's runtime has no text for. */
const TEXTS: Record<string, string> = {
  EDQUOT: 'Disk quota exceeded',
  E2BIG: 'Argument list too long',
};

/** `No space left on device`, from `ENOSPC: no space left on device, write`. Any other error gives its message's first line. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = TEXTS[code];
  if (known) return known;
  const first = error.message.split('\n', 1)[0]!;
  const text = /^E[A-Z0-9]+: ([^,]+)/.exec(first)?.[1] ?? first;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
