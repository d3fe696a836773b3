/**
 * Handing the terminal to a program and taking it back (reference/ink8.md 3c).
 *
 * The program runs in our own session and process group, so that it is in the foreground: Ctrl-C reaches it, and we let it pass.
 * Ctrl-Z stops it and us alike, and the shell we were started from has the terminal until `fg`. A program that stops alone is
 * found and treated the same way (stopped.ts).
 */
import { childCwd } from './directory.ts';
import type { GroupEnd } from './group.ts';
import { watchStopped } from './stopped.ts';
import { systemReason } from './system-reason.ts';

/** What the screen side does for us. */
export interface Terminal {
  /** Leaves the screen and stops reading keys; when it resolves, the terminal is as the shell left it. */
  suspend(): Promise<void>;
  /** Takes the screen back and repaints it. */
  resume(): Promise<void>;
  /** Prints a line of text, with a line end, while suspended. */
  note(text: string): void;
}

/** Runs a program on the terminal itself. Never rejects. */
export async function runOnTerminal(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<GroupEnd> {
  const { execa } = await import('execa');
  const restore = setAsideSignals(['SIGINT', 'SIGQUIT']);
  try {
    const child = execa(file, args, {
      cwd: childCwd(),
      env,
      extendEnv: false,
      stdio: 'inherit',
      buffer: false,
      reject: false,
    });
    const { pid } = child.nodeChildProcess;
    const watching = pid === undefined ? undefined : watchStopped(pid);
    const result = await child;
    watching?.end();
    if (pid === undefined) return { problem: `${file} could not be started: ${systemReason(result.cause)}` };
    return result.signal === undefined ? { status: result.exitCode } : { signal: result.signal };
  } catch (error) {
    return { problem: `${file} could not be started: ${systemReason(error)}` };
  } finally {
    restore();
  }
}

/** The terminal's settings (`stty -g`), to be put back by `waitForEnter` after a program that left them spoiled. */
export async function terminalSettings(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { execa } = await import('execa');
  const result = await execa('stty', ['-g'], {
    env,
    extendEnv: false,
    stdin: 'inherit',
    stderr: 'ignore',
    reject: false,
  });
  return result.failed || result.stdout === '' ? undefined : result.stdout;
}

/**
 * Puts the terminal's settings back and, when asked, waits for Enter. A shell reads the line: what Node itself reads from a terminal
 * it may keep for later and act on (reference/ink8.md 3c). SIGTTOU is ignored, for a program may have left us in the background.
 */
export async function restoreTerminal(
  env: NodeJS.ProcessEnv,
  settings: string | undefined,
  wait: boolean,
): Promise<void> {
  const text = 'trap "" TTOU; test -z "$1" || stty "$1"; if test "$2" = wait; then IFS= read -r line; fi';
  await runOnTerminal('/bin/sh', ['-c', text, 'sh', settings ?? '', wait ? 'wait' : ''], env);
}

/** Our own listeners are kept from signals that are meant for the program; gives the way back. */
function setAsideSignals(names: NodeJS.Signals[]): () => void {
  const kept = names.map(name => ({ name, listeners: process.rawListeners(name) }));
  const ignore = () => {};
  for (const { name } of kept) {
    process.removeAllListeners(name);
    process.on(name, ignore);
  }
  return () => {
    for (const { name, listeners } of kept) {
      process.removeListener(name, ignore);
      for (const listener of listeners) process.on(name, listener as () => void);
    }
  };
}
