import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYaml } from '../../src/panel/yaml.ts';

/** The character that stands at a line and column. */
function characterAt(text: string, { line, column }: { line: number; column: number }): string | undefined {
  return text.split('\n')[line - 1]?.[column - 1];
}

const word = fc.stringMatching(/^[a-zA-Z0-9{}éß$|]{1,12}$/);

test('a character of a double-quoted text is found behind escapes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(word, fc.constantFrom('"', '\\', '\n', '\t', 'é', '\u0001')), { minLength: 1, maxLength: 8 }),
      parts => {
        const value = `${parts.join('')}Z`;
        const file = `a: 1\nb:\n  c: ${JSON.stringify(value)}\n`;
        const yaml = parseYaml(file);
        expect(yaml.value).toEqual({ a: '1', b: { c: value } });
        expect(characterAt(file, yaml.place(['b', 'c'], value.length - 1))).toBe('Z');
      },
    ),
  );
});

test('a character of a plain, single-quoted or literal text is found', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(6), (parts, indent) => {
      const value = `x${parts.join('')}Z`;
      const blanks = ' '.repeat(indent + 1);
      const files: [string, string][] = [
        [`k: ${value} # note\n`, value],
        [`k: 'it''s ${value}'\n`, `it's ${value}`],
        [`k: |\n${[...parts, value].map(part => `${blanks}${part}\n`).join('')}`, `${[...parts, value].join('\n')}\n`],
        [`k: |-\n${blanks}${value}\n`, value],
      ];
      for (const [file, text] of files) {
        const yaml = parseYaml(file);
        if (yaml.problems.length > 0) continue;
        expect(yaml.value).toEqual({ k: text });
        expect(characterAt(file, yaml.place(['k'], text.lastIndexOf('Z')))).toBe('Z');
      }
    }),
  );
});

test('a character of a folded text is looked for where the text begins', () => {
  const yaml = parseYaml('k: >-\n  one\n  two\nq: "one\n  two"\n');
  expect(yaml.place(['k'], 5)).toEqual({ line: 1, column: 4 });
  expect(yaml.place(['q'], 5)).toEqual({ line: 4, column: 4 });
});

test('what is not there is looked for in what is around it', () => {
  const yaml = parseYaml('a:\n  b:\n    - c: 1\n');
  expect(yaml.place(['a', 'b', 0, 'c'])).toEqual({ line: 3, column: 10 });
  expect(yaml.keyPlace(['a', 'b', 0, 'c'])).toEqual({ line: 3, column: 7 });
  expect(yaml.place(['a', 'b', 0, 'x'])).toEqual({ line: 3, column: 7 });
  expect(yaml.place(['a', 'b', 7])).toEqual({ line: 2, column: 3 });
  expect(yaml.place(['q'])).toEqual({ line: 1, column: 1 });
});
