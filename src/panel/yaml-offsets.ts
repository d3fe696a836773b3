/**
 * Where a character of a YAML text value stands in the file: a complaint about a placeholder should point at the placeholder,
 * not at the key it belongs to.
 */

/** A text value in the file: its kind of quoting, the text it stands for, and its first and last offset in the file. */
export interface ScalarSpot {
  style: string | null | undefined;
  value: string;
  start: number;
  end: number;
}

/**
 * The offset in the file of character `offset` of the text. Exact for plain, quoted and literal (`|`) texts; for folded text (`>`, or
 * quoted text over several lines) the start of the value, because there lines were joined.
 */
export function fileOffset(file: string, spot: ScalarSpot, offset: number): number {
  const raw = file.slice(spot.start, spot.end);
  if (spot.style === 'BLOCK_LITERAL') return blockOffset(raw, spot, offset);
  if (spot.style === 'PLAIN') return raw === spot.value ? spot.start + offset : spot.start;
  if (spot.style === 'QUOTE_DOUBLE' || spot.style === 'QUOTE_SINGLE') return quotedOffset(raw, spot, offset);
  return spot.start;
}

function blockOffset(raw: string, spot: ScalarSpot, offset: number): number {
  const before = spot.value.slice(0, offset);
  const line = before.split('\n').length - 1;
  const column = offset - (before.lastIndexOf('\n') + 1);
  let at = raw.indexOf('\n') + 1;
  const indent = indentOf(raw.slice(at), spot.value);
  for (let i = 0; i < line; i++) {
    const next = raw.indexOf('\n', at);
    if (next < 0) return spot.start;
    at = next + 1;
  }
  return spot.start + at + indent + column;
}

function indentOf(body: string, value: string): number {
  const first = value.split('\n').findIndex(text => text.trim() !== '');
  if (first < 0) return 0;
  const raw = body.split('\n')[first] ?? '';
  return Math.max(0, raw.replace(/\r$/, '').length - value.split('\n')[first]!.replace(/\r$/, '').length);
}

/** Characters after a backslash that stand for a character given in hexadecimal digits, with how many digits. */
const digits: Record<string, number> = { x: 2, u: 4, U: 8 };

function quotedOffset(raw: string, spot: ScalarSpot, offset: number): number {
  const double = spot.style === 'QUOTE_DOUBLE';
  let at = 1;
  for (let done = 0; done < offset && at < raw.length; done++) {
    const character = raw[at]!;
    if (character === '\n' || character === '\r') return spot.start;
    if (double && character === '\\') {
      const code = digits[raw[at + 1] ?? ''];
      // A character outside the basic plane is two units of the text.
      if (code === 8) done++;
      at += 2 + (code ?? 0);
    } else at += !double && character === "'" ? 2 : 1;
  }
  return spot.start + at;
}
