/** A node range in words, for the operator who wants to know what a command is going to work on. */
import { type Part, parseNoderange, type Term } from './noderange.ts';

/**
 * One line for each thing the range takes, then one for each it leaves out; nothing when the text is no node range. Only the text is
 * looked at: how many of the names exist, and what is in a group, knows only xCAT.
 */
export function explainNoderange(text: string): string[] {
  const read = parseNoderange(text);
  if (!('terms' in read)) return [];
  const taken = read.terms.filter(term => !term.exclude).map(term => termInWords(term));
  const left = read.terms.filter(term => term.exclude).map(term => `without ${termInWords(term)}`);
  return [...taken, ...left];
}

/** What F1 says about how a node range is written. */
export const noderangeForms = [
  'Nodes and groups with commas between them: node01,node02,compute.',
  'Ranges: node01-node10, node[01-10], f[1-2]n[1-3], node10+3 (node10 and the next 3).',
  'all,-node3 leaves out; rack1@compute takes what is in both; (rack1,rack2)@compute groups.',
  'By pattern /node.*, from a file ^/tmp/nodes, by attribute nodetype.os==rhels7.9.',
];

function termInWords({ parts }: Term): string {
  const [first, ...rest] = parts.map(part => partInWords(part));
  return rest.length === 0 ? first! : `${first}, of these only what is also in ${rest.join(' and in ')}`;
}

function partInWords(part: Part): string {
  switch (part.kind) {
    case 'name':
      return part.typed ? `${part.name} (${part.typed} alone means that)` : part.name;
    case 'span':
      if (part.count === 1) return part.from;
      return `${part.from} to ${part.to}${part.count === undefined ? '' : ` (${part.count} names)`}`;
    case 'increment':
      return `${part.from} and the next ${part.by}${part.to === undefined ? '' : ` (to ${part.to})`}`;
    case 'pattern':
      return `every name that the pattern ${part.pattern} fits as a whole`;
    case 'file':
      return `what is listed in the file ${part.path}`;
    case 'selection':
      return `nodes whose ${part.attribute} ${comparisons[part.operator]} ${part.value === '' ? 'empty' : part.value}`;
    case 'range':
      return `(${rangeInWords(part.terms)})`;
  }
}

const comparisons = { '==': 'is', '!=': 'is not', '=~': 'fits the pattern', '!~': 'does not fit the pattern' };

function rangeInWords(terms: Term[]): string {
  const taken = terms.filter(term => !term.exclude).map(termInWords);
  const left = terms.filter(term => term.exclude).map(termInWords);
  const words = taken.join(' and ') || 'nothing';
  return left.length === 0 ? words : `${words}, without ${left.join(' and ')}`;
}
