/** Whether list and discover commands say how their output is to be read, in a way that can work. */
import { type CheckContext, patternProblem } from './check-context.ts';
import type { Way } from './places.ts';
import { didYouMean } from './suggest.ts';
import type { DialogPanel, Format, Panel, Source } from './types.ts';

/** Complains about a source's format and columns. */
export function checkSourceFormat(context: CheckContext, source: Source): void {
  checkFormat(context, source, [], source);
  const columns = [
    ...(source.value === undefined ? [] : [['value', source.value] as const]),
    ...(source.shown ?? []).map(name => ['shown', name] as const),
  ];
  for (const [key, name] of columns) checkColumn(context, source, [key], source, name);
  if (source.value === undefined && source.format !== 'lines') {
    context.complain(source, ['format'], `format ${source.format} needs value: the column or name that the field gets`);
  }
}

/** Complains about a dialog's discover: its format, and fields that are not there. */
export function checkDiscover(context: CheckContext, panel: DialogPanel): void {
  const { discover } = panel;
  if (!discover) return;
  checkFormat(context, panel, ['discover'], discover);
  const names = panel.fields.map(field => field.name);
  for (const [field, column] of Object.entries(discover.map)) {
    const way = ['discover', 'map', field];
    if (!names.includes(field))
      context.complain(panel, way, `discover fills "${field}", which is no field here${didYouMean(field, names)}`);
    else if (panel.fields.find(each => each.name === field)?.type === 'secret')
      context.complain(panel, way, `discover fills "${field}", which is a secret; leave it out`);
    checkColumn(context, panel, way, discover, column);
  }
  for (const field of Object.keys(discover.translate ?? {})) {
    if (!(field in discover.map))
      context.complain(
        panel,
        ['discover', 'translate', field],
        `translate speaks of "${field}", which map does not fill${didYouMean(field, Object.keys(discover.map))}`,
      );
  }
}

function checkFormat(context: CheckContext, owner: Panel | Source, way: Way, format: Format): void {
  const complain = (key: string, message: string) => context.complain(owner, [...way, key], message);
  if (format.format === 'pattern' && format.pattern === undefined)
    complain(
      'format',
      "format pattern needs pattern: a regular expression with named groups, for example '^(?<value>\\S+)'",
    );
  if (format.pattern !== undefined) {
    const problem =
      format.format === 'pattern'
        ? patternProblem(format.pattern)
        : `pattern is for format: pattern, this is ${format.format}`;
    if (problem) complain('pattern', problem);
  }
  if (format.columns !== undefined) {
    const problem = ['table', 'colon'].includes(format.format)
      ? columnsProblem(format)
      : `columns is for format: table or colon, this is ${format.format}`;
    if (problem) complain('columns', problem);
  }
  if (format.strict !== undefined && format.format !== 'pattern')
    complain('strict', `strict is for format: pattern, this is ${format.format}`);
  if (format.at !== undefined && format.format !== 'json')
    complain('at', `at is for format: json, this is ${format.format}`);
  if (format.separator !== undefined && !['colon', 'pairs'].includes(format.format))
    complain('separator', `separator is for format: colon, this is ${format.format}`);
}

function columnsProblem({ columns, heading }: Format): string | undefined {
  if (columns === 'heading')
    return heading ? undefined : 'columns: heading needs heading: the number of lines at the top, for example 1';
  const [least, most] = columns!.split('-').map(Number);
  return most !== undefined && most < least!
    ? `columns wants the smaller number first; write ${most}-${least}`
    : undefined;
}

/** A column of a pattern must be one of its groups. */
function checkColumn(context: CheckContext, owner: Panel | Source, way: Way, format: Format, name: string): void {
  if (format.format !== 'pattern' || format.pattern === undefined || patternProblem(format.pattern)) return;
  const groups = [...format.pattern.matchAll(/\(\?<([A-Za-z_$][\w$]*)>/g)].map(match => match[1]!);
  if (groups.includes(name) || name === 'line' || /^[1-9]\d*$/.test(name)) return;
  const known = groups.length > 0 ? `; its groups are ${groups.join(', ')}` : `; name one, (?<${name}>...)`;
  context.complain(owner, way, `the pattern has no group "${name}"${didYouMean(name, groups) || known}`);
}
