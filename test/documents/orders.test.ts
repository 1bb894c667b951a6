import { describe, expect, it } from 'vitest'
import type { PurchaseOrder } from '../../src/canonical/index.js'
import { writeDocument } from '../../src/documents/index.js'
import { readOne, readSet } from './read-set.js'

const BEG = 'BEG*00*NE*4500012345**20261102'
const BCH = 'BCH*04*NE*4500012345**1*20261102*****20261105'
const BCA = 'BCA*00*AC*4500012345**1*20261102***SO-88120*20261106*20261105'
const LINE = 'PO1*1*10*BX*24.50**VP*CM-4410*IN*300117'
const CHANGED = 'POC*1*QI*14*4*BX*24.50*PE*VP*CM-4410*IN*300117'

const order = (...segments: readonly string[]) => readOne('850', 'purchase-order', ...segments)
const change = (...segments: readonly string[]) => readOne('860', 'purchase-order-change', ...segments)
const answer = (...segments: readonly string[]) => readOne('865', 'order-change-acknowledgment', ...segments)

describe('an 850', () => {
  it('keeps its terms and allowances apart from those of its lines', async () => {
    const read = await order(
      'BEG*00*RL*4500000077*0014*20261102',
      'SAC*A*C310***1500',
      'ITD*01*3*2**10**30',
      LINE,
      'SAC*C*D500***400',
      'ITD*05*3*****60',
    )
    expect(read).toMatchObject({
      release: '0014',
      terms: { netDays: 30 },
      charges: [{ kind: 'A', amount: '15' }],
      lines: [{ terms: { netDays: 60 }, charges: [{ kind: 'C', amount: '4' }] }],
      unmapped: [],
    })
  })

  it('without its BEG is not read', async () => {
    const { documents, findings } = await readSet('850', LINE)
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ segment: 'BEG', standardCode: 'AK304:3' }])
  })

  it('tells a GLN, a DUNS, a HIN and a DEA number from a number that one of the two gave', async () => {
    const ids = ['UL*0860001234504', '1*087654321', '9*0876543210002', '21*BH0012300', '11*FS1234563', '92*100', 'ZZ*X']
    const { parties } = await order(BEG, ...ids.map((id) => `N1*ST*ST BRIGID*${id}`), LINE)
    expect(parties.map(({ identifier }) => identifier)).toEqual([
      'GLN',
      'DUNS',
      'DUNS+4',
      'HIN',
      'DEA',
      'assigned-by-buyer',
      undefined,
    ])
    expect(parties[3]).toEqual({ role: 'ST', name: 'ST BRIGID', idQualifier: '21', id: 'BH0012300', identifier: 'HIN' })
  })

  it('has the address, contacts and references of a party with the party, and its own with the order', async () => {
    const { parties, references, contacts } = await order(
      BEG,
      'REF*DP*SUPPLY CHAIN',
      'PER*OC*BUYING*TE*5035550141*EM*BUYERS@BRIGID.EXAMPLE',
      'N1*ST*ST BRIGID EAST*92*100-EAST',
      'N2*RECEIVING',
      'N3*77 RIVER ROAD*DOCK 2',
      'N4*GRESHAM*OR*97030*US',
      'REF*DP*EAST WING',
      'PER*DC*J. OKAFOR*TE*5035550177',
      LINE,
    )
    expect(parties[0]).toMatchObject({
      names: ['RECEIVING'],
      address: { lines: ['77 RIVER ROAD', 'DOCK 2'], city: 'GRESHAM', state: 'OR', postalCode: '97030', country: 'US' },
      references: { DP: 'EAST WING' },
      contacts: [{ function: 'DC', name: 'J. OKAFOR', numbers: [{ qualifier: 'TE', number: '5035550177' }] }],
    })
    expect(references).toEqual({ DP: 'SUPPLY CHAIN' })
    expect(contacts?.[0]?.numbers).toEqual([
      { qualifier: 'TE', number: '5035550141' },
      { qualifier: 'EM', number: 'BUYERS@BRIGID.EXAMPLE' },
    ])
  })

  it('keeps the second number of a kind, and a number with its description', async () => {
    const { references, furtherReferences } = await order(BEG, 'REF*CT*C-1', 'REF*CT*C-2', 'REF*IA*V-1*WEST', LINE)
    expect(references).toEqual({ CT: 'C-1', IA: 'V-1' })
    expect(furtherReferences).toEqual([
      { qualifier: 'CT', value: 'C-2' },
      { qualifier: 'IA', value: 'V-1', description: 'WEST' },
    ])
  })

  it('shares a line out among the places it is for, in an SDQ or with an N1 each', async () => {
    const { lines } = await order(
      BEG,
      LINE,
      'SDQ*BX*92*100-EAST*6*100-WEST*4',
      'PO1*2*5*CS*112**VP*CM-7702',
      'DTM*002*20261124',
      'N1*ST*EAST*92*100-EAST',
      'QTY*01*3*CS',
      'N1*ST*WEST*92*100-WEST',
      'QTY*01*2*CS',
      'DTM*002*20261201',
    )
    expect(lines[0]?.destinations?.map(({ id, quantity, uom }) => [id, quantity, uom])).toEqual([
      ['100-EAST', '6', 'BX'],
      ['100-WEST', '4', 'BX'],
    ])
    expect(
      lines[1]?.parties?.map(({ id, quantities, dates }) => [id, quantities?.[0]?.quantity, dates?.[0]?.date]),
    ).toEqual([
      ['100-EAST', '3', undefined],
      ['100-WEST', '2', '2026-12-01'],
    ])
    expect(lines[1]?.dates).toEqual([{ qualifier: '002', date: '2026-11-24' }])
  })

  it('has the packs, price breaks and delivery dates of a line', async () => {
    const { lines } = await order(
      BEG,
      LINE,
      'CTP*WH*CON*24.50*1*BX',
      'CTP*WH*CON*22.90*500*BX',
      'PO4*4*50*EA*CTN*G*3.2*LB*0.5*CF*10*20*30*IN*50',
      'SCH*6*BX***002*20261124',
      'SCH*4*BX***002*20261201',
    )
    expect(lines[0]?.prices?.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual([
      ['1', '24.5'],
      ['500', '22.9'],
    ])
    expect(lines[0]?.packs).toMatchObject([{ pack: 4, size: '50', weight: '3.2', volume: '0.5', innerPack: 50 }])
    expect(lines[0]?.schedules?.map(({ quantity, date }) => [quantity, date])).toEqual([
      ['6', '2026-11-24'],
      ['4', '2026-12-01'],
    ])
  })

  it('has the parts of a kit with the kit, and the note of a part with the part', async () => {
    const { lines } = await order(BEG, LINE, 'MSG*STERILE', 'SLN*1**I*2*EA*4.10***VP*CM-2201', 'MSG*LATEX FREE')
    expect(lines[0]?.notes).toEqual([{ text: 'STERILE' }])
    expect(lines[0]?.components).toEqual([
      {
        assignedId: '1',
        relationship: 'I',
        quantity: '2',
        uom: 'EA',
        unitPrice: '4.1',
        ids: { vendorItem: 'CM-2201' },
        notes: [{ text: 'LATEX FREE' }],
      },
    ])
  })

  it('has all its terms, the amounts in them with their implied decimals', async () => {
    const { terms, furtherTerms } = await order(
      BEG,
      'ITD*08*15*2*20261120*10*20261210*30*1250****CONTRACT*15*A*1.5',
      'ITD*04*3*******20270131*25000*50',
      LINE,
    )
    expect(terms).toEqual({
      type: '08',
      basis: '15',
      discountPercent: '2',
      discountDue: '2026-11-20',
      discountDays: 10,
      netDue: '2026-12-10',
      netDays: 30,
      discountAmount: '12.5',
      text: 'CONTRACT',
      dayOfMonth: 15,
      paymentMethod: 'A',
      percent: '1.5',
    })
    expect(furtherTerms).toMatchObject([{ deferredDue: '2027-01-31', deferredAmount: '250', payablePercent: '50' }])
  })

  it('reads a note as the lines a person wrote', async () => {
    const { notes } = await order(BEG, 'N9*L1*DELIVERY', 'MSG*DOCK 2', 'MSG*CALL AHEAD', 'N9*ZZ*77', LINE)
    expect(notes).toEqual([
      { qualifier: 'L1', reference: 'DELIVERY', text: 'DOCK 2\nCALL AHEAD' },
      { qualifier: 'ZZ', reference: '77' },
    ])
  })

  it('says nothing new with a count and a hash total that are right, and keeps those that are not', async () => {
    const counted = async (ctt: string) =>
      (await order(BEG, LINE, 'PO1*2*2.5*CS', ctt)).unmapped.map(({ text }) => text)
    expect(await counted('CTT*0002*12.50')).toEqual([])
    expect(await counted('CTT*2*12')).toEqual(['CTT*2*12'])
    expect(await counted('CTT*3')).toEqual(['CTT*3'])
  })

  it('has the currency of a line that is not that of the order', async () => {
    const { currency, lines } = await order(BEG, 'CUR*BY*USD', LINE, 'CUR*BY*CAD*1.37')
    expect([currency, lines[0]?.currency, lines[0]?.exchangeRate]).toEqual(['USD', 'CAD', '1.37'])
  })

  it('of 005010 says what kind of text a note is, and says so again when it is written', async () => {
    const read = await order(BEG, 'N9*L1', 'MTX*DEL*DOCK 2', 'MTX*DEL*CALL AHEAD', 'MTX*INV*TWO COPIES', LINE)
    expect(read.notes).toEqual([{ qualifier: 'L1', code: 'DEL', text: 'DOCK 2\nCALL AHEAD\nTWO COPIES' }])
    expect(read.unmapped).toMatchObject([{ text: 'MTX*INV*TWO COPIES' }])
    const written = writeDocument({ ...read, unmapped: [] }, '005010')
    expect(written.filter(([id]) => id === 'N9' || id === 'MTX')).toEqual([
      ['N9', 'L1'],
      ['MTX', 'DEL', 'DOCK 2'],
      ['MTX', 'DEL', 'CALL AHEAD'],
      ['MTX', 'DEL', 'TWO COPIES'],
    ])
    expect(() => writeDocument({ ...read, unmapped: [] }, '004010')).toThrow('MTX')
  })

  it('of 005010 has its notes in MTX, with the same words', async () => {
    const { notes, lines, unmapped } = await order(BEG, 'N9*L1', 'MTX**DOCK 2', 'MTX**CALL AHEAD', LINE, 'MTX**STERILE')
    expect(notes).toEqual([{ qualifier: 'L1', text: 'DOCK 2\nCALL AHEAD' }])
    expect(lines[0]?.notes).toEqual([{ text: 'STERILE' }])
    expect(unmapped).toEqual([])
  })

  it('tells a total of the order from an amount of its last line', async () => {
    const { amounts, lines } = await order(BEG, LINE, 'AMT*1*245', 'CTT*1', 'AMT*TT*256.50')
    expect(amounts).toEqual([{ qualifier: 'TT', amount: '256.5' }])
    expect(lines[0]?.amounts).toEqual([{ qualifier: '1', amount: '245' }])
  })
})

