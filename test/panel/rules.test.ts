/**
 * One small file for each rule, in test/fixtures/panels. The last lines of a file are what must be said about it, no more and no less:
 * `#! LINE:COLUMN: PANEL: MESSAGE`. Warnings count only in files that expect one, or that are named good-.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatComplaint } from '../../src/panel/complaint.ts';
import { complaintsOf } from '../helpers/panels.ts';

const directory = join(import.meta.dirname, '../fixtures/panels');
const files = readdirSync(directory).filter(name => name.endsWith('.yaml'));

function splitFixture(text: string): { content: string; expected: string[] } {
  const lines = text.split('\n');
  const content = lines.filter(line => !line.startsWith('#! ')).join('\n');
  return { content, expected: lines.filter(line => line.startsWith('#! ')).map(line => line.slice(3)) };
}

test('there is a file for each rule', () => {
  expect(files.length).toBeGreaterThan(100);
});

test.each(files)('%s is complained about as it says itself', name => {
  const { content, expected } = splitFixture(readFileSync(join(directory, name), 'utf8'));
  const warnings = name.startsWith('good-') || expected.some(line => line.includes('warning: '));
  const said = complaintsOf(content)
    .filter(complaint => warnings || complaint.level === 'error')
    .map(complaint => formatComplaint(complaint).replace(/^F:/, ''));
  expect(said).toEqual(expected);
  // A file that is not called good has at least one thing to find.
  expect(said.length > 0).toBe(!name.startsWith('good-'));
});

test('every complaint has a line and a column that exist in its file', () => {
  for (const name of files) {
    const { content } = splitFixture(readFileSync(join(directory, name), 'utf8'));
    const lines = content.split('\n');
    for (const { place, message } of complaintsOf(content)) {
      expect(place.line, message).toBeLessThanOrEqual(lines.length);
      expect(place.column, message).toBeLessThanOrEqual((lines[place.line - 1] ?? '').length + 1);
    }
  }
});
