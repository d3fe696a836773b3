/**
 * How the outputs of HACMP and PSSP are read: for each command the format that a panel gives (`format`, `columns`, `pattern` ... as they
 * stand in a panel file), what it makes of an output that is right, and what it says of one that is cut, too long, empty or an error
 * message. Where the outputs come from: test/fixtures/hacmp/README.md. The layouts: reference/hacmp-pssp.md section 2.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRows, type Row } from '../../src/formats/rows.ts';
import type { Format } from '../../src/panel/types.ts';

function output(name: string): string {
  return readFileSync(resolve(import.meta.dirname, '../fixtures/hacmp', `${name}.txt`), 'utf8');
}

/** Records with the given keys only, the empty ones left out. */
function some(records: Row[], keys: string[]): Record<string, string>[] {
  return records.map(record => Object.fromEntries(keys.flatMap(key => (record[key] ? [[key, record[key]]] : []))));
}

/** The two lines every lssrc begins with; what a subsystem without a process has is left out. */
const subsystem =
  '\\s(?<subsystem>\\S+)\\s+(?<group>\\S+)\\s+(?:(?<pid>\\d+)\\s+)?(?<status>active|inoperative|warned to stop|stopping|starting)\\s*';
const heading = 'Subsystem\\s+Group\\s+PID\\s+Status\\s*';

const formats = {
  /** `cllsif -cS`: 1 label, 2 function, 3 network, 4 network type, 5 attribute, 6 node, 7 address, 9 interface, 11 netmask. */
  cllsif: { format: 'colon', columns: '7-13' },
  /** `lssrc -g GROUP`, `lssrc -s SUBSYSTEM`, `lssrc -a`. */
  lssrc: { format: 'pattern', strict: true, pattern: `^(?:${heading}|${subsystem})$` },
  /** `lssrc -ls topsvcs` of ES 4.2.1: a network's line, its adapter's line, the values of the heartbeat. */
  topsvcs: {
    format: 'pattern',
    strict: true,
    pattern: `^(?:${heading}|${subsystem}|(?<network>\\S+): NODES DEFINED/IN GROUP = (?<defined>\\d+)/(?<members>\\d+), GROUP STATUS = (?<state>\\S+)|(?<adapter>\\S+): Adapter/Group IDs = \\((?<address>[^,]+), (?<adapter_id>[0-9a-f]+)\\)/\\((?<leader>[^,]+), (?<group_id>[0-9a-f]+)\\)|HB Interval = (?<interval>\\d+) secs|HB Sensitivity = (?<sensitivity>\\d+) missed beats|CWS = (?<cws>\\S+))$`,
  },
  /** The same of later releases. A network without a member has no group; the second line of a network holds its ids. */
  topsvcs_later: {
    format: 'pattern',
    strict: true,
    pattern: `^(?:${heading}|${subsystem}|Network Name\\s+Indx\\s+Defd\\s+Mbrs\\s+St\\s+Adapter ID\\s+Group ID\\s*|(?<network>\\S+)\\s+\\[\\s*\\d+\\]\\s+(?<defined>\\d+)\\s+(?<members>\\d+)\\s+(?<state>[A-Z])\\s+(?<address>\\S+)(?:\\s+(?<leader>\\S+))?\\s*|\\S+\\s+\\[\\s*\\d+\\]\\s+(?<adapter_id>0x[0-9a-f]+)\\s+(?<group_id>0x[0-9a-f]+)\\s*|HB Interval = (?<interval>\\d+) secs\\. Sensitivity = (?<sensitivity>\\d+) missed beats)$`,
  },
  /** `lssrc -ls grpsvcs`: the groups; compare the name of the cluster's group, CLSTRMGR_ID, without looking at capitals. */
  grpsvcs: {
    format: 'pattern',
    strict: true,
    pattern: `^(?:${heading}|${subsystem}|\\d+ locally-connected clients?\\..*|[\\d ]+|HA Group Services domain information:|Domain established by node (?<domain>\\d+)\\.?|Number of groups known locally: (?<groups>\\d+)|\\s*Number of\\s+Number of local\\s*|Group name\\s+providers\\s+providers/subscribers\\s*|(?<name>[A-Za-z]\\S*)\\s+(?<providers>\\d+)\\s+(?<local_providers>\\d+)\\s+(?<local_subscribers>\\d+)\\s*)$`,
  },
  /** `odmget CLASS ...`: the class under 1, attributes by their names. */
  odmget: { format: 'stanza' },
  /** `clRGinfo -s` of 5.x. */
  clRGinfo: {
    format: 'pattern',
    strict: true,
    pattern: '^(?<group>[A-Za-z0-9_-]+):(?<state>[A-Z]+(?: [A-Z]+)*):(?<node>[A-Za-z0-9_.-]+)(?::.*)?$',
  },
  /** `SDRGetObjects CLASS [attribute ...]`: attributes by their names. */
  SDRGetObjects: { format: 'table', heading: 1, columns: 'heading' },
  /** `SDRGetObjects -x CLASS attribute ...`: as many columns as attributes were asked for. */
  SDRGetObjects_x: { format: 'table', columns: '5' },
  /** `splstdata -a`. Not strict: the layout of its heading is not known for sure. */
  splstdata_a: {
    format: 'pattern',
    pattern:
      '^\\s*(?<node>\\d+)\\s+(?<adapter>[a-z]+\\d+)\\s+(?<address>\\d+(?:\\.\\d+){3})\\s+(?<netmask>\\d+(?:\\.\\d+){3})\\s+(?<hostname>\\S+)',
  },
  /** `splstdata -b`: the first line of each node. */
  splstdata_b: {
    format: 'pattern',
    pattern:
      '^\\s*(?<node>\\d+)\\s+(?<hostname>[A-Za-z]\\S*)\\s+(?<hardware>[0-9A-Fa-f]{12})\\s+(?<server>\\d+)\\s+(?<response>[a-z]+)\\s+(?<disk>\\S+)\\s*$',
  },
} satisfies Record<string, Format>;

