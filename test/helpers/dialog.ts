/** Dialogs made by hand for tests of rendering, without the reader of panel files. */

import type { RenderInput } from '../../src/command/render.ts';
import { parseTemplate } from '../../src/panel/template.ts';
import type { DialogPanel, Edit, Field, Template, Values } from '../../src/panel/types.ts';

/** A template of this source; throws when it is none. */
export function template(source: string): Template {
  const result = parseTemplate(source);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.template;
}

/** A field of type text, or as said. */
export function field(name: string, more: Partial<Field> = {}): Field {
  return { name, label: name.toUpperCase(), type: 'text', ...more };
}

/** An edit with argument templates from their sources. */
export function edit(verb: Edit['verb'], args: Record<string, string>, when?: string): Edit {
  const templates = Object.fromEntries(Object.entries(args).map(([name, source]) => [name, template(source)]));
  return { verb, args: templates, ...(when ? { when } : {}) };
}

/** A dialog that runs this template. */
export function dialog(run: string | undefined, fields: Field[], more: Partial<DialogPanel> = {}): DialogPanel {
  return {
    kind: 'dialog',
    id: 'test.dialog',
    title: 'Test',
    product: 'test',
    place: { file: 'test.yaml', line: 1, column: 1 },
    fields,
    mode: 'pipe',
    evidence: { level: 'manual', source: 'test(1)' },
    ...(run === undefined ? {} : { run: template(run) }),
    ...more,
  };
}

/** What the form holds: values, and nothing discovered or changed. */
export function input(fields: Field[], values: Values, more: Partial<RenderInput> = {}): RenderInput {
  const present = new Set(fields.map(each => each.name));
  return { values, fields, changed: new Set(), discovered: new Set(), present, ...more };
}
