import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderDialog } from '../../src/command/render.ts';
import type { Values } from '../../src/panel/types.ts';
import { dialog, field, input } from '../helpers/dialog.ts';
import { argumentLists, runIn, shells } from '../helpers/shells.ts';
import { value } from '../helpers/values.ts';

const all = shells();
const fields = [field('a'), field('b'), field('c'), field('list', { multiple: true }), field('yes', { type: 'yesno' })];

/** Each template, and the arguments it must give: written down apart from the renderer. `>&3` leads out of a `$( )`. */
const forms: Array<
  [source: string, wanted: (v: { a: string; b: string; c: string; list: string[]; yes: string }) => string[]]
> = [
  ['argv {{a}} {{b}} {{c}}', v => [v.a, v.b, v.c]],
  ['argv size={{a}}G {{a}}{{b}}{{c}} x{{c}}', v => [`size=${v.a}G`, v.a + v.b + v.c, `x${v.c}`]],
  ['argv {{-n a}} end', v => (v.a === '' ? ['end'] : ['-n', v.a, 'end'])],
  [
    'argv {{-n=a}} {{--name=b}} {{if==c}} end',
    v => [...some(v.a, `-n${v.a}`), ...some(v.b, `--name=${v.b}`), ...some(v.c, `if=${v.c}`), 'end'],
  ],
  ['argv {{list*}} end', v => [...several(v.list), 'end']],
  ['argv {{-w list*}} end', v => [...several(v.list).flatMap(item => ['-w', item]), 'end']],
  ['argv {{-w=list*}} {{a*}} end', v => [...several(v.list).map(item => `-w${item}`), ...some(v.a, v.a), 'end']],
  [
    'argv n={{list,}} {{list}} {{-f if yes}}',
    v => [`n=${several(v.list).join(',')}`, v.list.join(' '), ...(v.yes === 'yes' ? ['-f'] : [])],
  ],
  ['argv n={{list:}} "$x"{{b}}\'y\'', v => [`n=${several(v.list).join(':')}`, `${v.b}y`]],
  [': $(argv {{a}} {{list*}} >&3)', v => [v.a, ...several(v.list)]],
  [': "$(argv {{b}} x{{c}} >&3)"', v => [v.b, `x${v.c}`]],
  ['for i in {{a}} {{list*}}; do set -- "$@" "$i"; done; argv "$@"; set --', v => [v.a, ...several(v.list)]],
  ['A={{a}} B=x:{{b}} sh -c \'argv "$A" "$B"\'', v => [v.a, `x:${v.b}`]],
  ['V={{c}}; case {{c}} in "$V") argv {{c}} ;; esac', v => [v.c]],
  ['if [ x{{a}} = x{{a}} ]; then argv {{a}}; fi', v => [v.a]],
  ['(argv {{a}} | cat) && { argv {{b}} >&3; } | cat', v => [v.a]],
];

function some(value: string, ...words: string[]): string[] {
  return value === '' ? [] : words;
}

/** A list of empty items only is no value. */
function several(list: string[]): string[] {
  return list.every(item => item === '') ? [] : list;
}

const values = fc.record({
  a: value,
  b: value,
  c: value,
  list: fc.array(value, { maxLength: 5 }),
  yes: fc.constantFrom('yes', 'no'),
});

const text = (source: string, given: Values) => renderDialog(dialog(source, fields), input(fields, given)).text;

test.each(all)('$name gets exactly the arguments that each form of template stands for', { timeout: 60_000 }, shell => {
  let count = 0;
  const property = fc.property(fc.array(values, { minLength: 10, maxLength: 10 }), list => {
    const picked = list.flatMap(given =>
      forms.slice(0, -1).map(([source, wanted]) => ({ given, source, wanted: wanted(given) })),
    );
    const script = `x=; exec 3>&1\n${picked.map(({ source, given }) => text(source, given)).join('\n')}\n`;
    const { out, err } = runIn(shell, script, { byInput: true });
    expect(err).toBe('');
    expect(argumentLists(out)).toEqual(picked.map(each => each.wanted));
    count += list.length * 3;
  });
  fc.assert(property, { numRuns: 20 });
  expect(count).toBe(600);
});

test.each(all)('$name runs a pipeline, a subshell and a group with values in them', shell => {
  const [source] = forms.at(-1)!;
  const { out, err } = runIn(shell, `exec 3>&1\n${text(source, { a: "it's", b: '$x', c: '', list: [], yes: 'no' })}`);
  expect(err).toBe('');
  expect(argumentLists(out)).toEqual([["it's"], ['$x']]);
});

test.each(all)('the text as it is shown, given to $name -c, is what runs', shell => {
  const given: Values = { a: "it's", b: '-n\n$(id)', c: '*', list: ['~', '=x'], yes: 'yes' };
  const command = text('argv {{a}} {{-b b}} {{c}} {{list*}} {{-f if yes}}', given);
  expect(command).toBe("argv 'it'\\''s' -b '-n\n$(id)' '*' '~' '=x' -f");
  expect(argumentLists(runIn(shell, command).out)).toEqual([["it's", '-b', '-n\n$(id)', '*', '~', '=x', '-f']]);
});
