import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { silent } from '../../src/app/progress.js'
import { JobNight } from './job-night.js'

const options = { dryRun: false, progress: silent, logLevel: 'silent', logFormat: 'text' } as const

const night = new JobNight('item-master-sync')
afterAll(() => night.remove())

const lawson = (day: string, part: string, description: string): void =>
  night.put(`erp/lawson/extracts/ITEMMAST_${day}.txt`, [
    'ITEM|DESCRIPTION|STOCK_UOM|ALT_UOM_1|ALT_CONV_1|ALT_GTIN_1|ALT_UOM_2|ALT_CONV_2|ALT_GTIN_2|MANUF_CODE|MANUF_NBR|GTIN|NDC|HIBC|PURCH_MAJCL|ACTIVE_STATUS|CONSIGNMENT_FL',
    `1001|${description}|EA|BX|100|||||ACME|${part}|00614141999996||||A|N`,
    '1002|Gown surgical XL|EA|||||||ACME|GW-7|||||A|N',
    'TRL|2',
  ])

const ehr = (day: string, name: string, more: readonly string[] = []): void =>
  night.put(`ehr/extracts/items-${day}.csv`, [
    'SUPPLY_ID,ERP_ITEM,NAME,UNIT,MANUFACTURER_PART,GTIN,STATUS',
    `S1,1001,${name},EA,GN-100,614141999996,A`,
    'S2,,Gown surgical XL,EA,GW-7,,A',
    ...more,
    `TRAILER,${2 + more.length}`,
  ])

describe('a night of items, from three systems to two loads', () => {
  beforeAll(async () => {
    await night.make()
    lawson('0310', 'GN-99', 'Glove exam nitrile M')
    night.put('erp/peoplesoft/extracts/MASTER_ITEM_TBL_0310.csv', [
      '0000002001,Suture silk 3-0,BX,,,,,,,ETH,SK-30,,,,SUTURE,1,N',
      'TRAILER,1',
    ])
    night.put('erp/lawson/extracts/POITEMVEN_0310.txt', [
      'ITEM|VENDOR|VEN_ITEM|ACTIVE_STATUS',
      '1001|10432|MS-100|A',
      'TRL|1',
    ])
    night.put('suppliers/medsupply/outbound/catalog.832', [
      'ISA*00*          *00*          *01*054321987      *01*081123450      *260310*2130*U*00401*000000001*0*P*>~',
      'GS*SC*054321987*081123450*20260310*2130*1*X*004010~',
      'ST*832*0001~BCT*PC*MS~',
      'LIN*1*VP*MS100*MG*GN-100~CTP**CON*9.50*1*BX~',
      'LIN*2*VP*MS-555~CTP**CON*1.00*1*EA~',
      'CTT*2~SE*8*0001~GE*1*1~IEA*1*000000001~',
    ])
    ehr('0310', 'Gloves M', ['S3,7777,Stapler,EA,ST-1,,A'])
  })

  it('tells what differs from its owner, and what is there and what is not', async () => {
    const summary = await night.run('2026-03-10')
    expect(summary.failures).toEqual([])
    expect(summary.outcomes?.map(({ label, count }) => [label, count])).toEqual([
      ['Agree', 8],
      ['Differ', 2],
      ['Changed by others', 0],
      ['Missing', 1],
      ['Without an item', 2],
    ])
    const said = (await night.exceptions()).map(({ code, keys }) => [code, keys.item, keys.field, keys.other].join(' '))
    expect(said.sort()).toEqual([
      'ITEM-DIFFERS 1001 description ehr',
      'ITEM-DIFFERS 1001 manufacturer_part supplier',
      'ITEM-EXTRA 7777  ehr',
      'ITEM-MISSING 2001  ehr',
    ])
    expect(summary.loads).toEqual([])
  })

  it('what is decided goes out, each field to the system that does not own it', async () => {
    await night.decide('ITEM-DIFFERS', 'load')
    await night.decide('ITEM-MISSING', 'load')
    const summary = await night.run('2026-03-10')
    expect(summary.loads).toMatchObject([{ lines: 1 }, { lines: 2 }])
    const [zip = ''] = night.files('erp/inbound')
    const [row = []] = await night.zipped(`erp/inbound/${zip}`, 'EgpSystemItemsInterface.csv')
    expect([row[0], row[3], row[6], row[311]]).toEqual(['UPDATE', '1001', '', 'GN-100'])
    const [csv = ''] = night.files('ehr/inbound')
    expect(night.text(`ehr/inbound/${csv}`).split(/\r?\n/).slice(1, 3)).toEqual([
      'ehr,update,S1,1001,Glove exam nitrile M,,,,,,,,',
      'ehr,create,,2001,Suture silk 3-0,BX,ETH,SK-30,,,,,Active',
    ])
    expect(await night.run('2026-03-10')).toMatchObject({ exceptions: { raised: 0 }, loads: [] })
  })

  it('the next extracts show it: healed and confirmed; what the EHR then changes by itself is a violation', async () => {
    lawson('0311', 'GN-100', 'Glove exam nitrile M')
    ehr('0311', 'Glove exam nitrile M', ['S9,2001,Suture silk 3-0,BX,SK-30,,A'])
    expect(await night.run('2026-03-11')).toMatchObject({ exceptions: { raised: 0, healed: 1, open: 0 }, loads: [] })
    ehr('0312', 'Handschuh', ['S9,2001,Suture silk 3-0,BX,SK-30,,A'])
    expect(await night.run('2026-03-12')).toMatchObject({ exceptions: { raised: 1 } })
    expect((await night.exceptions()).map(({ code }) => code)).toEqual(['OWN-VIOLATION'])
  })
})

