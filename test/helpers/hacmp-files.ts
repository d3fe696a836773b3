/** The files of a node of HACMP ES that are as they should be (test/fixtures/hacmp/node), and ways to damage them. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Complaint } from '../../src/panel/types.ts';

export const nodeTree = resolve(import.meta.dirname, '../fixtures/hacmp/node');

/** Text of a file of the node. */
export function onNode(path: string): string {
  return readFileSync(join(nodeTree, path), 'utf8');
}

export const goodRules = onNode('/usr/sbin/cluster/events/rules.hacmprd');
export const goodProgram = onNode('/usr/sbin/cluster/local/rwho.rp');

/** A copy of the node's files that is gone after the test: its root, what stands before /usr/sbin/cluster. */
export function copyOfNode(): string {
  const root = mkdtempSync(join(tmpdir(), 'hasmit-node-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(nodeTree, root, { recursive: true });
  return root;
}

/** Complaints as a person reads them, without the file: `12: UE_X: message`, with the column when it is not 1. */
export function told(complaints: Complaint[]): string[] {
  return complaints.map(({ place, panel, level, message }) => {
    const column = place.column === 1 ? '' : `:${place.column}`;
    return `${place.line}${column}: ${panel ? `${panel}: ` : ''}${level === 'warning' ? 'warning: ' : ''}${message}`;
  });
}
