/** Gathers what is wrong with a file, line by line, and keeps the list short enough to be read. */
import type { Complaint } from '../panel/types.ts';

/** Where in its line something stands, and to which event it belongs. */
export interface About {
  /** From 1; 1 when nothing is said. */
  column?: number;
  event?: string;
}

export interface Findings {
  error(line: number, message: string, about?: About): void;
  warning(line: number, message: string, about?: About): void;
  /** In the order of the file. */
  complaints(): Complaint[];
}

/** More of them would only bury the first, which is the one to mend. */
const mostListed = 200;

/** An empty list of complaints about a file; lines count from 1. */
export function findingsOf(file: string): Findings {
  const found: Complaint[] = [];
  const left = { error: 0, warning: 0 };
  const add = (level: 'error' | 'warning', line: number, message: string, about: About = {}) => {
    if (found.length >= mostListed) {
      left[level]++;
      return;
    }
    const { column = 1, event } = about;
    found.push({ place: { file, line, column }, ...(event ? { panel: event } : {}), message, level });
  };
  return {
    error: (line, message, about) => add('error', line, message, about),
    warning: (line, message, about) => add('warning', line, message, about),
    complaints() {
      const sorted = [...found].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
      const more = left.error + left.warning;
      if (more === 0) return sorted;
      const place = { file, line: sorted.at(-1)?.place.line ?? 1, column: 1 };
      const message = `${more} more complaints are left out; mend the first ones and check again`;
      return [...sorted, { place, message, level: left.error > 0 ? 'error' : 'warning' }];
    },
  };
}

/** Complaints about one event: what it is told of is a line of its record. */
export interface Tell {
  error(line: { number: number }, message: string, column?: number): void;
  warning(line: { number: number }, message: string, column?: number): void;
}

/** Complaints that all name the same event, where there is one. */
export function tellOf(findings: Findings, event: string | undefined): Tell {
  const about = (column = 1): About => ({ column, ...(event ? { event } : {}) });
  return {
    error: (line, message, column) => findings.error(line.number, message, about(column)),
    warning: (line, message, column) => findings.warning(line.number, message, about(column)),
  };
}

/** A value as it can stand in a message: short, in quotes, without control characters. */
export function shown(text: string): string {
  const clean = text.replace(/[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]/g, '?');
  return `"${clean.length > 60 ? `${clean.slice(0, 57)}...` : clean}"`;
}

/** `1 line`, `2 lines`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
