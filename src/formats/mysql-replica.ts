/**
 * `SHOW SLAVE STATUS\G` (or `SHOW REPLICA STATUS\G`) of MySQL and MariaDB, read and judged: both threads must run, and the delay must be known.
 */

/** Label, and the name in the older and in the newer servers. */
const rows: [label: string, ...names: string[]][] = [
  ['Channel', 'Channel_Name', 'Connection_name'],
  ['Source', 'Master_Host', 'Source_Host'],
  ['Reading thread', 'Slave_IO_Running', 'Replica_IO_Running'],
  ['Applying thread', 'Slave_SQL_Running', 'Replica_SQL_Running'],
  ['Behind (seconds)', 'Seconds_Behind_Master', 'Seconds_Behind_Source'],
  ['Last reading error', 'Last_IO_Error'],
  ['Last applying error', 'Last_SQL_Error'],
];

/** A page and 0, or 1 when replication does not run or cannot be judged. */
export function formatMysqlReplica(text: string): { text: string; status: 0 | 1 } {
  // Several sources: each begins with a line of stars.
  const blocks = text.split(/^\*+ \d+\. row \*+$/m).filter(block => /_Running:/.test(block));
  if (blocks.length === 0) {
    const said = text.trim() === '' ? '' : `${text.trim()}\n\n`;
    return {
      text: `${said}This server is no replica, or it did not tell: the state of replication is not known.\n`,
      status: 1,
    };
  }
  const pages = blocks.map(page);
  return { text: pages.map(one => one.text).join('\n'), status: pages.every(one => one.right) ? 0 : 1 };
}

function page(block: string): { text: string; right: boolean } {
  const values = new Map(
    [...block.matchAll(/^\s*([A-Za-z_]+):[ \t]*(.*?)\s*$/gm)].map(([, name, value]) => [name!, value!]),
  );
  const told = rows.map(
    ([label, ...names]) => [label, names.map(name => values.get(name)).find(Boolean) ?? ''] as const,
  );
  const of = (label: string) => told.find(([name]) => name === label)![1];
  const problems = ['Reading thread', 'Applying thread']
    .filter(label => of(label) !== 'Yes')
    .map(label => `The ${label.toLowerCase()} does not run (${of(label) || 'not told'}).`);
  if (!/^\d+$/.test(of('Behind (seconds)'))) problems.push('How far it is behind is not known.');
  const lines = told.filter(([, value]) => value !== '').map(([label, value]) => `${`${label}:`.padEnd(24)}${value}`);
  const verdict = problems.length === 0 ? ['Replication runs.'] : ['REPLICATION IS NOT RIGHT.', ...problems];
  return { text: `${[...verdict, '', ...lines].join('\n')}\n`, right: problems.length === 0 };
}
