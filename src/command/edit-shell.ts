/**
 * The shell text around an edit's awk program: look, back up, write through, and put the old text back when writing fails. Plain
 * POSIX, one subshell an edit, ready to be copied. What it promises:
 *
 * - nothing is written, and no backup made, when there is nothing to do;
 * - the file keeps its inode, owner, mode and links, because the new text is written into it;
 * - the new text is complete beside the file before the file is touched, so a full disk is met before that; should writing still
 *   fail, the old text is put back, or the backup takes the file's place;
 * - status 0 when the file is as it should be, 1 when it is as it was.
 */
import type { EditVerb } from '../panel/types.ts';
import { nothingToDo, type Program } from './edit-programs.ts';
import { joinMarked, type Marked } from './marked.ts';
import { quote } from './quote.ts';

/** Values of the edit as shell words, by argument. */
export type EditWords = Record<string, Marked>;

/** The edit of a file, as one subshell. `create`: an absent file is made; `secret`: then for its owner alone. */
export function fileEdit(program: Program, words: EditWords, create: boolean, secret: boolean): Marked {
  return joinMarked([
    '(\n',
    'f=',
    words.file!,
    '\n',
    ...values(program, words),
    `edit() { awk ${quote(program.text)}; }\n`,
    create && secret ? 'umask 077\n' : '',
    create ? 'new=\n[ -e "$f" ] || { new=yes; : > "$f"; } || exit 1\n' : '',
    '[ -f "$f" ] || { echo "$f: no such file" >&2; exit 1; }\n',
    'edit < "$f" > /dev/null\n',
    ...decide('"$f', program),
    `b=$f.$(date +%Y%m%d%H%M%S)
while [ -e "$b" ]; do b=\${b}_; done
n=$b.new
umask 077
set -C
trap 'rm -f "$n"' 0
trap 'exit 1' 1 2 15
if edit < "$f" | cat > "$n" && cp -p "$f" "$b"; then
  trap '' 1 2 15
  if cat "$n" >| "$f"; then
`,
    create ? '    [ -z "$new" ] || { rm -f "$b"; echo "$f: made"; exit 0; }\n' : '',
    `    echo "$f: changed, the old text is in $b"
    exit 0
  fi
  rm -f "$n"
  { cat "$b" >| "$f" && rm -f "$b"; } || mv -f "$b" "$f"
else
  rm -f "$b"
fi
`,
    create ? '[ -z "$new" ] || rm -f "$f"\n' : '',
    'echo "$f: not changed" >&2\nexit 1\n)',
  ]);
}

/**
 * The edit of a user's crontab. Root on Linux and BSD uses `crontab -u`; AIX has no such option, there it is the user's own
 * crontab command that runs. The old table is kept in the home directory of whoever runs this.
 */
export function crontabEdit(program: Program, words: EditWords): Marked {
  return joinMarked([
    '(\n',
    ...listAndLoad(words.user!),
    ...values(program, words),
    `edit() { awk ${quote(program.text)}; }
b=\${HOME:-/tmp}/crontab.$u.$(date +%Y%m%d%H%M%S)
while [ -e "$b" ]; do b=\${b}_; done
n=$b.new
umask 077
set -C
trap 'rm -f "$n"' 0
trap 'rm -f "$b"; exit 1' 1 2 15
if list > "$b" 2> "$n"; then :
elif grep -i -e 'no crontab' -e 'no such file' -e 'does not exist' "$n" > /dev/null; then :
else cat "$n" >&2; rm -f "$b"; exit 1
fi
edit < "$b" > /dev/null
`,
    ...decide('"crontab of $u', program, 'rm -f "$b"; '),
    `if edit < "$b" | cat >| "$n" && load "$n"; then
  if [ -s "$b" ]; then echo "crontab of $u: changed, the old one is in $b"
  else rm -f "$b"; echo "crontab of $u: made"
  fi
  exit 0
fi
rm -f "$b"
echo "crontab of $u: not changed" >&2
exit 1
)`,
  ]);
}

/**
 * Shell text that prints what an edit starts from, for the diff: a line `there` and the text of the file or crontab, or the line
 * `none` when there is no such thing. Another status than 0 means that it could not be read.
 */
export function currentText(verb: EditVerb, words: EditWords): Marked {
  if (verb !== 'crontab_entry') {
    return joinMarked(['f=', words.file!, '\nif [ -e "$f" ]; then echo there && cat "$f"; else echo none; fi']);
  }
  return joinMarked([
    ...listAndLoad(words.user!),
    `if e=$(list 2>&1 > /dev/null); then echo there && list; exit; fi
case $e in
*'no crontab'* | *'o such file'* | *'does not exist'*) echo none ;;
*) echo "$e" >&2; exit 1 ;;
esac`,
  ]);
}

function listAndLoad(user: Marked): Array<string | Marked> {
  return [
    'u=',
    user,
    `
case $(id -un):$(uname -s) in
"$u":AIX) list() { crontab -l; }; load() { crontab < "$1"; } ;;
*:AIX) list() { su "$u" -c 'crontab -l'; }; load() { su "$u" -c crontab < "$1"; } ;;
"$u":*) list() { crontab -l; }; load() { crontab "$1"; } ;;
*) list() { crontab -u "$u" -l; }; load() { crontab -u "$u" "$1"; } ;;
esac
`,
  ];
}

/** The program's values as environment variables, read by no one but awk. */
function values(program: Program, words: EditWords): Array<string | Marked> {
  const names = Object.keys(program.reads);
  const lines = names.flatMap(name => [`${name}=`, words[program.reads[name]!]!, '\n']);
  return [...lines, `LC_ALL=C\nexport ${[...names, 'LC_ALL'].join(' ')}\n`];
}

/** What the first run of the program says: go on, stop content, or stop with an error. `open` is the subject, in an open quote. */
function decide(open: string, program: Program, first = ''): string[] {
  return [
    'case $? in\n0) ;;\n',
    `${nothingToDo}) ${first}echo ${open}: nothing to change"; exit 0 ;;\n`,
    program.refusal ? `8) ${first}echo ${open}: ${program.refusal}, not changed" >&2; exit 1 ;;\n` : '',
    `*) ${first}exit 1 ;;\nesac\n`,
  ];
}
