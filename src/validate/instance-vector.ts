/** Instance vectors of Event Management: `NodeNum=5;ProgName=rwhod;UserName=root` (reference/hacmp-pssp.md 4.1). */
import { shown } from './findings.ts';
import type { PredicateProblem } from './predicate.ts';

/**
 * What is wrong with an instance vector.
 * @param nodes node numbers of the SP, where they are known
 */
export function vectorProblems(text: string, nodes?: readonly number[]): PredicateProblem[] {
  const problems: PredicateProblem[] = [];
  const seen = new Set<string>();
  let column = 1;
  for (const pair of text.split(';')) {
    const at = column;
    const add = (message: string, level: 'error' | 'warning' = 'error') =>
      problems.push({ column: at, message, level });
    column += pair.length + 1;
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0));
    const value = pair.slice(equals + 1);
    if (pair.trim() === '') add('has a ";" with nothing beside it; write name=value pairs with one ; between them');
    else if (/\s/.test(pair))
      add(`has a blank in ${shown(pair)}; write the pairs without blanks, as in NodeNum=*;ProgName=rwhod`);
    else if (equals < 0) add(`has ${shown(pair)}, which is no pair; write name=value, for example NodeNum=5`);
    else if (!/^[A-Za-z][A-Za-z0-9_.]*$/.test(name))
      add(`has ${shown(name)} as the name of a pair; write a name such as NodeNum`);
    else if (value === '') add(`has no value for ${name}; write ${name}=value, or ${name}=* for all`);
    else if (value.includes('=')) add(`has two "=" in ${shown(pair)}; put a ; between two pairs`);
    else if (seen.has(name.toLowerCase())) add(`has ${name} twice; take one of them out`);
    else if (name === 'NodeNum') addNode(value, nodes, add);
    else if (name.toLowerCase() === 'nodenum') add(`has ${name}; write NodeNum, large and small letters as here`);
    seen.add(name.toLowerCase());
  }
  if (!seen.has('nodenum'))
    problems.push({
      column: 1,
      message: 'names no NodeNum; begin with NodeNum=* for every node, or NodeNum=5 for node 5',
      level: 'warning',
    });
  return problems;
}

function addNode(value: string, nodes: readonly number[] | undefined, add: (message: string) => void): void {
  if (value === '*') return;
  if (!/^\d{1,6}$/.test(value) || Number(value) < 1)
    add(`has NodeNum=${value}; a node number of the SP is a whole number from 1, and * stands for every node`);
  else if (nodes && !nodes.includes(Number(value)))
    add(`has NodeNum=${value}, and the SP has no such node; its nodes are ${nodes.slice(0, 20).join(', ')}`);
}
