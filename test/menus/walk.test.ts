/** The ways through the shipped panels that lead over more than one screen, walked by keys without a terminal. */
import { expect, test } from 'vitest';
import { evaluate, variablesOf } from '../../src/panel/expression.ts';
import type { Values } from '../../src/panel/types.ts';
import { type Driver, drive, worldOf } from '../helpers/session.ts';
import { readShipped } from './panels.ts';

const shipped = await readShipped();
const site = { virtual_ip: '9.114.47.97', prefix: '26', interface: 'eth0', netmask: '255.255.255.192', standby: 'mn2' };
const world = worldOf([...shipped.panels.values()], {
  sources: [...shipped.sources.values()],
  site,
  evaluate: (expression, fields, values) => evaluate(expression, variablesOf(fields, values, { os: 'linux', site })),
});

/** The job that the session waits for. */
function jobOf(driver: Driver): number {
  const box = driver.state.boxes.at(-1);
  if (box?.kind !== 'working') throw new Error(`nothing is asked of the system here:\n${driver.text()}`);
  return box.job;
}

/** `check`: the list was asked for to see whether what was typed is in it. */
function answerList(driver: Driver, field: string, values: string[], check = false): void {
  const rows = values.map(value => ({ value, text: value, more: [] }));
  driver.send({ type: 'listed', job: jobOf(driver), field, rows, heading: [], check });
}

function panelsOf(driver: Driver): string[] {
  return driver.state.screens.flatMap(screen => ('panel' in screen ? [screen.panel] : []));
}

test('a crontab entry with tabs is found and removed to the letter', () => {
  const driver = drive(world, 'mnode_cron_del.select').press('enter');
  answerList(driver, 'entry', ['0 1 * * * /bin/true', '0\t3 * * *\t/bin/false']);
  driver.press('down', 'enter');
  expect(panelsOf(driver)).toEqual(['mnode_cron_del.select', 'mnode_cron_del']);
  // A tab would move the cursor; it is shown as ^I and stays one in the command.
  expect(driver.text()).toContain('0^I3 * * *^I/bin/false');
  driver.took();
  driver.press('enter');
  const [diff] = driver.took().filter(effect => effect.type === 'diff');
  expect(diff).toMatchObject({
    panel: { id: 'mnode_cron_del' },
    values: { user: 'root', entry: '0\t3 * * *\t/bin/false' },
  });
});

test('a service leads to the panel of the system that runs it', () => {
  const driver = drive(world, 'mnode_service_stop').type('xcatd').press('enter');
  const values: Values = { service: 'xcatd' };
  driver.send({
    type: 'classified',
    job: jobOf(driver),
    panel: 'mnode_service_stop',
    next: 'mnode_service_stop_sysv',
    values,
    said: 'sysv',
  });
  expect(panelsOf(driver)).toEqual(['mnode_service_stop', 'mnode_service_stop_sysv']);
  expect(driver.text()).toContain('service xcatd stop');
});

test('an address is chosen from a list and what it stands on is filled in before it is removed', () => {
  const driver = drive(world, 'mnode_vip_del.select');
  answerList(driver, 'address', ['127.0.0.1', '9.114.47.97']);
  driver.press('down', 'enter');
  driver.send({ type: 'discovered', job: jobOf(driver), values: { interface: 'eth0', prefix: '26' } });
  expect(panelsOf(driver)).toEqual(['mnode_vip_del']);
  expect(driver.text()).toContain('ip addr del 9.114.47.97/26 dev eth0');
  driver.press('enter');
  expect(driver.text()).toMatch(/9\.114\.47\.97/);
  expect(driver.took().filter(effect => effect.type === 'run')).toEqual([]);
});

test('the failure detection time follows the fields as they are typed', () => {
  const driver = drive(world, 'change_show_ts_gs');
  driver.send({
    type: 'discovered',
    job: jobOf(driver),
    values: { interval: '1', fibrillate: '4', ts_log: '5000', gs_log: '5000' },
  });
  expect(driver.text()).toMatch(/Failure detection time +8 seconds/);
  driver.press('down', 'delete').type('10');
  expect(driver.text()).toMatch(/Failure detection time +20 seconds/);
});

test('the entry for Kerberos is there only with Enhanced security', () => {
  const driver = drive(world, 'cm_run_time.select').type('sp2n05').press('enter');
  answerList(driver, 'node', ['sp2n01', 'sp2n05'], true);
  driver.send({
    type: 'discovered',
    job: jobOf(driver),
    values: { debug: 'high', nis: 'false', security: 'Standard' },
  });
  expect(driver.text()).not.toContain('principals');
  expect(driver.text()).toContain('clchparam -n sp2n05\n');
  driver.press('down', 'down', 'tab');
  expect(driver.text()).toContain('All boot and service addresses have principals?');
  expect(driver.text()).toContain('clchparam -n sp2n05 -s Enhanced\n');
});

test('the site fills the form of a virtual address', () => {
  expect(drive(world, 'mnode_vip_add').text()).toContain('ip addr add 9.114.47.97/26 dev eth0 label eth0:0');
});

test('every panel can be reached from the root menu', () => {
  const seen = new Set(['root']);
  for (const id of seen) {
    const panel = shipped.panels.get(id);
    const next =
      panel?.kind === 'selector' ? (typeof panel.next === 'string' ? [panel.next] : Object.values(panel.next.map)) : [];
    const items = panel?.kind === 'menu' ? panel.items.flatMap(item => (item.panel ? [item.panel] : [])) : [];
    for (const child of [...next, ...items]) seen.add(child);
  }
  expect([...shipped.panels.keys()].filter(id => !seen.has(id))).toEqual([]);
});
