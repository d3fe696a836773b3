/** Whether expressions can be read, speak of fields that exist and give what is wanted. Heavy (CEL). */
import { celType, namesIn, parseExpression, typeOf } from './cel.ts';
import { availableNames, type CheckContext, fieldWay, panelFields } from './check-context.ts';
import type { Way } from './places.ts';
import { didYouMean } from './suggest.ts';
import type { Panel } from './types.ts';

interface Place {
  way: Way;
  expression: string;
  /** It must be true or false. */
  truth: boolean;
}

/** Complains about the expressions of a panel. */
export function checkExpressions(context: CheckContext, panel: Panel): void {
  const fields = panelFields(panel);
  const names = availableNames(panel);
  for (const { way, expression, truth } of expressionsOf(panel)) {
    const complain = (message: string, offset = 0) => context.complain(panel, way, message, { offset });
    const parsed = parseExpression(expression);
    if ('problem' in parsed) {
      complain(`"${expression}" cannot be read: ${parsed.problem}`, parsed.offset);
      continue;
    }
    const unknown = namesIn(parsed).filter(({ name }) => !names.has(name));
    for (const { name, offset } of unknown) complain(unknownName(name, names), offset);
    if (unknown.length > 0) continue;
    const others = [...names].filter(name => !fields.some(field => field.name === name));
    const type = typeOf(expression, fields, others);
    if ('problem' in type)
      complain(`"${expression}" makes no sense: ${type.problem}${kinds(panel, namesIn(parsed))}`, type.offset);
    else if (truth && type.type !== 'bool' && type.type !== 'dyn')
      complain(`"${expression}" must be true or false, it gives ${type.type}`);
  }
}

/** Names of the fields that a panel's expressions speak of. */
export function namesInExpressions(panel: Panel): Set<string> {
  const found = expressionsOf(panel).map(({ expression }) => parseExpression(expression));
  return new Set(found.flatMap(parsed => ('problem' in parsed ? [] : namesIn(parsed).map(({ name }) => name))));
}

function expressionsOf(panel: Panel): Place[] {
  const found: Place[] = [];
  for (const field of panelFields(panel))
    if (field.when !== undefined)
      found.push({ way: [...fieldWay(panel, field), 'when'], expression: field.when, truth: true });
  if (panel.kind !== 'dialog') return found;
  panel.checks?.forEach(({ expression }, index) => {
    found.push({ way: ['checks', index, 'expression'], expression, truth: true });
  });
  panel.computed?.forEach(({ expression }, index) => {
    found.push({ way: ['computed', index, 'expression'], expression, truth: false });
  });
  panel.edits?.forEach(({ when }, index) => {
    if (when !== undefined) found.push({ way: ['edits', index, 'when'], expression: when, truth: true });
  });
  return found;
}

function unknownName(name: string, names: Set<string>): string {
  const known = [...names, 'os', 'site', 'given'];
  return `there is no field "${name}"${didYouMean(name, known) || `; an expression may use ${known.join(', ')}`}`;
}

/** ` (interval is int, name is string)`: what the author needs to see why an operator does not fit. */
function kinds(panel: Panel, names: { name: string }[]): string {
  const fields = panelFields(panel).filter(field => names.some(({ name }) => name === field.name));
  return fields.length > 0 ? ` (${fields.map(field => `${field.name} is ${celType(field)}`).join(', ')})` : '';
}
