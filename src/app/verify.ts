/** The check that a panel runs after its command went well: a command and what is expected of it, tried again for a while. */
import { setTimeout as wait } from 'node:timers/promises';
import { renderBeside } from '../command/render.ts';
import { inputOfValues } from '../session/form.ts';
import type { Effect } from '../session/messages.ts';
import { runAside, secretValues } from './aside.ts';
import type { AppContext } from './context.ts';

/** Runs the panel's verify command, if it has one, and tells the output screen what it found. */
export async function verifyAfter(context: AppContext, effect: Extract<Effect, { type: 'run' }>): Promise<void> {
  const panel = context.world.panel(effect.panel);
  if (panel?.kind !== 'dialog' || !panel.verify) return;
  const verify = panel.verify;
  const rendered = renderBeside(panel, verify.run, inputOfValues(panel, effect.values, context.world));
  const wanted = verify.pattern ? new RegExp(verify.pattern, 'm') : undefined;
  const tries = Math.max(1, verify.retry ?? 1);
  let said = '';
  for (let turn = 1; turn <= tries; turn++) {
    const ended = await runAside({
      text: rendered.text,
      path: rendered.path,
      env: context.env,
      secrets: secretValues(rendered.secrets, { ...effect.values, ...effect.secrets }),
    });
    const right = ended.status === (verify.status ?? 0) && (!wanted || wanted.test(ended.lines.join('\n')));
    said = `${rendered.text}: ${ended.status === undefined ? ended.how : `status ${ended.status}`}`;
    if (right) return context.store.dispatch({ type: 'verified', run: effect.run, ok: true, text: said });
    // Not a reason to keep the program alive.
    if (turn < tries) await wait((verify.every ?? 1) * 1000, undefined, { ref: false });
  }
  context.store.dispatch({ type: 'verified', run: effect.run, ok: false, text: said });
}
