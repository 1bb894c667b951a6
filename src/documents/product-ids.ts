import type { ProductIds } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import { bitOf, type DecodedSegment, saysCodeOfShape } from '../formats/x12/index.js'
import { ProductIdPlan } from './product-id-plan.js'
import { type IdPlace, kindsOfId, normal, placeOf } from './product-qualifiers.js'

/** IT106 to IT125, PO106 to PO125, ACK07 to ACK26. */
const PAIRS = 10

const NO_IDS = new ProductIdPlan()

/**
 * Qualifier and id pairs from element `first` on. The first id of a kind counts; a second one, or one whose qualifier has no place, is
 * kept under its qualifier. What does not fit there either stays unread.
 */
export function productIds(segment: DecodedSegment, first: number, pairs = PAIRS): ProductIds {
  const known = segment.shape.ids as ShapeIds | undefined
  if (known !== undefined && known.first === first && known.pairs === pairs) {
    segment.taken |= known.read
    return known.plan.idsOf(segment, first)
  }
  const end = Math.min(first + 2 * pairs, segment.elementCount + 1)
  const { present } = segment
  let plan: ProductIdPlan | undefined = NO_IDS
  let read = 0
  let isOfShape = true
  for (let position = first; position < end && plan !== undefined; position += 2) {
    const both = bitOf(position) | bitOf(position + 1)
    plan = (present & both) === both ? plan.with(segment.said(position)) : undefined
    isOfShape &&= saysCodeOfShape(segment, position)
    read |= both
  }
  if (plan === undefined) return sortedIds(segment, first, end)
  if (isOfShape) segment.shape.ids = { first, pairs, plan, read } satisfies ShapeIds
  segment.taken |= read
  return plan.idsOf(segment, first)
}

/** What the qualifiers of all segments of a shape come to. */
interface ShapeIds {
  readonly first: number
  readonly pairs: number
  readonly plan: ProductIdPlan
  /** As bits. */
  readonly read: number
}

/** Pair by pair, each in its place. */
function sortedIds(segment: DecodedSegment, first: number, end: number): ProductIds {
  const ids: { [Kind in IdPlace]?: string } = {}
  let other: Map<string, string> | undefined
  for (let position = first; position < end; position += 2) {
    const qualifier = segment.value(position)
    const id = segment.value(position + 1)
    if (qualifier === undefined || id === undefined) continue
    const place = placeOf(qualifier)
    if (place !== undefined && ids[place] === undefined) ids[place] = normal(place, qualifier, id)
    else {
      other ??= new Map()
      if (other.has(qualifier)) continue
      other.set(qualifier, id)
    }
    segment.taken |= bitOf(position) | bitOf(position + 1)
  }
  return other === undefined ? ids : { ...ids, other: Object.fromEntries(other) }
}

/**
 * Qualifier and id in turn, as they stand in a line.
 * @throws MatchbookError X12-WRITE when there are more than the segment has room for
 */
function productIdElements(ids: ProductIds, pairs = PAIRS): readonly string[] {
  const named = kindsOfId.flatMap(([place, [qualifier]]) => {
    const id = ids[place]
    return id === undefined ? [] : [[qualifier, id] as const]
  })
  const all = [...named, ...Object.entries(ids.other ?? {})]
  if (all.length > pairs) {
    throw new MatchbookError('X12-WRITE', `a line has room for ${pairs} product numbers, not for ${all.length}`)
  }
  return all.flat()
}

/** The same as elements by position, for writeSegment. */
export const productIdsAt = (first: number, ids: ProductIds, pairs = PAIRS): Readonly<Record<number, string>> =>
  Object.fromEntries(productIdElements(ids, pairs).map((element, n) => [first + n, element]))
