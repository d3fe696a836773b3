import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Command } from '../../src/command/types.ts';
import { exitStatus } from '../../src/run/passthrough.ts';

const harness = join(import.meta.dirname, '../fixtures/programs/pass-through.ts');

interface Result {
  status: number | null;
  out: Buffer;
  err: string;
  verdict: {
    ended: { state: string; reason?: string; status?: number; signal?: string };
    lines?: number;
    first?: string;
  };
}

function run(
  text: string,
  rest: Partial<Command> = {},
  secrets: Record<string, string> = {},
  during?: (child: ReturnType<typeof spawn>, out: () => string) => void,
): Promise<Result> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [harness, JSON.stringify({ text, rest, secrets })], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const got: Buffer[][] = [[], [], []];
    for (const number of [1, 2, 3]) {
      (child.stdio[number] as NodeJS.ReadableStream).on('data', chunk => {
        got[number - 1]!.push(chunk);
        during?.(child, () => Buffer.concat(got[0]!).toString());
      });
    }
    child.on('close', status => {
      const [out, err, verdict] = got.map(chunks => Buffer.concat(chunks));
      resolve({
        status,
        out: out!,
        err: err!.toString(),
        verdict: verdict!.length > 0 ? JSON.parse(verdict!.toString()) : undefined,
      });
    });
  });
}

test("bytes pass unchanged, the status is the command's own, and the lines are kept for the log", async () => {
  const result = await run("printf 'a\\000\\377\\033[31mb\\r\\n'; echo problem >&2; exit 3");
  expect(result.out).toEqual(Buffer.from([0x61, 0, 0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x62, 13, 10]));
  expect(result.err).toContain('problem\n');
  expect(result.status).toBe(3);
  expect(result.verdict).toMatchObject({ ended: { state: 'failed', status: 3 }, lines: 2 });
});

test('a million lines pass, all of them', async () => {
  const result = await run('seq 1 1000000');
  expect(result.out.length).toBe(6_888_896);
  expect(result.status).toBe(0);
}, 20_000);

test('a known error text gives a status of its own', async () => {
  const result = await run('echo "Error: no such node"', { failIf: ['^Error:'] });
  expect(result.status).toBe(1);
  expect(result.verdict.ended.reason).toBe('line 1 matches "^Error:": Error: no such node');
});

test('secrets are the only input', async () => {
  const secrets = [{ field: 'pw', label: 'Password', variable: 'PW' }];
  const result = await run(
    'IFS= read -r PW; printf %s "$PW" | wc -c; cat | wc -c',
    { secrets },
    { pw: 'twelve chars' },
  );
  expect(result.out.toString().split(/\s+/).filter(Boolean)).toEqual(['12', '0']);
});

test('a signal goes to the group, and its answer is waited for', async () => {
  let sent = false;
  const result = await run(
    'trap "echo cleaned; exit 4" TERM; echo begun; while :; do sleep 0.05; done',
    {},
    {},
    (child, out) => {
      if (!sent && out().includes('begun')) sent = child.kill('SIGTERM');
    },
  );
  expect(result.out.toString()).toBe('begun\ncleaned\n');
  expect(result.status).toBe(4);
  expect(result.verdict.ended).toMatchObject({ state: 'cancelled', status: 4, reason: 'SIGTERM was sent' });
});

test('an interrupted command gives the status a shell would give', async () => {
  let sent = false;
  const result = await run('echo begun; sleep 60', {}, {}, (child, out) => {
    if (!sent && out().includes('begun')) sent = child.kill('SIGINT');
  });
  expect(result.status).toBe(130);
});

test('a reader that goes away ends the command, and the verdict is still known', async () => {
  const result = await run('trap "" INT; while :; do echo line; done', {}, {}, child => child.stdout?.destroy());
  expect(result.verdict.ended).toMatchObject({ state: 'failed', signal: 'SIGPIPE' });
  expect(result.status).toBe(141);
});

test('an interactive command keeps our own input and output', async () => {
  const result = await run('echo direct; cat; exit 5', { mode: 'interactive' });
  expect(result.out.toString()).toBe('direct\n');
  expect(result.status).toBe(5);
  expect(result.verdict.lines).toBeUndefined();
  const secrets = [{ field: 'pw', label: 'Password', variable: 'PW' }];
  const refused = await run('true', { mode: 'interactive', secrets }, { pw: 'x' });
  expect(refused.verdict.ended.reason).toMatch(/a secret cannot be fed/);
});

test.each([
  [{ state: 'ok', status: 0 }, 0],
  [{ state: 'failed', status: 7 }, 7],
  [{ state: 'failed', status: 0 }, 1],
  [{ state: 'failed', signal: 'SIGKILL' }, 137],
  [{ state: 'unknown', status: 255 }, 5],
  [{ state: 'timeout', signal: 'SIGTERM' }, 124],
  [{ state: 'cancelled', signal: 'SIGINT' }, 130],
  [{ state: 'cancelled', status: 0 }, 7],
] as const)('%j gives status %i', (ended, status) => {
  expect(exitStatus({ ...ended, seconds: 1 })).toBe(status);
});
