/**
 * The panels of user-defined events: what each one runs, to the letter, and the adding of an event done for real, on a copy of a node's
 * files (test/fixtures/hacmp/node).
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffOfPlans, previewEdits } from '../../src/command/edit-preview.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { readRulesFile } from '../../src/validate/rules-file.ts';
import { copyOfNode, goodRules } from '../helpers/hacmp-files.ts';
import { builtProgram } from '../helpers/program.ts';
import {
  besideOf,
  commandOf,
  complaintTexts,
  dialogOf,
  failedChecks,
  inputOf,
  readShipped,
  sourceOf,
  sourceText,
} from './panels.ts';

const shipped = await readShipped();
const file = 'menus/hacmp/user-events.yaml';
const rules = '/usr/sbin/cluster/events/rules.hacmprd';

const commands: [id: string, typed: Values, command: string][] = [
  [
    'cm_user_event_list',
    {},
    `awk '/^#/ { next } { n = n % 9 + 1; v[n] = $0 } n == 9 { print v[1] "  " v[3]; if (v[6] != "") print "    " v[6] "  " v[7] "  event " v[8] "  rearm " v[9] }' ${rules}`,
  ],
  ['cm_user_event_check', {}, `hasmit check ${rules}`],
  [
    'cm_user_event_check',
    { rules: '/tmp/my rules', programs: ['/tmp/a.rp', '/tmp/b.rp'], strict: 'yes' },
    "hasmit check --strict '/tmp/my rules' /tmp/a.rp /tmp/b.rp",
  ],
  ['cm_user_event_rules', {}, `cat -n ${rules}`],
  ['cm_user_event_program', { program: '/usr/sbin/cluster/local/rwho.rp' }, 'cat -n /usr/sbin/cluster/local/rwho.rp'],
  ['cm_user_event_sums', {}, `cksum ${rules} && grep '^/' ${rules} | sort -u | xargs cksum`],
];

test.each(commands)('%s with %j is this command', (id, typed, command) => {
  const rendered = commandOf(shipped, id, typed);
  expect(rendered.text).toBe(command);
  expect(rendered.missing).toEqual([]);
});

test('every dialog of the file stands in the table above or is the one that adds an event', () => {
  const dialogs = [...shipped.panels.values()].filter(
    panel => panel.kind === 'dialog' && panel.place.file.endsWith(file),
  );
  expect(dialogs.map(panel => panel.id).sort()).toEqual(
    [...new Set(commands.map(([id]) => id)), 'cm_user_event_add'].sort(),
  );
  expect(complaintTexts(shipped).filter(text => text.startsWith(file))).toEqual([]);
  const menu = shipped.panels.get('cm_cluster_resources');
  expect(menu?.kind === 'menu' && menu.items.map(item => item.panel)).toContain('cm_user_events');
});

/** The paging space of node 6 is nearly full. */
const paging: Values = {
  event: 'UE_PAGING_FULL',
  description: "paging space below 10%, it's high time",
  variable: 'IBM.PSSP.aixos.PagSp.%totalfree',
  vector: 'NodeNum=6',
  predicate: 'X<10',
  rearm: 'X>20',
  program: '/usr/sbin/cluster/local/paging.rp',
  script: '/usr/sbin/cluster/local/paging_tell',
};

/** What the edit of a file sets its variables to, of the commands of several edits. */
function blocks(text: string): string[] {
  return [...text.matchAll(/^BLOCK='((?:[^']|'\\'')*)'$/gm)].map(match => match[1]!.replaceAll("'\\''", "'"));
}

