import { type DecodedSegment, MOST_BITS } from '../formats/x12/index.js'
import type { ElementPlace, ElementType } from './element-place.js'
import { objectMaker } from './object-code.js'

export interface RecordField extends ElementPlace<unknown> {
  readonly key: string
  /** The position as a bit. */
  readonly bit: number
}

/** What the made code asks of whoever reads typed values. */
interface ValueReader {
  decimal(segment: DecodedSegment, position: number, what: string): unknown
  implied(segment: DecodedSegment, position: number, places: number, what: string): unknown
  integer(segment: DecodedSegment, position: number, what: string): unknown
  date(segment: DecodedSegment, position: number, what: string): unknown
  /** What stands for a required value that is missing. */
  lacking(segment: DecodedSegment, position: number, type: ElementType, what: string): unknown
}

type Make = (reader: ValueReader, segment: DecodedSegment, given: object, maybe: unknown) => object

/** In so many ways elements may be there or not; the code for a segment of yet another way is used once. */
const MOST_KEPT = 200

/** Makes of a segment an object with the fields of its layout that it has: with code of its own for each set of elements that is met. */
export class RecordMaker {
  readonly #fields: readonly RecordField[]
  readonly #mask: number
  readonly #before: readonly string[]
  readonly #after: readonly string[]
  readonly #maybe: string | undefined
  readonly #made = new Map<number, Make>()
  #way = -1
  #make: Make | undefined

  /** `before` and `after` are keys of what is given beside the elements: it stands before and behind them; that of `maybe` is last. */
  constructor(
    fields: readonly RecordField[],
    mask: number,
    before: readonly string[] = [],
    after: readonly string[] = [],
    maybe?: string,
  ) {
    this.#fields = fields
    this.#mask = mask
    this.#before = before
    this.#after = after
    this.#maybe = maybe
  }

  make(reader: ValueReader, segment: DecodedSegment, given: object, maybe?: unknown): object {
    const present = segment.shape.present & this.#mask
    const way = maybe === undefined ? present : ~present
    // The next segment is mostly like the last.
    if (way !== this.#way || this.#make === undefined) {
      this.#make = this.#made.get(way) ?? this.#written(way)
      this.#way = way
    }
    return this.#make(reader, segment, given, maybe)
  }

  /** `way` is which elements are there, as bits; turned round where there is a `maybe`. */
  #written(way: number): Make {
    const present = way < 0 ? ~way : way
    const elements = this.#fields
      .filter(({ bit, required }) => required || (present & bit) !== 0)
      .map((field) => [field.key, (present & field.bit) === 0 ? lackingCode(field) : valueCode(field)] as const)
    const given = (key: string) => [key, `given.${key}`] as const
    const maybe = way < 0 && this.#maybe !== undefined ? [[this.#maybe, 'maybe'] as const] : []
    const fields = [...this.#before.map(given), ...elements, ...this.#after.map(given), ...maybe]
    const make = objectMaker<Make>(['reader', 'segment', 'given', 'maybe'], fields)
    if (this.#made.size < MOST_KEPT) this.#made.set(way, make)
    return make
  }
}

function valueCode({ type, position, what }: RecordField): string {
  if (type === 'text') return position > MOST_BITS ? `segment.value(${position})` : `segment.said(${position})`
  if (type === 'cents') return `reader.implied(segment, ${position}, 2, ${JSON.stringify(what)})`
  return `reader.${type}(segment, ${position}, ${JSON.stringify(what)})`
}

const lackingCode = ({ type, position, what }: RecordField): string =>
  `reader.lacking(segment, ${position}, '${type}', ${JSON.stringify(what)})`
