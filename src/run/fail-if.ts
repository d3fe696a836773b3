/** A status 0 with a product's known error text is a failure (xCAT prints `Error:` and returns 0): the rule is in the panel. */
import { cleanLine } from './clean.ts';

export interface Watch {
  /** Looks at finished lines; what `createOutput` calls as `onLines`. */
  look(bytes: Buffer, firstLine: number): void;
  /** `line 3 matches "^Error:": Error: no such node`; nothing when no line did. */
  readonly found: string | undefined;
}

const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * Watches output for a panel's `fail_if` patterns (regular expressions, each tried on every line as it is shown).
 * Gives a sentence instead when a pattern is no regular expression, which a checked panel never has.
 */
export function watchFor(patterns: string[]): Watch | string {
  let rules: { source: string; line: RegExp; block: RegExp }[];
  try {
    rules = patterns.map(source => ({ source, line: new RegExp(source), block: blockPattern(source) }));
  } catch (error) {
    return `a fail_if pattern of this panel is not a regular expression: ${error instanceof Error ? error.message : error}`;
  }
  let found: string | undefined;

  function lookAtLines(text: string, firstLine: number): void {
    for (const [index, raw] of text.split('\n').entries()) {
      const line = cleanLine(raw);
      const rule = rules.find(candidate => candidate.line.test(line));
      if (!rule) continue;
      const shown = line.length > 200 ? `${line.slice(0, 200)}...` : line;
      found = `line ${firstLine + index + 1} matches "${rule.source}": ${shown}`;
      return;
    }
  }

  return {
    get found() {
      return found;
    },
    look(bytes, firstLine) {
      if (found !== undefined || rules.length === 0) return;
      const text = bytes.toString('utf8', 0, bytes.length - 1);
      if (CONTROLS.test(text) || rules.some(rule => rule.block.test(text))) lookAtLines(text, firstLine);
    },
  };
}

/**
 * The pattern for many lines at once: where it finds nothing, no single line matches, and a million quiet lines cost little.
 * A look-around could see past its line and miss, so such a pattern gets one that always finds.
 */
function blockPattern(source: string): RegExp {
  return source.includes('(?') ? /^/ : new RegExp(source, 'm');
}
