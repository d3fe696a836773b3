/**
 * The panels of PostgreSQL against a real server: a cluster of the test's own, in a temporary directory, as the user postgres, on a port and
 * socket of its own. Debian's package postgresql, as it stands in .ci/packages.
 *
 * /var/lib/pgsql/bin, where AIX has the programs, is not there on Debian: psql and the others come from PATH, and where a panel names the
 * directory of the programs, Debian's is typed in. The crontab's own texts are run by sh; no crontab is changed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRowsOf } from '../../src/app/lists.ts';
import { fillEdits } from '../../src/command/edits.ts';
import { startFindings } from '../../src/command/fill.ts';
import { renderTemplate } from '../../src/command/render.ts';
import { parseRows } from '../../src/formats/rows.ts';
import type { Field, Values } from '../../src/panel/types.ts';
import { builtProgram } from '../helpers/program.ts';
import { besideOf, commandOf, dialogOf, failedChecks, inputOf, readShipped, sourceOf } from './panels.ts';

const shipped = await readShipped();

let directory: string;
let programs: string;
let port: string;

/** A text run as root would run it, with a PATH that has Debian's own programs. */
function sh(text: string, env: Record<string, string> = {}) {
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return spawnSync('/bin/sh', ['-c', text], {
    encoding: 'utf8',
    env: { PATH, HOME: '/root', LC_ALL: 'C.UTF-8', ...env },
    timeout: 60_000,
  });
}

function run(id: string, typed: Values = {}, discovered: Values = {}) {
  const typedHere = dialogOf(shipped, id).fields.some(field => field.name === 'port') ? { port, ...typed } : typed;
  const command = commandOf(shipped, id, typedHere, discovered);
  expect([id, command.missing, command.problem]).toEqual([id, [], undefined]);
  return sh(command.text);
}

/** Runs a dialog that must succeed; gives its output. */
function done(id: string, typed: Values = {}, discovered: Values = {}): string {
  const { status, stdout, stderr } = run(id, typed, discovered);
  expect([id, status, status === 0 ? '' : stderr]).toEqual([id, 0, '']);
  return stdout;
}

/** Values that a dialog's discover command fills in, as app/ask-system.ts reads them. */
function discovered(id: string): Values {
  const panel = dialogOf(shipped, id);
  const { stdout, status, stderr } = sh(besideOf(shipped, id, panel.discover!.run, { port }).text);
  expect([id, status, stderr]).toEqual([id, 0, '']);
  const { records } = parseRows(stdout, panel.discover!);
  return Object.fromEntries(
    Object.entries(panel.discover!.map).map(([name, key]) => {
      const field = panel.fields.find(one => one.name === name)!;
      const text = records[0]?.[key] ?? '';
      return [name, field.multiple ? text.split(/\s+/) : text];
    }),
  );
}

/** The values F4 lists. */
function list(id: string, values: Values = {}): string[] {
  const source = sourceOf(shipped, id);
  const fields = Object.keys(values).map((name): Field => ({ name, label: name, type: 'text' }));
  const present = new Set(Object.keys(values));
  const input = { values, fields, changed: new Set<string>(), discovered: new Set<string>(), present };
  const { text } = renderTemplate(source.run, input, { as: source.as, path: source.path });
  const { stdout, status } = sh(text);
  expect([id, [0, ...(source.emptyStatus ?? [])].includes(status ?? -1)]).toEqual([id, true]);
  return listRowsOf(source, parseRows(stdout, source).records).map(row => row.value);
}

const query = (sql: string, database = 'xcatdb') =>
  execFileSync('su', ['postgres', '-s', '/bin/sh', '-c', `cd /; psql -X -p ${port} -d ${database} -At`], {
    encoding: 'utf8',
    input: sql,
  }).trim();

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === 'object' ? address?.port : '')));
    });
  });
}

