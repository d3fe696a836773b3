import { expect, test } from 'vitest';
import { type RenderInput, renderBeside, renderDialog, renderTemplate } from '../../src/command/render.ts';
import type { Field, Values } from '../../src/panel/types.ts';
import { dialog, field, input, template } from '../helpers/dialog.ts';

const fields: Field[] = [
  field('a'),
  field('b'),
  field('many', { multiple: true }),
  field('ring', {
    type: 'choice',
    values: [
      { shown: 'Standard', sent: 'std' },
      { shown: 'none', sent: '' },
    ],
  }),
  field('force', { type: 'yesno' }),
  field('need', { required: true }),
  field('old', { when: 'a == "x"' }),
  field('always', { send: 'always' }),
  field('nonempty', { send: 'nonempty' }),
];

const text = (source: string, values: Values, more: Partial<RenderInput> = {}) =>
  renderTemplate(template(source), input(fields, values, more)).text;

test.each<[source: string, values: Values, wanted: string]>([
  // one word, always
  ['ls {{a}}', { a: 'x' }, 'ls x'],
  ['ls {{a}}', { a: 'x y' }, "ls 'x y'"],
  ['ls {{a}}', { a: '' }, "ls ''"],
  ['ls {{a}}', { a: '$(reboot)' }, "ls '$(reboot)'"],
  ['ls {{a}}', { a: '-rf' }, 'ls -rf'],
  ['ls {{many}}', { many: ['n1', 'n2'] }, "ls 'n1 n2'"],
  ['lv size={{a}}G', { a: '10' }, 'lv size=10G'],
  ['lv size={{a}}G', { a: '1 0' }, "lv size='1 0'G"],
  ['lv {{a}}{{b}}', { a: 'x', b: 'y z' }, "lv x'y z'"],
  // an option with its value, or nothing
  ['cl {{-n a}} end', { a: 'x y' }, "cl -n 'x y' end"],
  ['cl {{-n a}} end', { a: '' }, 'cl end'],
  ['cl {{-n=a}}', { a: 'x y' }, "cl -n'x y'"],
  ['cl {{--name=a}}', { a: 'x' }, 'cl --name=x'],
  ['cl {{--name=a}}', { a: '' }, 'cl'],
  ['dd {{if==a}} of={{b}}', { a: '/dev/x', b: 'y' }, 'dd if=/dev/x of=y'],
  ['ip addr add {{a}} {{dev b}}', { a: '10.1.1.1/24', b: 'eth0' }, 'ip addr add 10.1.1.1/24 dev eth0'],
  // one word for each, or nothing
  ['ls {{many*}}', { many: ['n1', 'n 2', ''] }, "ls n1 'n 2' ''"],
  ['ls {{many*}} end', { many: [] }, 'ls end'],
  ['ls {{a*}}', { a: 'x y' }, "ls 'x y'"],
  ['ls {{-n many*}}', { many: ['n1', 'n2'] }, 'ls -n n1 -n n2'],
  ['ls {{-n=many*}}', { many: ['n1', 'n2'] }, 'ls -nn1 -nn2'],
  ['ls {{--n=many*}}', { many: ['n1', 'n 2'] }, "ls --n=n1 --n='n 2'"],
  // joined
  ['ls {{many,}}', { many: ['n1', 'n2'] }, 'ls n1,n2'],
  ['ls {{many:}}', { many: ['n1', 'n 2'] }, "ls 'n1:n 2'"],
  ['ls {{many+}}', { many: ['n1', 'n2'] }, "ls 'n1 n2'"],
  ['cl {{FS==many+}}', { many: ['/a', '/b'] }, "cl FS='/a /b'"],
  ['cl {{FS==many+}} end', { many: [] }, 'cl end'],
  ['ls {{-w many,}}', { many: ['n1', 'n2'] }, 'ls -w n1,n2'],
  ['ls nodes={{many,}}', { many: [] }, 'ls nodes='],
  // literals of a yes
  ['rm {{-f if force}} x', { force: 'yes' }, 'rm -f x'],
  ['rm {{-f if force}} x', { force: 'no' }, 'rm x'],
  ['{{sudo -n if force}} rm x', { force: 'yes' }, 'sudo -n rm x'],
  ['{{sudo -n if force}} rm x', { force: 'no' }, 'rm x'],
  ['set {{force}}', { force: 'no' }, 'set no'],
  // what a choice sends
  ['cl {{-s ring}}', { ring: 'Standard' }, 'cl -s std'],
  ['cl {{ring}}', { ring: 'other' }, 'cl other'],
  ['cl {{-s ring}} x', { ring: 'none' }, 'cl x'],
  // send
  ['cl {{-s always}}', { always: '' }, "cl -s ''"],
  ['cl {{--s=always}}', { always: '' }, "cl --s=''"],
  ['cl {{always*}}', { always: '' }, "cl ''"],
  ['cl {{-s nonempty}}', { nonempty: '' }, 'cl'],
  // a value that came from an earlier panel, not a field of this one
  ['cl {{node}}', { node: 'n 1' }, "cl 'n 1'"],
  // what is missing
  ['cl {{need}} {{-n need}} {{--n=need}} {{need*}}', { need: '' }, 'cl ??? -n ??? --n=??? ???'],
  ['cl {{nowhere}}', {}, 'cl ???'],
  // blanks that a vanished part leaves
  ['cl {{-n a}}', { a: '' }, 'cl'],
  ['cl {{-n a}} {{-m b}} | wc', { a: '', b: '' }, 'cl | wc'],
  ['cl {{-n a}}\nls', { a: '' }, 'cl\nls'],
  ['cl x\\ {{b,}} y', { b: '' }, 'cl x\\  y'],
  ['cl x{{b,}}y', { b: '' }, 'cl xy'],
])('%s with %j is %s', (source, values, wanted) => {
  expect(text(source, values)).toBe(wanted);
});

