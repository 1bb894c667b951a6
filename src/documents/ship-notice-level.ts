import type { Mark, ShipNoticeLevel } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append, type Draft } from './draft.js'
import { readItemDetail } from './item-details.js'
import { DTM } from './layouts.js'
import { type Loops, loopTable } from './loops.js'
import { isSscc } from './product-codes.js'
import { productIds } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'
import { FIRST_ID_OF_LIN, ID_PAIRS_OF_LIN, LIN, PRF, SN1, TD1, TD3 } from './ship-notice-layouts.js'
import type { HierarchyLevel } from './ship-notice-tree.js'

type LevelDraft = Draft<ShipNoticeLevel>

/** The loops within an HL loop; a component has none in this set, so that a PID behind an SLN is the level's. */
export const LEVEL_LOOPS = loopTable({
  N1: 'N2 N3 N4 REF PER FOB',
  SAC: 'CUR',
  LM: 'LQ',
  V1: 'R4 DTM',
  LH1: 'LH2 LH3 LFH LEP LH4 LHT LHR PER LHE',
  CLD: 'REF DTP',
})

/** What the HL loop of the standard has from those that any line may have. */
const DETAILS = new Set([
  'SLN',
  'PO4',
  'PID',
  'TD5',
  'REF',
  'PER',
  'DTM',
  'FOB',
  'N1',
  'SDQ',
  'SAC',
  'MEA',
  'PKG',
  'LM',
])
const ITEM = 'I'

/** An HL with its segments. */
export function readLevel(
  reader: SegmentReader,
  loops: Loops,
  { hl, parent, code, segment, segments }: HierarchyLevel,
) {
  loops.holds(segment)
  reader.passOver(segment, 1, 2, 4)
  reader.required(segment, 3, 'level code')
  const level: LevelDraft = { hl, level: code, span: segment.span }
  if (parent !== undefined) level.parent = parent
  for (const each of segments) if (!loops.holds(each)) readIntoLevel(reader, loops, level, each)
  if (level.shipped?.assignedId !== undefined && level.shipped.assignedId === level.assignedId) {
    const { assignedId, ...shipped } = level.shipped
    level.shipped = shipped
  }
  if (code === ITEM) gatherTraces(level)
  return level
}

/** The first LIN, SN1 and PRF of a level count; the standard has no second. */
function readIntoLevel(reader: SegmentReader, loops: Loops, level: LevelDraft, segment: DecodedSegment): void {
  switch (segment.id) {
    case 'LIN':
      if (level.ids !== undefined) break
      Object.assign(level, reader.fields(segment, LIN))
      level.ids = productIds(segment, FIRST_ID_OF_LIN, ID_PAIRS_OF_LIN)
      break
    case 'SN1':
      level.shipped ??= reader.fields(segment, SN1)
      break
    case 'PRF':
      level.order ??= reader.fields(segment, PRF)
      break
    case 'TD1':
      level.lading = append(level.lading, reader.fields(segment, TD1))
      break
    case 'TD3':
      level.equipment = append(level.equipment, reader.fields(segment, TD3))
      break
    case 'MAN':
      readMarks(reader, level, segment)
      break
    default:
      if (level.level === ITEM && readTrace(reader, level, segment)) break
      if (DETAILS.has(segment.id)) readItemDetail(reader, loops, level, segment)
  }
}

/** Element 88: SSCC-18 with its application identifier, SSCC-18. */
const SSCC_TYPES = ['GM', 'AA']

/** MAN01 to MAN03, and MAN04 to MAN06 for a second one. */
function readMarks(reader: SegmentReader, level: LevelDraft, man: DecodedSegment): void {
  for (const first of [1, 4]) {
    if (first > 1 && reader.peek(man, first) === undefined) return
    const type = reader.required(man, first, 'mark qualifier')
    const value = reader.required(man, first + 1, 'mark')
    const to = reader.text(man, first + 2)
    const mark: Draft<Mark> = { type, value }
    if (to !== undefined) mark.to = to
    if (SSCC_TYPES.includes(type)) mark.ssccValid = isSscc(value)
    level.marks = append(level.marks, mark)
  }
}

/** Element 374: expiration, lot number expiration. */
const EXPIRES = ['036', '208']

/** REF LT and SE, and the day it expires. True when the segment said no more than that. */
function readTrace(reader: SegmentReader, item: LevelDraft, segment: DecodedSegment): boolean {
  const qualifier = reader.peek(segment, 1) ?? ''
  const value = reader.peek(segment, 2)
  const more = [3, 4, 5, 6].some((position) => reader.peek(segment, position) !== undefined)
  if (value === undefined || more) return false
  if (segment.id === 'REF' && qualifier === 'LT') item.lots = append(item.lots, value)
  else if (segment.id === 'REF' && qualifier === 'SE') item.serials = append(item.serials, value)
  else if (segment.id === 'DTM' && EXPIRES.includes(qualifier) && item.expires === undefined) {
    const { date } = reader.fields(segment, DTM)
    if (date !== undefined) item.expires = date
    return true
  } else return false
  reader.passOver(segment, 1, 2)
  return true
}

/** The LIN's own lot and serial number go before those of the REFs. */
function gatherTraces(item: LevelDraft): void {
  const lots = distinct(item.ids?.lot, item.lots)
  const serials = distinct(item.ids?.serial, item.serials)
  if (lots.length > 0) item.lots = lots
  if (serials.length > 0) item.serials = serials
}

const distinct = (first: string | undefined, others: readonly string[] = []): readonly string[] => [
  ...new Set(first === undefined ? others : [first, ...others]),
]
