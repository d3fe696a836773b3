/**
 * A screen as numbers, one a cell, so that two screens are compared without looking at text.
 * A cell is `glyph << 3 | style`; the glyph is a code point, or a number above all code points for a cluster of several.
 */
import type { Span, Style } from './types.ts';
import { graphemes, plainWidth, textWidth } from './width.ts';

export const BOLD = 1;
export const UNDERLINE = 2;
export const INVERSE = 4;

/** A blank without attributes: what EL, ED and scrolling leave. */
export const BLANK = 0x20 << 3;
/** The right half of a wide character. */
export const RIGHT_HALF = -1;

const QUESTION = 0x3f;
const FIRST_CLUSTER = 0x110000;
/** More different clusters than a session ever shows; further ones become question marks. */
const CLUSTER_LIMIT = 20_000;
/** Longest cluster in UTF-16 units; the longest emoji has 15. */
const CLUSTER_LENGTH = 32;

export interface Glyphs {
  /** Fills `cells` from `from` to `to` with a row: what is wider is cut, what is shorter is filled with blanks. */
  fill(cells: Int32Array, from: number, to: number, row: readonly Span[]): void;
  /** What is sent to the terminal for a cell. */
  text(cell: number): string;
  /** Terminals do not agree about this cell's width, so the cursor is not trusted after it. */
  doubtful(cell: number): boolean;
}

function styleBits(style: Style): number {
  return (style.bold ? BOLD : 0) | (style.underline ? UNDERLINE : 0) | (style.inverse ? INVERSE : 0);
}

/**
 * Makes the table of glyphs of one screen.
 * @param utf8 false: what is not ASCII is shown as question marks, one a cell
 */
export function createGlyphs(utf8: boolean): Glyphs {
  const clusters: string[] = [];
  const numbers = new Map<string, number>();

  const clusterNumber = (cluster: string): number => {
    const known = numbers.get(cluster);
    if (known !== undefined) return known;
    if (clusters.length >= CLUSTER_LIMIT || cluster.length > CLUSTER_LENGTH) return QUESTION;
    const number = FIRST_CLUSTER + clusters.length;
    clusters.push(cluster);
    numbers.set(cluster, number);
    return number;
  };

  /** Glyph and width of one grapheme. Controls have no business in a frame and are shown as question marks. */
  const glyphOf = (grapheme: string): [number, number] => {
    const code = grapheme.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return [QUESTION, 1];
    const single = grapheme.length === (code > 0xffff ? 2 : 1);
    const width = single && plainWidth(code) > 0 ? plainWidth(code) : Math.min(2, textWidth(grapheme));
    if (!utf8 && (code > 0x7e || !single)) return [QUESTION, width];
    return [single ? code : clusterNumber(grapheme), width];
  };

  return {
    fill(cells, from, to, row) {
      let at = from;
      for (const span of row) {
        const style = styleBits(span);
        // A blank is the same in bold.
        const blank = (0x20 << 3) | (style & ~BOLD);
        const { text } = span;
        let index = 0;
        for (; index < text.length && at < to; index++) {
          const code = text.charCodeAt(index);
          if (code < 0x20 || code > 0x7e) break;
          // A character that joins what follows (a combining mark comes after it) is left to the slow way.
          if (index + 1 < text.length && text.charCodeAt(index + 1) >= 0x300) break;
          cells[at++] = code === 0x20 ? blank : (code << 3) | style;
        }
        if (index === text.length || at >= to) continue;
        for (const grapheme of graphemes(text.slice(index))) {
          const [glyph, width] = glyphOf(grapheme);
          if (width === 0) continue;
          if (at + width > to) {
            while (at < to) cells[at++] = blank;
            break;
          }
          cells[at++] = glyph === 0x20 ? blank : (glyph << 3) | style;
          if (width === 2) cells[at++] = glyph === QUESTION ? (QUESTION << 3) | style : RIGHT_HALF;
        }
      }
      cells.fill(BLANK, at, to);
    },
    text(cell) {
      const glyph = cell >> 3;
      return glyph < FIRST_CLUSTER ? String.fromCodePoint(glyph) : (clusters[glyph - FIRST_CLUSTER] ?? '?');
    },
    doubtful(cell) {
      const glyph = cell >> 3;
      return glyph > 0x7e && (glyph >= FIRST_CLUSTER || plainWidth(glyph) === 0);
    },
  };
}
