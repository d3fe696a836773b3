import { expect, test } from 'vitest';
import { vectorProblems } from '../../src/validate/instance-vector.ts';
import { readPredicate } from '../../src/validate/predicate.ts';
import { isSame, meetingOf } from '../../src/validate/rearm.ts';

/** `column: message`, warnings marked. */
function said(text: string): string[] {
  return readPredicate(text).problems.map(
    ({ column, message, level }) => `${column}: ${level === 'warning' ? 'warning: ' : ''}${message}`,
  );
}

test.each([
  'X>90',
  'X<80',
  'X@0==0&&X@1!=0',
  'X@0>0',
  'X@0 == 0 && X@1 != 0',
  '((X>=10)||(X<=5))&&!(X==7)',
  '!X',
  '!!X@2',
  'X>-5',
  'X>0.5',
  '-X<3',
])('%s is a predicate', text => {
  expect(said(text)).toEqual([]);
  expect(readPredicate(text).expression).toBeDefined();
});

const sign = 'which cannot stand here; write X or X@0 to X@2, numbers, parentheses and == != < > <= >= && || !';
const name = 'the only name it may use is X (X@0, X@1, X@2 for the fields of a structured variable)';

test.each([
  ['X@O==0', '1: has X@O with the letter O; write X@0 with the digit zero'],
  ['X@0==O', '6: has "O" with the letter O; write it with the digit zero'],
  ['X>9O', '3: has "9O" with the letter O; write it with the digit zero'],
  ['X@l>0', '1: has X@l with a letter; write X@1 with the digit one'],
  ['X@3>0', '1: has X@3; a structured variable has X@0, X@1 and X@2 here'],
  ['X@>0', '1: has "X@"; write X@0, X@1 or X@2'],
  ['X0>0', '1: has "X0"; write X@0'],
  ['x>90', '1: has a small x; write X'],
  ['X>1&&x@1>0', '6: has a small x; write X@1'],
  ['X=90', '2: has "=", which is no operator here; write =='],
  ['X=>90', '2: has "=>", which is no operator here; write >='],
  ['X=<90', '2: has "=<", which is no operator here; write <='],
  ['X<>90', '2: has "<>", which is no operator here; write !='],
  ['X>1&X<5', '4: has "&", which is no operator here; write &&'],
  ['X>1|X<5', '4: has "|", which is no operator here; write ||'],
  ['X>1]]X<5', '4: has "]", which is no operator here; write || (scanned copies show ] where | stood)'],
  ['X>1 and X<5', '5: has the word "and"; write &&'],
  ['X>1 OR X<5', '5: has the word "OR"; write ||'],
  ['not X', '1: has the word "not"; write !'],
  ['X>1.2.3', '3: has "1.2.3", which is no number; write one like 90 or 0.5'],
  ['used>90', `1: has "used"; ${name}`],
  ['X>"90"', `3: has """, ${sign}`],
  ['X>90;', `5: has ";", ${sign}`],
  ['(X>90', '1: has a "(" that is never closed; add the ")"'],
  ['X>90)', '5: has a ")" without its "("; take it out'],
  ['X>', '3: ends where something must follow; finish the comparison, for example X>90'],
  ['>90', '1: has ">" where X or a number must stand'],
  ['X>90&&&&X<5', '7: has "&&" where X or a number must stand'],
  ['X>90 X<5', '6: has "X" with no operator before it; write && or || between two comparisons'],
  ['', '1: ends where something must follow; finish the comparison, for example X>90'],
  ['()', '2: has ")" where X or a number must stand'],
])('%s is none, and one error says why', (text, complaint) => {
  expect(said(text)).toEqual([complaint]);
  expect(readPredicate(text).expression).toBeUndefined();
});

test.each([
  [
    '1<X<5',
    '4: warning: compares twice in a row, which means something else than it seems; write X>1&&X<5 in place of 1<X<5',
  ],
  [
    'X>X@P',
    '3: warning: uses X@P, which the documents of this release do not show; test this event before you rely on it',
  ],
  [
    'X*2>90',
    '2: warning: calculates with *; the documents show comparisons only, so test this event before you rely on it',
  ],
  [
    '1==1',
    '1: warning: never speaks of X, so that it is always true or always false; compare X with something, for example X>90',
  ],
])('%s is doubted', (text, complaint) => {
  expect(said(text)).toEqual([complaint]);
  expect(readPredicate(text).expression).toBeDefined();
});

