/**
 * Handing the terminal to a program and taking it back (reference/ink8.md 3c).
 *
 * The program runs in our own session and process group, so that it is in the foreground: Ctrl-C reaches it, and we let it pass.
 * Ctrl-Z stops it and us alike, and the shell we were started from has the terminal until `fg`. A program that stops alone is
 * found and treated the same way (stopped.ts).
 */
import { childCwd } from './directory.ts';
import type { GroupEnd } from './group.ts';
import { isClosing, nowLives } from './living.ts';
import { descendants } from './proc.ts';
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
      // Ctrl-C is told to us as well; execa's own answer to it would terminate the program that is just handling it.
      cleanup: false,
    });
    const { pid } = child.nodeChildProcess;
    const watching = pid === undefined ? undefined : watchStopped(pid);
    if (pid !== undefined) nowLives({ stop: () => hangUp(pid), ended: child });
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

/** What a terminal says when it goes away, to a program and all that it has started: they share our group, so each is told by its number. */
function hangUp(pid: number): void {
  for (const one of [...descendants(pid), pid]) {
    try {
      process.kill(one, 'SIGHUP');
      process.kill(one, 'SIGCONT');
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
}

/**
 * Leaves the screen, does something with the terminal, and takes the screen back. In between the terminal's settings are kept, to be
 * put back by `settle` after a program that left them spoiled, and signals of the keyboard are not for us.
 */
export async function withTerminal<T>(
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
  use: (settle: () => Promise<void>) => Promise<T>,
): Promise<T> {
  await terminal.suspend();
  const restore = setAsideSignals(['SIGINT', 'SIGQUIT']);
  try {
    const settings = await terminalSettings(env);
    // SIGTTOU is ignored, for a program may have left us in the background.
    const settle = () => runOnTerminal('/bin/sh', ['-c', 'trap "" TTOU; stty "$1"', 'sh', settings], env);
    return await use(async () => {
      if (settings !== '') await settle();
    });
  } finally {
    restore();
    await terminal.resume();
  }
}

/** Waits for Enter. A shell reads the line: what Node itself reads from a terminal it may keep for later and act on (reference/ink8.md 3c). */
export async function waitForEnter(env: NodeJS.ProcessEnv): Promise<void> {
  if (isClosing()) return;
  await runOnTerminal('/bin/sh', ['-c', 'IFS= read -r line'], env);
}

/** What `stty -g` says; empty when the terminal does not tell. */
async function terminalSettings(env: NodeJS.ProcessEnv): Promise<string> {
  return stty('-g', env);
}

/** What `stty speed` says; empty when the terminal does not tell. */
export async function terminalSpeed(env: NodeJS.ProcessEnv): Promise<string> {
  return stty('speed', env);
}

async function stty(word: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { execa } = await import('execa');
  const result = await execa('stty', [word], {
    env,
    extendEnv: false,
    stdin: 'inherit',
    stderr: 'ignore',
    reject: false,
  });
  return result.failed ? '' : result.stdout;
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
