/** Names of the shell variables that secrets are read into. */

/**
 * Variables that mean something to a shell or to what it starts; a secret in one of them would change how the command runs
 * (or, as with bash's UID, could not be stored at all).
 */
const taken =
  /^(PATH|HOME|IFS|ENV|PWD|OLDPWD|SHELL|USER|LOGNAME|LANG|LANGUAGE|LC_.*|TERM|TZ|PS[0-9]|E?UID|E?GID|PPID|GROUPS|LINENO|SECONDS|RANDOM|OPT(IND|ARG|ERR)|REPLY|MAIL.*|CDPATH|EDITOR|VISUAL|FCEDIT|HIST.*|TMOUT|TMPDIR|COLUMNS|LINES|STATUS|HOSTNAME|LD_.*|LIBPATH|BASH.*|KSH.*|MATCH|LINE|MARK|AFTER|BEFORE|ENTRY|NAME|WANT)$/;

/**
 * The variable for a field: its name in capitals, a valid name, not one that a shell uses, not one of `used`, and not one that
 * the author's own text speaks of.
 */
export function secretName(field: string, used: Iterable<string>, text: string): string {
  const base = field
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, '_')
    .replace(/^(?=[0-9])/, '_');
  const others = new Set(used);
  const free = (name: string) => !taken.test(name) && !others.has(name) && !new RegExp(`\\b${name}\\b`).test(text);
  let name = base;
  for (let n = 1; !free(name); n++) name = `${base}_SECRET${n === 1 ? '' : n}`;
  return name;
}
