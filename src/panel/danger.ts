/**
 * Commands that end, erase or cut off something: a dialog that runs one should ask before (`confirm`).
 *
 * Heavy (unbash): only loaded with check.ts. The shell text is parsed, so that `echo rm` is no alarm and `sudo -n rm` is one.
 */
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import type { Template } from './types.ts';

/** Commands that are dangerous whatever their arguments. */
const always = new Set([
  'rm',
  'rmdir',
  'unlink',
  'shred',
  'wipefs',
  'dd',
  'mke2fs',
  'mkswap',
  'fdisk',
  'sfdisk',
  'sgdisk',
  'parted',
  'reboot',
  'shutdown',
  'halt',
  'poweroff',
  'init',
  'telinit',
  'kill',
  'killall',
  'pkill',
  'umount',
  'umountall',
  'swapoff',
  'cryptsetup',
  'lvremove',
  'vgremove',
  'pvremove',
  'vgexport',
  'lvreduce',
  'userdel',
  'groupdel',
  'dropdb',
  'dropuser',
  'rmlv',
  'rmvg',
  'reducevg',
  'rmfs',
  'rmuser',
  'rmgroup',
  'exportvg',
  'varyoffvg',
  'stopsrc',
  'rmdev',
  'rmitab',
  'cmhaltpkg',
  'cmhaltnode',
  'cmhaltcl',
  'cmdeleteconf',
  'clstop',
  'clrmnode',
  'clrmgrp',
  'clrmres',
  'clrmclstr',
  'noderm',
  'rmdef',
  'tabrestore',
  'rmnode',
]);

/** Commands that are dangerous with certain words among their arguments. */
const withWords: Record<string, RegExp> = {
  systemctl: /^(stop|restart|disable|mask|kill|isolate|reboot|poweroff|halt|emergency|rescue)$/,
  service: /^(stop|restart|--full-restart)$/,
  ip: /^(del|delete|flush|down)$/,
  ifconfig: /^(down|delete|-alias|0\.0\.0\.0)$/,
  crontab: /^-[a-z]*r[a-z]*$/,
  exportfs: /^-[a-z]*u[a-z]*$/,
  fuser: /^-[a-z]*k[a-z]*$/,
  find: /^-delete$/,
  rsync: /^--(delete.*|del|remove-source-files)$/,
  iptables: /^(-F|--flush|-X)$/,
  nft: /^(flush|delete)$/,
  rpower: /^(off|reset|cycle|softoff)$/,
  rmvterm: /./,
  pcs: /^(destroy|standby|stop|delete|remove)$/,
  crm: /^(standby|stop|delete|erase|cleanup)$/,
  db2: /^(deactivate|drop|terminate|force)$/i,
  truncate: /./,
};

/** Commands that run the words behind them. */
const runners = new Set([
  'sudo',
  'doas',
  'env',
  'nice',
  'nohup',
  'time',
  'timeout',
  'exec',
  'command',
  'xargs',
  'ionice',
  'setsid',
  'stdbuf',
  'busybox',
]);

/** The dangerous commands of a template, each once, as an administrator would name them (`systemctl stop`, `rm`). */
export function dangersIn(template: Template): string[] {
  const text = template.parts
    .map(part => (typeof part === 'string' ? part : (part.literal ?? part.flag ?? 'value')))
    .join('');
  const found = new Set<string>();
  const visit = (node: SyntaxNode) => {
    if (node.type === 'Command') {
      const words = [node.name, ...(node.suffix ?? [])].flatMap(part => (part?.type === 'Word' ? [part.value] : []));
      const danger = dangerOf(words);
      if (danger) found.add(danger);
    }
    forEachChild(node, visit);
  };
  visit(parse(text));
  return [...found];
}

function dangerOf(words: string[]): string | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const name = first.slice(first.lastIndexOf('/') + 1);
  // A list of partitions changes none.
  if (/^s?fdisk$/.test(name) && rest[0] === '-l') return undefined;
  if (always.has(name) || name.startsWith('mkfs')) return name;
  if (name === 'rsync' && rest.some(each => /^(--dry-run|-[a-zA-Z]*n[a-zA-Z]*)$/.test(each))) return undefined;
  const word = withWords[name] && rest.find(each => withWords[name]!.test(each));
  if (word) return `${name} ${word}`;
  if (!runners.has(name)) return undefined;
  // The runner's own options come first; the first word that is a dangerous command is what it runs.
  for (let i = 0; i < rest.length; i++) {
    const danger = /^[-\d]|=/.test(rest[i]!) ? undefined : dangerOf(rest.slice(i));
    if (danger) return danger;
  }
  return undefined;
}
