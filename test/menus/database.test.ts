/**
 * The panels of databases: what each one runs, to the letter, what they refuse, and the mistakes of the source documents that they do not
 * make. db2-run.test.ts runs DB2's against programs that answer as DB2 does, postgresql-real.test.ts runs PostgreSQL's for real.
 */
import { expect, test } from 'vitest';
import { fillEdits } from '../../src/command/edits.ts';
import { startFindings } from '../../src/command/fill.ts';
import { quote } from '../../src/command/quote.ts';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { besideOf, commandOf, dialogOf, failedChecks, inputOf, readShipped } from './panels.ts';

const shipped = await readShipped();
const dialogs = [...shipped.panels.values()].flatMap(panel =>
  panel.product === 'database' && panel.kind === 'dialog' ? [panel] : [],
);

const site: Values = { primary: '9.114.47.103', standby: '9.114.47.104' };
const dump = '/var/lib/pgsql/backups/xcatdb';

/** As the instance's user, and as postgres with the directory of the programs on AIX. */
const xcatdb = (text: string) => `su - xcatdb -c ${quote(text)}`;
const postgres = (text: string) => `su - postgres -c ${quote(`PATH=/var/lib/pgsql/bin:$PATH; export PATH; ${text}`)}`;
/** An option file with the password, on standard input. */
const optionFile = String.raw`{ printf '[client]\npassword="'; printf '%s' "$PASSWORD" | sed -e 's/["\\]/\\&/g'; printf '"\n'; }`;

