/** From effects to what does them. Everything that the first screen does not need is loaded with its first use. */

import { fastPathOf } from '../session/keyboard.ts';
import type { Effect } from '../session/messages.ts';
import type { AppContext } from './context.ts';

/** Does one effect. Nothing thrown here reaches the operator as a stack trace: it becomes an error box. */
export function perform(context: AppContext, effect: Effect): void {
  const { store } = context;
  const failed = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    store.dispatch({ type: 'error', title: 'ERROR MESSAGE', lines: ['That did not work:', why] });
  };
  try {
    void done(context, effect)?.catch(failed);
  } catch (error) {
    failed(error);
  }
}

function done(context: AppContext, effect: Effect): Promise<void> | undefined {
  const { store, recorder, runs, terminal } = context;
  const notice = (text: string | undefined) => text && store.dispatch({ type: 'notice', text });
  switch (effect.type) {
    case 'list':
    case 'discover':
    case 'classify':
    case 'diff':
      return import('./lists.ts').then(lists => lists.doJob(context, effect));
    case 'cancelJob':
      return import('./lists.ts').then(lists => lists.cancelJob(context, effect.job));
    case 'complete':
      return import('./lists.ts').then(lists => lists.completePath(context, effect.field, effect.text));
    case 'run':
      return import('./commands.ts').then(commands => commands.runCommand(context, effect));
    case 'notRun':
      return import('./commands.ts').then(commands => commands.recordOnly(context, effect.command));
    case 'cancelRun':
      runs.get(effect.run)?.running?.cancel();
      return undefined;
    case 'forgetRun':
      runs.forget(effect.run);
      return undefined;
    case 'find':
      return import('./outputs.ts').then(outputs =>
        outputs.findInOutput(context, effect.run, effect.text, effect.from, effect.direction),
      );
    case 'saveOutput':
      return import('./outputs.ts').then(outputs => outputs.saveOutput(context, effect.run));
    case 'pager':
      return import('./outputs.ts').then(outputs => outputs.pageOutput(context, effect.run));
    case 'search':
      return import('./search.ts').then(search => search.answer(context, effect.query));
    case 'copy':
      return import('../terminal/osc52.ts').then(osc52 => {
        const problem = osc52.copyProblem(effect.text);
        if (problem) notice(problem);
        else terminal.send(osc52.copySequence(effect.text, context.env));
      });
    case 'script':
      notice(recorder.script(effect.command) ?? `Added to ${recorder.places.script}`);
      return undefined;
    case 'image':
      notice(recorder.image(effect.fastPath, terminal.image()));
      return undefined;
    case 'shell':
      return import('../run/shell.ts').then(async shell => {
        const ended = await shell.runShell({ env: context.env, fastPath: fastPathOf(store.state()) }, terminal);
        if (ended.reason) notice(ended.reason);
      });
    case 'repaint':
      terminal.repaint();
      return undefined;
    case 'visited':
      notice(recorder.screen(effect.panel.kind, effect.panel.id, effect.panel.title));
      return undefined;
    case 'quit':
      terminal.end();
      return undefined;
  }
}
