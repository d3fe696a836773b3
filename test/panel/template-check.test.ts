// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/panel/template.ts';
import { checkShell, type ShellCheckOptions } from '../../src/panel/template-check.ts';

function check(source: string, options?: ShellCheckOptions) {
  const result = parseTemplate(source);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return checkShell(result.template, options);
}

test.each([
  'uptime',
  'ls -l {{file}}',
  'dd if={{from}} of={{to}} bs={{size}}k',
  'cl {{-n node}} {{-s=x}} {{--name=y}} {{nodes*}} {{-v if verbose}}',
  'cat {{file}} > {{out}} 2>&1',
  'cat < {{file}} >> /tmp/{{name}}.log',
  'A={{x}} B=/opt/{{y}} cmd',
  '{{A=1 if x}} cmd {{y}}',
  'cmd {{y}} && {{A=1 if x}} cmd',
  'for n in {{nodes*}} {{-x y}}; do ping -c 1 "$n"; done',
  'case {{x}} in a) ls ;; esac',
  'echo $(wc -l {{file}})',
  'echo "$(wc -l {{file}})"',
  'if [ {{x}} = {{y}} ]; then ls; fi',
  '/opt/{{name}}/bin/start --now',
  'command -- {{x}} a',
  '{{sudo if root}} mount {{dir}}',
  "awk '{ if (1) {print $1}}' {{file}} | sort -u",
  'a "b c"{{x}}"d e"',
  "printf '%s\\n' a\\\\{{x}}",
  'printf %s ${HOME}{{x}}',
  'ls ~/{{x}} {{x}}*.log',
  'ssh {{host}} uptime',
  'ssh -p {{port}} {{host}} {{line}}',
  'sh -c {{line}}',
  'sh -c \'ls "$1"\' sh {{x}}',
  'su - {{user}} -c id',
  'cat <<E\nno hole\nE\nls {{x}}',
  'ls {{x}} # a remark',
  'export A={{x}}',
  'export A=b{{x}} B',
  '[ -n {{x}} ] && [ $(expr {{x}} + 0) -gt 1 ]',
  'find {{dir}} -name x -exec ls {} \\;',
  '',
])('%j is right', source => {
  expect(check(source)).toEqual([]);
});

test.each([
  ["echo '{{x}}'", 6, 'inside quotes'],
  ['echo "a {{x}}"', 8, 'inside quotes'],
  ['echo "$(ls "{{x}}")"', 12, 'inside quotes'],
  ['cat <<E\n{{x}}\nE', 8, 'here-document'],
  ["cat <<'E'\n{{x}}\nE", 10, 'here-document'],
  ['cat <<{{x}}\na\n{{x}}', 6, 'end mark of a here-document'],
  ['ls # {{x}}', 5, 'in a comment'],
  ['# {{x}}\nls', 2, 'in a comment'],
  ['echo `ls {{x}}`', 9, 'in backquotes'],
  ['echo "`ls {{x}}`"', 10, 'in backquotes'],
  ['echo $(({{x}} + 1))', 8, 'in arithmetic'],
  ['echo ${a:-{{x}}}', 10, 'inside a "${"'],
  ['echo ${{x}}', 6, 'behind a "$"'],
  ['echo $a{{x}}', 7, 'behind a "$"'],
  ['echo $1{{x}}', 7, 'in braces'],
  ['echo \\{{x}}', 6, 'behind a backslash'],
  ['echo ~{{x}}', 6, 'behind "~"'],
  ['A=b:~{{x}} ls', 5, 'behind "~"'],
  ['ls file[{{x}}]', 8, 'pattern'],
  ['{{x}}=1 ls', 0, "assignment's name"],
  ['a{{x}}b=1', 1, "assignment's name"],
  ['ls 2>&{{x}}', 6, 'would be syntax'],
  ['ls {{x}}>f', 3, 'before a redirection'],
  ['ls {{x}}<f', 3, 'before a redirection'],
  ['{{x}} a', 0, "command's name"],
  ['ls && {{x}}', 6, "command's name"],
  ['! {{x}}', 2, "command's name"],
  ['echo $({{x}} a)', 7, "command's name"],
  ['if {{x}}; then ls; fi', 3, "command's name"],
  ['{{x}}if a', 0, "command's name"],
  ['a{{x}} b', 1, "command's name"],
  ['for {{x}} in a; do ls; done', 4, "loop's variable"],
  ['case a in {{x}}) ls ;; esac', 10, 'case pattern'],
  ['{{x}}() { ls; }', 0, "function's name"],
  ['ls a{{x*}}', 4, 'stand alone'],
  ['ls a{{-n x}}', 4, 'stand alone'],
  ['A={{x*}} ls', 2, 'exactly one'],
  ['ls > {{x*}}', 5, 'exactly one'],
  ['case {{-n x}} in a) ls ;; esac', 5, 'exactly one'],
  ['eval ls {{x}}', 8, 'eval'],
  ['read {{x}}', 5, 'argument of read'],
  ['unset {{x}}', 6, 'argument of unset'],
  ['trap {{x}} 0', 5, 'argument of trap'],
  ['ulimit -n {{x}}', 10, 'argument of ulimit'],
  ['export {{x}}', 7, 'name for export'],
  ['readonly a{{x}}=1', 10, 'name'],
  ['[ {{x}} -eq 1 ]', 2, 'tested as a number'],
  ['test 1 -lt {{x}}', 11, 'tested as a number'],
  ['[ -t {{x}} ]', 5, 'tested as a number'],
  ['ssh h rm {{x}}', 9, 'target: HOST'],
  ['ssh -o A=b {{host}} rm -f {{x}}', 26, 'target: HOST'],
  ['sh -c rm\\ {{x}}', 10, 'sh -c'],
  ['ls {{x,}}#c {{y}}', 12, 'in a comment'],
  ['ls > {{x,}}', 11, 'redirect target'],
  ['ls && {{-n x}}', 6, "command's name"],
])('%j is refused at %i: %s', (source, offset, words) => {
  const problems = check(source);
  expect(problems.map(p => p.message).join('\n')).toContain(words);
  expect(problems[0]?.offset).toBe(offset);
});

