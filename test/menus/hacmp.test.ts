/**
 * The panels of HACMP for AIX: what each one runs, to the letter, and what it reads from the system. There is no AIX here, so
 * odmget, lssrc and odmchange are small programs of test/fixtures/menus/aix that answer in the formats of reference/hacmp-pssp.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseRows } from '../../src/formats/rows.ts';
import type { Values } from '../../src/panel/types.ts';
import {
  besideOf,
  commandOf,
  complaintTexts,
  computedLines,
  dialogOf,
  failedChecks,
  readShipped,
  selectorOf,
  sourceOf,
  sourceText,
} from './panels.ts';

const shipped = await readShipped();
const state = mkdtempSync(join(tmpdir(), 'hasmit-aix-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** Fast path, what is typed, what discover had found, and the command. */
const commands: [id: string, typed: Values, discovered: Values, command: string][] = [
  // Only what was changed is sent.
  [
    'cm_run_time.dialog',
    { node: 'sp2n05', debug: 'low' },
    { debug: 'high', nis: 'false', security: 'Standard' },
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -d low',
  ],
  [
    'cm_run_time.dialog',
    { node: 'sp2n05', nis: 'true', security: 'Enhanced', kerberized: 'yes' },
    { debug: 'high', nis: 'false', security: 'Standard' },
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -N true -s Enhanced',
  ],
  // Without discover (-X), everything is.
  [
    'cm_run_time.dialog',
    { node: 'sp2n05' },
    {},
    '/usr/sbin/cluster/utilities/clchparam -n sp2n05 -d high -N false -s Standard',
  ],
  [
    'change_show_ts_gs',
    { interval: '2', fibrillate: '5' },
    { interval: '1', fibrillate: '4', ts_log: '5000', gs_log: '6000' },
    String.raw`printf 'HACMPtopsvcs:\n\thbInterval = %d\n\tfibrillateCount = %d\n\ttsLogLength = %d\n\tgsLogLength = %d\n' 2 5 5000 6000 | odmchange -o HACMPtopsvcs`,
  ],
  ['configchk.dialog', {}, { clstrmgr: 'inoperative' }, '/usr/sbin/cluster/utilities/cldare -t'],
  [
    'configchk.dialog',
    { release: '4.3 or later', ignore: 'yes', emulate: 'Emulate' },
    { clstrmgr: 'active' },
    '/usr/sbin/cluster/utilities/cldare -t -f -e',
  ],
  // What belongs to the later release does not count in ES 4.2.1, even when it was filled in before.
  [
    'configchk.dialog',
    { release: 'ES 4.2.1', ignore: 'yes', emulate: 'Emulate' },
    {},
    '/usr/sbin/cluster/utilities/cldare -t',
  ],
  ['clsyncnode.dialog', {}, { clstrmgr: 'active' }, '/usr/sbin/cluster/utilities/cldare -r'],
  [
    'clsyncnode.dialog',
    { release: '4.3 or later', emulate: 'Emulate' },
    {},
    '/usr/sbin/cluster/utilities/cldare -r -e',
  ],
  ['clverify_software.dialog', {}, {}, String.raw`printf '\n\n' | /usr/sbin/cluster/diag/clverify software lpp`],
  ['clverify.dialog', {}, {}, String.raw`printf '\n\n' | /usr/sbin/cluster/diag/clverify cluster config all`],
];

test.each(commands)('%s with %j over %j is this command', (id, typed, discovered, command) => {
  const rendered = commandOf(shipped, id, typed, discovered);
  expect(rendered.text).toBe(command);
  expect(rendered.missing).toEqual([]);
});

test('every dialog of HACMP stands in the table above', () => {
  // Those of user-events.yaml have tests of their own (user-events.test.ts).
  const dialogs = [...shipped.panels.values()].filter(
    panel => panel.product === 'hacmp' && panel.kind === 'dialog' && !panel.place.file.endsWith('user-events.yaml'),
  );
  expect(dialogs.map(panel => panel.id).sort()).toEqual([...new Set(commands.map(([id]) => id))].sort());
});