/** Fast path, what is typed, and the command. The other values are the panel's own, or the site's. */
const commands: [id: string, typed: Values, command: string][] = [
  // DB2: the instance
  ['db2_start', {}, xcatdb('db2start')],
  ['db2_start', { instance: 'db2inst1' }, 'su - db2inst1 -c db2start'],
  ['db2_stop', {}, xcatdb('db2 connect reset; db2 force applications all; db2 terminate; db2stop')],
  ['db2_stop_force', {}, xcatdb('db2stop force')],
  ['db2_activate', {}, xcatdb('db2 ACTIVATE DATABASE XCATDB || test $? -eq 2')],
  ['db2_deactivate', {}, xcatdb('db2 DEACTIVATE DATABASE XCATDB || test $? -eq 2')],
  ['db2_gcf_status', {}, xcatdb('db2gcf -s -i xcatdb')],
  ['db2_gcf_start', {}, xcatdb('db2gcf -u -p 0 -i xcatdb')],

  // DB2: looking
  ['db2_config', {}, xcatdb('db2 GET DB CFG FOR XCATDB')],
  ['db2_config_hadr', {}, xcatdb('db2 GET DB CFG FOR XCATDB | grep HADR')],
  ['db2_applications', {}, xcatdb('db2 LIST APPLICATIONS || test $? -eq 2')],
  ['db2_connect', {}, xcatdb('db2 CONNECT TO XCATDB && db2 LIST TABLES; worst=$?; db2 CONNECT RESET; exit "$worst"')],

  // DB2: backup and restore
  [
    'db2_config_log',
    {},
    xcatdb(
      'db2 UPDATE DB CFG FOR XCATDB USING LOGARCHMETH1 LOGRETAIN TRACKMOD ON LOGINDEXBUILD ON INDEXREC RESTART || test $? -eq 2',
    ),
  ],
  [
    'db2_backup_dir',
    {},
    'mkdir -p /var/lib/db2/backup && chown xcatdb:xcatdb /var/lib/db2/backup && ls -ld /var/lib/db2/backup',
  ],
  ['db2_backup', {}, xcatdb('db2 BACKUP DB XCATDB TO /var/lib/db2/backup || test $? -eq 2')],
  [
    'db2_backup',
    { online: 'yes', directory: '/databaseloc/db2/backup' },
    xcatdb('db2 BACKUP DB XCATDB ONLINE TO /databaseloc/db2/backup INCLUDE LOGS || test $? -eq 2'),
  ],
  ['db2_backup_copy', { standby: 'aixmn2' }, 'scp -rp /var/lib/db2/backup xcatdb@aixmn2:/var/lib/db2'],
  [
    'db2_restore',
    { taken_at: '20100805161232' },
    xcatdb(
      'db2 RESTORE DATABASE XCATDB FROM /var/lib/db2/backup TAKEN AT 20100805161232 REPLACE HISTORY FILE WITHOUT PROMPTING || test $? -eq 2',
    ),
  ],
  ['db2_rollforward_status', {}, xcatdb('db2 ROLLFORWARD DATABASE XCATDB QUERY STATUS')],
  ['db2_rollforward', {}, xcatdb('db2 ROLLFORWARD DATABASE XCATDB TO END OF LOGS AND COMPLETE')],
  [
    'db2_rollforward_complete',
    {},
    xcatdb('db2 ROLLFORWARD DB XCATDB TO END OF LOGS && db2 ROLLFORWARD DB XCATDB COMPLETE'),
  ],

  // DB2: the same user on the standby
  ['db2_user_show_aix', {}, 'lsuser -a id home xcatdb && lsgroup xcatdb'],
  ['db2_user_show_linux', {}, 'getent passwd xcatdb && getent group xcatdb'],
  [
    'db2_user_add_aix',
    { gid: '301', uid: '300' },
    'mkgroup -a id=301 xcatdb && mkuser pgrp=xcatdb home=/var/lib/db2 shell=/bin/ksh id=300 xcatdb',
  ],
  [
    'db2_user_add_linux',
    { gid: '301', uid: '300' },
    'groupadd -g 301 xcatdb && useradd -d /var/lib/db2 -g xcatdb -u 300 -m -s /bin/bash xcatdb',
  ],
  [
    'db2_user_password_aix',
    { password: 'geheim' },
    `IFS= read -r PASSWORD\nprintf '%s:%s\\n' xcatdb "$PASSWORD" | chpasswd -c`,
  ],
  [
    'db2_user_password_linux',
    { password: 'geheim' },
    `IFS= read -r PASSWORD\nprintf '%s:%s\\n' xcatdb "$PASSWORD" | chpasswd`,
  ],

  // DB2 HADR: status
  ['db2_hadr_status', {}, `su - xcatdb -c 'db2pd -d "$1" -hadr' db2pd XCATDB | hasmit format db2-hadr`],
  ['db2_hadr_snapshot', {}, `su - xcatdb -c 'db2 GET SNAPSHOT FOR DB ON "$1"' db2 XCATDB | hasmit format db2-hadr`],
  ['db2_hadr_status_plain', {}, xcatdb('db2pd -d XCATDB -hadr')],

  // DB2 HADR: both sides from one form. The shell takes the branch of this side; the two mirror each other.
  ...['primary', 'standby'].map((side): [string, Values, string] => [
    'db2_hadr_config',
    { side },
    xcatdb(
      [
        `if test ${side} = primary; then`,
        'db2 UPDATE ALTERNATE SERVER FOR DATABASE XCATDB USING HOSTNAME 9.114.47.104 PORT 60000 &&',
        '{ db2 UPDATE DB CFG FOR XCATDB USING',
        'HADR_LOCAL_HOST 9.114.47.103 HADR_LOCAL_SVC DB2_HADR_1',
        'HADR_REMOTE_HOST 9.114.47.104 HADR_REMOTE_SVC DB2_HADR_2 HADR_REMOTE_INST xcatdb',
        'HADR_SYNCMODE NEARSYNC HADR_TIMEOUT 3 HADR_PEER_WINDOW 120 || test $? -eq 2; } &&',
        'db2 CONNECT TO XCATDB && db2 QUIESCE DATABASE IMMEDIATE FORCE CONNECTIONS &&',
        'db2 UNQUIESCE DATABASE && db2 CONNECT RESET;',
        'else',
        'db2 UPDATE ALTERNATE SERVER FOR DATABASE XCATDB USING HOSTNAME 9.114.47.103 PORT 60000 &&',
        '{ db2 UPDATE DB CFG FOR XCATDB USING',
        'HADR_LOCAL_HOST 9.114.47.104 HADR_LOCAL_SVC DB2_HADR_2',
        'HADR_REMOTE_HOST 9.114.47.103 HADR_REMOTE_SVC DB2_HADR_1 HADR_REMOTE_INST xcatdb',
        'HADR_SYNCMODE NEARSYNC HADR_TIMEOUT 3 HADR_PEER_WINDOW 120 || test $? -eq 2; };',
        'fi',
      ].join(' '),
    ),
  ]),

  // DB2 HADR: start, take over, stop
  [
    'db2_hadr_start',
    { role: 'standby' },
    xcatdb(
      '{ db2 DEACTIVATE DATABASE XCATDB || test $? -eq 2; } && { db2 START HADR ON DATABASE XCATDB AS STANDBY || test $? -eq 2; }',
    ),
  ],
  [
    'db2_hadr_start',
    { role: 'primary' },
    xcatdb(
      '{ db2 DEACTIVATE DATABASE XCATDB || test $? -eq 2; } && { db2 START HADR ON DATABASE XCATDB AS PRIMARY || test $? -eq 2; }',
    ),
  ],
  [
    'db2_hadr_start_force',
    {},
    xcatdb(
      '{ db2 DEACTIVATE DATABASE XCATDB || test $? -eq 2; } && { db2 START HADR ON DATABASE XCATDB AS PRIMARY BY FORCE || test $? -eq 2; }',
    ),
  ],
  ['db2_takeover', {}, xcatdb('db2 TAKEOVER HADR ON DATABASE XCATDB')],
  ['db2_takeover_peer_window', {}, xcatdb('db2 TAKEOVER HADR ON DATABASE XCATDB BY FORCE PEER WINDOW ONLY')],
  [
    'db2_takeover_force',
    {},
    xcatdb(
      "if ping -c 1 -w 2 9.114.47.103; then echo 'The old primary answers. Nothing was taken over: switch it off first.'; exit 1; fi; " +
        'db2 TAKEOVER HADR ON DATABASE XCATDB BY FORCE',
    ),
  ],
  ...(
    [
      ['planned', ';'],
      ['by force within the peer window', ' BY FORCE PEER WINDOW ONLY;'],
      ['by force', ' BY FORCE;'],
    ] as const
  ).map(([how, end]): [string, Values, string] => [
    'db2_takeover_password',
    { how, password: 'cluster' },
    xcatdb(
      `IFS= read -r PASSWORD\nprintf 'TAKEOVER HADR ON DATABASE %s USER %s USING %s%s\\n' XCATDB xcatdb "$PASSWORD" '${end}' | db2 +p -t`,
    ),
  ]),
  ['db2_hadr_stop', {}, xcatdb('db2 STOP HADR ON DATABASE XCATDB || test $? -eq 2')],
  [
    'db2_hadr_stop_standby',
    {},
    xcatdb(
      '{ db2 DEACTIVATE DATABASE XCATDB || test $? -eq 2; } && { db2 STOP HADR ON DATABASE XCATDB || test $? -eq 2; }',
    ),
  ],

  // PostgreSQL: the server
  [
    'pg_status',
    {},
    postgres(
      `pg_isready -p 5432 && psql -X -p 5432 -c 'select version()' -c "select pg_postmaster_start_time() as started, pg_is_in_recovery() as standby, current_setting('data_directory') as data" -c '\\l' postgres`,
    ),
  ],
  ['pg_service', { action: 'start' }, 'service postgresql start'],
  ['pg_service', { action: 'restart', service: 'postgresql-15' }, 'service postgresql-15 restart'],
  [
    'pg_ctl',
    { action: 'stop' },
    `su - postgres -c 'PATH=/var/lib/pgsql/bin:$PATH; pg_ctl -D /var/lib/pgsql/data stop'`,
  ],
  [
    'pg_ctl',
    { action: 'start', programs: '/usr/lib/postgresql/15/bin', data: '/srv/data' },
    `su - postgres -c 'PATH=/usr/lib/postgresql/15/bin:$PATH; pg_ctl -D /srv/data -l /var/lib/pgsql/pg_ctl.log start'`,
  ],

  // PostgreSQL: who may connect
  [
    'pg_files',
    {},
    postgres(
      `psql -X -p 5432 -c "select name, setting, sourcefile, pending_restart from pg_settings where name in ('config_file', 'hba_file', 'data_directory', 'listen_addresses', 'port')" postgres`,
    ),
  ],
  [
    'pg_hba_show',
    {},
    postgres(
      "psql -X -p 5432 -c 'select line_number, type, database, user_name, address, netmask, auth_method, error from pg_hba_file_rules' postgres",
    ),
  ],
  [
    'pg_reload',
    { port: '5433' },
    postgres(
      `psql -X -p 5433 -At -c 'select pg_reload_conf()' -c 'select pg_sleep(1)' -c "select 'This waits for a restart: ' || name from pg_settings where pending_restart" postgres`,
    ),
  ],

  // PostgreSQL: dump and restore
  [
    'pg_dump',
    {},
    postgres(
      `umask 077; pg_dump -p 5432 -F t -f ${dump}.new xcatdb && pg_restore -l ${dump}.new >/dev/null && mv ${dump}.new ${dump} && ls -l ${dump} || { rm -f ${dump}.new; exit 1; }`,
    ),
  ],
  ['pg_dump_look', {}, postgres(`pg_restore -l ${dump}`)],
  ['pg_restore', {}, postgres(`pg_restore -p 5432 -d xcatdb --clean --if-exists --single-transaction ${dump}`)],
  [
    'pg_count',
    {},
    postgres(`printf 'select count(*) from :"t"\\n' | psql -X -p 5432 -d xcatdb -At -v ON_ERROR_STOP=1 -v t=nodelist`),
  ],
  [
    'pg_chain_look',
    { side: 'standby' },
    `ls -l ${dump}.*; find ${dump}.restored -mtime -1 | grep . || { echo 'Not within the last day. Look into the system log for hasmit.'; exit 1; }`,
  ],

  // MySQL and MariaDB
  ['mysql_service', { service: 'mysqld', action: 'stop' }, 'service mysqld stop'],
  ['mysql_service', { service: 'mariadb', action: 'start' }, 'service mariadb start'],
  ['mysql_boot_systemd', { service: 'mariadb', start: 'no' }, 'systemctl disable mariadb'],
  ['mysql_boot_systemd', { service: 'mariadb', start: 'yes' }, 'systemctl enable mariadb'],
  ['mysql_boot_chkconfig', { service: 'mysqld', start: 'no' }, 'chkconfig mysqld off'],
  ['mysql_boot_chkconfig', { service: 'mysqld', start: 'yes' }, 'chkconfig mysqld on'],
  [
    'mysql_dump',
    { file: '/backup/xcatdb.sql' },
    `IFS= read -r PASSWORD\numask 077; ${optionFile} | mysqldump --defaults-extra-file=/dev/stdin -u root --single-transaction --routines --triggers xcatdb ` +
      '>/backup/xcatdb.sql.new && mv /backup/xcatdb.sql.new /backup/xcatdb.sql && ls -l /backup/xcatdb.sql',
  ],
  [
    'mysql_replica',
    { statement: 'MariaDB, or MySQL up to 8.0.21' },
    `IFS= read -r PASSWORD\n${optionFile} | mysql --defaults-extra-file=/dev/stdin -u root -e 'SHOW SLAVE STATUS\\G' | hasmit format mysql-replica`,
  ],
  [
    'mysql_replica_plain',
    { statement: 'MySQL 8.0.22 or later', user: 'admin' },
    `IFS= read -r PASSWORD\n${optionFile} | mysql --defaults-extra-file=/dev/stdin -u admin -e 'SHOW REPLICA STATUS\\G'`,
  ],
  ['mysql_start_aix', {}, 'nohup /usr/local/mysql/bin/mysqld_safe --user=mysql </dev/null >/dev/null 2>&1 &'],
  ['mysql_stop_aix', {}, '/usr/local/mysql/bin/mysqladmin -u root -p shutdown'],
  ['mysql_boot_aix', {}, "chitab 'mysql:2:off:/usr/local/mysql/bin/mysqld_safe --user=mysql &'"],
];

