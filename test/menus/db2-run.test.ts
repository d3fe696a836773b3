/**
 * The panels of DB2 and of MySQL run by /bin/sh, with the project's own renderer, against programs that answer with the messages and statuses
 * the references tell (test/fixtures/menus/db2 and mysql). There is no DB2 here; what it does beyond these answers is not known.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { renderTemplate } from '../../src/command/render.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Field, Values } from '../../src/panel/types.ts';
import { builtProgram } from '../helpers/program.ts';
import { besideOf, commandOf, dialogOf, readShipped, sourceOf } from './panels.ts';

const shipped = await readShipped();
const fixtures = resolve(import.meta.dirname, '../fixtures');
const site: Values = { primary: '9.114.47.103', standby: '9.114.47.104' };

let state: string;
let hasmit: string;

beforeAll(() => {
  hasmit = dirname(builtProgram());
}, 120_000);
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'hasmit-db2-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

function sh(text: string, env: Record<string, string> = {}, input = '') {
  const PATH = `${fixtures}/menus/db2:${fixtures}/menus/mysql:${hasmit}:/usr/bin:/bin`;
  const all = { PATH, HASMIT_STATE: state, HASMIT_SAMPLES: `${fixtures}/formats/db2`, HOME: state, ...env };
  return spawnSync('/bin/sh', ['-c', text], { encoding: 'utf8', env: all, input });
}

function run(id: string, typed: Values = {}, env: Record<string, string> = {}) {
  const command = commandOf(shipped, id, typed, {}, site);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  const secrets = command.secrets.map(use => `${typed[use.field] ?? ''}\n`).join('');
  return sh(command.text, env, secrets);
}

function done(id: string, typed: Values = {}): string {
  const { status, stdout, stderr } = run(id, typed);
  expect([id, status, stderr]).toEqual([id, 0, '']);
  return stdout;
}

/** What verify says, as app/verify.ts judges it. */
function verified(id: string, env: Record<string, string> = {}): boolean {
  const verify = dialogOf(shipped, id).verify!;
  const { status, stdout } = sh(besideOf(shipped, id, verify.run, {}).text, env);
  return status === (verify.status ?? 0) && new RegExp(verify.pattern ?? '', 'm').test(stdout);
}

function list(id: string, values: Values): string[] {
  const source = sourceOf(shipped, id);
  const fields = Object.keys(values).map((name): Field => ({ name, label: name, type: 'text' }));
  const input = {
    values,
    fields,
    changed: new Set<string>(),
    discovered: new Set<string>(),
    present: new Set(Object.keys(values)),
  };
  const { text } = renderTemplate(source.run, input, { as: source.as });
  return listRowsOf(source, parseRows(sh(text).stdout, source).records).map(row => row.value);
}

const set = (name: string, value = '') => writeFileSync(join(state, name), `${value}\n`);
const get = (name: string) => readFileSync(join(state, name), 'utf8').trim();
const calls = () =>
  get('calls')
    .split('\n')
    .filter(line => !line.startsWith('su '));

test('each side gets its own parameters from the same form, and a warning of DB2 stops nothing', () => {
  done('db2_hadr_config', { side: 'primary' });
  expect(get('cfg').split('\n')).toEqual([
    'HADR_LOCAL_HOST=9.114.47.103',
    'HADR_LOCAL_SVC=DB2_HADR_1',
    'HADR_REMOTE_HOST=9.114.47.104',
    'HADR_REMOTE_SVC=DB2_HADR_2',
    'HADR_REMOTE_INST=xcatdb',
    'HADR_SYNCMODE=NEARSYNC',
    'HADR_TIMEOUT=3',
    'HADR_PEER_WINDOW=120',
  ]);
  expect(calls().map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
    'db2 UPDATE ALTERNATE',
    'db2 UPDATE DB',
    'db2 CONNECT TO',
    'db2 QUIESCE DATABASE',
    'db2 UNQUIESCE DATABASE',
    'db2 CONNECT RESET',
  ]);
  expect(verified('db2_hadr_config')).toBe(true);

  rmSync(join(state, 'cfg'));
  rmSync(join(state, 'calls'));
  done('db2_hadr_config', { side: 'standby' });
  expect(get('cfg').split('\n').slice(0, 4)).toEqual([
    'HADR_LOCAL_HOST=9.114.47.104',
    'HADR_LOCAL_SVC=DB2_HADR_2',
    'HADR_REMOTE_HOST=9.114.47.103',
    'HADR_REMOTE_SVC=DB2_HADR_1',
  ]);
  expect(calls()).toEqual([
    expect.stringMatching(/HOSTNAME 9\.114\.47\.103 PORT 60000$/),
    expect.stringMatching(/^db2 UPDATE DB CFG/),
  ]);
});

