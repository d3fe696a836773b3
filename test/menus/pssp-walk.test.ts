/**
 * The redbook's figures 7, 8 and 12, walked by keys from the menu that it names (smit enter_data) and compared cell by cell with frames
 * that were written from the figures (test/golden/pssp). What the scan lost in them (brackets, marks, a zero in css0) is restored there.
 *
 * The figures have no command line; hasmit shows one in the row above the keys, and the golden frames state it. A screen of 80x24 has not
 * room for the whole panels, so the figures are walked on a higher one, and once more on 80x24 in two parts.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate, variablesOf } from '../../src/panel/expression.ts';
import type { Values } from '../../src/panel/types.ts';
import { type Driver, drive, worldOf } from '../helpers/session.ts';
import { readShipped } from './panels.ts';

const shipped = await readShipped();
const world = worldOf([...shipped.panels.values()], {
  sources: [...shipped.sources.values()],
  os: 'aix',
  evaluate: (expression, fields, values) => evaluate(expression, variablesOf(fields, values, { os: 'aix', site: {} })),
});

function golden(name: string): string[] {
  const text = readFileSync(new URL(`../golden/pssp/${name}.txt`, import.meta.url), 'utf8');
  return text.replace(/\n$/, '').split('\n');
}

/** Presses Enter on the menu's line with this text. */
function choose(driver: Driver, text: string): Driver {
  for (let steps = 0; steps < 30; steps++) {
    const { cursor } = driver.frame();
    if (driver.rows()[cursor.y]?.trim() === text) return driver.press('enter');
    driver.press('down');
  }
  throw new Error(`no line "${text}" here:\n${driver.text()}`);
}

/** smit enter_data => Node Database Information => a panel, on a screen of this height. */
function open(panel: string, rows: number): Driver {
  const driver = drive(world, 'enter_data', {}, { columns: 80, rows });
  return choose(choose(driver, 'Node Database Information'), panel);
}

/** The job that the session waits for. */
function jobOf(driver: Driver): number {
  const box = driver.state.boxes.at(-1);
  if (box?.kind !== 'working') throw new Error(`nothing is asked of the system here:\n${driver.text()}`);
  return box.job;
}

function discover(driver: Driver, values: Values): Driver {
  return driver.send({ type: 'discovered', job: jobOf(driver), values });
}

/** Start frame, start slot and node count, as all three figures have them. */
const typeNodes = (driver: Driver) => driver.type('1').press('down').type('1').press('down').type('16').press('down');

/** Figures 7 and 12 from the node count on: past the two empty entries to the adapter. */
const typeAdapter = (driver: Driver, adapter: string, address: string) =>
  typeNodes(driver).press('down', 'down').type(adapter).press('down').type(address).press('down').type('255.255.255.0');

test('enter_data is the menu that the redbook starts from', () => {
  const driver = drive(world, 'enter_data');
  expect(driver.rows().slice(0, 8)).toEqual([
    '                           Enter Database Information',
    '',
    'Move cursor to desired item and press Enter.',
    '',
    '  Site Environment Information',
    '  SP Frame Information',
    '  Node Database Information',
    '',
  ]);
  choose(driver, 'Node Database Information');
  expect(driver.rows().slice(4, 11)).toEqual([
    '  SP Ethernet Information',
    '  Hostname Information',
    '  Additional Adapter Information',
    '  Boot/Install/usr Server Information',
    '  Get Hardware Ethernet Addresses',
    '  Change Volume Group Information',
    '',
  ]);
});

test('figure 7: an adapter is added, and the question shows the exact command', () => {
  const driver = typeAdapter(open('Additional Adapter Information', 30), 'en1', '10.15.1.1');
  expect(driver.rows()).toEqual(golden('figure_07'));
  driver.took();
  driver.press('enter');
  expect(driver.text()).toContain('ARE YOU SURE?');
  expect(driver.text()).toContain('en1 from 10.15.1.1');
  expect(driver.took().filter(effect => effect.type === 'run')).toEqual([]);
  driver.press('enter');
  const [run] = driver.took().filter(effect => effect.type === 'run');
  expect(run?.command.text).toBe('SDRArchive && /usr/lpp/ssp/bin/spadaptrs 1 1 16 en1 10.15.1.1 255.255.255.0');
});

