import { CodeSet } from './code-set.js'
import { isSegmentId } from './code-text.js'

/** They stand around transaction sets. */
export const ENVELOPE = new CodeSet(['ISA', 'GS', 'ST', 'SE', 'GE', 'IEA'])

/**
 * What segments share that differ only in their letters and digits: the id, how many elements there are and which of them say something,
 * and for each element the kinds of its characters, its length class, whether it ends with a blank, and a code with a letter in it
 * (separators.assembly.ts). A file has millions of segments and some hundreds of shapes, so what follows from the shape is worked out
 * once. Segments that come without a shape get one each.
 */
export class SegmentShape {
  readonly id: string
  /** The id as a number (code-text.ts). */
  readonly idNumber: number
  readonly elementCount: number
  /** The elements that say something, as bits; those behind the 31st have none. */
  readonly present: number
  /** For certain all of it is printable ASCII without component or repetition separators. Where false it may be so too. */
  readonly simple: boolean
  /** It may stand within a transaction set. */
  readonly isInner: boolean
  /** By which rule segments of this shape were checked last, and the elements that it has to look at in each of them, as bits (segment-rule.ts). */
  rule: object | undefined = undefined
  doubtful = 0
  /** What documents/product-ids.ts found out of its qualifiers. */
  ids: object | undefined = undefined

  constructor(id: string, idNumber: number, elementCount: number, present: number, simple: boolean) {
    this.id = id
    this.idNumber = idNumber
    this.elementCount = elementCount
    this.present = present
    this.simple = simple
    this.isInner = isSegmentId(idNumber) && !ENVELOPE.hasNumber(idNumber)
  }
}
