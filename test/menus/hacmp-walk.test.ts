/**
 * The redbook's figures 3, 4 and 6, and the menu of section 2.1, walked by keys from smit hacmp and compared cell by cell with frames that
 * were written from the figures (test/golden/hacmp). Two things are hasmit's own and stand in the frames: the command in the row above the
 * keys, and in figure 4 the failure detection time, which the redbook lets its reader compute.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderTemplate } from '../../src/command/render.ts';
import { evaluate, variablesOf } from '../../src/panel/expression.ts';
import type { Values } from '../../src/panel/types.ts';
import { type Driver, drive, worldOf } from '../helpers/session.ts';
import { inputOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const world = worldOf([...shipped.panels.values()], {
  sources: [...shipped.sources.values()],
  os: 'aix',
  evaluate: (expression, fields, values) => evaluate(expression, variablesOf(fields, values, { os: 'aix', site: {} })),
});

function golden(name: string): string[] {
  return readFileSync(new URL(`../golden/hacmp/${name}.txt`, import.meta.url), 'utf8')
    .replace(/\n$/, '')
    .split('\n');
}

/** Moves to the menu's line with this text and presses Enter. */
function choose(driver: Driver, ...texts: string[]): Driver {
  for (const text of texts) {
    for (let steps = 0; driver.rows()[driver.frame().cursor.y]?.trim() !== text; steps++) {
      if (steps > 30) throw new Error(`no line "${text}" here:\n${driver.text()}`);
      driver.press('down');
    }
    driver.press('enter');
  }
  return driver;
}

function jobOf(driver: Driver): number {
  const box = driver.state.boxes.at(-1);
  if (box?.kind !== 'working') throw new Error(`nothing is asked of the system here:\n${driver.text()}`);
  return box.job;
}

const discover = (driver: Driver, values: Values): Driver =>
  driver.send({ type: 'discovered', job: jobOf(driver), values });

/** smit hacmp => Cluster Configuration => Cluster Resources => Change/Show Run Time Parameters, and the node from its list. */
function openRunTime(node: string): Driver {
  const driver = choose(
    drive(world, 'hacmp'),
    'Cluster Configuration',
    'Cluster Resources',
    'Change/Show Run Time Parameters',
  ).press('f4');
  const rows = ['sp2n01', 'sp2n05', 'sp2n07'].map(value => ({ value, text: value, more: [] }));
  driver.send({ type: 'listed', job: jobOf(driver), field: 'node', rows, heading: ['Node Name'] });
  while (driver.rows()[driver.frame().cursor.y]?.includes(` ${node} `) !== true) driver.press('down');
  return driver.press('enter', 'enter');
}

test('the menu of section 2.1 is the one of HACMP ES', () => {
  const driver = choose(drive(world, 'hacmp'), 'Cluster Configuration', 'Cluster Topology');
  expect(driver.rows()).toEqual(golden('section_2_1'));
});

test('figure 6: run time parameters of a node as they are at first', () => {
  const driver = discover(openRunTime('sp2n05'), {
    debug: 'high',
    nis: 'false',
    security: 'Standard',
    security_now: 'Standard',
  });
  expect(driver.rows()).toEqual(golden('figure_06'));
});

test('figure 3: run time parameters of a node that uses Kerberos', () => {
  const driver = discover(openRunTime('sp2n05'), {
    debug: 'high',
    nis: 'false',
    security: 'Enhanced',
    security_now: 'Enhanced',
  });
  expect(driver.rows()).toEqual(golden('figure_03'));
});

