/** A program of ours on a real pseudo terminal. */
import { spawn } from '@lydell/node-pty';

export interface PtyProgram {
  readonly pid: number;
  /** Everything it has written so far. */
  output(): string;
  /** Forgets what was written so far. */
  clear(): void;
  type(bytes: string): void;
  /** Waits until the output holds the text or matches; fails with the output after `ms`. */
  until(what: string | RegExp, ms?: number): Promise<void>;
  /** Waits until nothing has come for so long. */
  quiet(ms?: number): Promise<void>;
  /** Stops and goes on reading what it writes: a line that stands still. */
  pause(): void;
  resume(): void;
  resize(columns: number, rows: number): void;
  kill(signal?: string): void;
  readonly ended: Promise<{ exitCode: number; signal?: number | undefined }>;
}

/** Starts a program (a TypeScript file when it ends in .ts) on a terminal of its own. */
export function startOnPty(
  file: string,
  args: string[] = [],
  options: { columns?: number; rows?: number; env?: NodeJS.ProcessEnv } = {},
): PtyProgram {
  const script = file.endsWith('.ts');
  const pty = spawn(script ? process.execPath : file, script ? [file, ...args] : args, {
    cols: options.columns ?? 80,
    rows: options.rows ?? 24,
    env: { ...process.env, TERM: 'xterm', NODE_NO_WARNINGS: '1', ...options.env },
  });
  let written = '';
  const watchers = new Set<() => void>();
  pty.onData(data => {
    written += data;
    for (const watcher of watchers) watcher();
  });
  const ended = new Promise<{ exitCode: number; signal?: number | undefined }>(resolve => pty.onExit(resolve));
  return {
    pid: pty.pid,
    output: () => written,
    clear() {
      written = '';
    },
    type: bytes => pty.write(bytes),
    until(what, ms = 10_000) {
      return new Promise((resolve, reject) => {
        const there = (): boolean => (typeof what === 'string' ? written.includes(what) : what.test(written));
        const stop = (): void => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        const look = (): void => {
          if (!there()) return;
          stop();
          resolve();
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`${String(what)} did not come; output: ${JSON.stringify(written)}`));
        }, ms);
        watchers.add(look);
        look();
      });
    },
    quiet(ms = 80) {
      return new Promise(resolve => {
        const restart = (): void => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            watchers.delete(restart);
            resolve();
          }, ms);
        };
        let timer: NodeJS.Timeout | undefined;
        watchers.add(restart);
        restart();
      });
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    resize: (columns, rows) => pty.resize(columns, rows),
    kill: signal => pty.kill(signal),
    ended,
  };
}
