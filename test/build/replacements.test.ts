import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram } from '../../scripts/build.ts';
import { replaceIn, replacements } from '../../scripts/build-replacements.ts';
import { root } from '../helpers/program.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hasmit-build-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Builds the frames fixture and gives what it prints. */
async function framesOf(name: string, plain: boolean): Promise<string> {
  const out = join(directory, name);
  await buildProgram({ root, entry: join(root, 'test/fixtures/build/frames.tsx'), out, plain });
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(out, 'hasmit.cjs')], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, FORCE_COLOR: '1', TERM: 'xterm' },
  });
  // Ink shows the cursor again on standard error when the process ends.
  expect(stderr.replace('\x1b[?25h', '')).toBe('');
  expect(status).toBe(0);
  return stdout;
}

test('a build with replacements draws the same frames as one without', async () => {
  const replaced = await framesOf('replaced', false);
  const plain = await framesOf('plain', true);
  expect(plain).toContain('漢字');
  expect(plain).toContain('👨‍👩‍👧‍👦');
  expect(plain.split('\n').length).toBeGreaterThan(60);
  expect(replaced).toBe(plain);
});

test('a replacement whose text is gone, or stands there twice, ends the build and names the file', () => {
  for (const entry of replacements) {
    const owner = { file: entry.file, version: entry.version ?? '1.0.0' };
    const others = replacements.filter(
      other => other.file === entry.file && other.version === entry.version && other !== entry,
    );
    const rest = others.map(other => other.find).join('\n');
    expect(() => replaceIn(owner, rest, false)).toThrow(entry.file);
    expect(() => replaceIn(owner, `${rest}\n${entry.find}\n${entry.find}`, false)).toThrow('wanted once');
  }
});

test('a version that no replacement was written for ends the build', () => {
  expect(() => replaceIn({ file: 'string-width/index.js', version: '99.0.0' }, '', false)).toThrow(
    'knows no such version',
  );
});

test('a plain build makes only the replacements it cannot do without', () => {
  const reconciler = replacements.filter(entry => entry.file === 'ink/build/reconciler.js');
  const used = replaceIn(
    { file: 'ink/build/reconciler.js', version: '8.0.0' },
    reconciler.map(entry => entry.find).join('\n'),
    true,
  );
  expect(used.used).toEqual(reconciler);
  const assert = replacements.find(entry => entry.file === 'signal-exit/index.js')!;
  expect(replaceIn({ file: assert.file, version: '3.0.7' }, assert.find, true)).toEqual({
    text: assert.find,
    used: [],
  });
});
