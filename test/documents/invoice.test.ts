import { describe, expect, it } from 'vitest'
import { readInvoice, readSet } from './read-set.js'

const BIG = 'BIG*20261118*INV-1*20261102*4500012345***DI'
const LINE = 'IT1*1*10*BX*24.50**VP*CM-4410'
const TDS = 'TDS*24500'
const kinds = (charges: readonly { kind: string; code?: string; amount: string }[]) =>
  charges.map(({ kind, code, amount }) => `${kind} ${code} ${amount}`)
const idsOf = async (pairs: string) => (await readInvoice(BIG, `IT1*1*10*BX*24.50**${pairs}`, TDS)).lines[0]?.ids

describe('charges and taxes of an 810', () => {
  it('belong to the line before TDS and to the invoice behind it', async () => {
    const invoice = await readInvoice(
      BIG,
      LINE,
      'TXI*ST*1.10',
      'SAC*C*D500***400',
      TDS,
      'TXI*ST*2.20',
      'SAC*A*C310***500',
      'SAC*C*D240***1150',
    )
    expect(kinds(invoice.lines[0]?.charges ?? [])).toEqual(['T ST 1.1', 'C D500 4'])
    expect(kinds(invoice.charges)).toEqual(['T ST 2.2', 'A C310 5', 'C D240 11.5'])
  })

  it('a tax right behind a charge is inside that charge, however many there are', async () => {
    const { charges, unmapped } = await readInvoice(BIG, LINE, TDS, 'SAC*C*D240***1150', 'TXI*ST*0.75', 'TXI*CT*0.10')
    expect(kinds(charges)).toEqual(['C D240 11.5'])
    expect(kinds(charges[0]?.taxes ?? [])).toEqual(['T ST 0.75', 'T CT 0.1'])
    expect(unmapped).toEqual([])
  })

  it('a tax behind a charge is that of the whole invoice where only so its total is met', async () => {
    const segments = [BIG, 'IT1*1*10*BX*24.50*PE*VP*CM-4410']
    const { charges } = await readInvoice(...segments, 'TDS*27245', 'SAC*C*D240***1150', 'TXI*ST*15.95')
    expect(kinds(charges)).toEqual(['T ST 15.95', 'C D240 11.5'])
    expect(charges.map(({ taxes }) => taxes)).toEqual([undefined, undefined])
  })

  it('a tax behind a charge that cannot be read is kept as it stands', async () => {
    const { unmapped } = await readInvoice(BIG, LINE, TDS, 'SAC*C*D240***1150', 'TXI*ST*n/a')
    expect(unmapped.map(({ text }) => text)).toEqual(['TXI*ST*n/a'])
  })

  it('a tax service billed as a charge is a tax', async () => {
    const { charges } = await readInvoice(BIG, LINE, TDS, 'SAC*C*H850***319', 'SAC*C*D360***100', 'SAC*A*H850***100')
    expect(kinds(charges)).toEqual(['T H850 3.19', 'T D360 1', 'A H850 1'])
  })

  it('what does not move the total has no amount, and what it said is kept beside it', async () => {
    const { charges, unmapped } = await readInvoice(
      BIG,
      LINE,
      TDS,
      'TXI*ST**6.5',
      'TXI*VA*12.25*****I',
      'SAC*A*C310****3*5',
      'SAC*A*C310***777*******01',
      'SAC*C*F050***777*******15',
      'SAC*N*D240***1150',
    )
    expect(charges.map(({ kind, amount }) => kind + amount)).toEqual(Array(6).fill('N0'))
    expect(charges.map(({ indicator, stated, percent }) => [indicator, stated, percent])).toEqual([
      [undefined, undefined, '6.5'],
      [undefined, '12.25', undefined],
      ['A', undefined, '5'],
      ['A', '7.77', undefined],
      ['C', '7.77', undefined],
      ['N', '11.5', undefined],
    ])
    expect(unmapped).toEqual([])
  })
})