test('on a primary whose database cannot be connected to, the failure is the status', () => {
  set('pending', 'rollforward');
  const ran = run('db2_hadr_config', { side: 'primary' });
  expect([ran.status, ran.stdout]).toEqual([4, expect.stringMatching(/SQL1117N/)]);
  expect(calls().at(-1)).toBe('db2 CONNECT TO XCATDB');
});

test('the logging is set, and what was set is shown', () => {
  done('db2_config_log', { archive: 'DISK:/var/lib/db2/archive' });
  expect(get('cfg')).toBe('LOGARCHMETH1=DISK:/var/lib/db2/archive\nTRACKMOD=ON\nLOGINDEXBUILD=ON\nINDEXREC=RESTART');
  done('db2_hadr_config', { side: 'primary' });
  const shown = done('db2_config_hadr');
  expect(shown.trim().split('\n')).toHaveLength(8);
  expect(done('db2_config')).toMatch(/LOGARCHMETH1/);
});

test('a backup of a database in use fails, and tells its timestamp otherwise; F4 of the restore lists it', () => {
  const directory = join(state, 'backup');
  mkdirSync(directory);
  set('inuse');
  const busy = run('db2_backup', { directory });
  expect([busy.status, busy.stdout]).toEqual([1, expect.stringMatching(/SQL1035N/)]);
  rmSync(join(state, 'inuse'));
  expect(done('db2_backup', { directory })).toMatch(/timestamp for this backup image is : 20100805161232/);
  writeFileSync(join(directory, 'notes.txt'), '');
  expect(list('db2.images', { directory })).toEqual(['20100805161232']);
  expect(done('db2_restore', { directory, taken_at: '20100805161232' })).toMatch(
    /SQL2539W[\s\S]*completed successfully/,
  );
});

test('databases and instances are listed', () => {
  expect([...new Set(list('db2.databases', { instance: 'xcatdb' }))]).toEqual(['XCATDB']);
  // The list of instances reads the machine's own users: there is none with a directory sqllib here.
  mkdirSync(join(state, 'home/sqllib'), { recursive: true });
  writeFileSync(join(state, 'passwd'), `root:x:0:0:root:/root:/bin/sh\nxcatdb:x:300:301::${state}/home:/bin/ksh\n`);
  const text = sourceOf(shipped, 'db2.instances').run.source.replace('/etc/passwd', join(state, 'passwd'));
  const { stdout } = sh(text);
  expect(
    listRowsOf(sourceOf(shipped, 'db2.instances'), parseRows(stdout, sourceOf(shipped, 'db2.instances')).records).map(
      row => row.value,
    ),
  ).toEqual(['xcatdb']);
});

test('the pair is started, standby first; a primary without a standby is refused, and by force it starts', () => {
  done('db2_hadr_start', { role: 'standby' });
  expect([get('role'), verified('db2_hadr_start')]).toEqual(['STANDBY', true]);
  set('alone');
  const refused = run('db2_hadr_start', { role: 'primary' });
  expect([refused.status, refused.stdout]).toEqual([1, expect.stringMatching(/SQL1768N/)]);
  done('db2_hadr_start_force');
  expect(get('role')).toBe('PRIMARY');
});

test.each(['old', 'new'])('the status page judges what db2pd says in its %s form', form => {
  const page = (hadr: string, role = 'PRIMARY') => {
    set('role', role);
    set('hadr', hadr);
    return run('db2_hadr_status', {}, { HASMIT_DB2PD: form });
  };
  const right = page('PEER');
  expect([right.status, right.stdout]).toEqual([0, expect.stringMatching(/HADR is right/)]);
  const lost = page('DISCONNECTED_PEER', 'STANDBY');
  expect([lost.status, lost.stdout]).toEqual([1, expect.stringMatching(/HADR IS NOT RIGHT[\s\S]*peer window/)]);
  const none = page('', 'STANDARD');
  expect([none.status, none.stdout]).toEqual([1, expect.stringMatching(/HADR does not run here/)]);
  expect(get('calls')).toMatch(/^su xcatdb$/m);
});

