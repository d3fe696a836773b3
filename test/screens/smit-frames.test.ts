/**
 * SMIT's own screens at 80x24, cell by cell (test/golden/smit). Where hasmit differs on purpose (design.md section 5), the test names the
 * difference and checks it: the row above a dialog's legend holds the command, a question names its object, F6 offers actions.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/panel/template.ts';
import type { Field } from '../../src/panel/types.ts';
import { drawCommand } from '../../src/screens/boxes.ts';
import { makeCanvas, put, rowsOf } from '../../src/screens/canvas.ts';
import { textOfFrame } from '../../src/screens/frame.ts';
import { commandBox } from '../../src/session/keyboard.ts';
import { message, openBox } from '../../src/session/state.ts';
import { dialog, drive, leaf, menu, outputLines, worldOf } from '../helpers/session.ts';

function golden(name: string): string[] {
  const rows = readFileSync(new URL(`../golden/smit/${name}.txt`, import.meta.url), 'utf8').split('\n');
  while (rows.length > 24) rows.pop();
  while (rows.length < 24) rows.push('');
  return rows;
}

const template = (text: string) => {
  const parsed = parseTemplate(text);
  if (!('template' in parsed)) throw new Error(`bad template ${text}`);
  return parsed.template;
};

const field = (name: string, label: string, extra: Partial<Field> = {}): Field => ({
  name,
  label,
  type: 'text',
  ...extra,
});
const ring = (name: string, label: string, value: 'yes' | 'no'): Field => ({
  name,
  label,
  type: 'yesno',
  default: value,
});
const source = (id: string) => ({ id, run: template('true'), format: 'lines' as const });

const rootTitles = [
  'Software Installation and Maintenance',
  'Software License Management',
  'Manage Editions',
  'Devices',
  'System Storage Management (Physical & Logical Storage)',
  'Security & Users',
  'Communications Applications and Services',
  'Workload Partition Administration',
  'Print Spooling',
  'Advanced Accounting',
  'Problem Determination',
  'Manage the AIX Cryptographic Framework',
  'Performance & Resource Scheduling',
  'System Environments',
  'Processes & Subsystems',
  'Applications',
  'Installation Assistant',
  'Electronic Service Agent',
  'Using SMIT (information only)',
];

test('01: a menu that scrolls', () => {
  const leaves = rootTitles.map((title, at) => leaf(`p${at}`, title));
  const world = worldOf([
    menu(
      'top',
      'System Management',
      leaves.map(one => one.id),
    ),
    ...leaves,
  ]);
  expect(drive(world, 'top').rows()).toEqual(golden('01_menu_scroll'));
});

test('02: a short menu, with the item in reverse and the cursor before it', () => {
  const titles = golden('02_menu_short')
    .slice(4, 16)
    .map(row => row.trim());
  const leaves = titles.map((title, at) => leaf(`p${at}`, title));
  const world = worldOf([
    menu(
      'top',
      'Software Installation and Maintenance',
      leaves.map(one => one.id),
    ),
    ...leaves,
  ]);
  const frame = drive(world, 'top').frame();
  expect(textOfFrame(frame).map(row => row.trimEnd())).toEqual(golden('02_menu_short'));
  expect(frame.cursor).toEqual({ x: 1, y: 4 });
  expect(frame.rows[4]).toEqual([{ text: '  ' }, { text: 'Install and Update Software', inverse: true }]);
});

const deviceSelector = {
  kind: 'selector' as const,
  id: 'install',
  title: 'Install Software',
  product: 'test',
  place: { file: 'x', line: 1, column: 1 },
  field: field('device', 'INPUT device / directory for software', { required: true, source: 'devices', default: '.' }),
  next: 'install.dialog',
};

test('03: a selector, the cursor on the first character of its value', () => {
  const frame = drive(worldOf([deviceSelector]), 'install').frame();
  expect(textOfFrame(frame).map(row => row.trimEnd())).toEqual(golden('03_selector'));
  expect(frame.cursor).toEqual({ x: 54, y: 6 });
});

test('04: the working box while a list is read', () => {
  const world = worldOf([deviceSelector], { sources: [source('devices')] });
  expect(drive(world, 'install').press('f4').rows()).toEqual(golden('04_working_popup'));
});

const installFields: Field[] = [
  field('device', 'INPUT device / directory for software', { required: true, show: true, default: '.' }),
  field('software', 'SOFTWARE to install', { required: true, source: 'software', default: '_all_latest' }),
  ring('f1', 'PREVIEW only? (install operation will NOT occur)', 'no'),
  ring('f2', 'COMMIT software updates?', 'yes'),
  ring('f3', 'SAVE replaced files?', 'no'),
  ring('f4', 'AUTOMATICALLY install requisite software?', 'yes'),
  ring('f5', 'EXTEND file systems if space needed?', 'yes'),
  ring('f6', 'OVERWRITE same or newer versions?', 'no'),
  ring('f7', 'VERIFY install and check file sizes?', 'no'),
  ring('f8', 'Include corresponding LANGUAGE filesets?', 'yes'),
  ring('f9', 'DETAILED output?', 'no'),
  ring('f10', 'Process multiple volumes?', 'yes'),
  ring('f11', 'ACCEPT new license agreements?', 'no'),
  ring('f12', 'Preview new LICENSE agreements?', 'no'),
  field('i1', '', { type: 'info' }),
  field('i2', 'WPAR Management', { type: 'info' }),
  ring('w1', '    Perform Operation in Global Environment', 'yes'),
  ring('w2', '    Perform Operation on Detached WPARs', 'no'),
  field('w3', '        Detached WPAR Names', { source: 'wpars', default: '_all_wpars' }),
  ring('w4', '    Remount Installation Device in WPARs', 'yes'),
  field('w5', '    Alternate WPAR Installation Device'),
];

test('05 and 06: a dialog that scrolls, at its top and at its end', () => {
  const world = worldOf([dialog('install', 'Install Software', installFields)]);
  const session = drive(world, 'install');
  expect(session.rows()).toEqual(golden('05_dialog_scroll_top'));
  expect(session.press('pagedown', 'pagedown').rows()).toEqual(golden('06_dialog_scroll_bottom'));
});

test('05: with a command, the row above the legend shows it and nothing else changes', () => {
  const world = worldOf([
    dialog('install', 'Install Software', installFields, { run: template('installp {{software}}') }),
  ]);
  const rows = drive(world, 'install').rows();
  expect(rows[20]).toBe('installp _all_latest');
  expect(rows.with(20, '')).toEqual(golden('05_dialog_scroll_top'));
});

test('07: the marks of lists, rings, numbers, paths and hexadecimal values, and a value longer than its field', () => {
  const list = { source: 'some' };
  const panel = dialog('markers', 'Markers Example (own text)', [
    field('a', 'Alternate Address', list),
    ring('b', 'Enable Gigabit Ethernet Jumbo Frames', 'no'),
    field('c', 'Mode', { type: 'choice', values: [{ shown: '8023ad', sent: '8023ad' }], default: '8023ad' }),
    field('d', 'Internet Address to Ping'),
    field('e', 'Number of Retries', { type: 'integer', ...list }),
    field('f', 'Retry Timeout (sec)', { type: 'integer', ...list }),
    field('g', 'Directory path for backup images', {
      required: true,
      default: '/usr/lpp/sysback/bf/lots/of/it',
      ...list,
    }),
    field('h', 'Directory for temporary storage', { type: 'path', default: '/tmp' }),
    field('i', 'Hexadecimal key', { type: 'hex', default: '0' }),
  ]);
  expect(drive(worldOf([panel]), 'markers').rows()).toEqual(golden('07_dialog_markers'));
});

const nodes = ['node1', 'node2', 'node3'].map(text => ({ value: text, text, more: [] }));

test('08: a list from a command', () => {
  const panel = dialog('add', 'Add a Resource Group Node (own text)', [
    field('node', 'Node name', { required: true, source: 'nodes' }),
  ]);
  const session = drive(worldOf([panel], { sources: [source('nodes')] }), 'add').press('f4');
  session.send({ type: 'listed', job: 1, field: 'node', rows: nodes, heading: [] });
  expect(session.rows()).toEqual(golden('08_list_single'));
  expect(session.frame().cursor).toEqual({ x: 5, y: 16 });
});

test('09: a list of which several can be taken', () => {
  const panel = dialog('start', 'Start Cluster Services (own text)', [
    field('nodes', 'Nodes to start', { required: true, multiple: true, source: 'nodes' }),
  ]);
  const session = drive(worldOf([panel], { sources: [source('nodes')] }), 'start').press('f4');
  session.send({ type: 'listed', job: 1, field: 'nodes', rows: nodes, heading: [] });
  expect(session.press('f7', 'down', 'down', 'f7').rows()).toEqual(golden('09_list_multi'));
});

test('10: a question, with the words SMIT has', () => {
  const titles = ['Run Report', 'Categories Configuration', 'Report Directory / E-Mail Setup'];
  const leaves = titles.map((title, at) => leaf(`p${at}`, title));
  const session = drive(
    worldOf([
      menu(
        'top',
        'System Information Report',
        leaves.map(one => one.id),
      ),
      ...leaves,
    ]),
    'top',
  );
  const lines = [
    'Continuing may delete information you may want',
    'to keep.  This is your last chance to stop',
    'before continuing.',
  ];
  const command = {
    fastPath: 'x',
    title: '',
    text: 'x',
    missing: [],
    parts: [],
    secrets: [],
    mode: 'pipe' as const,
    path: [],
    failIf: [],
  };
  session.state = openBox(session.state, {
    kind: 'confirm',
    title: 'ARE YOU SURE?',
    lines,
    top: 0,
    question: { about: 'run', command },
  });
  expect(session.rows()).toEqual(golden('10_confirm'));
});

const run = dialog('run', 'Run', [], { run: template('true') });

test('11: a command that has just begun', () => {
  expect(
    drive(worldOf([run]), 'run')
      .press('enter')
      .rows(),
  ).toEqual(golden('11_command_running'));
});

function ended(name: string, status: number, texts: string[]) {
  const session = drive(worldOf([run], { lines: outputLines(texts) }), 'run').press('enter');
  const state = status === 0 ? 'ok' : 'failed';
  session.send({
    type: 'ended',
    run: 1,
    lineCount: texts.length,
    out: true,
    err: false,
    ended: { state, status, seconds: 0 },
  });
  return { rows: session.rows(), golden: golden(name), frame: session.frame() };
}

test('12: a command that went well; the word OK is in reverse', () => {
  const shown = ended('12_command_ok', 0, golden('12_command_ok').slice(6, 9));
  expect(shown.rows).toEqual(shown.golden);
  expect(shown.frame.rows[2]).toContainEqual({ text: 'OK', inverse: true });
});

test("13: a command that failed; its status stands beside SMIT's words", () => {
  const shown = ended('13_command_failed', 1, golden('13_command_failed').slice(6, 8));
  expect(shown.rows[2]).toBe('Command: failed        stdout: yes           stderr: no   status 1');
  expect(shown.rows.with(2, shown.golden[2]!)).toEqual(shown.golden);
});

test('14: output longer than the screen goes back to its top when the command is over', () => {
  const first = golden('14_command_scroll').slice(7, 11);
  const texts = [...first, ...Array.from({ length: 46 }, (_, at) => `output line ${at + 5}`)];
  const shown = ended('14_command_scroll', 0, texts);
  expect(shown.rows).toEqual(shown.golden);
});

const user = dialog(
  'mkuser',
  'Add a User',
  [
    field('name', 'User NAME', { required: true, default: 'joe' }),
    field('id', 'User ID', { type: 'integer', default: '201' }),
  ],
  { run: template('mkuser id={{id}} {{name}}') },
);

test('15: the box of F6, before hasmit adds what it knows and what one can do', () => {
  const world = worldOf([user]);
  const session = drive(world, 'mkuser').press('f6');
  const canvas = makeCanvas(session.state.size);
  const below = drive(world, 'mkuser').rows().with(20, '');
  below.forEach((text, y) => void put(canvas, 0, y, text));
  const command = {
    fastPath: 'mkuser',
    title: '',
    text: "mkuser id='201' joe",
    missing: [],
    parts: [],
    secrets: [],
    mode: 'pipe' as const,
    path: [],
    failIf: [],
  };
  drawCommand(canvas, { ...commandBox(command), details: [] }, []);
  expect(rowsOf(canvas).map(row => row.map(span => span.text).join(''))).toEqual(golden('15_show_command'));
});

test('15: F6 shows the command with target, evidence, parts and the four actions', () => {
  const text = drive(worldOf([user]), 'mkuser')
    .press('f6')
    .text();
  expect(text).toContain('SHOW COMMAND STRING');
  expect(text).toContain('  mkuser id=201 joe');
  expect(text).toContain('User ID');
  for (const action of ['Return', 'Copy', 'script file', 'Print']) expect(text).toContain(action);
});

const applications = [
  menu('apps', 'Applications', [
    { text: 'Item one', panel: 'one' },
    { text: 'Item two', panel: 'two' },
  ]),
  leaf('one', 'Item one'),
];

test('16: an error', () => {
  const session = drive(worldOf(applications), 'apps');
  const lines = golden('16_error')
    .slice(15, 20)
    .map(row => row.slice(6, 70).trimEnd());
  session.state = openBox(session.state, message('ERROR MESSAGE', lines));
  expect(session.rows()).toEqual(golden('16_error'));
});

test('17: F8 tells the fast path', () => {
  expect(drive(worldOf(applications), 'apps').press('f8').rows()).toEqual(golden('17_image_F8'));
});

test('18: help', () => {
  const session = drive(worldOf(applications), 'apps');
  const lines = golden('18_help_F1')
    .slice(18, 20)
    .map(row => row.slice(6, 70).trimEnd());
  session.state = openBox(session.state, message('CONTEXTUAL HELP', lines));
  expect(session.rows()).toEqual(golden('18_help_F1'));
});
