/**
 * A page for people of what `crm_mon --output-as=xml` (or `pcs status xml`) says, with a verdict: `hasmit format crm-mon`. Status 1 when a
 * node or resource is not as it should be, and when nothing could be read; crm_mon itself ends with 0 and says OK when it could not read the
 * cluster's state, with the reason in an element below (tried with Pacemaker 2.1.5).
 */

/** An element of the XML: its name, its attributes, what stands in it. */
interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** The page of an output. Never throws. */
export function crmMonPage(text: string): { text: string; status: 0 | 1 } {
  const { root, whole } = readXml(text);
  const errors = all(root, 'error').map(error => error.text.trim());
  const nodes = inside(root, 'nodes').filter(element => element.name === 'node');
  if (errors.length > 0 || nodes.length === 0) return { text: nothingRead(errors, text), status: 1 };
  const resources = resourceRows(inside(root, 'resources'), 0);
  const wrong = [
    ...(whole ? [] : ['The output of crm_mon ends too early; there may be more.']),
    ...wrongInCluster(root),
    ...nodes.flatMap(wrongInNode),
    ...all(root, 'resources').flatMap(list => all(list, 'resource').flatMap(wrongInResource)),
    ...inside(root, 'failures').flatMap(wrongInFailure),
  ];
  const page = [
    summary(root),
    '',
    ...table(
      'Nodes',
      nodes.map(node => [node.attributes.name ?? '?', nodeState(node.attributes)]),
    ),
    ...table('Resources', resources),
    ...listed('Wrong', wrong),
    ...listed('To be known', notesOn(root)),
    wrong.length === 0 ? 'Nodes and resources are as they should be.' : `Somebody must look: ${count(wrong.length)}.`,
  ];
  return { text: page.join('\n'), status: wrong.length === 0 ? 0 : 1 };
}

function nothingRead(errors: string[], text: string): string {
  const reason = errors.length > 0 ? errors : text.trim() === '' ? ['It printed nothing.'] : [];
  return [
    'The state of the cluster is not known.',
    ...reason.map(line => `  ${line}`),
    ...(reason.length > 0 ? [] : ['  What was printed holds no nodes; is it the XML of crm_mon?']),
  ].join('\n');
}

function summary(root: Element): string {
  const { attributes: dc } = first(root, 'current_dc');
  const leads = dc.present === 'true' ? `led by ${dc.name ?? '?'}` : 'led by nobody';
  const quorum = dc.with_quorum === undefined ? 'quorum not told' : dc.with_quorum === 'true' ? 'quorum' : 'NO quorum';
  return `Cluster: ${leads}, ${quorum}`;
}

function wrongInCluster(root: Element): string[] {
  const { attributes: dc } = first(root, 'current_dc');
  const { attributes: options } = first(root, 'cluster_options');
  return [
    ...(dc.present === 'true' ? [] : ['No node leads the cluster (DC); nothing is started or stopped.']),
    ...(dc.with_quorum === 'false' ? ['This part of the cluster has no quorum.'] : []),
    ...(options['stop-all-resources'] === 'true' ? ['All resources are stopped by stop-all-resources.'] : []),
  ];
}

function nodeState(node: Record<string, string>): string {
  const states = ['standby', 'standby_onfail', 'maintenance', 'pending', 'unclean', 'shutdown'];
  const online = node.online === 'true' ? 'online' : node.online === 'false' ? 'OFFLINE' : 'unknown';
  return [online, ...states.filter(name => node[name] === 'true').map(name => name.replace('_', ' '))].join(', ');
}

function wrongInNode({ attributes: node }: Element): string[] {
  const name = `Node ${node.name ?? '?'}`;
  return [
    ...(node.unclean === 'true' ? [`${name} is unclean: it must be fenced before its resources start elsewhere.`] : []),
    ...(node.online === 'true' || node.unclean === 'true'
      ? []
      : [`${name} is ${node.online === 'false' ? 'offline' : 'in an unknown state'}.`]),
    ...(node.standby_onfail === 'true' ? [`${name} went into standby after a failure.`] : []),
    ...(node.health !== undefined && node.health !== 'green'
      ? [`The health of node ${node.name} is ${node.health}.`]
      : []),
  ];
}