beforeAll(async () => {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  if (versions.length === 0) throw new Error('a package is missing: apt-get install postgresql');
  programs = `/usr/lib/postgresql/${versions.sort((a, b) => Number(b) - Number(a))[0]}/bin`;
  port = await freePort();
  directory = mkdtempSync(join(tmpdir(), 'hasmit-pg-'));
  chmodSync(directory, 0o755);
  mkdirSync('/var/run/postgresql', { recursive: true });
  const own = `mkdir ${directory}/own && chown postgres ${directory}/own /var/run/postgresql`;
  const make = `${programs}/initdb -D ${directory}/own/data -A peer -U postgres --no-sync`;
  const settings = `printf "port = ${port}\\nunix_socket_directories = '/var/run/postgresql'\\nfsync = off\\n" >>${directory}/own/data/postgresql.conf`;
  const { status, stdout, stderr } = sh(`${own} && su postgres -s /bin/sh -c 'cd /; ${make}' && ${settings}`);
  if (status !== 0) throw new Error(`no cluster could be made: ${stdout}${stderr}`);
  done('pg_ctl', { action: 'start', data: `${directory}/own/data`, programs, log: `${directory}/own/log` });
  query('create database xcatdb', 'postgres');
  query(
    "create table nodelist (node text primary key, status text); insert into nodelist values ('node01', 'up'), ('node02', 'down')",
  );
}, 120_000);

