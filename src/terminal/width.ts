/**
 * Text in cells. Printable ASCII and the characters whose width no context changes are counted by hand; everything else
 * is left to string-width and Intl.Segmenter, which cost about 20 ms to load and are loaded when the first such text comes.
 */

/** [first, last, cells]: code points that are always a grapheme of their own next to each other, with string-width's width. */
const PLAIN: ReadonlyArray<readonly [number, number, 1 | 2]> = [
  [0x20, 0x7e, 1],
  [0xa0, 0xac, 1],
  [0xae, 0x2ff, 1],
  [0x370, 0x482, 1],
  [0x48a, 0x52f, 1],
  [0x2010, 0x2027, 1],
  [0x2030, 0x203b, 1],
  [0x20a0, 0x20bf, 1],
  [0x2190, 0x2193, 1],
  [0x2500, 0x25a9, 1],
  [0x25c1, 0x25fa, 1],
  [0x3001, 0x3029, 2],
  [0x3041, 0x3096, 2],
  [0x30a1, 0x30ff, 2],
  [0x3400, 0x4dbf, 2],
  [0x4e00, 0x9fff, 2],
  [0xac00, 0xd7a3, 2],
  [0xff01, 0xff60, 2],
];

/**
 * Cells of a code point that means the same everywhere: Latin, Greek, Cyrillic, box drawing, kana, Han, Hangul.
 * @returns 1 or 2, or 0 for one whose width depends on its neighbours, on its style (emoji) or on the terminal
 */
export function plainWidth(code: number): 0 | 1 | 2 {
  if (code >= 0x20 && code <= 0x7e) return 1;
  for (const [first, last, cells] of PLAIN) {
    if (code < first) return 0;
    if (code <= last) return cells;
  }
  return 0;
}

/** Every character of the text is printable ASCII, so characters are cells. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** Cells of a text of plain characters only; -1 when it holds another. */
function plainTextWidth(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const cells = plainWidth(text.charCodeAt(at));
    if (cells === 0) return -1;
    width += cells;
  }
  return width;
}

type Measure = (text: string) => number;
let measure: Measure | undefined;
let segmenter: Intl.Segmenter | undefined;

/**
 * string-width, loaded now. In the bundle (CommonJS) `require` exists and esbuild turns the call into a lazy part of the bundle;
 * run from the sources (ES modules) Node's own require reads the package. Both are synchronous.
 */
function loadMeasure(): Measure {
  if (typeof require === 'function') return (require('string-width') as { default: Measure }).default;
  const { createRequire } = process.getBuiltinModule('node:module');
  return (createRequire(import.meta.url)('string-width') as { default: Measure }).default;
}

/** Cells the text takes, as string-width counts them: control characters, combining marks and joiners take none. */
export function textWidth(text: string): number {
  const plain = plainTextWidth(text);
  if (plain >= 0) return plain;
  measure ??= loadMeasure();
  return measure(text);
}

/** What a reader takes for one character each: an accented letter, a family emoji, a Hangul syllable. */
export function graphemes(text: string): string[] {
  if (plainTextWidth(text) >= 0) return text.split('');
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), part => part.segment);
}

/** The beginning of the text that fits into so many cells; a wide character that would be halved is left out. */
export function cutToWidth(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (isAscii(text)) return text.length <= cells ? text : text.slice(0, cells);
  let width = 0;
  let end = 0;
  for (const part of graphemes(text)) {
    width += textWidth(part);
    if (width > cells) break;
    end += part.length;
  }
  return text.slice(0, end);
}

/** The text cut or filled with blanks on its right to exactly so many cells. */
export function padToWidth(text: string, cells: number): string {
  const cut = cutToWidth(text, cells);
  return cut + ' '.repeat(Math.max(0, cells - textWidth(cut)));
}

/** One line of text as rows of at most `width` cells, broken at blanks; a word longer than a row is cut. */
function wrapLine(line: string, width: number, rows: string[]): void {
  const first = rows.length;
  let row = '';
  let rowWidth = 0;
  // A row's own blanks stay, and so does the indent of the first; the blanks at a break go.
  for (const piece of line.match(/ +|[^ ]+/g) ?? []) {
    const pieceWidth = textWidth(piece);
    if (rowWidth + pieceWidth <= width) {
      row += piece;
      rowWidth += pieceWidth;
      continue;
    }
    if (piece.startsWith(' ')) {
      rows.push(row.trimEnd());
      row = '';
      rowWidth = 0;
      continue;
    }
    if (row.trim() !== '') rows.push(row.trimEnd());
    row = piece;
    rowWidth = pieceWidth;
    while (rowWidth > width) {
      // At least one grapheme a row, or a wide one in a row of one cell would never end.
      const head = cutToWidth(row, width) || (graphemes(row)[0] ?? row);
      rows.push(head);
      row = row.slice(head.length);
      rowWidth = textWidth(row);
    }
  }
  if (row !== '' || rows.length === first) rows.push(row.trimEnd());
}

/**
 * Text as rows of at most `width` cells, broken at blanks.
 * @param text line ends in it begin a new row; an empty line is an empty row
 * @param width cells; less than 1 counts as 1
 */
export function wrapText(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const line of text.split('\n')) wrapLine(line, Math.max(1, width), rows);
  return rows;
}
