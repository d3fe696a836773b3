/** Where this program can be called from. */
import { dirname, join } from 'node:path';

/** The directory of the command `hasmit`: bin/ beside dist/ in the built program, and in a checkout. */
export function ownDirectory(): string {
  const here = import.meta.dirname;
  const root = here.endsWith(join('src', 'app')) ? dirname(dirname(here)) : dirname(here);
  return join(root, 'bin');
}
