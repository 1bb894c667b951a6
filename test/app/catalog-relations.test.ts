import { expect, test } from 'vitest'
import { catalogItemRows } from '../../src/app/document-relations/catalog-item.js'
import type { PlacedDocument } from '../../src/app/document-relations/placed-document.js'

const offered = (item: object): unknown[] =>
  catalogItemRows(
    {
      row: {
        partner: 'medsupply',
        body: JSON.stringify({ items: [{ sequence: 1, ids: { vendorItem: 'V1' }, prices: [], ...item }] }),
      },
      fileIndex: 1,
    } as PlacedDocument,
    { aliases: { CS: 'CA' } },
  ).map(({ uom, uom_factor, factor_uom }) => [uom, uom_factor, factor_uom])

test('an 832 says by PO4 how many are in the unit that it prices', () => {
  const [price, each] = [{ uom: 'CS' }, { uom: 'EA' }]
  expect(offered({ prices: [price], packs: [{ pack: 24, size: '1', sizeUom: 'EA' }] })).toEqual([['CA', '24', 'EA']])
  expect(offered({ prices: [price], packs: [{ pack: 10, size: '50', sizeUom: 'EA' }] })).toEqual([['CA', '500', 'EA']])
  expect(offered({ prices: [price], packs: [{ pack: 10, innerPack: 5, sizeUom: 'EA' }] })).toEqual([['CA', '50', 'EA']])
  expect(offered({ prices: [{ ...price, packs: [{ pack: 12, sizeUom: 'EA' }] }, each] })).toEqual([
    ['CA', '12', 'EA'],
    ['EA', undefined, undefined],
  ])
})

test('it says nothing of a unit where it could be meant of another, or of how each is shipped', () => {
  const pack = { packs: [{ pack: 24, size: '1', sizeUom: 'EA' }] }
  expect(offered({ prices: [{ uom: 'EA' }], ...pack })).toEqual([['EA', undefined, undefined]])
  expect(offered({ prices: [{ uom: 'CS' }, { uom: 'BX' }], ...pack })).toEqual([
    ['CA', undefined, undefined],
    ['BX', undefined, undefined],
  ])
  expect(offered({ prices: [{ uom: 'CS' }], packs: [{ pack: 24 }] })).toEqual([['CA', undefined, undefined]])
})
