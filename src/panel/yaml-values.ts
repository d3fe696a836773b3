/** The nodes of a YAML document as plain data, each value's node noted on the way. Heavy (yaml): part of yaml.ts. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar } from 'yaml';

/** Values that aliases (`*name`) may repeat: more is a bomb or a mistake. */
const mostRepeated = 20000;
const deepest = 50;

/** Where a key begins, and the node of its value. */
export interface Spot {
  key: number;
  node: Node | null;
  /** Where the next key of the same map begins, also one that cannot stand. */
  next?: number;
}
/** For each map and list that was made: its entries' spots, in the order of the file. */
export type Spots = Map<object, Map<string | number, Spot>>;

/** Tells of a mistake at an offset of the text. */
export type Complain = (offset: number, message: string) => void;

/** Makes a function that converts nodes; repeated use shares one budget for aliases. */
export function createConverter(spots: Spots, complain: Complain): (node: Node | null, depth: number) => unknown {
  let repeated = 0;
  const open = new Set<Node>();
  /** The last node of each anchor, as far as the file has been walked. */
  const anchors = new Map<string, Node>();

  function convert(node: Node | null, depth: number): unknown {
    if (node === null || depth > deepest) {
      if (node) complain(node.range?.[0] ?? 0, `lists and maps are nested more than ${deepest} deep`);
      return null;
    }
    if (open.size > 0 && ++repeated > mostRepeated) {
      if (repeated === mostRepeated + 1)
        complain(node.range?.[0] ?? 0, 'aliases (*name) repeat too much; write the values out');
      return null;
    }
    if (isAlias(node)) return convertAlias(node, depth);
    if (open.size === 0 && 'anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
    if (isMap(node)) return convertMap(node, depth);
    if (isSeq(node)) return convertList(node, depth);
    return isScalar(node) ? scalarText(node) : null;
  }

  function convertAlias(node: Node & { source: string }, depth: number): unknown {
    const target = anchors.get(node.source);
    const at = node.range?.[0] ?? 0;
    const inside = target?.range && target.range[0] <= at && at < target.range[1];
    if (!target || inside || open.has(target)) {
      const what = target
        ? `*${node.source} stands inside what it repeats`
        : `there is no anchor &${node.source} before *${node.source}; put the text in quotes if it begins with *`;
      complain(at, what);
      return null;
    }
    open.add(target);
    const value = convert(target, depth + 1);
    open.delete(target);
    return value;
  }

  function convertMap(node: Node & { items: unknown[] }, depth: number): unknown {
    const map: Record<string, unknown> = Object.create(null);
    const places = new Map<string | number, Spot>();
    const pairs = node.items.filter(item => isPair(item));
    const startOf = (pair: (typeof pairs)[number] | undefined) => (pair?.key as Node | null | undefined)?.range?.[0];
    for (const [index, pair] of pairs.entries()) {
      const key = pair.key as Node | null;
      const start = startOf(pair) ?? node.range?.[0] ?? 0;
      if (!isScalar(key) || typeof key.value !== 'string') {
        const braces = isMap(key)
          ? 'a text that begins with {{ must stand in quotes, for example run: "{{x}} ..."'
          : 'a key must be a text; write key: value';
        complain(start, braces);
      } else if (key.value === '__proto__') complain(start, '"__proto__" cannot be a key');
      else if (places.has(key.value))
        complain(start, `"${key.value}" stands twice here; leave one out or give it another name`);
      else {
        const value = pair.value as Node | null;
        map[key.value] = convert(value, depth + 1);
        places.set(key.value, { key: start, node: value, next: startOf(pairs[index + 1]) });
      }
    }
    spots.set(map, places);
    return map;
  }

  function convertList(node: Node & { items: unknown[] }, depth: number): unknown {
    const places = new Map<string | number, Spot>();
    const list = node.items.map((item, index) => {
      const entry = isPair(item) ? null : (item as Node | null);
      places.set(index, { key: entry?.range?.[0] ?? node.range?.[0] ?? 0, node: entry });
      return convert(entry, depth + 1);
    });
    spots.set(list, places);
    return list;
  }

  return convert;
}

function scalarText(node: Scalar): string | null {
  if (typeof node.value !== 'string') return null;
  return node.type === 'PLAIN' && ['', '~', 'null'].includes(node.value) ? null : node.value;
}