test('a new event is a recovery program of its own and nine lines at the end of the rules file', () => {
  const { text, missing, problem } = commandOf(shipped, 'cm_user_event_add', paging);
  expect([missing, problem]).toEqual([[], undefined]);
  expect([...text.matchAll(/^f=(.*)/gm)].map(match => match[1])).toEqual([paging.program, rules]);
  expect([...text.matchAll(/^UNLESS=(.*)/gm)].map(match => match[1])).toEqual(["'^[^#]'", "'^UE_PAGING_FULL$'"]);
  expect(blocks(text)).toEqual([
    `# Recovery program of UE_PAGING_FULL
# nodes "command" status NULL; a barrier is where all nodes wait for each other
event "/usr/sbin/cluster/local/paging_tell" X NULL
`,
    `#
# UE_PAGING_FULL: paging space below 10%, it's high time
#
UE_PAGING_FULL
0
/usr/sbin/cluster/local/paging.rp
2
0
IBM.PSSP.aixos.PagSp.%totalfree
NodeNum=6
X<10
X>20
# End of UE_PAGING_FULL
`,
  ]);
});

test('a second script comes behind a barrier, and a recovery program that is there already is left alone', () => {
  const both = { ...paging, nodes: 'all other nodes', status: '0', after: '/usr/sbin/cluster/local/paging_done' };
  expect(blocks(commandOf(shipped, 'cm_user_event_add', both).text).slice(0, 2)).toEqual([
    `# Recovery program of UE_PAGING_FULL
# nodes "command" status NULL; a barrier is where all nodes wait for each other
other "/usr/sbin/cluster/local/paging_tell" 0 NULL
`,
    '#\nbarrier\n#\nall "/usr/sbin/cluster/local/paging_done" X NULL\n',
  ]);
  const { text, missing } = commandOf(shipped, 'cm_user_event_add', { ...paging, script: '', write: 'no' });
  expect(missing).toEqual([]);
  expect([...text.matchAll(/^f=(.*)/gm)].map(match => match[1])).toEqual([rules]);
});

test('it is looked at before and afterwards', () => {
  const panel = dialogOf(shipped, 'cm_user_event_add');
  expect(besideOf(shipped, panel.id, panel.preview!, paging).text).toBe(`hasmit check ${rules}`);
  expect(besideOf(shipped, panel.id, panel.verify!.run, paging).text).toBe(`hasmit check ${rules} ${paging.program}`);
  expect(panel.evidence.level).toBe('seed');
  expect(panel.fields.find(field => field.name === 'rules')?.default).toBe(rules);
});

test('an event is added for real, once, with the old file kept and the difference told before', {
  timeout: 60_000,
}, async () => {
  const root = copyOfNode();
  const events = join(root, 'usr/sbin/cluster/events');
  const local = join(root, 'usr/sbin/cluster/local');
  const mine: Values = {
    ...paging,
    rules: join(events, 'rules.hacmprd'),
    program: join(local, 'paging.rp'),
    script: join(local, 'rwho_restart'),
    after: join(local, 'rwho_msg_complete'),
  };
  const panel = dialogOf(shipped, 'cm_user_event_add');
  const plans = previewEdits(panel, inputOf(panel, mine));
  const { lines, problems } = await diffOfPlans(
    plans,
    new Map([
      [`${mine.rules}`, `there\n${goodRules}`],
      [`${mine.program}`, 'none\n'],
    ]),
  );
  expect(problems).toEqual([]);
  expect(lines.filter(line => /^[+-][^+-]/.test(line))).toHaveLength(7 + 13);
  expect(lines).toContain('+NodeNum=6');

  const { text } = commandOf(shipped, panel.id, mine);
  expect(run(besideOf(shipped, panel.id, panel.preview!, mine).text).stdout).toBe('1 rules file: no complaints\n');
  const first = run(text);
  expect([first.status, first.stderr]).toEqual([0, '']);
  expect(first.stdout.replaceAll(/\d{14}/g, 'DATE').split('\n')).toEqual([
    `${mine.program}: made`,
    `${mine.program}: changed, the old text is in ${mine.program}.DATE`,
    `${mine.rules}: changed, the old text is in ${mine.rules}.DATE`,
    '',
  ]);
  const after = readFileSync(`${mine.rules}`, 'utf8');
  expect(after).toBe(
    `${goodRules}#
# UE_PAGING_FULL: paging space below 10%, it's high time
#
UE_PAGING_FULL
0
${mine.program}
2
0
IBM.PSSP.aixos.PagSp.%totalfree
NodeNum=6
X<10
X>20
# End of UE_PAGING_FULL
`,
  );
  expect(readFileSync(`${mine.program}`, 'utf8')).toBe(`# Recovery program of UE_PAGING_FULL
# nodes "command" status NULL; a barrier is where all nodes wait for each other
event "${mine.script}" X NULL
#
barrier
#
all "${mine.after}" X NULL
`);
  const kept = readdirSync(events).filter(name => /^rules\.hacmprd\.\d{14}$/.test(name));
  expect(kept.map(name => readFileSync(join(events, name), 'utf8'))).toEqual([goodRules]);

  const verify = run(besideOf(shipped, panel.id, panel.verify!.run, mine).text);
  expect(verify).toEqual({ status: 0, stdout: '1 rules file, 1 recovery program: no complaints\n', stderr: '' });

  const again = run(text);
  expect(again).toMatchObject({ status: 0, stderr: '' });
  expect(again.stdout.split('\n').filter(line => line.endsWith(': nothing to change'))).toHaveLength(3);
  expect(readFileSync(`${mine.rules}`, 'utf8')).toBe(after);

  const other = run(commandOf(shipped, panel.id, { ...mine, predicate: 'X<5' }).text);
  expect([other.status, other.stderr]).toEqual([
    1,
    `${mine.rules}: something else of this kind stands in it already, not changed\n`,
  ]);
  const taken = run(commandOf(shipped, panel.id, { ...mine, event: 'UE_OTHER' }).text);
  expect([taken.status, taken.stderr]).toEqual([
    1,
    `${mine.program}: something else of this kind stands in it already, not changed\n`,
  ]);
  expect(readFileSync(`${mine.rules}`, 'utf8')).toBe(after);
});