describe('an 860', () => {
  it('says what is changed on each line, and how much of it is still to come', async () => {
    const read = await change(BCH, CHANGED, 'POC*2*DI*4*4*CS*112*PE*VP*CM-7702')
    expect(read).toMatchObject({ changeNumber: '1', poDate: '2026-11-02', changedOn: '2026-11-05' })
    expect(
      read.lines.map(({ change, quantity, leftToReceive, uom }) => [change, quantity, leftToReceive, uom]),
    ).toEqual([
      ['QI', '14', '4', 'BX'],
      ['DI', '4', '4', 'CS'],
    ])
    expect(read.lines[0]).toMatchObject({ unitPrice: '24.5', priceBasis: 'PE', ids: { buyerItem: '300117' } })
  })

  it('without lines cancels the order', async () => {
    const { purpose, lines, notes } = await change('BCH*01*NE*4500012345***20261102', 'N9*L1**SORRY', 'MSG*TWICE')
    expect([purpose, lines, notes?.[0]?.text]).toEqual(['01', [], 'TWICE'])
  })

  it('with a line that does not say what is changed is not read', async () => {
    const { documents, findings } = await readSet('860', BCH, 'POC*1**14*4*BX*24.50')
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ segment: 'POC', element: 2, standardCode: 'AK403:1' }])
  })

  it('has no answers: an ACK in it is kept, and answers nothing', async () => {
    const { lines, unmapped } = await change(BCH, CHANGED, 'ACK*IA*14*BX')
    expect(lines[0]).not.toHaveProperty('statuses')
    expect(unmapped.map(({ text }) => text)).toEqual(['ACK*IA*14*BX'])
  })
})

