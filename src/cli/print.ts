/** `hasmit print FASTPATH FIELD=VALUE ...`: the command and nothing else. */
import type { Answer, Asked } from '../cli.ts';
import { prepare } from './dialog.ts';
import { openForCommand } from './open.ts';
import { givenValues } from './values.ts';

/** Prints the command a dialog would run with these values. */
export async function print(asked: Asked): Promise<Answer> {
  const opened = await openForCommand(asked);
  if ('status' in opened) return opened;
  const given = givenValues(asked.words.slice(1), opened.panel, opened.world);
  if ('complaint' in given) return { status: 2, complaint: given.complaint };
  const prepared = await prepare(opened.panel, given.values, opened.world);
  if ('complaint' in prepared) return { status: 2, complaint: prepared.complaint };
  const { command } = prepared;
  if (!asked.flags.json) return { status: 0, text: command.text };
  const { fastPath, text, mode, path, evidence, target, as } = command;
  return { status: 0, text: JSON.stringify({ fastPath, text, mode, path, evidence, target, as }, null, 2) };
}