test('the shipped panel files have no mistakes', () => {
  expect(complaintTexts(shipped)).toEqual([]);
});

test('the menus have the titles and the order of the product', () => {
  const tree = (id: string, indent = ''): string[] => {
    const panel = shipped.panels.get(id)!;
    const below = panel.kind === 'menu' ? panel.items.flatMap(item => (item.panel ? [item.panel] : [])) : [];
    return [`${indent}${panel.title}  ${id}`, ...below.flatMap(child => tree(child, `${indent}  `))];
  };
  expect(tree('hacmp').join('\n')).toBe(
    `
HACMP for AIX  hacmp
  Cluster Configuration  cm_cluster_config
    Cluster Topology  cm_cluster_topology
      Configure Topology Services and Group Services  cm_ts_gs
        Change / Show Topology and Group Services Configuration  change_show_ts_gs
      Synchronize Cluster Topology  configchk.dialog
    Cluster Resources  cm_cluster_resources
      Change/Show Run Time Parameters  cm_run_time.select
      Synchronize Cluster Resources  clsyncnode.dialog
      User-Defined Events  cm_user_events
        List Events  cm_user_event_list
        Add a User-Defined Event  cm_user_event_add
        Check Rules File and Recovery Programs  cm_user_event_check
        Show the Rules File  cm_user_event_rules
        Show a Recovery Program  cm_user_event_program
        Show Checksums  cm_user_event_sums
    Cluster Verification  clverify
      Verify Software  clverify_software.dialog
      Verify Cluster  clverify.dialog
  What Is Here, and How Sure It Is  hacmp_about
  Numbers and Limits of HACMP ES 4.2.1  hacmp_limits
`.trim(),
  );
});

test('a fast path that the product does not publish says that it is ours', () => {
  const ours = [...shipped.panels.values()].filter(panel => panel.product === 'hacmp' && panel.ours);
  const published = [
    'cm_run_time.select',
    'change_show_ts_gs',
    'clverify',
    'clverify.dialog',
    'configchk.dialog',
    'clsyncnode.dialog',
    'hacmp',
  ];
  expect(ours.map(panel => panel.id).filter(id => published.includes(id))).toEqual([]);
  for (const id of published) expect(shipped.panels.get(id)?.smitty, id).toBe(id);
});

test('commands that were never published are marked unverified and name the real SMIT panel', () => {
  for (const id of ['cm_run_time.dialog', 'change_show_ts_gs', 'configchk.dialog', 'clsyncnode.dialog']) {
    const panel = dialogOf(shipped, id);
    expect(panel.evidence.level, id).toBe('unverified');
    expect(panel.smitty, id).toBeTruthy();
  }
  expect(dialogOf(shipped, 'clverify.dialog').evidence.level).toBe('later');
});

test('the failure detection time is interval times fibrillate count times two', () => {
  expect(computedLines(shipped, 'change_show_ts_gs', {})).toEqual(['Failure detection time: 8 seconds']);
  expect(computedLines(shipped, 'change_show_ts_gs', { interval: '2', fibrillate: '10' })).toEqual([
    'Failure detection time: 40 seconds',
  ]);
  expect(computedLines(shipped, 'change_show_ts_gs', { interval: '' })).toEqual(['Failure detection time: - seconds']);
});

test('Enhanced security is refused until every address has a principal', () => {
  const refused = { node: 'n1', security: 'Enhanced' };
  expect(failedChecks(shipped, 'cm_run_time.dialog', refused)).toHaveLength(1);
  expect(failedChecks(shipped, 'cm_run_time.dialog', { ...refused, kerberized: 'yes' })).toEqual([]);
  expect(failedChecks(shipped, 'cm_run_time.dialog', { node: 'n1', security: 'Standard' })).toEqual([]);
});

