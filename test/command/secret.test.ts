import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDialog } from '../../src/command/render.ts';
import { secretName } from '../../src/command/secret-names.ts';
import { dialog, edit, field, input, template } from '../helpers/dialog.ts';
import { argumentLists, fixtures, runIn, shells } from '../helpers/shells.ts';

const all = shells();
const fields = [field('user'), field('password', { type: 'secret' }), field('path', { type: 'secret' })];
const nasty = ' \\it\'s "$(id)" `id` \\n *\t';
const values = { user: 'joe', password: nasty, path: 'p2' };

test('a secret is read from standard input and is nowhere in the text', () => {
  const command = renderDialog(
    dialog('add {{user}} {{password}} {{-p path}} {{--x=password}}', fields),
    input(fields, values),
  );
  expect(command.text).toBe(
    'IFS= read -r PASSWORD\nIFS= read -r PATH_SECRET\nadd joe "$PASSWORD" -p "$PATH_SECRET" --x="$PASSWORD"',
  );
  expect(command.secrets).toEqual([
    { field: 'password', label: 'PASSWORD', variable: 'PASSWORD' },
    { field: 'path', label: 'PATH', variable: 'PATH_SECRET' },
  ]);
  expect(JSON.stringify(command)).not.toContain('id)');
});

test.each([
  ['pw', '', 'PW'],
  ['db-password', '', 'DB_PASSWORD'],
  ['9x', '', '_9X'],
  ['path', '', 'PATH_SECRET'],
  ['uid', '', 'UID_SECRET'],
  ['pw', 'PW=1; echo $PW', 'PW_SECRET'],
  ['pw', 'PW=1 PW_SECRET=2', 'PW_SECRET2'],
])('the variable of field %s in %j is %s', (name, text, wanted) => {
  expect(secretName(name, [], text)).toBe(wanted);
});

test('an empty secret that is not needed vanishes with its option, and one that is needed is missing', () => {
  const given = [field('pw', { type: 'secret' }), field('need', { type: 'secret', required: true })];
  const command = renderDialog(dialog('x {{-p pw}} {{need}}', given), input(given, { pw: '', need: '' }));
  expect(command.text).toBe('x ???');
  expect(command.missing).toEqual(['need']);
  expect(command.secrets).toEqual([]);
});

test.each(all)(
  '$name reads the secrets in order, to the byte, and leaves the rest of the input to the command',
  shell => {
    const command = renderDialog(dialog('argv {{password}} x{{path}}; cat', fields), input(fields, values));
    const { out, err } = runIn(shell, command.text, { input: `${nasty}\np2\nrest\n` });
    expect(err).toBe('');
    const lists = argumentLists(Buffer.from(out.toString().replace(/rest\n$/, '')));
    expect(lists).toEqual([[nasty, 'xp2']]);
    expect(out.toString()).toMatch(/rest\n$/);
  },
);

test.each(all)('$name hands the secret through ssh and su to the read inside', shell => {
  const asRoot = process.getuid?.() === 0;
  if (!asRoot) console.warn('Not root: su would ask for a password, only ssh is tested.');
  const panel = dialog('argv {{user}} {{password}}', fields, {
    target: template('mn2'),
    path: [fixtures],
    ...(asRoot ? { as: template('root') } : {}),
  });
  const command = renderDialog(panel, input(fields, values));
  expect(command.text).toContain('IFS= read -r PASSWORD\nargv joe "$PASSWORD"');
  const { out, err } = runIn(shell, command.text, {
    input: `${nasty}\n`,
    env: { TEST_SHELL: shell.command.join(' ') },
  });
  expect(err).toBe('');
  expect(argumentLists(out)).toEqual([['joe', nasty]]);
});

test.each(all)('$name writes a secret into a file without any program seeing it as an argument', shell => {
  const panel = dialog(undefined, fields, {
    edits: [edit('ensure_line', { file: '{{user}}', line: 'password={{password}}!', create: 'yes' })],
  });
  const file = `/tmp/hasmit-secret-${process.pid}-${shell.name}`;
  const command = renderDialog(panel, input(fields, { ...values, user: file }));
  expect(command.problem).toBeUndefined();
  expect(command.text).toContain('LINE=password="$PASSWORD"\'!\'\n');
  const { status, err } = runIn(shell, command.text, { input: `${nasty}\n` });
  expect([status, err]).toEqual([0, '']);
  expect(readFileSync(file, 'utf8')).toBe(`password=${nasty}!\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  runIn(shell, `rm ${file}`);
});

test('an interactive command cannot be fed a secret, and says so', () => {
  const command = renderDialog(dialog('x {{password}}', fields, { mode: 'interactive' }), input(fields, values));
  expect(command.problem).toContain('no secret can be fed');
});
