import { may, must, type RelationColumns } from './column.js'

/** Names that a document may give an item. */
const names = {
  buyer_item: may('text', 'IN BP CB'),
  vendor_item: may('text', 'VP VC VN'),
  manufacturer_part: may('text', 'MG MF'),
  gtin: may('text', 'UK EN UP UI as GTIN-14'),
} as const

const bytes = {
  byte_offset: must('integer', 'of the segment in its file'),
  byte_length: must('integer', 'of the segment'),
} as const

const turn = must('text', 'sorts the documents of a partner as it made them: its date, then its control numbers')

/** What was ordered, acknowledged and shipped, as 850, 855 and 856 say it. `partner` is the partner's name in the workspace. */
export const orders = {
  sent_order_line: {
    document_id: must('text', 'the 850'),
    partner: must('text', 'partner it went to'),
    company: may('text', 'company by our ISA id; empty: not told'),
    po_number: must('text', 'BEG03'),
    release: may('text', 'BEG04'),
    turn,
    sequence: must('integer', 'order in the document, 1-based'),
    assigned_id: may('text', 'PO101, no leading zeros'),
    quantity: may('quantity', 'PO102'),
    uom: may('text', 'PO103 after unit aliases'),
    unit_price: may('price', 'PO104'),
    price_basis: may('text', 'PO105'),
    ...names,
    requested_on: may('date', 'delivery requested: DTM 002 of the line or the header'),
    ...bytes,
  },
  acknowledgment: {
    document_id: must('text', 'the 855'),
    partner: must('text', 'partner that sent it'),
    company: may('text', 'company by the receiver id; empty: not told'),
    po_number: must('text', 'BAK03'),
    release: may('text', 'BAK05'),
    purpose: must('text', 'BAK01'),
    type: must('text', 'BAK02'),
    acknowledged_on: must('date', 'BAK09, or the day on which it was taken in'),
    turn,
    content: must('text', 'the same for documents that say the same'),
    currency: may('text', 'CUR02'),
    promised_on: may('date', 'date promised for the whole order'),
    ...bytes,
  },
  acknowledgment_line: {
    document_id: must('text', 'the 855'),
    sequence: must('integer', 'order in the document, 1-based'),
    assigned_id: may('text', 'PO101, no leading zeros'),
    quantity: may('quantity', 'PO102'),
    uom: may('text', 'PO103 after unit aliases'),
    unit_price: may('price', 'PO104, or the first CTP03'),
    price_basis: may('text', 'PO105, or of that CTP'),
    ...names,
    description: may('text', 'PID05'),
    promised_on: may('date', 'DTM or SCH of the line'),
    ...bytes,
  },
  acknowledgment_status: {
    document_id: must('text', 'the 855'),
    sequence: must('integer', 'its line'),
    place: must('integer', 'order on the line, 1-based'),
    status: must('text', 'ACK01'),
    quantity: may('quantity', 'ACK02'),
    uom: may('text', 'ACK03 after unit aliases'),
    promised_on: may('date', 'ACK05, or the DTM behind the ACK'),
    ...names,
    ...bytes,
  },
  ship_notice_line: {
    document_id: must('text', 'the 856'),
    partner: must('text', 'partner that sent it'),
    company: may('text', 'company by the receiver id; empty: not told'),
    po_number: must('text', 'PRF01'),
    release: may('text', 'PRF02'),
    assigned_id: may('text', 'LIN01 or SN101, no leading zeros'),
    vendor_item: may('text', 'VP VC VN'),
    quantity: must('quantity', 'SN102'),
    uom: must('text', 'SN103 after unit aliases'),
    ...bytes,
  },
} as const satisfies RelationColumns
