/** Selectors and dialogs by the keyboard: moving, typing, rings, lists, what is sent, what is said, nobody trapped. */
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/panel/template.ts';
import type { Field, SelectorPanel, Source } from '../../src/panel/types.ts';
import { dialog, drive, leaf, menu, worldOf } from '../helpers/session.ts';

const template = (text: string) => {
  const parsed = parseTemplate(text);
  if (!('template' in parsed)) throw new Error(text);
  return parsed.template;
};
const list: Source = { id: 'nodes', run: template('lsnodes'), format: 'lines' };
const rows = (...texts: string[]) => texts.map(text => ({ value: text, text, more: [] }));

const fields: Field[] = [
  { name: 'address', label: 'Address', type: 'ip', required: true },
  { name: 'count', label: 'Count', type: 'integer', min: 1, max: 9, default: '3' },
  {
    name: 'mode',
    label: 'Mode',
    type: 'choice',
    values: [
      { shown: 'fast', sent: '-F' },
      { shown: 'slow', sent: '-S' },
    ],
    default: 'slow',
  },
  { name: 'force', label: 'Force', type: 'yesno' },
  { name: 'nodes', label: 'Nodes', type: 'name', multiple: true, source: 'nodes', free: true },
];
const panel = dialog('ping', 'Ping a host', fields, {
  run: template('ping {{-c count}} {{mode}} {{-f if force}} {{nodes*}} {{address}}'),
});
const home = menu('home', 'Home', ['ping', 'about']);
const world = worldOf([home, panel, leaf('about', 'About')], { sources: [list] });
const commandRow = (session: ReturnType<typeof drive>) => session.rows()[20];

test('the command row follows every key, missing values stand as ???', () => {
  const session = drive(world, 'ping');
  expect(commandRow(session)).toBe('ping -c 3 -S ???');
  session.type('10.0.0.1');
  expect(commandRow(session)).toBe('ping -c 3 -S 10.0.0.1');
  session.press('down', 'end', 'backspace').type('5');
  expect(commandRow(session)).toBe('ping -c 5 -S 10.0.0.1');
  session.press('down', 'tab');
  expect(commandRow(session)).toBe('ping -c 5 -F 10.0.0.1');
  session.press('down', 'tab');
  expect(commandRow(session)).toBe('ping -c 5 -F -f 10.0.0.1');
});

test('several keys of one read all act on fresh state', () => {
  const session = drive(world, 'home');
  session.send(
    { type: 'key', key: { type: 'key', name: 'enter' } },
    { type: 'key', key: { type: 'text', text: '10.0.' } },
    { type: 'key', key: { type: 'text', text: '0.9' } },
    { type: 'key', key: { type: 'key', name: 'down' } },
    { type: 'key', key: { type: 'key', name: 'down' } },
    { type: 'key', key: { type: 'key', name: 'shift-tab' } },
  );
  expect(commandRow(session)).toBe('ping -c 3 -F 10.0.0.9');
});

test('a wrong value is said beside the form and holds nobody', () => {
  const session = drive(world, 'ping').type('10.0.0.300').press('down');
  session.press('up');
  expect(session.rows()[4]).toMatch(/no IP address/);
  expect(session.press('down', 'down').rows()[4]).toBe('');
  session.press('f3');
  // It asks because a value was typed, and then it goes.
  expect(session.text()).toContain('LEAVE WITHOUT RUNNING?');
  expect(session.press('enter').state.over).toEqual({ status: 0 });
});

test('Enter with a wrong value says why, puts the cursor there and runs nothing', () => {
  const session = drive(world, 'ping')
    .type('10.0.0.1')
    .press('down', 'end', 'backspace')
    .type('99')
    .press('down', 'down');
  session.took();
  session.press('enter');
  expect(session.text()).toContain('ERROR MESSAGE');
  expect(session.took()).toEqual([]);
  session.press('enter');
  expect(session.frame().cursor.y).toBe(7);
});

test('a missing required value is asked for by its label', () => {
  const session = drive(world, 'ping').press('enter');
  expect(session.text()).toContain('Address');
  expect(session.state.boxes).toHaveLength(1);
});

