import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderEdit } from '../../src/command/edits.ts';
import { runIn, shells } from '../helpers/shells.ts';

const page = 4096;

test.each(shells())(
  '$name leaves the old text or the new one on a disk that fills up anywhere on the way',
  { timeout: 60_000 },
  shell => {
    const disk = mkdtempSync(join(tmpdir(), 'hasmit-full-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
    if (mounted.status !== 0) {
      console.warn(
        `No tmpfs can be mounted here (${mounted.stderr}): only a directory that cannot be written to is tried.`,
      );
      const edit = renderEdit('ensure_line', { file: '/proc/version', line: 'b' });
      const before = readFileSync('/proc/version', 'utf8');
      expect('text' in edit && runIn(shell, edit.text).status).toBe(1);
      expect(readFileSync('/proc/version', 'utf8')).toBe(before);
      rmSync(disk, { recursive: true });
      return;
    }
    try {
      const file = join(disk, 'f');
      const old = `${'x'.repeat(page - 2)}\n`;
      const more = 'y'.repeat(page);
      const edit = renderEdit('ensure_line', { file, line: more });
      if ('problem' in edit) throw new Error(edit.problem);
      const seen = new Set<string>();
      for (let free = 0; free <= 8; free++) {
        for (const name of readdirSync(disk)) rmSync(join(disk, name));
        writeFileSync(file, old);
        fill(disk, free);
        const { status } = runIn(shell, edit.text);
        const text = readFileSync(file, 'utf8');
        const rest = readdirSync(disk).filter(name => name !== 'f' && name !== 'filler');
        if (status === 0) {
          expect(text, `${free} pages free`).toBe(`${old}${more}\n`);
          expect(rest.map(name => readFileSync(join(disk, name), 'utf8'))).toEqual([old]);
        } else {
          expect(status).toBe(1);
          expect(text === old, `${free} pages free: ${text.length} characters`).toBe(true);
          expect(rest).toEqual([]);
        }
        seen.add(`${status}`);
      }
      expect([...seen].sort()).toEqual(['0', '1']);
    } finally {
      spawnSync('umount', [disk]);
      rmSync(disk, { recursive: true });
    }
  },
);

/** Fills the disk until this many pages are left. */
function fill(disk: string, free: number): void {
  const filler = join(disk, 'filler');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096'], { stdio: 'ignore' });
  const size = readFileSync(filler).length;
  spawnSync('truncate', ['-s', String(size - free * page), filler]);
}
