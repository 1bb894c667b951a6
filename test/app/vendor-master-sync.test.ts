import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JobNight } from './job-night.js'

const night = new JobNight('vendor-master-sync')
afterAll(() => night.remove())

const lawson = (day: string, name: string): void =>
  night.put(`erp/lawson/extracts/APVENMAST_${day}.txt`, [
    'COMPANY|VENDOR|VENDOR_VNAME|REMIT_TO_CODE|TERM_CODE|TAX_ID|VENDOR_STATUS',
    `10|10432|${name}|R1|N30|12-3456789|A`,
    '10|10999|Medsupply Distributors|R2|N30|12-3456789|A',
    'TRL|2',
  ])

const banks = (day: string, account: string): void =>
  night.put(`erp/banks/extracts/vendor-banks-${day}.csv`, ['VENDOR,ACCOUNT', `10432,${account}`, 'TRAILER,1'])

const suppliers = (day: string, terms: string): void =>
  night.put(`procurement/outbound/suppliers-${day}.csv`, [
    'SUPPLIER_ID,ERP_VENDOR,NAME,TAX_ID,TERMS,STATUS,REQUESTED,ACTIVATED',
    `P1,10432,MedSupply Distribution Inc.,12-3456789,${terms},A,2026-01-05,2026-01-19`,
    'P2,,OrthoTech Implants,98-7654321,N30,A,2026-03-01,',
    'TRAILER,2',
  ])

describe('a night of vendors, from master to evidence', () => {
  beforeAll(async () => {
    await night.make()
    lawson('0310', 'MedSupply Distribution')
    night.put('erp/lawson/extracts/MAINVDTL_0310.txt', [
      'COMPANY|VENDOR|INVOICE|INVOICE_DATE|VOUCHER_NBR|DTL_LINE_NBR|PO_NUMBER|PO_RELEASE|PO_CODE|LINE_NBR|MATCH_QTY|MATCH_UOM|MATCH_UNIT_CST|TOT_DIST_AMT|REC_STATUS',
      '10|10432|V1|03/01/2026|88|1|4500|0000||1|1|EA|500.00|500.00|0',
      'TRL|1|500.00',
    ])
    night.put('erp/peoplesoft/extracts/VENDOR_0310.csv', [
      '20,0000030001,GLOVES,Glove World,R7,N30,55-5555555,A',
      'TRAILER,1',
    ])
    banks('0310', '021000021-111222333')
    suppliers('0310', 'N45')
    night.put('procurement/evidence/evidence-0310.csv', [
      'VENDOR,KIND,RECEIVED,EXPIRES,REFERENCE',
      '10432,tax-form,2026-01-10,,W9-10432',
      '10432,disclosure,2025-01-10,2026-01-09,D-10432',
      'TRAILER,2',
    ])
  })

  it('tells what differs, who may be one, who is missing, and what is not on file', async () => {
    const summary = await night.run('2026-03-10')
    expect(summary.failures).toEqual([])
    const said = (await night.exceptions()).map(({ code, keys, amountAtRisk }) =>
      [code, keys.supplier ?? keys.identifier, keys.field ?? keys.obligation ?? keys.other, amountAtRisk.amount].join(
        ' ',
      ),
    )
    expect(said.sort()).toEqual([
      'VENDOR-DIFFERS 10432 name 0',
      'VENDOR-DIFFERS 10432 terms 0',
      'VENDOR-DUPLICATE 10432 10999 500',
      'VENDOR-EVIDENCE 10432 disclosure 500',
      'VENDOR-MISSING P2 erp 0',
    ])
  })

  it('what is decided goes out once, each field to the system that does not own it', async () => {
    await night.decide('VENDOR-DIFFERS', 'load')
    await night.decide('VENDOR-MISSING', 'load')
    expect((await night.run('2026-03-10')).loads).toMatchObject([{ lines: 2 }, { lines: 1 }])
    const [zip = ''] = night.files('erp/inbound')
    const rows = await night.zipped(`erp/inbound/${zip}`, 'PozSuppliersInt.csv')
    expect(rows.map((row) => [row[0], row[1], row[2], row[3], row[21]])).toEqual([
      ['UPDATE', 'MedSupply Distribution', 'MedSupply Distribution Inc.', '10432', ''],
      ['CREATE', 'OrthoTech Implants', '', 'P2', '98-7654321'],
    ])
    const [csv = ''] = night.files('procurement/inbound')
    expect(night.text(`procurement/inbound/${csv}`).split(/\r?\n/)[1]).toBe('procurement,update,P1,10432,,,,N30,')
    expect(await night.run('2026-03-10')).toMatchObject({ exceptions: { raised: 0 }, loads: [] })
  })

  it('another bank account the next night: the account itself is nowhere', async () => {
    lawson('0311', 'MedSupply Distribution Inc.')
    suppliers('0311', 'N30')
    banks('0311', '021000021-999888777')
    expect(await night.run('2026-03-11')).toMatchObject({ exceptions: { raised: 1 }, loads: [] })
    const found = (await night.exceptions()).find(({ code }) => code === 'VENDOR-BANK')
    expect(found?.amountAtRisk.amount).toBe('500')
    expect(JSON.stringify(found)).not.toContain('999888777')
    // It stands until a change is on file.
    expect(await night.run('2026-03-11')).toMatchObject({ exceptions: { raised: 0 } })
    expect((await night.exceptions()).map(({ code }) => code)).toContain('VENDOR-BANK')
  })
})
