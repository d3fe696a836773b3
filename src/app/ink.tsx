/** Ink takes over: loaded after the first frame is on the screen. It draws the store's frames; the painter sends what is new in them. */
import { render } from 'ink';
import { Screen } from '../screens/screen.tsx';
import { FrameSink } from '../terminal/frame-sink.ts';
import type { Store } from './store.ts';
import type { FullScreen } from './terminal.ts';

export interface Drawing {
  /** The terminal has another size; to be called before the session hears of it. */
  resize(columns: number, rows: number): void;
  stop(): void;
}

/** Mounts the screen. Debug mode makes Ink write every frame whole and at once; FrameSink and the painter do the rest. */
export function draw(store: Store, terminal: FullScreen): Drawing {
  const first = store.frame();
  const sink = new FrameSink(terminal.painter, { columns: first.columns, rows: first.rows.length });
  const place = () => {
    const frame = store.frame();
    sink.setCursor(frame.cursor.x, frame.cursor.y);
    terminal.keys.forwardToInk(frame.actions !== undefined);
  };
  place();
  // Before React hears of the new state, so that its frame is painted with the right cursor.
  store.subscribe(place);
  const instance = render(
    <Screen
      subscribe={store.subscribe}
      frame={store.frame}
      onAction={action => store.dispatch({ type: 'action', action })}
    />,
    {
      stdout: sink as unknown as NodeJS.WriteStream,
      stdin: terminal.keys as unknown as NodeJS.ReadStream,
      debug: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
    },
  );
  return {
    resize: (columns, rows) => sink.resize(columns, rows),
    stop: () => instance.unmount(),
  };
}
