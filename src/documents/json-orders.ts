import { BAK } from './acknowledgment-855.js'
import { parts } from './json-parts.js'
import { json } from './json-values.js'
import { CUR, PO1, POC } from './layouts.js'
import { BCH } from './order-change-860.js'
import { BCA } from './order-change-acknowledgment-865.js'
import { BEG } from './purchase-order-850.js'

const { fieldsOf, part } = json
const charges = parts.orEmptyList(parts.charge)
const statuses = parts.orEmptyList(parts.status)
const item = { ...parts.itemDetails, ...fieldsOf(CUR) }
const ordered = parts.numbered(part(PO1, item))
const changed = parts.numbered(part(POC, item))

/** The fields of the four order documents, beside `kind`. */
export const orderShapes = {
  'purchase-order': { ...fieldsOf(BEG), ...parts.header, charges, lines: ordered },
  acknowledgment: {
    ...fieldsOf(BAK),
    ...parts.header,
    lines: parts.numbered(part(PO1, { ...item, statuses })),
  },
  'purchase-order-change': { ...fieldsOf(BCH), ...parts.header, charges, lines: changed },
  'order-change-acknowledgment': {
    ...fieldsOf(BCA),
    ...parts.header,
    lines: parts.numbered(part(POC, { ...item, statuses })),
  },
}