test.each(commands)('%s with %j is this command', (id, typed, command) => {
  const rendered = commandOf(shipped, id, typed, {}, site);
  expect(rendered.text).toBe(command);
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
});

const crontab = (match: string, entry: string) => ['crontab_entry', { user: 'postgres', action: 'add', match, entry }];

/** Fast path, what is typed, what the server had said, and the edits. */
const edits: [id: string, typed: Values, discovered: Values, edits: unknown[]][] = [
  [
    'db2_hadr_services',
    {},
    {},
    [
      ['services_entry', { name: 'DB2_HADR_1', port: '55001', protocol: 'tcp', file: '/etc/services' }],
      ['services_entry', { name: 'DB2_HADR_2', port: '55002', protocol: 'tcp', file: '/etc/services' }],
    ],
  ],
  [
    'pg_hba_add',
    { address: '9.114.47.103' },
    { file: '/var/lib/pgsql/data/pg_hba.conf' },
    [['ensure_line', { file: '/var/lib/pgsql/data/pg_hba.conf', line: 'host all all 9.114.47.103/32 md5' }]],
  ],
  [
    'pg_hba_del',
    { line: 'host all all 9.114.47.103/32 md5' },
    { file: '/var/lib/pgsql/data/pg_hba.conf' },
    [['remove_line', { file: '/var/lib/pgsql/data/pg_hba.conf', line: 'host all all 9.114.47.103/32 md5' }]],
  ],
  [
    'pg_listen',
    { addresses: ['localhost', '9.114.47.103'] },
    { file: '/var/lib/pgsql/data/postgresql.conf' },
    [
      [
        'replace_line',
        {
          file: '/var/lib/pgsql/data/postgresql.conf',
          match: '^[[:blank:]]*#?[[:blank:]]*listen_addresses[[:blank:]]*=',
          line: "listen_addresses = 'localhost,9.114.47.103'",
        },
      ],
    ],
  ],
  [
    'pg_chain_dump',
    {},
    {},
    [
      crontab(
        `pg_dump -p [0-9]+ -F t -f ${dump}[.]new `,
        `0 3 * * * umask 077; rm -f ${dump}.ready; /var/lib/pgsql/bin/pg_dump -p 5432 -F t -f ${dump}.new xcatdb && ` +
          `/var/lib/pgsql/bin/pg_restore -l ${dump}.new >/dev/null && mv ${dump}.new ${dump}.ready || ` +
          'logger -p user.err -t hasmit "dump of xcatdb failed"',
      ),
    ],
  ],
  [
    'pg_chain_copy',
    { standby: 'aixmn2' },
    {},
    [
      crontab(
        `scp -Bpq ${dump}[.]ready `,
        `0 4 * * * test -f ${dump}.ready && scp -Bpq ${dump}.ready aixmn2:${dump}.new && ` +
          `ssh -o BatchMode=yes aixmn2 mv ${dump}.new ${dump}.ready && mv ${dump}.ready ${dump}.sent || ` +
          `logger -p user.err -t hasmit "copy of ${dump} to aixmn2 failed"`,
      ),
    ],
  ],
  [
    'pg_chain_restore',
    {},
    {},
    [
      crontab(
        `pg_restore -p [0-9]+ -d [^ ]+ --clean --if-exists -1 ${dump}[.]ready `,
        `0 5 * * * test -f ${dump}.ready && /var/lib/pgsql/bin/pg_restore -p 5432 -d xcatdb --clean --if-exists -1 ${dump}.ready && ` +
          `mv ${dump}.ready ${dump}.restored || logger -p user.err -t hasmit "restore of xcatdb failed"`,
      ),
    ],
  ],
];

