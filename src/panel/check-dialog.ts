/** What a dialog needs beside its fields: a command, a question where it is dangerous, evidence. Heavy (unbash by danger.ts). */
import { availableNames, type CheckContext, patternProblem } from './check-context.ts';
import { namesInExpressions } from './check-expressions.ts';
import { namesInTemplates } from './check-holes.ts';
import { dangersIn } from './danger.ts';
import type { Way } from './places.ts';
import { didYouMean } from './suggest.ts';
import type { DialogPanel, Edit } from './types.ts';

/** Complains about a dialog's own keys. */
export function checkDialog(context: CheckContext, panel: DialogPanel): void {
  const complain = (way: Way, message: string, level?: 'warning') => context.complain(panel, way, message, { level });
  checkCommand(panel, complain);
  checkConfirm(panel, complain);
  checkReferences(panel, complain);
  if (panel.evidence.source === '') {
    const message =
      'says no evidence, so it counts as unverified; write evidence: {level: manual, source: "where the command is described"}';
    complain([], message, context.shipped ? undefined : 'warning');
  }
  checkUsed(context, panel, complain);
}

type Complain = (way: Way, message: string, level?: 'warning') => void;

function checkCommand(panel: DialogPanel, complain: Complain): void {
  if (panel.run && panel.edits)
    complain(['edits'], 'a dialog has run or edits, not both; put the edits into a dialog of their own');
  if (!panel.run && !panel.edits)
    complain([], 'the dialog has no command; write run: the command, or edits: a list of file edits');
  if (panel.run?.source.trim() === '') complain(['run'], 'the command is empty');
  if (panel.mode === 'interactive') {
    const secret = panel.fields.find(field => field.type === 'secret');
    if (secret)
      complain(
        ['mode'],
        `an interactive command has the terminal, so the secret ${secret.name} cannot be fed to it; leave mode or the field out`,
      );
  }
  for (const [index, pattern] of (panel.failIf ?? []).entries()) {
    const problem = patternProblem(pattern);
    if (problem) complain(['fail_if', index], problem);
  }
  const problem = panel.verify?.pattern === undefined ? undefined : patternProblem(panel.verify.pattern);
  if (problem) complain(['verify', 'pattern'], problem);
  panel.edits?.forEach((edit, index) => {
    checkEdit(edit, ['edits', index], complain);
  });
}

/** Arguments that only a few words fit; one with a placeholder is looked at when it is filled. */
const argumentWords: Record<string, string[]> = {
  action: ['add', 'remove'],
  first: ['yes', 'no'],
  create: ['yes', 'no'],
};

function checkEdit({ verb, args }: Edit, way: Way, complain: Complain): void {
  if (verb === 'remove_line' && !args.match && !args.line)
    complain(way, 'remove_line needs line: the whole line, or match: a regular expression');
  if (verb === 'crontab_entry' && !args.match && !args.entry)
    complain(way, 'crontab_entry needs entry: the whole line, or match: a regular expression');
  for (const [name, { source, parts }] of Object.entries(args)) {
    if (parts.some(part => typeof part !== 'string')) continue;
    const words = argumentWords[name];
    if (words && !words.includes(source))
      complain([...way, verb, name], `${name} cannot be "${source}"; write ${words.join(' or ')}`);
    if (name === 'file' && !source.startsWith('/'))
      complain([...way, verb, name], `file wants a whole path such as /etc/hosts, not "${source}"`);
  }
}

function checkConfirm(panel: DialogPanel, complain: Complain): void {
  const { confirm } = panel;
  if (confirm?.level === 'type' && confirm.object.source.trim() === '') {
    complain(['confirm'], 'confirm with level: type needs object: what must be typed, for example "{{name}}"');
  }
  if (confirm || !panel.run) return;
  const dangers = dangersIn(panel.run);
  if (dangers.length > 0) {
    complain(
      ['run'],
      `runs ${dangers.join(', ')} without asking; write confirm: {level: ask, object: ..., effect: ...}`,
      'warning',
    );
  }
}

/** Names that point at fields. */
function checkReferences(panel: DialogPanel, complain: Complain): void {
  const names = panel.fields.map(field => field.name);
  panel.checks?.forEach(({ field }, index) => {
    if (field !== undefined && !names.includes(field))
      complain(['checks', index, 'field'], `there is no field "${field}"${didYouMean(field, names)}`);
  });
  panel.computed?.forEach(({ after }, index) => {
    if (after !== undefined && !names.includes(after))
      complain(['computed', index, 'after'], `there is no field "${after}"${didYouMean(after, names)}`);
  });
}

/** A field that nothing speaks of is mostly a slip in a placeholder. */
function checkUsed(context: CheckContext, panel: DialogPanel, complain: Complain): void {
  const used = new Set([...namesInTemplates(context, panel), ...namesInExpressions(panel)]);
  // A name that is not known has been told of, and is likely what the unused field was meant by.
  const known = availableNames(panel);
  if ([...used].some(name => !known.has(name))) return;
  for (const field of panel.fields) {
    if (field.type === 'info' || field.show || used.has(field.name)) continue;
    complain(
      ['fields', field.name],
      `field ${field.name}: nothing uses its value; write {{${field.name}}} in the command, or leave the field out`,
      'warning',
    );
  }
}
