/**
 * The shape of a panel file: one schema for checking, for the types the reader works with and for the JSON Schema that
 * editors use (`hasmit schema`). Heavy (zod): only ever loaded with `await import()`, by the reader or the command.
 */
import * as z from 'zod';
import { dialogKeys, sourceSchema, statusHelp } from './schema-dialog.ts';
import { fieldsSchema } from './schema-field.ts';
import { about, fieldName, flag, id, line, oneOrMany, pattern, template, text } from './schema-parts.ts';

const menuItem = z.union(
  [
    id(),
    z.null(),
    z.strictObject({ info: about(text().nullable(), 'A line of information, empty for a blank line', 'Take care:') }),
    z.strictObject({
      panel: about(id(), 'Fast path of the next panel', 'hacmp'),
      text: about(line(), "Text of the item in place of the panel's title").optional(),
    }),
  ],
  { error: 'wants a fast path, {info: "a line of text"}, or {panel: FASTPATH, text: "another text"}' },
);

const items = z.array(menuItem);

/** The keys every panel has. */
const panelKeys = {
  aliases: about(oneOrMany(id()), 'Other fast paths of this panel', ['sysmirror']).optional(),
  help: about(text(), 'What F1 says', 'Work with the cluster.').optional(),
  smitty: about(line(), 'Fast path of the real SMIT panel on AIX', 'cm_run_time.select').optional(),
  ours: about(flag(), "The fast path is ours because AIX's own is not public", true).optional(),
};

const title = (kind: string, example: string) => about(line(), `Makes the panel a ${kind}; its title`, example);

export const menuSchema = z.strictObject({
  menu: title('menu', 'HACMP for AIX'),
  items: about(items, 'The lines of the menu: fast paths, {info: text}, blank lines', ['hacmp', 'mnode']),
  ...panelKeys,
});

const next = z.union(
  [
    id(),
    z.strictObject({
      by: about(template(), 'Command that says which panel is next', 'lssrc -s {{name}}'),
      map: about(z.record(z.string(), id()), 'First line of its output: the panel; * stands for any other output', {
        active: 'svc_stop',
        inactive: 'svc_start',
      }),
    }),
  ],
  { error: 'wants a fast path, or {by: "a command", map: {output: FASTPATH}}' },
);

const oneField = fieldsSchema
  .refine(fields => Object.keys(fields).length === 1, { error: 'wants exactly one field' })
  .meta({ minProperties: 1, maxProperties: 1 });

export const selectorSchema = z.strictObject({
  selector: title('selector', 'Change/Show Run Time Parameters'),
  field: about(oneField, 'The one field: its name and what it is', {
    node: { label: 'Node Name', type: 'name', source: 'hacmp.nodes' },
  }),
  needs: dialogKeys.needs,
  ghost: about(flag(), 'Shows only the list', true).optional(),
  next: about(next, 'The panel after this one', 'cm_run_time.dialog'),
  ...panelKeys,
});

export const dialogSchema = z.strictObject({
  dialog: title('dialog', 'Add a Virtual IP Address'),
  ...dialogKeys,
  ...panelKeys,
});

export const textSchema = z.strictObject({
  text: title('text page', 'Why a node takes itself down'),
  body: about(line(), 'The text; a line is a paragraph, an empty line a gap'),
  links: about(oneOrMany(id()), 'Panels it speaks of', ['cm_rec_aids']).optional(),
  ...panelKeys,
});

/** The schema for each kind, by the key that names the kind. */
export const panelSchemas = { menu: menuSchema, selector: selectorSchema, dialog: dialogSchema, text: textSchema };
export type KindKey = keyof typeof panelSchemas;

/** The keys at the top of a file; panels and sources are looked at one by one. */
export const fileKeys = {
  product: about(id(), 'Product the panels belong to; the name of the folder when nothing is said', 'mnode').optional(),
  path: about(oneOrMany(line()), 'Directories where the commands of this file live, added to PATH', [
    '/usr/sbin',
    '/sbin',
  ]).optional(),
  fail_if: about(
    oneOrMany(pattern()),
    'For all dialogs of the file: a line of output that matches makes status 0 a failure',
    ['^Error:'],
  ).optional(),
  status_help: about(
    statusHelp,
    'For all dialogs and sources of the file: exit statuses of the product, and the sentence that is said with each',
    { '111': 'xcatd does not answer; start it with restartxcatd' },
  ).optional(),
};

const panel = z.union([menuSchema, selectorSchema, dialogSchema, textSchema]);

export const fileSchema = z.strictObject({
  ...fileKeys,
  sources: about(z.record(id(), sourceSchema), 'List commands for F4, by name').optional(),
  panels: about(z.record(id(), panel), 'The panels, by fast path').optional(),
  menus: about(z.record(id(), items), 'Items added at the end of menus that stand in other files', {
    root: ['my_menu'],
  }).optional(),
});

export type MenuInput = z.output<typeof menuSchema>;
export type SelectorInput = z.output<typeof selectorSchema>;
export type DialogInput = z.output<typeof dialogSchema>;
export type TextInput = z.output<typeof textSchema>;
export type SourceInput = z.output<typeof sourceSchema>;
export type FieldInput = z.output<typeof fieldsSchema>[string];
export type ItemInput = z.output<typeof menuItem>;
export { fieldName, items as itemsSchema, sourceSchema };

/** The JSON Schema (2020-12) of a panel file, for editors: `# yaml-language-server: $schema=...`. */
export function jsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(fileSchema, { io: 'output', reused: 'inline' });
  return {
    $schema,
    title: 'hasmit panel file',
    description: 'Menus, selectors, dialogs and texts of hasmit; see hasmit-panels(5).',
    ...rest,
  };
}
