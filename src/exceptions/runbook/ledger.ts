import type { RunbookByCode } from './entry.js'

/** LAB-* and GL-*: hours, pay and journals. */
export const ledgerRunbook = {
  'LAB-NOT-POSTED': {
    means:
      'Hours were worked in a department and period and payroll does not show them, or were paid and the ledger does not show that.',
    check: [
      'Period and department; is payroll for it closed?',
      'A department renumbered between the two systems is the usual cause: see XREF-COSTCENTER.',
    ],
    decisions: {
      post: 'The hours are to be posted.',
      waive: 'They are not paid by us (agency, volunteers, a correction).',
    },
  },
  'LAB-HOURS': {
    means: 'Paid hours differ from worked hours beyond tolerance.',
    check: [
      'Compared: hours by pay code. Call-back, shift minimums and paid leave explain many.',
      'A missed clock-out shows as one very long shift.',
    ],
    decisions: {
      correct: 'One side is wrong: it is to be corrected (say which in the note).',
      waive: 'The difference is right.',
    },
  },
  'GL-UNBALANCED': {
    means: 'Debits and credits of a journal differ. It must not be posted.',
    check: [
      'Compared: both sums. Does the difference equal a line, or twice a line (a sign)?',
      'A line set aside by its contract leaves the rest unbalanced: look for DATA codes.',
    ],
    decisions: { correct: 'The journal is to be corrected at its source and made again.' },
  },
  'GL-SEQUENCE': {
    means: 'A journal is missing from its sequence, or came twice. Later ones must not pass it.',
    check: [
      'The numbers on both sides of the gap, and what the source sent under them.',
      'Twice: are the two the same? Then only one may be posted.',
    ],
    decisions: {
      resend: 'The missing journal is to be sent.',
      waive: 'The number was never used, or the double was not posted.',
    },
  },
  'GL-ACCOUNT': {
    means: 'The account or a dimension of it is invalid or closed in the period, so the line cannot be posted.',
    check: [
      'The whole account string and the part that fails.',
      'Closed this period or renumbered? The chart of accounts names the successor.',
    ],
    decisions: {
      map: 'It posts to the account that the note begins with: the next night judges and posts the line with that. Of a closed period it is refused.',
    },
  },
  'GL-AMOUNT': {
    means: 'The ledger shows another amount than was sent.',
    check: [
      'Compared: sent and posted. Currency, rounding, or a line that was split or changed by hand?',
      'Who changed the journal in the ledger, and why.',
    ],
    decisions: {
      correct: 'The amount sent is right: the ledger is to be corrected.',
      waive: 'The ledger is right (say why in the note).',
    },
  },
} as const satisfies Partial<RunbookByCode>
