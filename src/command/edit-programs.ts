/**
 * The awk programs of the file edits. They run in every POSIX awk (gawk, mawk, busybox, the one of AIX) under LC_ALL=C and take
 * their values from the environment, because `-v` would read backslashes in them. `"" ` after a value keeps the comparison one of
 * text: awk would find the lines "1" and "1.0" equal otherwise.
 *
 * Each prints the new text and ends with 0 when it differs, 9 when nothing is to be done, 8 when it refuses.
 */
import type { EditVerb } from '../panel/types.ts';
import type { EditArguments } from './edit-arguments.ts';

/** Status of a program that found nothing to do. */
export const nothingToDo = 9;

export interface Program {
  text: string;
  /** Arguments it reads from the environment, by the name of the variable. */
  reads: Record<string, string>;
  /** What status 8 means, as the end of a sentence. */
  refusal?: string;
}

const line = 'BEGIN { line = ENVIRON["LINE"] "" }';

const ensureAtEnd = `${line}
{ print }
$0 == line { found = 1 }
END { if (!found) print line; exit (found ? 9 : 0) }`;

const ensureFirst = `${line}
NR == 1 && $0 == line { same = 1 }
NR == 1 && !same { print line }
same || $0 != line { print }
END { if (NR == 0) print line; exit (same ? 9 : 0) }`;

const ensureBefore = `${line}
{ text[NR] = $0 }
$0 == line { if (!have) have = NR; next }
!at && $0 ~ ENVIRON["BEFORE"] { at = NR }
END {
  same = have && (!at || have < at)
  for (i = 1; i <= NR; i++) {
    if (!same && i == at) print line
    if (same || (text[i] "") != line) print text[i]
  }
  if (!have && !at) print line
  exit (same ? 9 : 0)
}`;

const ensureAfter = `${line}
{ text[NR] = $0 }
$0 == line { have = NR; next }
$0 ~ ENVIRON["AFTER"] { at = NR }
END {
  same = have > at
  for (i = 1; i <= NR; i++) {
    print text[i]
    if (!same && i == at) print line
  }
  if (!same && !at) print line
  exit (same ? 9 : 0)
}`;

/** Why a block is not appended. */
export const inTheWay = 'something else of this kind stands in it already';

/** What END finds first: whether the lines of the block stand together somewhere. A newline at the end of the block ends its last line. */
const append = (
  unless: boolean,
) => `BEGIN { n = split(ENVIRON["BLOCK"] "", want, "\\n"); if (n > 1 && want[n] == "") n-- }
{ text[NR] = $0 }
${unless ? '$0 ~ ENVIRON["UNLESS"] { taken = 1 }\n' : ''}END {
  for (i = 1; i + n <= NR + 1 && !same; i++) {
    j = 1
    while (j <= n && (text[i + j - 1] "") == (want[j] "")) j++
    same = j > n
  }
  ${unless ? 'if (taken && !same) exit 8\n  ' : ''}for (i = 1; i <= NR; i++) print text[i]
  if (!same) for (j = 1; j <= n; j++) print want[j]
  exit (same ? 9 : 0)
}`;

const replace = `${line}
$0 ~ ENVIRON["MATCH"] { hit = 1; if ($0 != line) { $0 = line; changed = 1 } }
$0 == line { hit = 1 }
{ print }
END { exit (changed ? 0 : (hit ? 9 : 8)) }`;

const comment = `BEGIN { mark = ENVIRON["MARK"] "" }
$0 ~ ENVIRON["MATCH"] {
  rest = $0
  sub(/^[ \\t]*/, "", rest)
  if (index(rest, mark) != 1) { $0 = mark $0; changed = 1 }
}
{ print }
END { exit (changed ? 0 : 9) }`;

const removeLine = `${line}
$0 == line { changed = 1; next }
{ print }
END { exit (changed ? 0 : 9) }`;

const removeMatch = `$0 ~ ENVIRON["MATCH"] { changed = 1; next }
{ print }
END { exit (changed ? 0 : 9) }`;

const addReplacing = `${line}
$0 == line { have = 1; print; next }
$0 ~ ENVIRON["MATCH"] { changed = 1; next }
{ print }
END { if (!have) { print line; changed = 1 } exit (changed ? 0 : 9) }`;

const removeBoth = `${line}
$0 == line || $0 ~ ENVIRON["MATCH"] { changed = 1; next }
{ print }
END { exit (changed ? 0 : 9) }`;

const service = `BEGIN { name = ENVIRON["NAME"] ""; want = ENVIRON["WANT"] ""; proto = want; sub(/^[0-9]*/, "", proto) }
{
  rest = $0
  sub(/#.*/, "", rest)
  n = split(rest, word)
  if (n >= 2 && (word[1] "") == name && word[2] ~ /^[0-9]+\\// && substr(word[2], index(word[2], "/")) == proto) {
    have = 1
    if ((word[2] "") != want) {
      match($0, /^[ \\t]*[^ \\t]+[ \\t]+/)
      $0 = substr($0, 1, RLENGTH) want substr($0, RLENGTH + length(word[2]) + 1)
      changed = 1
    }
  } else if (n >= 2 && (word[2] "") == want) {
    other = 1
    for (i = 3; i <= n; i++) if ((word[i] "") == name) { have = 1; other = 0 }
    if (other) taken = 1
  }
  print
}
END {
  if (taken && (changed || !have)) exit 8
  if (!have) { printf "%-15s %s\\n", name, want; changed = 1 }
  exit (changed ? 0 : 9)
}`;

/** The program for a verb with these arguments. */
export function editProgram(verb: EditVerb, args: EditArguments): Program {
  switch (verb) {
    case 'ensure_line':
      if (args.first === 'yes') return { text: ensureFirst, reads: { LINE: 'line' } };
      if (args.before) return { text: ensureBefore, reads: { LINE: 'line', BEFORE: 'before' } };
      if (args.after) return { text: ensureAfter, reads: { LINE: 'line', AFTER: 'after' } };
      return { text: ensureAtEnd, reads: { LINE: 'line' } };
    case 'append_block':
      if (args.unless) return { text: append(true), reads: { BLOCK: 'block', UNLESS: 'unless' }, refusal: inTheWay };
      return { text: append(false), reads: { BLOCK: 'block' } };
    case 'replace_line':
      return { text: replace, reads: { LINE: 'line', MATCH: 'match' }, refusal: 'no line matches' };
    case 'comment_line':
      return { text: comment, reads: { MATCH: 'match', MARK: 'comment' } };
    case 'remove_line':
      return removal('line', args);
    case 'crontab_entry':
      if (args.action === 'remove') return removal('entry', args);
      if (args.match) return { text: addReplacing, reads: { LINE: 'entry', MATCH: 'match' } };
      return { text: ensureAtEnd, reads: { LINE: 'entry' } };
    case 'services_entry':
      return { text: service, reads: { NAME: 'name', WANT: 'want' }, refusal: 'another service has this port' };
  }
}

function removal(whole: string, args: EditArguments): Program {
  if (args[whole] && args.match) return { text: removeBoth, reads: { LINE: whole, MATCH: 'match' } };
  if (args.match) return { text: removeMatch, reads: { MATCH: 'match' } };
  return { text: removeLine, reads: { LINE: whole } };
}
