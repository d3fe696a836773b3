import { expect, test } from 'vitest';
import { verbs } from '../../src/command/edit-arguments.ts';
import { jsonSchema } from '../../src/panel/schema.ts';
import { editArguments } from '../../src/panel/schema-dialog.ts';

interface Node {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  required?: string[];
}

const schema = jsonSchema() as Node & { $schema: string };

/** Every map of the schema with its way. */
function maps(node: Node, way: string): { way: string; node: Node }[] {
  const inside = [
    ...Object.entries(node.properties ?? {}).flatMap(([key, value]) => maps(value, `${way}.${key}`)),
    ...(typeof node.additionalProperties === 'object' ? maps(node.additionalProperties, `${way}.*`) : []),
    ...(node.items ? maps(node.items, `${way}[]`) : []),
    ...(node.anyOf ?? []).flatMap((each, index) => maps(each, `${way}|${index}`)),
  ];
  return node.properties ? [{ way, node }, ...inside] : inside;
}

test('the published schema is a JSON Schema of a panel file', () => {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(Object.keys(schema.properties!)).toEqual([
    'product',
    'path',
    'fail_if',
    'status_help',
    'sources',
    'panels',
    'menus',
  ]);
  const kinds = (schema.properties!.panels!.additionalProperties as Node).anyOf!;
  expect(kinds.map(kind => kind.required![0])).toEqual(['menu', 'selector', 'dialog', 'text']);
});

test('every key has a description for editors', () => {
  const without = maps(schema, '').flatMap(({ way, node }) =>
    Object.entries(node.properties!)
      // The name of an edit is described with the list of edits.
      .filter(([key, value]) => !value.description && !(key in editArguments))
      .map(([key]) => `${way}.${key}`),
  );
  expect(without).toEqual([]);
});

test('unknown keys are errors everywhere', () => {
  const open = maps(schema, '').filter(({ node }) => node.additionalProperties !== false);
  expect(open.map(({ way }) => way)).toEqual([]);
});

test('what may look like a number in YAML is published so', () => {
  const dialog = (schema.properties!.panels!.additionalProperties as Node).anyOf![2]!;
  const field = dialog.properties!.fields!.additionalProperties as Node;
  expect(field.properties!.default!.anyOf![0]!.type).toEqual(['string', 'number', 'boolean']);
  expect(field.properties!.required!.type).toBe('boolean');
  expect(field.properties!.min!.type).toBe('integer');
  expect(dialog.properties!.timeout!.type).toEqual(['integer', 'string']);
});

test('file edits take the arguments that their renderer takes', () => {
  const rendered = Object.fromEntries(
    Object.entries(verbs).map(([verb, { required, optional }]) => [verb, { must: required, may: optional }]),
  );
  expect(editArguments).toEqual(rendered);
});
