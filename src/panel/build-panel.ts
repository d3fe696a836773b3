/** A panel as the schema gives it, turned into the panel everybody works with. Part of the reader. */
import { type BuildContext, buildDialog, many, template, tidy } from './build-dialog.ts';
import { buildField } from './build-field.ts';
import type { Places } from './places.ts';
import type { DialogInput, ItemInput, MenuInput, SelectorInput, TextInput } from './schema.ts';
import type { MenuItem, Next, Panel, SelectorPanel } from './types.ts';
import type { Path } from './yaml.ts';

/** What the schema gives for a panel of any kind. */
export type PanelInput = MenuInput | SelectorInput | DialogInput | TextInput;

/** Builds a panel; places of menu items are noted in `places`. */
export function buildPanel(id: string, input: PanelInput, context: BuildContext, places: Places): Panel {
  const base = {
    id,
    aliases: many(input.aliases),
    help: input.help,
    product: context.product,
    place: context.place([]),
    smitty: input.smitty,
    ours: input.ours,
  };
  if ('menu' in input) {
    const items = input.items.map((item, index) => buildItem(item, context, ['items', index], places));
    return tidy({ kind: 'menu', ...base, title: input.menu, items });
  }
  if ('selector' in input) return buildSelector(input, context, base);
  if ('dialog' in input) return tidy({ kind: 'dialog', ...base, title: input.dialog, ...buildDialog(input, context) });
  return tidy({ kind: 'text', ...base, title: input.text, text: input.body, links: many(input.links) });
}

type Base = Omit<SelectorPanel, 'kind' | 'title' | 'field' | 'next' | 'needs' | 'ghost'>;

function buildSelector(input: SelectorInput, context: BuildContext, base: Base): SelectorPanel {
  const { next } = input;
  // The schema lets exactly one through.
  const [name, field] = Object.entries(input.field)[0]!;
  return tidy({
    kind: 'selector',
    ...base,
    title: input.selector,
    field: buildField(name, field, context, ['field', name]),
    needs: many(input.needs),
    ghost: input.ghost,
    next: (typeof next === 'string' ? next : { by: template(next.by), map: next.map }) satisfies Next,
  });
}

/** One line of a menu. */
export function buildItem(input: ItemInput, context: BuildContext, path: Path, places: Places): MenuItem {
  const item: MenuItem =
    input === null
      ? { text: '' }
      : typeof input === 'string'
        ? { panel: input }
        : 'info' in input
          ? { text: input.info ?? '' }
          : { ...input };
  const place = context.place(path);
  places.set(item, () => place);
  return item;
}
