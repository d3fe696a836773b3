/** Subcommands that live in modules of their own shape: their arguments and answers as the command line has them. */
import type { Answer, Asked } from '../cli.ts';
import { catalogueOptions, distDirectory } from '../panel/catalogue.ts';
import { check } from './check.ts';
import { schema } from './schema.ts';

/** `hasmit check [PATH ...]`; directories of `-o` belong to the search path. */
export async function checkFiles({ words, flags, env }: Asked): Promise<Answer> {
  const dist = distDirectory(import.meta.dirname);
  const where = catalogueOptions(env, process.getuid?.() ?? -1, dist, flags.objects ?? []);
  return check(words, { strict: flags.strict ?? false, json: flags.json ?? false, where });
}

/** `hasmit schema`. */
export async function publishSchema(): Promise<Answer> {
  return schema();
}
