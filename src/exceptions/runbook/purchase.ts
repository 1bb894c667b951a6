import type { RunbookByCode } from './entry.js'

/** PO-*, REQ-*, PAY-*: orders against what was sent, and the way from request to payment. */
export const purchaseRunbook = {
  'PO-NOT-SENT': {
    means: 'The ERP has an open PO for which no 850 went out. The supplier does not know of it.',
    check: [
      'How the PO was to be sent: a PO by fax, portal or telephone needs no 850.',
      'When it was issued; one from the last minutes before the extract may be in the next transmission.',
    ],
    decisions: {
      resend: 'The supplier needs it: the 850 is to be sent.',
      waive: 'The supplier has it by another way.',
    },
  },
  'PO-DIFFERS': {
    means:
      "The 850 that was sent says something else than the ERP's PO line. The supplier ships and bills what the 850 says.",
    check: [
      'Compared: quantity, unit, price or item on both sides. A PO changed after it was sent is the usual cause.',
      'Has it been acknowledged or shipped? Then talk to the supplier first.',
    ],
    decisions: {
      resend: 'The ERP is right: the change is to be sent to the supplier.',
      waive: 'The supplier knows of the change, or it makes no difference.',
    },
  },
  'REQ-STUCK': {
    means: 'A requisition stays in one stage longer than that stage may take.',
    check: [
      'The stage, since when, and whose approval or work it waits for.',
      'An approver who has left or is away is the usual cause; look for a delegate.',
    ],
    decisions: { chase: 'Whoever has it is to be reminded.', waive: 'It may wait, for the reason in the note.' },
  },
  'REQ-NO-REQUISITION': {
    means: 'A PO has no requisition behind it: nobody is on record as having asked for it.',
    check: [
      'Who created the PO and how: par replenishment and standing orders need none.',
      'An order made after the fact for goods already received belongs in the note.',
    ],
    decisions: { waive: 'This kind of order needs no requisition, or the approval is on file elsewhere.' },
  },
  'PAY-BEFORE-RECEIPT': {
    means:
      'An invoice was paid before its goods were received. Either the receipt was not entered or we paid for goods we do not have.',
    check: [
      'Payment date against receipt date, and whether a receipt exists at all.',
      'Ask the dock and the department; services and deposits are paid ahead by right.',
    ],
    decisions: {
      investigate: 'It is to be cleared up: the receipt found, or the money claimed back.',
      waive: 'Paying ahead was agreed (prepayment, service, subscription).',
    },
  },
} as const satisfies Partial<RunbookByCode>
