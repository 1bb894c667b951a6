const LAST = 999_999_999
/** A jump by more is no gap but a counter that was set anew. */
const FARTHEST = 1000

/** Numbers a sender passed over: `after` came, `next` came, and nothing of what lies between. */
export interface SequenceGap {
  readonly first: number
  readonly last: number
  /** Index of the number that showed it. */
  readonly shownBy: number
}

/** Gaps in control numbers, in the order in which they came. One that comes late closes its gap; 1 follows 999999999. */
export function sequenceGaps(controls: readonly number[]): SequenceGap[] {
  const missing = new Map<number, number>()
  let next: number | undefined
  controls.forEach((control, index) => {
    if (next === undefined) next = after(control)
    else if (missing.delete(control)) return
    else {
      const ahead = (control - next + LAST) % LAST
      if (ahead > LAST - FARTHEST) return
      if (ahead <= FARTHEST) for (let lost = next; lost !== control; lost = after(lost)) missing.set(lost, index)
      next = after(control)
    }
  })
  const gaps: { first: number; last: number; shownBy: number }[] = []
  for (const [lost, shownBy] of missing) {
    const gap = gaps.at(-1)
    if (gap !== undefined && gap.shownBy === shownBy && after(gap.last) === lost) gap.last = lost
    else gaps.push({ first: lost, last: lost, shownBy })
  }
  return gaps
}

const after = (control: number): number => (control >= LAST ? 1 : control + 1)
