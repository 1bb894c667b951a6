import type { Party, Terms } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { given } from './given.js'
import type { SegmentReader } from './segment-reader.js'

/** The parties and references that stand before the lines, the same in each set. */
export class Header {
  readonly parties: Party[] = []
  readonly #references = new Map<string, string>()
  readonly #contradicted = new Set<string>()
  readonly #reader: SegmentReader

  constructor(reader: SegmentReader) {
    this.#reader = reader
  }

  get references(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#references)
  }

  read(segment: DecodedSegment): void {
    if (segment.id === 'N1') this.parties.push(party(this.#reader, segment))
    if (segment.id === 'REF') this.#readReference(segment)
  }

  /** The reference of a qualifier that was not given twice with different values. */
  only(qualifier: string): string | undefined {
    return this.#contradicted.has(qualifier) ? undefined : this.#references.get(qualifier)
  }

  /** The first reference of a qualifier counts, the others stay unread; REF03 where there is no REF02. */
  #readReference(segment: DecodedSegment): void {
    const reader = this.#reader
    const qualifier = reader.peek(segment, 1)
    const position = reader.peek(segment, 2) === undefined ? 3 : 2
    const value = reader.peek(segment, position)
    if (qualifier === undefined || value === undefined) return
    const known = this.#references.get(qualifier)
    if (known !== undefined && known !== value) this.#contradicted.add(qualifier)
    if (known !== undefined) return
    reader.passOver(segment, 1, position)
    this.#references.set(qualifier, value)
  }
}

/** N101..N104. */
const party = (reader: SegmentReader, segment: DecodedSegment): Party =>
  given({
    role: reader.required(segment, 1, 'entity identifier'),
    name: reader.text(segment, 2),
    idQualifier: reader.text(segment, 3),
    id: reader.text(segment, 4),
  })

/** ITD02: the days count from the date of the invoice. Any other basis stays unread. */
const FROM_INVOICE_DATE = '3'

/** ITD01, ITD03, ITD05, ITD07, ITD12. */
export function terms(reader: SegmentReader, segment: DecodedSegment): Terms {
  reader.expect(segment, 2, FROM_INVOICE_DATE)
  return given({
    type: reader.text(segment, 1),
    discountPercent: reader.decimal(segment, 3, 'discount percent'),
    discountDays: reader.integer(segment, 5, 'discount days'),
    netDays: reader.integer(segment, 7, 'net days'),
    text: reader.text(segment, 12),
  })
}