describe('charges of the lines that an 810 says once more behind its total', () => {
  const lines = (...charges: readonly string[]) => ['IT1*1*2*EA*99.99', ...charges, 'IT1*2*2*EA*79.99', ...charges]

  it('are counted on the lines where the total says so', async () => {
    const invoice = await readInvoice(BIG, ...lines('SAC*C*G830***300'), 'TDS*36596', 'SAC*C*G830***600')
    expect(invoice.chargesRepeated).toBe(true)
    expect(invoice.lines.map((line) => kinds(line.charges))).toEqual([['C G830 3'], ['C G830 3']])
    expect(invoice.charges).toMatchObject([{ kind: 'N', amount: '0', stated: '6', indicator: 'C', repeated: true }])
  })

  it('are counted in the header where the total says so, as with a line charge that was mistyped', async () => {
    const invoice = await readInvoice(
      BIG,
      'IT1*1*2*EA*99.99',
      'SAC*C*G830***300',
      'IT1*2*2*EA*79.99',
      'SAC*C*G830***3',
      'TDS*36596',
      'SAC*C*G830***600',
    )
    expect(invoice.chargesRepeated).toBe(true)
    expect(invoice.lines.map((line) => kinds(line.charges))).toEqual([['N G830 0'], ['N G830 0']])
    expect(kinds(invoice.charges)).toEqual(['C G830 6'])
  })

  it('may be taxes and allowances too, beside a charge that is said once', async () => {
    const invoice = await readInvoice(
      BIG,
      ...lines('TXI*ST*1.50', 'SAC*A*C310***100'),
      'TDS*37246',
      'TXI*ST*3.00',
      'SAC*A*C310***200',
      'SAC*C*D240***1150',
    )
    expect(kinds(invoice.charges)).toEqual(['N ST 0', 'N C310 0', 'C D240 11.5'])
  })

  it('are counted twice where the total counts both', async () => {
    const invoice = await readInvoice(BIG, ...lines('SAC*C*G830***300'), 'TDS*37196', 'SAC*C*G830***600')
    expect(invoice.chargesRepeated).toBeUndefined()
    expect(kinds(invoice.charges)).toEqual(['C G830 6'])
  })

  it('all stay where no reading makes the total: nothing is guessed', async () => {
    const invoice = await readInvoice(BIG, ...lines('SAC*C*G830***300'), 'TDS*99999', 'SAC*C*G830***600')
    expect(invoice.chargesRepeated).toBeUndefined()
    expect([...kinds(invoice.charges), ...invoice.lines.flatMap((line) => kinds(line.charges))]).toEqual([
      'C G830 6',
      'C G830 3',
      'C G830 3',
    ])
  })

  it('are told apart on a credit too, whatever sign its numbers have', async () => {
    const credit = (sign: string) =>
      readInvoice(
        BIG.replace('DI', 'CR'),
        `IT1*1*${sign}2*EA*99.99`,
        `SAC*C*G830***${sign}300`,
        `TDS*${sign}20298`,
        `SAC*C*G830***${sign}300`,
      )
    for (const { chargesRepeated, charges, lines } of [await credit(''), await credit('-')]) {
      expect(chargesRepeated).toBe(true)
      expect(charges[0]).toMatchObject({ kind: 'N', stated: '3' })
      expect(kinds(lines[0]?.charges ?? [])).toEqual(['C G830 3'])
    }
  })
})

describe('what an 810 says beside what is matched', () => {
  it('terms, shipment and carrier, packs and parts of a line', async () => {
    const invoice = await readInvoice(
      BIG,
      'DTM*011*20261117',
      'FOB*PP',
      LINE,
      'IT3*8*BX*BO*-2',
      'CTP**CON*24.50*1*BX',
      'PO4*10*100*EA',
      'CAD*M***ABFS*ABF FREIGHT**2I*PRO123',
      'SLN*1**I*10*EA****VP*CM-4410-1',
      'TDS*24500*24500*24010*490',
      'CAD*M***UPSN',
      'AMT*1*245',
      'ISS*10*BX*41.5*LB',
    )
    expect(invoice).toMatchObject({
      dates: [{ qualifier: '011', date: '2026-11-17' }],
      fob: [{ payment: 'PP' }],
      discountable: '245',
      discountedTotal: '240.1',
      discount: '4.9',
      carrier: { method: 'M', carrier: 'UPSN' },
      amounts: [{ qualifier: '1', amount: '245' }],
      shipments: [{ shipped: '10', uom: 'BX', weight: '41.5', weightUom: 'LB' }],
      unmapped: [],
    })
    expect(invoice.lines[0]).toMatchObject({
      shipments: [{ shipped: '8', uom: 'BX', status: 'BO', difference: '-2' }],
      prices: [{ priceId: 'CON', unitPrice: '24.5' }],
      packs: [{ pack: 10, size: '100', sizeUom: 'EA' }],
      carriers: [
        { method: 'M', carrier: 'ABFS', routing: 'ABF FREIGHT', referenceQualifier: '2I', reference: 'PRO123' },
      ],
      components: [{ assignedId: '1', ids: { vendorItem: 'CM-4410-1' } }],
    })
  })
})

