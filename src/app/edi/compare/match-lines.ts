import type { ProductIds } from '../../../canonical/index.js'

export interface MatchableLine {
  readonly assignedId?: string
  readonly ids: ProductIds
}

/** The ids that tell an item, not a piece of it: lots and serial numbers differ from shipment to shipment. */
const PART_IDS = ['buyerItem', 'vendorItem', 'manufacturerPart', 'gtin', 'ndc', 'hibc'] as const

export interface Pair<Left, Right> {
  readonly left: Left | undefined
  readonly right: Right | undefined
}

/**
 * Pairs of lines that speak of the same: by line number where the part ids do not contradict it, then by part ids, each line once.
 * In the order of the left document; what only the right has comes last.
 */
export function matchLines<Left extends MatchableLine, Right extends MatchableLine>(
  lefts: readonly Left[],
  rights: readonly Right[],
): Pair<Left, Right>[] {
  const free = new Set(rights)
  const found = new Map<Left, Right>()
  for (const keysOf of [numberKeys, partKeys]) {
    const known = new Map<string, Right[]>()
    for (const right of free) for (const key of keysOf(right)) known.set(key, [...(known.get(key) ?? []), right])
    for (const left of lefts) {
      if (found.has(left)) continue
      const candidates = keysOf(left).flatMap((key) => known.get(key) ?? [])
      const right = candidates.find((candidate) => free.has(candidate) && !contradict(left.ids, candidate.ids))
      if (right === undefined) continue
      found.set(left, right)
      free.delete(right)
    }
  }
  return [
    ...lefts.map((left) => ({ left, right: found.get(left) })),
    ...[...free].map((right) => ({ left: undefined, right })),
  ]
}

/** 00010 and 10 are one line. */
const numberKeys = ({ assignedId }: MatchableLine): string[] =>
  assignedId === undefined ? [] : [assignedId.replace(/^0+(?=.)/, '')]

const partKeys = ({ ids }: MatchableLine): string[] =>
  PART_IDS.flatMap((key) => (ids[key] === undefined ? [] : [`${key} ${ids[key]}`]))

/** Both name the item in the same way, and never the same item. */
function contradict(left: ProductIds, right: ProductIds): boolean {
  const both = PART_IDS.filter((key) => left[key] !== undefined && right[key] !== undefined)
  return both.length > 0 && both.every((key) => left[key] !== right[key])
}