test('F5 gives a field its first value back, and only that field', () => {
  const session = drive(world, 'ping').type('10.0.0.1').press('down', 'ctrl-u').type('7').press('f5');
  expect(commandRow(session)).toBe('ping -c 3 -S 10.0.0.1');
});

test('a ring takes the next value that begins with the typed letter, and never text', () => {
  const session = drive(world, 'ping').press('down', 'down').type('f');
  expect(commandRow(session)).toBe('ping -c 3 -F ???');
  session.type('x');
  expect(commandRow(session)).toBe('ping -c 3 -F ???');
  expect(session.text()).toContain('Tab steps through them');
});

test('F4 on a ring lists its values, on a field without a list it says so', () => {
  const session = drive(world, 'ping').press('f4');
  expect(session.text()).toContain('There is no list for this field.');
  session.press('enter', 'down', 'down', 'f4');
  expect(session.text()).toContain('Move cursor to desired item and press Enter.');
  session.press('up', 'enter');
  expect(commandRow(session)).toBe('ping -c 3 -F ???');
});

test('a list of several: filter, select, take in the order of the list', () => {
  const session = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4');
  const [effect] = session.took().filter(one => one.type === 'list');
  expect(effect).toMatchObject({ type: 'list', job: 1, source: { id: 'nodes' } });
  session.send({ type: 'listed', job: 1, field: 'nodes', rows: rows('alpha', 'beta', 'gamma', 'delta'), heading: [] });
  session.press('end', 'f7', 'home', 'f7');
  session.type('/').type('MM');
  expect(session.text()).toContain('gamma');
  expect(session.text()).not.toContain('beta');
  session.press('f7', 'f3', 'enter');
  expect(commandRow(session)).toBe('ping -c 3 -S alpha gamma delta ???');
});

test('an answer to a cancelled list is dropped', () => {
  const session = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4', 'f3');
  expect(session.took()).toContainEqual({ type: 'cancelJob', job: 1 });
  session.send(
    { type: 'jobCancelled', job: 1 },
    { type: 'listed', job: 1, field: 'nodes', rows: rows('late'), heading: [] },
  );
  expect(session.state.boxes).toEqual([]);
  expect(session.text()).not.toContain('late');
});

test('a list command that fails says its error; the field can still be typed', () => {
  const session = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4');
  session.send({ type: 'jobFailed', job: 1, title: 'ERROR MESSAGE', lines: ['status 2', 'lsnodes: not found'] });
  expect(session.text()).toContain('lsnodes: not found');
  session.press('enter').type('n1 n2');
  expect(commandRow(session)).toBe('ping -c 3 -S n1 n2 ???');
});

test('an empty list is said, not shown', () => {
  const session = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4');
  session.send({ type: 'listed', job: 1, field: 'nodes', rows: [], heading: [] });
  expect(session.text()).toContain('The list is empty');
});

test('a paste is one value, its line ends stripped, its control characters gone', () => {
  const session = drive(world, 'ping');
  session.send({ type: 'key', key: { type: 'paste', text: '10.0.0.7\r\n' } });
  expect(commandRow(session)).toBe('ping -c 3 -S 10.0.0.7');
  session.press('ctrl-u').send({ type: 'key', key: { type: 'paste', text: 'a\x1b[31mb\x00\nq' } });
  expect(commandRow(session)).toBe("ping -c 3 -S 'a[31mbq'");
});

test('line ends inside a paste are left out, and that is said', () => {
  const session = drive(world, 'ping');
  session.send({ type: 'key', key: { type: 'paste', text: '10.0.\r\n0.7\r\n' } });
  expect(commandRow(session)).toBe('ping -c 3 -S 10.0.0.7');
  expect(session.rows()[4]).toBe('Line ends inside the pasted text were left out.');
  session.press('ctrl-u').send({ type: 'key', key: { type: 'paste', text: '10.0.0.7\n' } });
  expect(session.rows()[4]).toBe('');
});

test('letters with a meaning are text in a typed field and act elsewhere', () => {
  const session = drive(world, 'ping').type(':/n');
  expect(commandRow(session)).toBe('ping -c 3 -S :/n');
  session.press('down', 'down').type(':');
  expect(session.text()).toContain('JUMP TO A FAST PATH');
});

