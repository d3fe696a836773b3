/** Complaints about panel files in one line each, the way compilers say it, so that editors can jump to the place. */
import type { Complaint, Place } from './types.ts';

/**
 * One complaint as a line of text: `file:line:col: panel: what is wrong, what to write`.
 * A warning says so before the message; a complaint about the whole file has no panel.
 */
export function formatComplaint(complaint: Complaint): string {
  const { file, line, column } = complaint.place;
  const panel = complaint.panel ? `${complaint.panel}: ` : '';
  const level = complaint.level === 'warning' ? 'warning: ' : '';
  return `${file}:${line}:${column}: ${panel}${level}${complaint.message}`;
}

/** Order by file, then by place in it; the order in which an author mends a file. */
export function sortComplaints(complaints: Complaint[]): Complaint[] {
  return [...complaints].sort((a, b) => comparePlaces(a.place, b.place));
}

function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** `3 errors, 1 warning`; `no complaints` when there is nothing to say. */
export function countComplaints(complaints: Complaint[]): string {
  const errors = complaints.filter(complaint => complaint.level === 'error').length;
  const warnings = complaints.length - errors;
  const parts = [];
  if (errors > 0) parts.push(errors === 1 ? '1 error' : `${errors} errors`);
  if (warnings > 0) parts.push(warnings === 1 ? '1 warning' : `${warnings} warnings`);
  return parts.join(', ') || 'no complaints';
}
