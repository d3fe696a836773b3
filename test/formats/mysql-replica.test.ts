import { expect, test } from 'vitest';
import { formatMysqlReplica } from '../../src/formats/mysql-replica.ts';

const running = `*************************** 1. row ***************************
                Slave_IO_State: Waiting for master to send event
                   Master_Host: mn1
                   Master_User: repl
              Slave_IO_Running: Yes
             Slave_SQL_Running: Yes
                 Last_IO_Error: 
         Seconds_Behind_Master: 0
                Last_SQL_Error: 
`;

test('a replica that runs is told as running', () => {
  expect(formatMysqlReplica(running)).toEqual({
    status: 0,
    text: `Replication runs.

Source:                 mn1
Reading thread:         Yes
Applying thread:        Yes
Behind (seconds):       0
`,
  });
});

test('the words of newer servers are known', () => {
  const newer = running.replaceAll('Slave_', 'Replica_').replaceAll('Master', 'Source');
  expect(formatMysqlReplica(newer).status).toBe(0);
  expect(formatMysqlReplica(newer).text).toMatch(/Source: {17}mn1/);
});

test.each([
  ['Slave_IO_Running: Yes', 'Slave_IO_Running: Connecting', /reading thread does not run \(Connecting\)/],
  ['Slave_SQL_Running: Yes', 'Slave_SQL_Running: No', /applying thread does not run \(No\)/],
  ['Seconds_Behind_Master: 0', 'Seconds_Behind_Master: NULL', /is not known/],
  ['             Slave_SQL_Running: Yes\n', '', /applying thread does not run \(not told\)/],
])('%s turned into %j is not right', (from, to, said) => {
  const page = formatMysqlReplica(running.replace(from, to));
  expect(page.status).toBe(1);
  expect(page.text).toMatch(said);
});

test('an error is shown, and one source of two that stands still is enough', () => {
  const stopped = running
    .replace('Slave_SQL_Running: Yes', 'Slave_SQL_Running: No')
    .replace('Last_SQL_Error: ', 'Last_SQL_Error: Duplicate entry');
  const page = formatMysqlReplica(running + stopped.replace('1. row', '2. row'));
  expect(page.status).toBe(1);
  expect(page.text).toMatch(/Replication runs\.[\s\S]*Duplicate entry/);
});

test('a server that is no replica, or says nothing, is not called right', () => {
  expect(formatMysqlReplica('').status).toBe(1);
  const denied = formatMysqlReplica("ERROR 1045 (28000): Access denied for user 'root'@'localhost'\n");
  expect(denied.status).toBe(1);
  expect(denied.text).toMatch(/Access denied[\s\S]*not known/);
});
