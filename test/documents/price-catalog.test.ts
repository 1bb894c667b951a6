import { describe, expect, it } from 'vitest'
import { writeDocument } from '../../src/documents/index.js'
import { readPriceCatalog, readSet } from './read-set.js'

const BCT = 'BCT*PS*CARDEN-2027*3*B******00'

describe('the prices of an 832', () => {
  it('are told apart by class, kind and quantity', async () => {
    const { items } = await readPriceCatalog(
      BCT,
      'LIN*1*VP*CM-4410',
      'CTP*WS*CON*24.50*1*BX',
      'CTP*WS*CON*23.75*10*BX',
      'CTP*RS*LPR*31.00**BX*DIS*.9*3.10*HP',
    )
    expect(items[0]?.prices).toEqual([
      { classOfTrade: 'WS', priceId: 'CON', unitPrice: '24.5', quantity: '1', uom: 'BX' },
      { classOfTrade: 'WS', priceId: 'CON', unitPrice: '23.75', quantity: '10', uom: 'BX' },
      {
        classOfTrade: 'RS',
        priceId: 'LPR',
        unitPrice: '31',
        uom: 'BX',
        multiplierQualifier: 'DIS',
        multiplier: '0.9',
        amount: '3.1',
        basis: 'HP',
      },
    ])
  })

  it('count from when to when the price, the item or the catalogue says', async () => {
    const { effectiveFrom, effectiveTo, items } = await readPriceCatalog(
      BCT,
      'DTM*007*20270101',
      'DTM*036*20271231',
      'LIN*1*VP*A',
      'DTM*196*20270201',
      'CTP**CON*1*1*EA',
      'DTM*007*20270401',
      'DTM*197*20270630',
      'DTM*043*20270301',
      'CTP**CON*2*1*EA',
    )
    expect([effectiveFrom, effectiveTo]).toEqual(['2027-01-01', '2027-12-31'])
    expect(items).toMatchObject([
      {
        effectiveFrom: '2027-02-01',
        prices: [
          {
            effectiveFrom: '2027-04-01',
            effectiveTo: '2027-06-30',
            dates: [{ qualifier: '043', date: '2027-03-01' }],
          },
          {},
        ],
      },
    ])
    expect(items[0]?.prices[1]).not.toHaveProperty('effectiveFrom')
  })

  it('have a currency and a package of their own where they say so', async () => {
    const { currency, items } = await readPriceCatalog(
      BCT,
      'CUR*SE*EUR',
      'LIN*1*EN*4012345678901',
      'PO4*1*1*EA',
      'CTP**CON*8.80**PK',
      'CUR*SE*USD*1.08',
      'PO4*10*1*EA',
    )
    expect(currency).toBe('EUR')
    expect(items[0]).toMatchObject({
      packs: [{ pack: 1 }],
      prices: [{ currency: 'USD', exchangeRate: '1.08', packs: [{ pack: 10 }] }],
    })
  })

  it('have charges and terms of their own, which are not those of the item', async () => {
    const segments = [
      'LIN*1*VP*CM-4410',
      'ITD*01*3*****30',
      'CTP**CON*24.5**BX',
      'SAC*A*C310***250',
      'TXI*LS**8.25',
      'ITD*01*3*2**10**45',
    ]
    const catalog = await readPriceCatalog(BCT, ...segments)
    expect(catalog.unmapped).toEqual([])
    expect(catalog.items[0]).toMatchObject({
      terms: { netDays: 30 },
      prices: [
        {
          charges: [
            { kind: 'A', code: 'C310', amount: '2.5' },
            { kind: 'N', code: 'LS', percent: '8.25' },
          ],
          terms: { discountPercent: '2', discountDays: 10, netDays: 45 },
        },
      ],
    })
    expect(catalog.items[0]).not.toHaveProperty('charges')
    const written = writeDocument(catalog, '005010').map((segment) => segment.join('*'))
    expect(written.slice(1, -1)).toEqual(segments)
  })

  it('of a part of a kit are not those of the kit', async () => {
    const { items } = await readPriceCatalog(
      BCT,
      'LIN*1*VP*KIT',
      'CTP**CON*42**KT',
      'SLN*1**I*1*EA*30',
      'CTP**CON*29**EA',
    )
    expect(items[0]?.prices.map(({ unitPrice }) => unitPrice)).toEqual(['42'])
    expect(items[0]?.components).toMatchObject([{ unitPrice: '30', prices: [{ unitPrice: '29' }] }])
  })

  it('before the first item count for all of them', async () => {
    const { prices, items } = await readPriceCatalog(BCT, 'CTP**LPR****DIS*.85', 'LIN*1*VP*A', 'CTP**LPR*10**EA')
    expect(prices).toEqual([{ priceId: 'LPR', multiplierQualifier: 'DIS', multiplier: '0.85' }])
    expect(items[0]?.prices).toHaveLength(1)
  })
})

