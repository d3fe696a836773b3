import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diffOfPlans, previewEdits, unifiedDiff } from '../../src/command/edit-preview.ts';
import { renderDialog } from '../../src/command/render.ts';
import { asUser, onHost } from '../../src/command/wrap.ts';
import type { Edit } from '../../src/panel/types.ts';
import { dialog, edit, field, input, template } from '../helpers/dialog.ts';
import { runIn, shells } from '../helpers/shells.ts';

const fields = [field('vip'), field('pw', { type: 'secret' }), field('host')];
const values = { vip: '10.0.0.9', pw: 'geheim!', host: 'mn2' };
const resolv = edit('ensure_line', { file: '/etc/resolv.conf', line: 'nameserver {{vip}}', before: '^nameserver' });

const read = 'f=/etc/resolv.conf\nif [ -e "$f" ]; then echo there && cat "$f"; else echo none; fi';

test('the diff shows what would change, in the order of the edits, each from the result of the one before', async () => {
  const more = edit('comment_line', { file: '/etc/resolv.conf', match: '^nameserver {{vip}}$' });
  const panel = dialog(undefined, fields, { edits: [resolv, more] });
  const plans = previewEdits(panel, input(fields, values));
  expect(plans.map(plan => plan.read)).toEqual([read, read]);
  const { lines, problems } = await diffOfPlans(
    plans,
    new Map([['/etc/resolv.conf', 'there\nsearch x\nnameserver 1\n']]),
  );
  expect(problems).toEqual([]);
  expect(lines).toEqual([
    '--- /etc/resolv.conf     now',
    '+++ /etc/resolv.conf     afterwards',
    '@@ -1,2 +1,3 @@',
    ' search x',
    '+#nameserver 10.0.0.9',
    ' nameserver 1',
  ]);
});

test('no change, no file and a refusal are said', async () => {
  const panel = dialog(undefined, fields, {
    edits: [
      resolv,
      edit('replace_line', { file: '/etc/b', match: '^x', line: 'y' }),
      edit('ensure_line', { file: '/etc/c', line: 'y' }),
    ],
  });
  const plans = previewEdits(panel, input(fields, values));
  const current = new Map([
    ['/etc/resolv.conf', 'there\nnameserver 10.0.0.9\nnameserver 1\n'],
    ['/etc/b', 'there\nb\n'],
    ['/etc/c', 'none\n'],
  ]);
  expect(await diffOfPlans(plans.slice(0, 1), current)).toEqual({
    lines: ['/etc/resolv.conf: nothing to change'],
    problems: [],
  });
  expect((await diffOfPlans(plans, current)).problems).toEqual(['/etc/b: no line matches', '/etc/c: no such file']);
});

test('a file that is made is all plus signs, and a secret does not show', async () => {
  const panel = dialog(undefined, fields, {
    edits: [edit('ensure_line', { file: '/etc/new', line: 'password={{pw}}', create: 'yes' })],
  });
  const { lines } = await diffOfPlans(previewEdits(panel, input(fields, values)), new Map([['/etc/new', 'none\n']]));
  expect(lines).toEqual([
    '--- /etc/new     now',
    '+++ /etc/new     afterwards',
    '@@ -0,0 +1,1 @@',
    '+password=********',
  ]);
});

test('what is read is read where the edit runs, and as the same user', () => {
  const panel = dialog(undefined, fields, { edits: [resolv], target: template('{{host}}'), as: template('adm') });
  const [plan] = previewEdits(panel, input(fields, values));
  expect(plan?.read).toBe(onHost(asUser(read, 'adm'), 'mn2'));
});

test.each(shells())(
  '$name reads a file or a crontab that is there, says when it is not, and fails when it cannot tell',
  shell => {
    const directory = mkdtempSync(join(tmpdir(), 'hasmit-read-'));
    const file = join(directory, 'a file');
    const plan = (given: Edit) =>
      previewEdits(dialog(undefined, fields, { edits: [given] }), input(fields, values))[0]!;
    const said = (text: string) => {
      const { status, out, err } = runIn(shell, text);
      return [status, out.toString(), err];
    };
    const ofFile = plan(edit('ensure_line', { file, line: 'x' }));
    expect(said(ofFile.read)).toEqual([0, 'none\n', '']);
    writeFileSync(file, 'a\nb');
    expect(said(ofFile.read)).toEqual([0, 'there\na\nb', '']);
    rmSync(file);
    mkdirSync(file);
    expect(said(ofFile.read)[0]).not.toBe(0);
    rmSync(directory, { recursive: true });

    const ofTable = plan(edit('crontab_entry', { user: 'root', entry: '* * * * * x', action: 'add' }));
    expect(ofTable.subject).toBe('crontab of root');
    const withCrontab = (does: string) =>
      said(`crontab() { ${does}; }; id() { echo joe; }; uname() { echo Linux; }\n${ofTable.read}`);
    expect(withCrontab('echo "crontab $*"')).toEqual([0, 'there\ncrontab -u root -l\n', '']);
    expect(withCrontab('echo "no crontab for root" >&2; return 1')).toEqual([0, 'none\n', '']);
    expect(withCrontab('echo "not allowed" >&2; return 1')).toEqual([1, '', 'not allowed\n']);
  },
);