test('mistakes are stopped before the file is touched', () => {
  const wrong = (typed: Values, found: Values = {}) =>
    failedChecks(shipped, 'cm_user_event_add', { ...paging, ...typed }, found);
  expect(wrong({})).toEqual([]);
  expect(wrong({}, { manager: 'inoperative', state: 'no complaints' })).toEqual([]);
  expect(wrong({}, { manager: 'active' })[0]).toMatch(/^The Cluster Manager runs on this node/);
  expect(wrong({}, { state: '1 error, 2 warnings' })[0]).toMatch(/^The rules file has mistakes already/);
  expect(wrong({ rules: '/tmp/copy' }, { manager: 'active', state: '1 error' })).toEqual([]);
  expect(wrong({ program: '/usr/sbin/cluster/events/paging.rp' })[0]).toMatch(/belongs to the product/);
  expect(wrong({ rearm: 'X<10' })[0]).toMatch(/^The rearm predicate is the predicate itself/);
});

test.each([
  ['event', 'TE_JOIN_NODE', 'UE_, then letters, digits and _'],
  ['event', 'UE_A B', 'UE_, then letters'],
  ['variable', 'xpcount', 'one word such as IBM.PSSP.Prog.xpcount'],
  ['vector', 'NodeNum=*; ProgName=rwhod', 'no blanks'],
  ['vector', 'NodeNum', 'name=value pairs'],
  ['predicate', 'X@O==0', 'a comparison of X'],
  ['predicate', 'X=90', 'a single = does not'],
  ['rearm', 'used<80', 'a comparison of X'],
  ['rearm', ' ', 'a comparison of X'],
  ['rearm', 'X<80 ', 'a comparison of X'],
  ['program', '/usr/sbin/cluster/local/paging', 'ends in .rp'],
  ['program', 'paging.rp', 'begin with /'],
  ['script', '/usr/sbin/cluster/local/a b', 'the whole path of a script'],
  ['status', '256', 'X when it does not matter'],
  ['description', 'Schöne Bescherung', 'plain letters'],
])('the field %s does not take %s', (name, value, words) => {
  const field = dialogOf(shipped, 'cm_user_event_add').fields.find(one => one.name === name)!;
  expect(checkValue(field, value)).toContain(words);
});