test('cllsif -cS has seven fields at least and thirteen at most, which are read by their numbers', () => {
  const { records, problem } = parseRows(output('cllsif'), formats.cllsif);
  expect(problem).toBeUndefined();
  expect(some(records, ['1', '2', '3', '6', '7', '9', '11', '13'])).toEqual([
    { '1': 'sp2n05_boot', '2': 'boot', '3': 'spether', '6': 'sp2n05', '7': '10.15.1.105' },
    {
      '1': 'sp2n05_svc',
      '2': 'service',
      '3': 'spether',
      '6': 'sp2n05',
      '7': '10.15.1.5',
      '9': 'en1',
      '11': '255.255.255.0',
    },
    {
      '1': 'sp2n05_stby',
      '2': 'standby',
      '3': 'spether',
      '6': 'sp2n05',
      '7': '10.16.1.5',
      '9': 'en2',
      '11': '255.255.255.0',
    },
    { '1': 'sp2n05_tty', '2': 'service', '3': 'rs232net', '6': 'sp2n05', '7': '/dev/tty1', '9': 'tty1' },
    {
      '1': 'sp2n07_svc',
      '2': 'service',
      '3': 'spether',
      '6': 'sp2n07',
      '7': '10.15.1.7',
      '9': 'en1',
      '11': '255.255.255.0',
      '13': 'siteA',
    },
  ]);
});

test('lssrc -g tells the state of every subsystem, with and without a process', () => {
  const { records, problem } = parseRows(output('lssrc-g'), formats.lssrc);
  expect(problem).toBeUndefined();
  expect(some(records, ['subsystem', 'group', 'pid', 'status'])).toEqual([
    { subsystem: 'clstrmgr', group: 'cluster', pid: '15848', status: 'active' },
    { subsystem: 'clinfo', group: 'cluster', status: 'inoperative' },
    { subsystem: 'clsmuxpd', group: 'cluster', pid: '11670', status: 'active' },
    { subsystem: 'cllockd', group: 'lock', status: 'inoperative' },
  ]);
});

test('lssrc -ls topsvcs tells networks, adapters and the heartbeat', () => {
  const { records, problem } = parseRows(output('lssrc-topsvcs'), formats.topsvcs);
  expect(problem).toBeUndefined();
  const keys = [
    'status',
    'network',
    'defined',
    'members',
    'state',
    'adapter',
    'address',
    'adapter_id',
    'group_id',
    'interval',
    'sensitivity',
    'cws',
  ];
  expect(some(records, keys)).toEqual([
    { status: 'active' },
    { network: 'eth1_0', defined: '4', members: '0', state: 'Stable' },
    { network: 'spether_1', defined: '4', members: '1', state: 'Stable' },
    { adapter: 'spether_1', address: '192.168.3.7', adapter_id: '438b53aa', group_id: '438b53b4' },
    { network: 'hps_sdr_0', defined: '4', members: '1', state: 'Stable' },
    { adapter: 'hps_sdr_0', address: '192.168.13.7', adapter_id: '438b53ab', group_id: '438b53b5' },
    { interval: '1' },
    { sensitivity: '4' },
    { cws: '0.0.0.0' },
  ]);
});

