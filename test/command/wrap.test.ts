import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote } from '../../src/command/quote.ts';
import { asUser, onHost, pathLine } from '../../src/command/wrap.ts';
import { argumentLists, fixtures, runIn, shells } from '../helpers/shells.ts';
import { value } from '../helpers/values.ts';

const all = shells();

test.each([
  [onHost('uptime', 'mn2'), 'ssh -o BatchMode=yes mn2 uptime'],
  [onHost('ls -l', 'root@mn2'), "ssh -o BatchMode=yes root@mn2 'ls -l'"],
  [onHost('kadmin', 'mn2', { interactive: true }), 'ssh -t mn2 kadmin'],
  [onHost('ls', '-oProxyCommand=x'), 'ssh -o BatchMode=yes -- -oProxyCommand=x ls'],
  [onHost('ls', 'a b'), "ssh -o BatchMode=yes 'a b' ls"],
  [onHost('-x', 'mn2'), "ssh -o BatchMode=yes mn2 ' -x'"],
  [onHost("echo 'a b'", 'mn2'), "ssh -o BatchMode=yes mn2 'echo '\\''a b'\\'''"],
  [
    onHost('lsdef', 'mn2', { path: ['/opt/xcat/bin'] }),
    "ssh -o BatchMode=yes mn2 'PATH=/opt/xcat/bin:$PATH; export PATH; lsdef'",
  ],
  [asUser('psql -l', 'postgres'), "su - postgres -c 'psql -l'"],
  [asUser('id', '-x'), 'su - -c id -- -x'],
  [asUser('db2', 'db2inst1', { path: ['/a b'] }), "su - db2inst1 -c 'PATH='\\''/a b'\\'':$PATH; export PATH; db2'"],
  [onHost(asUser('id', 'joe'), 'mn2'), "ssh -o BatchMode=yes mn2 'su - joe -c id'"],
  [pathLine([]), ''],
])('%s', (text, wanted) => {
  expect(text).toBe(wanted);
});

test.each(all)('$name, ssh and the shell of the other host give exactly the arguments', { timeout: 60_000 }, shell => {
  let count = 0;
  const property = fc.property(fc.array(value, { minLength: 40, maxLength: 40 }), values => {
    const text = onHost(`argv ${values.map(quote).join(' ')}`, 'mn2');
    const { out, err } = runIn(shell, text, { byInput: true, env: { TEST_SHELL: shell.command.join(' ') } });
    expect(err).toBe('');
    expect(argumentLists(out)).toEqual([values]);
    count += values.length;
  });
  fc.assert(property, { numRuns: 25 });
  expect(count).toBe(1000);
});

test.each(all)("$name, ssh, su and the user's shell give exactly the arguments", { timeout: 60_000 }, shell => {
  if (process.getuid?.() !== 0) {
    console.warn('Not root: su would ask for a password. The text is checked with sh -c in the place of su.');
  }
  const asRoot = process.getuid?.() === 0;
  const property = fc.property(fc.array(value, { minLength: 40, maxLength: 40 }), values => {
    const argv = `argv ${values.map(quote).join(' ')}`;
    const inner = asRoot ? asUser(argv, 'root', { path: [fixtures] }) : `sh -c ${quote(argv)}`;
    const { out, err } = runIn(shell, onHost(inner, 'mn2'), {
      byInput: true,
      env: { TEST_SHELL: shell.command.join(' ') },
    });
    expect(err).toBe('');
    expect(argumentLists(out)).toEqual([values]);
  });
  fc.assert(property, { numRuns: 10 });
});

test('a host that looks like an option is still a host, and PATH is put first there', () => {
  const log = spawnSync('mktemp', { encoding: 'utf8' }).stdout.trim();
  const env = { TEST_HOST: log, TEST_REMOTE_PATH: '/usr/bin:/bin' };
  for (const shell of all) {
    const { out } = runIn(
      shell,
      onHost('argv "$PATH"', '-oX', { path: [fixtures, '/with blank'], interactive: true }),
      { env },
    );
    expect(argumentLists(out)).toEqual([[`${fixtures}:/with blank:/usr/bin:/bin`]]);
  }
  const seen = spawnSync('cat', [log], { encoding: 'utf8' }).stdout;
  spawnSync('rm', [log]);
  expect(seen).toBe('-oX terminal=yes\n'.repeat(all.length));
});
