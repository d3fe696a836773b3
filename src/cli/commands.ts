/** Subcommands that live in modules of their own shape: their arguments and answers as the command line has them. */
import type { Answer, Asked } from '../cli.ts';
import { check } from './check.ts';
import { schema } from './schema.ts';

/** `hasmit check [PATH ...]`. */
export async function checkFiles({ words, flags }: Asked): Promise<Answer> {
  return check(words, { strict: flags.strict ?? false, json: flags.json ?? false });
}

/** `hasmit schema`. */
export async function publishSchema(): Promise<Answer> {
  return schema();
}
