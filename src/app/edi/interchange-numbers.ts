import { ControlNumbersSeen } from '../../formats/x12/control-numbers-seen.js'
import { interchangeReused } from '../../formats/x12/envelope-findings.js'
import { type DecodedSegment, text, type X12Finding } from '../../formats/x12/index.js'

/** The control numbers of the interchanges of a file, each of its sender and receiver. */
export class InterchangeNumbers {
  readonly #seen = new Map<string, ControlNumbersSeen>()

  /** A finding where the same sender gave the same receiver this number before. */
  reused(isa: DecodedSegment): X12Finding[] {
    const partners = [5, 6, 7, 8].map((position) => text(isa, position)).join('|')
    const seen = this.#seen.get(partners) ?? new ControlNumbersSeen()
    this.#seen.set(partners, seen)
    const control = text(isa, 13)
    if (!seen.add(control)) return []
    return [interchangeReused(isa, `interchange control number ${control} was used before in this file`)]
  }
}
