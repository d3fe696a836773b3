/**
 * Commands that read an argument as more than a word: as shell text (eval, ssh, `sh -c`), or as a name or number in which bash and
 * ksh run what stands in `a[$(...)]` (tried with bash 5.2 and mksh 59c). Quoting does not help there. Part of template-check.ts:
 * loaded with it, at load time only.
 */
import type { SyntaxNode } from 'unbash';

type Command = Extract<SyntaxNode, { type: 'Command' }>;

/** Options of ssh(1) that take an argument in the next word. */
const sshTakes = /^-[A-Za-z0-9]*[BbcDEeFIiJLlmOopPQRSWw]$/;

const readsNames = ['eval', 'let', 'trap', 'read', 'unset', 'shift', 'getopts', 'ulimit'];
const declares = ['export', 'readonly', 'typeset', 'local', 'declare', 'integer'];
const numberTests = ['-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-t'];

/**
 * Why a hole must not be in that argument, and what to write; undefined when it may. A value that is all of the text for a second
 * shell is allowed: then the operator types a command line, and knows it. `head` is what stands before the hole in its word.
 */
export function secondShell(
  word: SyntaxNode | undefined,
  alone: boolean,
  head: string,
  path: SyntaxNode[],
): string | undefined {
  if (word?.type !== 'Word') return undefined;
  const command = path[path.lastIndexOf(word) - 1];
  if (command?.type !== 'Command' || command.name === word) return undefined;
  const name = command.name?.value.replace(/^.*\//, '') ?? '';
  if (readsNames.includes(name))
    return `is an argument of ${name}, where a shell can run what is in it: write it without`;
  if (declares.includes(name) && !head.includes('=')) {
    return `is a name for ${name}, where a shell can run what is in it: write the name out`;
  }
  if (name === '[' || name === 'test') {
    const at = command.args.indexOf(word);
    const beside = [command.args[at - 1], command.args[at + 1]].map(argument => argument?.text ?? '');
    const hit = beside.some(text => numberTests.includes(text));
    return hit
      ? 'is tested as a number, where ksh would run what is in it: use expr, as in $(expr {{x}} + 0)'
      : undefined;
  }
  if (/^(ba|da|k|mk|z|a)?sh$|^su$/.test(name)) {
    const text = command.args[command.args.findIndex(argument => /^-[a-z]*c$/.test(argumentText(argument))) + 1];
    const hit = text === word && !alone && command.args[0] !== word;
    return hit
      ? `is part of shell text for "${name} -c": use "as: USER", or pass it behind the text and write "$1" there`
      : undefined;
  }
  if (name === 'ssh') {
    const remote = remoteWords(command);
    const hit = remote.includes(word) && !(alone && remote.length === 1);
    return hit
      ? 'is part of a command for ssh, which the other host\'s shell reads again: use "target: HOST"'
      : undefined;
  }
  return undefined;
}

function remoteWords(command: Command): SyntaxNode[] {
  const { args } = command;
  let at = 0;
  while (at < args.length && argumentText(args[at]!).startsWith('-'))
    at += sshTakes.test(argumentText(args[at]!)) ? 2 : 1;
  return args.slice(at + 1);
}

function argumentText(argument: Command['args'][number]): string {
  return argument.text;
}
