/**
 * Node ranges as xCAT's noderange(3) describes them: what nodes and groups a command works on, in one word.
 *
 *     range := term ("," term)*        terms with - are taken from the others, wherever they stand
 *     term  := ["-"] part ("@" part)*  @ keeps what is in both
 *     part  := "(" range ")" | "/" regular expression | "^" path of a file | table.attribute OPERATOR value | name, range or increment
 *
 * The tree is only as fine as messages and explanations need it: whether a name is a node, a group or nothing at all knows only xCAT.
 */
import { readName } from './noderange-names.ts';

/** One part of a term. Names are as the text has them, with their leading zeros. */
export type Part =
  /** A node or a group. `typed` when a bare number stands for it: 13 is node13. */
  | { kind: 'name'; name: string; typed?: string }
  /** `from` to `to`; `count` when it can be told. */
  | { kind: 'span'; from: string; to: string; count?: number }
  /** A first name and the next `by` ones; `to` the last one, when it can be told. */
  | { kind: 'increment'; from: string; by: number; to?: string }
  /** Without its leading slash; it must match a name as a whole. */
  | { kind: 'pattern'; pattern: string }
  | { kind: 'file'; path: string }
  | { kind: 'selection'; attribute: string; operator: '==' | '=~' | '!=' | '!~'; value: string }
  | { kind: 'range'; terms: Term[] };

export interface Term {
  exclude: boolean;
  /** What stands between the @, at least one. */
  parts: Part[];
}

/** What is wrong: where (0-based) and a sentence without a full stop, cure and example in it. */
export interface NoderangeProblem {
  at: number;
  message: string;
}

/** The range as a tree, or the first thing that is wrong with it. Never throws. */
export function parseNoderange(text: string): { terms: Term[] } | NoderangeProblem {
  const odd = text.search(/[^\x21-\x7e]/);
  if (odd >= 0) {
    if (/\s/.test(text[odd]!)) return { at: odd, message: 'a blank; write commas between nodes, as in node1,node2' };
    return { at: odd, message: 'names of nodes have letters, digits and . _ - only, as in node01' };
  }
  if (text.startsWith('-'))
    return { at: 0, message: 'a command would take this - for an option; begin with what is taken, as in all,-node3' };
  const read = readRange(text, 0, false);
  return 'message' in read ? read : { terms: read.terms };
}

/** What keeps a text from being a node range, with the place and a right example; nothing when it is one. */
export function noderangeProblem(text: string): string | undefined {
  const read = parseNoderange(text);
  return 'terms' in read ? undefined : `is wrong at character ${read.at + 1}: ${read.message}`;
}

type Read<T> = (T & { end: number }) | NoderangeProblem;

function readRange(text: string, start: number, inside: boolean): Read<{ terms: Term[] }> {
  const terms: Term[] = [];
  for (let at = start; ; at++) {
    const term = readTerm(text, at);
    if ('message' in term) return term;
    terms.push(term.term);
    at = term.end;
    if (text[at] === ',') continue;
    if (at >= text.length) {
      return inside
        ? { at: start - 1, message: 'this ( is not closed; write (rack1,rack2)@compute' }
        : { terms, end: at };
    }
    if (text[at] === ')' && inside) return { terms, end: at + 1 };
    if (text[at] === ')') return { at, message: 'this ) closes nothing; write (rack1,rack2)@compute' };
    return { at, message: 'after ) comes a comma, @ or the end, as in (rack1,rack2)@compute,node7' };
  }
}

function readTerm(text: string, start: number): Read<{ term: Term }> {
  const exclude = text[start] === '-';
  const parts: Part[] = [];
  for (let at = exclude ? start + 1 : start; ; at++) {
    if (exclude && at === start + 1 && text[at] === '^')
      return {
        at,
        message: 'a file cannot be left out with -; write its names with - into another file, as in all,^/tmp/not',
      };
    const part = readPart(text, at);
    if ('message' in part) return part;
    parts.push(part.part);
    at = part.end;
    if (text[at] !== '@') return { term: { exclude, parts }, end: at };
  }
}

function readPart(text: string, at: number): Read<{ part: Part }> {
  switch (text[at]) {
    case undefined:
    case ',':
    case ')':
    case '@':
      return { at, message: nothing(text, at) };
    case '-':
      return { at, message: 'a second -, or a - after @; leave out in a term of its own, as in rack1@compute,-node3' };
    case '(': {
      const range = readRange(text, at + 1, true);
      return 'message' in range ? range : { part: { kind: 'range', terms: range.terms }, end: range.end };
    }
    case '/':
      return readPattern(text, at);
    case '^':
      return readFile(text, at);
    default:
      return readWord(text, at);
  }
}

