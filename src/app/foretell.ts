/**
 * What Enter would do, before it is done: for edits the difference they would make, for commands with a `preview` what that says. Only reading
 * commands are run for it.
 */
import { diffOfPlans, previewEdits } from '../command/edit-preview.ts';
import { type RenderInput, renderBeside } from '../command/render.ts';
import type { DialogPanel, Values } from '../panel/types.ts';
import { runList } from '../run/list.ts';
import { inputOfValues } from '../session/form.ts';
import { runAside, secretValues } from './aside.ts';
import type { AppContext } from './context.ts';

/** Lines of a preview that are shown; the rest is counted. */
const mostLines = 200;

/** What would happen, as lines for the question, or why nobody knows. */
export async function foretell(
  context: Pick<AppContext, 'env' | 'world'>,
  panel: DialogPanel,
  values: Values,
  signal?: AbortSignal,
): Promise<{ lines: string[] } | { problem: string }> {
  const input = inputOfValues(panel, values, context.world);
  const diff = panel.edits ? await diffOf(context, panel, input, signal) : { lines: [] };
  if ('problem' in diff || !panel.preview) return diff;
  const { text, path, secrets } = renderBeside(panel, panel.preview, input);
  const ended = await runAside({ text, path, env: context.env, secrets: secretValues(secrets, values) }, signal);
  const shown = ended.lines.slice(0, mostLines);
  const rest = ended.lines.length - shown.length;
  const status = ended.status === 0 ? '' : ` (${ended.status === undefined ? ended.how : `status ${ended.status}`})`;
  const said = [...shown, ...(rest > 0 ? [`... and ${rest} more lines`] : [])];
  // A short command says best what was asked; of a long one only the answer is of use.
  const what = text.length <= 60 && !text.includes('\n') ? `: ${text}` : ':';
  return { lines: [...diff.lines, `Looked first${status}${what}`, ...said.map(line => `  ${line}`)] };
}

async function diffOf(
  context: Pick<AppContext, 'env'>,
  panel: DialogPanel,
  input: RenderInput,
  signal?: AbortSignal,
): Promise<{ lines: string[] } | { problem: string }> {
  const plans = previewEdits(panel, input);
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
