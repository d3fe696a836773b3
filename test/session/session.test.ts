/** Menus, questions, running, the jump and leaving, by the keyboard. */
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/panel/template.ts';
import { actionFor, type Context, keyHelp, keyTable, legendOf } from '../../src/session/keys.ts';
import { dialog, drive, leaf, menu, outputLines, worldOf } from '../helpers/session.ts';

const template = (text: string) => {
  const parsed = parseTemplate(text);
  if (!('template' in parsed)) throw new Error(text);
  return parsed.template;
};
const run = (id: string, extra = {}) =>
  dialog(id, `Dialog ${id}`, [{ name: 'host', label: 'Host', type: 'text', default: 'mn2' }], {
    run: template('halt {{host}}'),
    ...extra,
  });
const ask = { level: 'ask' as const, object: template('{{host}}'), effect: template('{{host}} goes down at once.') };
const panels = [
  menu('root', 'Root', [{ text: 'Heading' }, 'one', { text: '' }, 'two', 'stop', 'gone']),
  leaf('one', 'First thing'),
  menu('two', 'Second thing', ['one', 'sure', 'typed', 'doubt', 'root']),
  run('stop'),
  run('sure', { confirm: ask }),
  run('typed', { confirm: { ...ask, level: 'type' } }),
  run('doubt', { evidence: { level: 'unverified', source: 'nobody published it' }, smitty: 'clstop' }),
];
const world = worldOf(panels);

test('information lines are passed over, Home and End know the ends', () => {
  const session = drive(world, 'root');
  expect(session.frame().cursor.y).toBe(5);
  expect(session.press('down').frame().cursor.y).toBe(7);
  expect(session.press('up', 'up').frame().cursor.y).toBe(5);
  expect(session.press('end').frame().cursor.y).toBe(9);
  expect(session.press('home').frame().cursor.y).toBe(5);
});

test('an item whose panel does not exist says so', () => {
  const session = drive(world, 'root').press('end', 'enter');
  expect(session.text()).toContain('There is no panel "gone" here.');
});

test('/ narrows a menu, Enter opens what is left, F3 takes the filter away first', () => {
  const session = drive(world, 'root').type('/').type('seco');
  expect(session.text()).not.toContain('First thing');
  expect(session.text()).toContain('Find: seco');
  session.press('enter');
  expect(session.rows()[0]).toContain('Second thing');
  session.press('f3').press('f3');
  expect(session.text()).toContain('First thing');
  expect(session.state.over).toBeUndefined();
  expect(session.press('f3').state.over).toEqual({ status: 0 });
});

test('F10 leaves at once, F3 on the first screen leaves, Ctrl-C does not', () => {
  expect(drive(world, 'root').press('enter', 'f10').state.over).toEqual({ status: 0 });
  const session = drive(world, 'root').press('ctrl-c');
  expect(session.state.over).toBeUndefined();
  expect(session.text()).toContain('F3 goes back, F10 leaves.');
});

test('a question names object, effect and command; Enter runs, F3 returns to the form', () => {
  const session = drive(world, 'sure');
  session.took();
  session.press('enter');
  const text = session.text();
  for (const words of ['ARE YOU SURE?', 'mn2 goes down at once.', 'halt mn2']) expect(text).toContain(words);
  expect(session.press('f3').took()).toEqual([]);
  expect(session.press('enter', 'enter').took()).toMatchObject([
    { type: 'run', run: 1, command: { text: 'halt mn2' } },
  ]);
});

test('a destroying panel wants the name typed, and nothing else will do', () => {
  const session = drive(world, 'typed').press('enter');
  session.took();
  expect(session.press('enter').took()).toEqual([]);
  expect(session.type('mn').press('enter').took()).toEqual([]);
  expect(session.text()).toContain('Type mn2');
  expect(session.type('2').press('enter').took()).toMatchObject([{ type: 'run' }]);
});

test('an unverified command is shown as such with the panel of the system itself', () => {
  const session = drive(world, 'doubt').press('enter');
  for (const words of ['not verified', 'nobody published it', 'smitty clstop', 'halt mn2'])
    expect(session.text()).toContain(words);
});

