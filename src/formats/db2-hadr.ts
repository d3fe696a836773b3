/**
 * What DB2 says of HADR, read and judged: `db2pd -hadr` as DB2 9 prints it (rows below headings), as DB2 10.1 and later do (NAME = VALUE), and the
 * HADR part of `db2 GET SNAPSHOT FOR DATABASE` (Name = value). A pair works when the role is Primary or Standby, the state Peer and the
 * connection Connected (the source document says so), or RemoteCatchup where the mode is SUPERASYNC; whatever else is there, somebody must look, and what cannot be read is never "right".
 */

/** One HADR pair as one of its databases sees it. A primary with several standbys has one of these for each. Absent: not printed. */
export interface HadrState {
  /** Words as DB2 prints them, any case. */
  role?: string;
  state?: string;
  connection?: string;
  /** What else is worth a line: sync mode, log gap, hosts ... in the order of the page. */
  facts: [label: string, value: string][];
}

/** Labels of the page, and the names each has in the three outputs, in small letters without blanks and underscores. */
const names: [label: string, ...printed: string[]][] = [
  ['Role', 'role', 'hadrrole'],
  ['State', 'state', 'hadrstate'],
  ['Connection', 'connectstatus', 'connectionstatus', 'hadrconnectstatus'],
  ['Connected since', 'connecttime', 'hadrconnectstatustime'],
  ['Synchronisation', 'syncmode', 'synchronizationmode', 'hadrsyncmode'],
  ['Log gap (bytes)', 'loggaprunavg', 'loggaprunningaverage', 'hadrloggap'],
  ['Heartbeats missed', 'heartbeatsmissed', 'heartbeatmissed'],
  ['Peer window ends', 'peerwindowend'],
  ['Peer window (seconds)', 'peerwindow', 'peerwindow(seconds)'],
  ['Timeout (seconds)', 'timeout', 'timeout(seconds)', 'hadrtimeout', 'hadrtimeout(seconds)'],
  ['Primary', 'primarymemberhost'],
  ['Standby', 'standbymemberhost'],
  ['This host', 'localhost'],
  ['Other host', 'remotehost'],
];

/** The pairs in the output of a status command; none when it tells of none. */
export function readHadr(text: string): HadrState[] {
  const pairs: Map<string, string>[] = [];
  const lines = text.split(/\r?\n/);
  lines.forEach((line, index) => {
    const assigned = /^\s*([A-Za-z_][A-Za-z_ ()]*?)\s*=\s*(.*?)\s*$/.exec(line);
    const found: [string, string][] = assigned
      ? [[assigned[1]!, assigned[2]!]]
      : rowBelow(line, lines[index + 1] ?? '');
    for (const [name, value] of found) {
      const label = labelOf(name);
      if (!label || value === '') continue;
      // A role that comes again begins the next standby.
      if (pairs.length === 0 || (label === 'Role' && pairs.at(-1)!.has('Role'))) pairs.push(new Map());
      const pair = pairs.at(-1)!;
      if (!pair.has(label)) pair.set(label, value);
    }
  });
  return pairs.map(stateOf);
}

function labelOf(printed: string): string | undefined {
  const plain = printed
    .toLowerCase()
    .replace(/\(bytes\)/, '')
    .replace(/[_\s]/g, '');
  return names.find(([, ...all]) => all.includes(plain))?.[0];
}

function stateOf(pair: Map<string, string>): HadrState {
  // The snapshot prints `Connected, 08/05/2010 20:33:00`: the status and since when.
  const [connection, ...since] = (pair.get('Connection') ?? '').split(/,\s*/);
  if (since.length > 0) pair.set('Connected since', since.join(', '));
  const facts = names.slice(3).flatMap(([label]): [string, string][] => {
    const value = pair.get(label);
    return value === undefined ? [] : [[label, value]];
  });
  const state: HadrState = { facts };
  if (pair.has('Role')) state.role = pair.get('Role')!;
  if (pair.has('State')) state.state = pair.get('State')!;
  if (connection) state.connection = connection;
  return state;
}

/**
 * Values of a heading line of DB2 9, from the row below it. Times have blanks in them (`Thu Aug 5 20:33:00 2010 (1281011580)`), so a
 * row is read by what its headings may hold, and a row that does not fit gives nothing: a scrambled page must not look like a good one.
 */
function rowBelow(heading: string, row: string): [string, string][] {
  const titles = heading
    .replace(/\(bytes\)/, '')
    .trim()
    .split(/\s+/);
  if (!rowTitles.includes(titles[0]!)) return [];
  const shapes = titles.map(title => (/Time$|End$/.test(title) ? '((?:\\S+ +)*\\(\\d+\\)|\\S+)' : '(\\S+)'));
  const cells = new RegExp(`^\\s*${shapes.join('\\s+')}\\s*$`).exec(row);
  return cells ? titles.map((title, i) => [title, cells[i + 1]!.replace(/ +/g, ' ')]) : [];
}

