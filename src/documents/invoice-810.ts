import {
  absolute,
  type Charge,
  compare,
  type Invoice,
  type InvoiceLine,
  negate,
  type Party,
  type Terms,
  ZERO,
} from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { chargeOfSac, chargeOfTxi } from './charge.js'
import { party, rawText, reference, terms } from './header.js'
import { productIds } from './product-ids.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'

/** Element 640 codes by which the supplier says that the document reduces what we owe. */
const CREDITS = new Set(['CR', 'CN'])

type LineDraft = { -readonly [Key in keyof InvoiceLine]: InvoiceLine[Key] } & { charges: Charge[] }

/**
 * X12 810. The direction comes from BIG07 and the sign of TDS01 together: a credit type, or a negative total, makes a credit; amounts
 * and quantities are then positive. A line that goes the other way inside the document keeps a negative quantity.
 */
export function readInvoice(transaction: Transaction): ReadDocument<Invoice> {
  const reader = new SegmentReader()
  const parties: Party[] = []
  const references: Record<string, string> = {}
  const headerCharges: Charge[] = []
  const lines: LineDraft[] = []
  const unmapped: { segment: string; text: string; span: DecodedSegment['span'] }[] = []
  let big: DecodedSegment | undefined
  let tds: DecodedSegment | undefined
  let currency: string | undefined
  let agreed: Terms | undefined
  // A TXI right behind a SAC is the tax inside that charge, not another one.
  let before = ''
  // REF and N1 of a line's own loops are not the header's.
  let line: LineDraft | undefined

  for (const segment of transaction.segments) {
    switch (segment.id) {
      case 'ST':
      case 'SE':
      case 'CTT':
        break
      case 'BIG':
        big = segment
        break
      case 'CUR':
        if (line === undefined) currency = reader.text(segment, 2)
        break
      case 'N1':
        if (line === undefined) parties.push(party(reader, segment))
        else unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
        break
      case 'ITD':
        if (line === undefined) agreed ??= terms(reader, segment)
        else unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
        break
      case 'REF': {
        const [qualifier, value] = reference(reader, segment)
        if (line !== undefined && qualifier === 'PO') line.poNumber = value
        else if (line === undefined && before !== 'N1') references[qualifier] = value
        else unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
        break
      }
      case 'IT1':
        line = lineOf(reader, segment, lines.length + 1)
        lines.push(line)
        break
      case 'PID':
        if (line !== undefined && line.description === undefined) setDescription(reader, line, segment)
        else unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
        break
      case 'SAC':
        ;(line?.charges ?? headerCharges).push(chargeOfSac(reader, segment))
        break
      case 'TXI':
        if (before === 'SAC') unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
        else (line?.charges ?? headerCharges).push(chargeOfTxi(reader, segment))
        break
      case 'TDS':
        tds = segment
        line = undefined
        break
      default:
        unmapped.push({ segment: segment.id, text: rawText(segment), span: segment.span })
    }
    // N2, N3, N4, REF and PER belong to the N1 before them.
    if (!(before === 'N1' && /^(N2|N3|N4|REF|PER)$/.test(segment.id))) before = segment.id
  }

  if (big === undefined)
    reader.missing(transaction.segments[0] as DecodedSegment, 'BIG', 'the beginning segment for invoice')
  if (tds === undefined) reader.missing(transaction.segments.at(-1) as DecodedSegment, 'TDS', 'the invoice total')
  if (big === undefined || tds === undefined) return { document: undefined, findings: reader.findings }

  reader.required(tds, 1, 'invoice total')
  const total = reader.implied(tds, 1, 2, 'invoice total') ?? ZERO
  const type = reader.text(big, 7)
  const credit = (type !== undefined && CREDITS.has(type)) || compare(total, ZERO) < 0
  reader.required(big, 1, 'invoice date')
  const invoiceDate = reader.date(big, 1, 'invoice date') ?? ''
  const poNumber = reader.text(big, 4)
  const release = reader.text(big, 5)
  const poDate = reader.date(big, 3, 'purchase order date')
  const document: Invoice = {
    kind: 'invoice',
    envelope: transaction.envelope,
    span: transaction.span,
    invoiceNumber: reader.required(big, 2, 'invoice number'),
    invoiceDate,
    ...(poNumber === undefined ? {} : { poNumber }),
    ...(release === undefined ? {} : { release }),
    ...(poDate === undefined ? {} : { poDate }),
    ...(type === undefined ? {} : { type }),
    credit,
    ...(currency === undefined ? {} : { currency }),
    parties,
    ...(agreed === undefined ? {} : { terms: agreed }),
    lines: directed(lines, credit),
    charges: headerCharges,
    total: absolute(total),
    references,
    unmapped,
  }
  return { document: reader.findings.length > 0 ? undefined : document, findings: reader.findings }
}

/** IT101..IT105 and the id pairs from IT106. */
function lineOf(reader: SegmentReader, segment: DecodedSegment, sequence: number): LineDraft {
  const assignedId = reader.text(segment, 1)
  reader.required(segment, 2, 'quantity invoiced')
  const quantity = reader.decimal(segment, 2, 'quantity invoiced')
  const uom = reader.text(segment, 3)
  const unitPrice = reader.decimal(segment, 4, 'unit price')
  const priceBasis = reader.text(segment, 5)
  return {
    sequence,
    ...(assignedId === undefined ? {} : { assignedId }),
    quantity: quantity ?? ZERO,
    ...(uom === undefined ? {} : { uom }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(priceBasis === undefined ? {} : { priceBasis }),
    ids: productIds(segment, 6),
    charges: [],
    span: segment.span,
  }
}

function setDescription(reader: SegmentReader, line: LineDraft, segment: DecodedSegment): void {
  const description = reader.text(segment, 5)
  if (description !== undefined) line.description = description
}

/**
 * Some suppliers write a credit's quantities negative, others positive: when no line of a credit is positive, the signs say what the
 * document already says. Mixed signs mean what they say.
 */
function directed(lines: readonly LineDraft[], credit: boolean): InvoiceLine[] {
  const flip = credit && lines.length > 0 && lines.every(({ quantity }) => compare(quantity, ZERO) <= 0)
  return flip ? lines.map((line) => ({ ...line, quantity: negate(line.quantity) })) : [...lines]
}
