/** The programs that `npm run bench` compares, and how they are driven. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keys } from '../test/helpers/terminal.ts';
import { median, openSession, type Program, p95, type Session } from './bench-session.ts';

const root = resolve(import.meta.dirname, '..');
const benchMenus = join(root, 'test/fixtures/bench/menus');

/** Directory for files that a measurement needs; removed at the end. */
export const scratch = mkdtempSync(join(tmpdir(), 'hasmit-bench-files-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const helloFile = join(scratch, 'hello.cjs');
writeFileSync(helloFile, "console.log('hello')\n");

/** Bare Node, the measure of all start times. */
export const hello: Program = { command: process.execPath, args: [helloFile] };

export const hasmit = (...args: string[]): Program => ({ command: join(root, 'bin/hasmit'), args });
export const withBench = (...args: string[]): Program => ({ ...hasmit(...args), menus: benchMenus });

/** dialog's menu, as high as the screen lets it be. */
function dialogMenu(count: number, text: (n: number) => string): Program {
  const entries = Array.from({ length: count }, (_, n) => [String(n + 1), text(n + 1)]).flat();
  return { command: 'dialog', args: ['--menu', 'System Management', '24', '80', '16', ...entries] };
}

export const dialogShort = dialogMenu(12, n => `Menu entry number ${n}`);
export const dialogLong = dialogMenu(10_000, n => `entry ${n} of a list`);
export const dialogForm: Program = {
  command: 'dialog',
  args: [
    ...['--form', 'A form to type in', '24', '76', '4'],
    ...['IP Address', 'Prefix Length', 'Network Interface', 'Comment'].flatMap((label, y) => [
      label,
      String(y + 1),
      '1',
      '',
      String(y + 1),
      '30',
      '36',
      '200',
    ]),
  ],
};

/** Texts that are drawn last: when they have come, the frame is there. dialog draws the C of Cancel in a colour of its own. */
export const legend = 'Enter=Do';
export const dialogButtons = 'ancel';

/** Runs something in a session and closes it whatever happens. */
export async function during<T>(program: Program, work: (session: Session) => Promise<T>): Promise<T> {
  const session = openSession(program);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

export const firstFrame = (program: Program, drawn: string) => () =>
  during(program, session => session.until(drawn, 20_000));

/** From the start until the first key, pressed as soon as the frame is there, has been answered and the screen rests. */
export const firstKey = (program: Program) => () =>
  during(program, async session => {
    const shown = await session.until(legend, 20_000);
    session.send(keys.down);
    const reaction = await session.settle(120);
    if (!reaction) throw new Error('the first key was not answered');
    return shown + reaction.last;
  });

/** Opens a program, waits until it rests, sends `warm` keys, then measures the reaction to each of `measured`. */
export async function reactions(program: Program, drawn: string, warm: string[], measured: string[], quiet = 25) {
  return during(program, async session => {
    await session.until(drawn, 30_000);
    await session.settle(300);
    for (const key of warm) {
      session.send(key);
      // A list is read before it can be filtered.
      await session.settle(key === keys.f4 ? 300 : quiet, 2000);
    }
    const bytes: number[] = [];
    const latency: number[] = [];
    for (const key of measured) {
      session.send(key);
      const reaction = await session.settle(quiet, 300);
      if (!reaction) continue;
      bytes.push(reaction.bytes);
      latency.push(reaction.last);
    }
    if (bytes.length < measured.length * 0.9)
      throw new Error(`${program.args[0]}: only ${bytes.length} of ${measured.length} keys were answered`);
    return { bytes: median(bytes), worst: p95(bytes), latency: median(latency), slow: p95(latency) };
  });
}

/** dialog puts the terminal in application mode, where the arrows send other sequences. */
export const arrows = { ours: { down: keys.down, up: keys.up }, dialog: { down: '\x1bOB', up: '\x1bOA' } };

export const repeat = (key: string, count: number) => Array.from({ length: count }, () => key);
/** Up and down inside a menu of twelve, never past an end. */
export const moves = (count: number, of: keyof typeof arrows = 'ours') =>
  Array.from({ length: count }, (_, n) => (Math.floor(n / 9) % 2 === 0 ? arrows[of].down : arrows[of].up));
