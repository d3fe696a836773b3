/**
 * Commands that hand their arguments to a shell again: there a value would be read as shell text a second time. Part of
 * template-check.ts: loaded with it, at load time only.
 */
import type { SyntaxNode } from 'unbash';

type Command = Extract<SyntaxNode, { type: 'Command' }>;

/** Options of ssh(1) that take an argument in the next word. */
const sshTakes = /^-[A-Za-z0-9]*[BbcDEeFIiJLlmOopPQRSWw]$/;

/**
 * Why a hole must not be in an argument of eval, of `sh -c` or of ssh. A value that is all of the text for the second shell is
 * allowed: then the operator types a command line, and knows it.
 */
export function secondShell(word: SyntaxNode | undefined, alone: boolean, path: SyntaxNode[]): string | undefined {
  if (word?.type !== 'Word') return undefined;
  const command = path[path.lastIndexOf(word) - 1];
  if (command?.type !== 'Command' || command.name === word) return undefined;
  const name = command.name?.value.replace(/^.*\//, '') ?? '';
  if (name === 'eval') return 'is an argument of eval, which reads it as shell text: take eval out';
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
