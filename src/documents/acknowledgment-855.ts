import type { Acknowledgment, AcknowledgmentLine, AcknowledgmentStatus, Party } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { party, rawText, reference } from './header.js'
import { orderedLine } from './ordered-line.js'
import { productIds } from './product-ids.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'

type LineDraft = { -readonly [Key in keyof AcknowledgmentLine]: AcknowledgmentLine[Key] } & {
  statuses: AcknowledgmentStatus[]
}

/** X12 855. A header without lines is a whole answer too: BAK02 says what silence about a line means. */
export function readAcknowledgment(transaction: Transaction): ReadDocument<Acknowledgment> {
  const reader = new SegmentReader()
  const parties: Party[] = []
  const references: Record<string, string> = {}
  const lines: LineDraft[] = []
  const unmapped: { segment: string; text: string; span: DecodedSegment['span'] }[] = []
  let bak: DecodedSegment | undefined
  let line: LineDraft | undefined

  for (const segment of transaction.segments) {
    const keep = () => unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
    switch (segment.id) {
      case 'ST':
      case 'SE':
      case 'CTT':
        break
      case 'BAK':
        bak = segment
        break
      case 'N1':
        if (line === undefined) parties.push(party(reader, segment))
        else keep()
        break
      case 'REF':
        if (line === undefined) {
          const [qualifier, value] = reference(reader, segment)
          references[qualifier] = value
        } else keep()
        break
      case 'PO1':
        line = { ...orderedLine(reader, segment, lines.length + 1), statuses: [] }
        lines.push(line)
        break
      case 'PID': {
        const description = reader.text(segment, 5)
        if (line !== undefined && line.description === undefined && description !== undefined)
          line.description = description
        else keep()
        break
      }
      case 'ACK':
        if (line === undefined) keep()
        else line.statuses.push(statusOf(reader, segment))
        break
      default:
        keep()
    }
  }

  if (bak === undefined) {
    reader.missing(transaction.segments[0] as DecodedSegment, 'BAK', 'the beginning segment for acknowledgment')
    return { document: undefined, findings: reader.findings }
  }
  const poDate = reader.date(bak, 4, 'purchase order date')
  const acknowledgedOn = reader.date(bak, 9, 'acknowledgment date')
  const document: Acknowledgment = {
    kind: 'acknowledgment',
    envelope: transaction.envelope,
    span: transaction.span,
    purpose: reader.required(bak, 1, 'purpose'),
    type: reader.required(bak, 2, 'acknowledgment type'),
    poNumber: reader.required(bak, 3, 'purchase order number'),
    ...(poDate === undefined ? {} : { poDate }),
    ...(acknowledgedOn === undefined ? {} : { acknowledgedOn }),
    parties,
    lines,
    references,
    unmapped,
  }
  return { document: reader.findings.length > 0 ? undefined : document, findings: reader.findings }
}

/** ACK01..ACK05 and the id pairs from ACK07. */
function statusOf(reader: SegmentReader, segment: DecodedSegment): AcknowledgmentStatus {
  const quantity = reader.decimal(segment, 2, 'acknowledged quantity')
  const uom = reader.text(segment, 3)
  const dateQualifier = reader.text(segment, 4)
  const date = reader.date(segment, 5, 'date')
  return {
    status: reader.required(segment, 1, 'line item status'),
    ...(quantity === undefined ? {} : { quantity }),
    ...(uom === undefined ? {} : { uom }),
    ...(dateQualifier === undefined ? {} : { dateQualifier }),
    ...(date === undefined ? {} : { date }),
    ids: productIds(segment, 7),
    span: segment.span,
  }
}