test('the layout of later releases is read with the same names', () => {
  const { records, problem } = parseRows(output('lssrc-topsvcs-later'), formats.topsvcs_later);
  expect(problem).toBeUndefined();
  const keys = [
    'status',
    'network',
    'defined',
    'members',
    'state',
    'address',
    'adapter_id',
    'group_id',
    'interval',
    'sensitivity',
  ];
  expect(some(records, keys)).toEqual([
    { status: 'active' },
    { network: 'spether_1', defined: '4', members: '1', state: 'S', address: '192.168.3.7' },
    { adapter_id: '0x438b53aa', group_id: '0x438b53b4' },
    { network: 'eth1_0', defined: '4', members: '0', state: 'D', address: '192.168.1.7' },
    { interval: '1', sensitivity: '4' },
  ]);
});

test('lssrc -ls grpsvcs tells the groups with providers and subscribers', () => {
  const { records, problem } = parseRows(output('lssrc-grpsvcs'), formats.grpsvcs);
  expect(problem).toBeUndefined();
  expect(
    some(records, ['status', 'domain', 'groups', 'name', 'providers', 'local_providers', 'local_subscribers']),
  ).toEqual([
    { status: 'active' },
    { domain: '7' },
    { groups: '2' },
    { name: 'cssMembership', providers: '1', local_providers: '1', local_subscribers: '1' },
    { name: 'CLSTRMGR_3', providers: '1', local_providers: '1', local_subscribers: '0' },
  ]);
});

test('odmget tells classes and attributes, empty ones too', () => {
  const { records, problem } = parseRows(output('odmget'), formats.odmget);
  expect(problem).toBeUndefined();
  expect(records.map(record => ({ ...record }))).toEqual([
    {
      line: 'HACMPcluster',
      '1': 'HACMPcluster',
      id: '3',
      name: 'sp2cluster',
      nodename: 'sp2n05',
      sec_level: 'Standard',
    },
    expect.objectContaining({
      '1': 'HACMPnode',
      name: 'sp2n05',
      object: 'VERBOSE_LOGGING',
      value: 'high',
      node_id: '5',
    }),
    expect.objectContaining({ '1': 'HACMPnode', name: 'sp2n07', object: 'VERBOSE_LOGGING', value: '', node_id: '7' }),
  ]);
});

test('clRGinfo -s tells group, state and node, whatever follows', () => {
  const { records, problem } = parseRows(output('clRGinfo'), formats.clRGinfo);
  expect(problem).toBeUndefined();
  expect(some(records, ['group', 'state', 'node'])).toEqual([
    { group: 'appRG', state: 'ONLINE', node: 'sp2n05' },
    { group: 'appRG', state: 'OFFLINE', node: 'sp2n07' },
    { group: 'dbRG', state: 'TEMPORARY ERROR', node: 'sp2n07' },
    { group: 'webRG', state: 'ONLINE SECONDARY', node: 'sp2n05' },
    { group: 'idleRG', state: 'UNMANAGED', node: 'sp2n05' },
  ]);
});

test('SDRGetObjects names its columns, and with -x has them by number', () => {
  const named = parseRows(output('SDRGetObjects'), formats.SDRGetObjects);
  expect(named.problem).toBeUndefined();
  const keys = ['node_number', 'adapter_type', 'netaddr', 'other_addrs'];
  expect(some(named.records, keys)).toEqual([
    { node_number: '1', adapter_type: 'css0', netaddr: '10.32.0.1', other_addrs: '""' },
    { node_number: '5', adapter_type: 'en1', netaddr: '10.15.1.105', other_addrs: '10.15.1.5,10.15.1.7' },
    { node_number: '5', adapter_type: 'css0', netaddr: '10.32.0.5', other_addrs: '""' },
  ]);
  const bare = parseRows(output('SDRGetObjects-x'), formats.SDRGetObjects_x);
  expect(bare.problem).toBeUndefined();
  expect(some(bare.records, ['1', '2', '5'])).toEqual([
    { '1': '1', '2': 'css0', '5': '""' },
    { '1': '5', '2': 'en1', '5': '10.15.1.5,10.15.1.7' },
    { '1': '5', '2': 'css0', '5': '""' },
  ]);
});

