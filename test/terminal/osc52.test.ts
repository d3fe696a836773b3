import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COPY_LIMIT, copyProblem, copySequence } from '../../src/terminal/osc52.ts';
import { startOnPty } from '../helpers/pty.ts';

/** The text a sequence puts on the clipboard. */
function copied(sequence: string): string {
  const [, base64 = ''] = /^\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007$/.exec(sequence) ?? [];
  return Buffer.from(base64, 'base64').toString();
}

test('A command comes back from the sequence to the letter', () => {
  for (const text of ['ip addr add 10.0.0.5/24 dev eth0', 'echo \'é 漢\' "$HOME"; true', 'two\nlines\twith a tab'])
    expect(copied(copySequence(text, {}))).toBe(text);
});

test('The longest text makes a sequence of 100,000 bytes; a longer one is refused in words', () => {
  expect(copySequence('x'.repeat(COPY_LIMIT), {}).length).toBe(100_000);
  expect(copySequence('x'.repeat(COPY_LIMIT + 1), {})).toBe('');
  expect(copyProblem('é'.repeat(COPY_LIMIT))).toBe('It has 149988 bytes; a terminal takes 74994 at most.');
});

test('A text with control characters is refused', () => {
  for (const text of ['a\u001b[201~b', 'a\rb', 'a\u0000', 'a\u009b', '\u007f']) {
    expect(copyProblem(text)).toContain('control characters');
    expect(copySequence(text, {})).toBe('');
  }
  expect(copyProblem('')).toBe('There is nothing to copy.');
});

test('For GNU screen the sequence goes in pieces that together are the sequence', () => {
  const text = 'y'.repeat(3000);
  const sent = copySequence(text, { STY: '123.pts-0' });
  const pieces = [...sent.matchAll(/\u001bP([^\u001b]+|\u001b\][^\u001b]*)\u001b\\/g)];
  expect(pieces.map(piece => piece[0]).join('')).toBe(sent);
  for (const piece of pieces) expect(piece[0].length).toBeLessThan(768);
  expect(copied(pieces.map(piece => piece[1]).join(''))).toBe(text);
});

/** A tmux of its own, with nobody's configuration. */
function privateTmux() {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-osc52-'));
  const flags = ['-S', join(directory, 'socket'), '-f', '/dev/null'];
  const env = { ...process.env, TMUX: '', LANG: 'C.UTF-8' };
  const run = (...args: string[]): string => execFileSync('tmux', [...flags, ...args], { encoding: 'utf8', env });
  return {
    directory,
    flags,
    env,
    run,
    end() {
      run('kill-server');
      rmSync(directory, { recursive: true });
    },
  };
}

test('Inside a real tmux with set-clipboard on the text reaches its buffer, and nothing is seen', () => {
  const tmux = privateTmux();
  try {
    const text = "ssh node2 'ip addr show'";
    writeFileSync(join(tmux.directory, 'sequence'), copySequence(text, { TMUX: '/tmp/x,1,0' }));
    tmux.run('new-session', '-d', '-x', '80', '-y', '24', 'sh');
    tmux.run('set-option', '-s', 'set-clipboard', 'on');
    tmux.run('send-keys', `cat ${tmux.directory}/sequence; echo sent`, 'Enter');
    let found = '';
    for (let tries = 0; tries < 100 && found === ''; tries++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      try {
        found = tmux.run('show-buffer');
      } catch {
        // No buffer yet.
      }
    }
    expect(found).toBe(text);
    expect(tmux.run('capture-pane', '-p')).not.toContain('52;');
  } finally {
    tmux.end();
  }
});

test('Through a real tmux with allow-passthrough on the text reaches the terminal outside', async () => {
  const tmux = privateTmux();
  const outside = startOnPty('tmux', [...tmux.flags, 'new-session', 'sh'], { env: tmux.env });
  try {
    const text = 'crontab -l -u root';
    writeFileSync(join(tmux.directory, 'sequence'), copySequence(text, { TMUX: '/tmp/x,1,0' }));
    await outside.until(/[#$] /);
    tmux.run('set-option', '-s', 'set-clipboard', 'off');
    tmux.run('set-option', '-g', 'allow-passthrough', 'on');
    outside.type(`cat ${tmux.directory}/sequence\r`);
    await outside.until(copySequence(text, {}));
  } finally {
    tmux.end();
  }
});
