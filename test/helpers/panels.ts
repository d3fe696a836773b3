/** Panel files in tests: read from text, merged and checked as the program does it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { checkAll } from '../../src/panel/check.ts';
import { sortComplaints } from '../../src/panel/complaint.ts';
import { mergeLayers } from '../../src/panel/merge.ts';
import { readPanelFile } from '../../src/panel/read.ts';
import type { Complaint, DialogPanel, Field, Panel } from '../../src/panel/types.ts';

/** All complaints about one file, with those of the checks over all its panels. */
export function complaintsOf(text: string | Uint8Array): Complaint[] {
  const { panels, sources, complaints, places, broken } = mergeLayers({ panels: [], sources: [] }, [
    [readPanelFile('F', text, 'test')],
  ]);
  return sortComplaints([...complaints, ...checkAll(panels, sources, { places, broken })]);
}

/** The panels of a text that must be right. */
export function panelsOf(text: string): Panel[] {
  const file = readPanelFile('F', text, 'test');
  if (file.complaints.length > 0) throw new Error(JSON.stringify(file.complaints));
  return file.panels;
}

/** The fields of the one dialog of a text. */
export function fieldsOf(text: string): Record<string, Field> {
  const dialog = panelsOf(text).find((panel): panel is DialogPanel => panel.kind === 'dialog')!;
  return Object.fromEntries(dialog.fields.map(field => [field.name, field]));
}

/** A directory that is gone after the test, with these files in it. */
export function directoryWith(files: Record<string, string | Uint8Array> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-panels-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  addFiles(directory, files);
  return directory;
}

/** Writes files below a directory. */
export function addFiles(directory: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
