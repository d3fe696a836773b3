/** What cmviewcl says, read from its lines and from its table: as the reference prints them, and damaged. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cmviewclPage, readCmviewcl } from '../../src/formats/cmviewcl.ts';

const sample = (name: string) =>
  readFileSync(resolve(import.meta.dirname, '../fixtures/formats/cmviewcl', name), 'utf8');

const page = (text: string) => {
  const { text: shown, status } = cmviewclPage(text);
  return `${shown}\nstatus ${status}`;
};

test('a cluster in which all is up gets a page with that verdict', () => {
  expect(page(sample('running.line'))).toBe(`Cluster example: up, ok

Nodes
  ftsys9   up  running  ok
  ftsys10  up  running  ok

Package
  pkg1  up  running  on ftsys9  switching enabled

Cluster, nodes and packages are up.
status 0`);
});

test('what is down, failed or degraded is told one by one, and the page ends with status 1', () => {
  expect(page(sample('degraded.line'))).toBe(`Cluster example: up, degraded

Nodes
  ftsys9   up    running  ok
  ftsys10  down  halted

Packages
  pkg1     up    running  may run on ftsys9, ftsys10  switching disabled
  PKG-2.b  down  failed   nowhere                     switching enabled

Wrong
  Interface lan10 on node ftsys9 is down.
  Node ftsys10 is down, halted.
  Package PKG-2.b is down, failed.

To be known
  Package pkg1 runs, but its switching is disabled: it does not fail over (cmmodpkg -e pkg1).
  Package pkg1 may not run on ftsys10: the node is disabled for it.

3 things are wrong.
status 1`);
});

test('the table of an old release gives the same page', () => {
  expect(page(sample('short.table'))).toBe(`Cluster example: up

Nodes
  ftsys9   up    running
  ftsys10  down  halted

Packages
  pkg1  up  running  on ftsys9  switching enabled
  pkg2  up  running  on ftsys9  switching enabled

Wrong
  Node ftsys10 is down, halted.

One thing is wrong.
status 1`);
});

test('the table with details is read to its services, networks, quorum server and switches', () => {
  const state = readCmviewcl(sample('long.table'));
  expect(state.unread).toEqual([]);
  expect(state.nodes).toEqual([
    {
      ...{ name: 'ftsys9', status: 'up', state: 'running', summary: '' },
      parts: [
        { kind: 'quorum_server', name: 'lp-qs', status: 'up' },
        { kind: 'interface', name: 'lan0', status: 'up' },
        { kind: 'interface', name: 'lan1', status: 'up' },
      ],
    },
    {
      ...{ name: 'ftsys10', status: 'up', state: 'running', summary: '' },
      parts: [
        { kind: 'interface', name: 'eth0', status: 'up' },
        { kind: 'interface', name: 'eth1', status: 'down' },
      ],
    },
  ]);
  expect(state.packages).toEqual([
    {
      ...{ name: 'pkg1', status: 'up', state: 'running', autorun: 'enabled', summary: '', owner: 'ftsys9' },
      nodes: [
        { name: 'ftsys9', switching: 'enabled', current: true },
        { name: 'ftsys10', switching: 'enabled', current: false },
      ],
      parts: [
        { kind: 'service', name: 'service1', status: 'up' },
        { kind: 'subnet', name: '15.13.168.0', status: 'up' },
      ],
    },
    {
      ...{ name: 'pkg3', status: 'down', state: 'halted', autorun: 'disabled', summary: '', owner: '' },
      nodes: [
        { name: 'ftsys10', switching: 'disabled', current: false },
        { name: 'ftsys9', switching: '', current: false },
      ],
      parts: [
        { kind: 'service', name: 'service3', status: 'down' },
        { kind: 'subnet', name: '15.13.168.0', status: 'up' },
      ],
    },
  ]);
  expect(page(sample('long.table'))).toContain(`Wrong
  Interface eth1 on node ftsys10 is down.
  Package pkg3 is down, halted.
`);
});

test('a package on several nodes has no node of its own, and may have no state and no switch', () => {
  const { packages, unread } = readCmviewcl(sample('multi-node.table'));
  expect(packages.map(({ name, status, state, autorun, owner }) => [name, status, state, autorun, owner])).toEqual([
    ['SG-CFS-pkg', 'up', 'running', 'enabled', ''],
    ['mnpkg', 'up', '', '', ''],
  ]);
  expect(unread).toEqual([]);
  expect(page(sample('multi-node.table'))).toMatch(/Cluster, nodes and packages are up\.\nstatus 0$/);
});

test('the answer about one package is not taken for the state of the cluster', () => {
  expect(
    page(sample('package.line')),
  ).toBe(`This is the answer to a question about one node or package (-n or -p): the state of the cluster is not in it.
  name=PKG1
  status=up
  state=running
  autorun=enabled
status 1`);
});

test('a value may hold = and |, quotes are taken off, and names may have capitals, dots and dashes', () => {
  const { packages } = readCmviewcl(sample('degraded.line'));
  expect(packages.map(pack => pack.name)).toEqual(['pkg1', 'PKG-2.b']);
  const odd = readCmviewcl('name="a=b|c"\r\nstatus=up\r\nnode:n1|name=n1\r\nnode:n1|status=up\r\n');
  expect([odd.name, odd.nodes[0]!.status, odd.unread]).toEqual(['a=b|c', 'up', []]);
});

test('what is not known is never shown as right', () => {
  for (const state of ['unknown', 'starting', '', 'Up', 'gone']) {
    const text = `name=example\nstatus=${state}\nnode:n1|name=n1\nnode:n1|status=up\n`;
    expect([state, cmviewclPage(text).status]).toEqual([state, 1]);
  }
  expect(page('name=example\nstatus=up\nnode:n1|name=n1\n')).toContain('Node n1 is unknown.');
  expect(page('name=example\nstatus=up\n')).toMatch(/No node is told of[\s\S]*status 1/);
  expect(page('name=example\nstatus=up\nsummary=critical\nnode:n1|status=up\n')).toMatch(
    /calls itself critical[\s\S]*status 1/,
  );
});

test('a message in place of a state, or nothing at all, is an unknown state', () => {
  expect(page('')).toBe(`The state of the cluster is unknown: cmviewcl told nothing that can be read.
It said nothing. Is this a node of a cluster, and may you look at it?
status 1`);
  expect(
    page('cmviewcl: Cannot view the cluster configuration.\nEither this node is not configured\n'),
  ).toBe(`The state of the cluster is unknown: cmviewcl told nothing that can be read.
It said:
  cmviewcl: Cannot view the cluster configuration.
  Either this node is not configured
status 1`);
});

test('a damaged output keeps what can be read, tells what cannot, and never throws', () => {
  const lines = sample('running.line').split('\n');
  const noise = [...lines.slice(0, 9), 'Warning: could not reach node ftsys10', '\u0000\u0001', ...lines.slice(9)];
  const { text, status } = cmviewclPage(noise.join('\n'));
  expect(status).toBe(0);
  expect(text).toContain('  Warning: could not reach node ftsys10');
  for (const name of ['running.line', 'degraded.line', 'short.table', 'long.table', 'multi-node.table']) {
    const whole = sample(name);
    for (let cut = 0; cut < whole.length; cut += 7) {
      const shown = cmviewclPage(whole.slice(0, cut));
      expect(shown.text, `${name} cut at ${cut}`).not.toBe('');
    }
  }
});

test('a table that is cut off before its nodes gives no verdict of its own', () => {
  const whole = sample('short.table');
  expect(cmviewclPage(whole.slice(0, whole.indexOf('NODE'))).status).toBe(1);
  // A line cut in the middle of a word is an unknown word.
  expect(page(sample('running.line').replace(/status=up[\s\S]*/, 'status=u'))).toMatch(
    /The cluster is u\.[\s\S]*status 1/,
  );
});