test('-x runs nothing and records the command', () => {
  const session = drive(worldOf(panels, { runNothing: true }), 'stop').press('enter');
  expect(session.took().map(effect => effect.type)).toEqual(['visited', 'notRun']);
  expect(session.text()).toContain('Nothing was run');
});

test('Ctrl-C and F3 during a command ask, and only Enter cancels it', () => {
  for (const key of ['ctrl-c', 'f3'] as const) {
    const session = drive(world, 'stop').press('enter', key);
    session.took();
    expect(session.text()).toContain('CANCEL THE RUNNING COMMAND?');
    expect(session.press('f3').took()).toEqual([]);
    expect(session.press(key, 'enter').took()).toEqual([{ type: 'cancelRun', run: 1 }]);
  }
});

test('a command that ends while one is asked whether to cancel it takes the question away', () => {
  const session = drive(world, 'stop').press('enter', 'ctrl-c');
  session.send({
    type: 'ended',
    run: 1,
    lineCount: 0,
    out: false,
    err: false,
    ended: { state: 'ok', status: 0, seconds: 1 },
  });
  expect(session.state.boxes).toEqual([]);
  expect(session.text()).toContain('Command: OK');
});

test('Enter on a finished output does not run the command again', () => {
  const session = drive(world, 'stop').press('enter');
  session.send({
    type: 'ended',
    run: 1,
    lineCount: 0,
    out: false,
    err: false,
    ended: { state: 'ok', status: 0, seconds: 0 },
  });
  session.took();
  expect(session.press('enter', 'enter').took()).toEqual([]);
});

test('the output follows its end, stops following when one looks back, and goes to its top when it is over', () => {
  const texts = Array.from({ length: 200 }, (_, at) => `line ${at}`);
  const session = drive(worldOf(panels, { lines: outputLines(texts) }), 'stop').press('enter');
  const news = { type: 'output' as const, run: 1, out: true, err: false, seconds: 0 };
  session.send({ ...news, lineCount: 100 });
  expect(session.text()).toContain('line 99');
  session.press('up').send({ ...news, lineCount: 150 });
  expect(session.text()).not.toContain('line 149');
  session.press('end').send({ ...news, lineCount: 200 });
  expect(session.text()).toContain('line 199');
  session.send({
    type: 'ended',
    run: 1,
    lineCount: 200,
    out: true,
    err: false,
    ended: { state: 'failed', signal: 'SIGKILL', seconds: 61 },
  });
  expect(session.text()).toContain('[TOP]');
  expect(session.rows()[2]).toContain('failed');
  expect(session.rows()[2]).toContain('SIGKILL, 61 s');
});

test('a long line takes several rows and the window moves by rows', () => {
  const texts = ['x'.repeat(200), ...Array.from({ length: 30 }, (_, at) => `line ${at}`)];
  const session = drive(worldOf(panels, { lines: outputLines(texts) }), 'stop').press('enter');
  session.send({
    type: 'ended',
    run: 1,
    lineCount: 31,
    out: true,
    err: false,
    ended: { state: 'ok', status: 0, seconds: 0 },
  });
  expect(session.rows().slice(7, 11)).toEqual(['x'.repeat(80), 'x'.repeat(80), 'x'.repeat(40), 'line 0']);
  expect(session.press('down', 'down').rows()[7]).toBe('x'.repeat(40));
  expect(session.press('end').rows()[18]).toBe('line 29');
});

test('find in the output: / asks, n goes on, what is not there is said', () => {
  const session = drive(
    worldOf(panels, { lines: outputLines(Array.from({ length: 90 }, (_, at) => `line ${at}`)) }),
    'stop',
  ).press('enter');
  session.send({
    type: 'ended',
    run: 1,
    lineCount: 90,
    out: true,
    err: false,
    ended: { state: 'ok', status: 0, seconds: 0 },
  });
  session.took();
  session.type('/').type('line 4').press('enter');
  expect(session.took()).toEqual([{ type: 'find', run: 1, text: 'line 4', from: 0, direction: 1 }]);
  session.send({ type: 'found', run: 1, text: 'line 4', line: 4 });
  expect(session.rows()[7]).toBe('line 4');
  session.type('n');
  expect(session.took()).toEqual([{ type: 'find', run: 1, text: 'line 4', from: 5, direction: 1 }]);
  session.send({ type: 'found', run: 1, text: 'line 4', line: -1 });
  expect(session.text()).toContain('Not found: line 4');
});

