import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silent } from '../../src/app/progress.js'
import { whatIf } from '../../src/app/whatif/whatif.js'
import { JobNight } from './job-night.js'

const night = new JobNight('contract-price-sync')
afterAll(() => night.remove())

const contracts = (day: string, price: string, sum: string): void =>
  night.put(`erp/lawson/extracts/POVAGRMTLN_${day}.txt`, [
    'VEN_AGRMT_REF|VENDOR|ITEM|VEN_ITEM|UOM|CURR_NET_CST|EFFECTIVE_DT|EXPIRE_DT|PRIORITY|HOLD_FLAG',
    `C1|10432|1001|MS-100|BX|${price}|01/01/2026|12/31/2026|1|N`,
    'C1|10432|1002|MS-200|EA|4.00|01/01/2026|03/31/2026|1|N',
    `TRL|2|${sum}`,
  ])

const interchange = (name: string, control: number, functional: string, set: string): void =>
  night.put(`suppliers/medsupply/outbound/${name}`, [
    `ISA*00*          *00*          *01*054321987      *01*081123450      *260310*2130*U*00401*00000000${control}*0*P*>~`,
    `GS*${functional}*054321987*081123450*20260310*2130*${control}*X*004010~`,
    `${set}GE*1*${control}~IEA*1*00000000${control}~`,
  ])

describe('a night of prices, from contract to load', () => {
  beforeAll(async () => {
    await night.make()
    contracts('0310', '12.00', '16.00')
    const columns =
      'COMPANY|PO_NUMBER|PO_RELEASE|LINE_NBR|VENDOR|ITEM|VEN_ITEM|MANUF_NBR|GTIN|NDC|HIBC|DESCRIPTION|QUANTITY|CXL_QTY|ENT_BUY_UOM|EBUY_UOM_MULT|ENT_UNIT_CST|PRICE_BASIS|CLOSED_FL|MATCHING|LOCATION|REQ_LOCATION|PURCH_MAJCL|ACCT_UNIT|PO_DATE|TERM_CODE|TAX_EXEMPT_FL|FREIGHT_CAP|BILL_ONLY_FL|CURRENCY_CODE'
    const order = (po: string, vendor: string, item: string, price: string): string =>
      `10|${po}|0000|1|${vendor}|${item}||||||Glove|10.0000||BX|10|${price}||N|Y|||||03/05/2026|||||`
    night.put('erp/lawson/extracts/POLINE_0310.txt', [
      columns,
      order('4500', '10432', '1001', '12.00'),
      order('4501', '20718', '1001', '13.50'),
      'TRL|2|20.0000',
    ])
    night.put('erp/lawson/extracts/ITEMMAST_0310.txt', [
      'ITEM|DESCRIPTION|STOCK_UOM|ALT_UOM_1|ALT_CONV_1|ALT_GTIN_1|ALT_UOM_2|ALT_CONV_2|ALT_GTIN_2|MANUF_CODE|MANUF_NBR|GTIN|NDC|HIBC|PURCH_MAJCL|ACTIVE_STATUS|CONSIGNMENT_FL',
      '1001|Glove|EA|BX|10|||||ACME|GN-100|||||A|N',
      'TRL|1',
    ])
    night.put('erp/peoplesoft/extracts/CNTRCT_LINE_0310.csv', [
      'K9,1,0000020718,0000002001,OT-9,EA,100.00,2026-01-01,2026-12-31,1,N',
      'TRAILER,1,100.00',
    ])
    night.put('erp/peoplesoft/extracts/PO_LINE_DISTRIB_0310.csv', [
      '20,P77,0000,0001,0000020718,2026-03-06,0000002001,OT-9,,,,,Stapler,2.0000,0.0000,EA,1,110.00,,A,Y,,,,,,,,,',
      'TRAILER,1,2.0000',
    ])
    interchange(
      'm1.810',
      1,
      'IN',
      'ST*810*0001~BIG*20260309*V77*20260305*4500~N1*ST*Main*92*10~IT1*1*4*BX*12.25*PE*VP*MS100~TDS*4900~CTT*1~SE*7*0001~',
    )
    interchange(
      'm2.832',
      2,
      'SC',
      'ST*832*0001~BCT*PC*MS~DTM*007*20260401~LIN*1*VP*MS100~CTP**CON*12.60*1*BX~CTT*1~SE*7*0001~',
    )
  })

  it('tells what is paid too much, what is bought elsewhere, what ends, and what the price file changes', async () => {
    const summary = await night.run('2026-03-10')
    expect(summary.failures).toEqual([])
    const said = (await night.exceptions()).map(
      ({ code, keys, amountAtRisk }) => `${code} ${keys.document ?? keys.item} ${amountAtRisk.amount}`,
    )
    expect(said.sort()).toEqual([
      'PRICE-CONTRACT 810 1',
      'PRICE-CONTRACT PO 20',
      'PRICE-CONTRACT price file 0',
      'PRICE-EXPIRED 1002 0',
      'PRICE-OFF-CONTRACT 1001 135',
    ])
    expect(summary.loads).toEqual([])
    expect(await night.run('2026-03-10')).toMatchObject({ exceptions: { raised: 0 }, loads: [] })
  })

  it('an accepted price goes to the ERP once, and the next extract confirms it', async () => {
    await night.decide('PRICE-CONTRACT', 'accept-price')
    expect((await night.run('2026-03-10')).loads).toMatchObject([{ lines: 1, status: 'sent' }])
    const [csv = ''] = night.files('erp/inbound')
    expect(night.text(`erp/inbound/${csv}`).split(/\r?\n/)[1]).toBe(
      'change,C1,10432,1001,MS100,BX,12.600000,2026-04-01,',
    )
    expect((await night.run('2026-03-10')).loads).toEqual([])
    contracts('0311', '12.60', '16.60')
    expect(await night.run('2026-03-11')).toMatchObject({ exceptions: { raised: 0 }, loads: [] })
    expect((await night.exceptions()).map(({ keys }) => keys.document)).not.toContain('price file')
  })

  it('with any price allowed nobody would have been asked about the order; the bill is within the price that came that day', async () => {
    const found = await whatIf({
      workspace: night.folder,
      progress: silent,
      logLevel: 'error',
      logFormat: 'ndjson',
      changes: ['contract-price=unlimited'],
      overlay: undefined,
      from: '2026-03-11',
      to: '2026-03-11',
      jobs: [],
      csv: undefined,
    })
    expect(found.nights).toMatchObject([{ left: null, differs: null }])
    expect(found.exceptions.map(({ change, code, keys, amount }) => [change, code, keys.document, amount])).toEqual([
      ['removed', 'PRICE-CONTRACT', 'PO', '20'],
    ])
  })
})
