/**
 * Command templates: shell text with `{{...}}` holes (design.md 4.3). This file only finds and reads the holes; whether a hole
 * stands at a safe place in the shell text is the business of template-check.ts, which is heavy and used at load time only.
 */
import type { Hole, Template } from './types.ts';

/** What is wrong with a template: `offset` counts UTF-16 units from the start of its source. */
export interface TemplateProblem {
  offset: number;
  message: string;
}

const forms = 'write {{x}}, {{x*}}, {{x,}}, {{x:}}, {{x+}}, {{-n x}}, {{-n=x}}, {{--name=x}} or {{-f if x}}';

/** Flags and literals go into the command as they stand, so they are made of characters that mean nothing to a shell. */
const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;
const fieldName = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/;

/**
 * Reads a template's source text.
 * Returns the template (parts in order: text as it stands, and holes) or every problem found, each with its offset and a cure.
 * `}}` outside a hole is ordinary text; `{{` always opens a hole.
 */
export function parseTemplate(source: string): { template: Template } | { problems: TemplateProblem[] } {
  const parts: Template['parts'] = [];
  const problems: TemplateProblem[] = [];
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('{{', at);
    if (start < 0) {
      parts.push(source.slice(at));
      break;
    }
    if (start > at) parts.push(source.slice(at, start));
    const close = source.indexOf('}}', start + 2);
    const inner = close < 0 ? '' : source.slice(start + 2, close);
    if (close < 0 || inner.includes('{{') || inner.includes('\n')) {
      problems.push({
        offset: start,
        message:
          '"{{" is not closed on its line: write "}}" after the field\'s name, or "{ {" where two braces are shell text',
      });
      at = start + 2;
      continue;
    }
    const hole = readHole(inner, start, close + 2);
    if ('message' in hole) problems.push(hole);
    else parts.push(hole);
    at = close + 2;
  }
  return problems.length > 0 ? { problems } : { template: { source, parts } };
}

/** The holes of a template, in order. A field may have several. */
export function holes(template: Template): Hole[] {
  return template.parts.filter(part => typeof part !== 'string');
}

function readHole(inner: string, start: number, end: number): Hole | TemplateProblem {
  const shown = `{{${inner}}}`;
  const wrong = (message: string): TemplateProblem => ({ offset: start, message: `${shown}: ${message}` });
  const words = inner.split(/[ \t]+/).filter(word => word !== '');
  if (words.length === 0) return wrong(`names no field: ${forms}`);

  if (words.at(-2) === 'if') {
    const name = words.at(-1)!;
    const literal = words.slice(0, -2);
    if (literal.length === 0) return wrong('says nothing before "if": write the option it gives, as in {{-f if x}}');
    if (!fieldName.test(name)) return wrong(badName(name));
    const odd = literal.find(word => !plainWord.test(word));
    if (odd !== undefined) return wrong(`"${odd}" is not a plain word: write it outside the braces`);
    return { field: name, form: 'literal', literal: literal.join(' '), start, end };
  }
  if (words.length > 2) return wrong(`is not a form that is known: ${forms}`);

  const last = words.at(-1)!;
  const equals = words.length === 1 ? last.lastIndexOf('=') : -1;
  const flag = words.length === 2 ? words[0]! : equals >= 0 ? last.slice(0, equals) : undefined;
  const { name, ...form } = readForm(last.slice(equals + 1));
  if (name === '') return wrong(`names no field: ${forms}`);
  if (!fieldName.test(name)) return wrong(badName(name));
  if (flag === undefined) return { field: name, ...form, start, end };
  if (flag === '') return wrong('has nothing before "=": write the option, as in {{-n=x}}');
  if (!plainWord.test(flag)) return wrong(`"${flag}" is not a plain word: write it outside the braces`);
  return { field: name, ...form, flag, ...(equals >= 0 ? { glued: true } : {}), start, end };
}

function readForm(token: string): { name: string } & Pick<Hole, 'form' | 'joiner'> {
  const name = token.slice(0, -1);
  if (token.endsWith('*')) return { name, form: 'many' };
  if (token.endsWith(',')) return { name, form: 'joined', joiner: ',' };
  if (token.endsWith(':')) return { name, form: 'joined', joiner: ':' };
  // As in a form's data on the web: a plus is a blank.
  if (token.endsWith('+')) return { name, form: 'joined', joiner: ' ' };
  return { name: token, form: 'word' };
}

function badName(name: string): string {
  const cure = name.startsWith('-') ? ', an option needs one after it, as in {{-n x}}' : '';
  return `"${name}" is not a field's name (letters, digits and "_"${cure})`;
}
