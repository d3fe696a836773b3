/** A field as the schema gives it, turned into the field everybody works with. Part of the reader. */
import type { BuildContext } from './build-dialog.ts';
import type { FieldInput } from './schema.ts';
import type { Choice, DefaultValue, Field, FieldType } from './types.ts';
import type { Path } from './yaml.ts';

/** Builds the field that stands at `path` of its panel. */
export function buildField(name: string, input: FieldInput, context: BuildContext, path: Path): Field {
  const { values, default: preset, pattern_help: patternHelp, label, type, ...rest } = input;
  const kind: FieldType = type ?? (values ? 'choice' : 'text');
  return {
    name,
    label: label ?? (kind === 'info' ? '' : name),
    type: kind,
    ...rest,
    ...(patternHelp === undefined ? {} : { patternHelp }),
    ...(values === undefined ? {} : { values: choices(values, context.keys([...path, 'values'])) }),
    ...(preset === undefined ? {} : { default: kind === 'yesno' ? yesOrNo(preset) : preset }),
    place: context.place(path),
  };
}

function choices(values: NonNullable<FieldInput['values']>, order: string[]): Choice[] {
  if (Array.isArray(values)) return values.map(text => ({ shown: text, sent: text }));
  return order.map(shown => ({ shown, sent: values[shown] ?? shown }));
}

/** `true`, `on` and `Yes` are how people write the default of a yes/no field. */
function yesOrNo(preset: DefaultValue): DefaultValue {
  if (typeof preset !== 'string') return preset;
  const text = preset.toLowerCase();
  if (['yes', 'true', 'on'].includes(text)) return 'yes';
  return ['no', 'false', 'off'].includes(text) ? 'no' : preset;
}