test('figure 7 on 80x24: its first and its last rows', () => {
  const driver = typeAdapter(open('Additional Adapter Information', 24), 'en1', '10.15.1.1');
  const whole = golden('figure_07');
  // The cursor is on the netmask; the window follows it and shows what is above.
  driver.press('home', 'up', 'up', 'up', 'up', 'up', 'up', 'up', 'up');
  expect(driver.rows().slice(6, 19)).toEqual(whole.slice(6, 19));
  expect(driver.rows()[19]).toBe('[MORE...7]');
  driver.press('pagedown', 'pagedown');
  expect(driver.rows().slice(6, 19)).toEqual(whole.slice(13, 26));
  expect(driver.rows()[19]).toBe('[BOTTOM]');
  expect(driver.rows().slice(20)).toEqual(whole.slice(26));
});

test('figure 12: the screen of the changed spadaptrs comes up, and en2 is refused with what to do instead', () => {
  const driver = typeAdapter(open('Additional Adapter Information', 30), 'en2', '10.12.11.1');
  expect(driver.rows()).toEqual(golden('figure_12'));
  driver.took();
  driver.press('enter');
  const text = driver
    .text()
    .replace(/[|│]\s*\n\s*[|│]/g, ' ')
    .replace(/\s+/g, ' ');
  expect(text).toContain('ERROR MESSAGE');
  expect(text).toContain('spadaptrs of PSSP 2.3 takes no other');
  expect(text).toContain('other addresses of en1 (see pssp_unsupported)');
  expect(driver.took().filter(effect => effect.type === 'run')).toEqual([]);
});

test('figure 8: boot and install data on a control workstation without key files', () => {
  const driver = discover(open('Boot/Install/usr Server Information', 34), {});
  typeNodes(driver);
  expect(driver.rows()).toEqual(golden('figure_08'));
});

test('figure 8 on 80x24: its first and its last rows', () => {
  const driver = typeNodes(discover(open('Boot/Install/usr Server Information', 24), {}));
  const whole = golden('figure_08');
  driver.press('up', 'up', 'up');
  expect(driver.rows().slice(6, 19)).toEqual(whole.slice(6, 19));
  expect(driver.rows()[19]).toBe('[MORE...11]');
  driver.press('pagedown', 'pagedown');
  expect(driver.rows().slice(6, 19)).toEqual(whole.slice(17, 30));
  expect(driver.rows().slice(20)).toEqual(whole.slice(30));
});

test('figure 8 with the response that the redbook wants: Tab steps to customize', () => {
  const driver = typeNodes(discover(open('Boot/Install/usr Server Information', 34), {}));
  for (let field = 0; field < 6; field++) driver.press('down');
  driver.press('tab', 'tab');
  const row = driver.rows().find(line => line.includes('Response from Server'));
  expect(row).toBe('  Response from Server to bootp Request               customize              +');
  expect(driver.rows()[30]).toBe('SDRArchive && /usr/lpp/ssp/bin/spbootins -r customize -s yes 1 1 16');
  driver.press('f5');
  expect(driver.rows()).toEqual(golden('figure_08'));
});

test('figure 8 where nodes have key files: two lines more, and Enter asks for the copies first', () => {
  const driver = typeNodes(discover(open('Boot/Install/usr Server Information', 40), { keys: ['node01', 'node02'] }));
  expect(driver.text()).toMatch(/Key files that setup_server writes anew +node01 node02/);
  expect(driver.text()).toMatch(/Are keys that were merged by hand saved\? +no/);
  driver.press('enter');
  expect(driver.text()).toContain('Save them first');
  expect(driver.took().filter(effect => effect.type === 'run' || effect.type === 'diff')).toEqual([]);
});