test('splstdata tells adapters with -a, and with -b what a node boots', () => {
  expect(
    some(parseRows(output('splstdata-a'), formats.splstdata_a).records, [
      'node',
      'adapter',
      'address',
      'netmask',
      'hostname',
    ]),
  ).toEqual([
    { node: '1', adapter: 'css0', address: '10.32.0.1', netmask: '255.255.255.0', hostname: 'sp2n01_css' },
    { node: '5', adapter: 'en1', address: '10.15.1.105', netmask: '255.255.255.0', hostname: 'sp2n05_boot' },
    { node: '5', adapter: 'css0', address: '10.32.0.5', netmask: '255.255.255.0', hostname: 'sp2n05_css' },
  ]);
  expect(
    some(parseRows(output('splstdata-b'), formats.splstdata_b).records, [
      'node',
      'hostname',
      'hardware',
      'response',
      'disk',
    ]),
  ).toEqual([
    { node: '1', hostname: 'sp2n01.cluster.example.com', hardware: '02608C2D4A2F', response: 'disk', disk: 'hdisk0' },
    {
      node: '5',
      hostname: 'sp2n05.cluster.example.com',
      hardware: '02608C2D4B11',
      response: 'customize',
      disk: 'hdisk0,hdisk1',
    },
  ]);
});

/** A message in place of the output, or in the middle of it; none of it may be taken for a value. */
const message = '0513-085 The request to the server failed: no such file or directory.\n';

test.each<
  [
    name: keyof typeof formats,
    file: string,
    what: string,
    damage: (text: string) => string,
    rows: number,
    problem: string,
  ]
>([
  [
    'cllsif',
    'cllsif',
    'cut in the fourth line',
    text => text.slice(0, text.indexOf('tty') + 20),
    3,
    'line 4 has 3 columns, 7 to 13 are right: sp2n05_tty:service:rs232net',
  ],
  [
    'cllsif',
    'cllsif',
    'with fields too many',
    text => text.replace('siteA', 'siteA:x'),
    4,
    'line 5 has 14 columns, 7 to 13 are right: sp2n07_svc:service:spether:ether:public:sp2n07:10.15.1.7:...',
  ],
  [
    'cllsif',
    'cllsif',
    'with a message',
    text => message + text,
    5,
    'line 1 has 2 columns, 7 to 13 are right: 0513-085 The request to the server failed: no such file o...',
  ],
  [
    'lssrc',
    'lssrc-g',
    'cut',
    text => text.slice(0, -5),
    3,
    'line 5 is not as it should be: cllockd          lock                     inopera',
  ],
  [
    'lssrc',
    'lssrc-g',
    'with a state nobody knows',
    text => text.replace('inoperative', 'broken'),
    3,
    'line 3 is not as it should be: clinfo           cluster                  broken',
  ],
  [
    'lssrc',
    'lssrc-g',
    'with a message',
    () => message,
    0,
    'line 1 is not as it should be: 0513-085 The request to the server failed: no such file o...',
  ],
  [
    'topsvcs',
    'lssrc-topsvcs',
    'cut',
    text => text.slice(0, text.indexOf(', 438b53b5')),
    5,
    'line 7 is not as it should be: hps_sdr_0: Adapter/Group IDs = (192.168.13.7, 438b53ab)/(...',
  ],
  [
    'topsvcs',
    'lssrc-topsvcs',
    'of a later release',
    () => output('lssrc-topsvcs-later'),
    1,
    'line 3 is not as it should be: Network Name   Indx Defd Mbrs St Adapter ID      Group ID',
  ],
  [
    'topsvcs_later',
    'lssrc-topsvcs-later',
    'cut',
    text => text.slice(0, text.indexOf('missed')),
    4,
    'line 7 is not as it should be: HB Interval = 1 secs. Sensitivity = 4',
  ],
  [
    'topsvcs_later',
    'lssrc-topsvcs-later',
    'of ES 4.2.1',
    () => output('lssrc-topsvcs'),
    1,
    'line 3 is not as it should be: eth1_0: NODES DEFINED/IN GROUP = 4/0, GROUP STATUS = Stable',
  ],
  [
    'grpsvcs',
    'lssrc-grpsvcs',
    'cut',
    text => text.slice(0, -4),
    4,
    'line 11 is not as it should be: CLSTRMGR_3              1           1',
  ],
  [
    'grpsvcs',
    'lssrc-grpsvcs',
    'with a column too many',
    text => text.replace(/0\n$/, '0  9\n'),
    4,
    'line 11 is not as it should be: CLSTRMGR_3              1           1           0  9',
  ],
  [
    'odmget',
    'odmget',
    'cut in a value',
    text => text.slice(0, text.indexOf('LOGGING')),
    2,
    'line 10: a quote is opened and not closed',
  ],
  [
    'odmget',
    'odmget',
    'cut in a name',
    text => text.slice(0, text.indexOf('ect = ')),
    2,
    'line 10 is no attribute: obj',
  ],
  [
    'odmget',
    'odmget',
    'with a message before',
    text => message + text,
    3,
    'line 1 belongs to no stanza: 0513-085 The request to the server failed: no such file or d',
  ],
  [
    'odmget',
    'odmget',
    'with a message in it',
    text => text.replace('\tobject', 'odmget: value = 3\n\tobject'),
    3,
    'line 10 is no attribute: odmget: value = 3',
  ],
  [
    'clRGinfo',
    'clRGinfo',
    'cut',
    text => text.slice(0, text.indexOf('sp2n07\nweb')),
    2,
    'line 3 is not as it should be: dbRG:TEMPORARY ERROR:',
  ],
  [
    'clRGinfo',
    'clRGinfo',
    'with a message',
    text => `Cluster services are not active: start them\n${text}`,
    5,
    'line 1 is not as it should be: Cluster services are not active: start them',
  ],
  [
    'SDRGetObjects',
    'SDRGetObjects',
    'with an empty value that is nothing',
    text => text.replace('""', ''),
    2,
    'line 2 has 4 columns, 5 are right: 1 css0            10.32.0.1       255.255.255.0',
  ],
  [
    'SDRGetObjects',
    'SDRGetObjects',
    'with a value of two words',
    text => text.replace('""', 'a b'),
    2,
    'line 2 has 6 columns, 5 are right: 1 css0            10.32.0.1       255.255.255.0   a b',
  ],
  [
    'SDRGetObjects',
    'SDRGetObjects',
    'with a message below the heading',
    text => text.replace('\n', `\n${message}`),
    3,
    'line 2 has 12 columns, 5 are right: 0513-085 The request to the server failed: no such file o...',
  ],
  [
    'SDRGetObjects',
    'SDRGetObjects',
    'with a message above the heading',
    text => message + text,
    0,
    'line 2 has 5 columns, 12 are right: node_number     adapter_type    netaddr         netmask  ...',
  ],
  [
    'SDRGetObjects_x',
    'SDRGetObjects-x',
    'cut',
    text => text.slice(0, -20),
    2,
    'line 3 has 3 columns, 5 are right: 5 css0            10.32.0.5',
  ],
  [
    'SDRGetObjects_x',
    'SDRGetObjects-x',
    'with a message',
    () => message,
    0,
    'line 1 has 12 columns, 5 are right: 0513-085 The request to the server failed: no such file o...',
  ],
])('%s of %s %s is told of, and what is right is still read', (name, file, _what, damage, rows, problem) => {
  const read = parseRows(damage(output(file)), formats[name]);
  expect(read.problem).toBe(problem);
  expect(read.records).toHaveLength(rows);
});

