/**
 * A node of an HACMP cluster for the tests: no AIX is here, so small programs (test/fixtures/menus/hacmp) answer in the formats that
 * reference/hacmp-pssp.md section 2 shows. The cluster has three nodes: sp2n01, sp2n05 (this one) and sp2n07.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { discover } from '../../src/app/ask-system.ts';
import { evaluate, variablesOf } from '../../src/panel/expression.ts';
import type { Panel, Values } from '../../src/panel/types.ts';
import { worldOf } from '../helpers/session.ts';
import { commandOf, dialogOf, formValues, type Shipped } from './panels.ts';

const programs = resolve(import.meta.dirname, '../fixtures/menus/hacmp');

/** PATH of such a node. */
export const nodePath = `${programs}:/usr/bin:/bin`;

/** A directory where the fixture programs keep what they were asked; `clean` removes it. */
export function newState(): { directory: string; kept(name: string): string; clean(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-hacmp-'));
  return {
    directory,
    kept(name) {
      const file = join(directory, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    },
    clean: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Runs a command's text on the node. */
export function onNode(text: string, env: Record<string, string> = {}, shell: string[] = ['/bin/sh']) {
  const [program, ...before] = shell;
  const ran = spawnSync(program!, [...before, '-c', text], { encoding: 'utf8', env: { PATH: nodePath, ...env } });
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr, lines: ran.stdout.split('\n').slice(0, -1) };
}

/** What a dialog's discover command fills in on the node, by the program's own way; the sentence when it cannot. */
export async function discovered(
  shipped: Shipped,
  id: string,
  carried: Values = {},
  env: Record<string, string> = {},
): Promise<Values | string> {
  const panel = dialogOf(shipped, id);
  const asker = { env: { PATH: nodePath, ...env }, world: worldOf([panel]) };
  const found = await discover(asker, panel, carried);
  if ('values' in found) return found.values;
  if ('problem' in found) return found.problem;
  return found.listed.state === 'failed' ? `${found.listed.reason} ${found.listed.stderr}`.trim() : found.listed.state;
}

/** The first thing that keeps a dialog from running with these values, as the session finds it; undefined when nothing does. */
export function refused(
  shipped: Shipped,
  id: string,
  typed: Values,
  discovered: Values = {},
  site: Values = {},
): string | undefined {
  const panel = dialogOf(shipped, id);
  const variables = variablesOf(panel.fields, formValues(panel, typed, discovered, site), { os: 'aix', site });
  return panel.checks?.find(check => evaluate(check.expression, variables).value === false)?.message;
}

/** The text of a dialog's command when nothing keeps it from running; what does, otherwise. */
export function commandText(
  shipped: Shipped,
  id: string,
  typed: Values,
  discovered: Values = {},
  site: Values = {},
): string {
  const stopped = refused(shipped, id, typed, discovered, site);
  if (stopped) return `REFUSED: ${stopped}`;
  const command = commandOf(shipped, id, typed, discovered, site);
  if (command.missing.length > 0) return `MISSING: ${command.missing.join(', ')}`;
  return command.problem ?? command.text;
}

/** The panels below a menu, in the order in which one meets them: items, and what selectors lead to. */
export function panelsBelow(shipped: Shipped, id: string): Panel[] {
  const panel = shipped.panels.get(id);
  if (!panel) throw new Error(`there is no panel "${id}"`);
  const next =
    panel.kind === 'menu'
      ? panel.items.flatMap(item => item.panel ?? [])
      : panel.kind === 'selector'
        ? typeof panel.next === 'string'
          ? [panel.next]
          : Object.values(panel.next.map)
        : [];
  return [panel, ...next.flatMap(child => panelsBelow(shipped, child))];
}

/** Fast paths of the dialogs below some menus, each once. User-defined events have tests of their own (user-events.test.ts). */
export function dialogsBelow(shipped: Shipped, ...menus: string[]): string[] {
  const panels = menus.flatMap(menu => panelsBelow(shipped, menu));
  const ids = panels.filter(panel => panel.kind === 'dialog').map(panel => panel.id);
  return [...new Set(ids)].filter(id => !id.startsWith('cm_user_event')).sort();
}
