/** The ways through the panels of CSM and Pacemaker that lead over more than one screen, walked by keys without a terminal. */
import { expect, test } from 'vitest';
import { evaluate, variablesOf } from '../../src/panel/expression.ts';
import type { Values } from '../../src/panel/types.ts';
import { type Driver, drive, worldOf } from '../helpers/session.ts';
import { readShipped } from './panels.ts';

const shipped = await readShipped();
const world = worldOf([...shipped.panels.values()], {
  sources: [...shipped.sources.values()],
  evaluate: (expression, fields, values) =>
    evaluate(expression, variablesOf(fields, values, { os: 'linux', site: {} })),
});

/** The job that the session waits for. */
function jobOf(driver: Driver): number {
  const box = driver.state.boxes.at(-1);
  if (box?.kind !== 'working') throw new Error(`nothing is asked of the system here:\n${driver.text()}`);
  return box.job;
}

/** The list was asked for, to see whether what was typed is in it. */
function checkedAgainst(driver: Driver, field: string, values: string[]): void {
  const rows = values.map(value => ({ value, text: value, more: [] }));
  driver.send({ type: 'listed', job: jobOf(driver), field, rows, heading: [], check: true });
}

function classified(driver: Driver, panel: string, next: string, values: Values, said: string): void {
  driver.send({ type: 'classified', job: jobOf(driver), panel, next, values, said });
}

const runs = (driver: Driver) => driver.took().filter(effect => effect.type === 'run');

test('a node is put into standby by the tool that is there, after a question that shows what would happen', () => {
  const driver = drive(world, 'pcmk_node_standby').type('node1').press('enter');
  checkedAgainst(driver, 'node', ['node1', 'node2']);
  classified(driver, 'pcmk_node_standby', 'pcmk_node_standby_crm', { node: 'node1' }, 'crm');
  expect(driver.text()).toContain('Put a Node into Standby (crm)');
  expect(driver.text()).toContain('crm node standby node1');
  driver.took();
  driver.press('enter');
  checkedAgainst(driver, 'node', ['node1', 'node2']);
  expect(runs(driver)).toEqual([]);
});

test('a node that is not of the cluster is refused before anything is asked', () => {
  const driver = drive(world, 'pcmk_simulate_node').type('nosuch').press('enter');
  checkedAgainst(driver, 'node', ['node1', 'node2']);
  expect(driver.text()).toContain('nosuch');
  expect(runs(driver)).toEqual([]);
});

test('the installation of nodes that CSM cannot tell apart leads to a page that links both ways', () => {
  const driver = drive(world, 'csm_setup').type('n1 n3').press('enter');
  checkedAgainst(driver, 'nodes', ['n1', 'n3']);
  classified(driver, 'csm_setup', 'csm_setup_unknown', { nodes: ['n1', 'n3'] }, 'both');
  expect(driver.text()).toContain('Kickstart or AutoYaST?');
  expect(driver.text()).toMatch(/Red Hat is installed by Kickstart/);
});

test('the nodes that were chosen stand in the form of their distribution', () => {
  const driver = drive(world, 'csm_setup').type('n1 n2').press('enter');
  checkedAgainst(driver, 'nodes', ['n1', 'n2']);
  classified(driver, 'csm_setup', 'csm_setup_ks', { nodes: ['n1', 'n2'] }, 'redhat');
  expect(driver.text()).toContain('csmsetupks -n n1,n2');
});

test('nodes are installed only after their names were typed', () => {
  const driver = drive(world, 'csm_install_nodes').type('n1').press('enter');
  checkedAgainst(driver, 'nodes', ['n1', 'n2']);
  expect(driver.text()).toMatch(/disks of these nodes are erased/);
  driver.took();
  driver.press('enter');
  expect(runs(driver)).toEqual([]);
  driver.type('n1').press('enter');
  expect(runs(driver)).toMatchObject([{ command: { text: 'installnode -n n1' } }]);
});

test('the time until a node counts as down follows what is typed', () => {
  const driver = drive(world, 'csm_heartbeat');
  driver.send({ type: 'discovered', job: jobOf(driver), values: { frequency: '12', sensitivity: '8' } });
  expect(driver.text()).toMatch(/A dead node is shown as down after +96 seconds or more/);
  driver.press('delete', 'delete').type('5');
  expect(driver.text()).toMatch(/A dead node is shown as down after +40 seconds or more/);
});
