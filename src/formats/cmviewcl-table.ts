/**
 * The table of `cmviewcl` and `cmviewcl -v`, for releases that have no lines. It is read by its headings and by the words, never by the
 * columns' places: the spacing differs between releases, and some columns may be empty (STATE and AUTO_RUN of a multi-node package,
 * SWITCHING, PATH on Linux).
 */
import {
  type ClusterNode,
  type ClusterPackage,
  type ClusterState,
  emptyState,
  entryOf,
  newNode,
  newPackage,
  type Part,
} from './cmviewcl-state.ts';

type Section = 'cluster' | 'node' | 'package' | 'interface' | 'quorum' | 'script' | 'switching' | 'other';

/** The headings, by their first words. */
const headings: [pattern: RegExp, section: Section][] = [
  [/^CLUSTER\s+STATUS\b/, 'cluster'],
  [/^NODE\s+STATUS\b/, 'node'],
  [/^PACKAGE\s+STATUS\b/, 'package'],
  [/^INTERFACE\s+STATUS\b/, 'interface'],
  [/^NAME\s+STATUS\s+STATE\b/, 'quorum'],
  [/^ITEM\s+STATUS\b/, 'script'],
  [/^NODE_TYPE\s+STATUS\b/, 'switching'],
  // Any other heading: words in capitals, or one such as Script_Parameters:
  [/^[A-Z_]+(\s+[A-Z_]+)+$/, 'other'],
  [/^[A-Z][A-Za-z]*(_[A-Z][A-Za-z]*)+:?$/, 'other'],
];

const switches = /^(enabled|disabled)$/;
const states = /^(running|halted|starting|halting|failed|maintenance|unknown|detached|halt_aborted)$/;

/** Reads the table. Lines before the first heading, and rows that cannot be understood, are kept in `unread`. */
export function readTable(lines: string[]): ClusterState {
  const state = emptyState('table');
  let section: Section | undefined;
  let node: ClusterNode | undefined;
  let pack: ClusterPackage | undefined;
  let placed = true;
  for (const line of lines) {
    const text = line.trim();
    const heading = headings.find(([pattern]) => pattern.test(text));
    if (heading) {
      section = heading[1];
      // What follows belongs to no node. The last column of multi-node packages is SYSTEM (yes or no) and not the node.
      if (/^(UNOWNED|MULTI_NODE)_PACKAGES/.test(text)) node = undefined;
      if (section === 'package') placed = /\bNODE$/.test(text);
      continue;
    }
    // A blank line ends a table.
    if (text === '') {
      section = undefined;
      continue;
    }
    const words = text.split(/\s+/);
    if (section === undefined || words.length < 2) {
      if (section !== 'other') state.unread.push(line);
    } else if (section === 'cluster') {
      state.name = words[0]!;
      state.status = words[1]!;
    } else if (section === 'node') {
      node = entryOf(state.nodes, words[0]!, newNode);
      pack = undefined;
      node.status = words[1]!;
      node.state = words[2] ?? '';
    } else if (section === 'package') {
      pack = readPackage(state, words, placed);
      if (!pack.owner && node && pack.status === 'up') pack.owner = node.name;
    } else readDetail(section, words, state, node, pack);
  }
  return state;
}

/** NAME STATUS [STATE] [AUTO_RUN] [NODE]: the switch is told by its word, the node stands last, if it is there at all. */
function readPackage(state: ClusterState, [name, status, ...rest]: string[], placed: boolean): ClusterPackage {
  const pack = entryOf(state.packages, name!, newPackage);
  pack.status = status!;
  // The last column of a multi-node package is SYSTEM.
  const columns = placed ? rest : rest.slice(0, -1);
  const at = columns.findIndex(word => switches.test(word));
  const before = at >= 0 ? columns.slice(0, at) : columns.filter(word => states.test(word));
  const behind = at >= 0 ? columns.slice(at + 1) : columns.filter(word => !states.test(word));
  pack.state = before[0] ?? '';
  pack.autorun = columns[at] ?? '';
  const owner = behind.at(-1) ?? '';
  pack.owner = owner === 'unowned' ? '' : owner;
  return pack;
}

function readDetail(
  section: Section,
  words: string[],
  state: ClusterState,
  node: ClusterNode | undefined,
  pack: ClusterPackage | undefined,
): void {
  const part = (kind: string): Part => ({ kind, name: words.at(-1)!, status: words[1]! });
  if (section === 'interface') {
    // `PRIMARY  down (Link and IP)  56/36.1  lan0`
    (node?.parts ?? state.parts).push(part('interface'));
  } else if (section === 'quorum') {
    const parts = node?.parts ?? state.parts;
    parts.push({ kind: 'quorum_server', name: words[0]!, status: words[1]! });
  } else if (section === 'script' && pack) {
    pack.parts.push(part(words[0]!.toLowerCase()));
  } else if (section === 'switching' && pack) {
    const current = words.at(-1) === '(current)';
    const name = words.at(current ? -2 : -1)!;
    const switching = words.find(word => switches.test(word)) ?? '';
    const entry = entryOf(pack.nodes, name, () => ({ name, switching, current }));
    entry.switching = switching;
    entry.current = current;
  }
}