test('the snapshot gives the same page', () => {
  const page = run('db2_hadr_snapshot');
  expect([page.status, page.stdout]).toEqual([0, expect.stringMatching(/Connected since: +08\/05\/2010 20:33:00/)]);
});

test('an instance whose user is not there gives no good status', () => {
  const gone = sh(
    `su() { echo 'su: user xcatdb does not exist' >&2; return 1; }; ${commandOf(shipped, 'db2_hadr_status').text}`,
  );
  expect([gone.status, gone.stdout]).toEqual([1, expect.stringMatching(/not known/)]);
});

test('takeover: planned in peer state, by force within the window when the primary is lost, by force after that', () => {
  const standby = (hadr: string) => {
    set('role', 'STANDBY');
    set('hadr', hadr);
  };
  standby('PEER');
  done('db2_takeover');
  expect([get('role'), verified('db2_takeover')]).toEqual(['PRIMARY', true]);
  expect(verified('db2_takeover', { HASMIT_DB2PD: 'old' })).toBe(true);

  standby('DISCONNECTED_PEER');
  expect(run('db2_takeover').status).toBe(4);
  expect([verified('db2_takeover'), verified('db2_takeover', { HASMIT_DB2PD: 'old' })]).toEqual([false, false]);
  done('db2_takeover_peer_window');
  expect(get('role')).toBe('PRIMARY');

  standby('DISCONNECTED');
  expect(run('db2_takeover_peer_window').status).toBe(4);
  set('alive', '9.114.47.103');
  const alive = run('db2_takeover_force');
  expect([alive.status, alive.stdout, get('role')]).toEqual([
    1,
    expect.stringMatching(/switch it off first/),
    'STANDBY',
  ]);
  rmSync(join(state, 'alive'));
  done('db2_takeover_force');
  expect(get('role')).toBe('PRIMARY');
});

test.each(['old', 'new'])('what is shown before a takeover is role, state and connection (%s form)', form => {
  set('role', 'STANDBY');
  set('hadr', 'PEER');
  const { preview } = dialogOf(shipped, 'db2_takeover');
  const said = sh(besideOf(shipped, 'db2_takeover', preview!, {}).text, { HASMIT_DB2PD: form }).stdout;
  expect(said).toMatch(
    form === 'old'
      ? /^Standby Peer[\s\S]*^Connected /m
      : /HADR_ROLE = STANDBY\n HADR_STATE = PEER\n HADR_CONNECT_STATUS = CONNECTED/,
  );
  expect(said.trim().split('\n').length).toBeLessThan(7);
  rmSync(join(state, 'role'));
  expect(sh(besideOf(shipped, 'db2_takeover', preview!, {}).text).stdout).toMatch(/not activated/);
});

test('the takeover with a password gives it on standard input, and a refusal is a failure', () => {
  set('role', 'STANDBY');
  set('hadr', 'PEER');
  const refused = run('db2_takeover_password', { password: 'wrong' });
  expect([refused.status, refused.stdout, get('role')]).toEqual([4, expect.stringMatching(/SQL30082N/), 'STANDBY']);
  done('db2_takeover_password', { password: 'cluster' });
  expect(get('role')).toBe('PRIMARY');
  set('role', 'STANDBY');
  set('hadr', 'DISCONNECTED');
  expect(run('db2_takeover_password', { password: 'cluster' }).status).toBe(4);
  done('db2_takeover_password', { password: 'cluster', how: 'by force' });
  expect(get('calls')).toMatch(/TAKEOVER HADR ON DATABASE XCATDB BY FORCE/);
  expect(get('calls')).not.toMatch(/cluster|wrong/);
});

test('a standby that is stopped must be deactivated first and rolled forward after', () => {
  set('role', 'STANDBY');
  set('active');
  const refused = run('db2_hadr_stop');
  expect([refused.status, refused.stdout]).toEqual([1, expect.stringMatching(/SQL1769N/)]);
  done('db2_hadr_stop_standby');
  expect(run('db2_connect').status).toBe(4);
  expect(done('db2_rollforward_status')).toMatch(/rollforward/);
  done('db2_rollforward');
  done('db2_connect');
  set('pending', 'rollforward');
  done('db2_rollforward_complete');
  expect(existsSync(join(state, 'pending'))).toBe(false);
});

