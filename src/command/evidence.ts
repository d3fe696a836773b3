/** How sure we are of a command, in words an operator can act on (design.md 4.5). */
import type { Evidence, EvidenceLevel } from '../panel/types.ts';

const words: Record<EvidenceLevel, string> = {
  seed: "from the site's own source documents",
  manual: "from the vendor's manual for this release",
  later: "from a later release's documents, not this one's",
  unverified: 'not verified: read the command before you run it',
};

/** One line for F1 and F6: the level in words, and where it comes from. */
export function evidenceText(evidence: Evidence): string {
  return `${words[evidence.level]} (${evidence.source})`;
}
