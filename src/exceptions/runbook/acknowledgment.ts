import type { RunbookByCode } from './entry.js'

/** ACK-*: what the supplier's 855 says of our order. */
export const acknowledgmentRunbook = {
  'ACK-OVERDUE': {
    means: 'The supplier has not acknowledged the PO within its time. Nobody knows whether the goods will come.',
    check: [
      'When the 850 was sent and whether a 997 answered it: without one, see X12-ACK-OVERDUE first.',
      "Look into the supplier's portal or call; ask for the date, not only for the 855.",
    ],
    decisions: {
      chase: 'The supplier is to be asked for its answer.',
      waive: 'The order is confirmed by another way.',
    },
  },
  'ACK-UNKNOWN-PO': {
    means: 'An 855 names a PO that the ERP does not have.',
    check: [
      'The PO number as sent: a prefix, lost leading zeros or a company mixed up.',
      'An order by telephone that was never entered must be entered now, or its invoice will stick.',
    ],
    decisions: {
      discard: 'It is not our order: the supplier is to be told.',
      waive: 'The order is known and will be entered.',
    },
  },
  'ACK-NOT-ON-PO': {
    means:
      'The supplier acknowledges a line that is not on the PO: often a substitute, sometimes an addition by telephone.',
    check: [
      'Item and quantity against the lines of the PO; does one ordered line lack an answer?',
      'Ask who agreed to it. Goods nobody ordered should not ship.',
    ],
    decisions: {
      accept: 'We want it: the line is to be added to the PO.',
      reject: 'We do not: the supplier is to take it off.',
    },
  },
  'ACK-NOT-ON-ACK': {
    means:
      'The 855 claims to answer the whole order (BAK02 AC, AD or RD) and leaves this line out. The line is not confirmed.',
    check: [
      'May a second 855 for the PO still come? Some suppliers answer by warehouse.',
      'Was the line cancelled by telephone, or does the supplier not know the item number?',
    ],
    decisions: {
      chase: 'The supplier is to answer for the line.',
      'cancel-line': 'The line is not wanted any more: the PO line is to be cancelled.',
    },
  },
  'ACK-PRICE': {
    means:
      'The supplier acknowledges another price than the PO, beyond tolerance. Settled now, it will not hold the invoice later.',
    check: [
      'Compared: PO price, acknowledged price, their price basis and units.',
      'Which one does the contract bear out on the PO date?',
    ],
    decisions: {
      'accept-price': 'The acknowledged price is right: the PO is to be changed to it.',
      dispute: 'The PO price is right: the supplier is to correct its price before it bills.',
    },
  },
  'ACK-PRICE-PENDING': {
    means: 'The line is accepted without a price (status IE). It will ship, and the invoice will bring the price.',
    check: [
      'New item or expired contract? The supplier waits for a price to be set up.',
      'Give the supplier the contract number and price, so that it does not bill list price.',
    ],
    decisions: { chase: 'The supplier is to confirm the price.', waive: 'The invoice may bring it.' },
  },
  'ACK-QUANTITY': {
    means: 'All acknowledged quantities of the line together, in the PO unit, are not what was ordered.',
    check: [
      'Compared: ordered, and the sum over all statuses of the line. The rest may be backordered under its own row.',
      'More than ordered: a minimum or a full case. Less: how long does the stock last?',
    ],
    decisions: {
      accept: 'We take the acknowledged quantity: the PO is to be changed to it.',
      're-source': 'We need the rest: it is to be ordered elsewhere.',
    },
  },
  'ACK-UOM': {
    means: 'The supplier acknowledges another unit, and it does not come to the same quantity.',
    check: [
      "Compared: both units and quantities. Read the pack in the supplier's catalogue.",
      'A case taken for an each is a truck where a box was wanted: call before it ships.',
    ],
    decisions: {
      accept: 'The acknowledged unit is right: PO, and the pack in the item master, are to be changed.',
      dispute: 'The PO unit is right: the supplier is to correct it.',
    },
  },
  'ACK-DATE': {
    means: 'The promised date is later than we asked for, beyond tolerance.',
    check: [
      'Compared: requested and promised date. Stock on hand and cases scheduled until then.',
      'Ask for a partial shipment or another warehouse before you look elsewhere.',
    ],
    decisions: {
      accept: 'The later date will do.',
      're-source': 'It will not: the goods are to be ordered elsewhere.',
    },
  },
  'ACK-DATE-PENDING': {
    means: 'The line is accepted without a date (status SP).',
    check: ['How long the stock lasts, and what the supplier says when asked for the date.'],
    decisions: { chase: 'The supplier is to give a date.', waive: 'No date is needed.' },
  },
  'ACK-PART': {
    means: 'The acknowledged part number is not the ordered one, and the supplier does not call it a substitution.',
    check: [
      'Compared: both numbers. A new packaging number of the same product is common; look at manufacturer part and GTIN.',
      'Another product under an accepted status is a silent substitution: treat it as ACK-SUBSTITUTION.',
    ],
    decisions: {
      map: 'It is the same product: the new number is to be cross-referenced.',
      dispute: 'It is another one: the supplier is to ship what was ordered.',
    },
  },
  'ACK-SUBSTITUTION': {
    means: 'The supplier will ship another item instead (status IS). It is never accepted by itself.',
    check: [
      'Both items: manufacturer, size, latex, sterile, unit and pack, price and contract.',
      'Has value analysis or the using department approved this one? For implants and drugs that answer is required.',
    ],
    decisions: {
      accept: 'The substitute may be used: its numbers are to be cross-referenced and its price taken.',
      reject: 'It may not: the supplier is to ship the ordered item or cancel.',
    },
  },
  'ACK-BACKORDERED': {
    means: 'The supplier cannot ship all of the line now (status IB or BP).',
    check: [
      'Quantity and estimated date of the backorder. Stock on hand here and at the other facilities.',
      'If the item is used in the operating room, ask the scheduler for the cases until then.',
    ],
    decisions: {
      wait: 'We can wait for it.',
      're-source': 'We cannot: the rest is to be ordered elsewhere or a substitute found.',
    },
  },
  'ACK-REJECTED': {
    means: 'The supplier rejected or deleted the line or the whole PO. Nothing will ship.',
    check: [
      'The status gives the reason: R1 not on contract, R2 item number, R3 unit of issue, R4 to R8 another way to order, ID or IR without one.',
      'R1 to R3 are ours to mend: contract, cross-reference or unit. Then order again.',
    ],
    decisions: {
      're-source': 'We still need it: it is to be ordered again or elsewhere.',
      'cancel-line': 'We do not: the PO line is to be cancelled.',
    },
  },
  'ACK-HOLD': {
    means: 'The supplier holds the line or the PO (status IH, IF or IW) and waits, mostly for us.',
    check: [
      'IF: the description or item data is incomplete. IW: a waiver or licence is missing, often for controlled goods.',
      'No reason given: ask for credit hold first.',
    ],
    decisions: { chase: 'The hold is to be cleared with the supplier.', waive: 'It may stay on hold.' },
  },
  'ACK-UNEXPLAINED': {
    means:
      'The supplier says that the line was changed (status IC, IP, IQ or DR), and no field we can see differs; or it uses a status, or a BAK02, that nobody knows.',
    check: ['Free text of the 855 (MSG, PID, N9), then the supplier: what was changed?'],
    decisions: { accept: 'Nothing that matters was changed.', chase: 'The supplier is to say what it changed.' },
  },
} as const satisfies Partial<RunbookByCode>
