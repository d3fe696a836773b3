import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { applyEdit } from '../../src/command/edit-apply.ts';
import { renderEdit } from '../../src/command/edits.ts';
import type { EditVerb } from '../../src/panel/types.ts';
import { runIn, type Shell, shells } from '../helpers/shells.ts';
import { value } from '../helpers/values.ts';

const all = shells();
const root = mkdtempSync(join(tmpdir(), 'hasmit-edit-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Directories with an `awk` in them: the system's, busybox's, and those of HASMIT_TEST_AWKS (paths of awks, by colons). */
const awks = ['', ...['/usr/bin/busybox', ...(process.env.HASMIT_TEST_AWKS?.split(':') ?? [])].filter(existsSync)].map(
  (path, i) => {
    if (path === '') return '/usr/bin';
    const directory = join(root, `awk${i}`);
    mkdirSync(directory);
    symlinkSync(path, join(directory, 'awk'));
    return directory;
  },
);

let runs = 0;

/** A fresh directory with a file of this text (none when undefined), and a way to run an edit of it. */
function stage(text: string | undefined) {
  const directory = join(root, `run${runs++}`);
  mkdirSync(directory);
  const file = join(directory, "it's $(a) file");
  if (text !== undefined) {
    writeFileSync(file, text);
    chmodSync(file, 0o604);
  }
  const run = (shell: Shell, verb: EditVerb, args: Record<string, string>, awk = '/usr/bin') => {
    const edit = renderEdit(verb, { ...args, file });
    if ('problem' in edit) throw new Error(edit.problem);
    return runIn(shell, edit.text, { env: { PATH: `${awk}:/usr/bin:/bin` } });
  };
  const others = () => readdirSync(directory).filter(name => join(directory, name) !== file);
  return { directory, file, run, others };
}

const word = fc.constantFrom(
  'a',
  'b',
  'ab',
  '#a',
  '  a',
  ' #b',
  '',
  '1',
  '1.0',
  '01',
  'x y',
  'a\\',
  "'",
  '"$x"',
  '&',
  '%s\\n',
  'é',
  'db 1/tcp',
  'db\t7/tcp b #c',
  'z 7/tcp',
  'c 7/udp db',
);
const lineOf = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 1, arbitrary: value.map(text => text.replaceAll('\n', '').replaceAll('\r', '')) },
);
const file = fc
  .tuple(fc.array(lineOf, { maxLength: 8 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''));
const line = lineOf.filter(text => text !== '');
const match = fc.constantFrom(
  'a',
  '^a',
  'b$',
  '^ *#',
  '^$',
  '1',
  '^[[:space:]]*a',
  'é',
  'a|b',
  '.',
  'nothing',
  '\\\\$',
);
const yes = fc.constant('yes');

const edits: fc.Arbitrary<{ verb: EditVerb; args: Record<string, string> }> = fc.oneof(
  line.map(l => ({ verb: 'ensure_line' as const, args: { line: l } })),
  fc.tuple(line, yes).map(([l, first]) => ({ verb: 'ensure_line' as const, args: { line: l, first } })),
  fc.tuple(line, match).map(([l, before]) => ({ verb: 'ensure_line' as const, args: { line: l, before } })),
  fc.tuple(line, match).map(([l, after]) => ({ verb: 'ensure_line' as const, args: { line: l, after } })),
  fc.tuple(line, match).map(([l, m]) => ({ verb: 'replace_line' as const, args: { line: l, match: m } })),
  fc
    .tuple(match, fc.constantFrom('', '# ', ';'))
    .map(([m, comment]) => ({ verb: 'comment_line' as const, args: { match: m, comment } })),
  fc
    .tuple(fc.array(lineOf, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.option(match, { nil: '' }))
    .map(([lines, end, unless]) => ({
      verb: 'append_block' as const,
      args: { block: `${lines.join('\n')}${end || lines.join('') === '' ? '\n' : ''}`, unless },
    })),
  line.map(l => ({ verb: 'remove_line' as const, args: { line: l } })),
  match.map(m => ({ verb: 'remove_line' as const, args: { match: m } })),
  fc.tuple(line, match).map(([l, m]) => ({ verb: 'remove_line' as const, args: { line: l, match: m } })),
  fc
    .constantFrom('1', '7', '9')
    .map(port => ({ verb: 'services_entry' as const, args: { name: 'db', port, protocol: 'tcp' } })),
);

test('every shell and awk does to a file what the foreseen diff says, twice, and keeps a backup', {
  timeout: 120_000,
}, () => {
  let turn = 0;
  const property = fc.property(edits, file, ({ verb, args }, text) => {
    const shell = all[turn % all.length]!;
    const awk = awks[Math.floor(turn++ / all.length) % awks.length]!;
    const { file: path, directory, run, others } = stage(text);
    const wanted = applyEdit(verb, { ...args, file: path }, text);
    const before = statSync(path);
    const { status, err, out } = run(shell, verb, args, awk);
    const told = `${shell.name} ${awk} ${out}${err}`;
    expect(readFileSync(path, 'utf8'), told).toBe('problem' in wanted ? text : wanted.text);
    expect(status, told).toBe('problem' in wanted ? 1 : 0);
    const after = statSync(path);
    expect([after.ino, after.mode, after.uid]).toEqual([before.ino, before.mode, before.uid]);
    const left = others();
    if ('problem' in wanted || !wanted.changed) expect(left).toEqual([]);
    else {
      expect(left.map(name => name.replace(/\d{14}$/, 'DATE'))).toEqual(["it's $(a) file.DATE"]);
      expect(readFileSync(join(directory, left[0]!), 'utf8')).toBe(text);
      expect(statSync(join(directory, left[0]!)).mode).toBe(before.mode);
    }
    if (!('problem' in wanted)) {
      const again = run(shell, verb, args, awk);
      expect([again.status, again.err]).toEqual([0, '']);
      expect(again.out.toString()).toContain('nothing to change');
      expect(readFileSync(path, 'utf8')).toBe(wanted.text);
      expect(others()).toEqual(left);
    }
    rmSync(directory, { recursive: true });
  });
  fc.assert(property, { numRuns: 200 });
  expect(turn).toBeGreaterThanOrEqual(200);
});

test.each(all)(
  '$name refuses a file that is not there, makes it only when told to, and touches nothing else',
  shell => {
    const { file: path, run, others } = stage(undefined);
    const refused = run(shell, 'ensure_line', { line: 'a' });
    expect([refused.status, refused.err]).toEqual([1, `${path}: no such file\n`]);
    expect(existsSync(path)).toBe(false);
    const made = run(shell, 'ensure_line', { line: 'a', create: 'yes' });
    expect([made.status, made.err, made.out.toString()]).toEqual([0, '', `${path}: made\n`]);
    expect(readFileSync(path, 'utf8')).toBe('a\n');
    expect(others()).toEqual([]);
    const again = run(shell, 'ensure_line', { line: 'b', create: 'yes' });
    expect([again.status, readFileSync(path, 'utf8'), others().length]).toEqual([0, 'a\nb\n', 1]);
  },
);

test.each(all)('$name writes through a symbolic link and leaves it one, and refuses a directory', shell => {
  const { directory, file: path, run } = stage(undefined);
  writeFileSync(join(directory, 'real'), 'a\n');
  symlinkSync('real', path);
  expect(run(shell, 'ensure_line', { line: 'b' }).status).toBe(0);
  expect(readFileSync(join(directory, 'real'), 'utf8')).toBe('a\nb\n');
  rmSync(path);
  mkdirSync(path);
  expect(run(shell, 'ensure_line', { line: 'b' }).status).toBe(1);
});

test.each(all)('$name keeps every backup, even of two changes in one second', shell => {
  const { directory, run, others } = stage('a\n');
  for (const line of ['b', 'c', 'd']) expect(run(shell, 'ensure_line', { line }).status).toBe(0);
  const texts = others().map(name => readFileSync(join(directory, name), 'utf8'));
  expect(texts.sort()).toEqual(['a\n', 'a\nb\n', 'a\nb\nc\n']);
});

test.each(all)(
  '$name appends a block with its empty lines, once, and not where something of its kind stands',
  shell => {
    const { file: path, run, others } = stage(undefined);
    const block = 'UE_A\n0\n\n\n';
    const args = { block, unless: '^UE_A$', create: 'yes' };
    expect(run(shell, 'append_block', args).out.toString()).toBe(`${path}: made\n`);
    expect(readFileSync(path, 'utf8')).toBe(block);
    expect(run(shell, 'append_block', args).out.toString()).toBe(`${path}: nothing to change\n`);
    const other = run(shell, 'append_block', { ...args, block: 'UE_A\n1\n' });
    expect([other.status, other.err]).toEqual([
      1,
      `${path}: something else of this kind stands in it already, not changed\n`,
    ]);
    expect([readFileSync(path, 'utf8'), others()]).toEqual([block, []]);
    expect(run(shell, 'append_block', { block: "UE_B\n$(id) 'x'\\n" }).status).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(`${block}UE_B\n$(id) 'x'\\n\n`);
  },
);

test('the text of an edit is plain shell that can be read and copied', () => {
  const edit = renderEdit('ensure_line', { file: '/etc/resolv.conf', line: "nameserver 10.0.0.9 # it's ours" });
  expect('text' in edit && edit.text).toBe(`(
f=/etc/resolv.conf
LINE='nameserver 10.0.0.9 # it'\\''s ours'
LC_ALL=C
export LINE LC_ALL
edit() { awk 'BEGIN { line = ENVIRON["LINE"] "" }
{ print }
$0 == line { found = 1 }
END { if (!found) print line; exit (found ? 9 : 0) }'; }
[ -f "$f" ] || { echo "$f: no such file" >&2; exit 1; }
edit < "$f" > /dev/null
case $? in
0) ;;
9) echo "$f: nothing to change"; exit 0 ;;
*) exit 1 ;;
esac
b=$f.$(date +%Y%m%d%H%M%S)
while [ -e "$b" ]; do b=\${b}_; done
n=$b.new
umask 077
set -C
trap 'rm -f "$n"' 0
trap 'exit 1' 1 2 15
if edit < "$f" | cat > "$n" && cp -p "$f" "$b"; then
  trap '' 1 2 15
  if cat "$n" >| "$f"; then
    echo "$f: changed, the old text is in $b"
    exit 0
  fi
  rm -f "$n"
  { cat "$b" >| "$f" && rm -f "$b"; } || mv -f "$b" "$f"
else
  rm -f "$b"
fi
echo "$f: not changed" >&2
exit 1
)`);
});