test('nesting without end is an error and costs no stack', () => {
  expect(said('('.repeat(900))).toEqual(['52: is nested too deeply to be meant']);
  expect(said(`${'!'.repeat(900)}X`)).toEqual(['52: is nested too deeply to be meant']);
});

test.each([
  ['X>90', 'X<80', undefined],
  ['X>90', 'X<=90', undefined],
  ['X@0==0&&X@1!=0', 'X@0>0', undefined],
  ['X>90', 'X>80', 'X=91'],
  ['X>90', 'X<95', 'X=91'],
  ['X<10', 'X!=10', 'X=0'],
  ['X@0==0', 'X@1>0', 'X@0=0, X@1=1'],
])('%s and %s are both true for %s', (predicate, rearm, both) => {
  const meeting = meetingOf(readPredicate(predicate).expression!, readPredicate(rearm).expression!);
  expect(meeting).toMatchObject({ predicateEver: true, rearmEver: true });
  expect(meeting?.both).toBe(both);
});

test('what can never be true is found out, and what is calculated is not judged', () => {
  const meeting = (predicate: string, rearm: string) =>
    meetingOf(readPredicate(predicate).expression!, readPredicate(rearm).expression!);
  expect(meeting('X>90&&X<80', 'X<80')).toMatchObject({ predicateEver: false, rearmEver: true });
  expect(meeting('X>90', 'X<80&&X>85')).toMatchObject({ predicateEver: true, rearmEver: false });
  expect(meeting('X*2>90', 'X<80')).toBeUndefined();
  const many = 'X@0>1&&X@1>2&&X@2>3&&X>4&&X<99&&X@0<88&&X@1<77&&X@2<66';
  expect(meeting(many, 'X<1')).toBeUndefined();
  expect(isSame('X > 90', 'X>90')).toBe(true);
  expect(isSame('X>90', 'X>91')).toBe(false);
});

function vector(text: string, nodes?: number[]): string[] {
  return vectorProblems(text, nodes).map(
    ({ column, message, level }) => `${column}: ${level === 'warning' ? 'warning: ' : ''}${message}`,
  );
}

test.each(['NodeNum=6', 'NodeNum=*', 'NodeNum=5;ProgName=rwhod;UserName=root', 'NodeNum=*;VG=rootvg;LV=hd3'])(
  '%s is an instance vector',
  text => {
    expect(vector(text, [5, 6])).toEqual([]);
  },
);

const noNode = '1: warning: names no NodeNum; begin with NodeNum=* for every node, or NodeNum=5 for node 5';

test.each([
  ['ProgName=rwhod', [noNode]],
  [
    'NodeNum=five',
    ['1: has NodeNum=five; a node number of the SP is a whole number from 1, and * stands for every node'],
  ],
  ['NodeNum=0', ['1: has NodeNum=0; a node number of the SP is a whole number from 1, and * stands for every node']],
  ['NodeNum=', ['1: has no value for NodeNum; write NodeNum=value, or NodeNum=* for all']],
  ['nodenum=5', ['1: has nodenum; write NodeNum, large and small letters as here']],
  ['NodeNum=5;NodeNum=6', ['11: has NodeNum twice; take one of them out']],
  ['NodeNum=5;', ['11: has a ";" with nothing beside it; write name=value pairs with one ; between them']],
  [
    'NodeNum=*; ProgName=rwhod',
    ['11: has a blank in " ProgName=rwhod"; write the pairs without blanks, as in NodeNum=*;ProgName=rwhod'],
  ],
  ['NodeNum=5;rwhod', ['11: has "rwhod", which is no pair; write name=value, for example NodeNum=5']],
  ['NodeNum=5;=rwhod', ['11: has "" as the name of a pair; write a name such as NodeNum']],
  ['NodeNum=5,ProgName=rwhod', ['1: has two "=" in "NodeNum=5,ProgName=rwhod"; put a ; between two pairs']],
  ['rwhod', ['1: has "rwhod", which is no pair; write name=value, for example NodeNum=5', noNode]],
])('%s is not right, and every pair is looked at', (text, complaints) => {
  expect(vector(text)).toEqual(complaints);
});
