/** The nine lines of one event of rules.hacmprd: the first five, which every event has (reference/hacmp-pssp.md 4.1, 4.2, 4.5). */
import { type FileLine, oddCharacter } from './file-lines.ts';
import { type Findings, shown, type Tell, tellOf } from './findings.ts';
import { eventsDirectory, laterDirectory, predefinedEvents, predefinedLike } from './predefined-events.ts';
import { checkMonitoring } from './rules-monitoring.ts';
import { eventOf, lineNames } from './rules-records.ts';

/** Longer lines are noise: nothing the documents show comes near. */
const longestLine = 1000;

/** Looks at a record of nine lines. `nodes` are the node numbers of the SP, where they are known. */
export function checkRecord(lines: FileLine[], findings: Findings, nodes?: readonly number[]): void {
  const tell = tellOf(findings, eventOf(lines));
  const sound = lines.map((line, index) => isSound(line, lineNames[index]!, tell));
  const [name, state, program, type, level] = lines as [FileLine, FileLine, FileLine, FileLine, FileLine];
  const known = predefinedEvents.find(([event]) => event === predefinedLike(name.text));
  if (sound[0]) checkName(name, lines, tell);
  if (sound[1]) checkReserved(state, 'state', '0', tell);
  if (sound[2]) checkProgram(program, known?.[1], tell);
  if (sound[3]) checkReserved(type, 'recovery type', '2', tell);
  if (sound[4]) checkReserved(level, 'recovery level', '0', tell);
  if (known) checkUnused(lines, tell);
  else checkMonitoring(lines, sound, tell, nodes);
}

/** A line that can be read at all: not endless, no characters from elsewhere. Blanks around a value are told of. */
function isSound(line: FileLine, what: string, tell: Tell): boolean {
  const { text } = line;
  if (text.length > longestLine) {
    tell.error(line, `the ${what} has ${text.length} characters; this cannot be meant, write it anew`);
    return false;
  }
  const odd = oddCharacter(text);
  if (odd || text.includes('\0')) {
    const name = odd?.name ?? 'a zero byte';
    tell.error(line, `the ${what} holds ${name}; type the line again with plain letters and digits`, odd?.column);
    return false;
  }
  const bare = text.trim();
  if (text !== bare) {
    const before = !text.startsWith(bare);
    const where = before ? 'before' : 'behind';
    tell.error(
      line,
      `a blank or tab stands ${where} the ${what} and counts as part of it; take it out`,
      before ? 1 : bare.length + 1,
    );
  }
  return true;
}

function checkName(line: FileLine, lines: FileLine[], tell: Tell): void {
  const name = line.text.trim();
  const meant = predefinedLike(name);
  if (name === '') {
    tell.error(
      line,
      'an event must begin here, and the line is empty; write its name, such as UE_RWHO_DOWN, or take its nine lines out',
    );
  } else if (meant && meant !== name) {
    tell.error(line, `${shown(name)} must be the event ${meant}; write it so, with its underscores and in capitals`);
  } else if (/\s/.test(name)) {
    tell.error(line, `${shown(name)} is no event name: it must be one word; write ${name.replaceAll(/\s+/g, '_')}`);
  } else if (!/^[A-Za-z]\w*$/.test(name)) {
    tell.error(line, `${shown(name)} is no event name; write letters, digits and _, for example UE_RWHO_DOWN`);
  } else if (name.startsWith('TE_') && !meant) checkForeign(line, lines, tell);
  else if (!meant && !name.startsWith('UE_')) {
    tell.warning(
      line,
      `the name does not begin with UE_; UE_${name} would tell an event of your own from the product's`,
    );
  }
}

/** A TE_ name that is none of the nine: an event of the site's own must not have one, a later release may. */
function checkForeign(line: FileLine, lines: FileLine[], tell: Tell): void {
  if (lines.slice(5).some(other => other.text !== ''))
    tell.error(
      line,
      `names with TE_ belong to the product; give an event of your own one with UE_, such as UE_${line.text.trim().slice(3)}`,
    );
  else
    tell.warning(
      line,
      'is none of the nine events of HACMP ES 4.2.1; keep it only if a later release brought it along',
    );
}

/** Lines that hold the same value in every known record: there must be something, and it should be that. */
function checkReserved(line: FileLine, what: string, usual: string, tell: Tell): void {
  const value = line.text.trim();
  if (value === '') tell.error(line, `the ${what} is missing; write ${usual}, an empty line will not do here`);
  else if (value.startsWith('/'))
    tell.error(
      line,
      `a path stands where the ${what} must be; write ${usual}, and look whether a line is missing above`,
    );
  else if (/^[oO]$/.test(value)) tell.error(line, `the ${what} is the letter ${value}; write the digit 0`);
  else if (value !== usual) tell.warning(line, `the ${what} is ${shown(value)}; every known event has ${usual}`);
}

/** `known`: file name of the program that a predefined event must keep. */
function checkProgram(line: FileLine, known: string | undefined, tell: Tell): void {
  const path = line.text.trim();
  const example = '/usr/sbin/cluster/local/rwho.rp';
  if (path === '') tell.error(line, `the recovery program is missing; write its whole path, for example ${example}`);
  else if (!path.startsWith('/'))
    tell.error(line, `the recovery program ${shown(path)} is no whole path; begin with /, as in ${example}`);
  else if (/\s/.test(path))
    tell.error(
      line,
      `the path ${shown(path)} has a blank in it, perhaps for a lost _; write the path of the file as it is`,
    );
  else if (known) checkKept(line, path, known, tell);
  else if (!path.endsWith('.rp'))
    tell.error(
      line,
      `${shown(path)} does not end in .rp; write the path of the recovery program, not that of a script`,
    );
}

function checkKept(line: FileLine, path: string, known: string, tell: Tell): void {
  const own = `${eventsDirectory}/${known}`;
  if (path === own) return;
  if (path === `${laterDirectory}/${known}`)
    tell.warning(line, `${laterDirectory} belongs to later releases; HACMP ES 4.2.1 has ${own}`);
  else tell.error(line, `the product's own event must keep its recovery program; write ${own}`);
}

/** Lines 6 to 9 of the product's own events: they come from Group Services, Event Management has no part in them. */
function checkUnused(lines: FileLine[], tell: Tell): void {
  for (const [index, line] of lines.entries()) {
    if (index < 5 || line.text === '') continue;
    tell.error(
      line,
      `${shown(line.text)} stands in the line of the ${lineNames[index]}; the product's own events have none, make the line empty`,
    );
  }
}
