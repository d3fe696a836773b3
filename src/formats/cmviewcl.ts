/**
 * A page for people of what cmviewcl says, with a verdict: `hasmit format cmviewcl`. Status 1 when something is down, has failed or is
 * not known, and when nothing could be read; an unknown state is never shown as right.
 */
import { isStatusLine, readLines } from './cmviewcl-line.ts';
import type { ClusterPackage, ClusterState, Part } from './cmviewcl-state.ts';
import { readTable } from './cmviewcl-table.ts';

/** Reads the output of cmviewcl: its lines (`-f line`) where there are any, its table otherwise. Never throws. */
export function readCmviewcl(text: string): ClusterState {
  const lines = text.split(/\r\n|\n|\r/);
  const state = lines.some(isStatusLine) ? readLines(lines) : readTable(lines);
  const empty = state.nodes.length === 0 && state.packages.length === 0 && state.status === '';
  return empty ? { ...state, form: 'nothing' } : state;
}

/** The page of an output. */
export function cmviewclPage(text: string): { text: string; status: 0 | 1 } {
  const state = readCmviewcl(text);
  if (state.form === 'nothing') return { text: nothingRead(text), status: 1 };
  if (state.filtered) return { text: filteredRead(text), status: 1 };
  const wrong = wrongIn(state);
  const notes = notesOn(state);
  const page = [
    `Cluster ${state.name || '(name not told)'}: ${word(state.status)}${state.summary ? `, ${state.summary}` : ''}`,
    '',
    ...table(
      'Node',
      state.nodes.map(node => [node.name, word(node.status), node.state, node.summary]),
    ),
    ...table(
      'Package',
      state.packages.map(pack => [
        pack.name,
        word(pack.status),
        pack.state,
        runsOn(pack),
        `switching ${pack.autorun || '-'}`,
      ]),
    ),
    ...listed('Wrong', wrong),
    ...listed('To be known', notes),
    ...listed(
      'Not understood',
      state.unread.map(line => line.trim()),
    ),
    verdict(state, wrong.length),
  ];
  return { text: page.join('\n'), status: isWrong(state, wrong.length) ? 1 : 0 };
}

/** States that are as they should be. Whatever else is said is looked at by a person. */
const good = new Set(['up', 'running', 'ok', 'enabled', 'true', 'standby', 'maintenance']);

function wrongIn(state: ClusterState): string[] {
  const found: string[] = [];
  if (!good.has(state.status)) found.push(`The cluster is ${word(state.status)}.`);
  for (const node of state.nodes) {
    if (!isGood(node)) found.push(`Node ${node.name} is ${said(node)}.`);
    found.push(...wrongParts(node.parts, `on node ${node.name}`));
  }
  for (const pack of state.packages) {
    // What belongs to a package that does not run is down with it.
    if (!isGood(pack)) found.push(`Package ${pack.name} is ${said(pack)}.`);
    else found.push(...wrongParts(pack.parts, `of package ${pack.name}`));
  }
  return [...found, ...wrongParts(state.parts, 'of the cluster')];
}

/** A state that is not told (STATE of a multi-node package) is no failure; a status that is not told is. */
const isGood = ({ status, state }: { status: string; state: string }) =>
  good.has(status) && (state === '' || good.has(state));

const said = ({ status, state }: { status: string; state: string }) =>
  [...new Set([word(status), state].filter(Boolean))].join(', ');

function wrongParts(parts: Part[], where: string): string[] {
  return parts
    .filter(part => !good.has(part.status))
    .map(part => `${title(part.kind)} ${part.name} ${where} is ${word(part.status)}.`);
}

/** What is no failure now, and may be one at the next failover. */
function notesOn(state: ClusterState): string[] {
  return state.packages.flatMap(pack => {
    const off = pack.nodes.filter(node => node.switching === 'disabled').map(node => node.name);
    return [
      ...(pack.autorun === 'disabled' && pack.status === 'up'
        ? [
            `Package ${pack.name} runs, but its switching is disabled: it does not fail over (cmmodpkg -e ${pack.name}).`,
          ]
        : []),
      ...(pack.state === 'maintenance'
        ? [`Package ${pack.name} is in maintenance: its failures are not acted on.`]
        : []),
      ...(off.length > 0
        ? [`Package ${pack.name} may not run on ${off.join(', ')}: the node is disabled for it.`]
        : []),
    ];
  });
}

const isWrong = (state: ClusterState, wrong: number) =>
  wrong > 0 || state.nodes.length === 0 || (state.summary !== '' && state.summary !== 'ok');

function verdict(state: ClusterState, wrong: number): string {
  if (wrong > 0) return wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`;
  if (state.nodes.length === 0) return 'No node is told of: this is not the whole cluster, and no verdict.';
  if (isWrong(state, wrong))
    return `The cluster calls itself ${state.summary}. Look at it with all details (cmviewcl -v).`;
  return 'Cluster, nodes and packages are up.';
}

function runsOn(pack: ClusterPackage): string {
  const owner = pack.owner || pack.nodes.find(node => node.current)?.name;
  if (owner) return `on ${owner}`;
  if (!good.has(pack.status)) return 'nowhere';
  return pack.nodes.length > 0 ? `may run on ${pack.nodes.map(node => node.name).join(', ')}` : '';
}

function table(name: string, rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  const lines = rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
  return [rows.length === 1 ? name : `${name}s`, ...lines, ''];
}

function listed(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map(line => `  ${line}`), ''];
}

const word = (text: string) => text || 'unknown';
const title = (kind: string) => kind.slice(0, 1).toUpperCase() + kind.slice(1).replaceAll('_', ' ');

function nothingRead(text: string): string {
  const said = text.split(/\r\n|\n|\r/).filter(line => line.trim() !== '');
  return [
    'The state of the cluster is unknown: cmviewcl told nothing that can be read.',
    said.length > 0 ? 'It said:' : 'It said nothing. Is this a node of a cluster, and may you look at it?',
    ...said.slice(0, 20).map(line => `  ${line.trim()}`),
  ].join('\n');
}

function filteredRead(text: string): string {
  return [
    'This is the answer to a question about one node or package (-n or -p): the state of the cluster is not in it.',
    ...text
      .trimEnd()
      .split(/\r\n|\n|\r/)
      .map(line => `  ${line}`),
  ].join('\n');
}