test('a command that cannot be recorded is not started unless the operator says so', () => {
  const session = drive(world, 'stop').press('enter');
  const [effect] = session.took().flatMap(one => (one.type === 'run' ? [one] : []));
  const command = effect!.command;
  session.send({ type: 'recordFailed', command, problem: 'cannot write the log: No space left on device' });
  expect(session.text()).toContain('RUN WITHOUT A RECORD?');
  expect(session.text()).toContain('No space left on device');
  const refused = drive(world, 'stop').press('enter').send({ type: 'recordFailed', command, problem: 'full' });
  expect(refused.press('f3').rows()[0]).toContain('Dialog stop');
  session.took();
  expect(session.press('enter').took()).toMatchObject([{ type: 'run', run: 2, unrecorded: true }]);
});

test('the jump: search while typing, open a hit, an exact fast path need not wait for the search', () => {
  const session = drive(world, 'root').press('ctrl-g').type('sec');
  expect(
    session
      .took()
      .filter(effect => effect.type === 'search')
      .at(-1),
  ).toEqual({ type: 'search', query: 'sec' });
  session.send({ type: 'hits', query: 'se', hits: [{ panel: 'one', title: 'old', way: '' }] });
  expect(session.text()).not.toContain('old');
  session.send({ type: 'hits', query: 'sec', hits: [{ panel: 'two', title: 'Second thing', way: 'Root' }] });
  expect(session.press('enter').rows()[0]).toContain('Second thing');
  expect(drive(world, 'root').type(':').type('stop').press('enter').rows()[0]).toContain('Dialog stop');
  expect(drive(world, 'root').type(':').type('nonsense').press('enter').text()).toContain('No panel fits "nonsense".');
});

test('F6 in the box: copy, script, print', () => {
  const session = drive(world, 'stop').press('f6');
  session.took();
  expect(session.type('c').took()).toEqual([{ type: 'copy', text: 'halt mn2' }]);
  expect(session.press('f6').type('s').took()).toMatchObject([{ type: 'script', command: { text: 'halt mn2' } }]);
  expect(session.press('f6').type('p').state.printed).toEqual(['halt mn2']);
  session.press('f6').send({ type: 'action', action: 'copy' });
  expect(session.took()).toEqual([{ type: 'copy', text: 'halt mn2' }]);
});

test('F1 tells what the item is and which keys there are, from the one table', () => {
  const text = drive(world, 'root').press('down', 'down', 'f1').text();
  expect(text).toContain('CONTEXTUAL HELP');
  expect(text).toContain('Dialog stop');
  const help = drive(world, 'root', {}, { columns: 80, rows: 100 }).press('f1').text();
  for (const key of keyHelp('menu')) expect(help).toContain(key.help.slice(0, 40));
});

test('F9 is refused where the shell is switched off', () => {
  expect(drive(world, 'root').press('f9').took()).toContainEqual({ type: 'shell' });
  const off = drive(worldOf(panels, { shellAllowed: false }), 'root').press('f9');
  expect(off.took()).not.toContainEqual({ type: 'shell' });
  expect(off.text()).toContain('The shell is switched off here.');
});

test('no key means two things in one context, and every context has a way back', () => {
  const contexts = new Set<Context>(keyTable.flatMap(binding => binding.contexts));
  for (const context of contexts) {
    const keys = keyTable.filter(binding => binding.contexts.includes(context)).flatMap(binding => binding.keys);
    expect(keys.length, context).toBe(new Set(keys).size);
    expect(actionFor(context, 'f3'), context).toBe('cancel');
  }
  expect(legendOf('menu')).toEqual([
    'F1=Help',
    'F2=Refresh',
    'F3=Cancel',
    'F8=Image',
    'F9=Shell',
    'F10=Exit',
    'Enter=Do',
  ]);
});

