import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { longestText, renderDialog } from '../../src/command/render.ts';
import { dialog, field, input, template } from '../helpers/dialog.ts';
import { argumentLists, runIn, shells } from '../helpers/shells.ts';

const fields = [field('a', { label: '  Node List' }), field('b', { label: 'Comment' })];
const render = (a: string, b = '') => renderDialog(dialog('argv {{a}}', fields), input(fields, { a, b }));

test('the longest text still runs, and one byte more is refused by the system as by us', () => {
  const room = longestText - "argv ''".length;
  const fits = render(`${' '.repeat(room)}`);
  expect(Buffer.byteLength(fits.text)).toBe(longestText);
  expect(fits.problem).toBeUndefined();
  for (const shell of shells()) expect(argumentLists(runIn(shell, fits.text).out)).toEqual([[' '.repeat(room)]]);

  const tooLong = render(' '.repeat(room + 1));
  expect(tooLong.problem).toBe('The command is 131072 bytes long; the system takes 131071 at most. Shorten Node List.');
  if (process.platform === 'linux') {
    const { error } = spawnSync('/bin/sh', ['-c', tooLong.text]);
    expect(error).toMatchObject({ code: 'E2BIG' });
  } else console.warn('Not Linux: the limit of one argument is another one here, only our own refusal is tested.');
});

test('bytes count, not characters', () => {
  expect(render('é'.repeat(65_000)).problem).toBeUndefined();
  expect(render('é'.repeat(66_000)).problem).toContain('132007 bytes');
});

test('100 kB that grow by quoting are refused, with the field to shorten', () => {
  expect(render("'".repeat(100_000)).problem).toContain('Shorten Node List.');
  expect(render('x'.repeat(100_000)).problem).toBeUndefined();
});

test('what quoting adds around ssh counts', () => {
  const panel = dialog('argv {{a}}', fields, { target: template('mn2') });
  expect(renderDialog(panel, input(fields, { a: ' '.repeat(131_000) })).problem).toBeUndefined();
  expect(renderDialog(panel, input(fields, { a: ' '.repeat(131_060) })).problem).toContain('at most');
});