const rowTitles = ['Role', 'ConnectStatus', 'PeerWindowEnd', 'LocalHost', 'RemoteHost'];

/** What a state means and what helps, by the word without blanks and underscores. */
const states: Record<string, string> = {
  peer: 'Peer: what the primary writes reaches the standby at once.',
  disconnectedpeer:
    'DisconnectedPeer: the connection is lost and the peer window still runs: the primary waits before it goes on alone. On the standby, a takeover by force within the peer window loses nothing now.',
  remotecatchuppending:
    'RemoteCatchupPending: the standby waits for the primary. Start HADR on the primary, or look at the network and at the two HADR services in /etc/services.',
  remotecatchup:
    'RemoteCatchup: the standby is reading the logs it has missed. Wait until it is Peer before a takeover: now it would lose data.',
  localcatchup: 'LocalCatchup: the standby replays the logs it has on its own disk. Wait.',
  disconnected:
    'Disconnected: the two databases do not speak to each other. Start HADR on the other side, standby first.',
};

/** A page and 0, or 1 when the state is not right or cannot be known. */
export function formatDb2Hadr(text: string): { text: string; status: 0 | 1 } {
  const pairs = readHadr(text);
  if (pairs.length === 0) return { text: nothingTold(text), status: 1 };
  const pages = pairs.map((pair, index) => {
    const problems = problemsOf(pair);
    const lines = [
      ...(pairs.length > 1 ? [`Pair ${index + 1} of ${pairs.length}`] : []),
      // The verdict comes first: on a small screen the rest is below the fold.
      ...(problems.length === 0 ? ['HADR is right: this database and the other one are in step.'] : problems),
      '',
      line('Role', pair.role ?? 'not told'),
      line('State', pair.state ?? 'not told'),
      line('Connection', pair.connection ?? 'not told'),
      ...pair.facts.map(([label, value]) => line(label, value)),
    ];
    return { text: lines.join('\n'), right: problems.length === 0 };
  });
  return { text: `${pages.map(page => page.text).join('\n\n')}\n`, status: pages.every(page => page.right) ? 0 : 1 };
}

function line(label: string, value: string): string {
  return `${`${label}:`.padEnd(24)}${value}`;
}

/** What is not as it should be, each a sentence or two; empty when all is right. */
function problemsOf(pair: HadrState): string[] {
  const plain = (word: string | undefined) => word?.toLowerCase().replace(/[_\s]/g, '');
  const problems: string[] = [];
  const role = plain(pair.role);
  const state = plain(pair.state);
  const connection = plain(pair.connection);
  if (role === 'standard')
    problems.push('Role is Standard: HADR does not run on this database. Start it, on the standby first.');
  else if (role !== undefined && role !== 'primary' && role !== 'standby')
    problems.push(`Role is "${pair.role}", which is neither Primary nor Standby.`);
  // With SUPERASYNC a pair is never Peer: reading the logs from the primary is as near as it comes (IBM, HADR synchronization mode).
  const never = plain(pair.facts.find(([label]) => label === 'Synchronisation')?.[1]) === 'superasync';
  if (state !== undefined && state !== 'peer' && !(never && state === 'remotecatchup'))
    problems.push(states[state] ?? `State is "${pair.state}", which should be Peer.`);
  if (connection === 'congested')
    problems.push(
      'The connection is Congested: the standby is slower than the primary, which has to wait for it. Look at the network and the disks there.',
    );
  else if (connection !== undefined && connection !== 'connected')
    problems.push(`The connection is "${pair.connection}", which should be Connected.`);
  const unknown = [
    ...(role === undefined ? ['role'] : []),
    ...(state === undefined ? ['state'] : []),
    ...(connection === undefined ? ['connection'] : []),
  ];
  if (unknown.length > 0)
    problems.push(
      `This output does not tell the ${unknown.join(' and the ')}, so nothing says that HADR works. Look at it unformatted.`,
    );
  return problems.length === 0 ? [] : ['HADR IS NOT RIGHT.', ...problems];
}

/** Sentences for an output that tells of no pair; the output itself is kept, for it mostly says why. */
function nothingTold(text: string): string {
  const said = text.trim();
  if (said === '') return 'Nothing was printed: the state of HADR is not known. Is the instance started?\n';
  const why = /not active|not activated|cannot be found/i.test(said)
    ? 'HADR does not run here, or the database is not active.'
    : 'This is no HADR status that can be read; the state is not known.';
  return `${said}\n\n${why}\n`;
}
