/** What `npm run bench` measures; the figures to reach are those of the project's table of speeds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keys } from '../test/helpers/terminal.ts';
import {
  arrows,
  dialogButtons,
  dialogForm,
  dialogLong,
  dialogShort,
  during,
  firstFrame,
  firstKey,
  hasmit,
  hello,
  legend,
  moves,
  reactions,
  repeat,
  scratch,
  withBench,
} from './bench-programs.ts';
import { inTurn, type Program, type Session, sessionIn } from './bench-session.ts';

/** One line of the table. `figure` is compared with `reach` and `stretch`: smaller is better. */
export interface Result {
  what: string;
  /** Measured, in words. */
  said: string;
  figure: number;
  reach: number;
  stretch?: number;
  unit: string;
}

export interface Case {
  name: string;
  run(rounds: number): Promise<Result[]>;
}

const ms = (value: number) => `${value.toFixed(1)} ms`;
const times = (value: number) => `${value.toFixed(2)} x`;

const startCase: Case = {
  name: 'start',
  async run(rounds) {
    const found = await inTurn(rounds, {
      hello: firstFrame(hello, 'hello'),
      dialog: firstFrame(dialogShort, dialogButtons),
      menu: firstFrame(hasmit(), legend),
      path: firstFrame(hasmit('mnode_vip_add'), legend),
      key: firstKey(hasmit()),
      print: () => during(hasmit('print', 'bench_type', 'address=192.0.2.1'), session => session.ended()),
      shipped: () => during(hasmit('print', 'mnode_vip_show'), session => session.ended()),
      helloEnd: () => during(hello, session => session.ended()),
    });
    const against = `node hello ${ms(found.hello)}, dialog ${ms(found.dialog)}`;
    const start = (what: string, value: number, reach: number, stretch: number): Result => {
      const figure = value / found.hello;
      return {
        what,
        said: `${ms(value)} = ${times(figure)} (${against})`,
        figure,
        reach,
        stretch,
        unit: 'x node hello',
      };
    };
    const print = found.shipped / found.helloEnd;
    return [
      start('first frame, root menu', found.menu, 2.5, 1.3),
      start('first frame, fast path', found.path, 2.5, 1.3),
      start('first key answered after the start', found.key, 3, 2.5),
      {
        what: '`hasmit print`, until its end',
        said: `${ms(found.shipped)} = ${times(print)} (node hello until its end ${ms(found.helloEnd)})`,
        figure: print,
        reach: 2,
        stretch: 1.5,
        unit: 'x node hello',
      },
    ];
  },
};

const against = (own: { bytes: number; worst: number }, other: { bytes: number }) =>
  `${own.bytes} bytes (p95 ${own.worst}), dialog ${other.bytes}`;

const moveCase: Case = {
  name: 'move',
  async run() {
    const ours = await reactions(withBench('bench_menu'), legend, moves(36), moves(180));
    const theirs = await reactions(dialogShort, dialogButtons, moves(36, 'dialog'), moves(180, 'dialog'));
    return [
      {
        what: 'bytes a highlight move',
        said: against(ours, theirs),
        figure: ours.bytes,
        reach: 0.7 * theirs.bytes,
        stretch: 80,
        unit: 'bytes',
      },
      {
        what: 'latency p95 a key',
        said: `${ms(ours.slow)} (median ${ms(ours.latency)}; dialog ${ms(theirs.slow)}, median ${ms(theirs.latency)})`,
        figure: ours.slow,
        reach: 8,
        stretch: 5,
        unit: 'ms',
      },
    ];
  },
};

const scrollCase: Case = {
  name: 'scroll',
  async run() {
    const warm = [keys.f4, ...repeat(keys.down, 30)];
    const ours = await reactions(withBench('bench_long'), legend, warm, repeat(keys.down, 100));
    const down = arrows.dialog.down;
    const theirs = await reactions(dialogLong, dialogButtons, repeat(down, 30), repeat(down, 100));
    return [
      {
        what: 'bytes a scrolled line',
        said: against(ours, theirs),
        figure: ours.bytes,
        reach: theirs.bytes,
        stretch: 120,
        unit: 'bytes',
      },
    ];
  },
};

