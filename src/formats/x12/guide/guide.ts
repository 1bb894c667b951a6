/** A transaction set as it should be, compiled for the checker: see `loadGuide`. */
export interface Guide {
  /** ST01. */
  readonly set: string
  readonly name: string
  /** The version of the guide: 004010 or 005010. */
  readonly version: string
  /** The version that was asked for, as GS08 has it. */
  readonly requestedVersion: string
  /**
   * True where the guide of a neighbouring version stands in: elements behind those it knows, longer values and codes it does not
   * know are no errors then.
   */
  readonly lenient: boolean
  /** The whole transaction set, from ST to SE, as a loop that is there once. */
  readonly table: Loop
  /** Of the version, for segments that stand where they should not. */
  readonly segments: Segments
  /** Ids of the segments in this transaction set. */
  readonly ids: ReadonlySet<string>
  /** Loops in which a segment stands without opening them, by segment id, each with the loops around it from the outermost. */
  readonly homes: ReadonlyMap<string, readonly (readonly Loop[])[]>
  /** Whose guide it is, where a partner's was laid over the standard. */
  readonly partner?: string
}

/** Every segment of the dictionary, by id. */
export interface Segments {
  get(id: string): SegmentGuide | undefined
  values(): readonly SegmentGuide[]
  /** Ids of segments that the standard has, in any set. */
  readonly standardIds: Codes
}

export interface Loop {
  /** The segment that opens it; ST for the whole set. */
  readonly name: string
  /** Opened by LS, closed by LE: its loops are known by LS01. */
  readonly bounded: boolean
  readonly entries: readonly Entry[]
  /** Where a segment id stands in `entries`, in order. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** The positions of entries that must come. */
  readonly needed: readonly number[]
}

export interface Entry {
  readonly id: string
  readonly mandatory: boolean
  /** How often it may stand here; Infinity where there is no limit. For a loop, how often the loop may come. */
  readonly max: number
  readonly segment: SegmentGuide
  /** Where the segment opens a loop. */
  readonly loop?: Loop
  /** A partner does not want it here. */
  readonly unused?: boolean
  /** Mandatory by the partner's guide only. */
  readonly partnerMandatory?: boolean
  /** Values of element 01 of which each must come once in its place, by the partner's guide. */
  readonly mustOccurWith?: readonly string[]
}

export interface SegmentGuide {
  readonly id: string
  readonly elements: readonly ElementGuide[]
  /** Position of the last mandatory element, 1-based; 0 without one. */
  readonly lastMandatory: number
  readonly conditions: readonly Condition[]
  /** Qualifiers of which one must be in the segment, by the partner's guide. */
  readonly mustCarry?: readonly string[]
}

/** A list of codes, each once. */
export interface Codes extends Iterable<string> {
  has(code: string): boolean
  readonly size: number
}

/** AN, ID, N (implied decimals), R (decimal point), DT, TM, B; C for a composite. */
export type ElementType = 'AN' | 'ID' | 'N' | 'R' | 'DT' | 'TM' | 'B' | 'C'

export interface ElementGuide {
  /** Number in the data element dictionary, or of the composite: 355, C001. */
  readonly number: string
  readonly type: ElementType
  readonly mandatory: boolean
  readonly min: number
  readonly max: number
  /** Of type N: so many of its last digits are decimals; where it has none that is not said. */
  readonly decimals?: number
  /** How often it may be repeated. */
  readonly repeat: number
  /** What people call it: unit of measure. */
  readonly name?: string
  readonly codes?: Codes
  /** The components of a composite. */
  readonly composite?: SegmentGuide
  /** A partner does not want it. */
  readonly unused?: boolean
  /** Mandatory by the partner's guide only. */
  readonly partnerMandatory?: boolean
  /** The codes are the partner's choice among those of the standard. */
  readonly partnerCodes?: boolean
}

/** P: all or none; R: at least one; E: at most one; C: if the first, then all; L: if the first, then one more. */
export interface Condition {
  readonly kind: 'P' | 'R' | 'E' | 'C' | 'L'
  /** Element positions, 1-based. */
  readonly elements: readonly number[]
  /** The same as bits: 1 is element 1, 2 is element 2, 4 is element 3. */
  readonly bits: number
}
