import type { RunbookByCode } from './entry.js'

/** INV-* about an invoice as a whole. An invoice is paid whole or not at all: one row here holds all its lines. */
export const invoiceRunbook = {
  'INV-DUPLICATE': {
    means:
      'This supplier has used the invoice number before: we received it already, or the ERP holds a voucher under it. Paying it again would pay twice.',
    check: [
      'Where it stands gives the earlier one: the file it came in, or the voucher number and its status.',
      'Compare date, PO, lines and total. All the same: a second copy. Different: the supplier used the number twice, or keyed it wrongly.',
      'If the earlier voucher was cancelled to be billed anew, say so in the note.',
    ],
    decisions: {
      'reject-invoice': 'It is a copy: it is not paid, and the supplier is told.',
      waive:
        'It is an invoice of its own: it is to be paid. The ERP takes a number once per supplier, so agree on another with them.',
    },
  },
  'INV-DUPLICATE-SUSPECT': {
    means:
      'It looks like an invoice we have: the number differs only in zeros, dashes, case or a suffix, or the same lines and amount were billed under another number not long ago.',
    check: [
      'Compared: both numbers, dates and amounts. Put the two invoices side by side.',
      'A number with an added A, R or -1 is a rebill in most cases: was the first one credited?',
      'A standing order bills the same lines every month by right: look at the delivery dates and receipts.',
    ],
    decisions: {
      'reject-invoice': 'It is the same invoice again: it is not paid.',
      waive: 'It is another delivery, or the first was credited: it is to be paid.',
    },
  },
  'INV-UNKNOWN-PO': {
    means: 'The invoice names no PO, or one the ERP does not have. Without a PO nothing says that we ordered it.',
    check: [
      'BIG04 as sent, in Where it stands: a prefix, lost zeros, a release written into the number, or the name of a nurse.',
      "Look up the supplier's open POs for the ship-to and the items billed.",
      'Is the PO only missing from the extract (closed long ago, another company, set aside under a DATA code)?',
      'If the goods were ordered by telephone, the department must raise a PO before it can be paid.',
    ],
    decisions: {
      map: 'It belongs to the PO that the note begins with, as in "4500012345: asked the buyer" or "4500012345 release 2": the next run matches it against that one.',
      'reject-invoice': 'We did not order it: it goes back to the supplier with a request for the PO number.',
    },
  },
  'INV-PO-STATUS': {
    means: 'The PO line billed is closed or cancelled, so the ERP will not take an invoice against it.',
    check: [
      'Status of the PO line, and who closed it when. Lines closed short at period end are often still delivered.',
      'Were the goods received? Received goods must be paid: have the line reopened.',
      'Cancelled, and shipped all the same: can it be returned?',
    ],
    decisions: {
      accept: 'The goods were wanted and received: the PO line is to be reopened and the invoice paid.',
      'reject-invoice': 'The order was cancelled in time: the invoice is refused and the goods returned.',
    },
  },
  'INV-SUPPLIER': {
    means:
      "The invoice comes from, or asks to be paid at, another party than the PO's supplier. A new remit-to is also how payment fraud begins.",
    check: [
      "Compared: vendor of the PO against the partner's vendors; remit-to as billed (N1*RE) against the vendor master.",
      'A merger, a factor or a new lockbox must be confirmed by the supplier at a telephone number you already have.',
      'If the partner lacks a vendor number in matchbook.yaml, have it added after vendor set-up has confirmed it.',
    ],
    decisions: {
      accept: 'The party is confirmed (name by whom in the note): the invoice is to be paid.',
      'reject-invoice': 'It is not: the invoice is refused, and nothing is paid to that address.',
    },
  },
  'INV-TOTAL': {
    means:
      'The total (TDS01) is not the sum of its lines, charges, allowances and tax, by more than the tolerance. One of the parts is missing or wrong.',
    check: [
      'Compared: total as billed and as added up, with each part.',
      'Does the difference equal a line, a freight charge or the tax? Then that part was left out of the file.',
      'A factor of 100 is a total sent with a decimal point: TDS01 has two implied decimals.',
    ],
    decisions: {
      'short-pay': 'The lines are right: what they add up to is to be paid.',
      dispute: 'The invoice is not clear: it stays held until the supplier sends a corrected one.',
    },
  },
  'INV-FREIGHT': {
    means:
      'Freight, handling or fuel was billed beyond what the PO allows or, where the PO is silent, what was agreed with the supplier.',
    check: [
      'Compared: charged against allowed. Where it stands shows each SAC with its code (D240 is freight).',
      'Read the freight terms of PO and contract: prepaid and allowed means that none may be billed.',
      'Did we ask for overnight delivery? Then the requester owns the cost.',
    ],
    decisions: {
      accept: 'The charge was agreed to (by whom, in the note): it is to be paid.',
      'short-pay': 'It was not: the invoice is to be paid without the part beyond the limit.',
    },
  },
  'INV-TAX': {
    means: 'Tax was billed on goods that are exempt, or more tax than expected, beyond tolerance.',
    check: [
      'Compared: tax as billed (TXI, or SAC with code H850) against what was expected.',
      'Does the supplier hold our exemption certificate for the ship-to state? Send it, and the tax stops.',
      'Are some lines taxable by right (a gift shop, a leased building)?',
    ],
    decisions: {
      accept: 'The tax is owed: it is to be paid.',
      'short-pay': 'We are exempt: the invoice is to be paid without the tax, and the certificate sent.',
    },
  },
  'INV-TERMS': {
    means:
      'The payment terms on the invoice (ITD) are not those agreed. Paying by them may lose a discount or pay too early.',
    check: [
      'Compared: discount percent, discount days and net days on both sides.',
      'Which terms stand in the contract and in the vendor master? Those bind, whatever the invoice prints.',
    ],
    decisions: {
      accept: 'The terms of the invoice hold: the agreed terms are to be corrected if they are the new ones.',
      dispute: 'The agreed terms hold: the supplier is told, and pays back a discount lost.',
    },
  },
  'INV-CREDIT': {
    means: 'A credit refers to nothing we were billed for, or gives back more than was billed on the line.',
    check: [
      'Compared: credited against billed so far on the PO line. Does it name the invoice it credits?',
      'Has the invoice it credits not come yet, or been keyed under another number?',
      'A rebate or a goodwill credit belongs to no PO line: it is booked by hand.',
    ],
    decisions: {
      map: 'It credits what the note begins with, a PO line (line 3) or the PO of the invoice it credits: the next night matches it against that.',
      'reject-invoice': 'It is not ours or is wrong: the supplier sends a corrected one.',
    },
  },
} as const satisfies Partial<RunbookByCode>
