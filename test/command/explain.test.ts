import { expect, test } from 'vitest';
import { displayText } from '../../src/command/display.ts';
import { evidenceText } from '../../src/command/evidence.ts';
import { explainCommand } from '../../src/command/explain.ts';
import { renderDialog } from '../../src/command/render.ts';
import type { EvidenceLevel } from '../../src/panel/types.ts';
import { dialog, field, input, template } from '../helpers/dialog.ts';

const fields = [
  field('node', { label: '* Node Name', required: true }),
  field('size', { label: '  Size' }),
  field('pw', { label: 'Password', type: 'secret' }),
];

test('F6 says where, as whom, how sure, what is missing and what comes from where', () => {
  const panel = dialog('cl {{-n node}} {{-s size}} {{pw}}', fields, {
    target: template('mn2'),
    as: template('postgres'),
    path: ['/opt/x/bin'],
    failIf: ['^Error:'],
    statusHelp: { '111': 'the daemon does not answer' },
    timeout: 60,
    evidence: { level: 'unverified', source: 'redbook 12.2' },
  });
  expect(explainCommand(renderDialog(panel, input(fields, { node: '', size: '1 G', pw: 'x' })))).toEqual([
    'Runs on: mn2, by ssh, as postgres, by su',
    'PATH: begins with /opt/x/bin; the text sets it, because ours does not reach there',
    'Time limit: 60 s',
    'Evidence: not verified: read the command before you run it (redbook 12.2)',
    'Failed, even with status 0, when a line of output matches: ^Error:',
    'Status 111 means: the daemon does not answer',
    'Still missing (???): * Node Name',
    'Password: fed on standard input and read into $PW; it is in no text, log or script',
    'What comes from where:',
    '  * Node Name  -n ???',
    "  Size         -s '\\''\\'\\'''\\''1 G'\\''\\'\\'''\\''",
    '  Password     "$PW"',
  ]);
});

test("here and as ourselves is said too, and PATH is the runner's", () => {
  const lines = explainCommand(renderDialog(dialog('ls', [], { path: ['/opt/x/bin', '/opt/y'] }), input([], {})));
  expect(lines.slice(0, 2)).toEqual(['Runs on: this host, as yourself', 'PATH: begins with /opt/x/bin, /opt/y']);
});

test('control characters are shown, said, and one part is one line', () => {
  const given = [field('a', { label: 'Text' })];
  const lines = explainCommand(renderDialog(dialog('ls {{a}}', given), input(given, { a: 'x\n\u001b[2J' })));
  expect(lines).toContain(
    'Control characters are shown as ^X here and in the text above; the command gets the characters themselves.',
  );
  expect(lines.at(-1)).toBe("  Text  'x^J^[[2J'");
});

test('why a command cannot run is said', () => {
  const given = [field('a', { label: 'Text' })];
  const lines = explainCommand(renderDialog(dialog('ls {{a}}', given), input(given, { a: '\0' })));
  expect(lines.find(line => line.startsWith('Cannot run: '))).toContain('Text holds a NUL');
});

test.each([
  ['a\nb', {}, 'a^Jb'],
  ['a\nb', { lines: true }, 'a\nb'],
  ['\t\u001b[31m\u0007\u007f', {}, '^I^[[31m^G^?'],
  ['\u009b31m', {}, '<U+009B>31m'],
  ['abc\u202ecba', {}, 'abc<U+202E>cba'],
  ['a\u200bb', {}, 'a<U+200B>b'],
  ['é 日本 \u{1f600}', {}, 'é 日本 \u{1f600}'],
])('%j is shown as %j %s', (text, options, wanted) => {
  expect(displayText(text, options)).toBe(wanted);
});

test.each<[EvidenceLevel, string]>([
  ['seed', 'source documents'],
  ['manual', "vendor's manual"],
  ['later', 'later release'],
  ['unverified', 'not verified'],
])('evidence %s is told in words', (level, words) => {
  expect(evidenceText({ level, source: 'x(1)' })).toMatch(new RegExp(`${words}.*\\(x\\(1\\)\\)$`));
});
