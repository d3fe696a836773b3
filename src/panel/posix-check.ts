/**
 * Shell text that bash reads and /bin/sh does not, or reads otherwise (`a &> b` starts `a` in the background under dash). Part of
 * template-check.ts: loaded with it, at load time only.
 */
import type { SyntaxNode } from 'unbash';

const cures: Partial<Record<SyntaxNode['type'], string>> = {
  TestCommand: '"[[ ]]" is not POSIX: write "[ ]"',
  ArithmeticCommand: '"(( ))" is not POSIX: write "[ $((...)) -ne 0 ]"',
  ArithmeticFor: '"for ((...))" is not POSIX: write a while loop',
  ProcessSubstitution: '"<( )" is not POSIX: write a pipe or a temporary file',
  HereString: '"<<<" is not POSIX: write "printf \'%s\\n\' ... |"',
  Select: '"select" is not POSIX',
  Coproc: '"coproc" is not POSIX',
  AnsiCQuoted: '"$\'...\'" is not POSIX: write "$(printf ...)"',
  LocaleString: '\'$"..."\' is not POSIX: take out the "$"',
  ArrayValue: 'arrays are not POSIX: write "set -- ..." and "$@"',
  BraceExpansion: '"{a,b}" is not POSIX: write the words out',
  ExtendedGlob: 'a pattern like "!(a)" is not POSIX',
  FileDescriptorVariable: '"{name}>" is not POSIX: write the number',
};

/** What is wrong with a node for /bin/sh, and what to write; undefined when nothing is. `text` is what was parsed. */
export function notPosix(node: SyntaxNode, text: string): string | undefined {
  const cure = cures[node.type];
  if (cure) return cure;
  switch (node.type) {
    case 'CommandExpansion':
      return node.text.startsWith('${') ? 'a command in braces behind "$" is not POSIX: write "$( ... )"' : undefined;
    case 'Redirect':
      return node.operator.startsWith('&>') ? '"&>" is not POSIX: write "> FILE 2>&1"' : undefined;
    case 'Pipeline':
      if (node.commands.length === 0) return '"!" or "time" alone is not POSIX: write the command behind it';
      return node.operators.includes('|&') ? '"|&" is not POSIX: write "2>&1 |"' : undefined;
    case 'Assignment':
      if (node.append) return '"+=" is not POSIX: write "name=$name..."';
      return node.index ? 'arrays are not POSIX: write "set -- ..." and "$@"' : undefined;
    case 'Function':
      return text.slice(node.pos, node.name.pos).includes('function')
        ? '"function" is not POSIX: write "name() { ...; }"'
        : undefined;
    case 'CaseItem':
      return node.terminator && node.terminator !== ';;' ? `"${node.terminator}" is not POSIX: write ";;"` : undefined;
    case 'ParameterExpansion':
      return parameterProblem(node);
    default:
      return undefined;
  }
}

function parameterProblem(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): string | undefined {
  const allowed = node.operation === undefined || node.operation.type === 'Default' || node.operation.type === 'Remove';
  if (allowed && node.prefix !== '!' && node.index === undefined) return undefined;
  return `"${node.text}" is not POSIX: use sed or cut`;
}
