/** Where and as whom a text runs: `ssh HOST 'TEXT'`, `su - USER -c 'TEXT'`. They nest, and quote by the one function. */
import { joinMarked, type Marked, quoteMarked } from './marked.ts';
import { quote } from './quote.ts';

export interface WrapOptions {
  /** Directories put before PATH inside: neither ssh nor `su -` takes our PATH along. */
  path?: string[];
  /** The command talks to the operator: ssh gets a terminal (-t) and may ask for a password (no BatchMode). */
  interactive?: boolean;
}

/** What a text gets in front so that the directories come first in PATH; empty without any. */
export function pathLine(path: string[] | undefined): string {
  return path && path.length > 0 ? `PATH=${path.map(quote).join(':')}:$PATH; export PATH` : '';
}

/** The text run on another host by the system's ssh; one shell command. */
export function onHost(text: string, host: string, options: WrapOptions = {}): string {
  return markedOnHost(unmarked(text), unmarked(host), options).text;
}

/** The text run as another user in a login environment of that user; one shell command. */
export function asUser(text: string, user: string, options: WrapOptions = {}): string {
  return markedAsUser(unmarked(text), unmarked(user), options).text;
}

/** `onHost` for texts that know where they come from. */
export function markedOnHost(body: Marked, host: Marked, options: WrapOptions): Marked {
  const inner = withPath(body, options);
  // ssh goes on looking for options behind the host's name, so a text must not look like one.
  const safe = inner.text.startsWith('-') ? joinMarked([' ', inner]) : inner;
  const ssh = options.interactive ? 'ssh -t ' : 'ssh -o BatchMode=yes ';
  return joinMarked([ssh, host.text.startsWith('-') ? '-- ' : '', word(host), ' ', quoteMarked(safe)]);
}

/** `asUser` for texts that know where they come from. */
export function markedAsUser(body: Marked, user: Marked, options: WrapOptions): Marked {
  const inner = quoteMarked(withPath(body, options));
  if (user.text.startsWith('-')) return joinMarked(['su - -c ', inner, ' -- ', word(user)]);
  return joinMarked(['su - ', word(user), ' -c ', inner]);
}

function withPath(body: Marked, options: WrapOptions): Marked {
  const line = pathLine(options.path);
  return line ? joinMarked([`${line}; `, body]) : body;
}

/** A name as one word; the mark of a missing one stays readable. */
function word(name: Marked): Marked {
  return name.text === '???' ? name : quoteMarked(name);
}

function unmarked(text: string): Marked {
  return { text, parts: [] };
}
