import type { OrderDetails } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { chargeOfSac, chargeOfTxi, sacSegments, txiSegments } from './charge.js'
import type { DetailWriters } from './detail-writers.js'
import { positive } from './direction.js'
import { append, type Draft } from './draft.js'
import { industryCodeSegments, readIndustryCodes } from './industry-codes.js'
import { AMT, CSH, CTB, DTM, FOB, ITD, LDT, MEA, PKG, TD5 } from './layouts.js'
import type { Loops } from './loops.js'
import { msgSegments, n9Segments, nteSegments, readMsg, readN9, readNte } from './note.js'
import { contactSegment, partySegments, readContact, readParty } from './party.js'
import { readReference, referenceSegments } from './references.js'
import type { SegmentLayout } from './segment-layout.js'
import type { SegmentReader } from './segment-reader.js'
import { writeSegment } from './write-segment.js'

/**
 * Reads a segment that means the same in the header and on a line into what it belongs to. Any other stays unread. `into` is the draft
 * of the document or of the line; its loops are given to those who take them.
 */
export function readDetail(
  reader: SegmentReader,
  loops: Loops,
  into: Draft<OrderDetails>,
  segment: DecodedSegment,
): void {
  switch (segment.id) {
    case 'REF':
      readReference(reader, into, segment)
      break
    case 'DTM':
      into.dates = append(into.dates, reader.fields(segment, DTM))
      break
    case 'N1':
      into.parties = append(into.parties, readParty(reader, loops, segment))
      break
    case 'SAC':
      into.charges = append(into.charges, positive(chargeOfSac(reader, segment)))
      break
    case 'TXI':
      into.charges = append(into.charges, positive(chargeOfTxi(reader, segment)))
      break
    case 'ITD':
      if (into.terms === undefined) into.terms = reader.fields(segment, ITD)
      else into.furtherTerms = append(into.furtherTerms, reader.fields(segment, ITD))
      break
    case 'PER':
      into.contacts = append(into.contacts, readContact(reader, segment))
      break
    case 'FOB':
      into.fob = append(into.fob, reader.fields(segment, FOB))
      break
    case 'CSH':
      into.salesRequirements = append(into.salesRequirements, reader.fields(segment, CSH))
      break
    case 'PKG':
      into.packaging = append(into.packaging, reader.fields(segment, PKG))
      break
    case 'TD5':
      into.routing = append(into.routing, reader.fields(segment, TD5))
      break
    case 'AMT':
      into.amounts = append(into.amounts, reader.fields(segment, AMT))
      break
    case 'N9':
      readN9(reader, loops, into, segment)
      break
    case 'MSG':
    case 'MTX':
      readMsg(reader, into, segment)
      break
    case 'NTE':
      readNte(reader, into, segment)
      break
    case 'MEA':
      readApart(reader, segment, MEA, (each) => {
        into.measurements = append(into.measurements, each)
      })
      break
    case 'LDT':
      readApart(reader, segment, LDT, (each) => {
        into.leadTimes = append(into.leadTimes, each)
      })
      break
    case 'CTB':
      readApart(reader, segment, CTB, (each) => {
        into.restrictions = append(into.restrictions, each)
      })
      break
    case 'LS':
    case 'LE':
      // They only stand around lead times.
      reader.expect(segment, 1, ['LDT'])
      break
    case 'LM':
      readIndustryCodes(reader, loops, into, segment)
  }
}

/** What nobody reckons with does not keep a document from being read. */
const readApart = <Fields>(
  reader: SegmentReader,
  segment: DecodedSegment,
  layout: SegmentLayout<Fields>,
  take: (fields: Draft<Fields>) => void,
): void => reader.ifReadable(segment, () => reader.fields(segment, layout), take)

export const detailWriters: DetailWriters<OrderDetails> = {
  NTE: nteSegments,
  REF: referenceSegments,
  PER: ({ contacts = [] }) => contacts.map(contactSegment),
  FOB: ({ fob = [] }) => fob.map((each) => writeSegment(FOB, each)),
  CSH: ({ salesRequirements = [] }) => salesRequirements.map((each) => writeSegment(CSH, each)),
  SAC: sacSegments,
  ITD: ({ terms, furtherTerms = [] }) =>
    (terms === undefined ? [] : [terms, ...furtherTerms]).map((each) => writeSegment(ITD, each)),
  DTM: ({ dates = [] }) => dates.map((date) => writeSegment(DTM, date)),
  LDT: ({ leadTimes = [] }) => leadTimes.map((each) => writeSegment(LDT, each)),
  MEA: ({ measurements = [] }) => measurements.map((each) => writeSegment(MEA, each)),
  PKG: ({ packaging = [] }) => packaging.map((each) => writeSegment(PKG, each)),
  TD5: ({ routing = [] }) => routing.map((each) => writeSegment(TD5, each)),
  CTB: ({ restrictions = [] }) => restrictions.map((each) => writeSegment(CTB, each)),
  TXI: txiSegments,
  MSG: msgSegments,
  N9: n9Segments,
  N1: ({ parties = [] }) => parties.flatMap((party) => partySegments(party)),
  LM: industryCodeSegments,
  AMT: ({ amounts = [] }) => amounts.map((amount) => writeSegment(AMT, amount)),
}
