import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { renderEdit } from '../../src/command/edits.ts';
import { runIn, type Shell, shells } from '../helpers/shells.ts';

const all = shells();
const root = mkdtempSync(join(tmpdir(), 'hasmit-crontab-'));
afterAll(() => rmSync(root, { recursive: true }));
const systems = ['linux', 'aix'];
const each = all.flatMap(shell => systems.map(system => ({ shell, system, name: shell.name })));

let stages = 0;

/** A spool directory, a home for backups, and a way to run an edit with the crontab of a system. */
function stage(shell: Shell, system: string) {
  const base = join(root, String(stages++));
  const spool = join(base, 'spool');
  const home = join(base, 'home');
  mkdirSync(spool, { recursive: true });
  mkdirSync(home);
  const stubs = fileURLToPath(new URL(`../fixtures/crontab/${system}`, import.meta.url));
  const run = (args: Record<string, string>, more: Record<string, string> = {}) => {
    const edit = renderEdit('crontab_entry', args);
    if ('problem' in edit) throw new Error(edit.problem);
    return runIn(shell, edit.text, { env: { PATH: `${stubs}:/usr/bin:/bin`, TEST_SPOOL: spool, HOME: home, ...more } });
  };
  const table = (user: string) => (existsSync(join(spool, user)) ? readFileSync(join(spool, user), 'utf8') : undefined);
  const backups = () =>
    readdirSync(home).map(name => [name.replace(/\d{14}_*$/, 'DATE'), readFileSync(join(home, name), 'utf8')]);
  return { spool, run, table, backups };
}

const entry = "0 1 * * * /usr/bin/rsync -az /etc/x mn2:/etc # it's \\ ours 50%";

test.each(each)(
  '$name on $system adds an entry once, keeps the old table, and removes it once',
  ({ shell, system }) => {
    for (const user of ['tester', 'postgres']) {
      const { spool, run, table, backups } = stage(shell, system);
      writeFileSync(join(spool, user), '5 * * * * old\n');
      const added = run({ user, entry, action: 'add' });
      expect([added.status, added.err]).toEqual([0, '']);
      expect(table(user)).toBe(`5 * * * * old\n${entry}\n`);
      expect(backups()).toEqual([[`crontab.${user}.DATE`, '5 * * * * old\n']]);
      expect(run({ user, entry, action: 'add' }).out.toString()).toBe(`crontab of ${user}: nothing to change\n`);
      expect(run({ user, entry, action: 'remove' }).status).toBe(0);
      expect(table(user)).toBe('5 * * * * old\n');
      expect(run({ user, entry, action: 'remove' }).out.toString()).toContain('nothing to change');
      expect(backups().length).toBe(2);
    }
  },
);

test.each(each)('$name on $system makes a crontab where there is none', ({ shell, system }) => {
  const { run, table, backups } = stage(shell, system);
  const { status, out, err } = run({ user: 'postgres', entry, action: 'add' });
  expect([status, out.toString(), err]).toEqual([0, 'crontab of postgres: made\n', '']);
  expect(table('postgres')).toBe(`${entry}\n`);
  expect(backups()).toEqual([]);
});

test.each(each)('$name on $system replaces the entries that match', ({ shell, system }) => {
  const { spool, run, table } = stage(shell, system);
  writeFileSync(join(spool, 'tester'), 'a\n1 * * * * rsync x\n2 * * * * rsync x\n');
  expect(run({ user: 'tester', entry: '3 * * * * rsync x', match: 'rsync x$', action: 'add' }).status).toBe(0);
  expect(table('tester')).toBe('a\n3 * * * * rsync x\n');
});

test.each(all)('$name never takes a refusal for an empty crontab', shell => {
  const { spool, run, table, backups } = stage(shell, 'linux');
  writeFileSync(join(spool, 'tester'), 'a\n');
  const { status, err } = run({ user: 'tester', entry, action: 'add' }, { TEST_DENIED: 'yes' });
  expect([status, err]).toEqual([1, 'You (tester) are not allowed to use this program (crontab)\n']);
  expect(table('tester')).toBe('a\n');
  expect(backups()).toEqual([]);
});

test.each(all)('$name tells when crontab refuses the new table, and leaves nothing behind', shell => {
  const { spool, run, table, backups } = stage(shell, 'linux');
  writeFileSync(join(spool, 'tester'), 'a\n');
  const { status, err } = run({ user: 'tester', entry: 'bad entry', action: 'add' });
  expect(status).toBe(1);
  expect(err).toContain('bad minute');
  expect(err).toContain('crontab of tester: not changed');
  expect(table('tester')).toBe('a\n');
  expect(backups()).toEqual([]);
});

test('the crontab of this machine takes and loses an entry', () => {
  const user = 'nobody';
  const real = (args: string[]) => spawnSync('crontab', ['-u', user, ...args], { encoding: 'utf8' });
  const before = real(['-l']);
  if (before.error || process.getuid?.() !== 0 || before.status === 0 || !before.stderr.includes('no crontab')) {
    console.warn(
      `No crontab of ${user} can be tried here (not root, no cron, or one is in use); the stand-ins were tried.`,
    );
    expect(stages).toBeGreaterThan(0);
    return;
  }
  try {
    for (const shell of all) {
      for (const action of ['add', 'remove']) {
        const edit = renderEdit('crontab_entry', { user, entry, action });
        const { status, err } = runIn(shell, 'text' in edit ? edit.text : '', { env: { HOME: root } });
        expect([status, err]).toEqual([0, '']);
        expect(real(['-l']).stdout).toBe(action === 'add' ? `${entry}\n` : '');
      }
      real(['-r']);
    }
  } finally {
    real(['-r']);
  }
});
