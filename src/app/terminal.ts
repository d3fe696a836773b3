/** The full-screen terminal of a session: keys in, frames out, given away and taken back. Part of every start, so nothing heavy here. */
import { type SessionFrame, textOfFrame } from '../screens/frame.ts';
import type { Capability } from '../terminal/capability.ts';
import { KeySource } from '../terminal/key-source.ts';
import { createLine, type Line, openTerminal } from '../terminal/line.ts';
import { createPainter, type Painter } from '../terminal/paint.ts';
import { createScreen, type Screen } from '../terminal/screen.ts';
import type { Size } from '../terminal/types.ts';
import type { SessionTerminal } from './context.ts';

export interface FullScreen extends SessionTerminal {
  keys: KeySource;
  painter: Painter;
  line: Line;
  screen: Screen;
  /** The first frame, painted before Ink is loaded. */
  paint(frame: SessionFrame): void;
}

export interface FullScreenOptions {
  capability: Capability;
  size: Size;
  /** How long Esc waits for a digit, in milliseconds. */
  escMs: number;
  /** The frame that is on the screen, for F8. */
  shown: () => SessionFrame;
  /** The terminal has been given back for good. */
  ended: () => void;
  /** A signal ended the session; the terminal is restored. */
  onSignal: (signal: NodeJS.Signals) => void;
}

/** Takes the terminal. */
export function openFullScreen(options: FullScreenOptions): FullScreen {
  const { capability, size } = options;
  // The painter tells the line, the line tells the painter when it may go on.
  const line: Line = createLine({ sink: openTerminal(), baud: capability.baud, onReady: () => painter.ready() });
  const painter = createPainter({
    write: text => line.write(text),
    columns: size.columns,
    rows: size.rows,
    kind: capability.kind,
    utf8: capability.utf8,
  });
  const keys = new KeySource({ escMs: options.escMs, sco: capability.sco, latin1: capability.latin1 });
  const screen = createScreen({ kind: capability.kind, line, painter, keys, onSignal: options.onSignal });
  screen.enter();
  return {
    keys,
    painter,
    line,
    screen,
    paint: frame => painter.paint(frame),
    suspend: () => screen.suspend(),
    resume: () => screen.resume(),
    note: text => screen.note(text),
    repaint: () => painter.invalidate(),
    send: bytes => void line.write(bytes),
    image: () => textOfFrame(options.shown()),
    end() {
      screen.leave();
      options.ended();
    },
  };
}
