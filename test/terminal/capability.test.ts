import { expect, test } from 'vitest';
import { detectCapability } from '../../src/terminal/capability.ts';

const at = (env: NodeJS.ProcessEnv, more: Partial<Parameters<typeof detectCapability>[0]> = {}) =>
  detectCapability({ env, stdinIsTty: true, stdoutIsTty: true, size: { columns: 80, rows: 24 }, ...more });

test.each([
  ['xterm-256color', 'xterm', true],
  ['putty', 'xterm', true],
  ['st-256color', 'xterm', true],
  ['screen.xterm-256color', 'screen', true],
  ['tmux-256color', 'screen', true],
  ['rxvt-unicode-256color', 'rxvt', true],
  ['linux', 'linux', false],
  ['vt100', 'vt100', false],
  ['vt102', 'vt100', false],
  ['vt220', 'vt220', false],
  ['vt320', 'vt220', false],
  ['aixterm', 'aixterm', false],
  ['something-nobody-knows', 'vt100', false],
])('TERM=%s is of the kind %s (alternate screen %s)', (term, name, alternateScreen) => {
  expect(at({ TERM: term }).kind).toMatchObject({ name, alternateScreen });
  expect(at({ TERM: term }).plain).toBeUndefined();
});

test('A VT100 is asked for nothing it has not, an aixterm for no scroll region', () => {
  expect(at({ TERM: 'vt100' }).kind).toEqual({
    name: 'vt100',
    alternateScreen: false,
    scrollRegion: true,
    insertCharacter: false,
    columnAddress: false,
    attributeOff: false,
  });
  expect(at({ TERM: 'aixterm' }).kind).toMatchObject({ scrollRegion: false, attributeOff: false });
});

test('The line mode has a reason that can be read', () => {
  const fine = { TERM: 'xterm' };
  expect(at({}).plain).toBe('TERM is not set');
  expect(at({ TERM: 'dumb' }).plain).toContain('TERM=dumb');
  expect(at({ TERM: 'unknown' }).plain).toContain('TERM=unknown');
  expect(at(fine, { stdinIsTty: false }).plain).toBe('standard input is not a terminal');
  expect(at(fine, { stdoutIsTty: false }).plain).toBe('standard output is not a terminal');
  expect(at(fine, { size: { columns: 59, rows: 24 } }).plain).toBe('the terminal has 59x24, the screens need 60x20');
  expect(at(fine, { size: { columns: 80, rows: 19 } }).plain).toContain('80x19');
  expect(at(fine, { size: { columns: 60, rows: 20 } }).plain).toBeUndefined();
  expect(at({ ...fine, HASMIT_PLAIN: '1' }).plain).toBe('HASMIT_PLAIN is set');
  expect(at({ ...fine, HASMIT_PLAIN: '0' }).plain).toBeUndefined();
});

test('The first locale variable that is set decides about UTF-8', () => {
  const utf8 = (env: NodeJS.ProcessEnv) => at({ TERM: 'xterm', ...env }).utf8;
  expect(utf8({ LANG: 'en_US.UTF-8' })).toBe(true);
  expect(utf8({ LANG: 'C.utf8' })).toBe(true);
  expect(utf8({ LANG: 'en_US.UTF-8', LC_CTYPE: 'C' })).toBe(false);
  expect(utf8({ LANG: 'en_US.UTF-8', LC_CTYPE: 'C', LC_ALL: 'de_DE.UTF-8' })).toBe(true);
  expect(utf8({ LANG: 'en_US.UTF-8', LC_ALL: '' })).toBe(true);
  expect(utf8({})).toBe(false);
  expect(utf8({ LANG: 'EN_US' })).toBe(false);
  expect(utf8({ LANG: 'en_US.UTF-8', HASMIT_ASCII: '1' })).toBe(false);
});

test('Only a locale that names another character set makes what is typed Latin-1', () => {
  const latin1 = (env: NodeJS.ProcessEnv) => at({ TERM: 'xterm', ...env }).latin1;
  expect(latin1({ LANG: 'de_DE' })).toBe(true);
  expect(latin1({ LANG: 'de_DE.ISO-8859-1' })).toBe(true);
  expect(latin1({ LANG: 'de_DE.UTF-8' })).toBe(false);
  expect(latin1({ LANG: 'de_DE.UTF-8', HASMIT_ASCII: '1' })).toBe(false);
  expect([latin1({}), latin1({ LANG: 'C' }), latin1({ LC_ALL: 'POSIX' })]).toEqual([false, false, false]);
});

test('NO_COLOR, the SCO keys and the speed are taken from the environment', () => {
  expect(at({ TERM: 'xterm', NO_COLOR: '1' }).mono).toBe(true);
  expect(at({ TERM: 'xterm', NO_COLOR: '' }).mono).toBe(false);
  expect(at({ TERM: 'scoansi' })).toMatchObject({ sco: true, kind: { alternateScreen: false } });
  expect(at({ TERM: 'xterm', HASMIT_BAUD: '9600' }).baud).toBe(9600);
  expect(at({ TERM: 'xterm', HASMIT_BAUD: 'fast' }).baud).toBeUndefined();
});
