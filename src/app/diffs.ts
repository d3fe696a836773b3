/** What the edits of a dialog would change: their files are read where they are, the edits foretold, the difference shown. */
import { diffOfPlans, previewEdits } from '../command/edit-preview.ts';
import type { DialogPanel, Values } from '../panel/types.ts';
import { runList } from '../run/list.ts';
import { renderInput, startForm } from '../session/form.ts';
import type { AppContext } from './context.ts';

/** The lines of the unified diff, or why there is none. */
export async function diffOf(
  context: Pick<AppContext, 'env' | 'world'>,
  panel: DialogPanel,
  values: Values,
  signal?: AbortSignal,
): Promise<{ lines: string[] } | { problem: string }> {
  const form = { ...startForm(panel, {}, context.world), values, carried: values };
  const plans = previewEdits(panel, renderInput(panel, form, context.world));
  const current = new Map<string, string>();
  for (const plan of plans) {
    if (current.has(plan.subject) || plan.problem) continue;
    const read = await runList({ text: plan.read, path: plan.path, env: context.env, raw: true, signal });
    if (read.state === 'cancelled') return { problem: 'cancelled' };
    // Whether a file is there is part of the answer; a failure means that nobody knows, for example because the host is down.
    if (read.state === 'failed') return { problem: `${plan.subject} cannot be read: ${read.reason}` };
    current.set(plan.subject, read.text);
  }
  const { lines, problems } = await diffOfPlans(plans, current);
  return problems.length > 0 ? { problem: problems.join('\n') } : { lines };
}
