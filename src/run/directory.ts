import { existsSync } from 'node:fs';

/** The directory a command starts in: where the operator started the tool, or `/` when that directory has been removed meanwhile. */
export function childCwd(): string {
  try {
    // Node remembers the name and does not notice that the directory has gone.
    const directory = process.cwd();
    return existsSync(directory) ? directory : '/';
  } catch {
    return '/';
  }
}
