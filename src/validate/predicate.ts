/**
 * Predicates and rearm predicates of Event Management: a part of C's expressions over X, the resource variable, or X@0 ... X@2, the fields
 * of a structured one (reference/hacmp-pssp.md 4.1; seed sections 4.5, 7.2.3, 11.3.4).
 */

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'variable'; name: string }
  | { kind: 'not' | 'minus'; of: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression };

export interface PredicateProblem {
  /** From 1. */
  column: number;
  message: string;
  level: 'error' | 'warning';
}

export interface ReadPredicate {
  problems: PredicateProblem[];
  /** When there is no error. */
  expression?: Expression;
}

interface Token {
  kind: 'number' | 'variable' | 'operator' | 'end';
  text: string;
  at: number;
}

/** Stops the reading at the first mistake; never leaves this file. */
class Mistake extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Reads a predicate. At most one error, the first from the left; warnings about what the documents do not show. */
export function readPredicate(text: string): ReadPredicate {
  const warnings = new Map<string, PredicateProblem>();
  const warn = (at: number, message: string) => {
    if (!warnings.has(message)) warnings.set(message, { column: at + 1, message, level: 'warning' });
  };
  try {
    const tokens = tokensOf(text, warn);
    const expression = parse(tokens, warn);
    if (!tokens.some(token => token.kind === 'variable'))
      warn(
        0,
        'never speaks of X, so that it is always true or always false; compare X with something, for example X>90',
      );
    return { problems: [...warnings.values()], expression };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { problems: [...warnings.values(), { column: error.at + 1, message: error.message, level: 'error' }] };
  }
}

type Warn = (at: number, message: string) => void;

const known = ['==', '!=', '<=', '>=', '&&', '||', '<', '>', '!', '(', ')', '+', '-', '*', '/', '%'];

/** What is written for an operator by mistake, and what it should be. */
const slips: Record<string, string> = {
  '=<': '<=',
  '=>': '>=',
  '<>': '!=',
  '=': '==',
  '&': '&&',
  '|': '||',
  ']': '||',
};

function tokensOf(text: string, warn: Warn): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 40);
    if (rest[0] === ' ' || rest[0] === '\t') {
      at++;
      continue;
    }
    const token = /^[A-Za-z_0-9.]/.test(rest) ? wordToken(text, at, warn) : operatorToken(rest, at, warn);
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { kind: 'end', text: 'the end', at: text.length }];
}

function operatorToken(rest: string, at: number, warn: Warn): Token {
  const pair = rest.slice(0, 2);
  const slip = slips[pair] ?? (known.includes(pair) ? undefined : slips[rest[0]!]);
  if (slip) {
    const wrong = slips[pair] ? pair : rest[0]!;
    const scan = wrong === ']' ? ' (scanned copies show ] where | stood)' : '';
    throw new Mistake(at, `has "${wrong}", which is no operator here; write ${slip}${scan}`);
  }
  const operator = known.find(one => rest.startsWith(one));
  if (!operator)
    throw new Mistake(
      at,
      `has "${rest[0]}", which cannot stand here; write X or X@0 to X@2, numbers, parentheses and == != < > <= >= && || !`,
    );
  if ('+-*/%'.includes(operator) && operator !== '-')
    warn(
      at,
      `calculates with ${operator}; the documents show comparisons only, so test this event before you rely on it`,
    );
  return { kind: 'operator', text: operator, at };
}

function wordToken(text: string, at: number, warn: Warn): Token {
  const word = /^[A-Za-z_0-9.]+(@[A-Za-z_0-9]*)?/.exec(text.slice(at, at + 80))![0];
  if (/^\d+(\.\d+)?$/.test(word)) return { kind: 'number', text: word, at };
  if (word === 'X' || /^X@[012]$/.test(word)) return { kind: 'variable', text: word, at };
  if (/^X@[PR]$/.test(word)) {
    warn(at, `uses ${word}, which the documents of this release do not show; test this event before you rely on it`);
    return { kind: 'variable', text: word, at };
  }
  throw new Mistake(at, wordMistake(word));
}

function wordMistake(word: string): string {
  if (/^X@[Oo]$/.test(word)) return `has ${word} with the letter O; write X@0 with the digit zero`;
  if (/^X@[Il]$/.test(word)) return `has ${word} with a letter; write X@1 with the digit one`;
  if (/^X@\d+$/.test(word)) return `has ${word}; a structured variable has X@0, X@1 and X@2 here`;
  if (word.startsWith('X@')) return `has "${word}"; write X@0, X@1 or X@2`;
  if (/^x(@.*)?$/.test(word)) return `has a small x; write ${word.replace('x', 'X')}`;
  if (/^[\dOo]*[Oo][\dOo]*$/.test(word)) return `has "${word}" with the letter O; write it with the digit zero`;
  if (/^and$/i.test(word)) return `has the word "${word}"; write &&`;
  if (/^or$/i.test(word)) return `has the word "${word}"; write ||`;
  if (/^not$/i.test(word)) return `has the word "${word}"; write !`;
  if (/^X\d$/.test(word)) return `has "${word}"; write X@${word[1]}`;
  if (/^[\d.]+$/.test(word)) return `has "${word}", which is no number; write one like 90 or 0.5`;
  return `has "${word}"; the only name it may use is X (X@0, X@1, X@2 for the fields of a structured variable)`;
}

/** What binds least first. */
const levels = [['||'], ['&&'], ['==', '!=', '<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];

/** Deeper nesting is noise, and would take the stack with it. */
const deepest = 50;

function parse(tokens: Token[], warn: Warn): Expression {
  let next = 0;
  let depth = 0;
  const isOperator = (...texts: string[]) => tokens[next]!.kind === 'operator' && texts.includes(tokens[next]!.text);

  const binary = (level: number): Expression => {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    let comparisons = 0;
    while (isOperator(...operators)) {
      const { text, at } = tokens[next++]!;
      if (level === 2 && ++comparisons === 2)
        warn(at, 'compares twice in a row, which means something else than it seems; write X>1&&X<5 in place of 1<X<5');
      left = { kind: 'binary', operator: text, left, right: binary(level + 1) };
    }
    return left;
  };

  const nested = (read: () => Expression): Expression => {
    if (++depth > deepest) throw new Mistake(tokens[next]!.at, 'is nested too deeply to be meant');
    const inner = read();
    depth--;
    return inner;
  };

  const unary = (): Expression => {
    if (!isOperator('!', '-')) return primary();
    const kind = tokens[next++]!.text === '!' ? 'not' : 'minus';
    return { kind, of: nested(unary) };
  };

  const primary = (): Expression => {
    const token = tokens[next++]!;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'variable') return { kind: 'variable', name: token.text };
    if (token.kind === 'operator' && token.text === '(') {
      const inner = nested(() => binary(0));
      if (!isOperator(')')) throw new Mistake(token.at, 'has a "(" that is never closed; add the ")"');
      next++;
      return inner;
    }
    if (token.kind === 'end')
      throw new Mistake(token.at, 'ends where something must follow; finish the comparison, for example X>90');
    throw new Mistake(token.at, `has "${token.text}" where X or a number must stand`);
  };

  const whole = binary(0);
  const rest = tokens[next]!;
  if (rest.kind === 'end') return whole;
  const message =
    rest.text === ')'
      ? 'has a ")" without its "("; take it out'
      : `has "${rest.text}" with no operator before it; write && or || between two comparisons`;
  throw new Mistake(rest.at, message);
}
