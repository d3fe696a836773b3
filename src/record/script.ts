/**
 * hasmit.script: a valid sh script that repeats the work (design.md 8). All here is text; nothing is written.
 *
 * A plain command of one line stands between parentheses, exactly as it was shown: `cd`, `exit` and variables stay in its block, and one can
 * read and copy it. Anything that might swallow what follows (parentheses, a here-document without an end, several lines) stands in a quoted
 * here-document and is run as it was run. Nothing is quoted by us, so nothing can be quoted wrong.
 */
import type { Command } from '../command/types.ts';
import type { Ended } from '../run/types.ts';
import type { Session } from './log.ts';
import { endInWords, oneLine, stamp } from './text.ts';

/** Top of a new script. */
export const SCRIPT_HEAD = `#!/bin/sh
# Written by hasmit: what was done, in this order. To do it again: sh FILE (goes on after a block that fails)
# or sh -e FILE (stops there). What did not end well, or nobody knows how, is here as a comment.

`;

/** A command that was run: live when it ended well, otherwise every line a comment. */
export function ranBlock(date: Date, session: Session, command: Command, ended: Ended): string {
  const head = header(date, session, command, `${endInWords(ended)} after ${ended.seconds.toFixed(1)} s`);
  const body = block(command);
  return `${head}${ended.state === 'ok' ? body : body.replace(/^/gm, '# ').replace(/# $/, '')}\n`;
}

/** A command that was put here without being run (`-x`, F6 and `s`): it is live, for that is what it was put here for. */
export function notRunBlock(date: Date, session: Session, command: Command): string {
  return `${header(date, session, command, 'not run when it was written here')}${block(command)}\n`;
}

function header(date: Date, session: Session, command: Command, state: string): string {
  const { user, host, sudoUser, version } = session;
  const who = `${user}${sudoUser ? ` (by sudo from ${sudoUser})` : ''} on ${host}, hasmit ${version}`;
  const lines = [`${stamp(date)} ${who}`, `${command.fastPath}: ${command.title}`, state];
  return lines.map(line => `# ${oneLine(line)}\n`).join('');
}

/** The command as shell; ends in a line end. */
function block(command: Command): string {
  if (command.secrets.length > 0) return secretBlock(command);
  const input = command.mode === 'interactive' ? '' : ' </dev/null';
  if (isPlain(command.text)) return `${path(command) || '(\n'}${steady(command.text)}${command.text}\n)${input}\n`;
  const mark = markFor(command.text);
  return `${path(command)}{ /bin/sh -c "$(cat <&3)" 3<&-${input}; } 3<<'${mark}'\n${command.text}\n${mark}\n${path(command) && ')\n'}`;
}

/** True for a text of one line that is certain to end where it ends. */
function isPlain(text: string): boolean {
  return !/[\n\r()`#]|<<|\\$/.test(text);
}

/** With `sh -e FILE` a block is judged by its end, as the command was when it ran, and not by each of its parts. */
function steady(text: string): string {
  return text.includes(';') ? 'set +e\n' : '';
}

/**
 * The same with secrets: asked for on the terminal without showing them, fed by a here-document (a printf that is no builtin would
 * have them in its arguments), one line each as in the run.
 */
function secretBlock(command: Command): string {
  const mark = markFor(command.text, ...command.secrets.map(secret => secret.label));
  const names = command.secrets.map((_, index) => `hasmit_${index + 1}`);
  const questions = command.secrets.map(
    ({ label }, index) =>
      `cat >/dev/tty <<'${mark}' || exit 1\n${oneLine(label)} (not shown):\n${mark}\nIFS= read -r ${names[index]} </dev/tty || exit 1\n`,
  );
  return [
    path(command) || '(\n',
    "trap 'stty echo </dev/tty' 0\ntrap 'exit 130' 1 2 15\nstty -echo </dev/tty || exit 1\n",
    ...questions,
    'stty echo </dev/tty\n',
    `{ /bin/sh -c "$(cat <&3)" 3<&-; } 3<<'${mark}' <<${mark}_SECRETS\n`,
    `${command.text}\n${mark}\n${names.map(name => `$${name}\n`).join('')}${mark}_SECRETS\n)\n`,
  ].join('');
}

/** Opens a subshell with the command's own directories before PATH; nothing when it has none. */
function path(command: Command): string {
  if (command.path.length === 0) return '';
  const directories = command.path.join(':');
  if (/^[\w./+@%,:=-]+$/.test(directories)) return `(\nPATH=${directories}:$PATH; export PATH\n`;
  const mark = markFor(directories);
  return `(\nIFS= read -r hasmit_path <<'${mark}'\n${directories}\n${mark}\nPATH=$hasmit_path:$PATH; export PATH\n`;
}

/** End mark of a here-document that is no line of the texts. */
function markFor(...texts: string[]): string {
  const lines = new Set(texts.flatMap(text => text.split('\n')));
  let mark = 'HASMIT';
  while (lines.has(mark) || lines.has(`${mark}_SECRETS`)) mark += '_';
  return mark;
}
