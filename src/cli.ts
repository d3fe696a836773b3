/** The command line: what is asked for, in which words, with which status. Loads what the asked thing needs and nothing else. */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  plain: { type: 'boolean' },
  mono: { type: 'boolean' },
  strict: { type: 'boolean' },
  yes: { type: 'boolean' },
  confirm: { type: 'string' },
  // SMIT's own, by the letters its users have in their fingers.
  curses: { type: 'boolean', short: 'C' },
  debug: { type: 'boolean', short: 'D' },
  dialog: { type: 'boolean', short: 'd' },
  menu: { type: 'boolean', short: 'm' },
  selector: { type: 'boolean', short: 'n' },
  redirect: { type: 'boolean', short: 'f' },
  log: { type: 'string', short: 'l' },
  script: { type: 'string', short: 's' },
  objects: { type: 'string', short: 'o', multiple: true },
  trace: { type: 'boolean', short: 't' },
  verbose: { type: 'boolean', short: 'v' },
  'no-run': { type: 'boolean', short: 'x' },
  'no-commands': { type: 'boolean', short: 'X' },
} as const;

export type Flags = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];

/** What was asked for: flags and words. */
export interface Asked {
  flags: Flags;
  words: string[];
  /** The environment as the user had it. */
  env: NodeJS.ProcessEnv;
}

/** What a subcommand gives: its text goes to standard output, its complaint to standard error. */
export interface Answer {
  status: number;
  text?: string;
  complaint?: string;
}

type Subcommand = (asked: Asked) => Promise<Answer>;

const subcommands: Record<string, Subcommand> = {
  list: async asked => (await import('./cli/list.ts')).list(asked),
  show: async asked => (await import('./cli/show.ts')).show(asked),
  print: async asked => (await import('./cli/print.ts')).print(asked),
  run: async asked => (await import('./cli/run.ts')).run(asked),
  format: async asked => (await import('./cli/format.ts')).format(asked),
  check: async asked => (await import('./cli/commands.ts')).checkFiles(asked),
  schema: async () => (await import('./cli/commands.ts')).publishSchema(),
  config: async asked => (await import('./cli/config.ts')).config(asked),
  site: async asked => (await import('./cli/site.ts')).site(asked),
};

/** Words of design.md section 10 that are not here yet: they say so instead of being taken for a fast path. */
const later = ['resume', 'journal', 'import', 'doctor', 'completion'];

/** Runs the program with these arguments; gives the exit status. */
export async function main(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  let asked: Asked;
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    asked = { flags: values, words: positionals, env };
  } catch (error) {
    // Node adds advice after the first sentence that does not fit our words.
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error);
    return say({ status: 2, complaint: `${why}. "hasmit --help" lists the options.` });
  }
  const { flags, words } = asked;
  if (flags.version) return say({ status: 0, text: await version() });
  if (flags.help) return say({ status: 0, text: (await import('./cli/help.ts')).helpText() });
  const word = words[0];
  // "hasmit site" alone, at a terminal, is the panel of that name.
  const panel = word === 'site' && words.length === 1 && !flags.json && process.stdin.isTTY && process.stdout.isTTY;
  const subcommand = word === undefined || panel ? undefined : subcommands[word];
  if (subcommand) return say(await subcommand({ ...asked, words: words.slice(1) }));
  if (word !== undefined && later.includes(word)) {
    return say({ status: 2, complaint: `"hasmit ${word}" is not part of this version.` });
  }
  return (await import('./app/start.ts')).start(asked);
}

async function version(): Promise<string> {
  const manifest = await import('../package.json', { with: { type: 'json' } });
  return `hasmit ${manifest.default.version}`;
}

/** Writes an answer; standard output takes the text to the end even through a pipe. */
function say(answer: Answer): number {
  if (answer.complaint) process.stderr.write(`hasmit: ${answer.complaint}\n`);
  if (answer.text) process.stdout.write(answer.text.endsWith('\n') ? answer.text : `${answer.text}\n`);
  return answer.status;
}

/**
 * The environment before we change anything in it: children get this one. Panels may run hasmit itself (the site's values), so its own directory
 * stands last on the PATH.
 */
const userEnvironment = { ...process.env };
userEnvironment.PATH = `${process.env.PATH || '/usr/local/bin:/usr/bin:/bin'}:${join(dirname(import.meta.dirname), 'bin')}`;

process.stdout.on('error', error => {
  // A reader that went away (`hasmit list | head`) is no mistake.
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
});

main(process.argv.slice(2), userEnvironment).then(
  status => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`hasmit: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.HASMIT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