/** Resources, groups, clones and bundles, each a row, what is in another indented below it. */
function resourceRows(elements: Element[], depth: number): string[][] {
  return elements.flatMap(({ name, attributes, children }) => {
    const inner = children.filter(child => ['resource', 'group', 'clone', 'bundle', 'replica'].includes(child.name));
    const label = `${' '.repeat(2 * depth)}${attributes.id ?? '?'}`;
    if (name !== 'resource') return [[label, name, ''], ...resourceRows(inner, depth + 1)];
    const on = children.filter(child => child.name === 'node').map(node => node.attributes.name ?? '?');
    const marks = ['failed', 'blocked', 'orphaned'].filter(mark => attributes[mark] === 'true');
    if (attributes.managed === 'false') marks.push('unmanaged');
    return [
      [label, attributes.role ?? 'unknown', [on.length > 0 ? `on ${on.join(', ')}` : 'nowhere', ...marks].join(', ')],
    ];
  });
}

function wrongInResource({ attributes: resource, children }: Element): string[] {
  const name = `Resource ${resource.id ?? '?'}`;
  const on = children.filter(child => child.name === 'node').length;
  const meant = resource.target_role?.toLowerCase() === 'stopped';
  if (resource.role === undefined) return [`${name} is in an unknown state.`];
  return [
    ...(resource.failed === 'true' && resource.failure_ignored !== 'true' ? [`${name} has failed.`] : []),
    ...(resource.blocked === 'true' ? [`${name} is blocked: the cluster can do nothing until somebody mends it.`] : []),
    ...(resource.role === 'Stopped' && !meant ? [`${name} is stopped, and nobody said that it shall be.`] : []),
    ...(resource.role !== 'Stopped' && on === 0 ? [`${name} is ${resource.role}, and nobody knows where.`] : []),
    ...(on > 1 ? [`${name} runs on ${on} nodes at once.`] : []),
  ];
}

function wrongInFailure({ attributes: failure }: Element): string[] {
  const what = failure.op_key ?? failure.task ?? 'an operation';
  const why = failure.exitreason || failure.exitstatus || 'no reason is told';
  return [`${what} failed on ${failure.node ?? '?'}: ${why}.`];
}

function notesOn(root: Element): string[] {
  const { attributes: options } = first(root, 'cluster_options');
  const histories = inside(root, 'node_history').flatMap(node =>
    node.children.filter(({ attributes }) => Number(attributes['fail-count'] ?? 0) !== 0).map(each => ({ node, each })),
  );
  const stopped = all(first(root, 'resources'), 'resource').filter(
    ({ attributes }) => attributes.role === 'Stopped' && attributes.target_role?.toLowerCase() === 'stopped',
  );
  return [
    ...(options['maintenance-mode'] === 'true' ? ['The whole cluster is in maintenance: it watches nothing.'] : []),
    ...(options['stonith-enabled'] === 'false' ? ['Fencing is off: two nodes may write to the same disk.'] : []),
    ...stopped.map(({ attributes }) => `Resource ${attributes.id} is stopped on purpose.`),
    ...inside(root, 'bans').map(
      ({ attributes: ban }) => `Resource ${ban.resource} may not run on ${ban.node} (constraint ${ban.id}).`,
    ),
    ...histories.map(
      ({ node, each }) =>
        `Resource ${each.attributes.id} has failed ${times(each.attributes['fail-count'])} on ${node.attributes.name}.`,
    ),
  ];
}

const times = (text = '') => (text === '1' ? 'once' : `${text} times`);
const count = (wrong: number) => (wrong === 1 ? 'one thing is wrong' : `${wrong} things are wrong`);

function table(title: string, rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(cell.length, most[i] ?? 0)), []);
  const lines = rows.map(row => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
  return [title, ...lines, ''];
}

const listed = (title: string, lines: string[]) =>
  lines.length > 0 ? [title, ...lines.map(line => `  ${line}`), ''] : [];

const nothing: Element = { name: '', attributes: {}, children: [], text: '' };

/** Elements of this name below another, at any depth, in their order. */
function all(element: Element, name: string): Element[] {
  return element.children.flatMap(child => (child.name === name ? [child, ...all(child, name)] : all(child, name)));
}

const first = (element: Element, name: string) => all(element, name)[0] ?? nothing;
const inside = (element: Element, name: string) => first(element, name).children;

/**
 * The elements of an XML text as crm_mon writes it: attributes in double quotes, no CDATA. What is no element is passed over.
 * `whole` is false when the text ends inside an element.
 */
function readXml(text: string): { root: Element; whole: boolean } {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const tag = /<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>|([^<]+)|</g;
  for (const [, close, name, attributes = '', empty, words] of text.matchAll(tag)) {
    const here = open.at(-1)!;
    if (words !== undefined) here.text += plain(words);
    else if (name === undefined) continue;
    else if (close) {
      const at = open.findLastIndex(element => element.name === name);
      if (at > 0) open.length = at;
    } else {
      const element: Element = { name, attributes: readAttributes(attributes), children: [], text: '' };
      here.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return { root, whole: open.length === 1 };
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, plain(value!)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => entities[name]!);
}
