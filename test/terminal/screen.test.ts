import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PtyProgram, startOnPty } from '../helpers/pty.ts';
import { makeScreen, type TestScreen } from '../helpers/screen.ts';

const fixture = join(import.meta.dirname, '../fixtures/terminal/full-screen.ts');
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** The program under a shell that says how the terminal is afterwards, on a screen that shows what came before. */
function underShell(env: NodeJS.ProcessEnv = {}): PtyProgram {
  const script = `printf 'before it\\n'; ${process.execPath} ${fixture} 2>/dev/null; echo "status $?"; stty -a; echo done`;
  return startOnPty('sh', ['-c', script], { env });
}

function show(program: PtyProgram): TestScreen {
  const screen = makeScreen(80, 24);
  screen.write(program.output());
  return screen;
}

function expectRestored(program: PtyProgram, status: string): void {
  const screen = show(program);
  expect(screen.alternate()).toBe(false);
  expect(screen.autowrap()).toBe(true);
  expect(screen.bracketedPaste()).toBe(false);
  const text = screen.text().join('\n');
  expect(text).toContain(status);
  for (const mode of ['isig', 'icanon', 'echo', 'icrnl', 'opost', 'onlcr'])
    expect(text, mode).toMatch(new RegExp(`(^|\\s)${mode}\\b`));
}

test('The program paints, moves and leaves; the screen before it comes back and the terminal is as it was', async () => {
  const program = underShell();
  await program.until('Entry 22');
  program.type('\u001b[B\u001bOB');
  await program.quiet();
  const during = show(program);
  expect([during.alternate(), during.bracketedPaste(), during.autowrap()]).toEqual([true, true, false]);
  expect([during.inverse(2, 2), during.inverse(2, 0), during.cursor()]).toEqual([true, false, { x: 2, y: 2 }]);
  program.type('\u001b[21~');
  await program.until('done');
  expectRestored(program, 'status 0');
  expect(show(program).text()[0]).toBe('before it');
}, 20_000);

test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'])(
  'Ended by %s the terminal is restored and the program dies by that signal',
  async signal => {
    const numbers: Record<string, number> = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130, SIGQUIT: 131 };
    const program = underShell();
    await program.until('Entry 22');
    const [child] = readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8').trim().split(' ');
    process.kill(Number(child), signal);
    await program.until('done');
    expectRestored(program, `status ${numbers[signal]}`);
  },
  20_000,
);

test('After an exception nobody caught the terminal is restored', async () => {
  const program = underShell();
  await program.until('Entry 22');
  program.type('x');
  await program.until('done');
  expectRestored(program, 'status 1');
}, 20_000);

test.each(['linux', 'vt100'])(
  'A terminal without an alternate screen (%s) is left empty, its cursor at the top',
  async term => {
    const program = underShell({ TERM: term });
    await program.until('Entry 22');
    expect(program.output()).not.toContain('1049');
    program.type('\u001b0');
    await program.until('done');
    expectRestored(program, 'status 0');
    expect(show(program).text()[0]).toBe('status 0');
  },
  20_000,
);

test('A child gets a normal terminal and the old screen; afterwards the newest frame is there again', async () => {
  const program = underShell();
  await program.until('Entry 22');
  program.type('\u001b[B');
  await program.quiet();
  program.clear();
  program.type('\u001b[20~');
  await program.until('from the child');
  await program.until('Entry 22');
  await program.quiet();
  const output = program.output();
  const away = output.slice(output.indexOf('\u001b[?1049l'), output.indexOf('\u001b[?1049h'));
  expect(away).toContain('before the child');
  expect(away).toMatch(/(^|\W)icanon/);
  expect(away).toMatch(/[^-]echo\b/);
  const screen = makeScreen(80, 24);
  screen.write(output);
  expect(screen.text()[22]).toBe('  Entry 22');
  expect(screen.inverse(2, 1)).toBe(true);
  program.type('\u001b[21~');
  await program.until('done');
}, 20_000);

test('A resized screen is painted whole in its new size, a spoiled one by F2', async () => {
  const program = underShell();
  await program.until('Entry 22');
  program.clear();
  program.resize(100, 30);
  await program.until('Entry 28');
  await program.quiet();
  const screen = makeScreen(100, 30);
  screen.write(`\u001b[?1049h${'rubbish '.repeat(300)}${program.output()}`);
  expect(screen.text()).toEqual([...Array.from({ length: 29 }, (_, y) => `  Entry ${y}`), '']);
  program.clear();
  program.type('\u001b2');
  await program.until('Entry 28');
  await program.quiet();
  screen.write('\u001b[5;5Hwall: the system goes down\u001b[1;4m');
  screen.write(program.output());
  expect(screen.text()).toEqual([...Array.from({ length: 29 }, (_, y) => `  Entry ${y}`), '']);
  program.type('\u001b[21~');
  await program.until('done');
}, 20_000);

test('A line that stands still blocks nothing: frames are dropped, timers run, and the newest frame is painted', async () => {
  const program = startOnPty(fixture, [], { columns: 300, rows: 60 });
  try {
    await program.until('Entry 58');
    const before = program.output().length;
    program.pause();
    program.type('t');
    await pause(2500);
    program.resume();
    await program.until('ticks');
    await program.quiet();
    const [, ms = '0', ticks = '0'] = /painted in (\d+) ms, ticks (\d+)/.exec(program.output()) ?? [];
    const screen = makeScreen(300, 60);
    screen.write(program.output());
    const bytes = program.output().length - before;
    console.log(`line stood still: 300 frames in ${ms} ms, ${ticks} ticks of 10 ms, ${bytes} bytes sent`);
    // Blocked writes would have kept the timer from coming.
    expect(Number(ticks)).toBeGreaterThan(Number(ms) / 10 / 3);
    expect(Number(ms)).toBeLessThan(2500);
    expect(bytes).toBeLessThan(300 * 3000);
    expect(screen.text()[59]).toMatch(/^painted in/);
    expect(screen.text()[5]).toBe('  Entry 5');
  } finally {
    program.kill('SIGKILL');
  }
}, 20_000);

test('A paste into the real terminal is one key', async () => {
  const program = underShell();
  await program.until('Entry 22');
  program.type('\u001b[200~two\rlines\u001b[201~');
  await program.until('paste "two\\rlines"');
  program.type('\u001b[21~');
  await program.until('done');
}, 20_000);
