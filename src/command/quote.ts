/**
 * The one quoting function. Everything that becomes part of a command's text as data goes through it: values, texts handed to
 * ssh and su, file names, lines of file edits.
 */

/**
 * Characters that mean nothing to sh, ksh, bash or zsh, in a word that does not begin with `=` (zsh puts a command's path
 * there). `~` is left out: a shell expands it at the start of a word and after `:` and `=` in assignments.
 */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * Turns a value into exactly one POSIX shell word: as it stands when that is safe, in single quotes otherwise. Single quotes are
 * the only form that dash, busybox sh, mksh, ksh88, bash and zsh all read alike, and they carry every character, newlines and
 * control characters included. A quote inside becomes '\''.
 *
 * Throws a RangeError for a value no word can carry; ask `quoteProblem` first where the value comes from outside.
 */
export function quote(value: string): string {
  const problem = quoteProblem(value);
  if (problem) throw new RangeError(`quote: the value ${problem}`);
  return plain.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * Why a value cannot be a command's argument, as the end of a sentence ("holds a NUL ..."), or undefined when it can.
 * A NUL ends an argument (execve(2)); half a surrogate pair has no UTF-8 form, Node would replace it silently.
 */
export function quoteProblem(value: string): string | undefined {
  if (value.includes('\0')) return 'holds a NUL character, which no command argument can carry';
  if (!value.isWellFormed()) return 'holds half a character (a lone surrogate), which has no UTF-8 form';
  return undefined;
}

/**
 * Where offset `at` of `value` stands in `quote(value)`: a stretch of the value maps to the stretch that carries it, the marks of
 * its own quotes included.
 */
export function quotedOffset(value: string, at: number): number {
  if (plain.test(value)) return at;
  let offset = at + 1;
  for (let i = value.indexOf("'"); i >= 0 && i < at; i = value.indexOf("'", i + 1)) offset += 3;
  return offset;
}