test.each(edits)('%s with %j makes these edits', (id, typed, discovered, expected) => {
  const panel = dialogOf(shipped, id);
  const found = startFindings(
    inputOf(panel, typed, discovered, site),
    panel.edits!.flatMap(edit => Object.values(edit.args)),
  );
  const filled = fillEdits(panel.edits!, found);
  expect(filled.map(({ verb, args }) => [verb, args])).toEqual(expected);
  expect(filled.map(edit => edit.problem).filter(Boolean)).toEqual([]);
  const rendered = commandOf(shipped, id, typed, discovered, site);
  expect([rendered.missing, rendered.problem]).toEqual([[], undefined]);
});

test('every dialog of databases stands in a table above', () => {
  const listed = new Set([...commands, ...edits].map(([id]) => id));
  expect(dialogs.map(panel => panel.id).sort()).toEqual([...listed].sort());
});

test('a dialog that changes something asks first, and one that only looks does not', () => {
  const looking =
    /^db2_config(_hadr)?$|_(status|snapshot|plain|applications|connect|show|show_\w+|files|look|count|replica)$/;
  const wrong = dialogs.filter(panel => (panel.confirm === undefined) !== looking.test(panel.id));
  expect(wrong.map(panel => panel.id)).toEqual([]);
});

test('what replaces data, or can make two primaries, wants the name of the object typed', () => {
  const typed = dialogs.filter(panel => panel.confirm?.level === 'type').map(panel => panel.id);
  expect(typed.sort()).toEqual([
    'db2_hadr_start_force',
    'db2_restore',
    'db2_takeover_force',
    'db2_takeover_password',
    'db2_takeover_peer_window',
    'pg_chain_restore',
    'pg_restore',
  ]);
});

