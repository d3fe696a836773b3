/**
 * Copying to the clipboard of the operator's own terminal, through ssh: OSC 52 with the text in base64.
 * xterm takes it where `allowWindowOps` is on; tmux where `set-clipboard` is on, or passes it on where `allow-passthrough` is;
 * GNU screen passes it on in pieces; a terminal that does not know it ignores it.
 */

/** Longest text in bytes: its base64 and the frame of the sequence make 100,000 bytes, where terminals stop. */
export const COPY_LIMIT = 74_994;

/** GNU screen drops a longer string. */
const SCREEN_PIECE = 700;

/** Why a text cannot be copied, in a sentence; nothing when it can. */
export function copyProblem(text: string): string | undefined {
  if (text === '') return 'There is nothing to copy.';
  // What a terminal acts on would act where it is pasted.
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text)) return 'It holds control characters and is not copied.';
  const bytes = Buffer.byteLength(text);
  if (bytes > COPY_LIMIT) return `It has ${bytes} bytes; a terminal takes ${COPY_LIMIT} at most.`;
  return undefined;
}

/**
 * The bytes that put a text on the clipboard.
 * @param env TMUX says that tmux is between, STY that GNU screen is
 * @returns the sequence; empty when `copyProblem` has something to say
 */
export function copySequence(text: string, env: NodeJS.ProcessEnv): string {
  if (copyProblem(text) !== undefined) return '';
  const sequence = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
  // Both ways: which of the two tmux lets through is its user's choice, and the same text twice does no harm.
  if (env.TMUX) return `${sequence}\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
  if (env.STY) {
    const pieces = sequence.match(new RegExp(`[^]{1,${SCREEN_PIECE}}`, 'g')) ?? [];
    return pieces.map(piece => `\u001bP${piece}\u001b\\`).join('');
  }
  return sequence;
}