describe('the note of an 832', () => {
  const SAID = { qualifier: 'ZZ', reference: 'A1', text: 'CALL FOR PRICE' }

  it('has a text where the version has a place for one', async () => {
    const catalog = await readPriceCatalog(BCT, 'N9*ZZ*A1', 'MTX**CALL FOR PRICE', 'LIN*1*VP*A')
    expect(catalog.notes).toEqual([SAID])
    expect(writeDocument(catalog, '005010').slice(1, 3)).toEqual([
      ['N9', 'ZZ', 'A1'],
      ['MTX', '', 'CALL FOR PRICE'],
    ])
    expect(() => writeDocument(catalog, '004010')).toThrow(
      expect.objectContaining({ code: 'X12-WRITE', message: expect.stringContaining('MSG behind N9*ZZ*A1') }),
    )
  })
})

describe('an 832', () => {
  it('names its contract by the first of REF CT, VC and KL', async () => {
    expect((await readPriceCatalog(BCT, 'REF*KL*K1', 'REF*CT*C1')).contract).toBe('C1')
    expect((await readPriceCatalog(BCT, 'REF*KL*K1')).contract).toBe('K1')
    expect(await readPriceCatalog(BCT, 'REF*PL*P1')).not.toHaveProperty('contract')
  })

  it('reads NDC, GTIN, HIBC and part numbers of its items', async () => {
    const { items } = await readPriceCatalog(
      BCT,
      'LIN*1*N1*0409-1966-12*VN*NG-1*UP*812345678900*HI*H124*MG*HX-1*IN*300117',
      'LIN*2*UK*10812345678907',
    )
    expect(items.map(({ sequence, assignedId, ids }) => [sequence, assignedId, ids])).toEqual([
      [
        1,
        '1',
        {
          ndc: '00409196612',
          vendorItem: 'NG-1',
          gtin: '00812345678900',
          hibc: 'H124',
          manufacturerPart: 'HX-1',
          buyerItem: '300117',
        },
      ],
      [2, '2', { gtin: '10812345678907' }],
    ])
  })

  it('says of a price how soon, how little and for whom, from 005010 on', async () => {
    const segments = [
      'BCT*PC*C-7',
      'LIN*1*VP*A',
      'MEA*WT*G*3.5*LB',
      'LDT*AF*10*DA',
      'CTP**CON*24.5*1*BX',
      'LDT*AE*2*DW*20270101',
      'CTB*OR**57*20*TT*50000',
      'LS*LM',
      'LM*ZZ*GPO',
      'LQ*0*TIER2',
      'LE*LM',
      'LS*N1',
      'N1*BY*ST BRIGID*21*1100001234567',
      'N4*DAYTON*OH',
      'LE*N1',
      'CTT*1',
    ]
    const { items, unmapped } = await readPriceCatalog(...segments)
    expect(unmapped).toEqual([])
    expect(items[0]).toMatchObject({
      measurements: [{ of: 'WT', qualifier: 'G', value: '3.5', uom: 'LB' }],
      leadTimes: [{ type: 'AF', quantity: '10', unit: 'DA' }],
      prices: [
        {
          leadTimes: [{ type: 'AE', quantity: '2', unit: 'DW', date: '2027-01-01' }],
          restrictions: [{ type: 'OR', quantityQualifier: '57', quantity: '20', amountQualifier: 'TT', amount: '500' }],
          industryCodes: [{ agency: 'ZZ', agencySubset: 'GPO', list: '0', code: 'TIER2' }],
          parties: [{ role: 'BY', identifier: 'HIN', address: { city: 'DAYTON', state: 'OH' } }],
        },
      ],
    })
    const catalog = await readPriceCatalog(...segments)
    expect(writeDocument(catalog, '005010').map((each) => each.join('*'))).toEqual(segments)
    expect(() => writeDocument(catalog, '004010')).toThrow(/no place for segment LS behind CTP/)
  })

  it('with a price that is no number is not read, and says where', async () => {
    const { documents, findings } = await readSet('832', BCT, 'LIN*1*VP*A', 'CTP**CON*24,50**BX')
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ standardCode: 'AK403:6', segment: 'CTP', element: 3, value: '24,50' }])
  })

  it('without a BCT is not read', async () => {
    const { documents, findings } = await readSet('832', 'LIN*1*VP*A')
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ standardCode: 'AK304:3', segment: 'BCT' }])
  })
})