test('every panel and field has help, every dialog its source, and texts fit on the screen', () => {
  const faults = [...shipped.panels.values()]
    .filter(panel => panel.product === 'database')
    .flatMap(panel => {
      const fields = panel.kind === 'dialog' ? panel.fields : panel.kind === 'selector' ? [panel.field] : [];
      return [
        ...(panel.help ? [] : [`${panel.id}: help`]),
        ...(panel.title.length > 60 ? [`${panel.id}: title`] : []),
        ...(panel.kind === 'dialog' && !panel.evidence.source ? [`${panel.id}: evidence`] : []),
        ...fields.filter(field => !field.help || field.label.length > 50).map(field => `${panel.id}.${field.name}`),
      ];
    });
  expect(faults).toEqual([]);
});

test('no password is an argument, shown, or kept in the text', () => {
  const secret = 'Geheim-4711';
  const withSecret = dialogs.filter(panel => panel.fields.some(field => field.type === 'secret'));
  expect(withSecret.map(panel => panel.id).sort()).toEqual([
    'db2_takeover_password',
    'db2_user_password_aix',
    'db2_user_password_linux',
    'mysql_dump',
    'mysql_replica',
    'mysql_replica_plain',
  ]);
  for (const panel of withSecret) {
    const rendered = commandOf(
      shipped,
      panel.id,
      { password: secret, file: '/tmp/x', statement: 'MySQL 8.0.22 or later' },
      {},
      site,
    );
    expect([panel.id, rendered.text.includes(secret), rendered.secrets.map(use => use.field)]).toEqual([
      panel.id,
      false,
      ['password'],
    ]);
  }
});

