import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { inferContract } from '../../src/app/contracts/infer-contract.js'
import { ExtractContract } from '../../src/config/extract-contract.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-infer-nested-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function infer(name: string, bytes: string | Buffer) {
  const file = path.join(folder, name)
  writeFileSync(file, bytes)
  const inferred = await inferContract({
    file,
    workspace: undefined,
    name: undefined,
    source: 'test',
    relation: undefined,
    map: [],
    constants: [],
    layout: undefined,
    delimiter: undefined,
    encoding: undefined,
    output: undefined,
  })
  return { ...inferred, proposed: ExtractContract.parse(parse(inferred.yaml)) }
}

const receipt = (po: number, line: number) => ({
  line_number: line,
  receipt_number: `R${po}`,
  received_quantity: '12.50',
  uom: 'EA',
  receipt_date: '2026-11-28',
})
const orders = [1, 2, 3].map((n) => ({
  company: '0010',
  po_number: `45000${n}`,
  contacts: [
    { kind: 'buyer', name: 'A' },
    { kind: 'planner', name: 'B' },
  ],
  notes: [{ text: 'A' }, { text: 'A' }],
  lines: [receipt(n, 1), receipt(n, 2)],
}))

describe('a contract is proposed for a file of nested objects', () => {
  test('JSON: the records are the lines, with the fields of their order; what is around all is left out', async () => {
    const inferred = await infer(
      'receipts_20261128.json',
      JSON.stringify({ '@odata.context': 'x', next: null, data: { orders } }, null, 1),
    )
    expect(inferred).toMatchObject({
      relation: 'receipt_line',
      records: 6,
      lacking: [],
      check: { usable: true, accepted: 6, rejected: 0, findings: [] },
    })
    expect(inferred.proposed.format).toMatchObject({ kind: 'json', records: 'data/orders/lines' })
    expect(inferred.proposed.projections[0]?.map).toMatchObject({
      company: '../company',
      po_number: '../po_number',
      quantity: 'received_quantity',
    })
    expect(inferred.yaml).toContain('# check: of ../notes a record has several; they are not read')
    expect(inferred.yaml).toContain('# check: a record has several contacts, told apart by kind: buyer, planner')
    expect(inferred.yaml).not.toContain('odata')
  })

  test('an object a line, in UTF-16: nested objects by their keys', async () => {
    const lines = orders.map(({ company, po_number, lines: [line] }) => ({
      company,
      po: { number: po_number },
      ...line,
    }))
    const inferred = await infer(
      'receipts.ndjson',
      Buffer.from(`\ufeff${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, 'utf16le'),
    )
    expect(inferred).toMatchObject({ relation: 'receipt_line', records: 3, check: { accepted: 3, findings: [] } })
    expect(inferred.proposed.format).toMatchObject({ kind: 'ndjson', encoding: 'utf-16' })
    expect(inferred.proposed.projections[0]?.map).toMatchObject({ po_number: 'po/number' })
  })

  test('XML: of several ids the one of a type, attributes, what stands above', async () => {
    const entry = (line: number) =>
      `<wd:Receipt_Line><wd:Line_Number>${line}</wd:Line_Number><wd:Item wd:Descriptor="Glove"><wd:ID wd:type="WID">x${line}</wd:ID><wd:ID wd:type="Item_ID">100${line}</wd:ID></wd:Item>
  <wd:Received_Quantity>12.50</wd:Received_Quantity><wd:Unit_of_Measure>EA</wd:Unit_of_Measure><wd:Receipt_Date>2026-11-28</wd:Receipt_Date></wd:Receipt_Line>`
    const group = (n: number) =>
      `<wd:Report_Entry wd:Receipt_Number="R${n}"><wd:Company>0010</wd:Company><wd:PO_Number>PO-${n}</wd:PO_Number>${entry(1)}${entry(2)}</wd:Report_Entry>`
    const inferred = await infer(
      'receipts.xml',
      `<?xml version="1.0"?>\n<wd:Report_Data xmlns:wd="urn:x">${[1, 2, 3].map(group).join('\n')}</wd:Report_Data>`,
    )
    expect(inferred).toMatchObject({ relation: 'receipt_line', records: 6, check: { usable: true, accepted: 6 } })
    expect(inferred.proposed.format).toMatchObject({ kind: 'xml', records: 'Report_Data/Report_Entry/Receipt_Line' })
    expect(inferred.proposed.projections[0]?.map).toMatchObject({
      company: '../Company',
      po_number: '../PO_Number',
      receipt_number: '../@Receipt_Number',
      line_number: 'Line_Number',
      quantity: 'Received_Quantity',
    })
    expect(inferred.proposed.columns.map(({ name }) => name)).toContain('Item/ID[@type=Item_ID]')
  })

  test('an IDoc: of several segments each by the value that chooses it, and the items are the records', async () => {
    const segment = (name: string, fields: Record<string, string>, within = '') =>
      `<${name} SEGMENT="1">${Object.entries(fields)
        .map(([field, value]) => `<${field}>${value}</${field}>`)
        .join('')}${within}</${name}>`
    const item = (n: number, line: number) =>
      segment(
        'E1EDP01',
        { POSEX: `0000${line}0`, MENGE: '2.000', MENEE: 'EA', VPREI: `${line}.50`, PEINH: '1' },
        segment('E1EDP19', { QUALF: '001', IDTNR: `7${n}${line}`, KTEXT: 'Glove' }) +
          segment('E1EDP19', { QUALF: '002', IDTNR: `MS-${n}${line}` }),
      )
    const order = (n: number) =>
      `<IDOC BEGIN="1">${[
        segment('E1EDK02', { QUALF: '001', BELNR: `450000${n}` }),
        segment('E1EDK02', { QUALF: '009', BELNR: `V-${n}` }),
        segment('E1EDK03', { IDDAT: '012', DATUM: `2026110${n}` }),
        segment('E1EDK03', { IDDAT: '002', DATUM: `2026120${n}` }),
        segment('E1EDK14', { QUALF: '013', ORGID: 'NB' }),
        segment('E1EDK14', { QUALF: '011', ORGID: '0010' }),
        segment('E1EDKA1', { PARVW: 'LF', PARTN: `2071${n}` }),
        segment('E1EDKA1', { PARVW: 'WE', LIFNR: 'DOCK', NAME1: 'Main' }),
      ].join('')}${item(n, 1)}${item(n, 2)}${item(n, 3)}</IDOC>`
    const inferred = await infer('export.xml', `<ORDERS05>${[1, 2, 3].map(order).join('\n')}</ORDERS05>`)
    expect(inferred).toMatchObject({
      relation: 'po_line',
      records: 9,
      lacking: [],
      check: { usable: true, accepted: 9 },
    })
    expect(inferred.proposed.format).toMatchObject({ kind: 'xml', records: 'ORDERS05/IDOC/E1EDP01' })
    expect(inferred.proposed.projections[0]?.map).toMatchObject({
      company: '../E1EDK14[QUALF=011]/ORGID',
      po_number: '../E1EDK02[QUALF=001]/BELNR',
      supplier: '../E1EDKA1[PARVW=LF]/PARTN',
      ship_to: '../E1EDKA1[PARVW=WE]/LIFNR',
      po_date: '../E1EDK03[IDDAT=012]/DATUM',
      item: 'E1EDP19[QUALF=001]/IDTNR',
      vendor_item: 'E1EDP19[QUALF=002]/IDTNR',
      unit_price: { column: 'VPREI', per: { column: 'PEINH' } },
    })
    expect(inferred.yaml).toContain('# check: a record has several E1EDKA1, told apart by PARVW: LF, WE')
    expect(inferred.proposed.columns.map(({ name }) => name).filter((name) => /SEGMENT|\/QUALF/.test(name))).toEqual([])
  })

  test('lines that a line type happens to tell apart in every order are lines all the same', async () => {
    const typed = [1, 2, 3].map((n) => ({
      company: '0010',
      po_number: `450000${n}`,
      lines: [
        { ...receipt(n, 1), line_type: 'goods' },
        { ...receipt(n, 2), line_type: n === 3 ? 'goods' : 'freight' },
      ],
    }))
    expect(await infer('receipts_typed.json', JSON.stringify(typed))).toMatchObject({ records: 6 })
  })

  test('a file that is cut off is no file to propose from', async () => {
    await expect(infer('cut.json', JSON.stringify(orders).slice(0, -9))).rejects.toThrow(
      /cut\.json looks like JSON, but it ends in the middle of a value/,
    )
  })
})
