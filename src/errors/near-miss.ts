/**
 * The candidate that was probably meant: at most one typing slip in three letters away (a letter too many, too few, wrong or
 * swapped with its neighbour), or the only one the word is a part of. Of equally near ones the first.
 */
export function nearMiss(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  const known = [...candidates].filter((candidate) => candidate !== word)
  let best: string | undefined
  let nearest = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= nearest) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < nearest && distance < candidate.length) [best, nearest] = [candidate, distance]
  }
  if (best !== undefined || wanted.length < 4) return best
  const holding = known.filter((candidate) => candidate.toLowerCase().includes(wanted))
  return holding.length === 1 ? holding[0] : undefined
}

/** Damerau-Levenshtein (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(before, j - 2) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return at(last, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY
