/** File edits become shell text: the arguments' templates are filled, checked, quoted, and given to the verb's text. */
import type { Edit, EditVerb, Template } from '../panel/types.ts';
import { argumentProblem, type EditArguments, expressionArguments } from './edit-arguments.ts';
import { editProgram } from './edit-programs.ts';
import { crontabEdit, currentText, type EditWords, fileEdit } from './edit-shell.ts';
import { escapeRegularExpression } from './ere.ts';
import { type Findings, fillHole, fillPlain, missingMark } from './fill.ts';
import { joinMarked, type Marked, mark, quoteMarked } from './marked.ts';

/** A stretch of an argument: text of the author's or of a field, or the variable a secret is read into. */
interface Piece {
  text: string;
  field?: string;
  label?: string;
  variable?: string;
}

/** An edit with its values: what is needed to render it, and to foretell what it does. */
export interface FilledEdit {
  verb: EditVerb;
  /** Secrets stand here in clear: this is never shown, only worked with. */
  args: EditArguments;
  words: EditWords;
  /** Some of its text is a secret. */
  secret: boolean;
  problem?: string;
}

/** The shell text of one edit with plain values, or why there is none. */
export function renderEdit(verb: EditVerb, args: EditArguments): { text: string } | { problem: string } {
  const pieces = Object.fromEntries(Object.entries(args).map(([name, text]) => [name, [{ text }]]));
  const edit = assemble(verb, pieces);
  return edit.problem ? { problem: edit.problem } : { text: editText(edit).text };
}

/** The edits of a dialog, joined so that one that fails stops the rest. */
export function renderEdits(edits: Edit[], found: Findings): Marked {
  const filled = fillEdits(edits, found);
  const problem = filled.find(edit => edit.problem)?.problem;
  // A value that is missing stands as ???; that is no mistake to tell of.
  if (problem && found.missing.size === 0) found.problem ??= problem;
  if (filled.length === 0) return { text: ':', parts: [] };
  return joinMarked(filled.flatMap((edit, i) => [i > 0 ? ' &&\n' : '', editText(edit)]));
}

/** The edits whose `when` holds, with their arguments filled. */
export function fillEdits(edits: Edit[], found: Findings): FilledEdit[] {
  const wanted = edits.filter(edit => !edit.when || (found.input.holds?.(edit.when) ?? true));
  return wanted.map(edit => {
    const pieces = Object.entries(edit.args).map(
      ([name, template]) => [name, fillArgument(name, template, found)] as const,
    );
    return assemble(edit.verb, Object.fromEntries(pieces));
  });
}

/** What edits do, in one line each, values as they are; a secret is never shown. */
export function summarizeEdits(edits: Edit[], found: Findings): string[] {
  const wanted = edits.filter(edit => !edit.when || (found.input.holds?.(edit.when) ?? true));
  return wanted.map(edit => {
    const args = Object.entries(edit.args).map(([name, template]) => {
      const { text } = fillPlain(template, found);
      return `${name}=${/^[^\s'"]+$/.test(text) ? text : `"${text}"`}`;
    });
    return [edit.verb, ...args].join(' ');
  });
}

/** Shell text that prints what the edit starts from. */
export function currentTextCommand(edit: FilledEdit): string {
  return currentText(edit.verb, edit.words).text;
}

function editText(edit: FilledEdit): Marked {
  const { verb, args, words } = edit;
  const program = editProgram(verb, args);
  for (const name of Object.values(program.reads)) words[name] ??= { text: missingMark, parts: [] };
  if (verb === 'crontab_entry') return crontabEdit(program, words);
  return fileEdit(program, words, args.create === 'yes', edit.secret);
}

function fillArgument(name: string, template: Template, found: Findings): Piece[] {
  const expression = expressionArguments.includes(name);
  return template.parts.flatMap((part): Piece[] => {
    if (typeof part === 'string') return [{ text: part }];
    const filled = fillHole(part, found);
    if (!filled) return [];
    const { field, label, flag } = filled;
    if (filled.missing) return [{ text: flag + missingMark, field, label }];
    if (filled.literal !== undefined) return [{ text: filled.literal, field, label }];
    return filled.words.flatMap((word, i): Piece[] => {
      if (name === 'block' && word.text.includes('\n')) found.problem ??= `${label} must be one line.`;
      if (word.variable && expression) found.problem ??= `${label}: a secret cannot be part of a search expression.`;
      const text = expression ? escapeRegularExpression(word.text) : word.text;
      return [
        { text: `${i > 0 ? ' ' : ''}${flag}` },
        { text, field, label, ...(word.variable ? { variable: word.variable } : {}) },
      ];
    });
  });
}

/** Puts the pieces together twice: as values to check and foretell with, and as shell words. */
function assemble(verb: EditVerb, given: Record<string, Piece[]>): FilledEdit {
  const pieces: Record<string, Piece[]> = { ...given };
  const args = Object.fromEntries(
    Object.entries(pieces).map(([name, list]) => [name, list.map(piece => piece.text).join('')]),
  );
  const problem = argumentProblem(verb, args);
  if (verb === 'services_entry') {
    pieces.want = [...(pieces.port ?? []), { text: '/' }, ...(pieces.protocol ?? [])];
    pieces.file ??= [{ text: '/etc/services' }];
    args.file ??= '/etc/services';
  }
  if (verb === 'comment_line' && !args.comment) {
    args.comment = '#';
    pieces.comment = [{ text: '#' }];
  }
  pieces.file ??= [{ text: missingMark }];
  pieces.user ??= [{ text: missingMark }];
  const words = Object.fromEntries(Object.entries(pieces).map(([name, list]) => [name, shellWord(list)]));
  const secret = Object.values(pieces).some(list => list.some(piece => piece.variable !== undefined));
  return { verb, args, words, secret, ...(problem ? { problem } : {}) };
}

/** One shell word of pieces: quoted text, and a secret's variable in double quotes glued to it. */
function shellWord(pieces: Piece[]): Marked {
  const words: Marked[] = [];
  let run: Marked[] = [];
  const close = () => {
    const text = joinMarked(run);
    if (text.text !== '')
      words.push(
        text.text.includes('\0') || !text.text.isWellFormed() ? { text: missingMark, parts: [] } : quoteMarked(text),
      );
    run = [];
  };
  for (const piece of pieces) {
    const { field, label = '' } = piece;
    if (piece.variable) {
      close();
      words.push(mark(`"$${piece.variable}"`, field!, label));
    } else run.push(field === undefined ? { text: piece.text, parts: [] } : mark(piece.text, field, label));
  }
  close();
  return words.length === 0 ? { text: "''", parts: [] } : joinMarked(words);
}
