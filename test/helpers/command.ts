import type { Command } from '../../src/command/types.ts';

/** A command as the renderer would give it, for tests that only care about some of it. */
export function commandOf(text: string, rest: Partial<Command> = {}): Command {
  return {
    fastPath: 'test_panel',
    title: 'Test Panel',
    text,
    missing: [],
    parts: [],
    secrets: [],
    mode: 'pipe',
    path: [],
    failIf: [],
    ...rest,
  };
}
