/** A panel's template and the form's values become one command: the text that is shown, run, logged and scripted. */
import type { DialogPanel, Field, Template, Values } from '../panel/types.ts';
import { renderEdits, summarizeEdits } from './edits.ts';
import { type Findings, fillHole, fillPlain, shellText, startFindings } from './fill.ts';
import { joinMarked, type Marked } from './marked.ts';
import { quoteProblem } from './quote.ts';
import type { Command, CommandPart, SecretUse } from './types.ts';
import { markedAsUser, markedOnHost } from './wrap.ts';

export interface RenderInput {
  /** As the form holds them: for a choice the shown text. Secrets are here too; only whether they are empty matters. */
  values: Values;
  fields: Field[];
  /** Names of fields the operator changed, and of fields that `discover` filled. */
  changed: Set<string>;
  discovered: Set<string>;
  /** Names of the fields whose `when` holds; asked only for fields that have one. */
  present: Set<string>;
  /** This host's name: a target of that name is not reached by ssh. */
  thisHost?: string;
  /** Words for a question instead of shell text: values stand unquoted, secrets as ********. */
  plain?: boolean;
  /** Answers an edit's `when`; without it every edit is there. */
  holds?: (expression: string) => boolean;
}

/** Where a text runs; templates are filled with the same values. */
export interface Where {
  target?: Template | string;
  as?: Template | string;
  path?: string[];
  interactive?: boolean;
}

export interface Rendered {
  text: string;
  parts: CommandPart[];
  /** Fields without a value that the text needs; where they would stand it says `???`. */
  missing: string[];
  secrets: SecretUse[];
  /** Host and user, when the text does not run here as ourselves. */
  target?: string;
  as?: string;
  /** Directories for the runner to put before PATH, and those that the text itself puts there. */
  path: string[];
  textPath?: string[];
  /** Why the text cannot run, in one sentence. */
  problem?: string;
}

/**
 * Bytes of UTF-8 that `/bin/sh -c TEXT` takes at most: Linux limits one argument to 32 pages with its closing NUL
 * (MAX_ARG_STRLEN, execve(2)); other systems allow more. What ssh and su get inside is shorter than the text around it, so this
 * one limit covers them.
 */
export const longestText = 131_071;

/**
 * The command of a dialog with the values of its form. Never throws: what keeps it from running stands in `missing` (required
 * values) and `problem` (a sentence).
 */
export function renderDialog(panel: DialogPanel, input: RenderInput): Command {
  const where: Where = { ...placeOf(panel), interactive: panel.mode === 'interactive' };
  const edits = panel.edits ?? [];
  const templates = panel.run ? [panel.run] : edits.flatMap(edit => Object.values(edit.args));
  const found = startFindings(input, templates);
  const body = panel.run ? fillShell(panel.run, found) : renderEdits(edits, found);
  for (const field of panel.fields) {
    const absent = field.when !== undefined && !input.present.has(field.name);
    const value = input.values[field.name];
    if (field.required && !absent && field.type !== 'info' && (value === undefined || value.length === 0))
      found.missing.add(field.name);
  }
  const summary = panel.run ? undefined : summarizeEdits(edits, found);
  const { missing, ...rendered } = finish(body, found, where);
  return {
    fastPath: panel.id,
    title: panel.title,
    mode: panel.mode,
    evidence: panel.evidence,
    failIf: panel.failIf ?? [],
    missing,
    ...rendered,
    ...(summary === undefined ? {} : { summary }),
    ...(panel.smitty === undefined ? {} : { smitty: panel.smitty }),
    ...(panel.timeout === undefined ? {} : { timeout: panel.timeout }),
    ...(panel.statusHelp === undefined ? {} : { statusHelp: panel.statusHelp }),
    ...(panel.mode === 'interactive' && rendered.secrets.length > 0 && !rendered.problem
      ? {
          problem:
            'This command talks to you on the terminal, so no secret can be fed to it: the panel needs another mode.',
        }
      : {}),
  };
}

/** A template with values: sources, classify, and, with `plain`, the words of a question. `where` says where the text runs. */
export function renderTemplate(template: Template, input: RenderInput, where: Where = {}): Rendered {
  const found = startFindings(input, [template]);
  if (input.plain) {
    const { text, parts } = fillPlain(template, found);
    return { text, parts, missing: [...found.missing], secrets: [], path: [] };
  }
  return finish(fillShell(template, found), found, where);
}

