/**
 * The one table of keys. The legend at the bottom, F1's list of keys, the line mode's help and the manual page are made from it, and `update`
 * looks keys up in nothing else. Order matters: legends show their entries in the order they stand here (SMIT's order).
 */

/** Where the keys go. */
export type Context =
  | 'menu'
  | 'selector'
  | 'dialog'
  | 'text'
  | 'running'
  | 'output'
  | 'list'
  | 'multi'
  | 'message'
  | 'confirm'
  | 'command'
  | 'image'
  | 'edit'
  | 'jump'
  | 'find'
  | 'working';

export type Action =
  | 'help'
  | 'refresh'
  | 'cancel'
  | 'list'
  | 'reset'
  | 'command'
  | 'edit'
  | 'select'
  | 'selectAll'
  | 'image'
  | 'shell'
  | 'exit'
  | 'enter'
  | 'filter'
  | 'find'
  | 'findNext'
  | 'findBefore'
  | 'jump'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageUp'
  | 'pageDown'
  | 'first'
  | 'last'
  | 'next'
  | 'before'
  | 'backspace'
  | 'delete'
  | 'erase'
  | 'interrupt'
  | 'copy'
  | 'script'
  | 'print'
  | 'pager'
  | 'save';

export interface Binding {
  action: Action;
  /** Key names of terminal/types.ts, or single characters. */
  keys: string[];
  contexts: Context[];
  /** Legend at the bottom of the screen; absent: works, but is not shown there. */
  legend?: string;
  /** Contexts that show the legend; all of `contexts` when absent. */
  legendIn?: Context[];
  /** What F1 and the manual page say. */
  help: string;
}

const screens: Context[] = ['menu', 'selector', 'dialog', 'text', 'output'];
const forms: Context[] = ['selector', 'dialog'];
const lists: Context[] = ['list', 'multi'];
const boxes: Context[] = ['list', 'multi', 'message', 'confirm', 'command', 'image', 'edit', 'jump', 'find'];
const typing: Context[] = ['selector', 'dialog', 'edit', 'jump', 'find'];
const everywhere: Context[] = [...screens, 'running', ...boxes, 'working'];
const scrolling: Context[] = [
  'menu',
  'selector',
  'dialog',
  'text',
  'running',
  'output',
  ...lists,
  'message',
  'confirm',
  'jump',
];

