/** Secrets go to a command by standard input alone, one line each, in the order in which its text reads them (design.md 4.3). */
import type { Command } from '../command/types.ts';

/** The input for a command, nothing when it reads no secret, or a sentence saying why it cannot be fed. */
export function secretInput(command: Command, values: Record<string, string>): { input?: string; problem?: string } {
  if (command.secrets.length === 0) return {};
  let input = '';
  for (const { field, label } of command.secrets) {
    const value = values[field];
    // An empty one is an empty line: a field that need not be filled.
    if (value === undefined) return { problem: `no value for ${label.trim()}` };
    if (/[\n\0]/.test(value))
      return { problem: `${label.trim()} holds a line end or a NUL, which cannot be read as one line` };
    input += `${value}\n`;
  }
  if (Buffer.byteLength(input) > 16 * 1024) return { problem: 'the secrets are longer than 16 kB together' };
  return { input };
}
