/** Pipe mode: a command runs in the background of the screen, its output is kept, it can be cancelled (design.md 6). */
import { tmpdir } from 'node:os';
import { describeEnd } from './ended.ts';
import { childEnvironment } from './environment.ts';
import { watchFor } from './fail-if.ts';
import { type Group, startGroup } from './group.ts';
import { createOutput, type OutputOptions } from './output.ts';
import { secretInput } from './secrets.ts';
import type { Ended, Running, RunRequest } from './types.ts';

export interface PipeOptions extends Pick<OutputOptions, 'memory' | 'directories' | 'disk'> {
  /** Milliseconds from INT to TERM and from TERM to KILL. */
  patience?: number;
  /** Gets the bytes as they come, beside the output; they are only valid during the call. */
  pass?: (stream: 'out' | 'err', bytes: Buffer) => void;
  /** Another shell, for tests. */
  shell?: string;
}

/** A running command that can also be sent single signals, for the command line. */
export interface RunningGroup extends Running {
  signal(name: NodeJS.Signals): boolean;
  /** Its output is wanted no more: it is told by SIGPIPE when it writes on. */
  closeOutput(): void;
}

/**
 * Starts `/bin/sh -c TEXT` in a session of its own. Never throws and never rejects: a command that cannot be started is a
 * `Running` whose `done` says why.
 */
export async function startPipe(request: RunRequest, options: PipeOptions = {}): Promise<RunningGroup> {
  const { command } = request;
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const notify = createNotifier();
  const watch = watchFor(command.failIf);
  const output = createOutput({
    memory: options.memory,
    directories: options.directories ?? [request.env.TMPDIR, tmpdir(), '/var/tmp'].filter(place => place !== undefined),
    disk: options.disk,
    mask: command.secrets.map(({ field }) => request.secrets[field] ?? ''),
    onLines: typeof watch === 'object' && command.failIf.length > 0 ? watch.look : undefined,
  });
  const { input, problem } = secretInput(command, request.secrets);
  const refused = refusal(request) ?? problem ?? (typeof watch === 'string' ? watch : undefined);
  const group: Group =
    refused === undefined
      ? await startGroup({
          text: command.text,
          env: childEnvironment(request.env, command.path),
          input,
          patience: options.patience,
          shell: options.shell,
          onChunk(stream, bytes) {
            output.append(stream, bytes);
            options.pass?.(stream, bytes);
            notify.soon();
          },
        })
      : nothingStarted(refused);
  let stopped: 'cancelled' | 'timeout' | undefined;
  const stop = (why: 'cancelled' | 'timeout') => {
    stopped ??= why;
    group.stop();
  };
  const timer = command.timeout ? setTimeout(() => stop('timeout'), command.timeout * 1000) : undefined;
  const done = group.ended.then((end): Ended => {
    clearTimeout(timer);
    output.finish();
    notify.soon();
    const errorLine = typeof watch === 'object' ? watch.found : undefined;
    return describeEnd({ command, end, seconds: seconds(), stopped, errorLine, output });
  });
  return {
    output,
    onChange: notify.listen,
    cancel: () => stop('cancelled'),
    signal: name => group.signal(name),
    closeOutput: () => group.closeOutput(),
    done,
  };
}

/** Why a command may not run at all. The screens say it before; this is the last gate. */
function refusal({ command }: RunRequest): string | undefined {
  if (command.missing.length > 0) return `a value is missing: ${command.missing.join(', ')}`;
  return undefined;
}

function nothingStarted(problem: string): Group {
  return { signal: () => false, stop: () => {}, closeOutput: () => {}, ended: Promise.resolve({ problem }) };
}

/** Tells a listener, at most once a turn of the event loop, however many pieces came in it. */
function createNotifier(): { soon(): void; listen(listener: () => void): void } {
  let listener: (() => void) | undefined;
  let due = false;
  const soon = () => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      listener?.();
    });
  };
  return {
    soon,
    listen(next) {
      listener = next;
      soon();
    },
  };
}
