/** What F6 says beside the text: where it runs, as whom, how sure it is, and which field each part comes from. */

import { displayText } from './display.ts';
import { evidenceText } from './evidence.ts';
import type { Command } from './types.ts';

/** Longest stretch of text shown for one part, in characters. */
const longestPart = 200;

/** Lines for the box of F6, in the order an operator asks: where, as whom, what is lacking, how sure, what comes from where. */
export function explainCommand(command: Command): string[] {
  const lines = [
    `Runs on: ${command.target ? `${displayText(command.target)}, by ssh` : 'this host'}, as ${who(command)}`,
  ];
  if (command.mode === 'interactive')
    lines.push('It takes the terminal and talks to you; hasmit comes back when it ends.');
  if (command.path.length > 0) lines.push(`PATH: begins with ${command.path.join(', ')}`);
  if (command.textPath)
    lines.push(`PATH: begins with ${command.textPath.join(', ')}; the text sets it, because ours does not reach there`);
  if (command.timeout !== undefined) lines.push(`Time limit: ${command.timeout} s`);
  if (command.evidence) lines.push(`Evidence: ${evidenceText(command.evidence)}`);
  if (command.failIf.length > 0)
    lines.push(`Failed, even with status 0, when a line of output matches: ${command.failIf.join('  or  ')}`);
  for (const [status, meaning] of Object.entries(command.statusHelp ?? {}))
    lines.push(`Status ${status} means: ${meaning}`);
  if (command.problem) lines.push(`Cannot run: ${command.problem}`);
  if (command.missing.length > 0)
    lines.push(`Still missing (???): ${command.missing.map(name => labelOf(command, name)).join(', ')}`);
  for (const use of command.secrets) {
    lines.push(`${use.label}: fed on standard input and read into $${use.variable}; it is in no text, log or script`);
  }
  if (command.text !== displayText(command.text, { lines: true })) {
    lines.push(
      'Control characters are shown as ^X here and in the text above; the command gets the characters themselves.',
    );
  }
  if (command.parts.length > 0) lines.push('What comes from where:', ...partLines(command));
  return lines;
}

function who(command: Command): string {
  if (command.as) return `${displayText(command.as)}, by su`;
  return command.target ? 'the user ssh logs in as' : 'yourself';
}

function partLines(command: Command): string[] {
  const width = Math.min(30, Math.max(...command.parts.map(part => part.label.length)));
  const seen = new Set<string>();
  for (const part of command.parts) {
    const text = displayText(command.text.slice(part.start, part.end));
    const shown = text.length > longestPart ? `${text.slice(0, longestPart)}...` : text;
    seen.add(`  ${displayText(part.label).padEnd(width)}  ${shown}`);
  }
  return [...seen];
}

function labelOf(command: Command, name: string): string {
  return command.parts.find(part => part.field === name)?.label ?? name;
}
