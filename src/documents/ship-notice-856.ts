import {
  type DecimalText,
  parseDecimal,
  type ShipNotice,
  type ShipNoticeLevel,
  sumOf,
  ZERO,
} from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { firstSegment } from './first-segment.js'
import { DTM } from './layouts.js'
import { Loops } from './loops.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'
import { BSN } from './ship-notice-layouts.js'
import { LEVEL_LOOPS, readLevel } from './ship-notice-level.js'
import { hierarchyTree } from './ship-notice-tree.js'

/** HL03 of the lists of a ship notice. */
const PACKS = ['T', 'P', 'Q']

/**
 * X12 856. Wrong numbers in the HLs are told but keep nothing from being used where it is certain to what each level belongs; the
 * document then comes with findings.
 */
export function readShipNotice(transaction: Transaction): ReadDocument<ShipNotice> {
  const reader = new SegmentReader(transaction)
  const tree = hierarchyTree(transaction.segments)
  const loops = new Loops(LEVEL_LOOPS)
  const bsn = firstSegment(tree.outside, 'BSN')
  if (bsn === undefined) reader.missing(transaction.span, 'BSN', 'the beginning segment for ship notice')
  if (tree.levels.length === 0) reader.missing(transaction.span, 'HL', 'the hierarchical level of the shipment')
  if (bsn !== undefined) reader.required(bsn, 3, 'date of the notice')
  const levels = tree.levels.map((level) => readLevel(reader, loops, level))
  const dates = tree.outside.filter(({ id }) => id === 'DTM').map((segment) => reader.fields(segment, DTM))
  for (const segment of tree.outside) if (segment.id === 'CTT') readCounts(reader, segment, levels)
  const findings = [...tree.findings, ...tree.broken]
  if (bsn === undefined || levels.length === 0 || tree.broken.length > 0) return withFindings(reader.refuse(), findings)
  const document: ShipNotice = {
    kind: 'ship-notice',
    envelope: transaction.envelope,
    span: transaction.span,
    ...reader.fields(bsn, BSN),
    ...(dates.length === 0 ? {} : { dates }),
    ...listed(levels),
    unmapped: reader.unmapped(transaction.segments),
  }
  return withFindings(reader.finish(document), findings)
}

function withFindings(read: ReadDocument<ShipNotice>, more: ReadDocument['findings']): ReadDocument<ShipNotice> {
  const findings = [...read.findings, ...more].toSorted(
    (a, b) => a.span.byteOffset - b.span.byteOffset || (a.element ?? 0) - (b.element ?? 0),
  )
  return { document: read.document, findings }
}

/** The levels by kind; each item with the order and the package it is in. */
function listed(
  levels: readonly ShipNoticeLevel[],
): Pick<ShipNotice, 'shipments' | 'orders' | 'packs' | 'items' | 'others'> {
  const order = nearest(levels, (level) => level.level === 'O' || level.order !== undefined)
  const pack = nearest(levels, ({ level }) => PACKS.includes(level))
  const of = (...codes: readonly string[]) => levels.filter(({ level }) => codes.includes(level))
  return {
    shipments: of('S'),
    orders: of('O'),
    packs: of(...PACKS),
    items: of('I').map((item) => {
      const inOrder = order[item.hl]
      const inPack = pack[item.hl]
      return {
        ...item,
        ...(inOrder === undefined ? {} : { inOrder }),
        ...(inPack === undefined ? {} : { inPack }),
      }
    }),
    others: levels.filter(({ level }) => !['S', 'O', 'I', ...PACKS].includes(level)),
  }
}

/** By `hl`, that of the nearest level that passes, itself included. No way up is gone twice. */
function nearest(
  levels: readonly ShipNoticeLevel[],
  passes: (level: ShipNoticeLevel) => boolean,
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = []
  const seen = new Uint8Array(levels.length + 1)
  for (const start of levels) {
    const path: number[] = []
    let level: ShipNoticeLevel | undefined = start
    while (level !== undefined && seen[level.hl] === 0 && !passes(level)) {
      path.push(level.hl)
      level = level.parent === undefined ? undefined : levels[level.parent - 1]
    }
    const hl = level === undefined ? undefined : seen[level.hl] === 1 ? found[level.hl] : level.hl
    if (level !== undefined) path.push(level.hl)
    for (const each of path) {
      found[each] = hl
      seen[each] = 1
    }
  }
  return found
}

/** CTT01 counts the levels, with some suppliers the items, and CTT02 adds up SN102: nothing new where they are right. */
function readCounts(reader: SegmentReader, ctt: DecodedSegment, levels: readonly ShipNoticeLevel[]): void {
  const items = levels.filter(({ level }) => level === 'I')
  reader.expect(ctt, 1, [String(levels.length), String(items.length)])
  const hash = reader.peek(ctt, 2)
  const sum: DecimalText = sumOf(levels.map(({ shipped }) => shipped?.quantity ?? ZERO))
  if (hash !== undefined && parseDecimal(hash) === sum) reader.passOver(ctt, 2)
}
