import { expect, test } from 'vitest';
import { readRulesFile } from '../../src/validate/rules-file.ts';
import { goodRules, told } from '../helpers/hacmp-files.ts';

const hangs = 'The Cluster Manager only counts lines, and the node hangs';

function complaintsOf(text: string, nodes?: number[]): string[] {
  return told(readRulesFile('F', text, nodes).complaints);
}

/** The good file with one text in it replaced, which must be there exactly once. */
function changed(from: string, to: string): string {
  if (goodRules.split(from).length !== 2)
    throw new Error(`"${from}" stands in the file ${goodRules.split(from).length - 1} times`);
  return goodRules.replace(from, () => to);
}

const lines = goodRules.split('\n');
const lineOf = (text: string) => lines.indexOf(text) + 1;
const user = lineOf('UE_PGMRWHO_DOWN');
const last = lines.length - 1;

test('the nine events of the product and one of the site are read, and nothing is wrong with them', () => {
  const { complaints, events } = readRulesFile('F', goodRules);
  expect(complaints).toEqual([]);
  expect(events).toHaveLength(10);
  expect(events[0]).toEqual({
    name: 'TE_JOIN_NODE',
    line: 3,
    program: { path: '/usr/sbin/cluster/events/node_up.rp', line: 5 },
    predefined: true,
  });
  expect(events.at(-1)).toEqual({
    name: 'UE_PGMRWHO_DOWN',
    line: user,
    program: { path: '/usr/sbin/cluster/local/rwho.rp', line: user + 2 },
    predefined: false,
  });
});

test('comments stand anywhere, even between the lines of an event', () => {
  const every = goodRules
    .split('\n')
    .slice(0, -1)
    .map(line => `#\n${line}\n# x\n`)
    .join('');
  expect(complaintsOf(every)).toEqual([]);
  expect(
    complaintsOf(
      goodRules
        .split('\n')
        .filter(line => !line.startsWith('#'))
        .join('\n'),
    ),
  ).toEqual([]);
});

