import type { TextContract } from '../config/extract-contract.js'
import type { ColumnDrift } from './column-drift.js'
import { hasHeader, type Layout } from './layout.js'

/** What of the columns differs, as far as the first records show it; without a header row no column can be seen to have moved. */
export function layoutDrift(
  contract: TextContract,
  { binding, faults }: Pick<Layout, 'binding' | 'faults'>,
): ColumnDrift[] {
  const refused = new Set(faults.map(({ field }) => field))
  return [
    ...[...binding.missing].map(([column, said]): ColumnDrift => ({ kind: 'missing', column, harmful: true, said })),
    ...binding.unknown.map(
      (column): ColumnDrift => ({
        kind: 'new',
        column,
        harmful: refused.has(column),
        said: `column ${column} is new: the contract does not know it`,
      }),
    ),
    ...(hasHeader(contract) ? moved(contract, binding.positions) : []),
  ]
}

/** The fewest columns that, taken out, leave the others in the order of the contract. */
function moved({ columns }: TextContract, positions: ReadonlyMap<string, number>): ColumnDrift[] {
  const present = columns.flatMap(({ name }) => {
    const position = positions.get(name)
    return position === undefined ? [] : [{ name, position }]
  })
  const stay = new Set(longestRising(present.map(({ position }) => position)))
  return present
    .filter((_, index) => !stay.has(index))
    .map(({ name, position }) => {
      const before = present.filter((other) => other.position < position).sort((a, b) => b.position - a.position)[0]
      return {
        kind: 'moved' as const,
        column: name,
        harmful: false,
        said: `column ${name} stands ${before === undefined ? 'first' : `after ${before.name}`} now; its header binds it all the same`,
      }
    })
}

/** Places of a longest subsequence that rises. */
function longestRising(numbers: readonly number[]): number[] {
  const length = numbers.map(() => 1)
  const previous = numbers.map(() => -1)
  let best = -1
  for (const [at, number] of numbers.entries()) {
    for (let before = 0; before < at; before++) {
      const longer = (length[before] ?? 0) + 1
      if ((numbers[before] ?? 0) < number && longer > (length[at] ?? 0)) {
        length[at] = longer
        previous[at] = before
      }
    }
    if (best < 0 || (length[at] ?? 0) > (length[best] ?? 0)) best = at
  }
  const places: number[] = []
  for (let at = best; at >= 0; at = previous[at] ?? -1) places.push(at)
  return places
}
