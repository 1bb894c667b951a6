import type { Mark, ShipNotice, ShipNoticeLevel } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import { componentSegments } from './component.js'
import { type DetailWriters, inOrder } from './detail-writers.js'
import { itemWriters } from './item-details.js'
import { DTM } from './layouts.js'
import { partySegments } from './party.js'
import { productIdsAt } from './product-ids.js'
import { referenceSegments } from './references.js'
import { BSN, FIRST_ID_OF_LIN, ID_PAIRS_OF_LIN, LIN, PRF, SN1, TD1, TD3 } from './ship-notice-layouts.js'
import { heldLoop } from './write-loop.js'
import { dateText, segment, type WrittenSegment, writeSegment } from './write-segment.js'

/** The HL loop of the standard. */
const LEVEL = 'LIN SN1 SLN PRF PO4 PID MEA PKG TD1 TD5 TD3 REF PER MAN DTM FOB N1 SDQ SAC LM'.split(' ')
const PARTY = 'N2 N3 N4 REF PER'.split(' ')

/**
 * The segments of an 856 between ST and SE. HL01 counts from 1; HL04 says whether there are levels below.
 * @throws MatchbookError X12-WRITE when `hl` does not count 1, 2, 3 ... over all levels, a level stands before its parent, or something
 * is said that an 856 has no place for
 */
export function writeShipNotice(notice: ShipNotice): WrittenSegment[] {
  const { shipments, orders, packs, items, others, dates = [] } = notice
  const levels = [...shipments, ...orders, ...packs, ...items, ...others].sort((a, b) => a.hl - b.hl)
  const parents = new Set(levels.map(({ parent }) => parent))
  return [
    writeSegment(BSN, notice),
    ...dates.map((date) => writeSegment(DTM, date)),
    ...levels.flatMap((level, index) => [
      hlSegment(level, index + 1, parents.has(level.hl)),
      ...inOrder(levelWriters, level, LEVEL),
    ]),
    segment('CTT', String(levels.length)),
  ]
}

function hlSegment({ hl, parent, level }: ShipNoticeLevel, place: number, hasChildren: boolean): WrittenSegment {
  if (hl !== place) refuse(`level ${hl} stands where level ${place} should: hl counts all levels from 1`)
  if (parent !== undefined && !(parent >= 1 && parent < hl))
    refuse(`level ${hl} must stand behind its parent ${parent}`)
  return segment('HL', String(hl), parent === undefined ? '' : String(parent), level, hasChildren ? '1' : '0')
}

const levelWriters: DetailWriters<ShipNoticeLevel> = {
  ...itemWriters,
  LIN: lineSegments,
  SN1: ({ shipped, assignedId }) =>
    shipped === undefined ? [] : [writeSegment(SN1, shipped, { 1: shipped.assignedId ?? assignedId })],
  // A segment behind an SLN is the level's.
  SLN: ({ components = [] }) => components.flatMap((each) => heldLoop(componentSegments(each, false), [])),
  PRF: ({ order }) => (order === undefined ? [] : [writeSegment(PRF, order)]),
  TD1: ({ lading = [] }) => lading.map((each) => writeSegment(TD1, each)),
  TD3: ({ equipment = [] }) => equipment.map((each) => writeSegment(TD3, each)),
  REF: (level) => [
    ...traces('LT', level.lots, level.ids?.lot),
    ...traces('SE', level.serials, level.ids?.serial),
    ...referenceSegments(level),
  ],
  MAN: ({ marks = [] }) => marks.map(markSegment),
  N1: ({ parties = [] }) => parties.flatMap((party) => heldLoop(partySegments(party), PARTY)),
  DTM: ({ expires, dates = [] }) => [
    ...(expires === undefined ? [] : [segment('DTM', '036', dateText(expires))]),
    ...dates.map((date) => writeSegment(DTM, date)),
  ],
}

function lineSegments(level: ShipNoticeLevel): WrittenSegment[] {
  if (level.assignedId === undefined && level.ids === undefined) return []
  return [writeSegment(LIN, level, productIdsAt(FIRST_ID_OF_LIN, level.ids ?? {}, ID_PAIRS_OF_LIN))]
}

/** The LIN says the first one where it has one. */
const traces = (qualifier: string, values: readonly string[] = [], first?: string): WrittenSegment[] =>
  values.filter((value) => value !== first).map((value) => segment('REF', qualifier, value))

const markSegment = ({ type, value, to }: Mark): WrittenSegment => segment('MAN', type, value, to)

function refuse(message: string): never {
  throw new MatchbookError('X12-WRITE', `A ship notice cannot be written: ${message}`)
}