describe('the shipment summary (ISS) of an 810', () => {
  it('is of the invoice, also where it stands in front of the total', async () => {
    const invoice = await readInvoice('BIG*20261118*INV-1*****DI', LINE, 'ISS*10*BX*41.5*LB', 'TDS*24500')
    expect(invoice).toMatchObject({ shipments: [{ shipped: '10', weight: '41.5' }], unmapped: [] })
    expect(invoice.lines[0]).not.toHaveProperty('shipments')
  })
})

describe('the order an 810 is for', () => {
  const BARE = 'BIG*20261118*INV-1*****DI'

  it('is BIG04 with its release BIG05', async () => {
    const invoice = await readInvoice('BIG*20261118*INV-1**4500000077*0014', 'REF*PO*OTHER', LINE, TDS)
    expect([invoice.poNumber, invoice.release]).toEqual(['4500000077', '0014'])
  })

  it('is the REF PO before the lines where BIG04 is empty', async () => {
    expect((await readInvoice(BARE, 'REF*PO*4500012345', LINE, TDS)).poNumber).toBe('4500012345')
  })

  it('is unknown where two REF PO name different orders', async () => {
    const invoice = await readInvoice(BARE, 'REF*PO*4500012345', 'REF*PO*4500012346', LINE, TDS)
    expect(invoice.poNumber).toBeUndefined()
    expect(invoice.furtherReferences).toEqual([{ qualifier: 'PO', value: '4500012346' }])
  })

  it('is never the reference of a party', async () => {
    const { poNumber, references } = await readInvoice(
      BARE,
      'N1*ST*EAST*92*7',
      'N3*1 MAIN ST',
      'REF*PO*NOT-THE-ORDER',
      LINE,
      TDS,
    )
    expect([poNumber, references]).toEqual([undefined, {}])
  })

  it('differs by line where a line says so, and only there', async () => {
    const { lines } = await readInvoice(BIG, LINE, 'REF*PO*4500012345', LINE, 'REF*PO*4500012399', LINE, TDS)
    expect(lines.map(({ poNumber }) => poNumber)).toEqual([undefined, '4500012399', undefined])
  })
})

