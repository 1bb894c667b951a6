import type { RunbookByCode } from './entry.js'

/** USE-* and STOCK-*: what was used in a case against stock and ERP. */
export const usageRunbook = {
  'USE-DUPLICATE': {
    means: 'The same usage event came twice. Counted twice, it would take stock down and charge twice.',
    check: [
      'Item, lot or serial, time and case (as a hash) of both events.',
      'Two of one item in one case is ordinary; the same serial number twice is not.',
    ],
    decisions: {
      discard: 'It is one use: the second event is not counted.',
      accept: 'There were two uses: both count.',
    },
  },
  'USE-LOT-MISSING': {
    means: 'An implant was documented without lot or serial. It could not be found in a recall.',
    check: [
      "The case's implant record and the package stickers kept with it.",
      'Ask the circulating nurse while the case is fresh.',
    ],
    decisions: {
      attach: 'The lot or serial is known now: it is to be entered at the source.',
      waive: 'The item carries none, or it cannot be found any more (say which in the note).',
    },
  },
  'USE-LATE': {
    means: 'Usage was documented after its accounting period closed.',
    check: [
      'Date of the case, date of the entry, and the period that closed in between.',
      'How much money it moves: finance decides on more.',
    ],
    decisions: { accept: 'It counts in the open period.', discard: 'It is not counted (corrected by other means).' },
  },
  'USE-NEGATIVE-STOCK': {
    means: 'The usage would take stock at the location below zero. The use was real, so the count in the ERP is wrong.',
    check: [
      'On-hand, open receipts and transfers of the item at the location.',
      'Documented in the wrong unit (a box for an each) or at the wrong location?',
    ],
    decisions: {
      count: 'The shelf is to be counted and the ERP corrected.',
      accept: 'The usage stands; a receipt or transfer will follow.',
    },
  },
  'USE-NOT-POSTED': {
    means:
      'Documented usage has no inventory transaction in the ERP within the limit. The shelf is emptier than the ERP says.',
    check: [
      'Is the item stocked at the location at all? Bill-only and consignment goods are not.',
      'Did an earlier load refuse it? See LOAD-REJECTED.',
    ],
    decisions: { load: 'It is to go into the next inventory load.', waive: 'It needs no transaction.' },
  },
  'USE-NO-USAGE': {
    means: 'The ERP issued stock to a case that documented no usage: taken and not used, or used and not written down.',
    check: ['Was it returned to the shelf after the case?', 'Preference card against what the case documented.'],
    decisions: {
      accept: 'The issue stands (opened and wasted, or documented elsewhere).',
      dispute: 'It was not used: the issue is to be reversed.',
    },
  },
  'STOCK-REORDER': {
    means: 'After the usage, stock is at or below its reorder point.',
    check: [
      'On-hand, on order and reorder point of the item at the location.',
      'Is the reorder point still right for what is used in a week?',
      'Is the item inactive? Then name its successor (`xref import`), which is ordered in its place.',
    ],
    decisions: {
      order: 'It is to be ordered up to its level.',
      ignore: 'Enough is on its way, or the item is running out by intent.',
    },
  },
} as const satisfies Partial<RunbookByCode>
