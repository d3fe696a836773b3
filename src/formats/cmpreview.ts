/**
 * What ServiceGuard's commands foretell with `-t`, one line for each package: `hasmit format cmpreview`. Their own form is a line for each
 * move: `package:pkg3|node:node2|action:failing`.
 */

const moveLine = /^package:([^|]*)\|node:([^|]*)\|action:(.*)$/;

/** The actions of the manual, in words; others are told as they stand. */
const actions: Record<string, string> = { failing: 'leaves', starting: 'starts on' };

/**
 * The page of a preview. Status 1 when the command has not said that the preview is complete: then nothing is known of what would happen.
 * Lines that are no moves are kept.
 */
export function cmpreviewPage(text: string): { text: string; status: 0 | 1 } {
  const moves = new Map<string, string[]>();
  const others: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, name, node, action] = moveLine.exec(line) ?? [];
    if (name === undefined || node === undefined || action === undefined) {
      if (line.trim() !== '') others.push(line.trim());
    } else {
      const said = `${actions[action] ?? `${action} on`} ${node}`;
      moves.set(name, [...(moves.get(name) ?? []), said]);
    }
  }
  const complete = others.some(line => /preview completed successfully/i.test(line));
  const width = Math.max(0, ...[...moves.keys()].map(name => name.length));
  const told = [...moves].map(([name, steps]) => `  ${name.padEnd(width)}  ${steps.join(', ')}`);
  const heading = told.length > 0 ? 'These packages would move:' : 'No package would move.';
  return {
    text: [
      ...(complete ? [heading] : told.length > 0 ? [heading] : []),
      ...told,
      ...(complete ? [] : ['The preview is not complete; nobody knows what would happen.']),
      ...others.filter(line => !/preview completed successfully/i.test(line)),
    ].join('\n'),
    status: complete ? 0 : 1,
  };
}
