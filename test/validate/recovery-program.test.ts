import { expect, test } from 'vitest';
import { readRecoveryProgram } from '../../src/validate/recovery-program.ts';
import { goodProgram, onNode, told } from '../helpers/hacmp-files.ts';

function complaintsOf(text: string): string[] {
  return told(readRecoveryProgram('F', text).complaints);
}

const path = '/usr/sbin/cluster/local/rwho_restart';

test("the product's node_up and the site's rwho are read, with what runs at the same time", () => {
  const up = readRecoveryProgram('F', onNode('/usr/sbin/cluster/events/node_up.rp'));
  expect(up.complaints).toEqual([]);
  expect(up.commands).toEqual([
    { line: 1, nodes: 'other', command: 'node_up', status: '0', segment: 0 },
    { line: 5, nodes: 'event', command: 'node_up', status: '0', segment: 1 },
    { line: 9, nodes: 'all', command: 'node_up_complete', status: 'X', segment: 2 },
  ]);
  const rwho = readRecoveryProgram('F', goodProgram);
  expect(rwho.complaints).toEqual([]);
  expect(rwho.commands.map(({ nodes, segment }) => `${nodes} ${segment}`)).toEqual([
    'other 0',
    'event 0',
    'event 1',
    'all 2',
  ]);
});

test.each<[line: string, complaint: string]>([
  [`others "${path}" X NULL`, '1: "others" is no set of nodes; write other'],
  [
    `node "${path}" X NULL`,
    '1: "node" is no set of nodes; begin the line with all, event or other, or write barrier alone',
  ],
  [`"${path}" X NULL`, '1: the nodes are missing; begin the line with all, event or other'],
  [`all ${path} X NULL`, `1:4: the command must stand in double quotes; write "${path}"`],
  [`all '${path}' X NULL`, `1:4: the command must stand in double quotes; write "${path}"`],
  ['all X NULL', '1:4: the command is missing; write it in double quotes behind the nodes'],
  ['all', '1:4: the command is missing; write it in double quotes behind the nodes'],
  [`all "${path} X NULL`, '1:5: the quote before the command is never closed; write " behind the command'],
  [`all"${path}" X NULL`, '1:4: a blank is missing between all and the command; write all "..."'],
  [`all "${path}"X NULL`, `1:43: a blank is missing behind the command; write the status after a blank`],
  ['all "" X NULL', '1:5: the command is empty; write the whole path of a script between the quotes'],
  ['all " node_up" 0 NULL', '1:5: a blank stands at the edge of " node_up", inside the quotes; take it out'],
  ['all "node up" 0 NULL', '1:5: "node up" must be one word; write "node_up"'],
  [
    'all "local/rwho" X NULL',
    '1:5: "local/rwho" is no whole path; begin with /, as in /usr/sbin/cluster/local/rwho_restart',
  ],
  [
    'all "rwho_restart" X NULL',
    '1:5: "rwho_restart" is no event script that HACMP brings along; for a script of your own write its whole path, even when it lies in /usr/sbin/cluster/events',
  ],
  [
    'all "node_up"',
    '1:14: the status and NULL are missing; write X NULL (whatever the status) or 0 NULL behind the command',
  ],
  ['all "node_up" NULL', '1:14: the status before NULL is missing; write X NULL (whatever the status) or 0 NULL'],
  ['all "node_up" 0', '1:14: NULL is missing at the end of the line; every command line ends with it'],
  ['all "node_up" 0 null', '1:14: "null" must be NULL, in capitals'],
  ['all "node_up" 0 NIL', '1:14: "NIL" stands where NULL must be'],
  ['all "node_up" 0 NULL x', '1:14: "x" stands behind NULL; nothing may follow it'],
  ['all "node_up" x NULL', '1:14: the status is a small x; write X'],
  ['all "node_up" O NULL', '1:14: the status is the letter O; write the digit 0'],
  ['all "node_up" l NULL', '1:14: the status is the letter l; write the digit 1'],
  ['all "node_up" -1 NULL', '1:14: "-1" is no status; write a number from 0 to 255, or X when it does not matter'],
  ['all "node_up" 256 NULL', '1:14: "256" is no status; write a number from 0 to 255, or X when it does not matter'],
  [' # x', '1: a blank stands before the #; only a # at the very beginning makes a comment, take the blank out'],
  [
    'all \u201cnode_up\u201d 0 NULL',
    '1:5: the line holds "\u201c" (U+201C); type it again with plain letters and signs (for quotes, the plain ")',
  ],
  ['all "node_\xfcp" 0 NULL', '1:11: the line holds "\xfc" (U+00FC); type it again with plain letters and signs'],
  [`all "${'x'.repeat(1000)}" 0 NULL`, '1: the line has 1013 characters; this cannot be meant, write it anew'],
])('%s is wrong', (line, complaint) => {
  // What is told beside it belongs to other rules: an event of which nothing is left, a blank before a #.
  const others = ['1: warning: the file holds no command'];
  const found = complaintsOf(`${line}\n`).filter(text => !others.some(other => text.startsWith(other)));
  expect(found).toEqual([complaint]);
  expect(readRecoveryProgram('F', `${line}\n`).complaints[0]?.level).toBe('error');
});