test('values that db2 or a crontab would read as commands are refused', () => {
  const says = (id: string, name: string, value: string) =>
    checkValue(dialogOf(shipped, id).fields.find(field => field.name === name)!, value);
  // db2 joins its arguments to one line and reads that anew.
  expect(says('db2_restore', 'database', 'X TO /tmp')).toMatch(/does not fit/);
  expect(says('db2_backup', 'directory', '/tmp;drop')).toMatch(/does not fit/);
  expect(says('db2_restore', 'taken_at', '2010')).toMatch(/14 digits/);
  expect(says('db2_config_log', 'archive', 'OFF')).toMatch(/LOGRETAIN/);
  expect(says('db2_config_log', 'archive', 'DISK:/var/lib/db2/archive')).toBeUndefined();
  // cron gives the line to a shell, and a percent sign is the end of it.
  for (const id of ['pg_chain_dump', 'pg_chain_copy', 'pg_chain_restore']) {
    for (const file of ['/var/x;rm', '/var/x%y', '/var/a b', '/var/$HOME'])
      expect(says(id, 'file', file)).toMatch(/does not fit/);
    expect(says(id, 'file', '/backup/x-1.tar')).toBeUndefined();
  }
  expect(says('pg_chain_dump', 'database', 'x y')).toMatch(/does not fit/);
  expect(says('pg_chain_copy', 'standby', 'mn2;x')).toMatch(/does not fit/);
  expect(says('pg_hba_add', 'database', 'all all')).toMatch(/does not fit/);
  expect(says('pg_listen', 'addresses', "x' y")).toMatch(/does not fit/);
});

