/**
 * A YAML text as plain data, with the place of everything in it. Heavy (yaml): only loaded by the reader.
 *
 * Scalars stay the text that stands in the file (`no`, `010`, `2024-01-01` and `true` are texts; an empty value is null):
 * what a key wants is the schema's business, and an author's `values: [on, off]` must not become something else on the way.
 */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';
import { explainSyntax } from './yaml-errors.ts';
import { fileOffset } from './yaml-offsets.ts';

export type Path = readonly (string | number)[];

export interface YamlProblem {
  offset: number;
  line: number;
  column: number;
  message: string;
}

export interface Yaml {
  /** Maps as plain objects (without a prototype), lists as arrays, texts as strings, nothing as null. */
  value: unknown;
  problems: YamlProblem[];
  /** Offset of the first mistake of syntax: what begins behind it may have been understood wrongly. */
  brokenFrom: number;
  /** Where the value at a path stands (a map or list in lines: its key), or the nearest thing above it that exists. `offset` counts characters within a text. */
  place(path: Path, offset?: number): { line: number; column: number };
  /** Where the key at a path stands. */
  keyPlace(path: Path): { line: number; column: number };
  /** Keys of the map at a path in the order of the file; JavaScript puts keys that are numbers first. */
  keys(path: Path): string[];
  /** Offsets of a key and behind the last character of its value. */
  range(path: Path): [number, number];
}

/** Values that aliases (`*name`) may repeat: more is a bomb or a mistake. */
const mostRepeated = 20000;
const deepest = 50;

/** Mistakes inside one value: what follows them is understood rightly all the same. */
const harmless = new Set(['BAD_DQ_ESCAPE', 'BAD_SCALAR_START', 'BAD_DIRECTIVE', 'MULTIPLE_DOCS', 'TAG_RESOLVE_FAILED']);

interface Spot {
  key: number;
  node: Node | null;
}
type Spots = Map<object, Map<string | number, Spot>>;

/** Parses a text. Never throws: what the parser cannot bear is a problem like any other. */
export function parseYaml(text: string): Yaml {
  const counter = new LineCounter();
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: counter,
      uniqueKeys: false,
      prettyErrors: false,
    });
    return readDocument(text, document, counter);
  } catch (error) {
    // Only nesting without end brings the parser itself down.
    const message =
      error instanceof RangeError
        ? 'brackets or lists are nested too deeply to be read'
        : `this cannot be read as YAML (${(error as Error).message})`;
    const nowhere = () => ({ line: 1, column: 1 });
    return {
      value: null,
      problems: [{ offset: 0, line: 1, column: 1, message }],
      brokenFrom: 0,
      place: nowhere,
      keyPlace: nowhere,
      keys: () => [],
      range: () => [0, 0],
    };
  }
}

function readDocument(text: string, document: Document.Parsed, counter: LineCounter): Yaml {
  const position = (offset: number) => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = syntaxProblems(text, document, position);
  const syntax = document.errors.filter(error => !harmless.has(error.code)).map(error => error.pos[0]);
  const spots: Spots = new Map();
  const converter = createConverter(document, spots, (offset, message) =>
    problems.push({ offset, ...position(offset), message }),
  );
  const value = converter(document.contents as Node | null, 0);
  const root: Spot = { key: 0, node: document.contents as Node | null };
  const find = (path: Path) => findSpot(value, root, spots, path);
  return {
    value,
    problems,
    brokenFrom: syntax.length > 0 ? Math.min(...syntax) : Number.POSITIVE_INFINITY,
    keyPlace: path => position(find(path).key),
    place: (path, offset) => position(valueOffset(text, find(path), offset)),
    keys: path => [...(spots.get(valueAt(value, path) as object)?.keys() ?? [])].map(String),
    range: path => {
      const spot = find(path);
      return [spot.key, spot.node?.range?.[1] ?? spot.key];
    },
  };
}

/** The parser's own complaints, one a line: what follows on the same line is mostly an echo. */
function syntaxProblems(
  text: string,
  document: Document.Parsed,
  position: (offset: number) => { line: number; column: number },
): YamlProblem[] {
  const lines = new Set<number>();
  const problems: YamlProblem[] = [];
  for (const error of [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])) {
    const place = position(error.pos[0]);
    if (lines.has(place.line)) continue;
    lines.add(place.line);
    problems.push({ offset: error.pos[0], ...place, message: explainSyntax(error, text) });
  }
  return problems;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path)
    here = typeof here === 'object' && here !== null ? (here as Record<string | number, unknown>)[step] : undefined;
  return here;
}

function findSpot(value: unknown, root: Spot, spots: Spots, path: Path): Spot {
  let here = value;
  let spot = root;
  for (const step of path) {
    const next = typeof here === 'object' && here !== null ? spots.get(here)?.get(step) : undefined;
    if (!next) break;
    spot = next;
    here = (here as Record<string | number, unknown>)[step];
  }
  return spot;
}

function valueOffset(text: string, spot: Spot, offset: number | undefined): number {
  const node = spot.node;
  if (!isScalar(node) || !node.range || node.range[0] === node.range[1]) return spot.key;
  if (offset === undefined || typeof node.value !== 'string') return node.range[0];
  return fileOffset(text, { style: node.type, value: node.value, start: node.range[0], end: node.range[1] }, offset);
}

type Complain = (offset: number, message: string) => void;

function createConverter(
  document: Document,
  spots: Spots,
  complain: Complain,
): (node: Node | null, depth: number) => unknown {
  let repeated = 0;
  const open = new Set<Node>();

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
    if (isMap(node)) return convertMap(node, depth);
    if (isSeq(node)) return convertList(node, depth);
    return isScalar(node) ? scalarText(node) : null;
  }

  function convertAlias(node: Node & { source: string }, depth: number): unknown {
    const target = isAlias(node) ? node.resolve(document) : undefined;
    const inside =
      target &&
      isCollection(target) &&
      target.range &&
      node.range &&
      target.range[0] <= node.range[0] &&
      node.range[0] < target.range[1];
    if (!target || inside || open.has(target)) {
      const what = target
        ? `*${node.source} stands inside what it repeats`
        : `there is no anchor &${node.source} before *${node.source}; put the text in quotes if it begins with *`;
      complain(node.range?.[0] ?? 0, what);
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
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = pair.key as Node | null;
      const start = key?.range?.[0] ?? node.range?.[0] ?? 0;
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
        places.set(key.value, { key: start, node: value });
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
