import { expect, test } from 'vitest';
import { applyEdit } from '../../src/command/edit-apply.ts';
import type { EditVerb } from '../../src/panel/types.ts';

const f = { file: '/etc/x' };

test.each<[verb: EditVerb, args: Record<string, string>, before: string | undefined, after: string]>([
  ['ensure_line', { ...f, line: 'b' }, 'a\n', 'a\nb\n'],
  ['ensure_line', { ...f, line: 'b' }, 'a', 'a\nb\n'],
  ['ensure_line', { ...f, line: 'b' }, 'b\na', 'b\na'],
  ['ensure_line', { ...f, line: 'b' }, 'b \n', 'b \nb\n'],
  ['ensure_line', { ...f, line: '1.0' }, '1\n', '1\n1.0\n'],
  ['ensure_line', { ...f, line: 'b' }, '', 'b\n'],
  ['ensure_line', { ...f, line: 'b', create: 'yes' }, undefined, 'b\n'],
  ['ensure_line', { ...f, line: 'b', first: 'yes' }, 'a\nb\nb\n', 'b\na\n'],
  ['ensure_line', { ...f, line: 'b', first: 'yes' }, 'b\na\nb\n', 'b\na\nb\n'],
  ['ensure_line', { ...f, line: 'b', first: 'yes' }, '', 'b\n'],
  ['ensure_line', { ...f, line: 'ns 9', before: '^ns' }, 'd\nns 1\nns 2\n', 'd\nns 9\nns 1\nns 2\n'],
  ['ensure_line', { ...f, line: 'ns 9', before: '^ns' }, 'd\nns 1\nns 9\n', 'd\nns 9\nns 1\n'],
  ['ensure_line', { ...f, line: 'ns 9', before: '^ns' }, 'ns 9\nns 1', 'ns 9\nns 1'],
  ['ensure_line', { ...f, line: 'ns 9', before: '^ns' }, 'd\n', 'd\nns 9\n'],
  ['ensure_line', { ...f, line: 'k=1', after: '^\\[b\\]' }, '[a]\nk=1\n[b]\nz\n', '[a]\nk=1\n[b]\nk=1\nz\n'],
  ['ensure_line', { ...f, line: 'k=1', after: '^\\[b\\]' }, '[b]\nz\nk=1\n', '[b]\nz\nk=1\n'],
  ['ensure_line', { ...f, line: 'k=1', after: '^q' }, 'a\n', 'a\nk=1\n'],
  ['append_block', { ...f, block: 'b\n\nc\n' }, 'a\n', 'a\nb\n\nc\n'],
  ['append_block', { ...f, block: 'b\n\n' }, 'a', 'a\nb\n\n'],
  ['append_block', { ...f, block: 'b\nc' }, 'a\nb\nc\nd', 'a\nb\nc\nd'],
  ['append_block', { ...f, block: 'b\nc\n' }, 'b\nx\nc\nb\n', 'b\nx\nc\nb\nb\nc\n'],
  ['append_block', { ...f, block: 'b\nc\n', unless: '^b$' }, 'b\nc\n', 'b\nc\n'],
  ['append_block', { ...f, block: 'b\nc\n', unless: '^b$' }, 'bb\n', 'bb\nb\nc\n'],
  ['append_block', { ...f, block: '\n', create: 'yes' }, undefined, '\n'],
  ['replace_line', { ...f, match: '^#?Port', line: 'Port 22' }, '#Port 1\nx\nPort 2\n', 'Port 22\nx\nPort 22\n'],
  ['replace_line', { ...f, match: '^P', line: 'Port 22' }, 'x\nPort 22', 'x\nPort 22'],
  ['replace_line', { ...f, match: '^#P', line: 'Port 22' }, 'Port 22\n', 'Port 22\n'],
  ['comment_line', { ...f, match: 'swap' }, 'a\n/swap\n#swap\n  # swap\n swap', 'a\n#/swap\n#swap\n  # swap\n# swap\n'],
  ['comment_line', { ...f, match: 'swap', comment: '; ' }, 'swap\n; swap\n', '; swap\n; swap\n'],
  ['comment_line', { ...f, match: 'none' }, 'a', 'a'],
  ['remove_line', { ...f, line: 'a' }, 'a\nb\na', 'b\n'],
  ['remove_line', { ...f, match: '^a' }, 'ab\nb\n', 'b\n'],
  ['remove_line', { ...f, line: 'b', match: '^a' }, 'ab\nb\nc\n', 'c\n'],
  ['remove_line', { ...f, line: 'a' }, 'a\n', ''],
  ['remove_line', { ...f, line: 'x' }, 'a', 'a'],
  ['crontab_entry', { user: 'root', action: 'add', entry: '1 * * * * x' }, undefined, '1 * * * * x\n'],
  [
    'crontab_entry',
    { user: 'root', action: 'add', entry: '1 * * * * x', match: 'x$' },
    '2 * * * * x\na\n',
    'a\n1 * * * * x\n',
  ],
  ['crontab_entry', { user: 'root', action: 'add', entry: '1 x', match: 'x$' }, 'a\n1 x\n2 x\n', 'a\n1 x\n'],
  ['crontab_entry', { user: 'root', action: 'remove', match: 'x$' }, '2 * * * * x\na\n', 'a\n'],
  ['crontab_entry', { user: 'root', action: 'remove', entry: 'a' }, undefined, ''],
  [
    'services_entry',
    { name: 'db', port: '55001', protocol: 'tcp' },
    'ssh 22/tcp\n',
    `ssh 22/tcp\n${'db'.padEnd(15)} 55001/tcp\n`,
  ],
  ['services_entry', { name: 'db', port: '55001', protocol: 'tcp' }, 'db\t55001/tcp # x\n', 'db\t55001/tcp # x\n'],
  [
    'services_entry',
    { name: 'db', port: '55001', protocol: 'tcp' },
    'db\t1/tcp alias #x\ndb 2/udp',
    'db\t55001/tcp alias #x\ndb 2/udp\n',
  ],
  ['services_entry', { name: 'db', port: '55001', protocol: 'tcp' }, 'x 55001/tcp db\n', 'x 55001/tcp db\n'],
])('%s %j turns %j into %j', (verb, args, before, after) => {
  const applied = applyEdit(verb, args, before);
  expect(applied).toEqual({ text: after, changed: after !== (before ?? '') });
  // What is as it should be stays so.
  expect(applyEdit(verb, args, after)).toEqual({ text: after, changed: false });
});