test('a long value: the window follows the caret, F7 shows it whole', () => {
  const long = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const session = drive(world, 'ping').type(long);
  expect(session.rows()[6]).toContain('<opqrstuvwxyz0123456789]');
  expect(session.frame().cursor).toEqual({ x: 54 + 22, y: 6 });
  session.press('home');
  expect(session.rows()[6]).toContain('[abcdefghijklmnopqrstuv>');
  session.press('f7');
  expect(session.text()).toContain(long);
  session.press('ctrl-u').type('10.9.8.7').press('enter');
  expect(commandRow(session)).toBe('ping -c 3 -S 10.9.8.7');
});

test('wide signs are one step of the caret and two cells of the screen', () => {
  const session = drive(world, 'ping').type('漢字é');
  expect(session.frame().cursor.x).toBe(54 + 5);
  session.press('left', 'left', 'backspace');
  expect(session.rows()[6]).toContain('[字é]');
});

test('a failed command keeps the form, a good one makes its values the starting point', () => {
  const session = drive(world, 'home').press('enter').type('10.0.0.1').press('enter');
  const ended = { lineCount: 0, out: false, err: false, run: 1 };
  session.send({ type: 'ended', ...ended, ended: { state: 'failed', status: 2, seconds: 0 } });
  session.press('f3');
  expect(commandRow(session)).toBe('ping -c 3 -S 10.0.0.1');
  session.press('f3');
  expect(session.text()).toContain('LEAVE WITHOUT RUNNING?');
  session.press('f3', 'enter');
  session.send({ type: 'ended', ...ended, run: 2, ended: { state: 'ok', status: 0, seconds: 0 } });
  session.press('f3', 'f3');
  expect(session.text()).toContain('Home');
  expect(session.state.boxes).toEqual([]);
});

test('values that discover found are not sent until they are changed', () => {
  const discovered = dialog(
    'set',
    'Set',
    [
      { name: 'interval', label: 'Interval', type: 'integer' },
      { name: 'count', label: 'Count', type: 'integer' },
    ],
    {
      run: template('chts {{-i interval}} {{-c count}}'),
      discover: { run: template('lsts'), format: 'pairs', map: {} },
    },
  );
  const session = drive(worldOf([discovered]), 'set');
  expect(session.text()).toContain('Processing data');
  session.send({ type: 'discovered', job: 1, values: { interval: '1', count: '4' } });
  expect(session.rows()[20]).toBe('chts');
  session.press('down', 'ctrl-u').type('6');
  expect(session.rows()[20]).toBe('chts -c 6');
});

const chooser = (extra: Partial<SelectorPanel>): SelectorPanel => ({
  kind: 'selector',
  id: 'pick',
  title: 'Pick a node',
  product: 'test',
  place: { file: 'x', line: 1, column: 1 },
  field: { name: 'node', label: 'Node', type: 'name', source: 'nodes', required: true },
  next: 'change',
  ...extra,
});
const change = dialog('change', 'Change', [{ name: 'node', label: 'Node', type: 'name', show: true }], {
  run: template('chnode {{node}}'),
  needs: ['node'],
});

test('a selector hands its value on; the dialog without it opens the selector', () => {
  const selecting = worldOf([chooser({}), change], { sources: [list] });
  const session = drive(selecting, 'change');
  expect(session.text()).toContain('Pick a node');
  session.type('n1').press('enter');
  // The list is no proposal: it is read before the value is believed.
  expect(session.text()).toContain('Processing data');
  session.send({ type: 'listed', job: 1, field: 'node', rows: rows('n1'), heading: [], check: true });
  expect(session.rows()[20]).toBe('chnode n1');
  expect(drive(selecting, 'pick', { node: 'n2' }).rows()[20]).toBe('chnode n2');
});

