/**
 * A YAML text as plain data, with the place of everything in it. Heavy (yaml): only loaded by the reader.
 *
 * Scalars stay the text that stands in the file (`no`, `010`, `2024-01-01` and `true` are texts; an empty value is null):
 * what a key wants is the schema's business, and an author's `values: [on, off]` must not become something else on the way.
 */
import { type Document, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { explainSyntax } from './yaml-errors.ts';
import { fileOffset } from './yaml-offsets.ts';
import { createConverter, type Spot, type Spots } from './yaml-values.ts';

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
  /** Offset of a key, and of the next key or entry that does not belong to it: all that its value may reach. */
  range(path: Path): [number, number];
}

/** Mistakes inside one value: what follows them is understood rightly all the same. */
const harmless = new Set(['BAD_DQ_ESCAPE', 'BAD_SCALAR_START', 'BAD_DIRECTIVE', 'MULTIPLE_DOCS', 'TAG_RESOLVE_FAILED']);

/** Mistakes of syntax that are told of one file, and problems in all: behind so many, the rest says nothing new. */
const mostMistakes = 20;
const mostProblems = 100;

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
  const problems: YamlProblem[] = [];
  const lines = new Set<number>();
  // One a line: what follows on the same line is mostly an echo.
  const tell = (offset: number, message: string, most: number) => {
    if (problems.length >= most) return;
    const place = position(offset);
    if (!lines.has(place.line)) problems.push({ offset, ...place, message });
    lines.add(place.line);
  };
  const mistakes = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  for (const mistake of mistakes.slice(0, 1000)) tell(mistake.pos[0], explainSyntax(mistake, text), mostMistakes);
  const syntax = document.errors.filter(error => !harmless.has(error.code));
  const spots: Spots = new Map();
  const converter = createConverter(spots, (offset, message) => tell(offset, message, mostProblems));
  const value = converter(document.contents as Node | null, 0);
  const root: Spot = { key: 0, node: document.contents as Node | null };
  const find = (path: Path) => findSpot(value, root, spots, path);
  return {
    value,
    problems,
    brokenFrom: syntax.reduce((first, error) => Math.min(first, error.pos[0]), Number.POSITIVE_INFINITY),
    keyPlace: path => position(find(path).key),
    place: (path, offset) => position(valueOffset(text, find(path), offset)),
    keys: path => [...(spots.get(valueAt(value, path) as object)?.keys() ?? [])].map(String),
    range: path => [find(path).key, nextKey(value, spots, path) ?? text.length + 1],
  };
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path)
    here = typeof here === 'object' && here !== null ? (here as Record<string | number, unknown>)[step] : undefined;
  return here;
}

/** Where the next key after the value at a path begins, in its own map or in one around it. */
function nextKey(value: unknown, spots: Spots, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const spot = spots.get(valueAt(value, path.slice(0, length - 1)) as object)?.get(path[length - 1]!);
    if (spot?.next !== undefined) return spot.next;
  }
  return undefined;
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
