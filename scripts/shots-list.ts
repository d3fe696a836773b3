/** The screens that `npm run shots` draws from the real program. */
import { resolve } from 'node:path';
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

/** Panels that answer the same on every machine. */
const fixed = ['-o', resolve(import.meta.dirname, '../test/fixtures/shots/menus')];

export const shots: Shot[] = [
  { name: 'root-menu', args: [], shows: 'System Management' },
  { name: 'menu-management-node', args: ['mnode'], shows: 'NFS Exports' },
  {
    name: 'dialog',
    args: ['mnode_vip_add', 'interface=eth0', 'address=192.0.2.10', 'prefix=24'],
    shows: 'ip addr add 192.0.2.10',
  },
  {
    name: 'show-command',
    args: ['mnode_vip_add', 'interface=eth0', 'address=192.0.2.10', 'prefix=24'],
    keys: [keys.f6],
    shows: 'SHOW COMMAND STRING',
  },
  { name: 'help', args: ['mnode_vip_add'], keys: [keys.f1], shows: 'CONTEXTUAL HELP' },
  {
    name: 'list',
    args: [...fixed, 'shot_status'],
    keys: [keys.f4, keys.f7, keys.down, keys.down, keys.f7],
    shows: 'ONE OR MORE',
  },
  { name: 'command-status', args: [...fixed, 'shot_status'], keys: [keys.enter], shows: 'n=Find Next' },
  { name: 'question', args: [...fixed, 'shot_stop'], keys: [keys.enter], shows: 'ARE YOU SURE?' },
  { name: 'fast-path-jump', args: [], keys: [keys.ctrlG, 'v', 'i', 'p'], shows: 'mnode_vip_add' },
  {
    name: 'failure-detection',
    args: ['-X', 'change_show_ts_gs', 'interval=2', 'fibrillate=5'],
    shows: 'Failure detection',
  },
  { name: 'hacmp-run-time', args: ['cm_run_time.select'], shows: 'Node' },
  { name: 'text', args: ['about_evidence'], shows: 'unverified' },
  { name: 'large-terminal', args: [...fixed, 'shot_status'], keys: [keys.f4], shows: 'sn2', columns: 132, rows: 43 },
];