test('whatever the fields take, the file keeps the rule of nine lines', () => {
  const panel = dialogOf(shipped, 'cm_user_event_add');
  const field = (name: string) => panel.fields.find(one => one.name === name)!;
  const text = (name: string, unit: string) =>
    fc
      .string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength: 12 })
      .filter(value => checkValue(field(name), value) === undefined);
  const values = fc.record({
    description: text('description', 'abc #\'"\\$`*0'),
    vector: text('vector', 'Na=*;5').map(value => `NodeNum=${value.length};${value}`),
    predicate: text('predicate', 'X@01<>=!&|() '),
    rearm: text('rearm', 'X@01<>=!&|() '),
  });
  let tried = 0;
  fc.assert(
    fc.property(values, typed => {
      tried++;
      const block = blocks(commandOf(shipped, panel.id, { ...paging, ...typed }).text).at(-1)!;
      const counted = block
        .slice(0, -1)
        .split('\n')
        .filter(line => !line.startsWith('#'));
      expect(counted).toHaveLength(9);
      const { events, complaints } = readRulesFile('F', goodRules + block);
      expect(events.at(-1)?.name).toBe(paging.event);
      // What is left to say is about the predicates' grammar, never about lines.
      expect(complaints.filter(one => one.level === 'error' && !/predicate|vector/.test(one.message))).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(tried).toBeGreaterThan(100);
});

test('the state of the node is found out when the panel opens', { timeout: 60_000 }, () => {
  const panel = dialogOf(shipped, 'cm_user_event_add');
  const { text } = besideOf(shipped, panel.id, panel.discover!.run, {});
  const answer = (clstrmgr: string) => parseRows(run(text, { CLSTRMGR: clstrmgr }).stdout, panel.discover!).records[0];
  expect(answer('active')).toMatchObject({ manager: 'active', state: '1 error' });
  expect(answer('inoperative')).toMatchObject({ manager: 'inoperative' });
});

test('lists and sums are made of the rules file', () => {
  const root = copyOfNode();
  const copy = join(root, rules);
  const listed = run(commandOf(shipped, 'cm_user_event_list', { rules: copy }).text).stdout.split('\n');
  expect(listed[0]).toBe('TE_JOIN_NODE  /usr/sbin/cluster/events/node_up.rp');
  expect(listed.slice(9)).toEqual([
    'UE_PGMRWHO_DOWN  /usr/sbin/cluster/local/rwho.rp',
    '    IBM.PSSP.Prog.xpcount  NodeNum=*;ProgName=rwhod;UserName=root  event X@0==0&&X@1!=0  rearm X@0>0',
    '',
  ]);
  const source = sourceOf(shipped, 'hacmp.recovery_programs');
  const { records } = parseRows(run(sourceText(source, { rules: copy }).text).stdout, source);
  expect(records.map(record => record.line).slice(-2)).toEqual([
    '/usr/sbin/cluster/events/reconfig_resource.rp',
    '/usr/sbin/cluster/local/rwho.rp',
  ]);
  const numbered = run(commandOf(shipped, 'cm_user_event_rules', { rules: copy }).text).stdout.split('\n');
  expect(numbered[2]).toMatch(/^ +3\tTE_JOIN_NODE$/);
  writeFileSync(copy, readFileSync(copy, 'utf8').replaceAll('/usr/sbin', `${root}/usr/sbin`));
  const sums = run(commandOf(shipped, 'cm_user_event_sums', { rules: copy }).text);
  expect([sums.status, sums.stderr]).toEqual([0, '']);
  expect(
    sums.stdout
      .trim()
      .split('\n')
      .map(line => basename(line.split(' ')[2]!)),
  ).toContain('rwho.rp');
});

/** Runs a text with hasmit itself and the stand-ins for AIX programs on PATH. */
function run(text: string, env: Record<string, string> = {}) {
  const aix = resolve(import.meta.dirname, '../fixtures/menus/aix');
  const path = `${aix}:${dirname(builtProgram())}:/usr/bin:/bin`;
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', text], {
    encoding: 'utf8',
    env: { PATH: path, HOME: '/nonexistent', ...env },
  });
  return { status, stdout, stderr };
}
