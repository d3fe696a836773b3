import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDb2Hadr, readHadr } from '../../src/formats/db2-hadr.ts';

const sample = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/formats/db2', name), 'utf8');
const old = sample('peer-9.7.txt');
const recent = sample('peer-10.5.txt');
const snapshot = sample('snapshot-9.7.txt');

test('the three outputs say the same of the same pair', () => {
  expect(
    [old, snapshot].map(text => readHadr(text).map(({ role, state, connection }) => [role, state, connection])),
  ).toEqual([[['Primary', 'Peer', 'Connected']], [['Primary', 'Peer', 'Connected']]]);
  expect(readHadr(recent).map(({ role, state, connection }) => [role, state, connection])).toEqual([
    ['PRIMARY', 'PEER', 'CONNECTED'],
  ]);
  for (const text of [old, snapshot, recent]) {
    const page = formatDb2Hadr(text);
    expect(page.status).toBe(0);
    expect(page.text).toMatch(/HADR is right/);
  }
});

test('the old output becomes this page', () => {
  expect(formatDb2Hadr(old)).toEqual({
    status: 0,
    text: `HADR is right: this database and the other one are in step.

Role:                   Primary
State:                  Peer
Connection:             Connected
Connected since:        Thu Aug 5 20:33:00 2010 (1281011580)
Synchronisation:        Nearsync
Log gap (bytes):        0
Heartbeats missed:      0
Peer window ends:       Thu Aug 5 21:52:07 2010 (1281016327)
Peer window (seconds):  120
Timeout (seconds):      3
This host:              9.114.47.103
Other host:             9.114.47.104
`,
  });
});

test('the new output becomes this page', () => {
  expect(formatDb2Hadr(recent).text).toBe(`HADR is right: this database and the other one are in step.

Role:                   PRIMARY
State:                  PEER
Connection:             CONNECTED
Connected since:        03/06/2014 13:38:10.199479 (1307565490)
Synchronisation:        NEARSYNC
Log gap (bytes):        0
Heartbeats missed:      0
Peer window ends:       03/06/2014 13:59:15.000000 (1394110755)
Peer window (seconds):  120
Timeout (seconds):      3
Primary:                aixmn1
Standby:                aixmn2
`);
});

/** What is changed in a good output, and what the page says of it. */
const wrong: [text: string, from: string, to: string, said: RegExp][] = [
  [old, 'Primary Peer ', 'Primary DisconnectedPeer ', /peer window still runs/],
  [old, 'Primary Peer ', 'Standby RemoteCatchupPending ', /waits for the primary/],
  [old, 'Primary Peer ', 'Standby RemoteCatchup ', /Wait until it is Peer/],
  [old, 'Primary Peer ', 'Standby LocalCatchup ', /its own disk/],
  [old, 'Primary Peer ', 'Standard Peer ', /does not run on this database/],
  [old, 'Connected     Thu', 'Disconnected  Thu', /connection is "Disconnected"/],
  [old, 'Connected     Thu', 'Congested     Thu', /slower than the primary/],
  [recent, '= PEER\n', '= REMOTE_CATCHUP_PENDING\n', /waits for the primary/],
  [recent, '= PEER\n', '= DISCONNECTED\n', /do not speak to each other/],
  [recent, '= CONNECTED', '= DISCONNECTED', /connection is "DISCONNECTED"/],
  [recent, 'HADR_ROLE = PRIMARY', 'HADR_ROLE = SOMETHING', /neither Primary nor Standby/],
  [recent, '= PEER\n', '= NEWWORD\n', /State is "NEWWORD", which should be Peer/],
  [snapshot, '= Peer\n', '= Disconnected\n', /do not speak to each other/],
];
test.each(wrong)('a state that is not right is told and gives status 1 (%#)', (text, from, to, said) => {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const page = formatDb2Hadr(changed);
  expect(page.status).toBe(1);
  expect(page.text).toMatch(/HADR IS NOT RIGHT/);
  expect(page.text).toMatch(said);
});

test('a primary with two standbys is right only when both are', () => {
  const page = formatDb2Hadr(sample('two-standbys-10.5.txt'));
  expect(page.status).toBe(1);
  expect(page.text).toMatch(
    /Pair 1 of 2\nHADR is right[\s\S]*aixmn2[\s\S]*Pair 2 of 2\nHADR IS NOT RIGHT[\s\S]*aixmn3/,
  );
});

test('a pair that copies by SUPERASYNC is never Peer, and right without', () => {
  const behind = recent.replace('= PEER\n', '= REMOTE_CATCHUP\n');
  expect(formatDb2Hadr(behind).status).toBe(1);
  const superasync = behind.replace('HADR_SYNCMODE = NEARSYNC', 'HADR_SYNCMODE = SUPERASYNC');
  expect(formatDb2Hadr(superasync).status).toBe(0);
  expect(formatDb2Hadr(superasync.replace('= REMOTE_CATCHUP\n', '= REMOTE_CATCHUP_PENDING\n')).status).toBe(1);
});

test('an output that lacks one of the three is never right', () => {
  for (const name of ['HADR_ROLE', 'HADR_STATE', 'HADR_CONNECT_STATUS']) {
    const without = recent
      .split('\n')
      .filter(line => !line.includes(`${name} =`))
      .join('\n');
    const page = formatDb2Hadr(without);
    expect([name, page.status]).toEqual([name, 1]);
    expect(page.text).toMatch(/does not tell the/);
  }
});

test('labels and values torn apart, as in the scanned sample, do not pass for a state', () => {
  const page = formatDb2Hadr(sample('scrambled.txt'));
  expect(page.status).toBe(1);
  expect(page.text).not.toMatch(/HADR is right/);
});

test('no HADR, no database and no output are each said, with what db2pd said kept', () => {
  const inactive = formatDb2Hadr(
    'Database XCATDB not activated on database member 0 or this database name cannot be found in the local database directory.\n',
  );
  expect(inactive.status).toBe(1);
  expect(inactive.text).toMatch(/not activated on database member 0[\s\S]*HADR does not run here/);
  expect(formatDb2Hadr('')).toEqual({
    status: 1,
    text: 'Nothing was printed: the state of HADR is not known. Is the instance started?\n',
  });
  expect(formatDb2Hadr('Segmentation fault\n').text).toMatch(/not known/);
});

test('whatever is cut off or doubled, the page is made and a missing state is no good one', () => {
  fc.assert(
    fc.property(fc.constantFrom(old, recent, snapshot), fc.nat(1400), fc.nat(1400), (text, from, to) => {
      const damaged = text.slice(0, Math.min(from, to)) + text.slice(Math.max(from, to));
      const page = formatDb2Hadr(damaged);
      const pairs = readHadr(damaged);
      const right =
        pairs.length > 0 &&
        pairs.every(
          pair =>
            /^(primary|standby)$/i.test(pair.role ?? '') &&
            /^peer$/i.test(pair.state ?? '') &&
            /^connected$/i.test(pair.connection ?? ''),
        );
      expect(page.status).toBe(right ? 0 : 1);
    }),
  );
});
