/** What a fast path, a source and a field may be called. */

/** Fast paths and source names: they stand on a command line, so they begin with a letter or digit and hold no blank, `=` or shell character. */
export const idPattern = '^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}$';

/** Field names are also names in expressions and placeholders. */
export const fieldNamePattern = '^[A-Za-z][A-Za-z0-9_]{0,63}$';

/** Words that mean something else in a placeholder (`{{-f if force}}`) or an expression. */
export const reservedFieldNames = ['if', 'in', 'true', 'false', 'null', 'os', 'site', 'given'];

/**
 * Words that are commands of hasmit (design.md section 10): `hasmit list` must stay a list.
 * `site` is not here: its command opens the panel of that name.
 */
export const reservedIds = [
  'list',
  'show',
  'print',
  'run',
  'resume',
  'journal',
  'check',
  'format',
  'import',
  'config',
  'schema',
  'doctor',
  'completion',
];
