/**
 * The checks of a configuration, run against a cluster of fixture programs: how far from the limits, what a takeover would need, names
 * and trust. Their awk must be that of AIX, which is not here; so they run by every awk that is (mawk, busybox, gawk --posix, BWK awk).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandText, dialogsBelow, newState, nodePath, onNode } from './hacmp-system.ts';
import { readShipped } from './panels.ts';

const shipped = await readShipped();
const scratch = newState();
afterAll(scratch.clean);

const known = ['mawk', 'busybox awk', 'gawk --posix', 'original-awk', 'goawk'];
const awks = known.filter(awk => spawnSync('/bin/sh', ['-c', `${awk} 'BEGIN { exit 0 }'`]).status === 0);
if (awks.length < 2)
  console.warn(
    `Only ${awks.join(', ') || 'no awk of a known make'} is installed; the checks are tried with what there is.`,
  );

/** PATH with this awk as awk. */
function pathWith(awk: string): string {
  const directory = join(scratch.directory, awk.replaceAll(' ', '-'));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'awk'), `#!/bin/sh\nexec ${awk} "$@"\n`);
  chmodSync(join(directory, 'awk'), 0o755);
  return `${directory}:${nodePath}`;
}

/** Runs a check by every awk; all must say the same. */
function look(id: string, typed: Record<string, string> = {}, env: Record<string, string> = {}) {
  const text = commandText(shipped, id, typed);
  const ran = awks.map(awk => {
    const { status, lines, stderr } = onNode(text, { ...env, PATH: pathWith(awk) });
    return { status, lines, stderr };
  });
  for (const [at, other] of ran.entries()) expect(other, awks[at]).toEqual(ran[0]);
  return ran[0]!;
}

test('every check of a configuration is tried here', () => {
  expect(dialogsBelow(shipped, 'hacmp_checks')).toEqual([
    'hacmp_limits_check',
    'hacmp_names_check',
    'hacmp_prerequisites_check',
    'hacmp_takeover_check',
    'hacmp_trust_check',
  ]);
  for (const id of dialogsBelow(shipped, 'hacmp_checks'))
    expect(shipped.panels.get(id), `${id} changes nothing, so it does not ask`).not.toHaveProperty('confirm');
});

test('the distance to every limit is told', () => {
  const { status, lines } = look('hacmp_limits_check');
  expect(lines.join('\n')).toBe(
    `
                                               now limit  left
nodes                                            3    16    13
rotating resource groups                         1    32    31
sp2n05: boot interfaces                          1    32    31
sp2n05: service interfaces                       3    32    29
sp2n05: standby interfaces                       1    32    31
sp2n05: serial networks                          2     2     0
sp2n01: boot interfaces                          1    32    31
sp2n01: service interfaces                       2    32    30
sp2n01: standby interfaces                       1    32    31
sp2n01: serial networks                          1     2     1
sp2n07: boot interfaces                          1    32    31
sp2n07: service interfaces                       2    32    30
sp2n07: standby interfaces                       0    32    32
sp2n07: serial networks                          1     2     1
`.slice(1, -1),
  );
  expect(status).toBe(0);
});

test.each(['7', '13'])('the limits are counted alike when cllsif has %s columns', FIELDS => {
  expect(look('hacmp_limits_check', {}, { FIELDS })).toEqual(look('hacmp_limits_check'));
});

