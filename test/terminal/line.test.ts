import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ByteSink, createLine, slowSpeed } from '../../src/terminal/line.ts';
import { createPainter } from '../../src/terminal/paint.ts';
import { makeScreen } from '../helpers/screen.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A kernel with a buffer of so many bytes that goes out at so many a second. */
function kernel(
  room: number,
  bytesPerSecond: number,
): ByteSink & { sent: string; backlog(): number; failing?: string } {
  let outAt = 0;
  const backlog = (): number => Math.max(0, ((outAt - performance.now()) * bytesPerSecond) / 1000);
  return {
    sent: '',
    backlog,
    write(bytes) {
      if (this.failing) throw Object.assign(new Error('write'), { code: this.failing });
      const taken = Math.min(bytes.length, Math.floor(room - backlog()));
      outAt = Math.max(outAt, performance.now()) + (taken * 1000) / bytesPerSecond;
      this.sent += Buffer.from(bytes.subarray(0, taken)).toString();
      return taken;
    },
    close() {},
  };
}

test('What the kernel takes is sent at once, and the line stays ready', () => {
  const sink = kernel(4096, 1e6);
  const line = createLine({ sink });
  expect(line.write('one')).toBe(true);
  expect(line.write('two')).toBe(true);
  expect(sink.sent).toBe('onetwo');
});

test('What the kernel does not take goes out later, in order, and then the line is ready once', () => {
  const sink = kernel(100, 1000);
  let ready = 0;
  const line = createLine({ sink, onReady: () => ready++ });
  const text = Array.from({ length: 60 }, (_, at) => `row ${at};`).join('');
  expect(line.write(text)).toBe(false);
  expect(line.write('é end')).toBe(false);
  expect(sink.sent.length).toBe(100);
  vi.advanceTimersByTime(200);
  expect(ready).toBe(0);
  vi.advanceTimersByTime(2000);
  expect([sink.sent, ready]).toEqual([`${text}é end`, 1]);
  expect(line.write('more')).toBe(true);
});

test('On a line of known speed the bytes out are counted and the line is busy for as long as they need', () => {
  const sink = kernel(4096, 960);
  let readyAt = 0;
  const line = createLine({
    sink,
    baud: 9600,
    onReady: () => {
      readyAt = performance.now();
    },
  });
  const begun = performance.now();
  expect(line.write('x'.repeat(96))).toBe(false);
  expect(sink.sent.length).toBe(96);
  vi.advanceTimersByTime(1000);
  expect(readyAt - begun).toBeGreaterThanOrEqual(95);
  expect(readyAt - begun).toBeLessThanOrEqual(101);
});

test('At 9600 baud eleven keys at 30 a second lag by one frame, not by eleven', () => {
  const lag = (baud: number | undefined): { lag: number; text: string } => {
    const sink = kernel(4096, 960);
    const screen = makeScreen(80, 24);
    const line = createLine({ sink, baud, onReady: () => painter.ready() });
    const painter = createPainter({ write: text => line.write(text), columns: 80, rows: 24 });
    const paint = (selected: number): void =>
      painter.paint({
        columns: 80,
        rows: Array.from({ length: 12 }, (_, y) => [
          { text: '  ' },
          { text: `Entry number ${y} of the menu, quite long`, inverse: y === selected },
        ]),
        cursor: { x: 2, y: selected },
      });
    paint(0);
    vi.advanceTimersByTime(5000);
    for (let key = 1; key <= 11; key++) {
      if (key > 1) vi.advanceTimersByTime(1000 / 30);
      paint(key);
    }
    const last = performance.now();
    let quiet = last;
    for (let ms = 0; ms < 3000; ms++) {
      vi.advanceTimersByTime(1);
      if (sink.backlog() > 0) quiet = performance.now();
    }
    screen.write(sink.sent);
    return { lag: (quiet - last) / 1000, text: screen.inverse(2, 11) ? 'last frame' : 'older frame' };
  };
  const counted = lag(9600);
  const uncounted = lag(undefined);
  console.log(
    `lag after the last of 11 keys: speed known ${counted.lag.toFixed(3)} s, unknown ${uncounted.lag.toFixed(3)} s`,
  );
  expect(counted.text).toBe('last frame');
  expect(uncounted.text).toBe('last frame');
  expect(counted.lag).toBeLessThan(0.2);
  expect(uncounted.lag).toBeGreaterThan(counted.lag * 2);
});

test('A line that is gone is told once, and writing to it does nothing', () => {
  const sink = kernel(100, 1000);
  const told: string[] = [];
  const line = createLine({ sink, onLost: reason => told.push(reason) });
  sink.failing = 'EIO';
  line.write('a');
  line.write('b');
  line.writeNow('c');
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['EIO']);
  expect(sink.sent).toBe('');
});

test('What must be out before the end waits for a slow kernel, but not for one that stands still', () => {
  vi.useRealTimers();
  const slow = kernel(20, 500);
  createLine({ sink: slow }).writeNow('x'.repeat(100));
  expect(slow.sent.length).toBe(100);
  const still: ByteSink = { write: () => 0, close() {} };
  const begun = performance.now();
  createLine({ sink: still }).writeNow('x');
  expect(performance.now() - begun).toBeLessThan(1500);
});

test('Of the speeds stty names only the slow ones are counted', () => {
  expect(
    [
      '9600\n',
      '1200',
      '19200 baud',
      '38400\n',
      '115200',
      '0',
      'stty: standard input: Inappropriate ioctl for device',
      '',
    ].map(slowSpeed),
  ).toEqual([9600, 1200, 19200, undefined, undefined, undefined, undefined, undefined]);
});