test('a discovered value is sent when it was changed, when the field says so, and always in a plain hole', () => {
  const source = 'cl {{-a a}} {{-n nonempty}} {{-w always}} {{b*}} {{many,}} {{a}}';
  const values: Values = { a: '1', nonempty: '2', always: '3', b: '4', many: ['5'] };
  const discovered = new Set(Object.keys(values));
  expect(text(source, values, { discovered })).toBe('cl -n 2 -w 3 1');
  expect(text(source, values, { discovered, changed: new Set(['a', 'b', 'many']) })).toBe('cl -a 1 -n 2 -w 3 4 5 1');
  expect(text(source, { ...values, a: '' }, { discovered, changed: new Set(['a']) })).toBe("cl -n 2 -w 3 ''");
});

test('a field that is absent gives nothing, in a plain hole too, and is not missing', () => {
  const absent = new Set(['a']);
  const given = [field('old', { when: 'no', required: true }), field('a')];
  const result = renderDialog(
    dialog('cl {{old}} {{-o old}} {{x if old}} {{a}}', given),
    input(given, { a: 'z' }, { present: absent }),
  );
  expect(result.text).toBe('cl z');
  expect(result.missing).toEqual([]);
});

test('missing required values are named, those without a hole too', () => {
  const given = [field('x', { required: true }), field('y', { required: true }), field('z')];
  const command = renderDialog(dialog('cl {{y}} {{z}}', given), input(given, { x: '', z: '' }));
  expect(command.text).toBe("cl ??? ''");
  expect(command.missing.sort()).toEqual(['x', 'y']);
});

test('every part of the text knows its field, through ssh and su as well', () => {
  const given = [
    field('host'),
    field('user'),
    field('file'),
    field('n', { multiple: true }),
    field('force', { type: 'yesno' }),
  ];
  const panel = dialog('rm {{-f if force}} {{file}} {{-n n*}} size={{file}}G', given, {
    target: template('{{host}}.example'),
    as: template('{{user}}'),
    path: ['/opt/x y'],
  });
  const command = renderDialog(
    panel,
    input(given, { host: 'h', user: 'o b', file: "it's a", n: ['1', '2'], force: 'yes' }),
  );
  expect(command.text).toBe(
    "ssh -o BatchMode=yes h.example 'su - '\\''o b'\\'' -c '\\''PATH='\\''\\'\\'''\\''/opt/x y'\\''\\'\\'''\\'':$PATH; export PATH; rm -f '\\''\\'\\'''\\''it'\\''\\'\\'''\\''\\'\\''\\'\\'''\\'''\\''\\'\\'''\\''s a'\\''\\'\\'''\\'' -n 1 -n 2 size='\\''\\'\\'''\\''it'\\''\\'\\'''\\''\\'\\''\\'\\'''\\'''\\''\\'\\'''\\''s a'\\''\\'\\'''\\''G'\\'''",
  );
  const stretches = command.parts.map(part => [part.field, command.text.slice(part.start, part.end)]);
  expect(stretches.map(([name]) => name)).toEqual(['host', 'user', 'force', 'file', 'n', 'file']);
  // Taking the two outer quotings away from a stretch leaves what the field gave.
  const unquote = (quoted: string) => quoted.replaceAll("'\\''", "'");
  const inner = stretches.map(([name, stretch]) => [name, unquote(unquote(stretch!))]);
  expect(inner).toEqual([
    ['host', 'h'],
    ['user', "'o b'"],
    ['force', '-f'],
    ['file', "'it'\\''s a'"],
    ['n', '-n 1 -n 2'],
    ['file', "'it'\\''s a'"],
  ]);
});