test('from figure 6 to figure 3: what Kerberos needs is asked, and named before the command runs', () => {
  const driver = discover(openRunTime('sp2n05'), {
    debug: 'high',
    nis: 'false',
    security: 'Standard',
    security_now: 'Standard',
  });
  driver.press('down', 'down', 'tab');
  expect(driver.rows()[9]).toBe(golden('figure_03')[9]);
  expect(driver.rows()[10]).toMatch(/^ {2}All boot and service addresses have principals\? +no +\+$/);
  driver.press('enter');
  expect(driver.text()).toMatch(/ERROR MESSAGE/);
  expect(driver.text()).toMatch(/Kerberos principal first/);
  driver.press('enter').press('tab', 'enter');
  expect(driver.text()).toMatch(/ARE YOU SURE\?/);
  const asked = driver.text().replace(/[|│\s]+/g, ' ');
  expect(asked).toMatch(
    /Enhanced wants first: a Kerberos principal and its key for every boot and service address of every node/,
  );
  expect(asked).toMatch(/This command is not verified/);
  expect(asked).toMatch(/smitty cm_run_time\.select/);
  expect(asked).toMatch(/clchparam -n sp2n05 -s Enhanced/);
  driver.took();
  driver.press('enter');
  expect(driver.took()).toMatchObject([
    { type: 'run', command: { text: '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -s Enhanced' } },
  ]);
});

test('figure 4: topology and group services, with the failure detection time that follows the keys', () => {
  const driver = choose(
    drive(world, 'hacmp'),
    'Cluster Configuration',
    'Cluster Topology',
    'Configure Topology Services and Group Services',
    'Change / Show Topology and Group Services Configuration',
  );
  discover(driver, { interval: '1', fibrillate: '4', ts_log: '5000', gs_log: '5000' });
  expect(driver.rows()).toEqual(golden('figure_04'));
  driver.press('down', 'delete').type('10');
  expect(driver.rows()[8]).toMatch(/^ {2}Failure detection time +20 seconds$/);
  driver.press('up', 'delete').type('2');
  expect(driver.rows()[8]).toMatch(/40 seconds$/);
});

test('a node is typed and not listed: its list is read before the panel opens, and an unknown node is refused', () => {
  const driver = drive(world, 'cm_run_time.select').type('sp2n99').press('enter');
  const rows = [{ value: 'sp2n05', text: 'sp2n05', more: [] }];
  driver.send({ type: 'listed', job: jobOf(driver), field: 'node', rows, heading: [], check: true });
  expect(driver.text()).toMatch(/"sp2n99" is not in the list/);
});

test('a group is made from the list of nodes, its priority is the order in the entry', () => {
  const driver = drive(world, 'cm_add_grp');
  discover(driver, { groups: ['web_rg'], rotating: [] });
  driver.type('db_rg').press('down', 'down').type('sp2n07 sp2n05');
  expect(driver.text()).toContain("claddgrp -g db_rg -r cascading -n 'sp2n07 sp2n05'");
});

test('the question before cluster services stop names what happens, and nothing can be forced', () => {
  const driver = drive(world, 'clstop');
  discover(driver, { clstrmgr: 'active' });
  driver.press('down', 'down', 'tab');
  expect(driver.text()).toContain('graceful with takeover');
  driver.press('tab');
  expect(driver.text()).toMatch(/Shutdown mode +graceful +\+/);
});

/** Rows that a text takes in a box of 80 columns. */
function rowsOf(text: string): number {
  return text.split('\n').reduce((rows, line) => {
    let width = 0;
    for (const word of line.split(' ')) {
      if (width > 0 && width + 1 + word.length > 72) {
        rows++;
        width = word.length;
      } else width += (width > 0 ? 1 : 0) + word.length;
    }
    return rows + 1;
  }, 0);
}

test('no question of HACMP is so long that its command begins below the edge of a screen of 24 rows', () => {
  const dialogs = [...shipped.panels.values()].filter(panel => panel.product === 'hacmp' && panel.kind === 'dialog');
  const long = dialogs.filter(panel => {
    if (panel.kind !== 'dialog' || !panel.confirm || panel.id.startsWith('cm_user_event')) return false;
    const input = { ...inputOf(panel, {}), plain: true };
    const said = renderTemplate(panel.confirm.effect, input).text.replace(/\s+/g, ' ');
    const unverified = panel.evidence.level === 'unverified' ? 4 + rowsOf(panel.evidence.source) : 0;
    return 1 + rowsOf(said) + 1 + unverified + 1 > 12;
  });
  expect(long.map(panel => panel.id)).toEqual([]);
});