const typeCase: Case = {
  name: 'type',
  async run() {
    const letters = [...'a typed text of some length'];
    const ours = await reactions(withBench('bench_type'), legend, ['x', 'y', 'z'], letters);
    const theirs = await reactions(dialogForm, dialogButtons, ['x', 'y', 'z'], letters);
    return [
      {
        what: 'bytes a typed character, with the live command row',
        said: against(ours, theirs),
        figure: ours.bytes,
        reach: theirs.bytes,
        stretch: 60,
        unit: 'bytes',
      },
    ];
  },
};

/**
 * Eleven keys at 30 a second on a line of 960 bytes a second. The line is a queue: what the program writes waits until
 * what came before has gone out.
 * @returns seconds from the last key until the last byte has come through
 */
async function lagAt9600(program: Program, drawn: string, of: keyof typeof arrows): Promise<number> {
  return during(program, async session => {
    await session.until(drawn, 30_000);
    await session.settle(300);
    for (const key of moves(18, of)) {
      session.send(key);
      await session.settle(25, 500);
    }
    const pressed = 11;
    const begin = performance.now();
    let free = 0;
    for (let n = 0; n < pressed; n++) {
      await new Promise(resolve => setTimeout(resolve, Math.max(0, begin + (n * 1000) / 30 - performance.now())));
      session.send(n % 2 === 0 ? arrows[of].down : arrows[of].up);
      const sent = performance.now();
      const reaction = await session.settle(12, 25);
      if (reaction) free = Math.max(free, sent + reaction.first) + (reaction.bytes / 960) * 1000;
    }
    const lastKey = begin + ((pressed - 1) * 1000) / 30;
    return Math.max(0, free - lastKey) / 1000;
  });
}

const slowLineCase: Case = {
  name: 'slow-line',
  async run() {
    const ours = await lagAt9600(withBench('bench_menu'), legend, 'ours');
    const theirs = await lagAt9600(dialogShort, dialogButtons, 'dialog');
    return [
      {
        what: '9600 baud, 11 keys at 30 a second: lag after the last',
        said: `${ours.toFixed(2)} s, dialog ${theirs.toFixed(2)} s`,
        figure: ours,
        reach: 0.5,
        stretch: 0.15,
        unit: 's',
      },
    ];
  },
};

const listCase: Case = {
  name: 'list',
  async run(rounds) {
    const open = (panel: string) => () =>
      during(withBench(panel), async session => {
        await session.until(legend, 20_000);
        await session.settle(300);
        session.send(keys.f4);
        const reaction = await session.settle(150, 5000);
        if (!reaction) throw new Error('F4 was not answered');
        return reaction.last;
      });
    const opened = await inTurn(Math.max(3, rounds >> 1), { short: open('bench_short'), long: open('bench_long') });
    const short = await reactions(withBench('bench_short'), legend, [keys.f4, ...moves(18)], moves(90));
    const long = await reactions(withBench('bench_long'), legend, [keys.f4, ...moves(18)], moves(90));
    const filter = await reactions(
      withBench('bench_long'),
      legend,
      [keys.f4, '/', '7', '2', keys.backspace, keys.backspace],
      [...'entry 77'],
    );
    const compare = (what: string, one: number, other: number): Result => ({
      what,
      said: `${ms(one)}, with 12 entries ${ms(other)}`,
      figure: one / other,
      reach: 1.5,
      stretch: 1.1,
      unit: 'x 12 entries',
    });
    return [
      compare('list of 10,000 entries, open', opened.long, opened.short),
      compare('list of 10,000 entries, a key', long.latency, short.latency),
      {
        what: 'list of 10,000 entries, a letter of the filter',
        said: ms(filter.latency),
        figure: filter.latency,
        reach: 5,
        stretch: 2,
        unit: 'ms',
      },
    ];
  },
};

/** Runs the dialog that the panel opens and waits for the mark at the end of its output. */
async function runToTheEnd(session: Session, patience: number): Promise<number> {
  await session.until(legend, 20_000);
  await session.settle(400);
  session.send(keys.enter);
  // When the command is over the window goes to the top, and the legend is drawn last.
  return session.until('n=Find Next', patience);
}

