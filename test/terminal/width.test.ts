import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cutToWidth, graphemes, padToWidth, plainWidth, textWidth, wrapText } from '../../src/terminal/width.ts';

test('Every character of the plain table has the width string-width gives it', () => {
  const wrong: string[] = [];
  let counted = 0;
  for (let code = 0x20; code < 0x20000; code++) {
    const cells = plainWidth(code);
    if (cells === 0) continue;
    counted++;
    if (stringWidth(String.fromCodePoint(code)) !== cells) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
  expect(counted).toBeGreaterThan(39000);
});

test('Plain characters stay graphemes of their own next to each other', () => {
  const plain = Array.from({ length: 0xffff }, (_, code) => code).filter(code => plainWidth(code) > 0);
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...plain), { minLength: 2, maxLength: 8 }), codes => {
      const text = String.fromCodePoint(...codes);
      expect(Array.from(segmenter.segment(text), part => part.segment)).toEqual(text.split(''));
      expect(textWidth(text)).toBe(stringWidth(text));
    }),
    { numRuns: 2000 },
  );
});

test('Any text is as wide as string-width says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), text => {
      expect(textWidth(text)).toBe(stringWidth(text));
      expect(graphemes(text).join('')).toBe(text);
    }),
  );
});

test('Wide, combining and joined characters count in cells', () => {
  expect(textWidth('node1')).toBe(5);
  expect(textWidth('漢字')).toBe(4);
  expect(textWidth('e\u0301')).toBe(1);
  expect(textWidth('👨‍👩‍👧')).toBe(2);
  expect(graphemes('ae\u0301👨‍👩‍👧')).toEqual(['a', 'e\u0301', '👨‍👩‍👧']);
});

test('Cutting never halves a wide character and padding fills to the cell', () => {
  expect(cutToWidth('abcdef', 3)).toBe('abc');
  expect(cutToWidth('a漢字', 2)).toBe('a');
  expect(cutToWidth('a漢字', 3)).toBe('a漢');
  expect(cutToWidth('abc', 0)).toBe('');
  expect(padToWidth('a漢字', 4)).toBe('a漢 ');
  expect(padToWidth('ab', 4)).toBe('ab  ');
  expect(padToWidth('abcdef', 4)).toBe('abcd');
});

test('Text is wrapped at blanks, long words are cut, indents and empty lines stay', () => {
  expect(wrapText('The virtual IP must not answer', 12)).toEqual(['The virtual', 'IP must not', 'answer']);
  expect(wrapText('  an indent stays', 9)).toEqual(['  an', 'indent', 'stays']);
  expect(wrapText('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  expect(wrapText('/usr/sbin/cluster/utilities/clchparam -n', 10)).toEqual([
    '/usr/sbin/',
    'cluster/ut',
    'ilities/cl',
    'chparam -n',
  ]);
  expect(wrapText('漢字漢字', 5)).toEqual(['漢字', '漢字']);
  expect(wrapText('漢', 1)).toEqual(['漢']);
  expect(wrapText('', 10)).toEqual(['']);
  expect(wrapText('abcde ', 5)).toEqual(['abcde']);
});

test('Wrapped rows never exceed the width and lose no word', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢', 'é', '-'), maxLength: 60 }),
      fc.integer({ min: 2, max: 30 }),
      (text, width) => {
        const rows = wrapText(text, width);
        for (const row of rows) expect(textWidth(row)).toBeLessThanOrEqual(width);
        expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
  );
});

test('The lazy load of string-width works from the sources and from a CommonJS bundle, and not before it is needed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-width-'));
  try {
    const source = join(import.meta.dirname, '../../src/terminal/width.ts');
    const script = `
      let made = 0;
      const Real = Intl.Segmenter;
      Intl.Segmenter = class extends Real { constructor(...all) { super(...all); made++; } };
      const { textWidth } = WIDTH;
      const before = [textWidth('plain ascii'), textWidth('漢字 é ─'), made];
      console.log(JSON.stringify([...before, textWidth('👨‍👩‍👧e\u0301'), made > 0]));`;
    const modules = join(directory, 'run.mts');
    writeFileSync(modules, script.replace('WIDTH', `await import(${JSON.stringify(source)})`));
    const entry = join(directory, 'entry.ts');
    writeFileSync(entry, script.replace('WIDTH', `require(${JSON.stringify(source)})`));
    const bundle = join(directory, 'run.cjs');
    buildSync({
      entryPoints: [entry],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'esnext',
      logLevel: 'error',
      logOverride: { 'empty-import-meta': 'silent' },
    });
    for (const file of [modules, bundle])
      expect(JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8', cwd: '/' }))).toEqual([
        11,
        8,
        0,
        3,
        true,
      ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
