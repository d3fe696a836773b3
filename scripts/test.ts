/**
 * `npm test`: types, house style, tests; then how many passed and failed, alone on the last line.
 * The type check and the style check count as one test each. Arguments go to vitest (`npm test -- test/command`); with
 * any, the two checks are left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs one check in the foreground; it counts as one test. */
function check(name: string, command: string, args: string[]): Count {
  process.stdout.write(`\n${name}: ${[command.replace(`${root}/`, ''), ...args].join(' ')}\n`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) process.stdout.write(`${error.message}\n`);
  process.stdout.write(`${name}: ${status === 0 ? 'passed' : 'FAILED'}\n`);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/** What vitest wrote about its run; nothing when it ended before it could. */
function readReport(file: string): Count | undefined {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A file that cannot be loaded fails without any of its tests failing.
    const broken = report.testResults.filter(
      (result: { status: string; assertionResults: unknown[] }) =>
        result.status === 'failed' && result.assertionResults.length === 0,
    ).length;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    };
  } catch {
    return undefined;
  }
}

/** Runs the tests; a run that fails without a failed test (a crash, an unhandled rejection, no test at all) counts as one failure. */
function runTests(args: string[]): Count {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-test-'));
  const report = join(directory, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const count = readReport(report) ?? { passed: 0, failed: 0, skipped: 0 };
  rmSync(directory, { recursive: true, force: true });
  if (count.failed === 0 && (status !== 0 || count.passed === 0)) {
    process.stdout.write(`vitest ended with status ${status} though no test failed: counted as one failure\n`);
    count.failed = 1;
  }
  return count;
}

const args = process.argv.slice(2);
const counts: Count[] = [];
if (args.length === 0) {
  counts.push(check('types', bin('tsc'), ['--noEmit', '-p', '.']));
  counts.push(check('style', bin('biome'), ['check']));
}
counts.push(runTests(args));

const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum('skipped');
process.stdout.write(
  `\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = sum('failed') === 0 ? 0 : 1;
