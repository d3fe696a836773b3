/**
 * Whatever bytes arrive, the readers say something about them and do not fall over; and a file that breaks the rule of nine lines never
 * passes. The rule is told here once more, in a few lines of its own that share nothing with the reader.
 */
import { expect, test } from 'vitest';
import type { Complaint } from '../../src/panel/types.ts';
import { readRecoveryProgram } from '../../src/validate/recovery-program.ts';
import { readRulesFile } from '../../src/validate/rules-file.ts';
import { goodProgram, goodRules } from '../helpers/hacmp-files.ts';

/** The rule of nine lines, as the source document states it: strip comments, count by nine, no line too many anywhere. */
function keepsNineLines(text: string): boolean {
  if (!text.endsWith('\n')) return false;
  const kept = text
    .slice(0, -1)
    .split('\n')
    .filter(line => line[0] !== '#');
  if (kept.length % 9 !== 0) return false;
  for (let at = 0; at < kept.length; at += 9) {
    const [name, state, program, type, level] = kept.slice(at, at + 5);
    if (!/\S/.test(name!) || name![0] === '/' || state === '' || program![0] !== '/' || type === '' || level === '')
      return false;
  }
  return true;
}

/** A line of a recovery program, by one expression. */
const programLine = /^(#[^\n]*|\s*|\s*barrier\s*|\s*(all|event|other)\s+"[^"]+"\s+(X|\d{1,3})\s+NULL\s*)$/i;

/** Numbers from 0 to below `limit` that are the same in every run (xorshift). */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

function hasErrors(complaints: Complaint[]): boolean {
  return complaints.some(complaint => complaint.level === 'error');
}

/** Complaints that can be shown: a place in the file, a sentence without control characters. */
function expectReadable(complaints: Complaint[], text: string): void {
  expect(complaints.length).toBeLessThanOrEqual(201);
  const lines = text.split('\n').length;
  for (const { place, message } of complaints) {
    if (
      place.line < 1 ||
      place.line > lines ||
      place.column < 1 ||
      message.length < 10 ||
      /[\x00-\x1f\x7f-\x9f]/.test(message)
    )
      throw new Error(`not fit to be shown: ${JSON.stringify({ place, message })}`);
  }
}

const signs = [
  ...[
    '#',
    '\n',
    '\n',
    '\n',
    ' ',
    '\t',
    '"',
    '0',
    '2',
    '/',
    'X',
    '@',
    ';',
    '=',
    '*',
    '(',
    ')',
    '!',
    '<',
    '>',
    '&',
    '|',
    '\r',
    '\0',
    'O',
    '_',
  ],
  ...[
    'TE_JOIN_NODE',
    'UE_A',
    '/a.rp',
    'NodeNum=*',
    'X@0==0',
    'all ',
    'event ',
    'other ',
    'barrier',
    ' NULL',
    '"node_up"',
    'IBM.PSSP.x',
  ],
];

test('one million bytes of noise of several kinds are told of and never pass', { timeout: 20_000 }, () => {
  const random = numbers(20_260);
  let left = 1_000_000;
  let pieces = 0;
  while (left > 0) {
    const length = Math.min(left, 1 + random(random(10) === 0 ? 20_000 : 900));
    left -= length;
    const bytes = Buffer.alloc(length);
    const kind = pieces++ % 3;
    if (kind === 0) for (let i = 0; i < length; i++) bytes[i] = random(256);
    else if (kind === 1) for (let i = 0; i < length; i++) bytes[i] = random(5) === 0 ? 10 : 32 + random(95);
    else for (let i = 0; i < length; ) i += bytes.write(signs[random(signs.length)]!, i) || length;
    for (const text of [bytes.toString('utf8'), bytes.toString('latin1')]) {
      const rules = readRulesFile('F', text);
      expectReadable(rules.complaints, text);
      expect(hasErrors(rules.complaints)).toBe(true);
      const program = readRecoveryProgram('F', text);
      expectReadable(program.complaints, text);
      if (!hasErrors(program.complaints)) expect(text.split('\n').filter(line => !programLine.test(line))).toEqual([]);
    }
  }
  expect(pieces).toBeGreaterThan(500);
});

const one = ['\n', '#', ' ', '\t', '0', '\r', '\ufeff', '/', 'é', '"', '\0', 'X'];

type Change = (text: string, random: (limit: number) => number) => string;

/** Ways a file is damaged: by an editor, by a copy, by a transfer. */
const changes: Change[] = [
  (text, random) => withLines(text, lines => lines.toSpliced(random(lines.length), 1)),
  (text, random) => withLines(text, lines => lines.toSpliced(random(lines.length), 1 + random(9))),
  (text, random) => withLines(text, lines => lines.toSpliced(random(lines.length + 1), 0, '')),
  (text, random) =>
    withLines(text, lines => lines.toSpliced(random(lines.length + 1), 0, lines[random(lines.length)] ?? '')),
  (text, random) => withLines(text, lines => lines.toSpliced(random(lines.length), 1, '')),
  (text, random) =>
    withLines(text, lines => {
      const from = random(lines.length);
      return lines.toSpliced(from, 1).toSpliced(random(lines.length), 0, lines[from] ?? '');
    }),
  (text, random) => withLines(text, lines => lines.with(random(lines.length), `#${lines[random(lines.length)]}`)),
  (text, random) =>
    withLines(text, lines => {
      const at = random(lines.length);
      return lines.with(at, lines[at]!.replace(/^#/, ''));
    }),
  (text, random) => withCharacter(text, random(text.length), ''),
  (text, random) => withCharacter(text, random(text.length), one[random(one.length)]!),
  (text, random) => {
    const at = random(text.length);
    return text.slice(0, at) + one[random(one.length)] + text.slice(at);
  },
  (text, random) => text.slice(0, random(text.length)),
  (text, random) => text + one[random(one.length)],
  text => text.slice(0, -1),
  (text, random) => text.slice(0, random(text.length)) + text.slice(random(text.length)),
];

function withLines(text: string, change: (lines: string[]) => string[]): string {
  const lines = text.split('\n');
  return lines.length < 2 ? text : `${change(lines.slice(0, -1)).join('\n')}\n`;
}

function withCharacter(text: string, at: number, character: string): string {
  return text.slice(0, at) + character + text.slice(at + 1);
}

function damaged(text: string, random: (limit: number) => number): string {
  let changed = text;
  for (let turn = random(4); turn >= 0; turn--)
    if (changed !== '') changed = changes[random(changes.length)]!(changed, random);
  return changed;
}

test('of ten thousand damaged rules files none passes that breaks the rule of nine lines', { timeout: 20_000 }, () => {
  expect(keepsNineLines(goodRules)).toBe(true);
  expect(hasErrors(readRulesFile('F', goodRules).complaints)).toBe(false);
  const random = numbers(9);
  const seen = { broken: 0, whole: 0, passed: 0 };
  const wrong: string[] = [];
  for (let turn = 0; turn < 10_000; turn++) {
    const text = damaged(goodRules, random);
    const { complaints } = readRulesFile('F', text);
    expectReadable(complaints, text);
    const passes = !hasErrors(complaints);
    if (keepsNineLines(text)) seen.whole++;
    else {
      seen.broken++;
      if (passes) wrong.push(text);
    }
    if (passes) seen.passed++;
  }
  expect(wrong).toEqual([]);
  // The damage is of both kinds, and not everything that is left whole is refused.
  expect(seen.broken).toBeGreaterThan(5000);
  expect(seen.whole).toBeGreaterThan(1000);
  expect(seen.passed).toBeGreaterThan(500);
});

test('of ten thousand damaged recovery programs none passes with a line that is none', { timeout: 20_000 }, () => {
  const random = numbers(77);
  let passed = 0;
  for (let turn = 0; turn < 10_000; turn++) {
    const text = damaged(goodProgram, random);
    const { complaints } = readRecoveryProgram('F', text);
    expectReadable(complaints, text);
    if (hasErrors(complaints)) continue;
    passed++;
    expect(text.split('\n').filter(line => !programLine.test(line))).toEqual([]);
  }
  expect(passed).toBeGreaterThan(500);
  expect(passed).toBeLessThan(9500);
});