test.each<[verb: EditVerb, args: Record<string, string>, before: string | undefined, words: string]>([
  ['ensure_line', { ...f, line: 'b' }, undefined, 'no such file'],
  ['ensure_line', { file: 'etc/x', line: 'b' }, '', 'whole path'],
  ['ensure_line', { ...f }, '', 'needs "line"'],
  ['ensure_line', { ...f, line: 'a\nb' }, '', 'one line'],
  ['ensure_line', { ...f, line: 'a', after: 'b', before: 'c' }, '', 'not both'],
  ['ensure_line', { ...f, line: 'a', first: 'yes', before: 'c' }, '', 'neither'],
  ['ensure_line', { ...f, line: 'a', where: 'c' }, '', 'takes no "where"'],
  [
    'append_block',
    { ...f, block: 'b\nc\n', unless: '^b$' },
    'b\nx\n',
    'something else of this kind stands in it already',
  ],
  ['append_block', { ...f, block: 'b\nc\n', unless: '(' }, '', 'empty alternative'],
  ['append_block', { ...f, block: '' }, '', 'needs "block"'],
  ['append_block', { ...f, block: 'b' }, undefined, 'no such file'],
  ['replace_line', { ...f, match: '(', line: 'x' }, '', 'empty alternative'],
  ['replace_line', { ...f, match: '^a', line: 'x' }, 'b\n', 'no line matches'],
  ['remove_line', { ...f }, 'b\n', '"line" or "match"'],
  ['crontab_entry', { user: 'root', action: 'drop', entry: 'x' }, '', 'add or remove'],
  ['crontab_entry', { user: 'root', action: 'add', match: 'x' }, '', 'needs "entry"'],
  ['crontab_entry', { user: '-x', action: 'add', entry: 'x' }, '', 'user name'],
  ['services_entry', { name: 'db', port: '0', protocol: 'tcp' }, '', '1 to 65535'],
  ['services_entry', { name: 'db', port: '70000', protocol: 'tcp' }, '', '1 to 65535'],
  ['services_entry', { name: 'a b', port: '1', protocol: 'tcp' }, '', 'service name'],
  ['services_entry', { name: 'db', port: '22', protocol: 'tcp' }, 'ssh 22/tcp\n', 'another service has this port'],
])('%s %j on %j is refused: %s', (verb, args, before, words) => {
  const applied = applyEdit(verb, args, before);
  expect('problem' in applied ? applied.problem : '').toContain(words);
});