test('several edits are joined so that the first that fails stops the rest', () => {
  const first = edit('ensure_line', { file: '/nowhere/a', line: 'x' });
  const second = edit('ensure_line', { file: '/nowhere/b', line: 'x' });
  const command = renderDialog(dialog(undefined, fields, { edits: [first, second] }), input(fields, values));
  expect(command.text).toContain(') &&\n(');
  for (const shell of shells()) {
    const { status, err } = runIn(shell, command.text);
    expect([status, err]).toEqual([1, '/nowhere/a: no such file\n']);
  }
});

test('an edit whose condition does not hold is not there', () => {
  const conditional = edit('ensure_line', { file: '/etc/b', line: 'x' }, 'host == "mn2"');
  const panel = dialog(undefined, fields, { edits: [resolv, conditional] });
  const text = (holds: boolean) => renderDialog(panel, input(fields, values, { holds: () => holds })).text;
  expect(text(true)).toContain('f=/etc/b');
  expect(text(false)).not.toContain('/etc/b');
  expect(
    renderDialog(dialog(undefined, fields, { edits: [conditional] }), input(fields, values, { holds: () => false }))
      .text,
  ).toBe(':');
});

test('a value in a search expression stands for itself, and the parts know their fields', () => {
  const panel = dialog(undefined, fields, {
    edits: [edit('replace_line', { file: '/etc/hosts', match: '^{{vip}}[[:space:]]', line: '{{vip}} {{host}}' })],
  });
  const command = renderDialog(panel, input(fields, values));
  expect(command.text).toContain("MATCH='^10\\.0\\.0\\.9[[:space:]]'\n");
  expect(command.text).toContain("LINE='10.0.0.9 mn2'\n");
  expect(command.parts.map(part => [part.field, command.text.slice(part.start, part.end)])).toEqual([
    ['vip', '10.0.0.9'],
    ['host', 'mn2'],
    ['vip', '10\\.0\\.0\\.9'],
  ]);
});

test.each([
  [{ file: '{{host}}', line: 'x' }, 'whole path'],
  [{ file: '/etc/x', line: 'x', before: '(' }, 'empty alternative'],
  [{ file: '/etc/x', line: 'x', before: '{{pw}}' }, 'a secret cannot be part'],
])('an edit that makes no sense has a problem and does not run: %j', (args, words) => {
  const command = renderDialog(
    dialog(undefined, fields, { edits: [edit('ensure_line', args)] }),
    input(fields, values),
  );
  expect(command.problem).toContain(words);
});

test('a value cannot bring lines of its own into a block', () => {
  const block = edit('append_block', { file: '/etc/x', block: 'a\n{{vip}}\n{{host}}\n' });
  const command = renderDialog(dialog(undefined, fields, { edits: [block] }), input(fields, values));
  expect(command.problem).toBeUndefined();
  expect(command.text).toContain("BLOCK='a\n10.0.0.9\nmn2\n'\n");
  const longer = renderDialog(
    dialog(undefined, fields, { edits: [block] }),
    input(fields, { ...values, host: 'mn2\nx' }),
  );
  expect(longer.problem).toBe('HOST must be one line.');
});

test('a missing value in an edit is missing, not a problem', () => {
  const need = [field('vip', { required: true })];
  const command = renderDialog(dialog(undefined, need, { edits: [resolv] }), input(need, { vip: '' }));
  expect(command.missing).toEqual(['vip']);
  expect(command.problem).toBeUndefined();
  expect(command.text).toContain("LINE='nameserver ???'");
});

test('a unified diff is empty when nothing differs, and tells of a missing last newline', async () => {
  expect(await unifiedDiff('a\n', 'a\n', 'f')).toBe('');
  expect(await unifiedDiff('a', 'a\nb\n', 'f')).toContain('\\ No newline at end of file');
});

test('a file with carriage returns and tabs is compared to the letter and shown without control characters', async () => {
  const panel = dialog(undefined, fields, { edits: [edit('ensure_line', { file: '/etc/x', line: 'b' })] });
  const { lines } = await diffOfPlans(
    previewEdits(panel, input(fields, values)),
    new Map([['/etc/x', 'there\na\tc\r\nb\r\n']]),
  );
  expect(lines.slice(2)).toEqual(['@@ -1,2 +1,3 @@', ' a       c^M', ' b^M', '+b']);
});