test('the topology of ES 4.2.1 is not synchronized while the Cluster Manager is active', () => {
  expect(failedChecks(shipped, 'configchk.dialog', {}, { clstrmgr: 'active' })[0]).toMatch(/Cluster Manager is active/);
  expect(failedChecks(shipped, 'configchk.dialog', {}, { clstrmgr: 'inoperative' })).toEqual([]);
  expect(failedChecks(shipped, 'configchk.dialog', { release: '4.3 or later' }, { clstrmgr: 'active' })).toEqual([]);
  expect(failedChecks(shipped, 'configchk.dialog', {})).toEqual([]);
  expect(dialogOf(shipped, 'clsyncnode.dialog').checks ?? []).toEqual([]);
});

test('the node list comes from the ODM, each node once', () => {
  const source = sourceOf(shipped, 'hacmp.nodes');
  const { stdout, status } = onAix(sourceText(source).text);
  expect(status).toBe(0);
  expect(parseRows(stdout, source).records.map(record => record.line)).toEqual(['sp2n01', 'sp2n05', 'sp2n07']);
  expect(selectorOf(shipped, 'cm_run_time.select').field.source).toBe('hacmp.nodes');
});

test('run time parameters are read from the ODM of the chosen node', () => {
  expect(discovered('cm_run_time.dialog', { node: 'sp2n05' })).toEqual({
    debug: 'high',
    nis: 'true',
    security: 'Standard',
  });
  expect(discovered('cm_run_time.dialog', { node: 'sp2n07' })).toEqual({
    debug: 'low',
    nis: 'false',
    security: 'Standard',
  });
});

test('topology values are read from the ODM, and from the running service where the ODM has none', () => {
  expect(discovered('change_show_ts_gs', {})).toEqual({
    interval: '2',
    fibrillate: '6',
    ts_log: '7000',
    gs_log: '8000',
  });
  expect(discovered('change_show_ts_gs', {}, { NO_TOPSVCS_CLASS: '1' })).toEqual({ interval: '1', fibrillate: '4' });
});

test('the state of the Cluster Manager is read from lssrc', () => {
  expect(discovered('configchk.dialog', {})).toEqual({ clstrmgr: 'active' });
  expect(discovered('configchk.dialog', {}, { CLSTRMGR: 'inoperative' })).toEqual({ clstrmgr: 'inoperative' });
});

test('the four values reach odmchange as one stanza', () => {
  const { text } = commandOf(shipped, 'change_show_ts_gs', {
    interval: '3',
    fibrillate: '4',
    ts_log: '5000',
    gs_log: '9000',
  });
  const { status, stderr } = onAix(text);
  expect([status, stderr]).toEqual([0, '']);
  expect(readFileSync(join(state, 'odmchange'), 'utf8')).toBe(
    '-o HACMPtopsvcs\nHACMPtopsvcs:\n\thbInterval = 3\n\tfibrillateCount = 4\n\ttsLogLength = 5000\n\tgsLogLength = 9000\n',
  );
});

function onAix(text: string, env: Record<string, string> = {}) {
  const path = `${resolve(import.meta.dirname, '../fixtures/menus/aix')}:/usr/bin:/bin`;
  return spawnSync('/bin/sh', ['-c', text], { encoding: 'utf8', env: { PATH: path, HASMIT_STATE: state, ...env } });
}

/** What a dialog's discover command fills in. */
function discovered(id: string, carried: Values, env: Record<string, string> = {}): Values {
  const discover = dialogOf(shipped, id).discover!;
  const { stdout, status, stderr } = onAix(besideOf(shipped, id, discover.run, carried).text, env);
  expect([status, stderr]).toEqual([0, '']);
  const { records } = parseRows(stdout, discover);
  const found = Object.entries(discover.map).map(([field, key]) => [
    field,
    records.map(record => record[key]).find(Boolean),
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