test('a value outside a list that is no proposal is refused, and so is any value when the list cannot be read', () => {
  const selecting = worldOf([chooser({}), change], { sources: [list] });
  const session = drive(selecting, 'pick').type('nosuch').press('enter');
  session.send({ type: 'listed', job: 1, field: 'node', rows: rows('n1'), heading: [], check: true });
  expect(session.text()).toContain('ERROR MESSAGE');
  expect(session.state.screens).toHaveLength(1);
  const shut = drive(selecting, 'pick').type('n1').press('enter');
  shut.send({ type: 'jobFailed', job: 1, title: 'ERROR MESSAGE', lines: ['lsnodes: not found'] });
  expect(shut.text()).toContain('lsnodes: not found');
  expect(shut.state.screens).toHaveLength(1);
});

test('a ghost selector is only its list; one candidate is taken without asking', () => {
  const ghosts = worldOf([menu('home', 'Home', ['pick']), chooser({ ghost: true }), change], { sources: [list] });
  const session = drive(ghosts, 'home').press('enter');
  session.send({ type: 'listed', job: 1, field: 'node', rows: rows('n1', 'n2'), heading: [] });
  expect(session.text()).toContain('Home');
  session.press('down', 'enter');
  expect(session.rows()[20]).toBe('chnode n2');
  session.press('f3');
  expect(session.text()).toContain('Home');
  session.press('enter').send({ type: 'listed', job: 2, field: 'node', rows: rows('only'), heading: [] });
  expect(session.rows()[20]).toBe('chnode only');
});

test('a ghost selector whose list is closed or fails leaves the screen it came from', () => {
  const ghosts = worldOf([menu('home', 'Home', ['pick']), chooser({ ghost: true }), change], { sources: [list] });
  const session = drive(ghosts, 'home').press('enter');
  session.send({ type: 'listed', job: 1, field: 'node', rows: rows('n1', 'n2'), heading: [] });
  expect(session.press('f3').state.screens).toHaveLength(1);
  session.press('enter').send({ type: 'jobFailed', job: 2, title: 'ERROR MESSAGE', lines: ['no'] });
  expect(session.state.screens).toHaveLength(1);
  expect(session.text()).toContain('ERROR MESSAGE');
});

test('a classifying selector asks the system where it leads', () => {
  const field = { ...chooser({}).field, free: true };
  const classify = worldOf([
    chooser({ field, next: { by: template('initof {{node}}'), map: { systemd: 'change' } } }),
    change,
  ]);
  const session = drive(classify, 'pick').type('n1').press('enter');
  expect(session.took()).toContainEqual(expect.objectContaining({ type: 'classify', job: 1, values: { node: 'n1' } }));
  session.send({ type: 'classified', job: 1, panel: 'pick', next: 'change', values: { node: 'n1' }, said: 'systemd' });
  expect(session.rows()[20]).toBe('chnode n1');
});

test('Tab completes a path as far as it is certain', () => {
  const paths = worldOf([
    dialog('cat', 'Cat', [{ name: 'file', label: 'File', type: 'path' }], { run: template('cat {{file}}') }),
  ]);
  const session = drive(paths, 'cat').type('/et').press('tab');
  expect(session.took()).toContainEqual(expect.objectContaining({ type: 'complete', text: '/et' }));
  session.send({ type: 'completed', field: 'file', before: '/et', text: '/etc/', candidates: ['etc/'] });
  expect(session.rows()[20]).toBe('cat /etc/');
  // An answer to what is no longer there is dropped.
  session
    .type('x')
    .send({ type: 'completed', field: 'file', before: '/etc/', text: '/etc/hosts', candidates: ['hosts'] });
  expect(session.rows()[20]).toBe('cat /etc/x');
});

test('a secret is never on the screen, and gone after a good run', () => {
  const secret = worldOf([
    dialog('pw', 'Password', [{ name: 'password', label: 'Password', type: 'secret', required: true }], {
      run: template('setpw {{password}}'),
    }),
  ]);
  const session = drive(secret, 'pw').type('hunter22');
  expect(session.text()).not.toContain('hunter22');
  expect(session.text()).toContain('[********]');
  session.press('f6');
  expect(session.text()).not.toContain('hunter22');
  session.press('f3', 'enter');
  const run = session.took().find(effect => effect.type === 'run');
  expect(run).toMatchObject({ secrets: { password: 'hunter22' } });
  expect(JSON.stringify(run && 'command' in run ? run.command : {})).not.toContain('hunter22');
  session.send({
    type: 'ended',
    run: 1,
    lineCount: 0,
    out: false,
    err: false,
    ended: { state: 'ok', status: 0, seconds: 0 },
  });
  expect(session.press('f3').text()).not.toContain('*****');
});

