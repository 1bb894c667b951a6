import type { RunbookByCode } from './entry.js'

/** ITEM-*: the item master and the systems that follow it. */
export const itemRunbook = {
  'ITEM-MISSING': {
    means: 'The system of record has an item that another system lacks. Nobody can order, document or charge it there.',
    check: [
      'Item, status and stocking facilities in the system of record; an item not yet released may stay out.',
      'Is it there under another number? Search by manufacturer part and GTIN before it is loaded twice.',
    ],
    decisions: {
      load: 'The item belongs in the target: it is to go into the next item load.',
      ignore: 'The target does not need it.',
    },
  },
  'ITEM-EXTRA': {
    means:
      'A system has an item that the system of record does not know: typed in by hand, or deleted at the source and left behind.',
    check: [
      'Last use and stock of the item in the target. With stock or open orders it must not simply go.',
      'Who created it and when; an urgent case item is often entered by hand and never sent back.',
    ],
    decisions: {
      deactivate: 'It is not to be used any more: the target is to set it inactive.',
      ignore: 'It may stay in the target alone.',
    },
  },
  'ITEM-DIFFERS': {
    means: 'A field of the item says something else than in the system that owns it.',
    check: [
      'Compared: the field, both values, and which system owns it.',
      'Units, packs and GTINs first: a difference there changes quantities and prices; a description seldom does.',
    ],
    decisions: { load: "The owner's value is to go into the next item load.", ignore: 'The difference may stay.' },
  },
  'ITEM-DUPLICATE': {
    means:
      'Two items carry the same manufacturer part or GTIN: most likely one product set up twice, with its stock, contract and history split.',
    check: [
      'Compare manufacturer, pack sizes and descriptions. One part number used by two manufacturers is not a duplicate.',
      'Which of the two has stock, contract price and open PO lines? That one usually stays.',
      'Where more than ten items share one part number, it is told once: most likely it was typed where none was known, and is to be emptied.',
      'One item with a GTIN on packs of two sizes: read it on the packs, and correct the one that is wrong in the item master; it heals.',
    ],
    decisions: {
      merge: 'They are one: the item named in the note stays, the other is to be retired.',
      ignore: 'They are two products.',
    },
  },
  'ITEM-INACTIVE': {
    means: 'A document uses an item that is inactive in the ERP, so it will be refused there.',
    check: [
      'When and why the item was made inactive, and whether a successor is named.',
      'A PO or usage from before that day may go through; a later one points to a catalogue or preference card that was not updated.',
    ],
    decisions: {
      map: 'The item that the note begins with takes its place from today: what the supplier offers, prices, bills or acknowledges under the old number is the new item. An order keeps the old one until the buyer has changed it, and heals then.',
      waive: 'The document is from before the change and may stand.',
    },
  },
} as const satisfies Partial<RunbookByCode>
