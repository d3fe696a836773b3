/** A command is a value: rendered once, then shown, run, logged and scripted from the same text (promise 1 of the design). */
import type { Evidence, FastPath } from '../panel/types.ts';

/** A stretch of the command's text and the field it comes from. Offsets are into `Command.text`. */
export interface CommandPart {
  start: number;
  end: number;
  field: string;
  label: string;
}

/** A secret is fed on standard input, line by line, in this order; its value is never in the text. */
export interface SecretUse {
  field: string;
  label: string;
  /** Shell variable the text reads it into. */
  variable: string;
}

export interface Command {
  fastPath: FastPath;
  title: string;
  /** What runs as `/bin/sh -c text`, to the letter. Missing required values stand as `???`. */
  text: string;
  /** Of an edit: what it does, a line an edit (`ensure_line file=/etc/hosts line=...`); its shell text is long. Shown beside the text, never run. */
  summary?: string[];
  /** Why it cannot run at all (a NUL in a value, too long for the system), in a sentence. */
  problem?: string;
  /** Names of required fields without a value. A command with any does not run. */
  missing: string[];
  parts: CommandPart[];
  secrets: SecretUse[];
  mode: 'pipe' | 'interactive';
  /** Host it runs on, in words for the operator; absent: this host. Already part of `text`. */
  target?: string;
  /** User it runs as; already part of `text`. */
  as?: string;
  /** Fast path of the real SMIT panel for the same work: F6 offers it. */
  smitty?: string;
  /** Directories the runner puts before PATH; the script carries them as a PATH line. Empty when the text itself sets PATH. */
  path: string[];
  /** Directories the text itself puts before PATH, because it runs elsewhere or as another user, where ours does not reach. */
  textPath?: string[];
  evidence?: Evidence;
  /** Regular expressions: a line that matches makes status 0 a failure. */
  failIf: string[];
  /** What an exit status of the product's own means, by the status. */
  statusHelp?: Record<string, string>;
  /** Seconds; absent: no limit. */
  timeout?: number;
}