/** What is configured beside the fixture cluster, and the line that says what is wrong. */
const mistakes: [what: string, adapters: string, told: string][] = [
  [
    'a third serial network',
    'l3:service:line3:rs232:serial:sp2n05:/dev/tty4',
    'sp2n05: serial networks                          3     2    -1  TOO MANY',
  ],
  [
    'ATM',
    'a1:service:atm1:atm:private:sp2n05:10.9.9.9',
    'WRONG: network atm1: type atm is not supported by HACMP ES 4.2.1',
  ],
  [
    'a second service adapter of a node on a network',
    'x:service:spether:ether:public:sp2n05:10.15.1.9',
    'WRONG: sp2n05 has several service adapters on network spether; there is one for each node and network',
  ],
  [
    'two masks in a network',
    'x:boot:spether:ether:public:sp2n07:10.15.1.9::en1::255.255.0.0',
    'WRONG: network spether has adapters with different network masks',
  ],
  [
    'a standby address in the subnet of the service address',
    'x:standby:spether:ether:public:sp2n07:10.15.1.99::en2::255.255.255.0',
    'WRONG: x: a standby address must lie in another subnet than the boot and service address',
  ],
  [
    'the administrative Ethernet with a boot adapter',
    'x:boot:spadmin:ether:public:sp2n07:10.15.0.7::en0::255.255.255.0',
    'WRONG: sp2n07: en0, the administrative Ethernet of the SP, must not be taken over, and x is a boot adapter',
  ],
  [
    'a network whose name is too long',
    `x:service:${'n'.repeat(32)}:ether:public:sp2n07:10.1.1.1`,
    `WRONG: network ${'n'.repeat(32)}: a name has letters, digits and underscores, 31 at most`,
  ],
  [
    'an eighth standby adapter',
    Array.from({ length: 8 }, (_, at) => `s${at}:standby:spether:ether:public:sp2n07:10.15.3.${at}`).join('\n'),
    'WRONG: sp2n07 has more than seven standby adapters on network spether',
  ],
  [
    'the 33rd boot interface',
    Array.from({ length: 32 }, (_, at) => `b${at}:boot:net${at}:ether:public:sp2n07:10.16.${at}.1`).join('\n'),
    'sp2n07: boot interfaces                         33    32    -1  TOO MANY',
  ],
];

test.each(mistakes)('%s is found', (_what, MORE_ADAPTERS, told) => {
  const { status, lines } = look('hacmp_limits_check', {}, { MORE_ADAPTERS });
  expect(lines).toContain(told);
  expect(status).toBe(1);
});

test('too many nodes, too many rotating groups and a concurrent group are found', () => {
  const MEMBERS = Array.from({ length: 17 }, (_, at) => `n${at}`).join(' ');
  const { status, lines } = look('hacmp_limits_check', {}, { MEMBERS, MORE_GROUPS: '32', CONCURRENT: '1' });
  expect(lines).toContain('nodes                                           17    16    -1  TOO MANY');
  expect(lines).toContain('rotating resource groups                        33    32    -1  TOO MANY');
  expect(lines).toContain('WRONG: resource group all_rg is concurrent, which HACMP ES 4.2.1 does not support');
  expect(lines).toContain('C-SPOC, the CEL and xhacmpm work with 8 nodes at most and cannot be used.');
  expect(status).toBe(1);
});

test('eight nodes are enough for C-SPOC', () => {
  const MEMBERS = 'a b c d e f g h';
  expect(look('hacmp_limits_check', {}, { MEMBERS }).lines.join()).not.toMatch(/C-SPOC/);
});

test('a damaged listing is no configuration', () => {
  for (const id of ['hacmp_limits_check', 'hacmp_takeover_check']) {
    const { status, lines } = look(id, { node: 'sp2n05' }, { DAMAGED: '1' });
    expect(lines, id).toEqual(['line of cllsif -cS with 4 fields, 7 to 13 are right: sp2n09_svc:service:spether:et']);
    expect(status, id).toBe(2);
  }
  const { status, stderr } = look('hacmp_limits_check', {}, { FAILS: '1' });
  expect([status, stderr]).toEqual([1, 'cllsif: no adapters are configured\n']);
});

