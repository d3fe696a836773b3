/**
 * `npm run bench [-- --rounds=N] [CASE ...]`: measures the built program against bare Node, dialog and cat, all in this
 * run and in turn, and prints a Markdown table. Status 1 when something does not reach its figure or could not be measured.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { cases, type Result } from './bench-cases.ts';

const words = process.argv.slice(2);
const rounds = Number(words.find(word => word.startsWith('--rounds='))?.slice('--rounds='.length) ?? 15);
const wanted = words.filter(word => !word.startsWith('--'));

/** A number with as many digits as it deserves. */
function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function verdict({ figure, reach, stretch }: Result): string {
  if (stretch !== undefined && figure <= stretch) return 'stretch';
  return figure <= reach ? 'reached' : '**missed**';
}

function row(result: Result): string {
  const { what, said, figure, reach, stretch, unit } = result;
  const limit = (value: number | undefined) => (value === undefined ? '' : `<= ${short(value)} ${unit}`);
  return `| ${what} | ${short(figure)} ${unit} | ${said} | ${limit(reach)} | ${limit(stretch)} | ${verdict(result)} |`;
}

const unknown = wanted.filter(name => !cases.some(one => one.name === name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(
    `usage: npm run bench [-- --rounds=N] [CASE ...]; cases: ${cases.map(one => one.name).join(', ')}\n`,
  );
  process.exitCode = 2;
} else if (spawnSync('dialog', ['--version']).error) {
  process.stderr.write("bench compares with dialog, which is not installed: 'apt-get install dialog'\n");
  process.exitCode = 2;
} else {
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} cores, medians of ${rounds} rounds, programs in turn, pty of 80x24\n\n`,
  );
  process.stdout.write('| what | figure | measured | reach | stretch | verdict |\n|---|---|---|---|---|---|\n');
  for (const one of cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    try {
      for (const result of await one.run(rounds)) {
        process.stdout.write(`${row(result)}\n`);
        if (!(result.figure <= result.reach)) process.exitCode = 1;
      }
    } catch (error) {
      process.stdout.write(
        `| ${one.name} | not measured: ${(error as Error).message.replace(/\|/g, '/').replace(/\n/g, ' ')} | | | | **missed** |\n`,
      );
      process.exitCode = 1;
    }
  }
  process.exit();
}
