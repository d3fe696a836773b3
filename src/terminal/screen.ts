/**
 * Full screen: entering it, leaving it however the program ends, giving the terminal away for a while.
 */
import type { TerminalKind } from './kind.ts';
import type { Line } from './line.ts';
import type { Painter } from './paint.ts';

export interface ScreenOptions {
  kind: TerminalKind;
  line: Line;
  painter: Painter;
  /** Who reads the keys (a KeySource). */
  keys: { acquire(discard?: boolean): void; release(): void };
  /**
   * A signal has come and the terminal is restored. When left out the program ends by that signal.
   * SIGTSTP and SIGCONT are not among them: in raw mode Ctrl-Z is a key, and job control is the program's choice.
   */
  onSignal?: (signal: NodeJS.Signals) => void;
}

export interface Screen {
  /** Takes the terminal: keys are read, the screen is ours, and it is given back whatever ends the program. */
  enter(): void;
  /** Gives everything back; once only, later calls do nothing. */
  leave(): void;
  /** Leaves the screen and stops reading, until `resume`; then the terminal is as the shell left it. */
  suspend(): Promise<void>;
  /** Takes the terminal back and paints the newest frame. */
  resume(): Promise<void>;
  /** Prints a line while suspended. */
  note(text: string): void;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];

/** Sent before the first frame; the painter itself sets the modes a frame needs. */
export function enterSequence(kind: TerminalKind): string {
  return `${kind.alternateScreen ? '\u001b[?1049h' : ''}\u001b[?25h\u001b[?2004h`;
}

/** Undoes everything: attributes, margins, bracketed paste, autowrap; the old screen comes back, or an empty one where there is no other. */
export function leaveSequence(kind: TerminalKind): string {
  const away = kind.alternateScreen ? '\u001b[?1049l' : '\u001b[H\u001b[J';
  return `\u001b[m\u001b[r\u001b[?2004l\u001b[?7h\u001b[?25h${away}`;
}

/** Makes the screen; nothing happens before `enter`. */
export function createScreen({ kind, line, painter, keys, onSignal }: ScreenOptions): Screen {
  let state: 'before' | 'ours' | 'away' | 'left' = 'before';

  const leave = (): void => {
    const was = state;
    state = 'left';
    process.off('exit', leave);
    for (const signal of SIGNALS) process.off(signal, onDeath);
    if (was !== 'ours') return;
    painter.pause();
    line.writeNow(leaveSequence(kind));
    keys.release();
  };

  const onDeath = (signal: NodeJS.Signals): void => {
    leave();
    if (onSignal) onSignal(signal);
    else process.kill(process.pid, signal);
  };

  return {
    enter() {
      if (state !== 'before') return;
      state = 'ours';
      // Also reached when an exception ends the program: Node prints it after this.
      process.on('exit', leave);
      for (const signal of SIGNALS) process.on(signal, onDeath);
      keys.acquire();
      line.write(enterSequence(kind));
    },
    leave,
    async suspend() {
      if (state !== 'ours') return;
      state = 'away';
      painter.pause();
      line.writeNow(leaveSequence(kind));
      keys.release();
    },
    async resume() {
      if (state !== 'away') return;
      state = 'ours';
      keys.acquire(true);
      line.write(enterSequence(kind));
      painter.resume();
    },
    note(text) {
      if (state === 'away') line.writeNow(`${text}\n`);
    },
  };
}
