/**
 * Looks at all panels and sources together and says what is wrong between them (and within them, beyond the shape that the reader has
 * checked). Heavy (CEL, unbash): only ever loaded with `await import()`.
 */
import { type CheckOptions, createContext, type Finding } from './check-context.ts';
import { checkDialog } from './check-dialog.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkFields } from './check-fields.ts';
import { checkDiscover, checkSourceFormat } from './check-formats.ts';
import { checkHoles } from './check-holes.ts';
import { checkNames } from './check-names.ts';
import { checkTree } from './check-tree.ts';
import { sortComplaints } from './complaint.ts';
import type { Complaint, Panel, Source } from './types.ts';

/**
 * All complaints about panels and sources that are to work together, in the order of files and lines. Never throws.
 * An error is a panel that would not work; a warning is one that works but should be mended.
 */
export function checkAll(panels: Panel[], sources: Source[], options: CheckOptions = {}): Complaint[] {
  return sortComplaints(findAll(panels, sources, options).map(finding => finding.complaint));
}

/** The same with what each complaint is about, for those who leave broken panels out. */
export function findAll(panels: Panel[], sources: Source[], options: CheckOptions = {}): Finding[] {
  const context = createContext(panels, sources, options);
  checkNames(context);
  checkTree(context);
  for (const source of sources) checkSourceFormat(context, source);
  for (const panel of panels) {
    checkFields(context, panel);
    checkHoles(context, panel);
    checkExpressions(context, panel);
    if (panel.kind === 'dialog') {
      checkDiscover(context, panel);
      checkDialog(context, panel);
    }
    if (panel.kind !== 'text' && !panel.help) {
      context.complain(panel, [], 'has no help; write help: what F1 says about it', { level: 'warning' });
    }
  }
  return context.findings;
}
