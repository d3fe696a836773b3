/** Text that knows which stretch of it came from which field, through every quoting around it. */
import { quote, quotedOffset } from './quote.ts';
import type { CommandPart } from './types.ts';

export interface Marked {
  text: string;
  parts: CommandPart[];
}

/** Puts texts one after the other; the parts move along. */
export function joinMarked(pieces: Array<string | Marked>): Marked {
  let text = '';
  const parts: CommandPart[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else {
      for (const part of piece.parts)
        parts.push({ ...part, start: part.start + text.length, end: part.end + text.length });
      text += piece.text;
    }
  }
  return { text, parts };
}

/** Makes one shell word of a text; every part then covers the quoted form of its stretch, with the quotes when it is all of it. */
export function quoteMarked(marked: Marked): Marked {
  const text = quote(marked.text);
  const at = (offset: number) => quotedOffset(marked.text, offset);
  const parts = marked.parts.map(part => {
    const whole = part.start === 0 && part.end === marked.text.length;
    return { ...part, start: whole ? 0 : at(part.start), end: whole ? text.length : at(part.end) };
  });
  return { text, parts };
}

/** A text that comes from one field as a whole; nothing is marked when it is empty. */
export function mark(text: string, field: string, label: string): Marked {
  return { text, parts: text === '' ? [] : [{ start: 0, end: text.length, field, label }] };
}
