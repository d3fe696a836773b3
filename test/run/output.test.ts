import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine } from '../../src/run/clean.ts';
import { createOutput, GOES_ON, type GrowingOutput } from '../../src/run/output.ts';
import { smallDisk } from '../helpers/tmpfs.ts';

const texts = (output: GrowingOutput, from = 0, to = output.lineCount) =>
  output.lines(from, to).map(line => `${line.stream}: ${line.text}`);

function filled(count: number, memory = 512 * 1024): GrowingOutput {
  const output = createOutput({ memory });
  let chunk = '';
  for (let line = 0; line < count; line++) {
    chunk += `line ${line} of the output\n`;
    if (chunk.length > 60_000 || line === count - 1) {
      output.append('out', Buffer.from(chunk));
      chunk = '';
    }
  }
  return output;
}

test('lines of both streams stand in the order in which they were finished', () => {
  const output = createOutput();
  output.append('out', Buffer.from('one\ntwo'));
  output.append('err', Buffer.from('warning\n'));
  output.append('out', Buffer.from(' and a half\nthree'));
  expect(texts(output)).toEqual(['out: one', 'err: warning', 'out: two and a half', 'out: three']);
  expect([output.outLines, output.errLines, output.lineCount]).toEqual([3, 1, 4]);
  expect([output.outBytes, output.errBytes]).toEqual([24, 8]);
});

test('unfinished lines of both streams stay apart', () => {
  const output = createOutput();
  for (const [stream, text] of [
    ['out', 'a'],
    ['err', 'x'],
    ['out', 'b'],
    ['err', 'y'],
  ] as const) {
    output.append(stream, Buffer.from(text));
  }
  expect(texts(output)).toEqual(['out: ab', 'err: xy']);
  output.append('err', Buffer.from('\n'));
  expect(texts(output)).toEqual(['err: xy', 'out: ab']);
  output.finish();
  expect(texts(output)).toEqual(['err: xy', 'out: ab']);
});

test('a reset sequence after the last line end makes no line', () => {
  const output = createOutput();
  output.append('out', Buffer.from('done\n\x1b[0m'));
  output.finish();
  expect(texts(output)).toEqual(['out: done']);
});

test('characters, sequences and progress lines split over chunks are whole again', () => {
  const bytes = Buffer.from('caf\u00e9 \u6f22 \x1b[31mred\x1b[0m\n 1%\r 2%\r 3%\n\x1b]0;title\x07plain\n');
  for (let size = 1; size <= 5; size++) {
    const output = createOutput();
    for (let at = 0; at < bytes.length; at += size) output.append('out', bytes.subarray(at, at + size));
    expect(texts(output)).toEqual(['out: caf\u00e9 \u6f22 red', 'out:  3%', 'out: plain']);
  }
});

test('invalid UTF-8 and NULs are readable and harmless', () => {
  const output = createOutput();
  output.append('out', Buffer.from([0x61, 0xff, 0xfe, 0x62, 0, 0xc3, 10]));
  expect(texts(output)).toEqual(['out: a\ufffd\ufffdb^@\ufffd']);
});

test('a line of a megabyte is cut into marked pieces and nothing of it is lost', () => {
  const output = createOutput();
  const line = Buffer.alloc(1_000_000, 'abcdefghi\u00e9');
  output.append('out', line);
  output.append('out', Buffer.from('\nnext\n'));
  const shown = output.lines(0, output.lineCount).map(piece => piece.text);
  expect(shown.length).toBe(17);
  expect(shown.slice(0, 15).every(piece => piece.endsWith(GOES_ON) && piece.length < 66_000)).toBe(true);
  expect(shown.slice(0, -1).join('').replaceAll(GOES_ON, '')).toBe(line.toString());
  expect(shown.at(-1)).toBe('next');
});

test('a progress line that never ends shows its last version and takes no room', () => {
  const output = createOutput();
  for (let step = 0; step < 100_000; step++) output.append('err', Buffer.from(`copied ${step} files\r`));
  expect(texts(output)).toEqual(['err: copied 99999 files']);
  for (let step = 0; step < 100_000; step++) output.append('err', Buffer.from(`\rcopied ${step} dirs`));
  output.append('err', Buffer.from('\n'));
  expect(texts(output)).toEqual(['err: copied 99999 dirs']);
});

test('a picture of a megabyte inside a control string leaves no trace', () => {
  const output = createOutput();
  output.append('out', Buffer.from('before \x1bPq'));
  for (let part = 0; part < 20; part++) output.append('out', Buffer.alloc(50_000, '#0~~@@vv'));
  output.append('out', Buffer.from('\x1b\\after\n'));
  expect(texts(output)).toEqual(['out: before after']);
});

