/** What a file edit does, as a pure function: the same as the awk programs of edit-programs.ts, for the diff shown before Enter. */
import type { EditVerb } from '../panel/types.ts';
import { argumentProblem, blockLines, type EditArguments } from './edit-arguments.ts';
import { inTheWay } from './edit-programs.ts';
import { compileExpression } from './ere.ts';

/** The text afterwards, or why the edit refuses (one sentence). */
export type Applied = { text: string; changed: boolean } | { problem: string };

/** New lines, `same` when nothing is to be done, or why it refuses. */
type Outcome = string[] | 'same' | { problem: string };

/**
 * The text of a file (or crontab) after an edit. `current` is undefined when there is none.
 * A text that changes ends with a newline afterwards, even if it did not before; one that does not change is left to the letter.
 */
export function applyEdit(verb: EditVerb, args: EditArguments, current: string | undefined): Applied {
  const problem = argumentProblem(verb, args);
  if (problem) return { problem };
  if (current === undefined && verb !== 'crontab_entry' && args.create !== 'yes') {
    return { problem: 'no such file' };
  }
  const outcome = edit(verb, args, linesOf(current ?? ''));
  if (outcome === 'same') return { text: current ?? '', changed: false };
  if ('problem' in outcome) return outcome;
  return { text: outcome.map(line => `${line}\n`).join(''), changed: true };
}

function edit(verb: EditVerb, args: EditArguments, lines: string[]): Outcome {
  switch (verb) {
    case 'ensure_line':
      return ensure(args, lines);
    case 'append_block':
      return append(blockLines(args.block!), args.unless, lines);
    case 'replace_line':
      return replace(args.line!, tester(args.match), lines);
    case 'comment_line':
      return comment(args.comment || '#', tester(args.match), lines);
    case 'remove_line':
      return remove(args.line, args.match, lines);
    case 'crontab_entry':
      if (args.action === 'remove') return remove(args.entry, args.match, lines);
      return args.match ? addReplacing(args.entry!, tester(args.match), lines) : ensure({ line: args.entry! }, lines);
    case 'services_entry':
      return service(args.name!, `${args.port}/${args.protocol}`, lines);
  }
}

function ensure(args: EditArguments, lines: string[]): Outcome {
  const line = args.line!;
  const others = lines.filter(candidate => candidate !== line);
  if (args.first === 'yes') return lines[0] === line ? 'same' : [line, ...others];
  if (args.before) {
    const test = tester(args.before);
    const matches = (candidate: string) => candidate !== line && test(candidate);
    const at = lines.findIndex(matches);
    const have = lines.indexOf(line);
    if (have >= 0 && (at < 0 || have < at)) return 'same';
    return at < 0 ? [...lines, line] : others.toSpliced(others.findIndex(matches), 0, line);
  }
  if (args.after) {
    const test = tester(args.after);
    const at = lines.findLastIndex(candidate => candidate !== line && test(candidate));
    if (lines.lastIndexOf(line) > at) return 'same';
    return lines.toSpliced(at < 0 ? lines.length : at + 1, 0, line);
  }
  return lines.includes(line) ? 'same' : [...lines, line];
}

function append(block: string[], unless: string | undefined, lines: string[]): Outcome {
  const stands = lines.some((_, at) => block.every((line, i) => lines[at + i] === line));
  if (stands) return 'same';
  if (unless && lines.some(tester(unless))) return { problem: inTheWay };
  return [...lines, ...block];
}

function replace(line: string, matches: (line: string) => boolean, lines: string[]): Outcome {
  const next = lines.map(candidate => (matches(candidate) ? line : candidate));
  if (next.some((candidate, i) => candidate !== lines[i])) return next;
  return next.includes(line) ? 'same' : { problem: 'no line matches' };
}

function comment(sign: string, matches: (line: string) => boolean, lines: string[]): Outcome {
  const plain = (line: string) => matches(line) && !line.replace(/^[ \t]*/, '').startsWith(sign);
  return lines.some(plain) ? lines.map(line => (plain(line) ? sign + line : line)) : 'same';
}

function remove(whole: string | undefined, match: string | undefined, lines: string[]): Outcome {
  const matches = match ? tester(match) : () => false;
  const left = lines.filter(line => !(whole && line === whole) && !matches(line));
  return left.length === lines.length ? 'same' : left;
}

function addReplacing(entry: string, matches: (line: string) => boolean, lines: string[]): Outcome {
  const left = lines.filter(line => line === entry || !matches(line));
  if (left.includes(entry)) return left.length === lines.length ? 'same' : left;
  return [...left, entry];
}

function service(name: string, want: string, lines: string[]): Outcome {
  const proto = want.slice(want.indexOf('/'));
  let [have, taken, changed] = [false, false, false];
  const next = lines.map(line => {
    const words = line
      .replace(/#.*/s, '')
      .split(/[ \t]+/)
      .filter(Boolean);
    const port = words[1] ?? '';
    if (words[0] === name && /^[0-9]+\//.test(port) && port.slice(port.indexOf('/')) === proto) {
      have = true;
      if (port === want) return line;
      changed = true;
      const head = /^[ \t]*[^ \t]+[ \t]+/.exec(line)![0];
      return head + want + line.slice(head.length + port.length);
    }
    if (port === want) {
      if (words.slice(2).includes(name)) have = true;
      else taken = true;
    }
    return line;
  });
  if (taken && (changed || !have)) return { problem: 'another service has this port' };
  if (!have) return [...next, `${name.padEnd(15)} ${want}`];
  return changed ? next : 'same';
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The expression was checked with the arguments. */
function tester(expression: string | undefined): (line: string) => boolean {
  const compiled = compileExpression(expression ?? '');
  return 'problem' in compiled ? () => false : compiled.test;
}
