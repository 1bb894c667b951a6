import type { Component } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { readStatus, statusSegments } from './acknowledgment-status.js'
import { descriptionSegments, readDescription } from './description.js'
import { type DetailWriters, inOrder } from './detail-writers.js'
import { append, type Draft } from './draft.js'
import { CTP, DTM, PO4, SLN } from './layouts.js'
import type { Loops } from './loops.js'
import { msgSegments, n9Segments, nteSegments, readMsg } from './note.js'
import { productIds, productIdsAt } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

const FIRST_ID = 9
/** Behind one of these a segment is no longer the component's own; what they hold stays unread. */
const INNER_LOOPS = ['N9', 'SAC', 'QTY', 'N1', 'ADV']

/** An SLN and what stands behind it up to its first inner loop. */
export function readComponent(reader: SegmentReader, loops: Loops, sln: DecodedSegment): Component {
  const component: Draft<Component> = reader.fields(sln, SLN)
  component.ids = productIds(sln, FIRST_ID)
  let inner = false
  loops.give((segment) => {
    inner ||= INNER_LOOPS.includes(segment.id)
    if (!inner) readIntoComponent(reader, component, segment)
  })
  return component
}

function readIntoComponent(reader: SegmentReader, component: Draft<Component>, segment: DecodedSegment): void {
  switch (segment.id) {
    case 'PID':
      readDescription(reader, component, segment)
      break
    case 'MSG':
    case 'MTX':
      readMsg(reader, component, segment)
      break
    case 'ACK':
      component.statuses = append(component.statuses, readStatus(reader, segment))
      break
    case 'DTM':
      component.dates = append(component.dates, reader.fields(segment, DTM))
      break
    case 'CTP':
      component.prices = append(component.prices, reader.fields(segment, CTP))
      break
    case 'PO4':
      component.packs = append(component.packs, reader.fields(segment, PO4))
  }
}

const writers: DetailWriters<Component> = {
  MSG: msgSegments,
  PID: descriptionSegments,
  DTM: ({ dates = [] }) => dates.map((date) => writeSegment(DTM, date)),
  CTP: ({ prices = [] }) => prices.map((price) => writeSegment(CTP, price)),
  PO4: ({ packs = [] }) => packs.map((pack) => writeSegment(PO4, pack)),
  ACK: ({ statuses }) => statusSegments(statuses),
  'N9 or NTE': (component) => [...n9Segments(component), ...nteSegments(component)],
  'DTM behind an ACK': ({ statuses = [] }) =>
    statuses.flatMap(({ dates = [] }) => dates).map((date) => writeSegment(DTM, date)),
}
const OF_AN_ORDER = 'MSG PID DTM CTP PO4'.split(' ')
const OF_AN_ANSWER = 'MSG PID CTP ACK DTM PO4'.split(' ')

/** `answered`: on an acknowledgment. @throws MatchbookError X12-WRITE */
export const componentSegments = (component: Component, answered: boolean): WrittenSegment[] => [
  writeSegment(SLN, component, productIdsAt(FIRST_ID, component.ids)),
  ...inOrder(writers, component, answered ? OF_AN_ANSWER : OF_AN_ORDER),
]