test('what a takeover needs is told, with what is missing', () => {
  const { status, lines } = look('hacmp_takeover_check', { node: 'sp2n05' });
  expect(lines.join('\n')).toBe(
    `
db_rg (cascading): sp2n05 is its home; then it goes to sp2n07.
  address sp2n05_svc on spether
  address sp2n05_sw on spswitch
  volume groups dbvg
  file systems /db /dblog
  applications dbserver
web_rg (rotating): if sp2n05 has it, it goes to one of sp2n01, sp2n07 and stays there.
  address web_svc on spether
  applications webserver
sp2n07 needs 1 standby on spether and has 0.
  MISSING: 1 standby of sp2n07 on spether; not all addresses come up
How soon the failure is noticed: 1 x 4 x 2 = 8 seconds. Then the takeover itself begins.
`.trim(),
  );
  expect(status).toBe(1);
});

test('with a standby adapter the takeover has what it needs; the switch needs none', () => {
  const MORE_ADAPTERS = 'sp2n07_stby:standby:spether:ether:public:sp2n07:10.15.2.7';
  const { status, lines } = look('hacmp_takeover_check', { node: 'sp2n05' }, { MORE_ADAPTERS });
  expect(lines).toContain('sp2n07 needs 1 standby on spether and has 1.');
  expect(lines.join()).not.toMatch(/MISSING|spswitch and has/);
  expect(status).toBe(0);
});

test('a node that only stands by, one in a rotating group, and one in none', () => {
  const standby = look('hacmp_takeover_check', { node: 'sp2n07' });
  expect(standby.lines[0]).toBe(
    'db_rg (cascading): sp2n07 has it only while all before it are down; then it goes to nobody.',
  );
  expect(standby.status).toBe(0);
  const rotating = look('hacmp_takeover_check', { node: 'sp2n01' }, { TOPSVCS_DOWN: '1' });
  expect(rotating.lines).toEqual([
    'web_rg (rotating): if sp2n01 has it, it goes to one of sp2n05, sp2n07 and stays there.',
    '  address web_svc on spether',
    '  applications webserver',
    'How soon the failure is noticed: Topology Services does not run here; 8 seconds with the first values.',
  ]);
  expect(look('hacmp_takeover_check', { node: 'sp2n99' }).lines[0]).toBe(
    'No resource group names sp2n99; nothing would move.',
  );
});

test('the name of a node is right when it and the host name have one address', () => {
  const { status, lines } = look('hacmp_names_check');
  expect(lines).toEqual([
    'The cluster calls this node sp2n05, which is 10.15.0.5.',
    'The host name is sp2n05.example.com, which is 10.15.0.5.',
    'Right.',
  ]);
  expect(status).toBe(0);
});

test.each([
  ['other', '10.15.0.99'],
  ['nosuchnode', 'no name of a host'],
])('the name %s is wrong', (LOCAL_NODE, address) => {
  const { status, lines } = look('hacmp_names_check', {}, { LOCAL_NODE });
  expect(lines[0]).toBe(`The cluster calls this node ${LOCAL_NODE}, which is ${address}.`);
  expect(lines.at(-1)).toMatch(/^WRONG: make .* an alias of sp2n05.example.com in \/etc\/hosts on all nodes/);
  expect(status).toBe(1);
});

test('with Standard security, /.rhosts must have the boot and service labels; with Enhanced there must be none', () => {
  const standard = look('hacmp_trust_check');
  expect(standard.lines[0]).toBe('Cluster Security Mode: Standard');
  expect(standard.lines).toContain('WRONG: /.rhosts lacks sp2n07_boot');
  expect(standard.lines.join()).not.toMatch(/_stby|line1/);
  expect(standard.status).toBe(1);
  expect(look('hacmp_trust_check', {}, { MODE: 'Enhanced' }).lines).toEqual([
    'Cluster Security Mode: Enhanced',
    'There is no /.rhosts: right.',
  ]);
});

test('what the product needs is shown by commands of AIX', () => {
  expect(commandText(shipped, 'hacmp_prerequisites_check', {})).toBe(
    "oslevel; instfix -ik IX52597; lslpp -L bos.compat.lan bos.compat.links bos.net.nfs.client bos.net.nfs.server bos.net.tcp.client bos.net.tcp.server bos.sysmgt.trace 'ssp.*' 'cluster.*'; df -k /usr /",
  );
});