test('checks refuse what cannot work', () => {
  const hadr = { side: 'primary', primary: 'mn1', standby: 'mn2' };
  expect(failedChecks(shipped, 'db2_hadr_config', hadr)).toEqual([]);
  expect(failedChecks(shipped, 'db2_hadr_config', { ...hadr, standby: 'mn1' })[0]).toMatch(/same host/);
  expect(failedChecks(shipped, 'db2_hadr_config', { ...hadr, standby_service: 'DB2_HADR_1' })[0]).toMatch(
    /two services/,
  );
  expect(failedChecks(shipped, 'db2_hadr_config', { ...hadr, timeout: '120', peer_window: '120' })[0]).toMatch(
    /longer/,
  );
  expect(failedChecks(shipped, 'db2_hadr_config', { ...hadr, timeout: '120', peer_window: '0' })).toEqual([]);
  expect(failedChecks(shipped, 'db2_hadr_services', { standby_port: '55001' })[0]).toMatch(/two ports/);
  expect(failedChecks(shipped, 'db2_hadr_services', { standby_service: 'DB2_HADR_1' })[0]).toMatch(/two names/);
  const file = '/var/lib/pgsql/data/postgresql.auto.conf';
  expect(failedChecks(shipped, 'pg_listen', { addresses: ['*'] }, { file })[0]).toMatch(/ALTER SYSTEM RESET/);
  const line = (text: string) => failedChecks(shipped, 'pg_hba_del', { line: text }).length;
  expect([
    line('local all postgres peer'),
    line('local   all   all   peer'),
    line('host all all 9.9.9.9/32 md5'),
  ]).toEqual([1, 1, 0]);
});

// The mistakes of the source documents (reference, part 2b), each with what stands in its place.

const textOf = (id: string, typed: Values = {}) => commandOf(shipped, id, typed, {}, site).text;

test('LOGRETAIN ON, which DB2 takes no notice of, is LOGARCHMETH1', () => {
  expect(textOf('db2_config_log')).not.toMatch(/USING LOGRETAIN/);
  expect(textOf('db2_config_log')).toMatch(/USING LOGARCHMETH1 LOGRETAIN/);
});

test('the backup is copied to xcatdb@HOST, not to a host of the two words grown together', () => {
  expect(textOf('db2_backup_copy')).toMatch(/ xcatdb@9\.114\.47\.104:\/var\/lib\/db2$/);
});

test('names of services and parameters of HADR hold no blank, and no command ends after USING', () => {
  const text = textOf('db2_hadr_config', { side: 'primary' });
  expect(text).not.toMatch(/HADR (LOCAL|REMOTE|SYNCMODE|TIMEOUT|PEER)|DB2 HADR|USING *(&&|;|$|\|)/);
  expect(
    text
      .match(/HADR_[A-Z_]+/g)
      ?.filter(name => !/^HADR_[12]$/.test(name))
      .sort(),
  ).toEqual(
    [
      ...['HADR_LOCAL_HOST', 'HADR_LOCAL_SVC', 'HADR_PEER_WINDOW', 'HADR_REMOTE_HOST', 'HADR_REMOTE_INST'],
      ...['HADR_REMOTE_SVC', 'HADR_SYNCMODE', 'HADR_TIMEOUT'],
    ].flatMap(name => [name, name]),
  );
});

