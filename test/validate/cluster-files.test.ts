import { expect, test } from 'vitest';
import {
  checkCopies,
  checkProgramsOf,
  checkScriptsOf,
  type FileAtHand,
  waitingLine,
} from '../../src/validate/cluster-files.ts';
import { readRecoveryProgram } from '../../src/validate/recovery-program.ts';
import { readRulesFile } from '../../src/validate/rules-file.ts';
import { goodProgram, goodRules, told } from '../helpers/hacmp-files.ts';

const local = '/usr/sbin/cluster/local';
const script: FileAtHand = { state: 'there', executable: true, text: '#!/bin/ksh\nexit 0\n' };
const rules = readRulesFile('rules.hacmprd', goodRules);
const program = readRecoveryProgram('rwho.rp', goodProgram);
const user = goodRules.split('\n').indexOf('UE_PGMRWHO_DOWN') + 1;

function scripts(found: FileAtHand | undefined): string[] {
  const look = (path: string) => (path === `${local}/rwho_restart` ? found : script);
  return told(checkScriptsOf(program, `${local}/rwho.rp`, look, [rules]));
}

test('where nothing is known of other files, nothing is said of them', () => {
  expect(checkProgramsOf(rules, () => undefined)).toEqual([]);
  expect(checkScriptsOf(program, '/tmp/rwho.rp', () => undefined, [])).toEqual([]);
});

test('a recovery program that is named must be there and readable', () => {
  const look =
    (state: FileAtHand['state']) =>
    (path: string): FileAtHand | undefined =>
      path.startsWith(local) ? { state } : { state: 'there' };
  const at = `${user + 2}: UE_PGMRWHO_DOWN:`;
  expect(told(checkProgramsOf(rules, look('absent')))).toEqual([
    `${at} there is no recovery program ${local}/rwho.rp here; it must be on every node, at the same path with the same content`,
  ]);
  expect(told(checkProgramsOf(rules, look('unreadable')))).toEqual([
    `${at} ${local}/rwho.rp cannot be read; look at its owner and mode with ls -l`,
  ]);
  expect(told(checkProgramsOf(rules, look('directory')))).toEqual([
    `${at} ${local}/rwho.rp is a directory; write the path of a recovery program`,
  ]);
  expect(checkProgramsOf(rules, look('there'))).toEqual([]);
});

test('a script that is named must be there, executable, begin with #! and not wait for ever', () => {
  expect(scripts(script)).toEqual([]);
  expect(scripts(undefined)).toEqual([]);
  expect(scripts({ state: 'absent' })).toEqual([
    `8: there is no ${local}/rwho_restart here; it must be on every node, at the same path`,
  ]);
  expect(scripts({ state: 'directory' })).toEqual([
    `8: ${local}/rwho_restart is a directory; write the path of a script`,
  ]);
  expect(scripts({ ...script, executable: false })).toEqual([
    `8: ${local}/rwho_restart is not executable; write chmod +x ${local}/rwho_restart on every node`,
  ]);
  expect(scripts({ ...script, text: 'print hello\n' })).toEqual([
    `8: ${local}/rwho_restart does not begin with #! and a shell; make #!/bin/ksh its first line`,
  ]);
  expect(scripts({ ...script, text: '\x01\xdf\0\0 a program' })).toEqual([]);
  expect(scripts({ ...script, text: '#!/bin/ksh\nprint -n "go on? "\nread answer\n' })).toEqual([
    `8: warning: ${local}/rwho_restart may wait without end in line 3 ("read answer"); the Cluster Manager sets no time limit, and the cluster would wait along`,
  ]);
});

test.each([
  ['#!/bin/ksh\ntail -f /tmp/hacmp.out\n', 2],
  ['#!/bin/ksh\nwhile true\ndo\n', 2],
  ['#!/bin/ksh\nwhile :; do\n', 2],
  ['#!/bin/ksh\nsmitty hacmp\n', 2],
  [
    '#!/bin/ksh\n# read answer\nread line < /etc/motd\nwhile read name rest; do :; done < f\nps -e | grep vi\n',
    undefined,
  ],
])('%j waits in line %s', (text, line) => {
  expect(waitingLine(text)?.number).toBe(line);
});

test('a recovery program that no event names is told of', () => {
  const look = () => undefined;
  expect(checkScriptsOf(program, '/tmp/copy/rwho.rp', look, [rules])).toEqual([]);
  expect(told(checkScriptsOf(program, `${local}/ruwho.rp`, look, [rules]))).toEqual([
    '1: warning: no event of rules.hacmprd names this recovery program, so it never runs; add an event, or take the file away',
  ]);
  expect(told(checkScriptsOf(program, '/n1/usr/sbin/cluster/events/rwho.rp', look, [rules]))).toHaveLength(1);
  expect(checkScriptsOf(program, '/n1/usr/sbin/cluster/local/rwho.rp', look, [rules])).toEqual([]);
});

test('copies of one file are compared with the first, and the first line that differs is named', () => {
  const copy = (file: string, text: string, name = 'rules.hacmprd') => ({ file, text, name });
  const differs = (line: number) =>
    `${line}: differs from n1, first in this line; all nodes must have the same file, so copy the right one to them and compare with cksum`;
  expect(checkCopies([copy('n1', 'a\nb\n'), copy('n2', 'a\nb\n'), copy('other', 'x', 'rwho.rp')])).toEqual([]);
  const complaints = checkCopies([copy('n1', 'a\nb\n'), copy('n2', 'a\nc\n'), copy('n3', 'a\nb'), copy('n4', 'a\n')]);
  expect(complaints.map(complaint => complaint.place.file)).toEqual(['n2', 'n3', 'n4']);
  expect(told(complaints)).toEqual([differs(2), differs(2), differs(2)]);
});
