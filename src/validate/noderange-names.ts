/** The parts of a node range that are made of names: single ones, ranges with dash, colon or brackets, increments, bare numbers. */
import type { NoderangeProblem, Part } from './noderange.ts';

type Named = Extract<Part, { kind: 'name' | 'span' | 'increment' }>;

/** Reads one word, without what separates words. Offsets of a problem count from the word's start. */
export function readName(word: string): Named | NoderangeProblem {
  const odd = oddCharacter(word);
  if (odd) return odd;
  if (/[[\]]/.test(word)) return readBrackets(word);
  if (word.includes('+')) return readIncrement(word);
  if (word.includes(':')) return readColon(word);
  if (/^\d+-\d+$/.test(word)) {
    const [from, to] = word.split('-') as [string, string];
    return spanOf(`node${from}`, `node${to}`, from.length);
  }
  for (let dash = word.indexOf('-'); dash > 0; dash = word.indexOf('-', dash + 1)) {
    const [from, to] = [word.slice(0, dash), word.slice(dash + 1)];
    if (/\d/.test(from) && skeleton(from) === skeleton(to)) return spanOf(from, to, dash);
  }
  return nameOf(word);
}

function nameOf(word: string): Named {
  return /^\d+$/.test(word) ? { kind: 'name', name: `node${word}`, typed: word } : { kind: 'name', name: word };
}

const cures: Record<string, string> = {
  '*': 'a * means nothing in a name; write a regular expression, as in /node.*',
  '?': 'a ? means nothing in a name; write a regular expression, as in /node.',
  '\\': 'nothing needs to be escaped here, the command is quoted where it must be; write node[1-5]',
  '{': 'a range stands in brackets; write node[1-5]',
  '}': 'a range stands in brackets; write node[1-5]',
  '^': 'a ^ stands before the path of a file only; write ^/tmp/nodes',
  '/': 'a / stands before a regular expression only; write /node.*',
  "'": 'quotes are not needed here, the command is quoted where it must be; write node[1-5]',
  '"': 'quotes are not needed here, the command is quoted where it must be; write node[1-5]',
};

function oddCharacter(word: string): NoderangeProblem | undefined {
  const at = word.replace(/\[[^\]]*\]?/g, inner => '0'.repeat(inner.length)).search(/[^A-Za-z0-9_.\-+:[\]]/);
  if (at < 0) return undefined;
  const character = word[at]!;
  return {
    at,
    message: cures[character] ?? `${character} is in no name of a node; write commas between nodes, as in node1,node2`,
  };
}

/** The name with every number made equal: node01 and node10 have the same one. */
function skeleton(name: string): string {
  return name.replace(/\d+/g, '#');
}

/** From one name to another of the same skeleton. `at` is where the range is blamed, when it counts down. */
function spanOf(from: string, to: string, at: number): Named | NoderangeProblem {
  const numbers = (name: string): string[] => name.match(/\d+/g) ?? [];
  const [first, last] = [numbers(from), numbers(to)];
  const differ = first.flatMap((number, index) => (BigInt(number) === BigInt(last[index]!) ? [] : [index]));
  if (differ.length > 1) return { kind: 'span', from, to };
  if (differ.length === 0) return { kind: 'span', from, to, count: 1 };
  const count = BigInt(last[differ[0]!]!) - BigInt(first[differ[0]!]!) + 1n;
  if (count < 1n) return { at, message: `the range counts down; write ${to}-${from}` };
  return { kind: 'span', from, to, ...(count <= BigInt(Number.MAX_SAFE_INTEGER) ? { count: Number(count) } : {}) };
}

function readColon(word: string): Named | NoderangeProblem {
  const at = word.indexOf(':');
  const [from, to, more] = word.split(':') as [string, string, string | undefined];
  if (/^\d+$/.test(from) && /^\d+$/.test(to) && more === undefined) return spanOf(`node${from}`, `node${to}`, at);
  if (more !== undefined || !/\d/.test(from) || skeleton(from) !== skeleton(to))
    return { at, message: 'a : stands between two names that differ in their number; write node01:node10' };
  return spanOf(from, to, at);
}

function readIncrement(word: string): Named | NoderangeProblem {
  const at = word.indexOf('+');
  const [first, by, more] = word.split('+') as [string, string, string | undefined];
  if (more !== undefined || !/^\d+$/.test(by) || !/\d/.test(first) || first.includes(':'))
    return { at, message: 'a + stands between a name with a number and how many more; write node10+3' };
  const from = /^\d+$/.test(first) ? `node${first}` : first;
  const number = from.match(/\d+/g)!;
  const steps = Number(by);
  // With several numbers in the name it depends on xCAT's reading which one is counted.
  if (number.length > 1 || !Number.isSafeInteger(steps)) return { kind: 'increment', from, by: steps };
  const last = String(BigInt(number[0]!) + BigInt(steps)).padStart(number[0]!.length, '0');
  return { kind: 'increment', from, by: steps, to: from.replace(/\d+/, last) };
}

/** `f[1-2]n[1,3:5]`: every name that the brackets give together. */
function readBrackets(word: string): Named | NoderangeProblem {
  let [from, to, count, at] = ['', '', 1n, 0];
  while (at < word.length) {
    const open = word.indexOf('[', at);
    const plain = word.slice(at, open < 0 ? word.length : open);
    const stray = plain.search(/[\]+:]/);
    if (stray >= 0) return { at: at + stray, message: strays[plain[stray]!]! };
    from += plain;
    to += plain;
    if (open < 0) break;
    if (from === '') return { at: open, message: 'a name comes before the [; write node[1-5]' };
    const close = word.indexOf(']', open);
    if (close < 0) return { at: open, message: 'this [ is not closed; write node[1-5]' };
    const inner = readNumbers(word.slice(open + 1, close));
    if ('message' in inner) return { at: open + 1 + inner.at, message: inner.message };
    from += inner.first;
    to += inner.last;
    count *= inner.count;
    at = close + 1;
  }
  return { kind: 'span', from, to, ...(count <= BigInt(Number.MAX_SAFE_INTEGER) ? { count: Number(count) } : {}) };
}

const strays: Record<string, string> = {
  ']': 'this ] closes nothing; write node[1-5]',
  '+': 'a + does not go together with brackets; write node10+3 or node[10-13]',
  ':': 'a : does not go together with brackets here; write node[01:10]',
};

function readNumbers(text: string): { first: string; last: string; count: bigint } | NoderangeProblem {
  let [at, count] = [0, 0n];
  const ends: string[] = [];
  for (const item of text.split(',')) {
    const match = /^(\d+)(?:[-:](\d+))?$/.exec(item);
    if (!match) return { at, message: 'in brackets stand numbers, as in node[1-5] or node[1,3,5]' };
    const [, first, last = first] = match as unknown as [string, string, string | undefined];
    if (BigInt(last!) < BigInt(first)) return { at, message: `the range counts down; write [${last}-${first}]` };
    count += BigInt(last!) - BigInt(first) + 1n;
    ends.push(first, last!);
    at += item.length + 1;
  }
  return { first: ends[0]!, last: ends.at(-1)!, count };
}
