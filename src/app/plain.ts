/**
 * The line mode: the same panels, one question at a time, without screen control. For small and dumb terminals, screen readers, braille lines and
 * expect scripts. It reads lines, sends messages to the same store and prints what changed; nothing is drawn and nothing is ever erased.
 */
import { commandRow, shownText } from '../screens/form.ts';
import { commandOf } from '../session/ask.ts';
import { type FormPanel, type fieldsOf, formPanelOf, formRows, hasList, isOpen, ringOf } from '../session/form.ts';
import { typedText } from '../session/form-keys.ts';
import { helpText } from '../session/help.ts';
import { listRows } from '../session/list.ts';
import { menuRows } from '../session/menu.ts';
import type { ConfirmBox, FormScreen, ListBox, MenuScreen, OutputScreen } from '../session/state.ts';
import { topBox, topScreen } from '../session/state.ts';
import { textLines } from '../session/text.ts';
import type { World } from '../session/world.ts';
import type { KeyName } from '../terminal/types.ts';
import type { Store } from './store.ts';

/** Where lines come from and go to. `ask` gives undefined at the end of the input. */
export interface LineTerminal {
  print(text: string): void;
  ask(prompt: string, options?: { secret?: boolean }): Promise<string | undefined>;
  columns: number;
}

const hint = '(number, fast path, ? help, b back, q quit) ';

/** Runs a session by lines until it is over, or the input is. */
export async function runLines(store: Store, world: World, terminal: LineTerminal): Promise<void> {
  let atEnd = false;
  const lines: LineTerminal = {
    ...terminal,
    async ask(prompt, options) {
      const line = await terminal.ask(prompt, options);
      atEnd ||= line === undefined;
      return line;
    },
  };
  const press = (name: KeyName) => store.dispatch({ type: 'key', key: { type: 'key', name } });
  let printed = { run: -1, line: 0 };
  while (!store.state().over && !atEnd) {
    const state = store.state();
    const box = topBox(state);
    const screen = topScreen(state);
    if (box?.kind === 'working') {
      lines.print('Processing data ...');
      await changed(store, () => topBox(store.state()) !== box);
    } else if (box?.kind === 'message') {
      for (const line of ['', box.title, ...(box.intro ?? []), ...box.lines]) lines.print(line);
      press('enter');
    } else if (box?.kind === 'confirm') {
      await confirm(store, box, lines, press);
    } else if (box?.kind === 'list') {
      await choose(store, box, lines, press);
    } else if (box) {
      press('f3');
    } else if (screen.kind === 'output') {
      printed = await watch(store, world, lines, printed);
    } else if (screen.kind === 'menu') {
      await menu(store, world, screen, lines, press);
    } else if (screen.kind === 'text') {
      const panel = world.panel(screen.panel);
      if (panel?.kind === 'text') {
        lines.print(`\n${panel.title}`);
        for (const line of textLines(panel, lines.columns, world)) lines.print(line.text);
      }
      simple(store, world, lines, await lines.ask('Enter goes back (a fast path opens it) '), press);
    } else {
      await form(store, world, screen, lines, press);
    }
    const notice = store.state().notice;
    if (notice) lines.print(notice);
  }
  // Nobody is there any more who could be asked whether values may be lost.
  if (atEnd) lines.print('\nThe input has ended.');
}

type Press = (name: KeyName) => void;

function changed(store: Store, done: () => boolean): Promise<void> {
  if (done()) return Promise.resolve();
  return new Promise(resolve => {
    const stop = store.subscribe(() => {
      if (!done()) return;
      stop();
      resolve();
    });
  });
}

/** The answers every question knows; any other word is a fast path. */
function simple(store: Store, world: World, lines: LineTerminal, line: string | undefined, press: Press): void {
  const word = line?.trim() ?? 'q';
  if (word === 'q') store.dispatch({ type: 'key', key: { type: 'key', name: 'f10' } });
  else if (word === 'b' || word === '') press('f3');
  else if (word === '?') for (const text of ['', ...helpText(store.state(), world)]) lines.print(text);
  else store.dispatch({ type: 'open', panel: word });
}

async function menu(store: Store, world: World, screen: MenuScreen, lines: LineTerminal, press: Press): Promise<void> {
  const panel = world.panel(screen.panel);
  if (panel?.kind !== 'menu') return;
  const rows = menuRows(panel, screen, world);
  const items = rows.filter(row => row.panel);
  lines.print(`\n${panel.title}`);
  for (const row of rows) {
    lines.print(row.panel ? `${String(items.indexOf(row) + 1).padStart(3)}  ${row.text}` : `     ${row.text}`);
  }
  const line = await lines.ask(hint);
  const picked = items[Number(line?.trim()) - 1];
  if (picked?.panel) store.dispatch({ type: 'open', panel: picked.panel });
  else if (line?.trim() !== '') simple(store, world, lines, line, press);
}