test('a command carries what the panel says', () => {
  const panel = dialog('ls', [], {
    path: ['/opt/x/bin'],
    failIf: ['^Error:'],
    timeout: 30,
    statusHelp: { '3': 'gone' },
  });
  expect(renderDialog(panel, input([], {}))).toEqual({
    fastPath: 'test.dialog',
    title: 'Test',
    text: 'ls',
    missing: [],
    parts: [],
    secrets: [],
    mode: 'pipe',
    path: ['/opt/x/bin'],
    evidence: { level: 'manual', source: 'test(1)' },
    failIf: ['^Error:'],
    timeout: 30,
    statusHelp: { '3': 'gone' },
  });
});

test('a target that is this host is not reached by ssh, and an empty one is none', () => {
  const given = [field('host')];
  const panel = dialog('ls', given, { target: template('{{host}}') });
  const at = (host: string, thisHost: string) => renderDialog(panel, input(given, { host }, { thisHost })).text;
  expect(at('mn1', 'mn1')).toBe('ls');
  expect(at('MN1', 'mn1.example.com')).toBe('ls');
  expect(at('mn1.example.com', 'mn1')).toBe('ls');
  expect(at('mn1.other.com', 'mn1.example.com')).toBe('ssh -o BatchMode=yes mn1.other.com ls');
  expect(at('mn10', 'mn1')).toBe('ssh -o BatchMode=yes mn10 ls');
  expect(at('', 'mn1')).toBe('ls');
});

test('PATH is set inside a wrapped text, and by the runner otherwise', () => {
  const panel = dialog('lsdef', [], { target: template('mn2'), path: ['/opt/xcat/bin', '/opt/xcat/sbin'] });
  const command = renderDialog(panel, input([], {}));
  expect(command.text).toBe("ssh -o BatchMode=yes mn2 'PATH=/opt/xcat/bin:/opt/xcat/sbin:$PATH; export PATH; lsdef'");
  expect(command.path).toEqual([]);
  expect(command.textPath).toEqual(['/opt/xcat/bin', '/opt/xcat/sbin']);
  expect(command.target).toBe('mn2');
});

test('what stands beside a dialog runs where its command runs', () => {
  const given = [field('a')];
  const panel = dialog('x', given, { as: template('postgres'), path: ['/usr/pgsql/bin'] });
  expect(renderBeside(panel, template('psql -c {{a}}'), input(given, { a: 'select 1' })).text).toBe(
    "su - postgres -c 'PATH=/usr/pgsql/bin:$PATH; export PATH; psql -c '\\''select 1'\\'''",
  );
});

test('a question gets plain words, and never a secret', () => {
  const given = [field('a'), field('pw', { type: 'secret' }), field('n', { multiple: true })];
  const values = { a: "it's $(x)", pw: 'geheim', n: ['1', '2'] };
  const result = renderTemplate(template('{{a}} on {{n,}} with {{pw}} {{-x missing}}'), {
    ...input(given, values),
    plain: true,
  });
  expect(result.text).toBe("it's $(x) on 1,2 with ******** -x ???");
});

test('an interactive command over ssh gets a terminal', () => {
  const panel = dialog('kadmin', [], { mode: 'interactive', target: template('kdc') });
  expect(renderDialog(panel, input([], {})).text).toBe('ssh -t kdc kadmin');
});

test('a value that cannot be an argument keeps the command from running and is named', () => {
  const given = [field('a', { label: 'Node Name' })];
  for (const bad of ['x\0y', '\ud800']) {
    const command = renderDialog(dialog('ls {{a}}', given), input(given, { a: bad }));
    expect(command.problem).toMatch(/^Node Name holds .*\.$/);
    expect(command.text).toBe('ls ???');
  }
  const host = dialog('ls', given, { target: template('{{a}}') });
  expect(renderDialog(host, input(given, { a: 'h\0' })).problem).toContain('NUL');
});

test('a question speaks of values as the form shows them, the command of what is sent', () => {
  const given = { ring: 'Standard', many: ['n1', 'n2'] };
  expect(text('{{ring}} on {{many*}}', given, { plain: true })).toBe('Standard on n1 n2');
  expect(text('set {{ring}}', given)).toBe('set std');
});
