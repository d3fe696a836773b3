import type { Edit } from '../panel/types.ts';
import type { Findings } from './fill.ts';
import type { Marked } from './marked.ts';

/** stub */
export function renderEdits(_edits: Edit[], _found: Findings): Marked {
  return { text: ':', parts: [] };
}
