/** Editing one line of text. Positions count graphemes, so that an accented letter or a wide sign is one step. */
import { graphemes } from '../terminal/width.ts';
import type { Action } from './keys.ts';

export interface Edited {
  text: string;
  caret: number;
}

/** The text with `insert` put in at the caret. */
export function insertText(text: string, caret: number, insert: string): Edited {
  const parts = graphemes(text);
  const before = parts.slice(0, caret).join('') + insert;
  return { text: before + parts.slice(caret).join(''), caret: graphemes(before).length };
}

/** The text after an editing action, or nothing when the action does not edit. */
export function editText(text: string, caret: number, action: Action): Edited | undefined {
  const parts = graphemes(text);
  const without = (at: number) => [...parts.slice(0, at), ...parts.slice(at + 1)].join('');
  switch (action) {
    case 'left':
      return { text, caret: Math.max(0, caret - 1) };
    case 'right':
      return { text, caret: Math.min(parts.length, caret + 1) };
    case 'first':
      return { text, caret: 0 };
    case 'last':
      return { text, caret: parts.length };
    case 'backspace':
      return caret === 0 ? { text, caret } : { text: without(caret - 1), caret: caret - 1 };
    case 'delete':
      return caret >= parts.length ? { text, caret } : { text: without(caret), caret };
    case 'erase':
      return { text: '', caret: 0 };
    default:
      return undefined;
  }
}

/** What a paste puts into one line: no line ends, a blank for a tab, no control characters. `joiner` stands for a line end inside. */
export function pastedLine(text: string, joiner = ''): string {
  return text
    .replace(/[\r\n]+$/, '')
    .replace(/[\r\n]+/g, joiner)
    .replace(/\t/g, ' ')
    .replace(/[\x00-\x1f\x7f-\x9f]/g, '');
}
