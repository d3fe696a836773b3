/** What a command printed, made harmless: what reaches the screen, the log and a list is text and nothing else (design.md 12). */

/** Anything that is not plain text: C0, DEL, C1, line separators, and the marks that turn the direction of writing. */
const SUSPECT = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * Control sequences of ECMA-48 and of xterm, whole or cut off at the end of the line:
 * strings (DCS, OSC, SOS, PM, APC) up to BEL, ST, CAN, SUB or the next ESC; the window title of screen and tmux (ESC k ... ST);
 * CSI; other escapes with intermediates; ESC and one character. A string never reaches past its line, so it cannot hide the next one.
 */
const SEQUENCE =
  /(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x9c]*(?:\x07|\x1b\\|[\x18\x1a\x9c])?|\x1bk[^\x1b\x07]*\x1b\\|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[ -/]+[0-~]?|\x1b[0-~]?/g;

/** Erase in line or display: what makes a blank version of a progress line a real one. */
const ERASES = /(?:\x1b\[|\x9b)[0-9;]*[JK]/;

export interface CleanOptions {
  /** Tabs stay, for lists whose columns they part; otherwise they become blanks up to the next multiple of 8. */
  keepTabs?: boolean;
}

/**
 * One line (without its line end) as plain text: control sequences removed, the last version of a `\r` progress line, overstrikes
 * (`_\bX`, `X\bX`) folded, tabs expanded, C1 removed, other controls as `^X`, direction marks as `<U+202E>`. Doing it twice changes nothing.
 */
export function cleanLine(raw: string, options: CleanOptions = {}): string {
  if (!SUSPECT.test(raw)) return raw;
  let text = raw.includes('\r') ? lastVersion(raw) : strip(raw);
  if (text.includes('\b')) text = foldOverstrikes(text);
  if (!SUSPECT.test(text)) return text;
  if (!options.keepTabs && text.includes('\t')) text = expandTabs(text);
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, visible);
}

/** Several lines: each one cleaned, line ends (also `\r\n`) as `\n`. For the output of list commands. */
export function cleanText(raw: string, options: CleanOptions = {}): string {
  if (!SUSPECT.test(raw)) return raw;
  return raw
    .split('\n')
    .map(line => cleanLine(line, options))
    .join('\n');
}

function strip(raw: string): string {
  return raw.includes('\x1b') || /[\x90\x98\x9b\x9d-\x9f]/.test(raw) ? raw.replace(SEQUENCE, '') : raw;
}

/** Of the versions a progress line went through, the last that a terminal would show. */
function lastVersion(raw: string): string {
  const versions = raw.split('\r');
  for (let at = versions.length - 1; at >= 0; at--) {
    const text = strip(versions[at]!);
    if (text !== '' || ERASES.test(versions[at]!)) return text;
  }
  return '';
}

/** Backspaces as a printer takes them: the next character goes over the one before; a letter wins over an underscore. */
function foldOverstrikes(text: string): string {
  const cells: string[] = [];
  let at = 0;
  for (const character of text) {
    if (character === '\b') {
      if (at > 0) at -= 1;
      continue;
    }
    const under = cells[at];
    if (character !== '_' || under === undefined || under === ' ') cells[at] = character;
    at += 1;
  }
  return cells.join('');
}

function expandTabs(text: string): string {
  let result = '';
  let column = 0;
  for (const part of text.split(/(\t)/)) {
    if (part === '\t') {
      const blanks = 8 - (column % 8);
      result += ' '.repeat(blanks);
      column += blanks;
    } else {
      result += part;
      column += columns(part);
    }
  }
  return result;
}

/** Cells a stretch of text takes, near enough for tab stops: East Asian wide characters and emoji two, combining marks none. */
function columns(text: string): number {
  if (/^[\x20-\u02ff]*$/.test(text)) return text.length;
  let cells = 0;
  for (const character of text) {
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) continue;
    cells +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return cells;
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0x2028) return `<U+${code.toString(16).toUpperCase()}>`;
  // Shifts of the character set (tput sgr0 ends with one) change nothing here, and C1 has no readable form.
  if (code === 0x0e || code === 0x0f || code >= 0x80) return '';
  return code === 0x7f ? '^?' : `^${String.fromCharCode(code + 0x40)}`;
}
