/** Why a record could not be written, as a sentence for the operator. */

/** Errors that Node's runtime has no text for. */
const TEXTS: Record<string, string> = { EDQUOT: 'Disk quota exceeded' };

/** `cannot write /var/log/hasmit/hasmit.log: No space left on device`. */
export function cannot(what: string, file: string, error: unknown): string {
  if (!(error instanceof Error)) return `cannot ${what} ${file}: ${error}`;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const text = TEXTS[code] ?? /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
  return `cannot ${what} ${file}: ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** An error whose message is a reason already. */
export function refusal(text: string): Error {
  return new Error(text);
}