test('panel files with mistakes are said at the first screen and do not stop anything', () => {
  const complaint = {
    place: { file: '/etc/hasmit/menus.d/x.yaml', line: 3, column: 5 },
    panel: 'x',
    message: 'unknown key "deafult"; did you mean "default"?',
    level: 'error' as const,
  };
  const session = drive(worldOf(panels, { complaints: [complaint] }), 'root');
  expect(session.text()).toContain('x.yaml:3:5');
  expect(session.press('enter').rows()[0]).toContain('Root');
  expect(drive(worldOf(panels, { complaints: [complaint] }), 'stop').text()).toContain('Mistakes in panel files (1)');
  expect(drive(worldOf(panels, { complaints: [{ ...complaint, level: 'warning' }] }), 'root').state.boxes).toEqual([]);
});

test('standard error is bold, and a command that had the terminal says where its output went', () => {
  const lines = () => [
    { text: 'fine', stream: 'out' as const },
    { text: 'not fine', stream: 'err' as const },
  ];
  const session = drive(worldOf(panels, { lines }), 'stop').press('enter');
  const over = {
    type: 'ended' as const,
    run: 1,
    out: true,
    err: true,
    ended: { state: 'ok' as const, status: 0, seconds: 0 },
  };
  session.send({ ...over, lineCount: 2 });
  expect(session.frame().rows[6]).toEqual([{ text: 'fine' }]);
  expect(session.frame().rows[7]).toEqual([{ text: 'not fine', bold: true }]);
  const talks = drive(worldOf([run('talk', { mode: 'interactive' })]), 'talk').press('enter');
  expect(talks.send({ ...over, out: false, err: false, lineCount: 0 }).rows()[6]).toContain('had the terminal');
});

test('a long word in F6 is cut where the box ends and nowhere else', () => {
  const value = 'x'.repeat(300);
  const session = drive(world, 'stop', { host: value }, { columns: 80, rows: 40 }).press('f6');
  const shown = session
    .rows()
    .filter(row => /^ *\|.*x{3}/.test(row))
    .map(row => row.replace(/[^x]/g, '').length);
  expect(shown.slice(0, 5).reduce((all, one) => all + one, 0)).toBe(300);
  expect(session.text()).not.toMatch(/\| +x{1,5} +\|/);
});

test('of an edit the row and the question say what it does; F6 has the shell text below', () => {
  const edits = [
    { verb: 'ensure_line' as const, args: { file: template('/etc/hosts'), line: template('10.0.0.1 {{host}}') } },
  ];
  const session = drive(worldOf([run('edit', { run: undefined, edits })]), 'edit', {}, { columns: 80, rows: 60 });
  expect(session.rows()[56]).toBe('ensure_line file=/etc/hosts line="10.0.0.1 mn2"');
  session.press('f6');
  const text = session.text();
  expect(text.indexOf('ensure_line file=')).toBeLessThan(text.indexOf('Runs on'));
  expect(text.indexOf('awk')).toBeGreaterThan(text.indexOf('Runs on'));
  session.press('f3', 'enter').send({ type: 'diffed', job: 1, lines: ['+10.0.0.1 mn2'] });
  expect(session.text()).toContain('+10.0.0.1 mn2');
  expect(session.text()).toContain('ensure_line file=/etc/hosts');
  expect(session.text()).not.toContain('awk');
});

test('while a command runs F10 asks and F9 opens a shell', () => {
  const session = drive(world, 'stop').press('enter', 'f10');
  expect(session.text()).toContain('CANCEL THE RUNNING COMMAND?');
  expect(session.text()).toContain('Press F3 to let it run.');
  session.press('f3').took();
  expect(session.press('f9').took()).toEqual([{ type: 'shell' }]);
});

test('F6 of a panel that AIX has too opens the real one, with the terminal in its hands', () => {
  const session = drive(world, 'doubt').press('f6');
  expect(session.text()).toContain('Open smitty clstop in place of it');
  session.took();
  session.send({ type: 'action', action: 'smitty' });
  expect(session.took()).toMatchObject([{ type: 'run', command: { text: 'smitty clstop', mode: 'interactive' } }]);
  expect(drive(world, 'stop').press('f6').text()).not.toContain('smitty');
});