test('splstdata with other things than rows gives the rows', () => {
  for (const name of ['splstdata_a', 'splstdata_b'] as const) {
    const text = output(name.replace('_', '-'));
    const rows = parseRows(text, formats[name]).records.length;
    expect(parseRows(message + text, formats[name]).records).toHaveLength(rows);
    expect(
      parseRows(
        text.slice(0, text.lastIndexOf('255') > 0 ? text.lastIndexOf('255') : text.lastIndexOf('custom')),
        formats[name],
      ).records,
    ).toHaveLength(rows - 1);
    expect(parseRows(message, formats[name]).records).toEqual([]);
  }
});

test('no output is no list, and no mistake', () => {
  for (const format of Object.values(formats)) {
    for (const text of ['', '\n', '\n\n'])
      expect(parseRows(text, format), JSON.stringify(format)).toMatchObject({ records: [] });
    expect(parseRows('', format).problem).toBeUndefined();
  }
});

test('lines in any disorder are read or told of, and never thrown at', () => {
  const lines = [
    'cllsif',
    'lssrc-g',
    'lssrc-topsvcs',
    'lssrc-grpsvcs',
    'odmget',
    'clRGinfo',
    'SDRGetObjects',
    'splstdata-b',
  ].flatMap(name => output(name).split('\n'));
  const line = fc
    .tuple(fc.constantFrom(...lines), fc.nat(80), fc.constantFrom('', ' ', ':', '\0', 'é'))
    .map(([text, at, more]) => text.slice(0, at) + more);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom(...Object.values(formats)), (some, format) => {
      const { records, problem } = parseRows(some.join('\n'), format);
      expect(records.length).toBeLessThanOrEqual(some.length);
      for (const record of records) expect(Object.values(record).every(value => typeof value === 'string')).toBe(true);
      const strict = 'strict' in format || 'columns' in format;
      // A line that is there is a record, a heading, or told of; only a match without a group is passed over.
      if (strict && format.format === 'colon' && problem === undefined)
        expect(records).toHaveLength(some.filter(text => text.trim() !== '').length);
    }),
    { numRuns: 2000 },
  );
});