test.each<[what: string, text: string, complaints: string[]]>([
  [
    'an empty line at the end of the file',
    `${goodRules}\n`,
    [
      `${last + 1}: UE_PGMRWHO_DOWN: an empty line stands at the end of the file, behind the last event; take it out. ${hangs}`,
    ],
  ],
  [
    'three empty lines at the end of the file',
    `${goodRules}\n\n\n`,
    [
      `${last + 1}: UE_PGMRWHO_DOWN: 3 empty lines stand at the end of the file, behind the last event; take them out. ${hangs}`,
    ],
  ],
  [
    'an empty line before the first event',
    `\n${goodRules}`,
    [`1: an empty line stands before the first event; take it out. ${hangs}`],
  ],
  [
    'an empty line between two events',
    changed('# node_down\n', '# node_down\n\n'),
    [
      `17: TE_JOIN_NODE: an empty line stands behind the nine lines of this event, before the next one; take it out. ${hangs}`,
    ],
  ],
  [
    'an event without its last empty line',
    changed('# 9) rearm predicate\n\n# node_down\n', '# node_down\n'),
    [
      `3: TE_JOIN_NODE: the event that begins here has 8 lines in place of nine; behind the recovery level there must be four lines, empty when the event needs none, and here are 3; add 1 empty line. ${hangs}`,
    ],
  ],
  [
    'an event without its state',
    changed('UE_PGMRWHO_DOWN\n0\n', 'UE_PGMRWHO_DOWN\n'),
    [
      `${user}: UE_PGMRWHO_DOWN: the event that begins here has 8 lines in place of nine; the recovery program stands in its second line, so the state is missing; write 0 between name and recovery program. ${hangs}`,
    ],
  ],
  [
    'an event without its recovery program',
    changed('/usr/sbin/cluster/local/rwho.rp\n', ''),
    [
      `${user}: UE_PGMRWHO_DOWN: the event that begins here has 8 lines in place of nine; no line holds the path of a recovery program, which is the third; the nine are event name, state, recovery program, recovery type, recovery level, resource variable, instance vector, predicate, rearm predicate. ${hangs}`,
    ],
  ],
  [
    'an event without its vector',
    changed('NodeNum=*;ProgName=rwhod;UserName=root\n', ''),
    [
      `${user}: UE_PGMRWHO_DOWN: the event that begins here has 8 lines in place of nine; 1 line of these is missing: recovery type, recovery level, resource variable, instance vector, predicate, rearm predicate; each needs its own line, an empty one where there is no value. ${hangs}`,
    ],
  ],
  [
    'a line too many before the recovery program',
    changed('UE_PGMRWHO_DOWN\n0\n', 'UE_PGMRWHO_DOWN\n0\n0\n'),
    [
      `${user}: UE_PGMRWHO_DOWN: the event that begins here has 10 lines in place of nine; the recovery program stands in line ${user + 3}, 1 line too late; take out what stands too much before it. ${hangs}`,
    ],
  ],
  [
    'a comment that lost its #',
    changed('# End of UE_PGMRWHO_DOWN', 'End of UE_PGMRWHO_DOWN'),
    [
      `${user}: UE_PGMRWHO_DOWN: the event that begins here has 10 lines in place of nine; take out 1 line, at the latest line ${last} ("End of UE_PGMRWHO_DOWN"), or put a # before a line that is a comment. ${hangs}`,
    ],
  ],
  [
    'text before the first event',
    `Copied by hand on Monday\n${goodRules}`,
    [`1: 1 line before the first event belongs to none; take it out, or put a # before it to make a comment. ${hangs}`],
  ],
  [
    'a comment with a blank before its #',
    changed('# node_down\n', ' # node_down\n'),
    [
      '16: a blank stands before the #. Only a # at the very beginning makes a comment, so this counts as one of the nine lines of an event; take the blank out',
    ],
  ],
  [
    'an empty line with a blank in it',
    changed('# 9) rearm predicate\n\n# node_down\n', '# 9) rearm predicate\n \n# node_down\n'),
    ['15: the line looks empty and holds 1 blank; an unused value is a line with nothing in it at all'],
  ],
  [
    'an empty line with a tab in it',
    changed('# 9) rearm predicate\n\n# node_down\n', '# 9) rearm predicate\n\t\n# node_down\n'),
    ['15: the line looks empty and holds blanks or tabs; an unused value is a line with nothing in it at all'],
  ],
  [
    'a file without its last newline',
    goodRules.slice(0, -1),
    [`${last}: the last line has no end; open the file with vi and write it again, which adds the missing newline`],
  ],
  [
    'line ends of Windows',
    goodRules.replaceAll('\n', '\r\n'),
    [
      `1: the line (and ${last - 1} lines more) ends with a carriage return, as files from Windows do; take them out with tr -d '\\r' < FILE > NEWFILE`,
    ],
  ],
  [
    'one line end of Windows',
    changed('UE_PGMRWHO_DOWN\n0', 'UE_PGMRWHO_DOWN\r\n0'),
    [
      `${user}: the line ends with a carriage return, as files from Windows do; take them out with tr -d '\\r' < FILE > NEWFILE`,
    ],
  ],
  [
    'a byte order mark',
    `\ufeff${goodRules}`,
    [
      '1: the file begins with a byte order mark, three bytes that no editor shows and that become part of the first line; save it as plain text without the mark',
    ],
  ],
  [
    'zero bytes',
    changed('NodeNum=*', 'Node\0Num=*\0'),
    [
      `${user + 6}: the file holds 2 zero bytes, the first one here; this is no plain text. Copy the file again from a node where it is right`,
      `${user + 6}: UE_PGMRWHO_DOWN: the instance vector holds a zero byte; type the line again with plain letters and digits`,
    ],
  ],
  ['an empty file', '', ['1: the file is empty; copy rules.hacmprd from another node or from its backup']],
])('%s', (_what, text, complaints) => {
  expect(complaintsOf(text)).toEqual(complaints);
});

