/** What crm_mon says in XML, as a page: as Pacemaker 2.1.5 prints it, and damaged. */
import { expect, test } from 'vitest';
import { crmMonPage } from '../../src/formats/crm-mon.ts';

const node = (name: string, more: Record<string, string> = {}) => {
  const attributes = {
    online: 'true',
    standby: 'false',
    maintenance: 'false',
    unclean: 'false',
    health: 'green',
    ...more,
  };
  return `    <node name="${name}" id="1" ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${value}"`)
    .join(' ')} type="member"/>`;
};

const resource = (id: string, on: string | undefined, more = '') =>
  on === undefined
    ? `<resource id="${id}" role="Stopped" active="false" managed="true" failed="false" nodes_running_on="0"${more}/>`
    : `<resource id="${id}" role="Started" active="true" managed="true" failed="false" nodes_running_on="1"${more}>
      <node name="${on}" id="1" cached="true"/>
    </resource>`;

interface Parts {
  dc?: string;
  options?: string;
  nodes?: string[];
  resources?: string[];
  rest?: string;
}

/** The XML of crm_mon: a whole one, with these parts. */
const xml = ({
  dc,
  options,
  nodes,
  resources,
  rest,
}: Parts = {}) => `<pacemaker-result api-version="2.25" request="crm_mon --output-as=xml">
  <summary>
    <stack type="corosync"/>
    <current_dc ${dc ?? 'present="true" version="2.1.5" name="node1" id="1" with_quorum="true"'}/>
    <cluster_options ${options ?? 'stonith-enabled="true" maintenance-mode="false" stop-all-resources="false"'}/>
  </summary>
  <nodes>
${(nodes ?? [node('node1'), node('node2')]).join('\n')}
  </nodes>
  <resources>
    ${(resources ?? [resource('db', 'node1')]).join('\n    ')}
  </resources>
${rest ?? ''}  <status code="0" message="OK"/>
</pacemaker-result>
`;

const page = (text: string) => {
  const { text: shown, status } = crmMonPage(text);
  return `${shown}\nstatus ${status}`;
};

/** The lines below a heading. */
const below = (text: string, heading: string) => {
  const lines = crmMonPage(text).text.split('\n');
  const at = lines.indexOf(heading);
  if (at < 0) return [];
  const rest = lines.slice(at + 1);
  return rest.slice(0, rest.indexOf('')).map(line => line.trim());
};

test('a cluster in which all is well gets a page with that verdict', () => {
  const group = `<group id="g1" number_resources="2">\n${resource('vip', 'node2')}\n${resource('web', 'node2')}\n</group>`;
  expect(page(xml({ resources: [resource('db', 'node1'), group] }))).toBe(`Cluster: led by node1, quorum

Nodes
  node1  online
  node2  online

Resources
  db     Started  on node1
  g1     group
    vip  Started  on node2
    web  Started  on node2

Nodes and resources are as they should be.
status 0`);
});

test('what is wrong is told one by one, and the page ends with status 1', () => {
  const text = xml({
    dc: 'present="true" name="node1" with_quorum="false"',
    nodes: [
      node('node1', { health: 'red' }),
      node('node2', { online: 'false' }),
      node('node3', { online: 'false', unclean: 'true' }),
    ],
    resources: [
      resource('a', undefined),
      resource('b', 'node1', ' blocked="true"').replace('failed="false"', 'failed="true"'),
      `<resource id="c" role="Started" managed="true"><node name="node1"/><node name="node2"/></resource>`,
      '<resource id="d" managed="true"/>',
    ],
    rest: '  <failures>\n    <failure op_key="b_start_0" node="node1" exitstatus="error" exitreason="no &quot;space&quot;"/>\n  </failures>\n',
  });
  expect(below(text, 'Wrong')).toEqual([
    'This part of the cluster has no quorum.',
    'The health of node node1 is red.',
    'Node node2 is offline.',
    'Node node3 is unclean: it must be fenced before its resources start elsewhere.',
    'Resource a is stopped, and nobody said that it shall be.',
    'Resource b has failed.',
    'Resource b is blocked: the cluster can do nothing until somebody mends it.',
    'Resource c runs on 2 nodes at once.',
    'Resource d is in an unknown state.',
    'b_start_0 failed on node1: no "space".',
  ]);
  expect(page(text)).toMatch(/Somebody must look: 10 things are wrong\.\nstatus 1$/);
});

test('a cluster without a leader is not well', () => {
  expect(below(xml({ dc: 'present="false"' }), 'Wrong')).toEqual([
    'No node leads the cluster (DC); nothing is started or stopped.',
  ]);
});

test('what should be known is told without a failure', () => {
  const text = xml({
    options: 'stonith-enabled="false" maintenance-mode="true"',
    nodes: [node('node1', { standby: 'true' }), node('node2', { maintenance: 'true' })],
    resources: [resource('db', undefined, ' target_role="Stopped"')],
    rest: `  <node_history><node name="node1"><resource_history id="db" fail-count="3"/><resource_history id="x" fail-count="0"/></node></node_history>
  <bans><ban id="cli-ban-db-on-node2" resource="db" node="node2" weight="-1000000"/></bans>
`,
  });
  expect(below(text, 'Nodes')).toEqual(['node1  online, standby', 'node2  online, maintenance']);
  expect(below(text, 'To be known')).toEqual([
    'The whole cluster is in maintenance: it watches nothing.',
    'Fencing is off: two nodes may write to the same disk.',
    'Resource db is stopped on purpose.',
    'Resource db may not run on node2 (constraint cli-ban-db-on-node2).',
    'Resource db has failed 3 times on node1.',
  ]);
  expect(crmMonPage(text).status).toBe(0);
});

test('an error is told although the status beside it says OK', () => {
  const text = `<pacemaker-result api-version="2.25" request="crm_mon --output-as=xml">
  <status code="0" message="OK">
    <errors>
      <error>Could not connect to the CIB: No such device or address</error>
    </errors>
  </status>
</pacemaker-result>
`;
  expect(page(text)).toBe(`The state of the cluster is not known.
  Could not connect to the CIB: No such device or address
status 1`);
});

test('an output that ends too early is never well, wherever it ends', () => {
  const whole = xml();
  for (let end = 0; end < whole.trimEnd().length; end += 7) {
    const { text, status } = crmMonPage(whole.slice(0, end));
    expect([end, status]).toEqual([end, 1]);
    expect(text).toMatch(/not known|ends too early/);
  }
});

test('what is no XML of crm_mon is not known', () => {
  expect(page('')).toBe('The state of the cluster is not known.\n  It printed nothing.\nstatus 1');
  for (const text of ['Online: [ node1 ]\n', '<html><p>no</p></html>', '<nodes></nodes>', '<<<>&', '</nodes></x>'])
    expect([text, crmMonPage(text).status]).toEqual([text, 1]);
});

test('what is not understood between the elements does not hide what follows', () => {
  const text = xml().replace('  <nodes>', '  garbage < & > here\n  <odd attr=unquoted>\n  <nodes>');
  expect(below(text, 'Nodes')).toEqual(['node1  online', 'node2  online']);
});
