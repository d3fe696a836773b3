import { PassThrough } from 'node:stream';
import { useSyncExternalStore } from 'react';
import { expect, test } from 'vitest';
import { FrameSink } from '../../src/terminal/frame-sink.ts';
import { KeySource } from '../../src/terminal/key-source.ts';
import { createPainter } from '../../src/terminal/paint.ts';
import type { Frame } from '../../src/terminal/types.ts';
import { makeScreen, rowsOf } from '../helpers/screen.ts';

// chalk asks for its level when it is loaded, and without one Ink drops inverse too.
process.env.FORCE_COLOR = '1';
const { Box, render, Text } = await import('ink');
const { default: SelectInput } = await import('ink-select-input');

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** A state outside React, as the program has one. */
function createStore<T>(first: T) {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next: T) {
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Store = ReturnType<typeof createStore<Shown>>;

interface Shown {
  frame: Frame;
  actions: boolean;
}

function menu(columns: number, rows: number, selected: number): Frame {
  const labels = ['Devices', 'Security & Users', 'Print Spooling', 'Problem Determination'];
  const body = Array.from({ length: rows }, (_, y) => {
    const label = labels[y - 2];
    if (y === 0) return [{ text: 'System Management' }];
    if (y === rows - 1) return [{ text: 'F1=Help' }];
    return label ? [{ text: '  ' }, { text: label, ...(y - 2 === selected ? { inverse: true } : {}) }] : [];
  });
  return { columns, rows: body, cursor: { x: 2, y: 2 + selected } };
}

function App({ store, onSelect }: { store: Store; onSelect(value: string): void }) {
  const { frame, actions } = useSyncExternalStore(store.subscribe, store.get);
  return (
    <Box flexDirection="column" width="100%" height={frame.rows.length} overflow="hidden">
      {frame.rows.map((spans, y) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places
        <Box key={y} flexShrink={0} height={1}>
          <Text wrap="truncate">
            {spans.map(span => (
              <Text key={span.text} inverse={span.inverse ?? false}>
                {span.text}
              </Text>
            ))}
          </Text>
        </Box>
      ))}
      {actions && (
        <Box position="absolute" marginLeft={4} marginTop={5}>
          <SelectInput
            items={['one', 'two', 'three'].map(label => ({ label, value: label }))}
            onSelect={item => onSelect(item.value)}
          />
        </Box>
      )}
    </Box>
  );
}

/** Ink, a key source and a painter on a screen, as the program puts them together. */
function start(columns = 40, rows = 10) {
  const screen = makeScreen(columns, rows);
  const painter = createPainter({ write: text => screen.write(text), columns, rows });
  const sink = new FrameSink(painter, { columns, rows });
  const input = Object.assign(new PassThrough(), { setRawMode: () => undefined });
  const keys = new KeySource({ input });
  keys.acquire();
  keys.listen({ keys: () => undefined });
  const store = createStore<Shown>({ frame: menu(columns, rows, 0), actions: false });
  const chosen: string[] = [];
  const show = (shown: Shown): void => {
    sink.setCursor(shown.frame.cursor.x, shown.frame.cursor.y);
    store.set(shown);
  };
  const open = () =>
    render(<App store={store} onSelect={value => chosen.push(value)} />, {
      stdout: sink,
      stdin: keys,
      debug: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
  return { screen, painter, sink, input, keys, store, chosen, show, open };
}

test('Ink takes over a screen that was painted before it was loaded without one byte', async () => {
  const { screen, painter, sink, store, open } = start();
  const { frame } = store.get();
  painter.paint(frame);
  expect(screen.text()).toEqual(rowsOf(frame));
  screen.bytes = 0;
  sink.setCursor(frame.cursor.x, frame.cursor.y);
  const ink = open();
  await pause(50);
  expect(screen.bytes).toBe(0);
  expect(screen.text()).toEqual(rowsOf(frame));
  ink.unmount();
  await pause(20);
  expect(screen.bytes).toBe(0);
});

test('A change goes through Ink to the screen with its cursor, in few bytes', async () => {
  const { screen, show, open } = start();
  const ink = open();
  await pause(50);
  screen.bytes = 0;
  const next = menu(40, 10, 1);
  show({ frame: next, actions: false });
  await pause(30);
  expect(screen.text()).toEqual(rowsOf(next));
  expect([screen.inverse(2, 2), screen.inverse(2, 3), screen.cursor()]).toEqual([false, true, { x: 2, y: 3 }]);
  expect(screen.bytes).toBeLessThanOrEqual(45);
  ink.unmount();
});

test('A cursor that moves alone is moved without a frame', async () => {
  const { screen, sink, open } = start();
  const ink = open();
  await pause(50);
  screen.bytes = 0;
  sink.setCursor(20, 7);
  await pause(20);
  expect(screen.cursor()).toEqual({ x: 20, y: 7 });
  expect(screen.bytes).toBeLessThanOrEqual(7);
  ink.unmount();
});

test('A new size reaches Ink and the screen is right in it', async () => {
  const { screen, sink, show, open } = start();
  const ink = open();
  await pause(50);
  screen.resize(60, 14);
  sink.resize(60, 14);
  const next = menu(60, 14, 2);
  show({ frame: next, actions: false });
  await pause(50);
  expect(screen.text()).toEqual(rowsOf(next));
  expect(screen.cursor()).toEqual(next.cursor);
  ink.unmount();
});

test('An action box of Ink gets its keys while they are forwarded, a burst of them too', async () => {
  const { screen, keys, input, show, store, chosen, open } = start();
  const ink = open();
  await pause(50);
  show({ ...store.get(), actions: true });
  keys.forwardToInk(true);
  await pause(50);
  expect(screen.text()[5]).toContain('one');
  input.write('\u001b[B\u001b[B\r');
  await pause(100);
  expect(chosen).toEqual(['three']);
  input.write('\u001bOA');
  await pause(50);
  input.write('\r2');
  await pause(100);
  expect(chosen).toEqual(['three', 'two', 'two']);
  show({ ...store.get(), actions: false });
  keys.forwardToInk(false);
  await pause(50);
  input.write('\r');
  await pause(50);
  expect(chosen.length).toBe(3);
  // Ink has let go of raw mode with its hook; the key source has not.
  const reads: string[] = [];
  keys.listen({ keys: all => reads.push(...all.map(key => (key.type === 'key' ? key.name : key.text))) });
  input.write('\u001b[21~');
  await pause(20);
  expect(reads).toEqual(['f10']);
  ink.unmount();
});