const outputCase: Case = {
  name: 'output',
  async run(rounds) {
    const lines = join(scratch, 'lines');
    writeFileSync(lines, `${Array.from({ length: 1_000_000 }, (_, n) => n + 1).join('\n')}\nthe_end\n`);
    const found = await inTurn(Math.min(3, rounds), {
      cat: () => during({ command: 'cat', args: [lines] }, session => session.until('the_end')),
      ours: () => during(withBench('bench_million'), session => runToTheEnd(session, 120_000)),
    });
    const memory = await during(withBench('bench_ten_million'), async session => {
      await session.until(legend, 20_000);
      await session.settle(1000);
      const idle = session.memory();
      session.send(keys.enter);
      let most = idle;
      const watch = setInterval(() => {
        most = Math.max(most, session.memory());
      }, 20);
      await session.until('n=Find Next', 300_000);
      clearInterval(watch);
      await session.settle(1500);
      return { idle, most, after: session.memory() };
    });
    return [
      {
        what: '1,000,000 lines until the last is on the screen',
        said: `${ms(found.ours)}, cat to the same pty ${ms(found.cat)}`,
        figure: found.ours / found.cat,
        reach: 1,
        stretch: 0.4,
        unit: 'x cat',
      },
      {
        what: 'memory after 10,000,000 lines',
        said: `${memory.after.toFixed(0)} MB (most ${memory.most.toFixed(0)}), idle ${memory.idle.toFixed(0)} MB`,
        figure: memory.after / memory.idle,
        reach: 1.5,
        unit: 'x idle',
      },
    ];
  },
};

const memoryCase: Case = {
  name: 'memory',
  async run() {
    const found = await during(hasmit(), async session => {
      await session.until(legend, 20_000);
      await session.settle(1500);
      const idle = session.memory();
      for (const key of moves(100)) {
        session.send(key);
        await session.settle(10, 100);
      }
      return { idle, later: session.memory() };
    });
    const line = (what: string, value: number, reach: number, stretch: number): Result => ({
      what,
      said: `${value.toFixed(0)} MB`,
      figure: value,
      reach,
      stretch,
      unit: 'MB',
    });
    return [
      line('memory, idle at the root menu', found.idle, 70, 62),
      line('memory after 100 keys', found.later, 85, 80),
    ];
  },
};

/** Writes 2,000 panels of a user into a HOME, in files of 50. */
function writePanels(home: string): void {
  const directory = join(home, 'config/hasmit/menus/many');
  mkdirSync(directory, { recursive: true });
  for (let file = 0; file < 40; file++) {
    const ids = Array.from({ length: 50 }, (_, n) => `many_${file}_${n}`);
    const menu = `  many_${file}:\n    menu: Menu ${file} of many\n    items: [${ids.join(', ')}]\n`;
    const dialogs = ids.map(
      id => `  ${id}:
    dialog: Panel ${id}
    fields:
      name: {label: Name, type: text, required: true}
      size: {label: Size, type: integer, min: 1, max: 100, default: "10"}
    run: "echo {{name}} {{-s size}}"
    evidence: {level: manual, source: "echo(1)"}
`,
    );
    writeFileSync(join(directory, `many${file}.yaml`), `panels:\n${menu}${dialogs.join('')}`);
  }
}

const panelsCase: Case = {
  name: 'panels',
  async run(rounds) {
    const few = mkdtempSync(join(tmpdir(), 'hasmit-few-'));
    const many = mkdtempSync(join(tmpdir(), 'hasmit-many-'));
    try {
      writePanels(many);
      const start = (home: string) => async () => {
        const session = sessionIn(home, hasmit());
        try {
          return await session.until(legend, 60_000);
        } finally {
          await session.close();
        }
      };
      const cold = await start(many)();
      const found = await inTurn(rounds, { few: start(few), many: start(many) });
      return [
        {
          what: 'first frame with 2,000 panels of the user besides the shipped ones',
          said: `${ms(found.many)}, without ${ms(found.few)}; the very first time ${ms(cold)}`,
          figure: found.many / found.few,
          reach: 1.15,
          unit: 'x without',
        },
      ];
    } finally {
      for (const home of [few, many]) rmSync(home, { recursive: true, force: true });
    }
  },
};

export const cases: Case[] = [
  startCase,
  moveCase,
  scrollCase,
  typeCase,
  slowLineCase,
  listCase,
  outputCase,
  memoryCase,
  panelsCase,
];
