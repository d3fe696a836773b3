/**
 * `hasmit format NAME`: reads the output of a status command on standard input and prints it as a page for people, with a verdict where there is
 * one. Panels use it behind a pipe (`cmviewcl -v -f line | hasmit format cmviewcl`), so that what is shown is still what runs.
 */
import { readFileSync } from 'node:fs';
import type { Answer, Asked } from '../cli.ts';
import { didYouMean } from '../panel/suggest.ts';

/** A page made of a text. `status` is what the pipe ends with: 0, or 1 when the state is one that somebody must look at. */
export interface Page {
  text: string;
  status: 0 | 1;
}

/** Formatters by name; each is a pure function text -> page in src/formats/, loaded when it is asked for. */
const formatters: Record<string, () => Promise<(text: string) => Page>> = {
  'db2-hadr': async () => (await import('../formats/db2-hadr.ts')).formatDb2Hadr,
  'mysql-replica': async () => (await import('../formats/mysql-replica.ts')).formatMysqlReplica,
  cmviewcl: async () => (await import('../formats/cmviewcl.ts')).cmviewclPage,
  'crm-mon': async () => (await import('../formats/crm-mon.ts')).crmMonPage,
  cmpreview: async () => (await import('../formats/cmpreview.ts')).cmpreviewPage,
};

/** Formats standard input. */
export async function format({ words }: Asked): Promise<Answer> {
  const [name, ...rest] = words;
  const names = Object.keys(formatters);
  if (name === undefined || rest.length > 0) {
    return { status: 2, complaint: `name one of: ${names.join(', ')}` };
  }
  const load = Object.hasOwn(formatters, name) ? formatters[name] : undefined;
  if (!load) return { status: 2, complaint: `there is no format "${name}"${didYouMean(name, names)}` };
  const page = (await load())(readFileSync(0, 'utf8'));
  return { status: page.status, text: page.text };
}