test.each<[what: string, from: string, to: string, complaints: string[]]>([
  [
    'a name that lost its underscores',
    'TE_FAIL_NODE\n',
    'TE FAIL NODE\n',
    [
      '17: TE_FAIL_NODE: "TE FAIL NODE" must be the event TE_FAIL_NODE; write it so, with its underscores and in capitals',
    ],
  ],
  [
    'a name of two words',
    'UE_PGMRWHO_DOWN\n0',
    'UE_PGMRWHO DOWN\n0',
    [`${user}: UE_PGMRWHO_DOWN: "UE_PGMRWHO DOWN" is no event name: it must be one word; write UE_PGMRWHO_DOWN`],
  ],
  [
    'a name with a sign in it',
    'UE_PGMRWHO_DOWN\n0',
    'UE_PGMRWHO-DOWN\n0',
    [`${user}: "UE_PGMRWHO-DOWN" is no event name; write letters, digits and _, for example UE_RWHO_DOWN`],
  ],
  [
    'an event of the site with a name of the product',
    'UE_PGMRWHO_DOWN\n0',
    'TE_RWHO_DOWN\n0',
    [
      `${user}: TE_RWHO_DOWN: names with TE_ belong to the product; give an event of your own one with UE_, such as UE_RWHO_DOWN`,
    ],
  ],
  [
    'an event of the site without UE_',
    'UE_PGMRWHO_DOWN\n0',
    'RWHO_DOWN\n0',
    [
      `${user}: RWHO_DOWN: warning: the name does not begin with UE_; UE_RWHO_DOWN would tell an event of your own from the product's`,
    ],
  ],
  [
    'a name with a blank behind it',
    'UE_PGMRWHO_DOWN\n0',
    'UE_PGMRWHO_DOWN \n0',
    [`${user}:16: UE_PGMRWHO_DOWN: a blank or tab stands behind the event name and counts as part of it; take it out`],
  ],
  [
    'a state that is empty',
    'UE_PGMRWHO_DOWN\n0',
    'UE_PGMRWHO_DOWN\n',
    [`${user + 1}: UE_PGMRWHO_DOWN: the state is missing; write 0, an empty line will not do here`],
  ],
  [
    'a state that is the letter O',
    'UE_PGMRWHO_DOWN\n0',
    'UE_PGMRWHO_DOWN\nO',
    [`${user + 1}: UE_PGMRWHO_DOWN: the state is the letter O; write the digit 0`],
  ],
  [
    'a state nobody has',
    'UE_PGMRWHO_DOWN\n0',
    'UE_PGMRWHO_DOWN\n3',
    [`${user + 1}: UE_PGMRWHO_DOWN: warning: the state is "3"; every known event has 0`],
  ],
  [
    'a recovery program that is no whole path',
    '/usr/sbin/cluster/local/rwho.rp',
    'local/rwho.rp',
    [
      `${user + 2}: UE_PGMRWHO_DOWN: the recovery program "local/rwho.rp" is no whole path; begin with /, as in /usr/sbin/cluster/local/rwho.rp`,
    ],
  ],
  [
    'a recovery program that is a script',
    '/usr/sbin/cluster/local/rwho.rp',
    '/usr/sbin/cluster/local/rwho',
    [
      `${user + 2}: UE_PGMRWHO_DOWN: "/usr/sbin/cluster/local/rwho" does not end in .rp; write the path of the recovery program, not that of a script`,
    ],
  ],
  [
    'a path that lost an underscore',
    '/usr/sbin/cluster/events/network_down.rp',
    '/usr/sbin/cluster/events/network down.rp',
    [
      '47: TE_FAIL_NETWORK: the path "/usr/sbin/cluster/events/network down.rp" has a blank in it, perhaps for a lost _; write the path of the file as it is',
    ],
  ],
  [
    'an event of the product with another recovery program',
    '/usr/sbin/cluster/events/network_down.rp',
    '/usr/sbin/cluster/local/network_down.rp',
    [
      "47: TE_FAIL_NETWORK: the product's own event must keep its recovery program; write /usr/sbin/cluster/events/network_down.rp",
    ],
  ],
  [
    'the place of a later release',
    '/usr/sbin/cluster/events/network_down.rp',
    '/usr/es/sbin/cluster/events/network_down.rp',
    [
      '47: TE_FAIL_NETWORK: warning: /usr/es/sbin/cluster/events belongs to later releases; HACMP ES 4.2.1 has /usr/sbin/cluster/events/network_down.rp',
    ],
  ],
  [
    'type and level that are empty',
    'rwho.rp\n2\n0\n',
    'rwho.rp\n\n\n',
    [
      `${user + 3}: UE_PGMRWHO_DOWN: the recovery type is missing; write 2, an empty line will not do here`,
      `${user + 4}: UE_PGMRWHO_DOWN: the recovery level is missing; write 0, an empty line will not do here`,
    ],
  ],
  [
    'a digit of another script',
    'rwho.rp\n2\n0\n',
    'rwho.rp\n2\n\u0665\n',
    [
      `${user + 4}: UE_PGMRWHO_DOWN: the recovery level holds "\u0665" (U+0665); type the line again with plain letters and digits`,
    ],
  ],
  [
    'a type and a level nobody has',
    'rwho.rp\n2\n0\n',
    'rwho.rp\n1\n9\n',
    [
      `${user + 3}: UE_PGMRWHO_DOWN: warning: the recovery type is "1"; every known event has 2`,
      `${user + 4}: UE_PGMRWHO_DOWN: warning: the recovery level is "9"; every known event has 0`,
    ],
  ],
  [
    'an event of the product that is watched by Event Management',
    '# 6) resource variable\n\n# 7) instance vector\n\n# 8) predicate\n\n# 9) rearm predicate\n\n# node_down\n',
    'IBM.x\n\nX>1\n\n# node_down\n',
    [
      '8: TE_JOIN_NODE: "IBM.x" stands in the line of the resource variable; the product\'s own events have none, make the line empty',
      '10: TE_JOIN_NODE: "X>1" stands in the line of the predicate; the product\'s own events have none, make the line empty',
    ],
  ],
  [
    'an event without its resource variable',
    'IBM.PSSP.Prog.xpcount\n',
    '\n',
    [
      `${user + 5}: UE_PGMRWHO_DOWN: the resource variable is missing; it goes together with instance vector and predicate: fill all three lines, or make 6 to 9 empty`,
    ],
  ],
  [
    'an event without a rearm predicate',
    'X@0>0\n',
    '\n',
    [
      `${user + 8}: UE_PGMRWHO_DOWN: warning: there is no rearm predicate, so the event may happen once and never again; write what is true when the trouble is over, for example X<80 for the predicate X>90`,
    ],
  ],
  [
    'an event that nothing raises',
    'IBM.PSSP.Prog.xpcount\nNodeNum=*;ProgName=rwhod;UserName=root\nX@0==0&&X@1!=0\nX@0>0\n',
    '\n\n\n\n',
    [
      `${user + 5}: UE_PGMRWHO_DOWN: warning: nothing says when this event happens: resource variable, instance vector, predicate and rearm predicate are all empty`,
    ],
  ],
  [
    'a resource variable with a blank, and one like no other',
    'IBM.PSSP.Prog.xpcount\n',
    'IBM.PSSP.Prog xpcount\n',
    [
      `${user + 5}: UE_PGMRWHO_DOWN: the resource variable "IBM.PSSP.Prog xpcount" has a blank in it; it is one word, for example IBM.PSSP.Prog.xpcount`,
    ],
  ],
  [
    'a resource variable like no other',
    'IBM.PSSP.Prog.xpcount\n',
    'xpcount\n',
    [
      `${user + 5}: UE_PGMRWHO_DOWN: warning: "xpcount" does not look like a resource variable; they have names such as IBM.PSSP.aixos.FS.%totused`,
    ],
  ],
  [
    'a line without end',
    'X@0>0\n',
    `${'X'.repeat(2000)}\n`,
    [`${user + 8}: UE_PGMRWHO_DOWN: the rearm predicate has 2000 characters; this cannot be meant, write it anew`],
  ],
])('%s', (_what, from, to, complaints) => {
  expect(complaintsOf(changed(from, to))).toEqual(complaints);
});