function nothing(text: string, at: number): string {
  if (text[at] === '@' || text[at - 1] === '@') return '@ wants something on both sides, as in rack1@compute';
  if (text[at - 1] === '(') return 'there is nothing in the parentheses; write (rack1,rack2)@compute';
  if (text[at - 1] === '-') return 'nothing is named after the -; write all,-node3';
  return 'there is nothing beside the comma; write node1,node2';
}

/** How far a regular expression goes: to a comma, @ or ) outside its own brackets. Tells an unclosed one. */
function patternEnd(text: string, start: number): number | NoderangeProblem {
  const open: { close: string; at: number }[] = [];
  const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at]!;
    const inner = open.at(-1);
    if (character === '\\') at++;
    else if (inner?.close === ']') {
      // A ] that comes first in its set is a member of it.
      const first = at === inner.at + 1 || (at === inner.at + 2 && text[at - 1] === '^');
      if (character === ']' && !first) open.pop();
    } else if (closing[character]) open.push({ close: closing[character], at });
    else if (character === inner?.close) open.pop();
    else if (!inner && /[,@)]/.test(character)) break;
  }
  const left = open.at(-1);
  if (left)
    return { at: left.at, message: `this ${text[left.at]} of the regular expression is not closed; write /node[12].*` };
  if (at > text.length) return { at: text.length - 1, message: 'nothing follows the \\; write /node\\.1' };
  return at;
}

function readPattern(text: string, start: number): Read<{ part: Part }> {
  const end = patternEnd(text, start + 1);
  if (typeof end !== 'number') return end;
  const pattern = text.slice(start + 1, end);
  if (pattern === '') return { at: start, message: 'no regular expression follows the /; write /node.*' };
  if (/^[*+?]/.test(pattern))
    return { at: start + 1, message: `there is nothing that ${pattern[0]} could repeat; write /node.*` };
  if (pattern.endsWith('/'))
    return {
      at: end - 1,
      message: 'a regular expression has a / before it only, and no name has one in it; write /node.*',
    };
  return { part: { kind: 'pattern', pattern }, end };
}

function readFile(text: string, start: number): Read<{ part: Part }> {
  const length = text.slice(start + 1).search(/[,@)]/);
  const end = length < 0 ? text.length : start + 1 + length;
  const path = text.slice(start + 1, end);
  if (!path.startsWith('/') || path === '/')
    return { at: start, message: 'after ^ comes the whole path of a file of node names; write ^/tmp/nodes' };
  return { part: { kind: 'file', path }, end };
}

const operators = /^(?:==|=~|!=|!~)/;

function readWord(text: string, start: number): Read<{ part: Part }> {
  let at = start;
  let bracket = false;
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (character === '[') bracket = true;
    else if (character === ']') bracket = false;
    else if (/[=!~]/.test(character)) return readSelection(text, start, at);
    else if (bracket ? /[@()]/.test(character) : /[,@()]/.test(character)) break;
  }
  if (text[at] === '(')
    return { at, message: 'a ( may stand at the start of a term only; write node1,(rack1,rack2)@compute' };
  const read = readName(text.slice(start, at));
  return 'message' in read ? { at: start + read.at, message: read.message } : { part: read, end: at };
}

function readSelection(text: string, start: number, at: number): Read<{ part: Part }> {
  const attribute = text.slice(start, at);
  const operator = operators.exec(text.slice(at))?.[0] as '==' | '=~' | '!=' | '!~' | undefined;
  if (!/^[A-Za-z]\w*\.[A-Za-z]\w*$/.test(attribute))
    return { at: start, message: `before ${operator ?? text[at]} comes table.attribute; write nodetype.os==rhels7.9` };
  if (!operator) return { at, message: 'values are compared with ==, !=, =~ or !~; write nodetype.os==rhels7.9' };
  const from = at + 2;
  const end = operator.endsWith('~')
    ? patternEnd(text, from)
    : from + (text.slice(from).match(/^[^,@()]*/)?.[0].length ?? 0);
  if (typeof end !== 'number') return end;
  if (operator.endsWith('~') && end === from)
    return { at: from, message: `no regular expression follows the ${operator}; write nodetype.os=~^rhels` };
  return { part: { kind: 'selection', attribute, operator, value: text.slice(from, end) }, end };
}
