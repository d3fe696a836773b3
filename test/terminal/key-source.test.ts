import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { KeySource, type TerminalInput } from '../../src/terminal/key-source.ts';
import type { Key } from '../../src/terminal/types.ts';
import { startOnPty } from '../helpers/pty.ts';

const fixture = join(import.meta.dirname, '../fixtures/terminal/hand-over.ts');
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
const names = (reads: Key[][]): string[][] =>
  reads.map(keys => keys.map(key => (key.type === 'key' ? key.name : key.text)));

/** A terminal that is a plain stream; tells what raw mode it was put into. */
function fakeInput(): PassThrough & TerminalInput & { raw: boolean[] } {
  const raw: boolean[] = [];
  return Object.assign(new PassThrough(), { raw, setRawMode: (on: boolean) => raw.push(on) });
}

test('Keys typed before anybody listens are kept, and each read is one array', async () => {
  const input = fakeInput();
  const source = new KeySource({ input });
  source.acquire();
  input.write('\u001b[B\u001b[B');
  await pause(5);
  const reads: Key[][] = [];
  source.listen({ keys: keys => reads.push(keys) });
  expect(names(reads)).toEqual([['down', 'down']]);
  input.write('x\r');
  await pause(5);
  expect(names(reads)).toEqual([
    ['down', 'down'],
    ['x', 'enter'],
  ]);
  source.release();
  expect(input.raw).toEqual([true, false]);
});

test('A lone Esc is told as pending at once and as escape after its time', async () => {
  const input = fakeInput();
  const source = new KeySource({ input, escMs: 40 });
  const told: unknown[] = [];
  source.listen({ keys: keys => told.push(...names([keys])), pending: waiting => told.push(waiting) });
  source.acquire();
  input.write('\u001b');
  await pause(10);
  expect([told, source.escPending]).toEqual([[true], true]);
  await pause(80);
  expect([told, source.escPending]).toEqual([[true, false, ['escape']], false]);
  input.write('\u001b');
  await pause(10);
  input.write('3');
  await pause(10);
  expect(told.slice(3)).toEqual([true, false, ['f3']]);
});

test('A program that was busy when the rest of a sequence came does not take its Esc for a lone one', async () => {
  const input = fakeInput();
  const source = new KeySource({ input, escMs: 20 });
  const reads: Key[][] = [];
  source.listen({ keys: keys => reads.push(keys) });
  source.acquire();
  input.write('\u001b');
  await pause(5);
  // The rest is there as soon as the loop looks at its streams again, the timer is long over by then.
  setImmediate(() => {
    const until = performance.now() + 60;
    while (performance.now() < until);
    input.write('[A');
  });
  await pause(120);
  expect(names(reads)).toEqual([['up']]);
});

test('Nothing is read or told after the terminal was given away, until it is taken back', async () => {
  const input = fakeInput();
  const source = new KeySource({ input });
  const reads: Key[][] = [];
  source.listen({ keys: keys => reads.push(keys) });
  source.acquire();
  input.write('a\u001b');
  await pause(5);
  source.release();
  input.write('for the child');
  await pause(600);
  expect(names(reads)).toEqual([['a']]);
  expect(input.listenerCount('data')).toBe(0);
  input.read();
  source.acquire();
  input.write('4');
  await pause(5);
  expect(names(reads).at(-1)).toEqual(['4']);
});

test('The end of input and an error of the line are told once', async () => {
  for (const [end, reason] of [
    [(input: PassThrough) => input.end(), 'end of input'],
    [(input: PassThrough) => input.destroy(Object.assign(new Error('read EIO'), { code: 'EIO' })), 'EIO'],
  ] as const) {
    const input = fakeInput();
    const source = new KeySource({ input });
    const told: string[] = [];
    source.listen({ keys: () => undefined, lost: why => told.push(why) });
    source.acquire();
    end(input);
    await pause(20);
    expect(told).toEqual([reason]);
  }
});

test('Ink gets nothing, and with an action box open its navigation keys one by one', async () => {
  const input = fakeInput();
  const source = new KeySource({ input });
  const got: string[] = [];
  source.on('readable', () => {
    for (let chunk = source.read(); chunk !== null; chunk = source.read()) got.push(chunk);
  });
  source.setEncoding('utf8');
  const reads: Key[][] = [];
  source.listen({ keys: keys => reads.push(keys) });
  source.acquire();
  input.write('\u001b[A\rj3');
  await pause(20);
  expect(got).toEqual([]);
  source.forwardToInk(true);
  input.write('\u001bOA\u001b[B\u001b[Bjk\u001bOP9x\r\r');
  await pause(40);
  expect(got).toEqual(['\u001b[A', '\u001b[B', '\u001b[B', 'j', 'k', '9', '\r', '\r']);
  source.forwardToInk(false);
  input.write('\r');
  await pause(20);
  expect(got.length).toBe(8);
  expect(reads.length).toBe(3);
});

test('On a real terminal keys typed while the program loads are kept, and a slow Esc and digit is a function key', async () => {
  const program = startOnPty(fixture);
  try {
    await program.until('acquired');
    program.type('\u001b[B\u001b[Bx\r');
    await program.until('keys ["down","down","text:x","enter"]');
    program.clear();
    program.type('\u001b');
    await program.until('Esc-');
    await pause(200);
    program.type('1');
    await program.until('keys ["f1"]');
    expect(program.output()).toContain('no Esc');
  } finally {
    program.kill('SIGKILL');
  }
});

test('A child gets every byte of its input, twenty times, and nothing of it comes back as keys', async () => {
  const program = startOnPty(fixture);
  try {
    await program.until('ready');
    for (let round = 1; round <= 20; round++) {
      program.clear();
      program.type('\u001b[20~');
      await program.until('asking');
      // At once and slowly, in whole lines and in pieces.
      program.type(`one${round}\r`);
      if (round % 2) await pause(15);
      program.type('two\rthr');
      if (round % 3) await pause(15);
      program.type('ee\r');
      await pause(5);
      program.type('four\r');
      await program.until(/back\r\n/);
      expect(program.output()).toContain(`child: [one${round}] [two] [three] [four]`);
      expect(program.output().match(/keys .*/g)).toEqual(['keys ["f9"]']);
    }
  } finally {
    program.kill('SIGKILL');
  }
}, 60_000);

test('What was typed ahead and not read by the child is not taken for keys', async () => {
  const program = startOnPty(fixture);
  try {
    await program.until('ready');
    program.type('\u001b[20~');
    await program.until('asking');
    program.clear();
    program.type('1\r2\r3\r4\rleft over\rhalf a line');
    await program.until(/back\r\n/);
    await pause(100);
    expect(program.output()).not.toContain('keys');
    program.type('x');
    await program.until('keys ["text:x"]');
  } finally {
    program.kill('SIGKILL');
  }
});

test('The program ends when the terminal was given away for good', async () => {
  const program = startOnPty(fixture);
  await program.until('ready');
  program.type('\u001b[21~');
  await program.until('released');
  expect((await program.ended).exitCode).toBe(0);
});
