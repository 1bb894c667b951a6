import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractMistakes } from '../../src/contracts/index.js'
import { type Bench, openBench, shipped } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const kinds = ['po-lines', 'receipts', 'vouchers', 'vendors', 'items', 'contract-prices']
const names = ['lawson', 'peoplesoft'].flatMap((erp) => kinds.map((kind) => `${erp}-${kind}`))

test.each(names)('%s has no mistake', (name) => {
  expect(contractMistakes(shipped(name))).toEqual([])
})

const poLine = {
  company: '100',
  po_number: '5500123',
  release: null,
  line_number: '12',
  supplier: '1234',
  item: '10020',
  vendor_item: 'V-77',
  gtin: '00857674002015',
  description: 'Café “set” 5" – €',
  quantity: '7.0000',
  uom: 'BX',
  uom_factor: '10.0000',
  unit_price: '12.345600',
  price_basis: 'HP',
  status: 'open',
  matching: 'three-way',
  po_date: '2024-02-29',
  tax_exempt: true,
  freight_allowed: '15.00',
  bill_only: false,
}

describe('the same order line out of two layouts', () => {
  test('Lawson: right-justified vendor, release 0000, quantity less what was cancelled', async () => {
    const contract = shipped('lawson-po-lines')
    const values: Record<string, string> = {
      COMPANY: '100',
      PO_NUMBER: '5500123',
      PO_RELEASE: '0000',
      LINE_NBR: '0012',
      VENDOR: '     1234',
      ITEM: '10020',
      VEN_ITEM: 'V-77',
      GTIN: '857674002015',
      DESCRIPTION: 'Café “set” 5" – €',
      QUANTITY: '8',
      CXL_QTY: '1.0000',
      ENT_BUY_UOM: 'bx',
      EBUY_UOM_MULT: '10',
      ENT_UNIT_CST: '12.3456',
      PRICE_BASIS: 'HP',
      CLOSED_FL: 'N',
      MATCHING: 'Y',
      PO_DATE: '02/29/2024',
      TAX_EXEMPT_FL: 'Y',
      FREIGHT_CAP: '15',
      BILL_ONLY_FL: 'N',
    }
    const columns = contract.columns.filter(({ optional }) => !optional).map(({ name }) => name)
    const check = await bench.check(
      contract,
      `${columns.join('|')}\n${columns.map((name) => values[name] ?? '').join('|')}\nTRL|1|8.0000\n`,
    )
    expect(check).toMatchObject({ usable: true, accepted: 1, findings: [] })
    expect((await bench.engine.rows(`SELECT * FROM po_line WHERE source_file = ${check.file.index}`))[0]).toMatchObject(
      poLine,
    )
  })

  test('PeopleSoft: no header, quoted windows-1252, ids with zeros', async () => {
    const contract = shipped('peoplesoft-po-lines')
    const values: Record<string, string> = {
      BUSINESS_UNIT: '100',
      PO_ID: '5500123',
      LINE_NBR: '12',
      VENDOR_ID: '0000001234',
      PO_DT: '2024-02-29',
      INV_ITEM_ID: '000000000000010020',
      ITM_ID_VNDR: 'V-77',
      UPC_ID: '857674002015',
      DESCR254_MIXED: 'Café “set” 5" – €',
      QTY_PO: '7',
      UNIT_OF_MEASURE: 'BX',
      CONVERSION_RATE: '10',
      PRICE_PO: '12.3456',
      PRICE_BASIS: 'HP',
      CANCEL_STATUS: 'A',
      RECV_REQ: 'Y',
      TAX_EXEMPT: 'Y',
      FREIGHT_LIMIT: '15.00',
      CONSIGNED_FLAG: 'N',
    }
    const record = contract.columns.map(({ name }) => `"${(values[name] ?? '').replaceAll('"', '""')}"`).join(',')
    const bytes = iconv.encode(`${record}\r\n"TRAILER","1","7"\r\n`, 'windows-1252')
    expect([...bytes]).toContain(0x80)
    const check = await bench.check(contract, bytes)
    expect(check).toMatchObject({ usable: true, accepted: 1, findings: [] })
    expect((await bench.engine.rows(`SELECT * FROM po_line WHERE source_file = ${check.file.index}`))[0]).toMatchObject(
      { ...poLine, supplier: '0000001234' },
    )
  })
})