afterAll(() => {
  if (!directory) return;
  sh(`su postgres -s /bin/sh -c 'cd /; ${programs}/pg_ctl -D ${directory}/own/data -m immediate stop'`);
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

const data = () => `${directory}/own/data`;
const file = () => `${directory}/own/xcatdb`;

test('the status tells version, data directory and databases of a server that runs', () => {
  const said = done('pg_status');
  expect(said).toMatch(/accepting connections/);
  expect(said).toMatch(/PostgreSQL \d+/);
  expect(said).toContain(data());
  expect(said).toMatch(/xcatdb/);
  expect(done('pg_ctl', { action: 'status', data: data(), programs })).toMatch(/server is running/);
});

test('a server that is not there gives a status that is no success', () => {
  const nobody = commandOf(shipped, 'pg_status', { port: '1' });
  expect(sh(nobody.text).status).toBe(2);
});

test('F4 lists the ports, databases, tables and lines that are there', () => {
  expect(list('pg.ports')).toContain(port);
  expect(list('pg.databases', { port })).toEqual(['postgres', 'template1', 'xcatdb']);
  expect(list('pg.tables', { port, database: 'xcatdb' })).toEqual(['nodelist']);
  expect(list('pg.hba_lines', { port }).length).toBeGreaterThan(2);
  expect(list('pg.programs')).toContain(programs);
  expect(Array.isArray(list('pg.data_directories'))).toBe(true);
});

test('the server says which files it reads', () => {
  expect(done('pg_files')).toContain(`${data()}/pg_hba.conf`);
  expect(discovered('pg_hba_add')).toEqual({ file: `${data()}/pg_hba.conf` });
  expect(discovered('pg_listen')).toEqual({ file: `${data()}/postgresql.conf`, addresses: ['localhost'] });
});

test('a host is let in by a line of pg_hba.conf, taken up by a reload, and shut out again', () => {
  const place = discovered('pg_hba_add');
  const line = 'host xcatdb xcatadm 9.114.47.103/32 scram-sha-256';
  const typed = { address: '9.114.47.103', database: 'xcatdb', user: 'xcatadm', method: 'scram-sha-256' };
  expect(done('pg_hba_add', typed, place)).toMatch(/changed, the old text is in/);
  expect(done('pg_hba_add', typed, place)).toMatch(/nothing to change/);
  expect(
    readFileSync(`${data()}/pg_hba.conf`, 'utf8')
      .split('\n')
      .filter(one => one === line),
  ).toHaveLength(1);
  expect(statSync(`${data()}/pg_hba.conf`).uid).toBe(statSync(data()).uid);

  const { verify } = dialogOf(shipped, 'pg_hba_add');
  const verified = () => sh(besideOf(shipped, 'pg_hba_add', verify!.run, { port }).text).stdout;
  expect(verified()).toMatch(new RegExp(verify!.pattern!, 'm'));
  expect(done('pg_reload')).toMatch(/^t$/m);
  expect(done('pg_hba_show')).toMatch(/xcatadm.*9\.114\.47\.103.*scram-sha-256/);

  expect(list('pg.hba_lines', { port })).toContain(line);
  expect(failedChecks(shipped, 'pg_hba_del', { line })).toEqual([]);
  done('pg_hba_del', { line }, discovered('pg_hba_del'));
  expect(list('pg.hba_lines', { port })).not.toContain(line);

  writeFileSync(
    `${data()}/pg_hba.conf`,
    `${readFileSync(`${data()}/pg_hba.conf`, 'utf8')}host all all nonsense/99 md5\n`,
  );
  expect(verified()).not.toMatch(new RegExp(verify!.pattern!, 'm'));
  const { preview } = dialogOf(shipped, 'pg_reload');
  expect(sh(besideOf(shipped, 'pg_reload', preview!, { port }).text).stdout).toMatch(/nonsense|invalid/);
  done('pg_hba_del', { line: 'host all all nonsense/99 md5' }, discovered('pg_hba_del'));
});

test('listen_addresses is set where the server has it, waits for a restart, and is taken up by one', () => {
  const found = discovered('pg_listen');
  expect(done('pg_listen', { addresses: ['localhost', '127.0.0.2'] }, found)).toMatch(/changed/);
  expect(done('pg_reload')).toMatch(/This waits for a restart: listen_addresses/);
  expect(query('show listen_addresses')).toBe('localhost');
  done('pg_ctl', { action: 'restart', data: data(), programs, log: `${directory}/own/log` });
  expect(query('show listen_addresses')).toBe('localhost,127.0.0.2');
  expect(discovered('pg_listen').addresses).toEqual(['localhost', '127.0.0.2']);

  query("alter system set listen_addresses = 'localhost'");
  query('select pg_reload_conf()');
  done('pg_ctl', { action: 'restart', data: data(), programs, log: `${directory}/own/log` });
  expect(failedChecks(shipped, 'pg_listen', {}, discovered('pg_listen'))[0]).toMatch(/ALTER SYSTEM RESET/);
  query('alter system reset listen_addresses');
});

test('a dump is readable by its owner only, and restores what was there', () => {
  done('pg_dump', { file: file() });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(done('pg_dump_look', { file: file() })).toMatch(/TABLE DATA public nodelist/);
  expect(done('pg_count')).toBe('2\n');

  query("delete from nodelist where node = 'node01'");
  expect(done('pg_count')).toBe('1\n');
  done('pg_restore', { file: file() });
  expect(done('pg_count', { table: 'nodelist' })).toBe('2\n');
  expect(query('select node from nodelist order by 1')).toBe('node01\nnode02');
});

test('the first restore into an empty database is clean, as -c alone is not', () => {
  query('create database empty', 'postgres');
  const bare = sh(`su - postgres -c 'pg_restore -p ${port} -d empty -c ${file()}'`);
  expect([bare.status, bare.stderr]).toEqual([1, expect.stringMatching(/does not exist/)]);
  query('drop database empty', 'postgres');
  query('create database empty', 'postgres');
  const restored = run('pg_restore', { file: file(), database: 'empty' });
  expect([restored.status, restored.stderr]).toEqual([0, '']);
  expect(query('select count(*) from nodelist', 'empty')).toBe('2');
});

test('a dump that fails leaves the old one in place', () => {
  const before = readFileSync(file());
  const failed = run('pg_dump', { file: file(), database: 'nosuch' });
  expect([failed.status, failed.stderr]).toEqual([1, expect.stringMatching(/nosuch/)]);
  expect(readFileSync(file()).equals(before)).toBe(true);
  expect(existsSync(`${file()}.new`)).toBe(false);
});

test('a dump that was cut off is told of, and a restore of it changes nothing', () => {
  const torn = `${directory}/own/torn`;
  writeFileSync(torn, readFileSync(file()).subarray(0, 2000), { mode: 0o644 });
  expect(run('pg_dump_look', { file: torn }).status).not.toBe(0);
  expect(run('pg_restore', { file: torn }).status).not.toBe(0);
  expect(done('pg_count')).toBe('2\n');
});

test('a table name is a name and no SQL', () => {
  const odd = run('pg_count', { table: 'nodelist"; drop table nodelist; --' });
  expect([odd.status, odd.stderr]).toEqual([3, expect.stringMatching(/does not exist/)]);
  expect(done('pg_count')).toBe('2\n');
});

/** The command part of the crontab entry that a panel makes. */
function entryOf(id: string, typed: Values): string {
  const panel = dialogOf(shipped, id);
  const fields = new Set(panel.fields.map(field => field.name));
  const here = Object.fromEntries(
    Object.entries({ port, file: file(), programs, ...typed }).filter(([name]) => fields.has(name)),
  );
  const found = startFindings(
    inputOf(panel, here),
    panel.edits!.flatMap(edit => Object.values(edit.args)),
  );
  const [edit] = fillEdits(panel.edits!, found);
  expect([edit!.problem, edit!.args.entry]).toEqual([undefined, expect.stringMatching(/^\d+ \d+ \* \* \* [^%]+$/)]);
  return edit!.args.entry!.replace(/^\d+ \d+ \* \* \* /, '');
}

/** As cron would run it: as postgres, by sh, in his home. Programs of the test stand for ssh, scp and logger: the standby is the same host. */
function cron(text: string): string {
  writeFileSync(`${directory}/own/entry`, text, { mode: 0o644 });
  const ran = sh(
    `su postgres -s /bin/sh -c 'cd /; PATH=${directory}/bin:/usr/bin:/bin; export PATH; sh ${directory}/own/entry'`,
  );
  return ran.stderr;
}

test('the nightly chain: each step takes only what the step before it has finished', () => {
  mkdirSync(`${directory}/bin`);
  const logged = `${directory}/own/logged`;
  const program = (name: string, text: string) =>
    writeFileSync(`${directory}/bin/${name}`, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  program('logger', `echo "$5" >>${logged}`);
  program('scp', 'cp "$2" "$(echo "$3" | cut -d: -f2)"');
  program('ssh', 'shift 3; exec "$@"');
  const said = () => (existsSync(logged) ? readFileSync(logged, 'utf8').trim().split('\n') : []);
  const there = () => ['new', 'ready', 'sent', 'restored'].filter(end => existsSync(`${file()}.${end}`));

  const dump = entryOf('pg_chain_dump', {});
  const copy = entryOf('pg_chain_copy', { standby: 'mn2' });
  const restore = entryOf('pg_chain_restore', { database: 'empty' });

  // Nothing was dumped: nothing is copied, nothing restored, and both say so.
  cron(copy);
  cron(restore);
  expect([there(), said()]).toEqual([[], [`copy of ${file()} to mn2 failed`, 'restore of empty failed']]);
  expect(run('pg_chain_look', { side: 'primary', file: file() }).status).toBe(1);

  // A dump that fails makes no .ready.
  cron(entryOf('pg_chain_dump', { database: 'nosuch' }));
  expect([there().includes('ready'), said().at(-1)]).toEqual([false, 'dump of nosuch failed']);

  // The good night. Both hosts are one here, so what is "sent" is put back as the standby's.
  query("insert into nodelist values ('node03', 'new')");
  cron(dump);
  expect(there()).toContain('ready');
  expect(statSync(`${file()}.ready`).mode & 0o077).toBe(0);
  program('ssh', `shift 3; mkdir -p ${directory}/own/standby; mv "$2" ${directory}/own/standby/xcatdb.ready`);
  cron(copy);
  expect(there()).toContain('sent');
  expect(existsSync(`${file()}.ready`)).toBe(false);
  expect(run('pg_chain_look', { side: 'primary', file: file() }).status).toBe(0);

  const standby = `${directory}/own/standby/xcatdb`;
  cron(entryOf('pg_chain_restore', { database: 'empty', file: standby }));
  expect(query('select count(*) from nodelist', 'empty')).toBe('3');
  expect([existsSync(`${standby}.restored`), existsSync(`${standby}.ready`)]).toEqual([true, false]);
  expect(run('pg_chain_look', { side: 'standby', file: standby }).status).toBe(0);
  expect(said()).toHaveLength(3);
  query("delete from nodelist where node = 'node03'");

  // An old file is no success of last night.
  sh(`touch -d '3 days ago' ${standby}.restored`);
  const old = run('pg_chain_look', { side: 'standby', file: standby });
  expect([old.status, old.stdout]).toEqual([1, expect.stringMatching(/Not within the last day/)]);
});

test('an entry of the chain that is made anew replaces the one of the same file, and no other', () => {
  const table = `${directory}/own/crontab`;
  const bin = `${directory}/crontab-bin`;
  mkdirSync(bin);
  writeFileSync(
    `${bin}/crontab`,
    `#!/bin/sh\ncase $* in *-l) cat ${table} ;; *) for file; do :; done; cat "$file" >${table} ;; esac\n`,
    { mode: 0o755 },
  );
  const other = `0 1 * * * pg_dump -p 5432 -F t -f ${file()}2.new other`;
  writeFileSync(table, `# of postgres\n${other}\n`);
  const add = (hour: string) => {
    const { text } = commandOf(shipped, 'pg_chain_dump', { port, programs, file: file(), hour });
    return sh(text, { PATH: `${bin}:/usr/bin:/bin`, HOME: `${directory}/own` }).stdout;
  };
  expect(add('3')).toMatch(/changed/);
  expect(add('3')).toMatch(/nothing to change/);
  expect(add('22')).toMatch(/changed/);
  const lines = readFileSync(table, 'utf8').trim().split('\n');
  expect([lines.length, lines[0], lines[1]]).toEqual([3, '# of postgres', other]);
  expect(lines[2]).toMatch(/^0 22 \* \* \* umask 077; /);
});

test('on the command line the server is asked for its file too', () => {
  const hasmit = builtProgram();
  const env = { ...process.env, XDG_STATE_HOME: join(directory, 'state'), XDG_CACHE_HOME: join(directory, 'cache') };
  const call = (...words: string[]) => spawnSync(hasmit, words, { encoding: 'utf8', env });
  // It changes something, so it wants to be told that it may.
  const change = ['run', 'pg_hba_add', `port=${port}`, 'address=9.114.47.104'];
  expect(call(...change).status).toBe(2);
  const changed = call(...change, '--yes');
  expect([changed.status, changed.stdout]).toEqual([0, expect.stringContaining(`${data()}/pg_hba.conf: changed`)]);
  expect(list('pg.hba_lines', { port })).toContain('host all all 9.114.47.104/32 md5');
  const status = call('run', 'pg_status', `port=${port}`);
  expect([status.status, status.stdout]).toEqual([0, expect.stringMatching(/accepting connections/)]);
});

test('without the server pg_restore cannot work, as the source document would have it; with it, it does', () => {
  done('pg_ctl', { action: 'stop', data: data(), programs });
  expect(run('pg_ctl', { action: 'status', data: data(), programs }).status).toBe(3);
  const stopped = run('pg_restore', { file: file() });
  expect([stopped.status, stopped.stderr]).toEqual([1, expect.stringMatching(/connection to server .* failed/)]);
  done('pg_ctl', { action: 'start', data: data(), programs, log: `${directory}/own/log` });
  done('pg_restore', { file: file() });
});