export const keyTable: Binding[] = [
  {
    action: 'help',
    keys: ['f1'],
    contexts: [...screens, 'running', ...boxes],
    legend: 'F1=Help',
    help: 'Help for the item or field the cursor is on, and the keys',
  },
  { action: 'refresh', keys: ['f2'], contexts: everywhere, legend: 'F2=Refresh', help: 'Draw the screen again' },
  {
    action: 'cancel',
    keys: ['f3', 'escape'],
    contexts: everywhere,
    legend: 'F3=Cancel',
    help: 'Back; on the first screen leave',
  },
  { action: 'list', keys: ['f4', 'ctrl-l'], contexts: forms, legend: 'F4=List', help: 'List of values for the field' },
  { action: 'reset', keys: ['f5'], contexts: forms, legend: 'F5=Reset', help: 'The field as it was at first' },
  {
    action: 'command',
    keys: ['f6'],
    contexts: [...forms, 'running', 'output'],
    legend: 'F6=Command',
    help: 'The command, where it runs, how sure it is; copy it',
  },
  {
    action: 'edit',
    keys: ['f7'],
    contexts: forms,
    legend: 'F7=Edit',
    help: 'Edit the field in a box as wide as the screen',
  },
  {
    action: 'select',
    keys: ['f7', ' '],
    contexts: ['multi'],
    legend: 'F7=Select',
    help: 'Select or unselect the entry',
  },
  { action: 'selectAll', keys: ['ctrl-a'], contexts: ['multi'], help: 'Select all entries shown, or none' },
  {
    action: 'image',
    keys: ['f8'],
    contexts: [...screens, ...boxes],
    legend: 'F8=Image',
    help: 'Save the screen in the log; tells the fast path',
  },
  {
    action: 'shell',
    keys: ['f9'],
    contexts: [...screens, 'running'],
    legend: 'F9=Shell',
    help: 'A shell; exit brings you back',
  },
  {
    action: 'exit',
    keys: ['f10'],
    contexts: [...screens, ...boxes, 'running'],
    legend: 'F10=Exit',
    help: 'Leave at once',
  },
  {
    action: 'enter',
    keys: ['enter'],
    contexts: ['menu', 'selector', 'dialog', 'text', ...boxes],
    legend: 'Enter=Do',
    help: 'Open, go on, run or take',
  },
  {
    action: 'filter',
    keys: ['/'],
    contexts: ['menu', ...lists],
    legend: '/=Find',
    legendIn: lists,
    help: 'Show only what holds the text you type',
  },
  {
    action: 'find',
    keys: ['/'],
    contexts: ['text', 'running', 'output'],
    legend: '/=Find',
    legendIn: ['output', 'text'],
    help: 'Find a text',
  },
  {
    action: 'findNext',
    keys: ['n'],
    contexts: ['text', 'running', 'output', ...lists],
    legend: 'n=Find Next',
    legendIn: ['output', 'text', ...lists],
    help: 'Find it again',
  },
  {
    action: 'findBefore',
    keys: ['N'],
    contexts: ['text', 'running', 'output', ...lists],
    help: 'Find it again, backwards',
  },
  { action: 'jump', keys: ['ctrl-g', ':'], contexts: screens, help: 'Jump to a fast path: search all panels' },
  { action: 'up', keys: ['up'], contexts: scrolling, help: 'Up' },
  { action: 'down', keys: ['down'], contexts: scrolling, help: 'Down' },
  { action: 'left', keys: ['left'], contexts: typing, help: 'One character to the left' },
  { action: 'right', keys: ['right'], contexts: typing, help: 'One character to the right' },
  { action: 'pageUp', keys: ['pageup', 'meta-v'], contexts: [...scrolling, 'command'], help: 'A page up' },
  { action: 'pageDown', keys: ['pagedown', 'ctrl-v'], contexts: [...scrolling, 'command'], help: 'A page down' },
  {
    action: 'first',
    keys: ['home', 'meta-<'],
    contexts: [...scrolling, 'edit', 'find'],
    help: 'The first; in a text its beginning',
  },
  {
    action: 'last',
    keys: ['end', 'meta->'],
    contexts: [...scrolling, 'edit', 'find'],
    help: 'The last; in a text its end',
  },
  {
    action: 'next',
    keys: ['tab'],
    contexts: [...forms, 'text'],
    help: 'Next value of the ring, completes a path; in a text the next link',
  },
  {
    action: 'before',
    keys: ['shift-tab'],
    contexts: [...forms, 'text'],
    help: 'Value before in the ring; in a text the link before',
  },
  {
    action: 'backspace',
    keys: ['backspace'],
    contexts: [...typing, 'menu', ...lists, 'confirm'],
    help: 'Delete the character before the cursor',
  },
  { action: 'delete', keys: ['delete', 'ctrl-d'], contexts: typing, help: 'Delete the character under the cursor' },
  { action: 'erase', keys: ['ctrl-u'], contexts: [...typing, 'menu', ...lists, 'confirm'], help: 'Empty the text' },
  {
    action: 'interrupt',
    keys: ['ctrl-c'],
    contexts: everywhere,
    help: 'Cancel what is running, after a question; elsewhere as F3',
  },
  { action: 'copy', keys: ['c'], contexts: ['command'], help: 'Copy the command to the clipboard of your terminal' },
  { action: 'script', keys: ['s'], contexts: ['command'], help: 'Add the command to the script file' },
  { action: 'print', keys: ['p'], contexts: ['command'], help: 'Print the command when the session ends' },
  { action: 'pager', keys: ['|'], contexts: ['output'], help: 'The whole output in your pager' },
  { action: 'save', keys: ['w'], contexts: ['output'], help: 'Save the whole output in a file' },
];

const byContext = new Map<Context, Map<string, Action>>();

/** The action a key has in a context, or nothing. */
export function actionFor(context: Context, key: string): Action | undefined {
  let table = byContext.get(context);
  if (!table) {
    table = new Map();
    for (const binding of keyTable) {
      if (!binding.contexts.includes(context)) continue;
      for (const name of binding.keys) if (!table.has(name)) table.set(name, binding.action);
    }
    byContext.set(context, table);
  }
  return table.get(key);
}

/** The legend of a context, in order: `F1=Help`, `F2=Refresh`, ... */
export function legendOf(context: Context): string[] {
  return keyTable
    .filter(
      binding =>
        binding.legend &&
        (binding.legendIn ?? binding.contexts).includes(context) &&
        binding.contexts.includes(context),
    )
    .map(binding => binding.legend!);
}

/** The keys of a context with what they do, for F1 and the manual page. */
export function keyHelp(context: Context): Array<{ keys: string; help: string }> {
  return keyTable
    .filter(binding => binding.contexts.includes(context))
    .map(binding => ({ keys: binding.keys.map(nameOfKey).join(', '), help: binding.help }));
}

/** A key as people write it: `f1` is `F1`, `ctrl-g` is `Ctrl-G`. */
export function nameOfKey(key: string): string {
  if (key === ' ') return 'Space';
  if (key === 'pageup') return 'PgUp';
  if (key === 'pagedown') return 'PgDn';
  if (key === 'escape') return 'Esc';
  if (key.startsWith('meta-')) return `Esc ${key.slice(5)}`;
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
  if (key.startsWith('shift-')) return `Shift-${nameOfKey(key.slice(6))}`;
  return key.length > 1 ? key[0]!.toUpperCase() + key.slice(1) : key;
}
