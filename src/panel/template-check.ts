/**
 * Whether a command template is right POSIX shell, and whether each hole stands where a value can be nothing but a value.
 *
 * Heavy (it loads the shell parser unbash): only the reader of panel files imports this, when a file is read, never at start-up.
 *
 * The holes are replaced by a word that means nothing, the text is parsed, and every hole is looked up in the syntax tree. This is
 * done twice: once with everything there and once with every part absent that may be absent.
 */
import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';
import { inNoWord, placeProblem, secretProblem } from './hole-place.ts';
import { notPosix } from './posix-check.ts';
import type { TemplateProblem } from './template.ts';
import type { Hole, Template } from './types.ts';

export interface ShellCheckOptions {
  /** Fields that may be absent (`when`): their plain holes may vanish too. */
  absent?: ReadonlySet<string>;
  /** Fields of type `secret`: they must not become a program's argument, where `ps` shows them. */
  secrets?: ReadonlySet<string>;
}

/** A hole and where its stand-in is in the text that was parsed. */
export interface Span {
  hole: Hole;
  start: number;
  end: number;
}

interface Variant {
  text: string;
  spans: Span[];
  /** Template offset of an offset in `text`. */
  origin(offset: number): number;
}

const standIn = 'Hole';

/** Every problem of a template's shell text, each with its offset in the source and what to write instead; none when it is right. */
export function checkShell(template: Template, options: ShellCheckOptions = {}): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const mayVanish = (hole: Hole) =>
    hole.form !== 'word' || hole.flag !== undefined || options.absent?.has(hole.field) === true;
  const full = fill(template, hole => hole.literal ?? standIn);
  problems.push(...checkVariant(full, template.source, options));
  if (problems.length === 0 && template.parts.some(part => typeof part !== 'string' && mayVanish(part))) {
    const bare = fill(template, hole => (mayVanish(hole) ? '' : standIn));
    for (const problem of checkVariant(bare, template.source, options)) {
      problems.push({ ...problem, message: `${problem.message} (when every part that may be absent is absent)` });
    }
  }
  const seen = new Set<string>();
  return problems
    .filter(({ offset, message }) => !seen.has(`${offset} ${message}`) && seen.add(`${offset} ${message}`))
    .sort((a, b) => a.offset - b.offset);
}

function fill(template: Template, write: (hole: Hole) => string): Variant {
  let text = '';
  const spans: Span[] = [];
  const steps: Array<{ at: number; from: number }> = [];
  let from = 0;
  for (const part of template.parts) {
    steps.push({ at: text.length, from });
    if (typeof part === 'string') {
      text += part;
      from += part.length;
    } else {
      const word = write(part);
      if (word !== '') spans.push({ hole: part, start: text.length, end: text.length + word.length });
      text += word;
      from = part.end;
    }
  }
  steps.push({ at: text.length, from: template.source.length });
  const origin = (offset: number) => {
    const i = steps.findLastIndex(step => step.at <= offset);
    const step = steps[i]!;
    // A place inside a hole's stand-in is the hole's own.
    return typeof template.parts[i] === 'string' ? step.from + offset - step.at : step.from;
  };
  return { text, spans, origin };
}

function checkVariant(variant: Variant, source: string, options: ShellCheckOptions): TemplateProblem[] {
  const { text, spans, origin } = variant;
  const problems: TemplateProblem[] = [];
  const found = new Map<Span, SyntaxNode[]>();
  const walk = (node: SyntaxNode, path: SyntaxNode[]) => {
    const here = [...path, node];
    for (const error of (node as ParsedScript).errors ?? []) {
      problems.push({ offset: origin(error.pos), message: `not right shell text: ${error.message}` });
    }
    const posix = notPosix(node, text);
    if (posix) problems.push({ offset: origin(node.pos), message: posix });
    const skipped = overlooked(node, text);
    if (skipped !== undefined) problems.push({ offset: origin(skipped), message: unexpected(text, skipped) });
    for (const span of spans) {
      const inside = node.pos <= span.start && span.end <= node.end;
      if (inside && here.length > (found.get(span)?.length ?? 0)) found.set(span, here);
    }
    forEachChild(node, child => walk(child, here));
  };
  walk(parse(text), []);
  for (const span of spans) {
    const path = found.get(span) ?? [];
    const shown = source.slice(span.hole.start, span.hole.end);
    const secret = options.secrets?.has(span.hole.field) ? secretProblem(path) : undefined;
    const problem = (inNoWord(path) ? commentProblem(problems.length > 0) : placeProblem(span, path, text)) ?? secret;
    if (problem) problems.push({ offset: span.hole.start, message: `${shown} ${problem}` });
  }
  return problems;
}

/** A hole that belongs to no word stands in a comment, or behind a syntax error that has been told already. */
function commentProblem(told: boolean): string | undefined {
  return told ? undefined : 'stands in a comment: take it out, or write the "#" before it in quotes';
}

function unexpected(text: string, at: number): string {
  return `not right shell text: "${text[at]}" is not expected here`;
}

/**
 * The parser is tolerant and passes over some characters without an error: a "(" behind a command's name, for one. The offset of
 * the first one that stands between or behind the pieces of a command and is no blank; undefined when there is none.
 */
function overlooked(node: SyntaxNode, text: string): number | undefined {
  if (node.type === 'Command') {
    const pieces = [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix];
    for (let i = 1; i < pieces.length; i++) {
      const gap = text.slice(pieces[i - 1]!.end, pieces[i]!.pos);
      const at = gap.search(/[^ \t\\\n]/);
      if (at >= 0) return pieces[i - 1]!.end + at;
    }
    const behind = /^[ \t]*\(/.exec(text.slice(node.end));
    return behind ? node.end + behind[0].length - 1 : undefined;
  }
  return undefined;
}
