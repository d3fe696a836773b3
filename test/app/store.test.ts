/** The store: messages in order, those who draw told once a batch, effects after them, and nothing handled while it must wait. */
import { expect, test } from 'vitest';
import { createStore } from '../../src/app/store.ts';
import type { Effect } from '../../src/session/messages.ts';
import { startSession } from '../../src/session/open.ts';
import { topScreen } from '../../src/session/state.ts';
import { leaf, menu, worldOf } from '../helpers/session.ts';

const world = worldOf([menu('root', 'Root', ['one', 'two']), leaf('one', 'One'), leaf('two', 'Two')]);
const down = { type: 'key', key: { type: 'key', name: 'down' } } as const;
const enter = { type: 'key', key: { type: 'key', name: 'enter' } } as const;

function start(hold?: () => boolean) {
  const [first] = startSession({ columns: 80, rows: 24 }, 'root', {}, world);
  const effects: Effect[] = [];
  const store = createStore(first, world, effect => void effects.push(effect), hold);
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  return { store, effects, stop, told: () => told };
}

test('a batch of messages is drawn once, and every message acts on fresh state', () => {
  const { store, effects, told } = start();
  store.dispatch(down, enter);
  expect(topScreen(store.state())).toMatchObject({ kind: 'text', panel: 'two' });
  expect(told()).toBe(1);
  expect(effects.map(effect => effect.type)).toEqual(['visited']);
});

test('the frame of a state is drawn once', () => {
  const { store } = start();
  const frame = store.frame();
  expect(store.frame()).toBe(frame);
  store.dispatch(down);
  expect(store.frame()).not.toBe(frame);
});

test('messages wait while it must, and none is lost', () => {
  let waiting = true;
  const { store } = start(() => waiting);
  store.dispatch(down);
  store.dispatch(enter);
  expect(topScreen(store.state())).toMatchObject({ kind: 'menu', cursor: 0 });
  waiting = false;
  store.resume();
  expect(topScreen(store.state())).toMatchObject({ kind: 'text', panel: 'two' });
});

test('a message that an effect or a listener sends is handled after the one that caused it', () => {
  const { store, stop } = start();
  stop();
  let sent = false;
  store.subscribe(() => {
    if (sent) return;
    sent = true;
    store.dispatch(enter);
  });
  store.dispatch(down);
  expect(topScreen(store.state())).toMatchObject({ kind: 'text', panel: 'two' });
});

test('a screen that cannot be drawn says so and takes nothing down', () => {
  const broken = {
    ...world,
    title: () => {
      throw new RangeError('Invalid count value: -1');
    },
  };
  const [first] = startSession({ columns: 80, rows: 24 }, 'root', {}, world);
  const store = createStore(first, broken, () => {});
  const frame = store.frame();
  expect(frame.rows).toHaveLength(24);
  expect(frame.rows[1]).toEqual([{ text: 'Invalid count value: -1' }]);
});
