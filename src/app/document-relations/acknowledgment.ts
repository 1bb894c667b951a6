import type { Acknowledgment, AcknowledgmentLine, AcknowledgmentStatus } from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import { lastDay, namesOf, turnOf } from './order-names.js'
import { bare, type PlacedDocument } from './placed-document.js'
import { statedPrice } from './stated-price.js'
import { type UnitNames, unitOf } from './unit-name.js'

/**
 * Element 374 as a promise: scheduled (067, 068, 070, 076, 080, 086), promised (069, 072, 079, 085), estimated (017, 139, 371), shipped (011),
 * delivered (035), and 002 and 010, by which some suppliers repeat the requested date or put their own in its place.
 */
const PROMISED = new Set('002 010 011 017 035 067 068 069 070 072 076 079 080 085 086 139 371'.split(' '))

export function acknowledgmentRow({ row, fileIndex }: PlacedDocument): RelationRow {
  const acknowledgment: Acknowledgment = JSON.parse(row.body)
  return {
    document_id: row.id,
    partner: row.partner,
    company: row.company,
    po_number: acknowledgment.poNumber,
    release: acknowledgment.release,
    purpose: acknowledgment.purpose,
    type: acknowledgment.type,
    acknowledged_on: acknowledgment.acknowledgedOn ?? row.received_on,
    turn: turnOf(row, acknowledgment.acknowledgedOn),
    content: row.content_hash,
    currency: acknowledgment.currency,
    promised_on: lastDay(acknowledgment.dates, PROMISED),
    byte_offset: acknowledgment.span.byteOffset,
    byte_length: acknowledgment.span.byteLength,
    source_file: fileIndex,
    source_record: 0,
  }
}

export function acknowledgmentLineRows({ row, fileIndex }: PlacedDocument, units: UnitNames): RelationRow[] {
  const acknowledgment: Acknowledgment = JSON.parse(row.body)
  return acknowledgment.lines.map((line) => ({
    document_id: row.id,
    sequence: line.sequence,
    assigned_id: bare(line.assignedId),
    quantity: line.quantity,
    uom: unitOf(line.uom, units),
    ...priceOf(line),
    ...namesOf(line.ids),
    description: line.description,
    promised_on: lastDay([...(line.dates ?? []), ...scheduled(line)], PROMISED),
    byte_offset: line.span.byteOffset,
    byte_length: line.span.byteLength,
    source_file: fileIndex,
    source_record: line.sequence,
  }))
}

function priceOf(line: AcknowledgmentLine): RelationRow {
  const { unitPrice, priceBasis } = statedPrice(line)
  return { unit_price: unitPrice, price_basis: priceBasis }
}

const scheduled = ({ schedules = [] }: AcknowledgmentLine) =>
  schedules.flatMap(({ dateQualifier: qualifier, date }) =>
    qualifier === undefined || date === undefined ? [] : [{ qualifier, date }],
  )

export function acknowledgmentStatusRows({ row, fileIndex }: PlacedDocument, units: UnitNames): RelationRow[] {
  const acknowledgment: Acknowledgment = JSON.parse(row.body)
  return acknowledgment.lines.flatMap((line) =>
    line.statuses.map((status, index) => ({
      document_id: row.id,
      sequence: line.sequence,
      place: index + 1,
      status: status.status,
      quantity: status.quantity,
      uom: unitOf(status.uom, units),
      promised_on: statedDay(status),
      ...namesOf(status.ids),
      byte_offset: status.span.byteOffset,
      byte_length: status.span.byteLength,
      source_file: fileIndex,
      source_record: line.sequence,
    })),
  )
}

/** ACK05 is a promise whatever ACK04 says, and where it says nothing. */
const statedDay = ({ date, dates }: AcknowledgmentStatus): string | undefined => date ?? lastDay(dates, PROMISED)