test('F1 on a node range says what the range in the field means, and how ranges are written', () => {
  const range: Field = { name: 'nodes', label: 'Nodes', type: 'noderange', help: 'Where it runs.' };
  const on = dialog('on', 'On nodes', [range], { run: template('rpower {{nodes}} stat') });
  const session = drive(worldOf([on]), 'on', {}, { columns: 80, rows: 40 });
  expect(session.press('f1').text()).toContain('node01-node10, node[01-10]');
  expect(session.text()).not.toContain('it means');
  session.press('f3').type('n1-n8@rack2,-n3').press('f1');
  expect(session.text()).toContain('n1 to n8 (8 names), of these only what is also in rack2');
  expect(session.text()).toContain('without n3');
});

test('where the order of choosing counts, entries are numbered and taken in that order', () => {
  const priority = dialog(
    'group',
    'Group',
    [{ name: 'nodes', label: 'Nodes', type: 'name', multiple: true, ordered: true, source: 'nodes', free: true }],
    { run: template('claddgrp -n {{nodes,}}') },
  );
  const session = drive(worldOf([priority], { sources: [list] }), 'group').press('f4');
  session.send({ type: 'listed', job: 1, field: 'nodes', rows: rows('n1', 'n2', 'n3'), heading: [] });
  session.press('end', 'f7', 'home', 'f7');
  expect(session.text()).toContain('| 2 n1');
  expect(session.text()).toContain('| 1 n3');
  expect(session.press('enter').rows()[20]).toBe('claddgrp -n n3,n1');
});

test('keys typed while the system is asked act on the list that comes', () => {
  const session = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4', 'down', 'f7', 'enter');
  expect(session.text()).toContain('Processing data');
  session.send({ type: 'listed', job: 1, field: 'nodes', rows: rows('alpha', 'beta'), heading: [] });
  expect(session.state.boxes).toEqual([]);
  expect(commandRow(session)).toBe('ping -c 3 -S beta ???');
});

test('keys typed ahead are dropped by an error, by F3, and before a question', () => {
  const failed = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4').type('abc');
  failed.send({ type: 'jobFailed', job: 1, title: 'ERROR MESSAGE', lines: ['no'] });
  expect(failed.press('enter').rows()[20]).toBe('ping -c 3 -S ???');
  const cancelled = drive(world, 'ping').press('down', 'down', 'down', 'down', 'f4').type('abc').press('f3');
  cancelled.send({ type: 'jobCancelled', job: 1 });
  expect(commandRow(cancelled)).toBe('ping -c 3 -S ???');
  const asks = dialog('halt', 'Halt', [{ name: 'node', label: 'Node', type: 'name', default: 'n1' }], {
    run: template('halt {{node}}'),
    preview: template('status {{node}}'),
    confirm: { level: 'ask', object: template('{{node}}'), effect: template('It goes down.') },
  });
  const twice = drive(worldOf([asks]), 'halt').press('enter', 'enter', 'enter');
  twice.took();
  twice.send({ type: 'diffed', job: 1, lines: ['it runs'] });
  expect(twice.text()).toContain('ARE YOU SURE?');
  expect(twice.took()).toEqual([]);
});

test('a value that came along for a field whose when does not hold is not sent', () => {
  const conditional = dialog(
    'cond',
    'Conditional',
    [
      { name: 'kind', label: 'Kind', type: 'text', default: 'plain' },
      { name: 'extra', label: 'Extra', type: 'text', when: 'kind == "rich"' },
    ],
    { run: template('mk {{-e extra}} {{kind}}') },
  );
  const when = worldOf([conditional], {
    evaluate: (_expression, _fields, values) => ({ value: values.kind === 'rich' }),
  });
  expect(drive(when, 'cond', { extra: 'x' }).rows()[20]).toBe('mk plain');
  expect(drive(when, 'cond', { extra: 'x', kind: 'rich' }).rows()[20]).toBe('mk -e x rich');
});