async function form(store: Store, world: World, screen: FormScreen, lines: LineTerminal, press: Press): Promise<void> {
  const panel = formPanelOf(screen, world);
  const fields = showForm(panel, screen, world, lines);
  const asks = panel.kind === 'dialog' ? 'r run, c command, ' : 'r go on, ';
  const line = await lines.ask(`(number changes a field, l NUMBER lists, h NUMBER helps, ${asks}b back, q quit) `);
  const word = line?.trim() ?? 'q';
  const [verb, rest] = /^([lh])\s*(\d+)$/.exec(word)?.slice(1) ?? ['', word];
  const [number, value] = /^(\d+)(?:\s*=\s*(.*))?$/.exec(rest!)?.slice(1) ?? [];
  const field = fields[Number(number) - 1];
  if (word === 'r') press('enter');
  else if (word === 'c' && panel.kind === 'dialog') showCommand(panel, screen, world, lines);
  else if (verb === 'h' && field)
    lines.print(`${field.label.trim()}: ${field.help ?? 'There is no help for this field.'}`);
  else if (verb === 'l' && field) {
    focus(store, world, field.name, press);
    press('f4');
  } else if (field) {
    const values = ringOf(field).length > 0 ? ` (${ringOf(field).join(', ')})` : '';
    const answer = value ?? (await lines.ask(`${field.label.trim()}${values}: `, { secret: field.type === 'secret' }));
    if (answer !== undefined) store.dispatch({ type: 'set', field: field.name, text: answer });
  } else if (word !== '') simple(store, world, lines, line, press);
}

function focus(store: Store, world: World, name: string, press: Press): void {
  for (let step = 0; step < 1000; step++) {
    const screen = topScreen(store.state());
    if (screen.kind !== 'form') return;
    const rows = formRows(formPanelOf(screen, world), screen, world);
    const wanted = rows.findIndex(row => row.kind === 'field' && row.field.name === name);
    if (wanted < 0 || wanted === screen.cursor) return;
    press(wanted > screen.cursor ? 'down' : 'up');
  }
}

function showForm(panel: FormPanel, screen: FormScreen, world: World, lines: LineTerminal) {
  lines.print(`\n${panel.title}`);
  const fields: ReturnType<typeof fieldsOf> = [];
  for (const row of formRows(panel, screen, world)) {
    if (row.kind !== 'field') {
      lines.print(row.kind === 'info' ? `     ${row.text}` : `     ${row.label}: ${row.text}`);
      continue;
    }
    const field = row.field;
    const number = isOpen(field) ? String(fields.push(field)).padStart(3) : '   ';
    const problem = screen.problems[field.name] ? `   ! ${screen.problems[field.name]}` : '';
    const marks = `${field.required ? ', required' : ''}${hasList(field) ? ', has a list' : ''}`;
    lines.print(`${number}  ${field.label.trim()}${marks}: ${shownText(field, typedText(screen, field))}${problem}`);
  }
  if (panel.kind === 'dialog') lines.print(`Command: ${commandRow(commandOf(panel, screen, world))}`);
  return fields;
}

function showCommand(panel: FormPanel, screen: FormScreen, world: World, lines: LineTerminal): void {
  if (panel.kind !== 'dialog') return;
  const command = commandOf(panel, screen, world);
  lines.print(command.text);
  if (command.target) lines.print(`Runs on ${command.target}`);
  if (command.path.length > 0) lines.print(`PATH begins with ${command.path.join(':')}`);
}

async function choose(store: Store, box: ListBox, lines: LineTerminal, press: Press): Promise<void> {
  const rows = listRows(box);
  lines.print(`\n${box.title}`);
  for (const line of box.heading) lines.print(`     ${line}`);
  rows.forEach((row, at) => void lines.print(`${String(at + 1).padStart(3)}  ${row.text}`));
  const line = await lines.ask(box.multiple ? '(numbers, b back) ' : '(number, b back) ');
  const picked = (line ?? '').split(/[\s,]+/).flatMap(word => rows[Number(word) - 1] ?? []);
  if (picked.length === 0) press('f3');
  else store.dispatch({ type: 'take', values: picked.map(row => row.value) });
}

async function confirm(store: Store, box: ConfirmBox, lines: LineTerminal, press: Press): Promise<void> {
  lines.print(`\n${box.title}`);
  for (const line of box.lines) lines.print(line);
  if (box.word === undefined) {
    const line = await lines.ask('(y goes on, anything else returns) ');
    // The command that was to be cancelled may have ended meanwhile.
    if (topBox(store.state()) !== box) return;
    press(line?.trim().toLowerCase() === 'y' ? 'enter' : 'f3');
    return;
  }
  const line = await lines.ask(`Type ${box.word} to go on: `);
  if (line?.trim() !== box.word) return press('f3');
  store.dispatch({ type: 'key', key: { type: 'text', text: box.word } });
  press('enter');
}

/** Prints output as it comes, then how it ended. */
async function watch(store: Store, world: World, lines: LineTerminal, before: { run: number; line: number }) {
  const screen = topScreen(store.state()) as OutputScreen;
  const at = before.run === screen.run ? before : { run: screen.run, line: 0 };
  for (const line of world.lines(screen.run, at.line, screen.lineCount)) lines.print(line.text);
  const next = { run: screen.run, line: screen.lineCount };
  if (!screen.ended) {
    await changed(store, () => topScreen(store.state()) !== screen || topBox(store.state()) !== undefined);
    return next;
  }
  const { state, status, signal, reason } = screen.ended;
  const how = [signal ?? (status ? `status ${status}` : ''), reason ?? ''].filter(Boolean).join(', ');
  lines.print(`Command: ${state === 'ok' ? 'OK' : state}${how ? ` (${how})` : ''}`);
  store.dispatch({ type: 'key', key: { type: 'key', name: 'f3' } });
  return next;
}