test('a name that stands twice is told of with the line of the first', () => {
  const record = goodRules.slice(goodRules.indexOf('UE_PGMRWHO_DOWN'));
  expect(complaintsOf(goodRules + record)).toEqual([
    `${last + 1}: UE_PGMRWHO_DOWN: an event of this name stands in line ${user} already; every event needs a name of its own`,
  ]);
});

test("the product's events must all be there", () => {
  const [, record] = /(TE_SWAP_ADAPTER\n[\s\S]*?)# join_standby/.exec(goodRules)!;
  expect(complaintsOf(goodRules.replace(record!, ''))).toEqual([
    `${last - 13}: of the product's nine events one is missing: TE_SWAP_ADAPTER (swap_adapter.rp). Copy it from the backup or from another node; without it the cluster does not react`,
  ]);
  const [own] = complaintsOf(goodRules.slice(goodRules.indexOf('#\n# The rwhod')));
  expect(own).toContain('the nine events of the product are missing: TE_JOIN_NODE (node_up.rp), ');
});

test('a TE_ name of a later release is only asked about', () => {
  expect(complaintsOf(`${goodRules}TE_RG_MOVE\n0\n/usr/sbin/cluster/events/rg_move.rp\n2\n0\n\n\n\n\n`)).toEqual([
    `${last + 1}: TE_RG_MOVE: warning: is none of the nine events of HACMP ES 4.2.1; keep it only if a later release brought it along`,
    `${last + 6}: TE_RG_MOVE: warning: nothing says when this event happens: resource variable, instance vector, predicate and rearm predicate are all empty`,
  ]);
});

test('where the nodes of the SP are known, a node that it has not is told of', () => {
  const text = changed('NodeNum=*', 'NodeNum=5');
  expect(complaintsOf(text, [1, 5, 7])).toEqual([]);
  expect(complaintsOf(text, [1, 7])).toEqual([
    `${user + 6}: UE_PGMRWHO_DOWN: the instance vector has NodeNum=5, and the SP has no such node; its nodes are 1, 7`,
  ]);
});

test('a file that is something else altogether is said to be so in a few lines', () => {
  expect(complaintsOf('root:x:0:0::/root:/bin/sh\n')[0]).toBe(
    '1: no event can be made out in 1 line; an event is nine lines, the first its name, the third the path of its recovery program',
  );
  const { complaints } = readRulesFile('F', 'UE_A\n0\n'.repeat(5000));
  expect(complaints).toHaveLength(201);
  expect(complaints.at(-1)!.message).toMatch(/^\d+ more complaints are left out; mend the first ones and check again$/);
  expect(complaints.at(-1)!.level).toBe('error');
});