test('a second way of naming nodes is refused, and the cursor goes to where it is mended', () => {
  const driver = typeAdapter(open('Additional Adapter Information', 30), 'en1', '10.15.1.1');
  for (let field = 0; field < 3; field++) driver.press('up');
  driver.type('9').press('enter');
  expect(driver.text()).toContain('Say which nodes in exactly one way');
  driver.press('enter');
  expect(driver.frame().cursor).toEqual({ x: 55, y: 6 });
});

test('an option from memory brings a line that asks, and the command shows the option', () => {
  const driver = typeAdapter(open('Additional Adapter Information', 31), 'en1', '10.15.1.1');
  expect(driver.text()).not.toContain('Options come from memory');
  driver.press('down', 'down', 'down', 'tab');
  expect(driver.text()).toMatch(/Options come from memory\. Run it all the same\? +no/);
  expect(driver.text()).toContain('spadaptrs -s yes 1 1 16 en1');
  driver.press('enter');
  expect(driver.text()).toContain('smitty enter_data');
  // The other way round, the line is gone with the option.
  driver.press('enter', 'up', 'up', 'up', 'tab');
  expect(driver.rows().slice(6, 26)).toEqual(golden('figure_07').slice(6, 26));
});

test('other addresses: node, adapter, then the old list stands in the entry and is added to', () => {
  const driver = drive(world, 'pssp_sdr', {}, { columns: 80, rows: 24 });
  choose(driver, 'Change the Other Addresses of an Adapter').type('9').press('enter');
  const listed = (field: string, values: string[], check = false) => {
    const rows = values.map(value => ({ value, text: value, more: [] }));
    driver.send({ type: 'listed', job: jobOf(driver), field, rows, heading: [], check });
  };
  listed('node', ['1', '5', '9'], true);
  listed('adapter', ['css0', 'en0', 'en1']);
  driver.press('down', 'down', 'enter');
  discover(driver, { netaddr: '129.40.161.9', old: ['129.40.162.67'], addresses: ['129.40.162.67'] });
  expect(driver.rows().slice(6, 12)).toEqual([
    '* Node Number                                         9',
    '* Adapter                                             en1',
    '  Address in the SDR                                  129.40.161.9',
    '  Other Addresses Now                                 129.40.162.67',
    '* Other Addresses (the whole list)                   [129.40.162.67]',
    '  Drop addresses that are there now?                  no                     +',
  ]);
  driver.press('end').type(' 129.40.162.68');
  driver.press('enter');
  const question = driver.text();
  expect(question).toContain('en1 of node 9');
  expect(question).toContain('129.40.162.67,129.40.162.68');
  driver.took();
  driver.press('enter');
  const [run] = driver.took().filter(effect => effect.type === 'run');
  expect(run?.command.text).toBe(
    'SDRArchive && SDRChangeAttrValues Adapter node_number==9 adapter_type==en1 other_addrs=129.40.162.67,129.40.162.68',
  );
});

test('other addresses: the old list deleted from the entry is refused', () => {
  const driver = drive(world, 'pssp_other_addrs', { node: '9', adapter: 'en1' });
  discover(driver, { netaddr: '129.40.161.9', old: ['129.40.162.67'], addresses: ['129.40.162.67'] });
  driver.press('end', ...Array.from({ length: 13 }, () => 'backspace' as const)).type('129.40.162.68');
  driver.took();
  driver.press('enter');
  expect(driver.text()).toContain('replaces the whole list');
  expect(driver.took().filter(effect => effect.type === 'run')).toEqual([]);
  // F5 brings the old list back.
  driver.press('enter', 'f5');
  expect(driver.text()).toContain('[129.40.162.67]');
});

test('kadmin gets the terminal at once', () => {
  const driver = drive(world, 'pssp_kadmin').press('enter');
  const [run] = driver.took().filter(effect => effect.type === 'run');
  expect(run).toMatchObject({ command: { text: 'kadmin -m', mode: 'interactive', secrets: [] } });
});

test('a command that is not verified says so in the question and names the real panel', () => {
  const driver = drive(world, 'pssp_site_env').press('tab', 'enter');
  expect(driver.text()).toContain('This command is not verified:');
  expect(driver.text()).toContain('smitty enter_data');
});
