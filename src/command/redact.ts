/** Secrets taken out of text before it is shown, logged or kept. The last net: they should not be there in the first place. */
import { quote, quoteProblem } from './quote.ts';

/** What stands where a secret stood: always the same, whatever the secret's length. */
export const redacted = '********';

/** A secret shorter than this is replaced only where it is a whole word: "a" would spoil every text. */
const shortest = 4;

/** A text without the secrets, in their own form or as quoted, base64, percent-encoded or JSON text. */
export function redact(text: string, secrets: string[]): string {
  const forms = formsOf(secrets);
  return forms.length === 0 ? text : text.replace(patternOf(forms), redacted);
}

/** Takes secrets out of text that comes in pieces. */
export interface Redactor {
  /** The text that is certain by now; the start of what may become a secret is held back. */
  push(chunk: string): string;
  /** What was held back. */
  end(): string;
}

/** A redactor for output: a secret that is split over chunks is found as well, and nothing else is held back. */
export function createRedactor(secrets: string[]): Redactor {
  const forms = formsOf(secrets);
  if (forms.length === 0) return { push: chunk => chunk, end: () => '' };
  const pattern = patternOf(forms);
  const longest = Math.max(...forms.map(form => form.text.length));
  // The character before the held text, so that a short secret's left edge can be seen.
  let before = '';
  let held = '';
  const release = (limit: (text: string) => number): string => {
    const text = before + held;
    const from = before.length;
    const until = Math.max(from, limit(text));
    let out = '';
    let at = from;
    pattern.lastIndex = from;
    for (let match = pattern.exec(text); match && match.index < until; match = pattern.exec(text)) {
      out += text.slice(at, match.index) + redacted;
      at = match.index + match[0].length;
    }
    const end = Math.max(at, until);
    out += text.slice(at, end);
    before = end > 0 ? text[end - 1]! : '';
    held = text.slice(end);
    return out;
  };
  return {
    push: chunk => {
      held += chunk;
      return release(text => firstUncertain(text, forms, longest));
    },
    end: () => release(text => text.length),
  };
}

interface Form {
  text: string;
  /** Replaced as a whole word only. */
  short: boolean;
}

/** The first place from which the text could go on to be a secret, or where a short one's right edge is not there yet. */
function firstUncertain(text: string, forms: Form[], longest: number): number {
  for (let at = Math.max(0, text.length - longest); at < text.length; at++) {
    const rest = text.slice(at);
    if (forms.some(form => (form.text.length > rest.length || form.short) && form.text.startsWith(rest))) return at;
  }
  return text.length;
}

function formsOf(secrets: string[]): Form[] {
  const forms = new Map<string, Form>();
  for (const secret of secrets) {
    if (secret === '' || quoteProblem(secret)) continue;
    const short = secret.length < shortest;
    const add = (text: string) => forms.set(text, { text, short: short && text.length < shortest });
    add(secret);
    if (short) continue;
    add(quote(secret).replace(/^'(.*)'$/s, '$1'));
    add(Buffer.from(secret).toString('base64'));
    add(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    add(Buffer.from(secret).toString('base64url'));
    add(encodeURIComponent(secret));
    add(encodeURIComponent(secret).replaceAll('%20', '+'));
    add(JSON.stringify(secret).slice(1, -1));
  }
  // The longest first: where two begin at one place, all of it goes.
  return [...forms.values()].sort((a, b) => b.text.length - a.text.length);
}

function patternOf(forms: Form[]): RegExp {
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const word = '[\\p{L}\\p{N}_]';
  const sources = forms.map(form => (form.short ? `(?<!${word})${literal(form.text)}(?!${word})` : literal(form.text)));
  return new RegExp(sources.join('|'), 'gu');
}
