/** "Did you mean ...": the known words nearest to one that is not known. */

/**
 * The candidates nearest to a word, best first, at most `n`.
 *
 * Near is what a slip of the finger makes (letters left out, doubled, exchanged, wrong case), the beginning of a word, or a part of it.
 * A word that resembles nothing gets an empty list: a far-fetched proposal is worse than none.
 */
export function nearest(word: string, candidates: Iterable<string>, n = 3): string[] {
  const wanted = word.toLowerCase();
  if (wanted === '') return [];
  const limit = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length * 0.4)), 5);
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const score = distance(wanted, candidate.toLowerCase(), limit);
    if (score !== undefined) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : a.candidate > b.candidate ? 1 : 0));
  return scored.slice(0, n).map(entry => entry.candidate);
}

/** `; did you mean "a"?`, with up to three proposals; empty when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>, n = 1): string {
  const near = nearest(word, candidates, n).map(candidate => `"${candidate}"`);
  if (near.length === 0) return '';
  const last = near.pop()!;
  return `; did you mean ${near.length > 0 ? `${near.join(', ')} or ` : ''}${last}?`;
}

function distance(wanted: string, candidate: string, limit: number): number | undefined {
  if (wanted === candidate) return 0;
  const typos = Math.abs(wanted.length - candidate.length) <= limit ? edits(wanted, candidate, limit) : undefined;
  // Half of a name is often all that is remembered; it counts less than a slip of one letter.
  const part =
    wanted.length >= 3 && (candidate.startsWith(wanted) ? 1.5 : candidate.includes(wanted) ? 2.5 : undefined);
  if (part) return typos === undefined ? part : Math.min(typos, part);
  return typos;
}

/** Damerau-Levenshtein distance (adjacent letters exchanged count one), or nothing when it is above the limit. */
function edits(a: string, b: string, limit: number): number | undefined {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  const result = previous[b.length]!;
  return result <= limit ? result : undefined;
}