test('db2gcf gets -i, not -1', () => {
  expect(textOf('db2_gcf_start')).toMatch(/ -i xcatdb/);
});

test('the password of the takeover is not on a command line', () => {
  expect(textOf('db2_takeover')).not.toMatch(/USING|cluster/);
  expect(textOf('db2_takeover_password', { password: 'cluster' })).not.toMatch(/cluster/);
});

test('STOP HADR is no way to shut down: stopping the instance does not use it', () => {
  expect(textOf('db2_stop') + textOf('db2_stop_force') + textOf('db2_deactivate')).not.toMatch(/HADR/);
});

test('a takeover by force asks first whether the old primary answers, and the safer form stands beside it', () => {
  expect(textOf('db2_takeover_force')).toMatch(
    /^su - xcatdb -c 'if ping -c 1 -w 2 9\.114\.47\.103; then .*exit 1; fi; db2 TAKEOVER/,
  );
  const menu = shipped.panels.get('db2_hadr');
  const items = menu?.kind === 'menu' ? menu.items.map(item => item.panel) : [];
  expect(items.indexOf('db2_takeover_peer_window')).toBe(items.indexOf('db2_takeover_force') - 1);
});

test('the line for a host goes into pg_hba.conf and listen_addresses into the configuration, where the server has them', () => {
  const hba = dialogOf(shipped, 'pg_hba_add');
  expect(besideOf(shipped, hba.id, hba.discover!.run, { port: '5432' }).text).toBe(
    postgres("psql -X -p 5432 -At -c 'show hba_file' postgres"),
  );
  const listen = dialogOf(shipped, 'pg_listen');
  expect(besideOf(shipped, listen.id, listen.discover!.run, { port: '5432' }).text).toMatch(/config_file/);
  for (const panel of [hba, listen])
    expect(panel.edits!.every(edit => edit.args.file?.source === '{{file}}')).toBe(true);
});

test('pg_restore is told to skip what is not there, and nothing stops the server before it', () => {
  for (const text of [textOf('pg_restore'), textOf('pg_chain_restore')]) {
    expect(text).toMatch(/pg_restore .*--clean --if-exists/);
    expect(text).not.toMatch(/pg_ctl|service/);
  }
});

test('service runs as root, not after su - postgres', () => {
  expect(textOf('pg_service', { action: 'stop' })).toBe('service postgresql stop');
});

test('a dump is not for everybody to read, and not below /tmp', () => {
  for (const id of ['pg_dump', 'pg_chain_dump']) expect(textOf(id)).toMatch(/umask 077; /);
  for (const panel of dialogs) {
    for (const field of panel.fields) expect(String(field.default ?? '')).not.toMatch(/^\/tmp/);
  }
});

test('the copy is made by scp, as postgres, who must read it on the other side', () => {
  const [edit] = dialogOf(shipped, 'pg_chain_copy').edits!;
  expect([edit!.args.user?.source, edit!.args.entry?.source]).toEqual(['postgres', expect.stringMatching(/ && scp /)]);
});

test('crontab entries have five fields of time before the command', () => {
  for (const id of ['pg_chain_dump', 'pg_chain_copy', 'pg_chain_restore']) {
    const entry = dialogOf(shipped, id).edits![0]!.args.entry!.source;
    expect(entry).toMatch(/^\{\{minute\}\} \{\{hour\}\} \* \* \* \S/);
  }
});

test('the service of MySQL is one name for start and stop, never taken for granted', () => {
  const field = dialogOf(shipped, 'mysql_service').fields.find(({ name }) => name === 'service')!;
  expect([field.default, field.required, field.source]).toEqual([undefined, true, 'mysql.services']);
});
