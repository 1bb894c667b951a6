import type { RunbookByCode } from './entry.js'

/** INV-* about one invoice line against its PO line, and GRNI-AGED about a PO line nobody has billed. */
export const invoiceLineRunbook = {
  'INV-NOT-ON-PO': {
    means:
      'The invoice names a good PO, and no line of it fits this line by number, item, part, GTIN or price and quantity.',
    check: [
      'The ids of the line as sent (IT1), in Where it stands, against the lines of the PO.',
      'Something added by telephone, or a substitute that was never acknowledged? Ask the buyer.',
      'A new part number of an ordered product needs a cross-reference. Freight sent as a line is a charge, not goods.',
    ],
    decisions: {
      map: 'It is the ERP item that the note begins with, as in "1001: new part number": a cross-reference for the supplier says so from today; or, where it begins with "line 3", it is that line of the PO. The next run goes by it.',
      'reject-line': 'We did not order it: the line is not paid, and the supplier credits or takes it back.',
    },
  },
  'INV-AMBIGUOUS': {
    means:
      'The line fits several lines of the PO equally well. None was chosen, because the wrong one would close the wrong receipt.',
    check: [
      'Compared lists the PO lines it could be.',
      'Delivery dates, ship-to and open quantities: the line with goods received and not yet billed is the likely one.',
      'Ask the supplier to send our line number in IT101, and it will not happen again.',
    ],
    decisions: {
      map: 'It is the PO line that the note begins with, as in "line 3: asked the buyer": the next run matches it against that.',
    },
  },
  'INV-PRICE': {
    means:
      'The unit price is not the price of the PO, beyond tolerance. Price basis (per each, hundred, thousand) and unit were brought to the same before they were compared.',
    check: [
      'Compared: PO price and billed price in one unit, with the conversion used; Tolerance: the limits that applied.',
      'Look at the ratio: 10, 12, 100 or 1000 is a wrong unit or price basis, a few percent is a price change.',
      'Which of the two does the contract bear out on the PO date? A PRICE-CONTRACT row on the same line says so.',
      'Was a change acknowledged on the 855 and left unanswered?',
    ],
    decisions: {
      'accept-price': 'The billed price is right: the line is to be paid as billed, and the PO price corrected.',
      'short-pay': 'The PO price is right: the line is to be paid at that price, the rest is not owed.',
      dispute: 'It must be cleared up with the supplier first: the line stays held.',
    },
  },
  'INV-QTY-ORDERED': {
    means: 'Over all its invoices, more has been billed on this PO line than was ordered, beyond tolerance.',
    check: [
      'Compared: ordered, billed before and billed now, in the PO unit.',
      'Is an earlier invoice a duplicate of this one, or was a credit never sent?',
      'Was more received too? Then the supplier shipped more: keep it or send it back.',
    ],
    decisions: {
      accept: 'We keep the excess: the PO quantity is to be raised and the line paid.',
      'short-pay': 'Only what was ordered is to be paid; the rest is not owed.',
      dispute: 'It must be cleared up with the supplier first: the line stays held.',
    },
  },
  'INV-QTY-RECEIVED': {
    means: 'Over all its invoices, more has been billed on this PO line than was received, beyond tolerance.',
    check: [
      'Compared: received and billed, in the PO unit, with the conversion used.',
      'Look for the goods: packing slip, dock log, the department at Facility. Deliveries to the operating room often go around the dock.',
      'Was a case received as an each? The ratio of the two quantities tells.',
      'Not there at all: ask the supplier for proof of delivery within its claim period.',
    ],
    decisions: {
      wait: 'The rest is on its way: the line stays held until it is received.',
      receive: 'The goods are here: the receipt is to be entered or corrected in the ERP, and the line released by it.',
      'short-pay': 'They did not come: only what was received is to be paid, the rest is claimed.',
    },
  },
  'INV-NO-RECEIPT': {
    means:
      'The line needs a receipt, and nothing has been received although the grace period is over. Before that the invoice only waits and no row is shown.',
    check: [
      'Invoice date and PO line; then the dock log, the tracking number, and the department at Facility.',
      'Received against the wrong PO line or company? Search the receipts of the item.',
      'A service or a drop shipment should be matched two-way: have the buyer correct the PO line.',
    ],
    decisions: {
      wait: 'The goods are on their way: the line stays held until they are received.',
      receive: 'They are here: the receipt is to be entered in the ERP, and the line released by it.',
      'reject-line': 'They never shipped: the line is not paid, and the supplier credits it.',
    },
  },
  'INV-EXTENDED': {
    means:
      'What the line bills comes to another amount than its PO line would, beyond tolerance, or its quantity is zero or below.',
    check: [
      'Compared: quantity times price as billed and as ordered, with both quantities and prices.',
      'A small difference in price and one in quantity may each be within tolerance and together not.',
      'A line of quantity zero is often a note or a cancelled line that should not be on the invoice.',
    ],
    decisions: {
      'short-pay': 'The PO is right: the amount it gives is to be paid.',
      dispute: 'The line is not clear: it stays held until the supplier corrects it.',
    },
  },
  'INV-UOM': {
    means:
      'The line is billed in a unit that leads to no unit of the PO line, so neither price nor quantity can be compared. No factor is guessed.',
    check: [
      'Compared: billed unit and PO unit, and the units the item master knows.',
      "Read the pack on the label or in the supplier's catalogue: how many of the base unit are in it?",
      'A multiplier of 0 in the item master counts as unknown: correct it there, and all lines of the item follow.',
      'Only another spelling of a known unit? An alias under units in matchbook.yaml is enough.',
    ],
    decisions: {
      map: 'The note begins with how many are in one, as in "12 EA: on the label": a cross-reference says so from today, until the item master does.',
      dispute: 'The unit is a mistake: the line stays held until the supplier bills in the unit of the PO.',
    },
  },
  'INV-SUBSTITUTE': {
    means:
      'The billed item is not the ordered one but the substitute the supplier announced on its 855. The announcement does not make it wanted.',
    check: [
      'Compared: ordered and billed item; Where it stands names the 855.',
      'What was received and used? Was the substitution agreed to when the 855 came?',
      'Its price: a substitute may not cost more than the contract item it stands in for.',
    ],
    decisions: {
      accept: 'We took the substitute: the line is to be paid against the ordered line.',
      dispute: 'We did not agree: the line stays held, and the goods go back or the price comes down.',
    },
  },
  'INV-BILL-ONLY': {
    means: 'An implant or consignment line is billed without the lot or serial number that ties it to a use.',
    check: [
      'The line as sent, in Where it stands: is there a lot or serial number anywhere?',
      "The implant record of the case, or the representative's sheet signed in the operating room.",
      'Ask the supplier to send lot or serial on every bill-only line.',
    ],
    decisions: {
      accept: 'The use is on record (lot or serial in the note, nothing of the patient): the line is to be paid.',
      dispute: 'There is no record of its use: the line stays held until the supplier proves it.',
    },
  },
  'GRNI-AGED': {
    means:
      'Goods were received and, after the limit, not all of them have been billed. The accrual grows, and a late invoice will hit a closed period.',
    check: [
      'Compared: received, billed and the rest, with the date of the receipt. At risk is the rest at the PO price.',
      'Is the invoice held or in quarantine here? Search the PO in Held and waiting, and among the files.',
      'Received twice, or against the wrong line? Then the receipt is to be reversed, not the supplier chased.',
    ],
    decisions: {
      chase: 'The supplier is to send the invoice.',
      accrue: 'The debt is real and the invoice will be long: the accrual stands for this period.',
    },
  },
} as const satisfies Partial<RunbookByCode>
