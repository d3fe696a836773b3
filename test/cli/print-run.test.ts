import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasmit, home } from '../helpers/command-line.ts';

const record = (name: string) => {
  const file = join(home, 'state/hasmit', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

test('print gives the command and nothing else', async () => {
  expect(await hasmit(['print', 'mnode_vip_add', 'interface=eth0', 'address=10.1.1.5', 'prefix=24'])).toEqual({
    status: 0,
    signal: null,
    out: 'ip addr add 10.1.1.5/24 dev eth0 label eth0:0\n',
    err: '',
  });
  const nasty = `it's $(id) "x" \`y\` *`;
  const { out } = await hasmit(['print', 'app_form', `name=${nasty}`, 'level=Low', 'force=yes', 'words=a b']);
  expect(out).toBe(
    `IFS= read -r PASSWORD\nshow-arguments.sh 'it'\\''s $(id) "x" \`y\` *' -l 3 -f a b; printf '%s' "$PASSWORD" | show-length.sh\n`,
  );
  const json = JSON.parse((await hasmit(['print', '--json', 'run_ssh', 'host=n1'])).out);
  expect(json).toMatchObject({ fastPath: 'run_ssh', target: 'n1', mode: 'pipe' });
  // Nothing was run and nothing recorded.
  expect(record('transactions.jsonl')).toBe('');
});

test('what is missing, unknown or not right is said with the field and what is allowed, with status 2 and before anything runs', async () => {
  const cases: Array<[words: string[], complaint: RegExp]> = [
    [
      ['print', 'mnode_vip_add', 'interface=eth0'],
      /^hasmit: Missing: address \(Virtual IP address\), prefix \(Prefix length\)\.$/,
    ],
    [['run', 'mnode_vip_add', 'interface=eth0'], /^hasmit: Missing: address .*prefix/],
    [['run', 'app_form', 'nmae=x'], /no field "nmae".*name.*number, level, force, words, password/],
    [['print', 'app_form', 'name=x', 'number=many'], /^hasmit: number: "many" is no whole number/],
    [['print', 'app_form', 'name=x', 'number=100'], /^hasmit: number: .*99/],
    [
      ['run', 'app_form', 'name=x', 'level=Highest'],
      /^hasmit: level: "Highest" is not one of the values; choose High, Middle, Low\./,
    ],
    [
      ['print', 'mnode_vip_add', 'address=10.1.1.300'],
      /^hasmit: address: "10\.1\.1\.300" is no IP address, for example/,
    ],
    [['app_form', 'name'], /^hasmit: "name" is not FIELD=VALUE\./],
    [['app_form', 'nmae=x'], /no field "nmae"/],
    [['app_form', 'number=many'], /number: "many" is no whole number/],
    [['run', 'app'], /^hasmit: app is a menu: it has no command\./],
    [['run', 'app_text'], /^hasmit: app_text is a text: it has no command\./],
    [['run', 'app_select'], /^hasmit: Missing: word \(Word\)\./],
    [
      ['run', 'app_select', 'word=delta'],
      /^hasmit: word: "delta" is not in its list: alpha, beta, gamma, two words\.$/,
    ],
    [
      ['run', 'app_lists', 'gate=x'],
      /^hasmit: gate must stand in a list that cannot be read: status 4: lsnode: the cluster is not up/,
    ],
  ];
  const said = await Promise.all(cases.map(([words]) => hasmit(words)));
  cases.forEach(([words, complaint], at) => {
    expect([words, said[at]!.status, said[at]!.out]).toEqual([words, 2, '']);
    expect(said[at]!.err.trimEnd()).toMatch(complaint);
    expect(said[at]!.err).not.toMatch(/\n +at |Error:.*\n.*\.js/);
  });
  expect(record('transactions.jsonl')).toBe('');
});

test('run passes output through and returns the status of the command', async () => {
  expect(await hasmit(['run', 'run_fails', 'status=7'])).toMatchObject({ status: 7, out: 'before the end\n' });
  expect(await hasmit(['run', 'run_streams'])).toMatchObject({
    status: 0,
    out: 'to standard output\n',
    err: 'to standard error\n',
  });
  expect(await hasmit(['run', 'run_killed'])).toMatchObject({ status: 137, out: 'last words\n' });
  expect(await hasmit(['run', 'run_says_error'])).toMatchObject({ status: 1, out: 'Error: no such node\n' });
  expect(await hasmit(['run', 'run_timeout'])).toMatchObject({ status: 124 });
  const ssh = await hasmit(['run', 'run_ssh', 'host=host.invalid']);
  expect(ssh.status).toBe(5);
  expect(ssh.err).toContain('status 255: ssh could not reach host.invalid');
  // A selector is followed with the value that is given; what was found and not changed is not sent.
  expect((await hasmit(['run', 'app_select', 'word=beta'])).out).toBe('<beta>\n');
  expect((await hasmit(['run', 'app_select', 'word=beta', 'size=9'])).out).toBe('<beta>\n<-s>\n<9>\n');
  expect(await hasmit(['run', 'run_tty'])).toMatchObject({ status: 3, out: 'no terminal\n' });
  const states = record('transactions.jsonl').match(/"state":"[a-z]+"/g);
  expect(states).toEqual(
    ['failed', 'ok', 'failed', 'failed', 'timeout', 'unknown', 'ok', 'ok', 'failed'].map(state => `"state":"${state}"`),
  );
});

test('a panel that asks wants its answer on the command line, and an unverified command its exact text', async () => {
  const asks = await hasmit(['run', 'app_asks', 'object=thing']);
  expect(asks).toMatchObject({ status: 2, out: '' });
  expect(asks.err).toContain('thing is changed.\nTo go on say --yes.');
  expect((await hasmit(['run', 'app_asks', 'object=thing', '--yes'])).out).toBe('thing is done\n');
  for (const words of [[], ['--yes'], ['--confirm', 'disk8']]) {
    const refused = await hasmit(['run', 'app_danger', 'object=disk7', ...words]);
    expect([words, refused.status, refused.out]).toEqual([words, 2, '']);
    expect(refused.err).toContain("--confirm 'disk7'");
  }
  expect((await hasmit(['run', 'app_danger', 'object=disk7', '--confirm', 'disk7'])).out).toBe('disk7 is gone\n');
  const unverified = await hasmit(['run', 'app_unverified', '--yes']);
  expect(unverified.status).toBe(2);
  expect(unverified.err).toContain('The text is: echo not known');
  expect((await hasmit(['run', 'app_unverified', '--confirm', 'echo not known'])).out).toBe('not known\n');
});

test('secrets are refused as arguments and taken from a file or from standard input; no record and no output holds them', async () => {
  for (const words of [
    ['run', 'app_form', 'name=x', 'password=geheim7'],
    ['print', 'app_form', 'name=x', 'password=geheim7'],
    ['app_form', 'password=geheim7'],
  ]) {
    const refused = await hasmit(words);
    expect([words, refused.status, refused.out]).toEqual([words, 2, '']);
    expect(refused.err).toContain('password is a secret');
    expect(refused.err).not.toContain('geheim7');
  }
  writeFileSync(join(home, 'password'), 'geheim7\n', { mode: 0o600 });
  const words = ['run', 'app_form', 'name=x'];
  expect((await hasmit([...words, `password=@${home}/password`])).out).toContain('the secret has 7 characters');
  expect((await hasmit([...words, 'password=@-'], { input: 'geheim77\nnot this\n' })).out).toContain(
    'the secret has 8 characters',
  );
  expect((await hasmit([...words, 'password=@/nonexistent'])).err).toBe(
    'hasmit: password: /nonexistent cannot be read: No such file or directory\n',
  );
  for (const name of ['hasmit.log', 'hasmit.script', 'transactions.jsonl']) {
    expect([name, record(name).includes('geheim')]).toEqual([name, false]);
    expect(record(name)).not.toBe('');
  }
});

test('-x records and runs nothing; -X asks the system nothing either', async () => {
  const before = record('transactions.jsonl').split('\n').length;
  expect(await hasmit(['-x', 'run', 'run_verified'])).toMatchObject({ status: 0, out: 'touch verified.txt\n' });
  expect(existsSync(join(home, 'verified.txt'))).toBe(false);
  expect(record('hasmit.script')).toContain('touch verified.txt');
  const lines = record('transactions.jsonl')
    .trimEnd()
    .split('\n')
    .slice(before - 1);
  expect(lines.map(line => JSON.parse(line).event)).toEqual(['NOTRUN']);
  // A list that fails would refuse this value; it is not asked.
  expect(await hasmit(['-X', 'run', 'app_lists', 'gate=x'])).toMatchObject({
    status: 0,
    out: "show-arguments.sh '' '' '' '' x ''\n",
  });
});

test('-l and -s choose the files of the records', async () => {
  await hasmit(['-l', 'other.log', '-s', 'other.script', 'run', 'run_fails', 'status=0']);
  expect(readFileSync(join(home, 'other.log'), 'utf8')).toContain('before the end');
  expect(readFileSync(join(home, 'other.script'), 'utf8')).toContain('exit 0');
});

test('an interrupt reaches the command, and its answer is waited for and recorded', async () => {
  const said = await hasmit(['run', 'run_drip'], {
    watch: (out, kill) => {
      if (out.endsWith('line 3 of the drip\n')) kill('SIGINT');
    },
  });
  expect(said.out).toMatch(/line 3 of the drip\n$/);
  expect(said.status).toBe(130);
  expect(JSON.parse(record('transactions.jsonl').trimEnd().split('\n').at(-1)!)).toMatchObject({
    event: 'END',
    state: 'cancelled',
  });
});
