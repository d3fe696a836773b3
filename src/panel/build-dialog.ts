/** Dialogs and sources as the schema gives them, turned into the shapes everybody works with. Part of the reader. */
import { buildField } from './build-field.ts';
import type { DialogInput, SourceInput } from './schema.ts';
import { parseTemplate } from './template.ts';
import type {
  Confirm,
  DialogPanel,
  Discover,
  Edit,
  EditVerb,
  Evidence,
  Format,
  Place,
  Source,
  Template,
  Verify,
} from './types.ts';
import type { Path } from './yaml.ts';

/** What the builders need of the file they work for. */
export interface BuildContext {
  product: string;
  /** Directories of the file's commands, and its error texts. */
  path?: string[];
  failIf?: string[];
  statusHelp?: Record<string, string>;
  place(path: Path): Place;
  /** Keys of a map in the order of the file. */
  keys(path: Path): string[];
}

/** The keys of a dialog beside those every panel has. */
export type DialogBody = Omit<
  DialogPanel,
  'kind' | 'id' | 'title' | 'aliases' | 'help' | 'product' | 'place' | 'smitty' | 'ours'
>;

/** Evidence of a panel that names none: it is treated as unverified, and the check says so. */
const noEvidence: Evidence = { level: 'unverified', source: '' };

export function buildDialog(input: DialogInput, context: BuildContext): DialogBody {
  const path = many(input.path) ?? context.path;
  const failIf = [...(context.failIf ?? []), ...(many(input.fail_if) ?? [])];
  return tidy({
    needs: many(input.needs),
    fields: Object.entries(input.fields ?? {}).map(([name, field]) =>
      buildField(name, field, context, ['fields', name]),
    ),
    discover: input.discover && buildDiscover(input.discover),
    run: input.run === undefined ? undefined : template(input.run),
    edits: input.edits?.map(edit => buildEdit(edit as EditInput)),
    checks: input.checks?.map((check, index) => ({ ...check, place: context.place(['checks', index]) })),
    computed: input.computed,
    confirm: input.confirm && buildConfirm(input.confirm),
    mode: input.mode ?? 'pipe',
    target: input.target === undefined ? undefined : template(input.target),
    as: input.as === undefined ? undefined : template(input.as),
    path,
    preview: input.preview === undefined ? undefined : template(input.preview),
    verify: input.verify && buildVerify(input.verify),
    failIf: failIf.length > 0 ? failIf : undefined,
    statusHelp: context.statusHelp || input.status_help ? { ...context.statusHelp, ...input.status_help } : undefined,
    timeout: seconds(input.timeout),
    supports: many(input.supports),
    notes: many(input.notes),
    evidence: input.evidence ?? noEvidence,
  });
}

/** Builds a source named `id`. */
export function buildSource(id: string, input: SourceInput, context: BuildContext): Source {
  const statuses = input.empty_status;
  return tidy({
    id,
    run: template(input.run),
    ...buildFormat(input),
    value: input.value,
    shown: many(input.shown),
    title: input.title,
    path: many(input.path) ?? context.path,
    emptyStatus: typeof statuses === 'number' ? [statuses] : statuses,
    statusHelp: context.statusHelp,
    timeout: seconds(input.timeout),
    target: input.target === undefined ? undefined : template(input.target),
    as: input.as === undefined ? undefined : template(input.as),
    place: context.place([]),
  });
}

function buildFormat(input: Partial<Format>): Format {
  const { format, separator, heading, columns, pattern, strict, at } = input;
  return tidy({ format: format ?? 'lines', separator, heading, columns, pattern, strict, at });
}

function buildDiscover(input: NonNullable<DialogInput['discover']>): Discover {
  const { map, translate } = input;
  return tidy({
    run: template(input.run),
    ...buildFormat(input),
    map,
    translate,
    timeout: seconds(input.timeout),
  });
}

function buildConfirm(input: NonNullable<DialogInput['confirm']>): Confirm {
  return {
    level: input.level,
    object: template(input.object ?? ''),
    effect: template(input.effect),
  };
}

function buildVerify(input: NonNullable<DialogInput['verify']>): Verify {
  const { status, pattern, retry, every } = input;
  return tidy({ run: template(input.run), status, pattern, retry, every: seconds(every) });
}

/** One verb with its arguments; the schema has seen to it that there is one. */
type EditInput = { when?: string } & Record<string, Record<string, string>>;

function buildEdit(input: EditInput): Edit {
  const { when, ...verbs } = input;
  const [verb, args] = Object.entries(verbs)[0] as [EditVerb, Record<string, string>];
  const templates = Object.entries(args).map(([name, text]) => [name, template(text)] as const);
  return { verb, args: Object.fromEntries(templates), ...(when === undefined ? {} : { when }) };
}

/** A list, whether it was written as one or as a single entry. */
export function many(input: string | string[] | undefined): string[] | undefined {
  return typeof input === 'string' ? [input] : input;
}

const units: Record<string, number> = { s: 1, m: 60, h: 3600 };

/** Seconds of a time such as `30`, `30s`, `5m`, `1h`. */
export function seconds(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const unit = units[time.at(-1)!];
  return Number.parseInt(time, 10) * (unit ?? 1);
}

/** The object without the keys that hold nothing: compiled panels are JSON and should be short. */
export function tidy<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** Reads a template. One with mistakes has been complained about already (template-places.ts) and is taken as plain text. */
export function template(source: string): Template {
  const parsed = parseTemplate(source);
  return 'template' in parsed ? parsed.template : { source, parts: [source] };
}
