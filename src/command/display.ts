/** How a command's text is shown. What runs is never changed; only what the eye gets is made unmistakable. */

/** Control characters, C1 controls, line separators, and characters that hide or reorder their neighbours (bidi marks, zero width). */
const unsafe = '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]';
let pattern: RegExp | undefined;

/**
 * The text with everything a terminal would act on in caret notation (`^[` for Escape, `^J` for a newline, `<U+202E>` for what
 * has no caret form). With `lines` newlines stay, for a view that draws several rows.
 */
export function displayText(text: string, options: { lines?: boolean } = {}): string {
  pattern ??= new RegExp(unsafe, 'gu');
  return text.replace(pattern, character => {
    const code = character.codePointAt(0)!;
    if (options.lines && code === 0x0a) return character;
    if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
    if (code === 0x7f) return '^?';
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
