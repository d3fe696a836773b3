/** Drives a session without a terminal: panels and answers are given, keys are pressed, frames are read as text. */
import type { Field, Panel, Source, Values } from '../../src/panel/types.ts';
import type { OutputLine } from '../../src/run/types.ts';
import { frameOf, type SessionFrame, textOfFrame } from '../../src/screens/frame.ts';
import type { Effect, Message } from '../../src/session/messages.ts';
import { startSession } from '../../src/session/open.ts';
import type { State } from '../../src/session/state.ts';
import { update } from '../../src/session/update.ts';
import type { World } from '../../src/session/world.ts';
import type { KeyName } from '../../src/terminal/types.ts';

/** A world that holds these panels and sources and nothing else. */
export function worldOf(panels: Panel[], extra: Partial<World> & { sources?: Source[] } = {}): World {
  const byId = new Map(panels.flatMap(panel => [panel.id, ...(panel.aliases ?? [])].map(id => [id, panel])));
  const sources = new Map((extra.sources ?? []).map(source => [source.id, source]));
  return {
    panel: id => byId.get(id),
    source: id => sources.get(id),
    title: id => byId.get(id)?.title,
    denied: () => undefined,
    reachedFrom: id => panels.find(panel => panel.kind === 'selector' && panel.next === id)?.id,
    site: {},
    os: 'linux',
    host: 'mn1',
    user: 'root',
    evaluate: () => ({ missing: true }),
    lines: () => [],
    runNothing: false,
    listNothing: false,
    shellAllowed: true,
    mono: false,
    complaints: [],
    ...extra,
  };
}

export interface Driver {
  state: State;
  effects: Effect[];
  /** Sends messages; effects are collected. */
  send(...messages: Message[]): Driver;
  /** Presses keys by name, or types what is not a key's name. */
  press(...keys: Array<KeyName | `type:${string}`>): Driver;
  type(text: string): Driver;
  frame(): SessionFrame;
  /** The rows of the screen, without blanks at their ends. */
  rows(): string[];
  /** The screen as one text. */
  text(): string;
  /** The effects since the last call. */
  took(): Effect[];
}

/** A session on a screen of 80x24 unless said, opened at a panel. */
export function drive(world: World, first: string, values: Values = {}, size = { columns: 80, rows: 24 }): Driver {
  const [state, effects] = startSession(size, first, values, world);
  const driver: Driver = {
    state,
    effects: [...effects],
    send(...messages) {
      for (const message of messages) {
        const [next, wanted] = update(driver.state, message, world);
        driver.state = next;
        driver.effects.push(...wanted);
      }
      return driver;
    },
    press(...keys) {
      for (const key of keys) {
        if (key.startsWith('type:')) driver.type(key.slice(5));
        else driver.send({ type: 'key', key: { type: 'key', name: key as KeyName } });
      }
      return driver;
    },
    type(text) {
      return driver.send({ type: 'key', key: { type: 'text', text } });
    },
    frame: () => frameOf(driver.state, world),
    rows: () => textOfFrame(driver.frame()).map(row => row.trimEnd()),
    text: () => driver.rows().join('\n'),
    took() {
      return driver.effects.splice(0);
    },
  };
  return driver;
}

const place = { file: 'test.yaml', line: 1, column: 1 };

/** A menu of fast paths or texts. */
export function menu(id: string, title: string, items: Array<string | { text: string; panel?: string }>): Panel {
  return {
    kind: 'menu',
    id,
    title,
    product: 'test',
    place,
    items: items.map(item => (typeof item === 'string' ? { panel: item } : item)),
  };
}

/** A text panel of one line, for items that need a place to lead to. */
export function leaf(id: string, title: string): Panel {
  return { kind: 'text', id, title, product: 'test', place, text: title };
}

/** A dialog whose command is a plain text; `extra` overrides anything. */
export function dialog(
  id: string,
  title: string,
  fields: Field[],
  extra: Partial<Extract<Panel, { kind: 'dialog' }>> = {},
): Panel {
  return {
    kind: 'dialog',
    id,
    title,
    product: 'test',
    place,
    fields,
    mode: 'pipe',
    evidence: { level: 'manual', source: 'test' },
    ...extra,
  };
}

/** Lines of output as a world gives them. */
export function outputLines(texts: string[]): World['lines'] {
  const lines: OutputLine[] = texts.map(text => ({ text, stream: 'out' }));
  return (_run, from, to) => lines.slice(from, to);
}
