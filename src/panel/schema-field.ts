/** The schema of a field. Heavy (zod): loaded with schema.ts only. */
import * as z from 'zod';
import { about, fieldName, flag, id, line, pattern, scalar, text, whole, word } from './schema-parts.ts';

export const fieldTypes = [
  'text',
  'integer',
  'hex',
  'name',
  'host',
  'ip',
  'netmask',
  'path',
  'choice',
  'yesno',
  'noderange',
  'secret',
  'info',
] as const;

const defaultValue = z.union(
  [
    scalar(),
    z.array(scalar()),
    z.strictObject({ site: about(line(), "Name of one of the site's own values", 'virtual_ip') }),
  ],
  {
    error:
      "wants a value, a list of values for a field with multiple, or {site: NAME} for one of the site's own values",
  },
);

const values = z.union([z.array(scalar()).min(1), z.record(z.string(), scalar())], {
  error:
    'wants a list, for example [high, low], or a map of what is shown to what is sent, for example {Yes: "1", No: "0"}',
});

export const fieldSchema = z.strictObject({
  label: about(
    text(),
    'Text at the left of the entry; leading blanks indent it, as SMIT does for options that belong to the one above',
    'Node Name',
  ).optional(),
  type: about(
    word(fieldTypes),
    'What may be typed; text when nothing is said, choice when only values are given; info is a heading or blank line',
    'integer',
  ).optional(),
  min: about(whole(-1e15, 1e15), 'Smallest value of an integer', 1).optional(),
  max: about(whole(-1e15, 1e15), 'Largest value of an integer', 99).optional(),
  pattern: about(
    pattern(),
    'Regular expression that the whole value of a text, name, host or path must match',
    '[a-z][a-z0-9]*',
  ).optional(),
  pattern_help: about(
    line(),
    'What the pattern wants, in words, for the message',
    'a small letter, then letters and digits',
  ).optional(),
  kind: about(word(['file', 'dir'] as const), 'For a path: a file or a directory', 'file').optional(),
  length: about(whole(1, 100000), 'Longest value, in characters', 32).optional(),
  values: about(
    values,
    'The values to choose from (Tab steps through them, F4 lists them): a list, or a map of what is shown to what is sent',
    ['high', 'low'],
  ).optional(),
  source: about(id(), 'Name of the source whose list F4 shows', 'hacmp.nodes').optional(),
  free: about(flag(), 'The list is only a proposal: other values may be typed', true).optional(),
  multiple: about(flag(), 'Several values may be chosen (F7)', true).optional(),
  ordered: about(
    flag(),
    "With multiple: the order of choosing counts (node priority), not the list's",
    true,
  ).optional(),
  required: about(flag(), 'Must hold a value before the command runs', true).optional(),
  default: about(
    defaultValue,
    "First value: a text, a list for a field with multiple, or {site: NAME} for one of the site's own values",
    'high',
  ).optional(),
  show: about(flag(), 'Shown, not typed', true).optional(),
  when: about(
    line(),
    'Expression over the other fields; while it is false the field is absent and not sent',
    'type == "HADR"',
  ).optional(),
  send: about(
    word(['changed', 'always', 'nonempty'] as const),
    "When a value that discover filled in is sent: only when changed (SMIT's rule), always, or unless empty",
    'always',
  ).optional(),
  help: about(text(), 'What F1 says about the field', 'The name as the cluster knows it.').optional(),
});

/** The fields of a dialog, in the order of the file. */
export const fieldsSchema = z.record(fieldName(), fieldSchema);