/** A template of a dialog that runs where the dialog's command runs: discover, preview, verify. */
export function renderBeside(panel: DialogPanel, template: Template, input: RenderInput): Rendered {
  return renderTemplate(template, input, placeOf(panel));
}

/** A text of our own, run where a dialog's command runs: what reads a file before an edit. */
export function wrapText(text: string, input: RenderInput, where: Where): Rendered {
  return finish({ text, parts: [] }, startFindings(input, []), where);
}

/** Where a dialog's command runs. */
export function placeOf(panel: DialogPanel): Where {
  return { target: panel.target, as: panel.as, path: panel.path };
}

/** A template as shell text. Where a hole vanishes, the blanks that parted it from its neighbour go too. */
function fillShell(template: Template, found: Findings): Marked {
  const pieces: Array<string | Marked> = [];
  let vanished = false;
  for (const part of template.parts) {
    if (typeof part === 'string') {
      pieces.push(vanished ? closeGap(pieces, part) : part);
      vanished = false;
      continue;
    }
    const filled = fillHole(part, found);
    if (filled) pieces.push(shellText(filled));
    vanished = filled === undefined;
  }
  if (vanished) closeGap(pieces, '');
  return joinMarked(pieces);
}

/** Drops the blanks before a vanished hole when blanks, a line's end or the text's end follow; those behind it at a text's start. */
function closeGap(pieces: Array<string | Marked>, next: string): string {
  const last = pieces.at(-1);
  if (last === undefined) return next.trimStart();
  if (typeof last !== 'string' || !/^([ \t\n]|$)/.test(next)) return next;
  const shorter = last.replace(/[ \t]+$/, '');
  if (!shorter.endsWith('\\')) pieces[pieces.length - 1] = shorter;
  return next;
}

/** Puts the secrets' reading in front and the wrappers around, and looks whether the whole can run. */
function finish(body: Marked, found: Findings, where: Where): Rendered {
  const host = name(where.target, found);
  const user = name(where.as, found);
  const target = host && !isHere(host.text, found.input.thisHost) ? host : undefined;
  const read = found.secrets.map(use => `IFS= read -r ${use.variable}\n`);
  let text = joinMarked([...read, body]);
  let path = where.path;
  for (const outer of [host, user]) {
    const problem = outer && quoteProblem(outer.text);
    if (problem)
      return { ...told(found), text: body.text, parts: body.parts, path: [], problem: `The host or user ${problem}.` };
  }
  if (user) {
    text = markedAsUser(text, user, { path });
    path = undefined;
  }
  if (target) text = markedOnHost(text, target, { path, interactive: where.interactive });
  const inside = user !== undefined || target !== undefined;
  const problem = found.problem ?? tooLong(text, found);
  return {
    ...told(found),
    ...text,
    path: inside ? [] : (where.path ?? []),
    ...(inside && where.path?.length ? { textPath: where.path } : {}),
    ...(target ? { target: target.text } : {}),
    ...(user ? { as: user.text } : {}),
    ...(problem ? { problem } : {}),
  };
}

function told(found: Findings): Pick<Rendered, 'missing' | 'secrets'> {
  return { missing: [...found.missing], secrets: found.secrets };
}

/** A host's or user's name; undefined when there is none. */
function name(from: Template | string | undefined, found: Findings): Marked | undefined {
  if (from === undefined) return undefined;
  const marked = typeof from === 'string' ? { text: from, parts: [] } : fillPlain(from, found);
  return marked.text === '' ? undefined : marked;
}

/** The same name, or one of them with its domain and the other without. */
function isHere(host: string, thisHost: string | undefined): boolean {
  if (thisHost === undefined) return false;
  const [a, b] = [host.toLowerCase(), thisHost.toLowerCase()];
  return a === b || (!a.includes('.') && b.startsWith(`${a}.`)) || (!b.includes('.') && a.startsWith(`${b}.`));
}

function tooLong(text: Marked, found: Findings): string | undefined {
  // A UTF-16 unit is three bytes at most: most texts are never measured.
  if (text.text.length * 3 <= longestText) return undefined;
  const bytes = Buffer.byteLength(text.text);
  if (bytes <= longestText) return undefined;
  const longest = text.parts.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a), {
    start: 0,
    end: 0,
    field: '',
    label: '',
  });
  const label = found.fields.get(longest.field)?.label.trim() ?? longest.label;
  const cure = label ? ` Shorten ${label}.` : '';
  return `The command is ${bytes} bytes long; the system takes ${longestText} at most.${cure}`;
}
