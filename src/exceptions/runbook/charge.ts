import type { RunbookByCode } from './entry.js'

/** CHG-*: usage against charges, and charges against the ledger. */
export const chargeRunbook = {
  'CHG-MISSING': {
    means: 'Billable usage has no charge within the limit. The revenue is lost when the account is billed without it.',
    check: [
      'Item, chargemaster code and case date; how many days until the account is billed?',
      'Is the item linked to a charge code at all? One missing link loses every case.',
    ],
    decisions: {
      charge: 'It is to be charged.',
      waive: 'It is not billable apart (part of a package, or not a charge of ours).',
    },
  },
  'CHG-NO-USAGE': {
    means: 'A charge has no usage behind it. A patient or payer may be billed for what was not used.',
    check: [
      'Usage of the same item on the day before and after; wrong case or wrong date?',
      'Charged by hand? Ask who entered it.',
    ],
    decisions: {
      void: 'Nothing was used: the charge is to be taken back.',
      waive: 'The use is documented elsewhere (say where in the note).',
    },
  },
  'CHG-QUANTITY': {
    means: 'The quantity charged is not the quantity used.',
    check: [
      'Compared: used and charged. A ratio of the pack size is a unit mistaken.',
      'Waste that may be charged for single-dose drugs explains some.',
    ],
    decisions: {
      correct: 'The used quantity is right: the charge is to be corrected.',
      waive: 'The charge is right as it is (say why in the note).',
    },
  },
  'CHG-UNPOSTED': {
    means: 'A charge was not posted to the ledger within the limit.',
    check: [
      'Which batch it was in, and whether that batch was refused.',
      'Account and department of the charge: open and valid in the period?',
    ],
    decisions: { post: 'It is to be posted.', waive: 'It is not to be posted (a void, a test account).' },
  },
} as const satisfies Partial<RunbookByCode>
