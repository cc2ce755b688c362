/** Candidates compared at most: suggestions must not make a huge document slow. */
const maxCandidates = 500

/**
 * The candidate that a misspelt word most likely meant: fewest edits away (letters put in, left out, changed or swapped
 * with their neighbour), at most one for every three letters, the first of equals. Letter case does not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined
  let best: string | undefined
  let bestEdits = Math.max(1, Math.floor(word.length / 3)) + 1
  let compared = 0
  for (const candidate of candidates) {
    if (++compared > maxCandidates) break
    // So much longer or shorter that it is further away than the best so far.
    if (Math.abs(candidate.length - word.length) >= bestEdits) continue
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (edits < bestEdits && edits < candidate.length) {
      best = candidate
      bestEdits = edits
    }
  }
  return best
}

/** The words in which to offer it: ` Did you mean "text"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates)
  return meant === undefined ? '' : ` Did you mean "${meant}"?`
}

/** Levenshtein's distance with swaps (optimal string alignment), two rows at a time. */
function editDistance(left: string, right: string): number {
  let before: number[] = []
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 0; i < left.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < right.length; j++) {
      const substituted = (row[j] ?? 0) + (left[i] === right[j] ? 0 : 1)
      const isSwap = i > 0 && j > 0 && left[i] === right[j - 1] && left[i - 1] === right[j]
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : substituted
      next.push(Math.min(substituted, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[right.length] ?? 0
}
