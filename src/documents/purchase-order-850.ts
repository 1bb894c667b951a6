import type { Charge, Party, PurchaseOrder, PurchaseOrderLine, Terms } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { chargeOfSac } from './charge.js'
import { party, rawText, reference, terms } from './header.js'
import { orderedLine } from './ordered-line.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'

type LineDraft = { -readonly [Key in keyof PurchaseOrderLine]: PurchaseOrderLine[Key] }

/** X12 850. */
export function readPurchaseOrder(transaction: Transaction): ReadDocument<PurchaseOrder> {
  const reader = new SegmentReader()
  const parties: Party[] = []
  const references: Record<string, string> = {}
  const charges: Charge[] = []
  const lines: LineDraft[] = []
  const unmapped: { segment: string; text: string; span: DecodedSegment['span'] }[] = []
  let beg: DecodedSegment | undefined
  let agreed: Terms | undefined
  let line: LineDraft | undefined

  for (const segment of transaction.segments) {
    const keep = () => unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
    switch (segment.id) {
      case 'ST':
      case 'SE':
      case 'CTT':
        break
      case 'BEG':
        beg = segment
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
      case 'ITD':
        if (line === undefined) agreed ??= terms(reader, segment)
        else keep()
        break
      case 'SAC':
        if (line === undefined) charges.push(chargeOfSac(reader, segment))
        else keep()
        break
      case 'PO1':
        line = orderedLine(reader, segment, lines.length + 1)
        lines.push(line)
        break
      case 'PID': {
        const description = reader.text(segment, 5)
        if (line !== undefined && line.description === undefined && description !== undefined)
          line.description = description
        else keep()
        break
      }
      default:
        keep()
    }
  }

  if (beg === undefined) {
    reader.missing(transaction.segments[0] as DecodedSegment, 'BEG', 'the beginning segment for purchase order')
    return { document: undefined, findings: reader.findings }
  }
  const release = reader.text(beg, 4)
  const poDate = reader.date(beg, 5, 'purchase order date')
  const document: PurchaseOrder = {
    kind: 'purchase-order',
    envelope: transaction.envelope,
    span: transaction.span,
    purpose: reader.required(beg, 1, 'purpose'),
    type: reader.required(beg, 2, 'purchase order type'),
    poNumber: reader.required(beg, 3, 'purchase order number'),
    ...(release === undefined ? {} : { release }),
    ...(poDate === undefined ? {} : { poDate }),
    parties,
    ...(agreed === undefined ? {} : { terms: agreed }),
    lines,
    charges,
    references,
    unmapped,
  }
  return { document: reader.findings.length > 0 ? undefined : document, findings: reader.findings }
}
