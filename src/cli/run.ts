/** `hasmit run FASTPATH FIELD=VALUE ...`: runs the command here, its output passed through, its status returned. It never prompts. */

import { type Asker, classify, discover, type Unanswered } from '../app/ask-system.ts';
import { recorderFor } from '../app/recorder.ts';
import type { Answer, Asked } from '../cli.ts';
import { renderTemplate } from '../command/render.ts';
import type { DialogPanel } from '../panel/types.ts';
import { runPassthrough } from '../run/passthrough.ts';
import { renderInput } from '../session/form.ts';
import { type FormScreen, textOf } from '../session/state.ts';
import type { World } from '../session/world.ts';
import { prepare, type Questions } from './dialog.ts';
import { openForCommand } from './open.ts';
import { givenValues } from './values.ts';

/** Runs the command of a dialog. */
export async function run(asked: Asked): Promise<Answer> {
  const opened = await openForCommand(asked);
  if ('status' in opened) return opened;
  const { panel: first, world, settings } = opened;
  const given = givenValues(asked.words.slice(1), first, world);
  if ('complaint' in given) return { status: 2, complaint: given.complaint };
  const prepared = await prepare(first, given.values, world, questionsTo({ env: asked.env, world }, asked));
  if ('complaint' in prepared) return { status: 2, complaint: prepared.complaint };
  const { panel, form, command } = prepared;
  const refused = unconfirmed(asked, panel, form, command.text, world);
  if (refused) return { status: 2, complaint: refused };

  const recorder = recorderFor(settings, asked);
  if (world.runNothing) {
    const problem = recorder.notRun(command);
    return { status: 0, text: command.text, ...(problem ? { complaint: problem } : {}) };
  }
  const started = recorder.start(command);
  if (started.problem && !asked.flags.yes) {
    return { status: 1, complaint: `${started.problem}. Nothing was run; --yes runs it without a record.` };
  }
  const secrets = Object.fromEntries(command.secrets.map(use => [use.field, textOf(form.values[use.field])]));
  const { ended, status, output } = await runPassthrough({ command, secrets, env: asked.env });
  const problem = recorder.end(started.id, command, ended, output ?? []);
  output?.close();
  const complaints = [ended.reason, problem].filter(Boolean);
  return { status, ...(complaints.length > 0 ? { complaint: complaints.join('; ') } : {}) };
}

/** What `run` may ask of the system; nothing with -X. */
function questionsTo(asker: Asker, { flags }: Asked): Questions | undefined {
  if (flags['no-commands']) return undefined;
  return {
    async classify(panel, values) {
      const found = await classify(asker, panel, values);
      return 'listed' in found ? undefined : found.next;
    },
    async discover(panel, values) {
      const found = await discover(asker, panel, values);
      if ('values' in found) return found.values;
      return `The current values cannot be read: ${whyNot(found)}`;
    },
    async list(field, values, fields) {
      const source = asker.world.source(field.source!);
      if (!source) return `there is no list named ${field.source}`;
      const { readList } = await import('../app/lists.ts');
      const list = await readList(asker, source, values, fields);
      return 'rows' in list ? list.rows.map(row => row.value) : whyNot(list);
    },
  };
}

function whyNot(answer: { problem: string } | Unanswered): string {
  if ('problem' in answer) return answer.problem;
  return answer.listed.state === 'failed' ? answer.listed.reason : 'cancelled';
}

/** Why the command may not run without more words, or nothing. */
function unconfirmed(
  asked: Asked,
  panel: DialogPanel,
  form: FormScreen,
  text: string,
  world: World,
): string | undefined {
  if (panel.evidence.level === 'unverified' && asked.flags.confirm !== text) {
    return `This command is not verified (${panel.evidence.source}). To run it give its exact text: --confirm '...'. The text is: ${text}`;
  }
  if (!panel.confirm || panel.evidence.level === 'unverified') return undefined;
  const input = { ...renderInput(panel, form, world), plain: true };
  const object = renderTemplate(panel.confirm.object, input).text;
  const effect = renderTemplate(panel.confirm.effect, input).text;
  if (panel.confirm.level === 'type') {
    return asked.flags.confirm === object ? undefined : `${effect}\nTo go on name it: --confirm '${object}'`;
  }
  return asked.flags.yes || asked.flags.confirm === object ? undefined : `${object}: ${effect}\nTo go on say --yes.`;
}
