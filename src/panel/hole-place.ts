/**
 * Where a hole may stand: as a word, or glued to one, wherever a shell can read the value as nothing but data. Part of
 * template-check.ts: loaded with it, at load time only.
 */
import type { SyntaxNode } from 'unbash';
import { secondShell } from './second-shell.ts';
import type { Span } from './template-check.ts';

type Typed<T extends SyntaxNode['type']> = Extract<SyntaxNode, { type: T }>;

const quotes = 'stands inside quotes: close them before it, as in "a b"{{x}}"c d"; the value is quoted by itself';

/** Places that are never right, by the node around the hole. */
const never: Partial<Record<SyntaxNode['type'], string>> = {
  SingleQuoted: quotes,
  DoubleQuoted: quotes,
  HereDocBody: 'stands in a here-document: write "printf \'%s\\n\' {{x}} |" instead',
  HereDocDelimiter: 'stands as the end mark of a here-document: write the mark out',
  ArithmeticExpansion: 'stands in arithmetic, where a shell would run what is in it: use expr, as in $(expr {{x}} + 1)',
  ParameterExpansion: 'stands inside a "${" expansion: put it in a variable first',
  SimpleExpansion:
    'stands right behind a "$" or a variable\'s name: put the name in braces, or "\\$" for the character',
};

/** True when the way to a hole leads through no word and nothing else that could hold it: it is in a comment. */
export function inNoWord(path: SyntaxNode[]): boolean {
  return !path.some(node => node.type === 'Word' || node.type === 'Assignment' || never[node.type] !== undefined);
}

/** Why a hole must not stand where it does, and what to write; undefined when it may. `path` leads from the script to it. */
export function placeProblem(span: Span, path: SyntaxNode[], text: string): string | undefined {
  const { hole, start, end } = span;
  if (path.some(node => node.type === 'CommandExpansion' && node.text.startsWith('`')))
    return 'stands in backquotes: write "$( ... )"';
  if (path.some(node => node.type === 'HereDocBody')) return never.HereDocBody;
  // A command substitution starts afresh: what is around it does not matter to what is in it.
  const inner = path.slice(path.findLastIndex(node => node.type === 'Script'));
  for (const node of inner) {
    if (never[node.type]) return never[node.type];
    if (node.type === 'Glob') return 'stands in a "[...]" pattern: write the pattern out';
  }
  const before = text.slice(0, start);
  if (/(^|[^\\])(\\\\)*\\$/.test(before)) return 'stands right behind a backslash: take the backslash out';
  if (/^[<>]/.test(text.slice(end)))
    return 'stands right before a redirection, where a number would be part of it: put a blank between';
  if (/(^|[^\\])\$[0-9@*#?!$-]$/.test(before)) return 'stands right behind a "$" expansion: put that in braces';

  const word = inner.findLast(node => node.type === 'Word' || node.type === 'Assignment');
  const parent = inner[inner.indexOf(word!) - 1];
  if (!word || !parent) return undefined;
  // A whole assignment that the author has written, there or not: {{XCATBYPASS=1 if bypass}} lsdef.
  if (word.type === 'Assignment' && hole.form === 'literal' && word.pos === start && word.end === end) return undefined;
  if (word.type === 'Assignment' && start < word.value.pos) return "stands in an assignment's name: write the name out";
  const head = text.slice(word.type === 'Assignment' ? word.value.pos : word.pos, start);
  if (/(^|[:=])~[^/]*$/.test(head))
    return 'stands behind "~", where a shell looks for a user\'s name: write the directory out';
  const alone = word.type === 'Word' && word.pos === start && word.end === end;
  if (!alone && severalWords(span))
    return 'may give several words or none, so it must stand alone, with blanks around it';
  return (
    roleProblem(span, word, parent, head, alone) ??
    secondShell(hole.form === 'literal' ? undefined : word, alone, head, path)
  );
}

/** Why a secret must not stand there: programs show their arguments to everybody. Built-in commands and assignments do not. */
export function secretProblem(path: SyntaxNode[]): string | undefined {
  const inner = path.slice(path.findLastIndex(node => node.type === 'Script'));
  const word = inner.findLast(node => node.type === 'Word' || node.type === 'Assignment');
  const parent = inner[inner.indexOf(word!) - 1];
  if (parent?.type !== 'Command' || word?.type !== 'Word') return undefined;
  const name = parent.name?.value ?? '';
  if (['printf', 'echo', 'print', 'export', 'test', '[', ':'].includes(name)) return undefined;
  return `is a secret and would be an argument of "${name}", which ps shows: write "printf '%s\\n' {{x}} | ${name} ..." or "VAR={{x}} ${name} ..."`;
}

function severalWords({ hole }: Span): boolean {
  if (hole.form === 'many') return true;
  if (hole.form === 'literal') return hole.literal!.includes(' ');
  return hole.flag !== undefined && !hole.glued;
}

/** Places where the grammar wants one word of a certain kind. */
function roleProblem(
  span: Span,
  word: SyntaxNode,
  parent: SyntaxNode,
  head: string,
  alone: boolean,
): string | undefined {
  const { hole } = span;
  const one = severalWords(span)
    ? 'may give several words or none, where exactly one must stand: write {{x}}'
    : undefined;
  switch (parent.type) {
    case 'Redirect':
      if (/&$/.test(parent.operator))
        return `stands behind "${parent.operator}", where it would be syntax: write the number out`;
      return one;
    case 'For':
      return (parent as Typed<'For'>).name === word ? "stands as a loop's variable: write the name out" : undefined;
    case 'Function':
      return "stands in a function's name: write the name out";
    case 'CaseItem':
      return 'stands in a case pattern, where it could be syntax: compare with [ "$a" = {{x}} ]';
    case 'Case':
    case 'Assignment':
      return one;
    case 'Command':
      if (parent.name !== word || hole.form === 'literal') return undefined;
      // `if`, `a=b` and the like mean something there; a word with a slash or a dash before the value cannot be one of them.
      if (!alone && /[^A-Za-z0-9_]/.test(head)) return undefined;
      return 'stands as a command\'s name, where "if" or "a=b" would be syntax: write the command out, or "command -- {{x}}"';
    default:
      return undefined;
  }
}