describe('what identifies a line of an 810', () => {
  it.each([
    ['a 12-digit UPC', 'UP*812345678900', '00812345678900'],
    ['a 13-digit EAN', 'EN*4012345678901', '04012345678901'],
    ['an 8-digit EAN', 'EN*96385074', '00000096385074'],
    ['a 14-digit GTIN', 'UK*10812345678907', '10812345678907'],
    ['a UPC without its check digit', 'UI*03600029145', '00036000291452'],
    ['a whole UPC under the qualifier for one without check digit', 'UI*036000291452', '00036000291452'],
    ['a case code without its check digit', 'UA*400638133393', '04006381333931'],
    ['what is no GTIN, as sent', 'UP*81-23', '81-23'],
  ])('%s', async (_case, pair, gtin) => {
    expect(await idsOf(pair)).toEqual({ gtin })
  })

  it.each([
    ['4-4-2', 'N1*0409-1966-12', '00409196612'],
    ['5-3-2', 'N2*50242-060-01', '50242006001'],
    ['5-4-1', 'N3*60575-4112-1', '60575411201'],
    ['5-4-2, as sent', 'N4*00409-1966-12', '00409-1966-12'],
    ['of no told form, as sent', 'ND*0409196612', '0409196612'],
  ])('NDC %s', async (_case, pair, ndc) => {
    expect(await idsOf(pair)).toEqual({ ndc })
  })

  it('a HIBC, a part number, the lot and the serial number of an implant', async () => {
    expect(await idsOf('HI*A9994410210*MG*HX-33-204*LT*L448120*SN*S7710043')).toEqual({
      hibc: 'A9994410210',
      manufacturerPart: 'HX-33-204',
      lot: 'L448120',
      serial: 'S7710043',
    })
  })

  it('lot and serial from the references of the line, where its pairs do not say them', async () => {
    const { lines } = await readInvoice(
      BIG,
      'IT1*1*1*EA*960**VP*A*LT*L1',
      'REF*LT*L2',
      'REF*SE*S1',
      'REF*SE*S2',
      'TDS*96000',
    )
    expect(lines[0]?.ids).toEqual({ vendorItem: 'A', lot: 'L1', serial: 'S1' })
    expect(lines[0]?.references).toEqual({ LT: 'L2', SE: 'S2' })
  })

  it('two numbers of a kind: the first counts, the second is kept under its qualifier', async () => {
    expect(await idsOf('VP*FIRST*VN*SECOND*ZZ*X')).toEqual({ vendorItem: 'FIRST', other: { VN: 'SECOND', ZZ: 'X' } })
  })

  it('a qualifier that is a word of the language is one like any other', async () => {
    expect(JSON.stringify(await idsOf('__proto__*A*constructor*B'))).toBe(
      '{"other":{"__proto__":"A","constructor":"B"}}',
    )
  })
})

describe('the description of a line of an 810', () => {
  const describedBy = async (...pids: readonly string[]) => {
    const { description, descriptions } = (await readInvoice(BIG, LINE, ...pids, TDS)).lines[0] ?? {}
    return { description, others: descriptions?.map(({ text }) => text) }
  }

  it('is its first free text of the product; others are kept beside it', async () => {
    expect(await describedBy('PID*F*73***BLUE', 'PID*F*08***GLOVE', 'PID*F****POWDER FREE')).toEqual({
      description: 'GLOVE',
      others: ['BLUE', 'POWDER FREE'],
    })
  })

  it('may come with its language, which is kept', async () => {
    expect(await describedBy('PID*F****GLOVE****EN')).toEqual({ description: 'GLOVE', others: ['GLOVE'] })
  })
})

describe('what an 810 lacks', () => {
  it('a price: the line is read without one', async () => {
    expect((await readInvoice(BIG, 'IT1*1*10*BX***VP*CM-4410', TDS)).lines[0]).not.toHaveProperty('unitPrice')
  })

  it('a quantity: the invoice is not read, and the finding names element and place', async () => {
    const { documents, findings } = await readSet('810', BIG, LINE, 'IT1*2**BX*24.50', TDS)
    expect(documents).toEqual([])
    expect(findings).toEqual([
      {
        code: 'X12-SYNTAX',
        standardCode: 'AK403:1',
        segment: 'IT1',
        element: 2,
        message: 'IT102: quantity invoiced is missing',
        span: expect.objectContaining({ byteLength: 'IT1*2**BX*24.50'.length }),
      },
    ])
  })

  it.each([
    ['BIG', [LINE, TDS]],
    ['TDS', [BIG, LINE]],
  ])('its %s segment: the invoice is not read', async (id, segments) => {
    const { documents, findings } = await readSet('810', ...segments)
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ code: 'X12-SYNTAX', standardCode: 'AK304:3', segment: id }])
  })

  it('a decimal point in TDS01 is a mistake, never a hundredfold amount', async () => {
    const { documents, findings } = await readSet('810', BIG, LINE, 'TDS*245.00')
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ standardCode: 'AK403:6', segment: 'TDS', element: 1, value: '245.00' }])
  })
})

it('a set nobody reads is told, with its number', async () => {
  const { documents, findings } = await readSet('824', 'BGN*11*A1*20261102')
  expect(documents).toEqual([])
  expect(findings).toMatchObject([{ code: 'X12-UNSUPPORTED', standardCode: 'AK502:1', element: 1, value: '824' }])
})
