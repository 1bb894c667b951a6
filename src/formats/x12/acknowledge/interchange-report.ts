import type { DecodedSegment } from '../decoded-segment.js'
import type { X12Finding } from '../x12-finding.js'
import type { BusinessNumber } from './business-number.js'

/** What is known of a received transaction set when its SE has gone by. */
export interface SetReport {
  readonly st: DecodedSegment
  readonly findings: X12Finding[]
  /** The number people know it by; undefined where its SE did not come or it has none. */
  business: BusinessNumber | undefined
  /** It is not used: its envelope is broken, or whoever takes it in said no. */
  refused: boolean
}

export interface GroupReport {
  readonly gs: DecodedSegment
  /** Undefined: the group has no end. */
  ge: DecodedSegment | undefined
  /** About the group itself, not about its sets. */
  readonly findings: X12Finding[]
  readonly sets: SetReport[]
}

/** All that an acknowledgment of a received interchange says, or has to leave out. */
export interface InterchangeReport {
  readonly isa: DecodedSegment
  /** Undefined: the interchange has no end, so that it may have lost more than can be seen. */
  iea: DecodedSegment | undefined
  /** About the interchange itself. */
  readonly findings: X12Finding[]
  readonly groups: GroupReport[]
  /** TA1 and the like. */
  readonly services: DecodedSegment[]
  /** None of it is used: it is not for us, or not of the kind agreed. */
  refused: boolean
}
