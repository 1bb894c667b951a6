/** Seeded random numbers (mulberry32), so that a night is the same bytes for the same seed. Integers only. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  below(below: number): number
  /** From `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean
  pick<T>(values: readonly T[]): T
  /** So many different values, in random order; all of them where there are fewer. */
  sample<T>(values: readonly T[], count: number): T[]
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit)
  const pick = <T>(values: readonly T[]): T => {
    const value = values[below(values.length)]
    if (value === undefined) throw new RangeError('nothing to pick from')
    return value
  }
  return {
    below,
    pick,
    between: (low, high) => low + below(high - low + 1),
    chance: (percent) => below(100) < percent,
    sample: (values, count) => {
      const left = [...values]
      const taken = []
      while (taken.length < count && left.length > 0) taken.push(...left.splice(below(left.length), 1))
      return taken
    },
  }
}
