/** Whether every placeholder names a field of the panel, in a form that fits it, and no secret gets where it would be seen. */
import { availableNames, type CheckContext, fieldWay, panelFields } from './check-context.ts';
import type { Way } from './places.ts';
import { didYouMean } from './suggest.ts';
import { holes } from './template.ts';
import type { Field, Hole, Panel, Source, Template } from './types.ts';

/** `command`: shell text that runs with secrets fed to it; `look`: shell text of a list or discover command, which gets none; `words`: a question, host or user. */
type Use = 'command' | 'look' | 'words';

interface Place {
  way: Way;
  template: Template;
  use: Use;
}

/** Complains about the placeholders of a panel and of the sources its fields use. */
export function checkHoles(context: CheckContext, panel: Panel): void {
  const names = availableNames(panel);
  const fields = new Map(panelFields(panel).map(field => [field.name, field]));
  for (const { way, template, use } of templatesOf(panel)) {
    for (const hole of holes(template)) {
      const field = fields.get(hole.field);
      const problem = names.has(hole.field) ? unfit(hole, field, use) : unknown(hole, names, panel);
      if (problem) context.complain(panel, way, problem, { offset: hole.start });
      else if (use !== 'words' && hole.form === 'word' && field?.multiple) {
        const message = `{{${hole.field}}} puts several values into one word; write {{${hole.field}*}} for one word each, {{${hole.field},}} to join them by commas, or {{${hole.field}+}} by blanks`;
        context.complain(panel, way, message, { offset: hole.start, level: 'warning' });
      }
    }
  }
  for (const field of fields.values()) {
    const source = field.source === undefined ? undefined : context.source(field.source);
    if (source) checkSourceHoles(context, panel, field, source, names, fields);
  }
}

/** The templates of a panel with their places. */
function templatesOf(panel: Panel): Place[] {
  if (panel.kind === 'selector')
    return typeof panel.next === 'string' ? [] : [{ way: ['next', 'by'], template: panel.next.by, use: 'look' }];
  if (panel.kind !== 'dialog') return [];
  const found: Place[] = [];
  const add = (way: Way, template: Template | undefined, use: Use) => {
    if (template) found.push({ way, template, use });
  };
  add(['run'], panel.run, 'command');
  add(['preview'], panel.preview, 'command');
  add(['discover', 'run'], panel.discover?.run, 'look');
  add(['verify', 'run'], panel.verify?.run, 'command');
  add(['confirm', 'object'], panel.confirm?.object, 'words');
  add(['confirm', 'effect'], panel.confirm?.effect, 'words');
  add(['target'], panel.target, 'words');
  add(['as'], panel.as, 'words');
  panel.edits?.forEach((edit, index) => {
    for (const [name, template] of Object.entries(edit.args)) add(['edits', index, edit.verb, name], template, 'words');
  });
  return found;
}

function unknown(hole: Hole, names: Set<string>, panel: Panel): string {
  const shown = `{{${hole.field}}}`;
  if (hole.field.startsWith('site.'))
    return `${shown}: a value of the site comes by a field; write default: {site: ${hole.field.slice(5)}} in one`;
  const near = didYouMean(hole.field, names);
  const known = names.size > 0 ? `the fields are ${[...names].join(', ')}` : 'the panel has no fields';
  return `${shown} names no field of ${panel.kind === 'selector' ? 'this selector' : 'this dialog'}${near || `; ${known}; write the field, or needs: [${hole.field}]`}`;
}

function unfit(hole: Hole, field: Field | undefined, use: Use): string | undefined {
  const shown = `{{${hole.field}}}`;
  if (field?.type === 'secret') {
    if (use === 'words') return `${shown} is a secret and would be shown; leave it out`;
    if (use === 'look') return `${shown} is a secret; list, discover and classify commands get none, leave it out`;
  }
  if (hole.form === 'literal' && field && field.type !== 'yesno')
    return `{{${hole.literal} if ${hole.field}}} wants a field of type yesno, ${hole.field} is ${field.type}`;
  return undefined;
}

/** A source is used by many panels; each must have what its command asks for. */
function checkSourceHoles(
  context: CheckContext,
  panel: Panel,
  field: Field,
  source: Source,
  names: Set<string>,
  fields: Map<string, Field>,
): void {
  const used = [source.run, source.target, source.as].flatMap(template => (template ? holes(template) : []));
  for (const name of new Set(used.map(hole => hole.field))) {
    const way = [...fieldWay(panel, field), 'source'];
    if (!names.has(name)) {
      context.complain(
        panel,
        way,
        `field ${field.name}: the source "${source.id}" asks for {{${name}}}, which is no field here; add the field, or write needs: [${name}]`,
      );
    } else if (fields.get(name)?.type === 'secret') {
      context.complain(
        panel,
        way,
        `field ${field.name}: the source "${source.id}" asks for {{${name}}}, which is a secret here; a list command gets none`,
      );
    } else if (name === field.name) {
      context.complain(
        panel,
        way,
        `field ${field.name}: the source "${source.id}" asks for {{${name}}}, the very field it is a list for`,
      );
    }
  }
}

/** Names of the fields that a panel's templates and the sources of its fields speak of. */
export function namesInTemplates(context: CheckContext, panel: Panel): Set<string> {
  const sources = panelFields(panel).flatMap(field => context.source(field.source ?? '') ?? []);
  const templates = [
    ...templatesOf(panel).map(place => place.template),
    ...sources.flatMap(source => [source.run, source.target, source.as]),
  ];
  return new Set(templates.flatMap(template => (template ? holes(template).map(hole => hole.field) : [])));
}
