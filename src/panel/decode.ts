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
  const bad = firstBad(buffer, text);
  if (bad === undefined) return text;
  const hex = buffer[bad.byte]!.toString(16).padStart(2, '0');
  return {
    problem: `the byte 0x${hex} is not UTF-8; save the file as UTF-8`,
    ...placeOf(text.slice(0, bad.character)),
  };
}

/** The first byte that the decoder had to replace, and its character in the text. A replacement character may also stand in the file itself. */
function firstBad(buffer: Buffer, text: string): { byte: number; character: number } | undefined {
  let byte = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', from)) {
    byte += Buffer.byteLength(text.slice(from, at));
    if (buffer.toString('latin1', byte, byte + 3) !== '\xef\xbf\xbd') return { byte, character: at };
    byte += 3;
    from = at + 1;
  }
  return undefined;
}

function placeOf(before: string): { line: number; column: number } {
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
