/** The bytes of a panel file as text, or what keeps them from being one. */

/** Largest panel file that is read, in bytes. The largest shipped one has some ten thousand. */
export const largestFile = 5 * 1024 * 1024;

/** A text, or what is wrong and where (line and column from 1). */
export type Decoded = { text: string } | { problem: string; line: number; column: number };

/** Decodes UTF-8 (with or without a byte order mark), and refuses what cannot be a panel file: too large, other encodings, NULs. */
export function decodeText(bytes: string | Uint8Array): Decoded {
  const size = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
  if (size > largestFile) {
    return {
      problem: `the file has ${size} bytes; a panel file may have ${largestFile}, spread the panels over several files`,
      line: 1,
      column: 1,
    };
  }
  const text = typeof bytes === 'string' ? bytes : decodeUtf8(bytes);
  if (typeof text !== 'string') return text;
  const nul = text.indexOf('\0');
  if (nul >= 0) return { problem: 'a NUL byte stands here; the file is not a text', ...placeOf(text.slice(0, nul)) };
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text };
}

function decodeUtf8(bytes: Uint8Array): string | Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: 'the file is in UTF-16; save it as UTF-8', line: 1, column: 1 };
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  // Only a text with a replacement character can have been damaged; such a character may also stand in the file itself.
  if (!text.includes('\ufffd') || buffer.equals(Buffer.from(text, 'utf8'))) return text;
  const good = commonStart(buffer, Buffer.from(text, 'utf8'));
  const hex = buffer[good]!.toString(16).padStart(2, '0');
  return {
    problem: `the byte 0x${hex} is not UTF-8; save the file as UTF-8`,
    ...placeOf(buffer.subarray(0, good).toString('utf8')),
  };
}

function commonStart(a: Buffer, b: Buffer): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function placeOf(before: string): { line: number; column: number } {
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
