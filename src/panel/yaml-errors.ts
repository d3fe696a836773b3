/** What the YAML parser complains about, in words that say what to write. The parser's own texts speak of its inside. */

/** A parser error: its code, its text and the offsets it is about. */
export interface SyntaxError {
  code: string;
  message: string;
  pos: [number, number];
}

const texts: Record<string, string> = {
  TAB_AS_INDENT: 'a tab stands where YAML wants blanks; indent with blanks',
  BAD_INDENT: 'the indentation does not fit the lines above; let keys of one map begin in the same column',
  BAD_ALIAS: 'an alias (*name) is not written right; put the text in quotes if it begins with *',
  BAD_DIRECTIVE: 'a line that begins with % is a directive; panel files need none, leave it out',
  BAD_DQ_ESCAPE:
    'a backslash in "double quotes" begins an escape that does not exist; use \'single quotes\' or write \\\\',
  BAD_PROP_ORDER: 'anchors and tags must stand before the value',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " stands in this line; put the text in quotes, for example label: "State: now"',
  BLOCK_IN_FLOW: 'lines with - or key: cannot stand inside [ ] or { }; close the bracket first',
  KEY_OVER_1024_CHARS: 'the key is longer than 1024 characters; is a colon missing before?',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line and be followed by ": "; write key: value',
  MULTIPLE_ANCHORS: 'a value has two anchors (&name); leave one out',
  MULTIPLE_DOCS: 'a line --- begins a second document; put each in a file of its own',
  MULTIPLE_TAGS: 'a value has two tags (!name); panel files need none',
  NON_STRING_KEY: 'a key must be a text',
  TAG_RESOLVE_FAILED: 'tags (!name) are not used in panel files; put the text in quotes if it begins with !',
};

/** One sentence for a parser error; `text` is the whole file. */
export function explainSyntax(error: SyntaxError, text: string): string {
  const found = text.slice(error.pos[0], error.pos[1]);
  const line = text.slice(text.lastIndexOf('\n', error.pos[0] - 1) + 1, lineEnd(text, error.pos[0]));
  if (error.code === 'BAD_SCALAR_START')
    return `a text cannot begin with ${found.trim()[0] ?? 'this sign'}; put it in quotes`;
  if (error.code === 'MISSING_CHAR' && error.message.includes('quote'))
    return 'a quote that is opened above is not closed; write the closing quote';
  if (error.code === 'BAD_INDENT' && /\bend with an? [\]}]/.test(error.message))
    return 'a bracket that is opened above is not closed; write the closing ] or }';
  if (error.code === 'MISSING_CHAR' && error.message.includes('followed by map values'))
    return 'a key without a value; write key: value';
  if (error.code === 'MISSING_CHAR') return 'a bracket, comma or quote is missing; put texts with { } [ ] , in quotes';
  // The text `{{x}} ...` without quotes is a map in YAML, and what follows it is too much.
  if (error.code === 'UNEXPECTED_TOKEN' && /[:-]\s+\{\{/.test(line))
    return 'a text that begins with {{ must stand in quotes, for example run: "{{x}} ..."';
  if (error.code === 'UNEXPECTED_TOKEN')
    return 'this does not belong here; check the indentation, and put texts with : # { } [ ] in quotes';
  return texts[error.code] ?? 'this is no valid YAML; check the quotes and the indentation';
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