describe('an 865', () => {
  it('answers each changed line, in part where it must', async () => {
    const read = await answer(BCA, CHANGED, 'ACK*IA*10*BX*068*20261109', 'ACK*IB*4*BX', 'DTM*067*20261202')
    expect(read).toMatchObject({ supplierOrder: 'SO-88120', acknowledgedOn: '2026-11-06', changedOn: '2026-11-05' })
    expect(read.lines[0]).toMatchObject({ change: 'QI', quantity: '14' })
    expect(read.lines[0]?.statuses.map(({ status, quantity, dates }) => [status, quantity, dates?.[0]?.date])).toEqual([
      ['IA', '10', undefined],
      ['IB', '4', '2026-12-02'],
    ])
  })

  it('without lines answers the whole change', async () => {
    const { type, lines } = await answer('BCA*00*RJ*4500012345**3*20261102')
    expect([type, lines]).toEqual(['RJ', []])
  })
})

it('the lead times of a line stand within LS and LE, their quantities apart', async () => {
  const segments = [BEG, LINE, 'LS*LDT', 'LDT*AF*5*DA', 'QTY*01*100*BX', 'LE*LDT', 'QTY*38*10*BX']
  const { documents } = await readSet('850', ...segments)
  const order = documents[0] as PurchaseOrder
  expect(order.lines[0]).toMatchObject({
    leadTimes: [{ type: 'AF', quantity: '5', unit: 'DA' }],
    quantities: [{ qualifier: '38', quantity: '10' }],
  })
  expect(order.unmapped.map(({ text }) => text)).toEqual(['QTY*01*100*BX'])
})

describe.each([
  ['850', BEG, LINE],
  ['855', 'BAK*00*AC*4500012345*20261102', LINE],
  ['860', BCH, CHANGED],
  ['865', BCA, CHANGED],
])('what nobody reads of an %s', (set, beginning, line) => {
  it('is kept: no REF of a component or DTM of a reference becomes one of the line', async () => {
    // Nothing depends on a weight: one that is no number does not keep the order from being read.
    const kept = ['MEA*PD*WT*N/A*LB', 'DTM*002*20261124', 'REF*LT*L-1']
    const { documents } = await readSet(
      set,
      beginning,
      line,
      'MEA*PD*WT*N/A*LB',
      'N9*ZZ*77',
      'DTM*002*20261124',
      'SLN*1**I',
      'REF*LT*L-1',
    )
    expect(documents[0]?.unmapped.map(({ text }) => text)).toEqual(kept)
  })
})
