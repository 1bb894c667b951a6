import type { RunbookByCode } from './entry.js'

/** PRICE-*: what the contract says. */
export const priceRunbook = {
  'PRICE-CONTRACT': {
    means:
      'The price is not the contract price that was valid on the PO date, in the same unit. PO and invoice may agree with each other and both be wrong.',
    check: [
      'Compared: contract price, unit and validity against the price billed. At risk is the difference times the quantity.',
      'Read the contract line: tier, effective dates, and whether the amendment was loaded into the ERP late.',
      'Several rows of one item on one contract have one cause: settle the price once, then decide them alike.',
      'If the PO carries the old price, have the PO price corrected too, or it comes again with the next order.',
    ],
    decisions: {
      'accept-price': 'The price billed is right (the contract in the ERP is not): the line is to be paid as billed.',
      dispute: 'The contract is right: the line stays held, and the overcharge is claimed from the supplier.',
      waive: 'The contract does not apply to this purchase, or the sum is not worth a claim: paid as billed.',
    },
  },
  'PRICE-EXPIRED': {
    means:
      'The contract that covers the item has expired or soon will. Without another, the supplier may bill list price from then on.',
    check: [
      'Last day of the contract line, and what is on order or bought each month.',
      'Is a renewal or a successor signed and only not loaded?',
    ],
    decisions: {
      renew: 'The contract goes on: the new dates or prices are to be loaded.',
      waive: 'It is to run out.',
    },
  },
  'PRICE-OVERLAP': {
    means:
      'Two contract lines give a price for the same item, unit and day, and nothing says which goes first. Until something does, an order or invoice at either price is taken as right; what the two differ on what was bought is at risk here.',
    check: [
      'Compared: both contracts, prices, dates and priorities.',
      'A local agreement beside the GPO contract is common; the one we signed for our tier should have the smaller priority number.',
    ],
    decisions: {
      choose: 'The contract named in the note goes first: its priority is to be set.',
      waive: 'Both give the same price, or one is about to end.',
    },
  },
  'PRICE-OFF-CONTRACT': {
    means: 'The item was bought off contract, although a contract covers it or an equal.',
    check: [
      'The contract and its price against what was paid; who ordered, and through which catalogue.',
      'Backordered contract goods are a good reason; a requester who typed the item by hand is not.',
    ],
    decisions: { waive: 'There was a reason to buy it off contract (say which in the note).' },
  },
} as const satisfies Partial<RunbookByCode>
