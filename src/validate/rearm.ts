/**
 * How a predicate and its rearm predicate go together: after an event, the next one comes only when the rearm predicate was true in
 * between, so the two must not be true at the same time, and both must be able to be true at all.
 */
import type { Expression } from './predicate.ts';

/** What the two do for some value of the variables; nothing when that cannot be told. */
export interface Meeting {
  /** Values for which both are true, as `X=92` or `X@0=0, X@1=1`. */
  both?: string;
  predicateEver: boolean;
  rearmEver: boolean;
}

/** Beyond this many combinations nothing is said. */
const mostTried = 20_000;

/**
 * Tries both on values around every number they name. That covers all cases as long as they only compare; where they calculate, nothing
 * is said.
 */
export function meetingOf(predicate: Expression, rearm: Expression): Meeting | undefined {
  const parts = [predicate, rearm].flatMap(partsOf);
  if (parts.some(part => part.kind === 'binary' && '+-*/%'.includes(part.operator))) return undefined;
  const names = [...new Set(parts.flatMap(part => (part.kind === 'variable' ? [part.name] : [])))].sort();
  const numbers = parts.flatMap(part => (part.kind === 'number' ? [part.value, -part.value] : []));
  const around = [0, ...numbers].flatMap(number => [number - 1, number - 0.5, number, number + 0.5, number + 1]);
  // Whole numbers that are not negative come first: they make the better example.
  const values = [...new Set(around)].sort((a, b) => strangeness(a) - strangeness(b) || a - b);
  const combinations = values.length ** names.length;
  if (combinations > mostTried) return undefined;
  const meeting: Meeting = { predicateEver: false, rearmEver: false };
  for (let turn = 0; turn < combinations; turn++) {
    const given = new Map(
      names.map((name, place) => [name, values[Math.floor(turn / values.length ** place) % values.length]!]),
    );
    const fires = evaluate(predicate, given) !== 0;
    const rearms = evaluate(rearm, given) !== 0;
    meeting.predicateEver ||= fires;
    meeting.rearmEver ||= rearms;
    if (fires && rearms) meeting.both ??= names.map(name => `${name}=${given.get(name)}`).join(', ');
  }
  return meeting;
}

/** True when both say the same, blanks aside. */
export function isSame(predicate: string, rearm: string): boolean {
  return predicate.replace(/\s/g, '') === rearm.replace(/\s/g, '');
}

function strangeness(value: number): number {
  return (value < 0 ? 2 : 0) + (Number.isInteger(value) ? 0 : 1);
}

function partsOf(expression: Expression): Expression[] {
  if (expression.kind === 'binary') return [expression, ...partsOf(expression.left), ...partsOf(expression.right)];
  return 'of' in expression ? [expression, ...partsOf(expression.of)] : [expression];
}

const operators: Record<string, (left: number, right: number) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
  '&&': (left, right) => left !== 0 && right !== 0,
  '||': (left, right) => left !== 0 || right !== 0,
};

/** As C does: a comparison is 1 or 0, and whatever is not 0 is true. */
function evaluate(expression: Expression, given: Map<string, number>): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'variable':
      return given.get(expression.name)!;
    case 'minus':
      return -evaluate(expression.of, given);
    case 'not':
      return evaluate(expression.of, given) === 0 ? 1 : 0;
    case 'binary':
      return operators[expression.operator]!(evaluate(expression.left, given), evaluate(expression.right, given))
        ? 1
        : 0;
  }
}