test.each<[line: string, complaint: string]>([
  ['barrier X NULL', '2: "barrier X NULL": barrier must stand alone in its line, without nodes, status or NULL'],
  ['Barrier', '2: "Barrier" must be the word barrier, in small letters'],
  ['barrier.', '2: "barrier." must be the word barrier, in small letters'],
  ['"barrier"', '2: barrier stands in quotes; write the bare word barrier and nothing else in this line'],
])('%s is no barrier', (line, complaint) => {
  expect(complaintsOf(`event "node_up" 0 NULL\n${line}\nall "node_up_complete" X NULL\n`)).toEqual([complaint]);
});

test.each<[what: string, text: string, complaints: string[]]>([
  [
    'capitals before the command',
    'All "node_up" 0 NULL\n',
    ['1: warning: "All" is written all, in small letters, in every recovery program of the product'],
  ],
  [
    'an empty line',
    '#\n\nall "node_up" 0 NULL\n',
    ['2: warning: the line is empty; no recovery program of the product has such lines, write # to keep lines apart'],
  ],
  [
    'a blank at the beginning',
    '\tall "node_up" 0 NULL\n',
    ['1: warning: the line begins with a blank; no recovery program of the product has that, take it out'],
  ],
  [
    'a status that decides about the cluster',
    `event "${path}" 0 NULL\n`,
    [
      `1: warning: when "${path}" ends with anything but 0, this node never reaches the next barrier and the whole cluster waits for it; write X unless that is what you want`,
    ],
  ],
  [
    'words behind the path',
    'event "/usr/sbin/cluster/local/rwho restart" X NULL\n',
    [
      '1:7: warning: "/usr/sbin/cluster/local/rwho restart" has a blank in it. When that is a lost _, write the path as it is; words behind a path are shown by no document',
    ],
  ],
  [
    'shell signs',
    'event "/usr/sbin/cluster/local/rwho;reboot" X NULL\n',
    [
      '1:7: warning: "/usr/sbin/cluster/local/rwho;reboot" holds a character that means something to a shell; a plain path of a script is what belongs here',
    ],
  ],
  [
    'a barrier at the beginning',
    'barrier\nall "node_up" 0 NULL\n',
    ['1: warning: a barrier at the beginning has nothing to wait for; take it out'],
  ],
  [
    'a barrier at the end',
    'all "node_up" 0 NULL\nbarrier\n#\n',
    ['2: warning: a barrier at the end is not needed: all nodes wait for each other at the end of the program anyway'],
  ],
  [
    'two barriers',
    'event "node_up" 0 NULL\nbarrier\n#\nbarrier\nall "node_up_complete" X NULL\n',
    ['4: warning: two barriers in a row, with nothing between them; one is enough'],
  ],
  [
    'the same command for all and for event',
    'all "node_up" 0 NULL\n#\nevent "node_up" 0 NULL\n',
    [
      '3: warning: "node_up" stands for all and for event with no barrier between (line 1), so a node runs it twice at the same time; put a barrier between them or take one out',
    ],
  ],
  [
    'the same command twice',
    'other "node_up" 0 NULL\nother "node_up" 0 NULL\n',
    [
      '2: warning: "node_up" stands for other with no barrier between (line 1), so a node runs it twice at the same time; put a barrier between them or take one out',
    ],
  ],
  ['the same command for event and for other', 'event "node_up" 0 NULL\nother "node_up" 0 NULL\n', []],
  ['the same command behind a barrier', 'all "node_up" 0 NULL\nbarrier\nall "node_up" 0 NULL\n', []],
  [
    'no last newline',
    'all "node_up" 0 NULL',
    [
      '1: warning: the last line has no end and may be overlooked; open the file with vi and write it again, which adds the missing newline',
    ],
  ],
  [
    'nothing but comments',
    '# later\n',
    [
      `1: warning: the file holds no command, so nothing happens on its event; write, for example, event "${path}" X NULL`,
    ],
  ],
  [
    'nothing at all',
    '',
    [
      `1: warning: the file holds no command, so nothing happens on its event; write, for example, event "${path}" X NULL`,
    ],
  ],
])('%s', (_what, text, complaints) => {
  expect(complaintsOf(text)).toEqual(complaints);
});

test('a file from Windows is told of once and read all the same', () => {
  const { complaints, commands } = readRecoveryProgram('F', goodProgram.replaceAll('\n', '\r\n'));
  expect(told(complaints)).toEqual([expect.stringContaining('carriage return')]);
  expect(commands).toHaveLength(4);
});