test.each([
  ['ls "a', 3],
  ["ls 'a {{x}}", 3],
  ['ls {{x}} &&', 11],
  ['ls {{x}} | | wc', 10],
  ['if ls {{x}}; then', 17],
  ['ls {{x}})', 8],
  ['ls $(wc {{x}}', 3],
  ['(ls {{x}}', 9],
  ['ls {{x}}; ; wc', 10],
  ['ls{{x}}(', 7],
])('%j is not shell text, and the place is told', (source, offset) => {
  const problems = check(source).filter(p => p.message.startsWith('not right shell text'));
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]!.offset).toBe(offset);
});

test.each([
  '[[ -f {{x}} ]]',
  'ls &> {{x}}',
  'ls |& wc',
  'wc <<< {{x}}',
  'diff <(ls) {{x}}',
  'a=(1 2)',
  'a+=1',
  'ls {a,b}',
  'echo ${a//b/c}',
  'echo ${!a}',
  "echo $'a'",
  'function f { ls; }',
  '((a + 1))',
  'case a in a) ls ;& esac',
])('%j is bash, not sh, and refused with a cure', source => {
  expect(
    check(source)
      .map(p => p.message)
      .join('\n'),
  ).toContain('not POSIX');
});

test('a plain hole of a field that may be absent is checked without it too', () => {
  expect(check('cat > {{x}}')).toEqual([]);
  expect(check('cat > {{x}}', { absent: new Set(['x']) })[0]?.message).toContain(
    'when every part that may be absent is absent',
  );
});

test('a secret must not become an argument that ps shows', () => {
  const secrets = new Set(['pw']);
  expect(check('passwd {{-p pw}}', { secrets })[0]).toMatchObject({
    offset: 7,
    message: expect.stringContaining('ps shows'),
  });
  expect(check("printf '%s\\n' {{pw}} | passwd --stdin joe", { secrets })).toEqual([]);
  expect(check('PGPASSWORD={{pw}} psql', { secrets })).toEqual([]);
});

test('every problem is told, in the order of the text', () => {
  expect(check('a \'{{x}}\' "{{y}}" {{z}}>f').map(p => p.offset)).toEqual([3, 11, 18]);
});

test('whatever text is found right, dash reads it too, and with every value as one word', () => {
  const fragment = fc.constantFrom(
    ...[
      'ls',
      ' ',
      ' ',
      ' ',
      ';',
      ' && ',
      ' || ',
      '|',
      '(',
      ')',
      '{ ',
      '; }',
      '$(',
      '"',
      "'",
      '\\',
      '$',
      'a',
      '=',
      '>',
      '<',
      '#',
      '\n',
      '~',
      '!',
      '&',
    ],
    ...[
      '{{x}}',
      '{{x}}',
      '{{x*}}',
      '{{-n x}}',
      '{{x,}}',
      '{{-f if x}}',
      'if ',
      '; then ',
      '; fi',
      'for i in ',
      '; do ',
      '; done',
    ],
  );
  let accepted = 0;
  const run = fc.property(fc.array(fragment, { minLength: 1, maxLength: 9 }), fragments => {
    const result = parseTemplate(fragments.join(''));
    if ('problems' in result || checkShell(result.template).length > 0) return;
    if (!result.template.parts.some(part => typeof part !== 'string')) return;
    accepted++;
    for (const value of ['if', "'a b'", "''", '2', 'done', 'A=b', "'`'"]) {
      const text = result.template.parts
        .map(part => (typeof part === 'string' ? part : (part.literal ?? value)))
        .join('');
      const sh = spawnSync('dash', ['-n'], { input: text, encoding: 'utf8' });
      expect(sh.stderr, JSON.stringify(text)).toBe('');
    }
  });
  fc.assert(run, { numRuns: 4000 });
  expect(accepted).toBeGreaterThan(20);
});