test('any bytes in any pieces give the lines that the whole would give', () => {
  const part = fc.oneof(
    fc.constantFrom('\n', '\r\n', 'word', '\x1b[31m', '\x1b]0;t\x07', '\t', 'caf\u00e9', '\r', '\b', '\x1b', '\0'),
    fc.string({ maxLength: 6 }),
  );
  const chunk = fc.record({
    stream: fc.constantFrom('out' as const, 'err' as const),
    text: fc.array(part).map(p => p.join('')),
  });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (chunks, size) => {
      const output = createOutput();
      const whole = { out: '', err: '' };
      for (const { stream, text } of chunks) {
        whole[stream] += text;
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) output.append(stream, bytes.subarray(at, at + size));
      }
      output.finish();
      for (const stream of ['out', 'err'] as const) {
        const lines = whole[stream].split('\n').map(line => cleanLine(line));
        if (lines.at(-1) === '') lines.pop();
        const shown = output.lines(0, output.lineCount).filter(line => line.stream === stream);
        expect(shown.map(line => line.text)).toEqual(lines);
        expect(stream === 'out' ? output.outLines : output.errLines).toBe(lines.length);
      }
    }),
    { numRuns: 1000 },
  );
});

test('lines beyond the memory come back from the disk, in any order', () => {
  const output = filled(300_000);
  expect(output.lineCount).toBe(300_000);
  expect(output.problem).toBeUndefined();
  for (const line of [299_999, 0, 150_000, 12_345, 1, 298_000, 77_777]) {
    expect(output.lines(line, line + 2)[0]).toEqual({ text: `line ${line} of the output`, stream: 'out' });
  }
  expect(output.lines(99_990, 100_010).map(line => line.text)).toEqual(
    Array.from({ length: 20 }, (_, index) => `line ${99_990 + index} of the output`),
  );
  expect(output.lines(299_998, 400_000)).toHaveLength(2);
  expect(output.lines(300_000, 300_001)).toEqual([]);
  output.close();
  expect(output.lines(0, 10)).toEqual([]);
});

test('streams that take turns line by line keep their marks on the disk too', () => {
  const output = createOutput({ memory: 512 * 1024 });
  for (let line = 0; line < 60_000; line++)
    output.append(line % 2 ? 'err' : 'out', Buffer.from(`${line} ${'x'.repeat(20)}\n`));
  for (const line of [0, 1, 4095, 4096, 4097, 30_001, 59_999]) {
    expect(output.lines(line, line + 1)[0]).toEqual({
      text: `${line} ${'x'.repeat(20)}`,
      stream: line % 2 ? 'err' : 'out',
    });
  }
});

test('find sees memory, disk and the unfinished line, in both directions and in any letter case', async () => {
  const output = filled(300_000);
  output.append('out', Buffer.from('the Unfinished one'));
  expect(await output.find('LINE 7777 ', 0, 1)).toBe(7777);
  expect(await output.find('line 7777 ', 7778, 1)).toBe(-1);
  expect(await output.find('line 299999 ', 0, 1)).toBe(299_999);
  expect(await output.find('line 1234 ', 250_000, -1)).toBe(1234);
  expect(await output.find('line 1234 ', 1233, -1)).toBe(-1);
  expect(await output.find('output', 5, 1)).toBe(5);
  expect(await output.find('output', 5, -1)).toBe(5);
  expect(await output.find('line 0 ', 0, -1)).toBe(0);
  expect(await output.find('unfinished', 0, 1)).toBe(300_000);
  expect(await output.find('unfinished', 300_000, -1)).toBe(300_000);
  expect(await output.find('output', 300_000, -1)).toBe(299_999);
  expect(await output.find('nowhere', 0, 1)).toBe(-1);
  expect(await output.find('', 0, 1)).toBe(-1);
});

test('find looks at what is shown, not at what came', async () => {
  const output = createOutput();
  output.append('out', Buffer.from('plain\n\x1b[31mEr\x1b[0mror\there\nN\bNA\bAM\bME\bE\n'));
  expect(await output.find('error', 0, 1)).toBe(1);
  expect(await output.find('31m', 0, 1)).toBe(-1);
  expect(await output.find('error   here', 0, 1)).toBe(1);
  expect(await output.find('name', 2, -1)).toBe(2);
});

