/** Lines 6 to 9 of an event of the site's own: what Event Management watches, and when it speaks (reference/hacmp-pssp.md 4.1, 4.5). */
import type { FileLine } from './file-lines.ts';
import { shown, type Tell } from './findings.ts';
import { vectorProblems } from './instance-vector.ts';
import { type Expression, type PredicateProblem, readPredicate } from './predicate.ts';
import { isSame, meetingOf } from './rearm.ts';
import { lineNames } from './rules-records.ts';

/**
 * Looks at the last four lines of a record.
 * @param sound which of the nine lines hold plain text
 * @param nodes node numbers of the SP, where they are known
 */
export function checkMonitoring(lines: FileLine[], sound: boolean[], tell: Tell, nodes?: readonly number[]): void {
  const [variable, vector, predicate, rearm] = lines.slice(5) as [FileLine, FileLine, FileLine, FileLine];
  const empty = [5, 6, 7].filter(index => lines[index]!.text === '');
  if (empty.length === 3 && rearm.text === '') {
    tell.warning(
      variable,
      'nothing says when this event happens: resource variable, instance vector, predicate and rearm predicate are all empty',
    );
    return;
  }
  for (const index of empty) {
    const others = [5, 6, 7].filter(other => other !== index).map(other => lineNames[other]);
    tell.error(
      lines[index]!,
      `the ${lineNames[index]} is missing; it goes together with ${others.join(' and ')}: fill all three lines, or make 6 to 9 empty`,
    );
  }
  if (rearm.text === '')
    tell.warning(
      rearm,
      'there is no rearm predicate, so the event may happen once and never again; write what is true when the trouble is over, for example X<80 for the predicate X>90',
    );
  if (sound[5] && variable.text !== '') checkVariable(variable, tell);
  if (sound[6] && vector.text !== '') tellAll(vector, 6, vectorProblems(vector.text.trim(), nodes), tell);
  const first = sound[7] ? checkPredicate(predicate, 7, tell) : undefined;
  const second = sound[8] ? checkPredicate(rearm, 8, tell) : undefined;
  if (first && second) checkRearm(predicate, rearm, first, second, tell);
}

function checkVariable(line: FileLine, tell: Tell): void {
  const name = line.text.trim();
  if (/\s/.test(name))
    tell.error(
      line,
      `the resource variable ${shown(name)} has a blank in it; it is one word, for example IBM.PSSP.Prog.xpcount`,
    );
  else if (!/^[A-Za-z][\w%-]*(\.[\w%-]+)+$/.test(name))
    tell.warning(
      line,
      `${shown(name)} does not look like a resource variable; they have names such as IBM.PSSP.aixos.FS.%totused`,
    );
}

function checkPredicate(line: FileLine, index: number, tell: Tell): Expression | undefined {
  if (line.text === '') return undefined;
  const { problems, expression } = readPredicate(line.text);
  tellAll(line, index, problems, tell);
  return expression;
}

function tellAll(line: FileLine, index: number, problems: PredicateProblem[], tell: Tell): void {
  for (const { column, message, level } of problems) tell[level](line, `the ${lineNames[index]} ${message}`, column);
}

function checkRearm(predicate: FileLine, rearm: FileLine, first: Expression, second: Expression, tell: Tell): void {
  if (isSame(predicate.text, rearm.text)) {
    tell.warning(
      rearm,
      'the rearm predicate is the predicate itself, so the event arms itself again at once; write what is true when the trouble is over',
    );
    return;
  }
  const meeting = meetingOf(first, second);
  if (!meeting) return;
  if (!meeting.predicateEver) tell.warning(predicate, 'the predicate can never be true, so the event never happens');
  else if (!meeting.rearmEver)
    tell.warning(rearm, 'the rearm predicate can never be true, so the event happens once and never again');
  else if (meeting.both)
    tell.warning(
      rearm,
      `predicate and rearm predicate are both true for ${meeting.both}, so the event can come again and again; let them exclude each other, as X>90 and X<80 do`,
    );
}
