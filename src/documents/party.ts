import type { Address, Contact, ContactNumber, Party, PartyIdentifier } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append, type Draft } from './draft.js'
import { DTM, N1, N4, PER, QTY, SCH, TD5 } from './layouts.js'
import type { Loops } from './loops.js'
import { readReference, referenceSegments } from './references.js'
import { framed } from './segment-layout.js'
import type { SegmentReader } from './segment-reader.js'
import { segment, type WrittenSegment, writeSegment } from './write-segment.js'

/** Element 66. */
export const PARTY_IDENTIFIERS: Readonly<Record<string, PartyIdentifier>> = {
  UL: 'GLN',
  '1': 'DUNS',
  '9': 'DUNS+4',
  '21': 'HIN',
  '11': 'DEA',
  '91': 'assigned-by-seller',
  '92': 'assigned-by-buyer',
}

/** An N1 with its N2, N3, N4, REF and PER; on a line also with what is meant for this party. */
export function readParty(reader: SegmentReader, loops: Loops, n1: DecodedSegment): Party {
  const party = startedParty(reader, n1)
  loops.give((segment) => readIntoParty(reader, party, segment))
  return party
}

export function startedParty(reader: SegmentReader, n1: DecodedSegment): Draft<Party> {
  const party: Draft<Party> = reader.fields(n1, N1)
  const identifier = party.id === undefined ? undefined : PARTY_IDENTIFIERS[party.idQualifier ?? '']
  if (identifier !== undefined) party.identifier = identifier
  return party
}

export function readIntoParty(reader: SegmentReader, party: Draft<Party>, segment: DecodedSegment): void {
  switch (segment.id) {
    case 'N2':
      for (let position = 1; position <= 2; position++) {
        const name = reader.text(segment, position)
        if (name !== undefined) party.names = append(party.names, name)
      }
      break
    case 'N3':
      for (let position = 1; position <= 2; position++) {
        const line = reader.text(segment, position)
        if (line !== undefined) addAddressLine(party, line)
      }
      break
    case 'N4':
      readPlace(reader, party, segment)
      break
    case 'REF':
      readReference(reader, party, segment)
      break
    case 'PER':
      party.contacts = append(party.contacts, readContact(reader, segment))
      break
    case 'DTM':
      party.dates = append(party.dates, reader.fields(segment, DTM))
      break
    case 'TD5':
      party.routing = append(party.routing, reader.fields(segment, TD5))
      break
    case 'QTY':
      party.quantities = append(party.quantities, reader.fields(segment, QTY))
      break
    case 'SCH':
      party.schedules = append(party.schedules, reader.fields(segment, SCH))
  }
}

function addAddressLine(party: Draft<Party>, line: string): void {
  const address: Draft<Address> | undefined = party.address
  if (address === undefined) party.address = { lines: [line] }
  else address.lines = append(address.lines, line)
}

/** A party stands in one place: a second N4 stays unread. */
function readPlace(reader: SegmentReader, party: Draft<Party>, n4: DecodedSegment): void {
  if (hasPlace(party.address)) return
  const lines = party.address?.lines
  const address = lines === undefined ? reader.fields(n4, N4) : reader.framed(n4, N4_BEHIND_LINES, { lines })
  if (hasPlace(address)) party.address = address
}

const N4_BEHIND_LINES = framed(N4, ['lines'], [])

const hasPlace = ({ city, state, postalCode, country, locationQualifier, location }: Address = {}): boolean =>
  (city ?? state ?? postalCode ?? country ?? locationQualifier ?? location) !== undefined

/** PER04, 06 and 08: where each number's kind stands in front of it. */
const NUMBERS = [3, 5, 7]

export function readContact(reader: SegmentReader, per: DecodedSegment): Contact {
  const contact: Draft<Contact> = reader.fields(per, PER)
  const numbers: ContactNumber[] = []
  for (const position of NUMBERS) {
    const qualifier = reader.peek(per, position)
    const number = reader.peek(per, position + 1)
    if (qualifier === undefined || number === undefined) continue
    reader.passOver(per, position, position + 1)
    numbers.push({ qualifier, number })
  }
  if (numbers.length > 0) contact.numbers = numbers
  return contact
}

/** `quantitiesLast`: behind the others, as the 855 has them. */
export function partySegments(party: Party, quantitiesLast = false): WrittenSegment[] {
  const { names = [], address, contacts = [], dates = [], routing = [], quantities = [], schedules = [] } = party
  const place = address === undefined ? [] : [writeSegment(N4, address)]
  const counted = quantities.map((quantity) => writeSegment(QTY, quantity))
  return [
    writeSegment(N1, party),
    ...inPairs('N2', names),
    ...inPairs('N3', address?.lines ?? []),
    ...place.filter((written) => written.length > 1),
    ...(quantitiesLast ? [] : counted),
    ...referenceSegments(party),
    ...contacts.map(contactSegment),
    ...dates.map((date) => writeSegment(DTM, date)),
    ...schedules.map((schedule) => writeSegment(SCH, schedule)),
    ...routing.map((each) => writeSegment(TD5, each)),
    ...(quantitiesLast ? counted : []),
  ]
}

function inPairs(id: string, values: readonly string[]): WrittenSegment[] {
  const segments: WrittenSegment[] = []
  for (let at = 0; at < values.length; at += 2) segments.push(segment(id, values[at], values[at + 1]))
  return segments
}

export function contactSegment(contact: Contact): WrittenSegment {
  const elements = (contact.numbers ?? []).flatMap(({ qualifier, number }, n) => [
    [3 + 2 * n, qualifier],
    [4 + 2 * n, number],
  ])
  return writeSegment(PER, contact, Object.fromEntries(elements))
}