test('the rest of the instance runs as its user, and a warning is no failure', () => {
  for (const id of [
    'db2_start',
    'db2_stop',
    'db2_stop_force',
    'db2_activate',
    'db2_deactivate',
    'db2_gcf_start',
    'db2_applications',
  ])
    done(id);
  done('db2_deactivate');
  expect(done('db2_gcf_status')).toMatch(/Available/);
  expect(verified('db2_gcf_start')).toBe(true);
  expect(calls()).toEqual([
    'db2start',
    'db2 connect reset',
    'db2 force applications all',
    'db2 terminate',
    'db2stop',
    'db2stop force',
    'db2 ACTIVATE DATABASE XCATDB',
    'db2 DEACTIVATE DATABASE XCATDB',
    'db2gcf -u -p 0 -i xcatdb',
    'db2 LIST APPLICATIONS',
    'db2 DEACTIVATE DATABASE XCATDB',
    'db2gcf -s -i xcatdb',
    'db2gcf -s -i xcatdb',
  ]);
});

test('the two services are entered once, and another service on the port is not overwritten', () => {
  const file = join(state, 'services');
  const edit = () => sh(commandOf(shipped, 'db2_hadr_services').text.replaceAll('/etc/services', file));
  writeFileSync(file, 'ssh 22/tcp\n');
  expect(edit().status).toBe(0);
  expect(edit().status).toBe(0);
  expect(readFileSync(file, 'utf8').split('\n').slice(1, 3)).toEqual([
    expect.stringMatching(/^DB2_HADR_1 +55001\/tcp$/),
    expect.stringMatching(/^DB2_HADR_2 +55002\/tcp$/),
  ]);
  writeFileSync(file, 'other 55001/tcp\n');
  expect(edit().status).not.toBe(0);
});

// MySQL and MariaDB

test('a password of any characters reaches the program as it was typed, through an option file', () => {
  if (spawnSync('my_print_defaults', ['--version']).status !== 0)
    throw new Error('a package is missing: apt-get install mariadb-client-core');
  for (const password of [
    'einfach',
    'mit blank',
    'a"b',
    "a'b",
    'back\\slash',
    '#hash;x',
    '$HOME `x`',
    '  vorn',
    'ä€',
    '\\n\\s',
  ]) {
    const file = join(state, 'dump.sql');
    done('mysql_dump', { file, password });
    expect(get('read')).toBe(`--password=${password}`.trim());
    expect(get('calls')).not.toContain(password);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
  done('mysql_dump', { file: join(state, 'dump.sql') });
  expect(get('read')).toBe('--password=');
});

test('a dump that fails leaves no file of that name', () => {
  const file = join(state, 'dump.sql');
  const failed = run('mysql_dump', { file, database: 'nosuch' });
  expect([failed.status, existsSync(file)]).toEqual([2, false]);
});

test('the state of replication is judged', () => {
  const yes =
    '*************************** 1. row ***************************\n Master_Host: mn1\n Slave_IO_Running: Yes\n Slave_SQL_Running: Yes\n Seconds_Behind_Master: 3\n';
  const typed = { statement: 'MariaDB, or MySQL up to 8.0.21' };
  set('replica', yes);
  expect(done('mysql_replica', typed)).toMatch(/Replication runs[\s\S]*Behind \(seconds\): +3/);
  set('replica', yes.replace('SQL_Running: Yes', 'SQL_Running: No'));
  expect(run('mysql_replica', typed).status).toBe(1);
  expect(done('mysql_replica_plain', typed)).toMatch(/Slave_SQL_Running: No/);
  set('replica');
  expect(run('mysql_replica', typed).stdout).toMatch(/no replica/);
});

test('F4 lists the services of MySQL that are there, under their own names', () => {
  const services = join(state, 'services.d');
  mkdirSync(services);
  for (const name of ['mariadb.service', 'mysqld.service', 'ssh.service']) writeFileSync(join(services, name), '');
  symlinkSync('mariadb.service', join(services, 'mysql.service'));
  const text = sourceOf(shipped, 'mysql.services').run.source.replace(/ls -1 .* 2>/, `ls -1 ${services} 2>`);
  expect(sh(text).stdout).toBe('mariadb\nmysql\nmysqld\n');
});
