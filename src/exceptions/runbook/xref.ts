import type { RunbookByCode } from './entry.js'

/** XREF-*: an identifier of one system that cannot be said in another. */
export const crossReferenceRunbook = {
  'XREF-ITEM': {
    means: 'An item number from outside leads to no item of the ERP, so its lines cannot be posted, ordered or billed.',
    check: [
      'The id as sent, who sent it, and its kind: supplier item, manufacturer part, GTIN, NDC or HIBC.',
      'Search the item master by manufacturer part and by description; leading zeros and dashes are often lost.',
      'If the item is truly new, it must be set up in the item master first.',
    ],
    decisions: {
      map: 'It is the ERP item that the note begins with, as in "1001: asked the clinic": a cross-reference says so from today, and the next run goes by it.',
      discard: 'The id is a mistake; no cross-reference is wanted.',
    },
  },
  'XREF-AMBIGUOUS': {
    means:
      'One id from outside leads to several ERP items. None was chosen: a wrong choice would cost or issue the wrong item.',
    check: [
      'Compared lists the items it could be. Look at pack size and manufacturer of each.',
      'A duplicate in the item master shows here too: see ITEM-DUPLICATE.',
    ],
    decisions: {
      map: 'It is the one that the note begins with: a cross-reference says so from today.',
      discard: 'The id is not to be used for any of them.',
    },
  },
  'XREF-UOM': {
    means:
      'There is no way from one unit of this item to the other. No factor is guessed: taking a case for an each would be wrong by the size of the case.',
    check: [
      'Compared: both units and the item. Read the pack on the label, the price file or the supplier catalogue.',
      'A factor of 0 in the item master counts as unknown; correct it there.',
      'If the units are only two spellings of one, an alias in matchbook.yaml is enough.',
    ],
    decisions: {
      map: 'The note begins with how many are in one, as in "12 EA: on the label": a cross-reference says so from today.',
      discard: 'The unit is wrong in the document; no conversion is wanted.',
    },
  },
  'XREF-LOCATION': {
    means: 'A ship-to or department id leads to no facility, so nobody knows where goods or usage belong.',
    check: [
      'The id as sent and its sender; look for new, closed or renumbered locations.',
      'Ask the department named on the document if the number tells you nothing.',
    ],
    decisions: {
      map: 'It is the location of the ERP that the note begins with: a cross-reference says so from today.',
      discard: 'The id is a mistake.',
    },
  },
  'XREF-COSTCENTER': {
    means: 'A location or department leads to no cost centre, so its cost cannot be posted.',
    check: [
      'The location, and the cost centre of its neighbours or of its former number.',
      'Is the cost centre active in the ledger for the period?',
    ],
    decisions: {
      map: 'It posts to the cost centre that the note begins with: a cross-reference says so from today.',
      discard: 'Nothing is to be posted for it.',
    },
  },
  'XREF-SUPPLIER': {
    means: 'A partner or supplier id leads to no vendor of the ERP, so nothing can be ordered from or paid to it.',
    check: [
      'Name, address and id as sent. Search the vendor master by tax id and remit-to, not by name alone.',
      'A new vendor goes through vendor set-up first; never pay on an unchecked id.',
    ],
    decisions: {
      map: 'It is the vendor whose number the note begins with: a cross-reference says so from today.',
      discard: 'We do no business with it.',
    },
  },
} as const satisfies Partial<RunbookByCode>
