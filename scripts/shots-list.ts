/** The screens that `npm run shots` draws from the real program. */
import { keys } from '../test/helpers/terminal.ts';

export interface Shot {
  /** Name of the files in screenshots/. */
  name: string;
  /** Arguments of hasmit. */
  args: string[];
  /** What is typed, one key or text after the other, each when the screen is at rest. */
  keys?: string[];
  /** Text that must be on the screen in the end: the shot fails without it. */
  shows: string;
  columns?: number;
  rows?: number;
}

export const shots: Shot[] = [
  { name: 'root-menu', args: [], shows: 'System Management' },
  { name: 'menu-management-node', args: ['mnode'], shows: 'Esc+0=Exit' },
  { name: 'dialog-filled', args: ['mnode_vip_add', 'address=192.0.2.10'], shows: '192.0.2.10' },
  { name: 'show-command', args: ['mnode_vip_add', 'address=192.0.2.10'], keys: [keys.f6], shows: 'COMMAND' },
  { name: 'help', args: ['mnode_vip_add'], keys: [keys.f1], shows: 'HELP' },
  { name: 'fast-path-jump', args: [], keys: [keys.ctrlG, 'v', 'i', 'p'], shows: 'vip' },
  { name: 'hacmp-run-time', args: ['cm_run_time.select'], shows: 'Node' },
];