test('find agrees with a plain search over what is shown', async () => {
  const part = fc.constantFrom(
    'ab',
    'AB',
    'b',
    ' ',
    '\t',
    '\u00e9',
    '\u00c9',
    '\u25cf',
    '\x1b[1m',
    '\x85',
    'x\by',
    '\n',
    '\n',
    'a\rb',
  );
  const text = fc.array(part, { minLength: 1, maxLength: 60 }).map(parts => parts.join(''));
  const needle = fc.constantFrom('ab', 'b b', 'bab', '\u00e9', '\u00c9b', '\u25cf', 'y', ' ', 'abab', 'nothing');
  await fc.assert(
    fc.asyncProperty(
      text,
      needle,
      fc.nat(40),
      fc.constantFrom(1 as const, -1 as const),
      async (raw, wanted, from, direction) => {
        const output = createOutput();
        output.append('out', Buffer.from(raw));
        const lines = output.lines(0, output.lineCount).map(line => line.text.toLowerCase());
        const holds = lines.map(line => line.includes(wanted.toLowerCase()));
        const expected = direction === 1 ? holds.indexOf(true, from) : holds.lastIndexOf(true, from);
        expect(await output.find(wanted, from, direction)).toBe(expected);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a search over much output lets other work through and can be called off', async () => {
  const output = filled(1_500_000, 1024 * 1024);
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  expect(await output.find('not to be found', 0, 1)).toBe(-1);
  clearInterval(timer);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(100);
  const stop = new AbortController();
  const search = output.find('not to be found', 0, 1, stop.signal);
  stop.abort();
  expect(await search).toBe(-1);
  output.close();
});

test('a secret that a command echoes is never shown nor found', async () => {
  const output = createOutput({ mask: ['hunter2', 'ab'] });
  output.append('err', Buffer.from('+ mount -o pass=hunter2 about\n'));
  expect(texts(output)).toEqual(['err: + mount -o pass=******** about']);
  expect(await output.find('hunter2', 0, 1)).toBe(-1);
});

test('nothing is left in the directory of the temporary file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-spill-'));
  const output = createOutput({ memory: 512 * 1024, directories: [join(directory, 'missing'), directory] });
  output.append('out', Buffer.alloc(3_000_000, 'text and a line end\n'));
  expect(output.problem).toBeUndefined();
  expect(output.lines(0, 1)[0]!.text).toBe('text and a line end');
  expect(readdirSync(directory)).toEqual([]);
  output.close();
  rmSync(directory, { recursive: true });
});

test('without a place for older output the newest is kept and the loss is said', async () => {
  const output = createOutput({ memory: 512 * 1024, directories: ['/nonexistent/a', '/proc'] });
  for (let line = 0; line < 100_000; line++) output.append('out', Buffer.from(`line ${line}\n`));
  expect(output.problem).toMatch(
    /^[\d,]+ older lines of the output were lost: cannot write a temporary file in \/nonexistent\/a: No such file/,
  );
  expect(output.lines(99_999, 100_000)[0]!.text).toBe('line 99999');
  expect(output.lines(0, 1)[0]!.text).toBe('[this line was lost]');
  expect(await output.find('line 99998', 0, 1)).toBe(99_998);
  expect(await output.find('line 3', 50_000, -1)).toBe(-1);
});

test('the temporary file stops growing at its limit', () => {
  const output = createOutput({ memory: 512 * 1024, disk: 1_000_000 });
  output.append('out', Buffer.alloc(4_000_000, 'text and a line end\n'));
  expect(output.problem).toMatch(/would grow above 1 MB/);
  expect(output.lines(0, 1)[0]!.text).toBe('text and a line end');
  expect(output.lines(199_999, 200_000)[0]!.text).toBe('text and a line end');
  output.close();
});

test('a disk that fills up meanwhile costs older output only, and that is said', async () => {
  const disk = smallDisk('8m');
  if (!disk) {
    const output = createOutput({ memory: 512 * 1024, directories: ['/nonexistent'] });
    output.append('out', Buffer.alloc(2_000_000, 'text and a line end\n'));
    expect(output.problem).toContain('were lost');
    return;
  }
  try {
    const output = createOutput({ memory: 512 * 1024, directories: [disk.path] });
    const feed = (name: string) => {
      for (let line = 0; line < 60_000; line++) output.append('out', Buffer.from(`${name} ${line}\n`));
    };
    feed('first');
    expect(output.problem).toBeUndefined();
    const other = join(disk.path, 'other');
    expect(() => writeFileSync(other, Buffer.alloc(9_000_000))).toThrow(/ENOSPC/);
    feed('second');
    feed('third');
    expect(output.problem).toMatch(
      /^[\d,]+ older lines of the output were lost: cannot write the temporary file: No space left on device$/,
    );
    expect(output.lines(0, 1)[0]!.text).toBe('first 0');
    expect(output.lines(179_999, 180_000)[0]!.text).toBe('third 59999');
    expect(await output.find('third 59998', 0, 1)).toBe(179_998);
    expect(output.lineCount).toBe(180_000);
    output.close();
  } finally {
    disk.unmount();
  }
});
