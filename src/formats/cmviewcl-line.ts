/**
 * The lines of `cmviewcl -v -f line`: `[prefix|]attribute=value`, where the prefix is one or more `kind:instance` joined by `|`; a few
 * kinds have no instance (`first_cluster_lock`). A value may hold `=` and `|`, so the line is split at its first `=`.
 */
import {
  type ClusterPackage,
  type ClusterState,
  emptyState,
  entryOf,
  newNode,
  newPackage,
  type Part,
} from './cmviewcl-state.ts';

interface Level {
  kind: string;
  instance: string;
}

/** One element of the prefix, or an attribute: words of small letters, digits and _. */
const element = /^([a-z][a-z0-9_]*)(?::(.*))?$/;

/** Reads the lines. What is no such line is kept in `unread`. */
export function readLines(lines: string[]): ClusterState {
  const state = emptyState('line');
  for (const line of lines) {
    const parsed = parseLine(line);
    if (parsed === undefined) {
      // A cluster without a second lock has this line without a value.
      if (line.trim() !== '' && !/^[a-z]+_cluster_lock$/.test(line)) state.unread.push(line);
    } else put(state, parsed.levels, parsed.attribute, parsed.value);
  }
  return state;
}

/** True for a line that only the line form has, which tells it from the table. */
export function isStatusLine(line: string): boolean {
  return /^(name=|status=|node:|package:)/.test(line) && parseLine(line) !== undefined;
}

function parseLine(line: string): { levels: Level[]; attribute: string; value: string } | undefined {
  const at = line.indexOf('=');
  if (at < 1) return undefined;
  const elements = line.slice(0, at).split('|');
  const attribute = elements.pop()!;
  if (!/^[a-z][a-z0-9_]*$/.test(attribute)) return undefined;
  const levels: Level[] = [];
  for (const text of elements) {
    const match = element.exec(text);
    if (!match) return undefined;
    levels.push({ kind: match[1]!, instance: match[2] ?? '' });
  }
  return {
    levels,
    attribute,
    value: line
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1'),
  };
}

function put(state: ClusterState, levels: Level[], attribute: string, value: string): void {
  const [first, ...inner] = levels;
  if (!first) {
    if (attribute === 'name' || attribute === 'status' || attribute === 'summary') state[attribute] = value;
    else if (attribute === 'state' || attribute === 'autorun') state.filtered = true;
  } else if (first.kind === 'node') {
    const node = entryOf(state.nodes, first.instance, newNode);
    if (inner.length > 0) putPart(node.parts, inner, attribute, value);
    else if (attribute === 'status' || attribute === 'state' || attribute === 'summary') node[attribute] = value;
  } else if (first.kind === 'package') {
    const pack = entryOf(state.packages, first.instance, newPackage);
    if (inner[0]?.kind === 'node') putPackageNode(pack, inner, attribute, value);
    else if (inner.length > 0) putPart(pack.parts, inner, attribute, value);
    else if (['status', 'state', 'autorun', 'summary', 'owner'].includes(attribute))
      pack[attribute as 'status' | 'state' | 'autorun' | 'summary' | 'owner'] = value;
  } else putPart(state.parts, levels, attribute, value);
}

function putPackageNode(pack: ClusterPackage, inner: Level[], attribute: string, value: string): void {
  const name = inner[0]!.instance;
  const node = entryOf(pack.nodes, name, () => ({ name, switching: '', current: false }));
  if (inner.length > 1) putPart(pack.parts, inner, attribute, value);
  else if (attribute === 'switching') node.switching = value;
  else if (attribute === 'current') node.current = value === 'true' || value === 'yes';
}

/** What lies deeper is of interest only when it has a status. */
function putPart(parts: Part[], levels: Level[], attribute: string, value: string): void {
  if (attribute !== 'status') return;
  const last = levels.at(-1)!;
  const before = levels.slice(0, -1).map(level => level.instance);
  parts.push({ kind: last.kind, name: [...before, last.instance].filter(Boolean).join(' '), status: value });
}