describe('an item that a clerk says is replaced', () => {
  const replaced = new JobNight('item-master-sync')
  const offered = async () => (await replaced.exceptions()).filter(({ code }) => code === 'ITEM-INACTIVE')
  const map = (id: string, note: string) =>
    decideExceptions({
      ...options,
      workspace: replaced.folder,
      subjects: [id],
      decision: 'map',
      note,
      as: 'R. Ortiz',
    }).then(({ outcomes: [outcome] }) => outcome)
  beforeAll(async () => {
    await replaced.make()
    replaced.put('erp/lawson/extracts/ITEMMAST_0310.txt', [
      'ITEM|DESCRIPTION|STOCK_UOM|ALT_UOM_1|ALT_CONV_1|ALT_GTIN_1|ALT_UOM_2|ALT_CONV_2|ALT_GTIN_2|MANUF_CODE|MANUF_NBR|GTIN|NDC|HIBC|PURCH_MAJCL|ACTIVE_STATUS|CONSIGNMENT_FL',
      '1001|Glove exam M|EA|||||||ACME|GN-1|||||I|N',
      '1002|Glove exam nitrile M|EA|||||||ACME|GN-2|||||A|N',
      'TRL|2',
    ])
    replaced.put('erp/peoplesoft/extracts/MASTER_ITEM_TBL_0310.csv', ['TRAILER,0'])
    replaced.put('suppliers/medsupply/outbound/catalog.832', [
      'ISA*00*          *00*          *01*054321987      *01*081123450      *260310*2130*U*00401*000000001*0*P*>~',
      'GS*SC*054321987*081123450*20260310*2130*1*X*004010~',
      'ST*832*0001~BCT*PC*MS~',
      'LIN*1*VP*MS-1*IN*1001~CTP**CON*9.50*1*EA~',
      'CTT*1~SE*6*0001~GE*1*1~IEA*1*000000001~',
    ])
  })
  afterAll(() => replaced.remove())

  it('is its replacement the next night, where its supplier still offers it under the old number', async () => {
    await replaced.run('2026-03-10')
    const [one] = await offered()
    expect(one?.keys).toMatchObject({ identifier: 'MS-1', item: '1001' })
    expect(await map(one?.id ?? '', '1001')).toMatchObject({
      outcome: 'refused',
      said: expect.stringContaining('begin with the item that takes its place'),
    })
    expect(await map(one?.id ?? '', '1009: typing error')).toMatchObject({
      outcome: 'decided',
      said: expect.stringMatching(/XR-000001: buyer-item 1001 of medsupply is item 1009 from /),
    })
    const today = new Date().toISOString().slice(0, 10)
    await replaced.run(today)
    expect(await offered()).toMatchObject([
      { status: 'reopened', values: { successor: '1009, which the ERP does not have' } },
    ])
    expect(await map(one?.id ?? '', '1002: nitrile')).toMatchObject({ outcome: 'decided' })
    await replaced.run(today)
    expect(await offered()).toEqual([])
  }, 120_000)
})
