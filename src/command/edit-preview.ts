/** What edits would change, before anything runs: plans with the text that reads their files, and the unified diff. */
import type { DialogPanel, EditVerb } from '../panel/types.ts';
import { displayText } from './display.ts';
import { applyEdit } from './edit-apply.ts';
import type { EditArguments } from './edit-arguments.ts';
import { currentTextCommand, fillEdits } from './edits.ts';
import { startFindings } from './fill.ts';
import { redact } from './redact.ts';
import { placeOf, type RenderInput, type Where, wrapText } from './render.ts';

/** One edit to be foretold. */
export interface EditPlan {
  verb: EditVerb;
  /** With secrets in clear: to work with, not to show. */
  args: EditArguments;
  /** What is edited, in words: a path, or `crontab of root`. Plans of the same subject follow from each other. */
  subject: string;
  /**
   * Shell text that prints the subject as it is now, on the host and as the user of the dialog: a line `there` and the text, or the
   * line `none`. It fails when the subject cannot be read.
   */
  read: string;
  path: string[];
  /** Values that must not be shown. */
  secrets: string[];
  /** Why it cannot be done. */
  problem?: string;
}

/**
 * The edits of a dialog with the form's values, nothing run and nothing read: give the output of each subject's `read` to
 * `diffOfPlans`.
 */
export function previewEdits(panel: DialogPanel, input: RenderInput): EditPlan[] {
  const edits = panel.edits ?? [];
  const templates = edits.flatMap(edit => Object.values(edit.args));
  const found = startFindings(input, templates);
  const where: Where = placeOf(panel);
  return fillEdits(edits, found).map(edit => {
    const read = wrapText(currentTextCommand(edit), input, where);
    const subject = edit.verb === 'crontab_entry' ? `crontab of ${edit.args.user}` : edit.args.file!;
    const secrets = found.secrets
      .map(use => input.values[use.field])
      .filter(value => typeof value === 'string' && value !== '');
    return {
      verb: edit.verb,
      args: edit.args,
      subject,
      read: read.text,
      path: read.path,
      secrets: secrets as string[],
      ...(edit.problem ? { problem: edit.problem } : {}),
    };
  });
}

/**
 * The unified diff of all plans, in order: an edit of a file that an earlier one changes starts from that one's result. Lines are
 * free of secrets and of control characters. `outputs` holds what each subject's `read` printed. Loads the library `diff`.
 */
export async function diffOfPlans(
  plans: EditPlan[],
  outputs: Map<string, string>,
): Promise<{ lines: string[]; problems: string[] }> {
  const current = new Map([...outputs].map(([subject, output]) => [subject, currentOf(output)]));
  const texts = new Map<string, string | undefined>(plans.map(plan => [plan.subject, current.get(plan.subject)]));
  const problems: string[] = [];
  for (const plan of plans) {
    const applied = plan.problem ? { problem: plan.problem } : applyEdit(plan.verb, plan.args, texts.get(plan.subject));
    if ('problem' in applied) problems.push(redact(`${plan.subject}: ${applied.problem}`, plan.secrets));
    else texts.set(plan.subject, applied.text);
  }
  const lines: string[] = [];
  const secrets = plans.flatMap(plan => plan.secrets);
  for (const [subject, text] of texts) {
    const before = current.get(subject);
    if (text === undefined || text === before) {
      if (problems.length === 0) lines.push(`${subject}: nothing to change`);
      continue;
    }
    const diff = await unifiedDiff(before ?? '', text, subject);
    lines.push(...redact(diff, secrets).replace(/\n$/, '').split('\n').map(shownLine));
  }
  return { lines, problems };
}

/** A line of a diff as it can be drawn: tabs as wide as in the file, other control characters visible. */
function shownLine(line: string): string {
  const sign = line.slice(0, 1);
  let text = '';
  for (const [i, piece] of line.slice(1).split('\t').entries()) {
    text += i === 0 ? piece : ' '.repeat(8 - (text.length % 8)) + piece;
  }
  return displayText(sign + text);
}

/** The text a `read` printed; undefined when there is none. */
function currentOf(output: string): string | undefined {
  return output.startsWith('there\n') ? output.slice('there\n'.length) : undefined;
}

/** The difference of two texts as `diff -u` writes it, three lines around each change; empty when there is none. */
export async function unifiedDiff(before: string, after: string, name: string): Promise<string> {
  if (before === after) return '';
  const { createTwoFilesPatch } = await import('diff');
  const patch = createTwoFilesPatch(name, name, before, after, 'now', 'afterwards', { context: 3 });
  return patch.replace(/^(Index:.*\n)?=+\n/, '');
}
