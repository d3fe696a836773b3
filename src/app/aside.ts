/** Commands beside the one the operator asked for: previews and checks afterwards. Their output is read and forgotten. */
import type { SecretUse } from '../command/types.ts';
import type { Values } from '../panel/types.ts';
import { startPipe } from '../run/pipe.ts';
import { textOf } from '../session/state.ts';

export interface Aside {
  text: string;
  path: string[];
  env: NodeJS.ProcessEnv;
  secrets: Record<string, string>;
  /** Seconds; 60 unless said. */
  timeout?: number;
}

export interface AsideEnd {
  /** Exit status; absent when a signal, the time limit or an error ended it. */
  status?: number;
  /** How it ended, in words. */
  how: string;
  lines: string[];
}

/** Runs a reading command and gives its status and its first lines. Never rejects. */
export async function runAside(aside: Aside, signal?: AbortSignal): Promise<AsideEnd> {
  const { text, path, env, secrets, timeout = 60 } = aside;
  const uses = Object.keys(secrets).map(field => ({ field, label: field, variable: field }));
  const running = await startPipe({
    command: {
      fastPath: '',
      title: '',
      text,
      path,
      mode: 'pipe',
      missing: [],
      parts: [],
      secrets: uses,
      failIf: [],
      timeout,
    },
    secrets,
    env,
  });
  const cancel = () => running.cancel();
  signal?.addEventListener('abort', cancel);
  const ended = await running.done;
  signal?.removeEventListener('abort', cancel);
  const lines = running.output.lines(0, 5000).map(line => line.text);
  running.output.close();
  return { how: ended.reason ?? ended.state, lines, ...(ended.status === undefined ? {} : { status: ended.status }) };
}

/** The values of the secrets a text reads, in the order it reads them. */
export function secretValues(uses: SecretUse[], values: Values): Record<string, string> {
  return Object.fromEntries(uses.map(use => [use.field, textOf(values[use.field])]));
}
