/** The file-edit verbs: which arguments each takes, and whether those given make sense. */
import type { EditVerb } from '../panel/types.ts';
import { compileExpression } from './ere.ts';
import { quoteProblem } from './quote.ts';

export interface VerbArguments {
  required: string[];
  optional: string[];
  /** At least one of these is needed. */
  oneOf?: string[];
}

/**
 * What each verb takes. `line` and `entry` are whole lines, compared to the letter; `match`, `after`, `before` and `unless` are extended
 * regular expressions (see ere.ts), in which a hole's value stands for itself.
 *
 * - `ensure_line` {file, line}: the line is there. `first: yes` makes it the first line, `before` puts it before the first line
 *   that matches (both take it away from where else it stands), `after` behind the last that matches. Without a match, and without
 *   these, a line that is not there goes to the end. `create: yes` makes the file when there is none.
 * - `append_block` {file, block}: the lines of the block are there, together and in order. Where they are not, they go to the end, empty
 *   ones too. `unless` refuses that when a line matches: the same thing is there with other values. `create: yes` as above.
 * - `replace_line` {file, match, line}: every line that matches becomes the line. Refused when none matches and the line is not
 *   there yet.
 * - `comment_line` {file, match}: every line that matches and is no comment gets `#` (or `comment`) in front.
 * - `remove_line` {file, line or match}: no such line is left.
 * - `crontab_entry` {user, entry, action: add or remove}: with `match`, other entries that match go (add) or all that match (remove).
 * - `services_entry` {name, port, protocol}: /etc/services (or `file`) has that service; another port of the same name and protocol
 *   is replaced; refused when another service has the port.
 */
export const verbs: Record<EditVerb, VerbArguments> = {
  ensure_line: { required: ['file', 'line'], optional: ['after', 'before', 'first', 'create'] },
  append_block: { required: ['file', 'block'], optional: ['unless', 'create'] },
  replace_line: { required: ['file', 'match', 'line'], optional: [] },
  comment_line: { required: ['file', 'match'], optional: ['comment'] },
  remove_line: { required: ['file'], optional: ['line', 'match'], oneOf: ['line', 'match'] },
  crontab_entry: { required: ['user', 'action'], optional: ['entry', 'match'], oneOf: ['entry', 'match'] },
  services_entry: { required: ['name', 'port', 'protocol'], optional: ['file'] },
};

/** Arguments that are regular expressions. */
export const expressionArguments = ['match', 'after', 'before', 'unless'];

/** Arguments of a verb with the values in place; an absent argument is not there or empty. */
export type EditArguments = Record<string, string>;

/** Why a verb cannot do what it is asked, in one sentence; undefined when it can. */
export function argumentProblem(verb: EditVerb, args: EditArguments): string | undefined {
  const { required, optional, oneOf } = verbs[verb];
  const unknown = Object.keys(args).find(name => !required.includes(name) && !optional.includes(name));
  if (unknown) return `${verb} takes no "${unknown}" (it takes ${[...required, ...optional].join(', ')}).`;
  const lacking = required.find(name => !args[name]);
  if (lacking) return `${verb} needs "${lacking}".`;
  if (oneOf && !oneOf.some(name => args[name])) return `${verb} needs ${oneOf.map(name => `"${name}"`).join(' or ')}.`;
  for (const [name, value] of Object.entries(args)) {
    const problem = valueProblem(name, value);
    if (problem) return `${verb}: ${name} ${problem}.`;
  }
  if (args.first && (args.after || args.before)) return `${verb}: "first" goes with neither "after" nor "before".`;
  if (args.after && args.before) return `${verb}: take "after" or "before", not both.`;
  if (verb === 'crontab_entry' && args.action === 'add' && !args.entry) return 'crontab_entry needs "entry" to add.';
  return undefined;
}

function valueProblem(name: string, value: string): string | undefined {
  const cannot = quoteProblem(value);
  if (cannot) return cannot;
  if (value.includes('\n') && name !== 'block') return 'must be one line';
  switch (name) {
    case 'file':
      return value.startsWith('/') && !value.endsWith('/')
        ? undefined
        : `must be a whole path such as /etc/hosts, not "${value}"`;
    case 'match':
    case 'after':
    case 'before':
    case 'unless': {
      const compiled = value === '' ? undefined : compileExpression(value);
      return compiled && 'problem' in compiled ? compiled.problem : undefined;
    }
    case 'action':
      return value === 'add' || value === 'remove' ? undefined : `must be add or remove, not "${value}"`;
    case 'first':
    case 'create':
      return value === 'yes' || value === 'no' || value === '' ? undefined : `must be yes or no, not "${value}"`;
    case 'port':
      return /^[0-9]{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535
        ? undefined
        : 'must be a number from 1 to 65535, such as 55001';
    case 'protocol':
      return /^[a-z][a-z0-9]*$/.test(value) ? undefined : 'must be a protocol such as tcp or udp';
    case 'name':
      return /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/.test(value) ? undefined : 'must be a service name such as db2_hadr1';
    case 'user':
      return /^[A-Za-z0-9_.][A-Za-z0-9_.@\\$-]*$/.test(value) ? undefined : 'must be a user name such as root';
    default:
      return undefined;
  }
}

/** The lines of a block; a newline at its end belongs to the last of them. */
export function blockLines(block: string): string[] {
  return block.replace(/\n$/, '').split('\n');
}
