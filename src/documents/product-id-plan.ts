import type { ProductIds } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { objectMaker } from './object-code.js'
import { type IdPlace, normal, placeOf } from './product-qualifiers.js'

type Make = (segment: DecodedSegment, first: number, keep: typeof normal) => ProductIds

interface Pair {
  readonly place: IdPlace
  readonly qualifier: string
}

/** A supplier writes its lines in one or two ways; so many ways in all are kept. */
const MOST_PLANS = 500
let plans = 0
/** Element 235. */
const LONGEST_QUALIFIER = 2

/** What the qualifiers of a line, taken one after the other, come to: an id of each kind, made as one literal. */
export class ProductIdPlan {
  readonly #pairs: readonly Pair[]
  readonly #next = new Map<string, ProductIdPlan>()
  #lastQualifier: string | undefined
  #last: ProductIdPlan | undefined
  #make: Make | undefined

  constructor(pairs: readonly Pair[] = []) {
    this.#pairs = pairs
  }

  /** Undefined where a qualifier is none of ours, or there is an id of its kind already. */
  with(qualifier: string): ProductIdPlan | undefined {
    if (qualifier.length > LONGEST_QUALIFIER) return undefined
    if (qualifier !== this.#lastQualifier) {
      this.#last = this.#next.get(qualifier) ?? this.#extended(qualifier)
      this.#lastQualifier = qualifier
    }
    return this.#last
  }

  #extended(qualifier: string): ProductIdPlan | undefined {
    const place = placeOf(qualifier)
    if (place === undefined || plans === MOST_PLANS || this.#pairs.some((pair) => pair.place === place))
      return undefined
    plans++
    const plan = new ProductIdPlan([...this.#pairs, { place, qualifier }])
    this.#next.set(qualifier, plan)
    return plan
  }

  /** `first` is the position of the first qualifier. */
  idsOf(segment: DecodedSegment, first: number): ProductIds {
    this.#make ??= objectMaker<Make>(['segment', 'first', 'keep'], this.#pairs.map(idCode))
    return this.#make(segment, first, normal)
  }
}

/** Ids of most kinds are kept as they are sent. */
function idCode({ place, qualifier }: Pair, index: number): readonly [string, string] {
  const id = `segment.said(first + ${2 * index + 1})`
  return [place, place === 'gtin' || place === 'ndc' ? `keep('${place}', '${qualifier}', ${id})` : id]
}
