/**
 * Extended regular expressions (POSIX, as grep -E and awk read them) for the file edits. The shell text gives them to awk; the
 * diff that is shown before Enter needs the same answer here, so they are translated for JavaScript. What old awks read
 * differently from each other is refused: intervals `{2}`, escapes of letters, back-references.
 *
 * Both sides work on bytes (awk runs with LC_ALL=C).
 */

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  blank: ' \\t',
  space: ' \\t\\n\\v\\f\\r',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
};

/** Text that matches nothing but itself, wherever it stands in an expression. */
export function escapeRegularExpression(text: string): string {
  return text.replace(/[\\.[\]{}()*+?^$|]/g, '\\$&');
}

/** A tester for whole lines (without their newline), or why the expression cannot be used, as the end of a sentence. */
export function compileExpression(source: string): { test: (line: string) => boolean } | { problem: string } {
  const translated = translate(bytes(source), source);
  if ('problem' in translated) return translated;
  const expression = new RegExp(translated.source, 's');
  return { test: line => expression.test(bytes(line)) };
}

/** The text's UTF-8 bytes, one character each. */
function bytes(text: string): string {
  return /[^\0-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

interface Reader {
  text: string;
  at: number;
  depth: number;
  out: string;
  problem?: string;
}

function translate(text: string, shown: string): { source: string } | { problem: string } {
  if (text === '') return { problem: 'is empty' };
  if (text.includes('\n')) return { problem: 'holds a line end; it is tried on one line at a time' };
  const reader: Reader = { text, at: 0, depth: 0, out: '' };
  // What stands before the current place: nothing that could be repeated, one atom, or one that is repeated already.
  let before: 'start' | 'atom' | 'repeated' = 'start';
  while (reader.at < text.length && !reader.problem) {
    const character = text[reader.at]!;
    if ('*+?'.includes(character)) {
      if (before === 'start')
        reader.problem = `has "${character}" with nothing before it: write "\\${character}" for the character`;
      if (before === 'repeated')
        reader.problem = `repeats twice ("${text.slice(reader.at - 1, reader.at + 1)}"): use parentheses`;
      if (text.charCodeAt(reader.at - 1) > 0x7f)
        reader.problem = `repeats a letter beyond ASCII: put it in parentheses`;
      reader.out += character;
      reader.at++;
      before = 'repeated';
      continue;
    }
    before = readAtom(reader, character);
  }
  if (!reader.problem && reader.depth > 0) reader.problem = 'has a "(" that is not closed';
  if (!reader.problem && /(^|[^\\])(\\\\)*(\(|\|)$/.test(text)) reader.problem = 'ends where something must follow';
  return reader.problem ? { problem: `${reader.problem} (in "${shown}")` } : { source: reader.out };
}

/** Reads one thing that is no repetition; says whether a repetition may follow. */
function readAtom(reader: Reader, character: string): 'start' | 'atom' {
  const next = reader.text[reader.at + 1];
  switch (character) {
    case '[':
      readBracket(reader);
      return 'atom';
    case '\\':
      if (next === undefined) reader.problem = 'ends with a backslash';
      else if (!/[\\.[\]{}()*+?^$|/]/.test(next))
        reader.problem = `has "\\${next}", which not every awk knows: a class such as [[:space:]] is known to all`;
      else reader.out += `\\${next}`;
      reader.at += 2;
      return 'atom';
    case '{':
    case '}':
      reader.problem = `has "${character}", which old awks do not read as a repetition: write the repetition out, or "\\${character}" for the character`;
      return 'atom';
    case '(':
    case '|':
      if (next === undefined || '|)*+?'.includes(next) || (character === '|' && reader.out === '')) {
        reader.problem = `has an empty alternative near "${character}"`;
      }
      reader.depth += character === '(' ? 1 : 0;
      reader.out += character === '(' ? '(?:' : '|';
      reader.at++;
      return 'start';
    case ')':
      if (reader.depth === 0) reader.problem = 'has a ")" without "(": write "\\)" for the character';
      reader.depth--;
      reader.out += ')';
      reader.at++;
      return 'atom';
    case '^':
    case '$':
      return readAnchor(reader, character);
    default:
      reader.out += character === '.' ? '.' : /[A-Za-z0-9_ ]/.test(character) ? character : hex(character);
      reader.at++;
      return 'atom';
  }
}

/** Anchors are kept where every tool reads them as such: at an edge of the expression, a group or an alternative. */
function readAnchor(reader: Reader, character: string): 'start' {
  const { text, at } = reader;
  const atEdge =
    character === '^'
      ? at === 0 || /[(|]$/.test(unescaped(text.slice(0, at)))
      : at + 1 === text.length || '|)'.includes(text[at + 1]!);
  if (!atEdge) reader.problem = `has "${character}" in the middle: write "\\${character}" for the character`;
  reader.out += character;
  reader.at++;
  return 'start';
}

function unescaped(text: string): string {
  return text.replace(/\\./g, '__');
}

/** A bracket expression: `[abc]`, `[^a-z]`, `[[:space:]]`, with `]` first and `-` first or last meaning themselves. */
function readBracket(reader: Reader): void {
  const { text } = reader;
  const negated = text[reader.at + 1] === '^';
  const first = reader.at + (negated ? 2 : 1);
  let out = negated ? '[^' : '[';
  let at = first;
  for (; at < text.length && !(text[at] === ']' && at > first); at++) {
    const item = bracketItem(text, at, first);
    if ('problem' in item) {
      reader.problem = item.problem;
      return;
    }
    out += item.out;
    at += item.more;
  }
  if (at >= text.length) reader.problem = 'has a "[" that is not closed';
  reader.out += `${out}]`;
  reader.at = at + 1;
}

/** One member of a bracket expression, and how many characters it takes beyond the first. */
function bracketItem(text: string, at: number, first: number): { out: string; more: number } | { problem: string } {
  const character = text[at]!;
  const next = text[at + 1] ?? '';
  if (character === '[' && next === ':') {
    const end = text.indexOf(':]', at);
    const set = end < 0 ? undefined : classes[text.slice(at + 2, end)];
    return set === undefined
      ? { problem: 'names a character class that does not exist' }
      : { out: set, more: end + 1 - at };
  }
  if (character === '[' && /[.=]/.test(next)) return { problem: 'has a collating element, which awk does not know' };
  if (character === '\\') return { problem: 'has a backslash in brackets, which awk and grep read differently' };
  if (character.charCodeAt(0) > 0x7f)
    return { problem: 'has a letter beyond ASCII in brackets: write alternatives, (a|b)' };
  if (character === '-' && at > first && next !== ']') {
    const from = text[at - 1]!;
    const clear = next !== '' && next !== '[' && from <= next && text[at - 2] !== '-' && from !== ']';
    return clear ? { out: '-', more: 0 } : { problem: 'has a "-" that is no clear range: write it first or last' };
  }
  return { out: hex(character), more: 0 };
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
