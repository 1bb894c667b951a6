import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { inferContract } from '../../src/app/contracts/infer-contract.js'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { ebcdicTable } from '../../src/formats/delimited/ebcdic.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matchbook-infer-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function infer(
  name: string,
  bytes: string | Buffer,
  asked: { layout?: string; constants?: string[]; map?: string[]; relation?: string } = {},
) {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const layout = asked.layout === undefined ? undefined : join(folder, `${name}.layout`)
  if (layout !== undefined) writeFileSync(layout, asked.layout ?? '')
  const inferred = await inferContract({
    file,
    workspace: undefined,
    name: undefined,
    source: 'test',
    relation: asked.relation,
    map: asked.map ?? [],
    constants: asked.constants ?? [],
    layout,
    delimiter: undefined,
    encoding: undefined,
    output: undefined,
  })
  return { ...inferred, proposed: ExtractContract.parse(parse(inferred.yaml)) }
}

const sources = ({ proposed }: { proposed: ExtractContract }) => proposed.projections[0]?.map ?? {}

describe('a contract is proposed that the file passes', () => {
  test('item texts with inches and quotes of their own, and a delimiter behind the last name', async () => {
    const items = await infer(
      'ITEM_MASTER.tsv',
      'Item Number\tDescription\tBase UOM\tItem Status\t\n101\t"Sterile" pack, large\tEA\tActive\t\n102\t5" clamp\tEA\tActive\t\n',
    )
    expect(items).toMatchObject({ relation: 'item', lacking: [], check: { usable: true, accepted: 2, findings: [] } })
    expect(items.proposed.format).toMatchObject({ delimiter: '\t', quote: '' })
  })

  test('receipts exported for a spreadsheet: a title, ="0010", and a grand total that ties', async () => {
    const receipts = await infer(
      'RECEIPTS.csv',
      [
        'Receipts of Summit Health,,,,,,,',
        'Company,PO Number,PO Line,Receipt Number,Receipt Date,Qty Received,UOM,',
        '="0010","P,1",1,"=""0007""",11/28/2026,"1,200",EA,',
        `="0010",P2,1,'0008,11/28/2026,(5),EA,`,
        'Grand Total,,,,,"1,195",,',
        '',
      ].join('\n'),
    )
    expect(receipts.check).toMatchObject({ usable: true, accepted: 2, findings: [] })
    expect(receipts.proposed.format).toMatchObject({
      'skip-records': 1,
      'spreadsheet-texts': true,
      trailer: { marker: 'Grand Total', sums: [{ position: 6, column: 'Qty Received' }] },
    })
  })

  test('receipts by tilde that nothing names: what their control records sum stays a number', async () => {
    const receipts = await infer(
      'RECEIPTS.dat',
      'H~RECEIPTS~20261118~2\nR~A1~5001~1~G1~10~each~29.10.2026\nR~77~5002~1~G2~5~each~30.10.2026\nT~2~15\n',
    )
    expect(receipts.check).toMatchObject({ usable: true, accepted: 2, rejected: 0 })
    expect(receipts.proposed.format).toMatchObject({
      trailer: { marker: 'T', count: 2, sums: [{ position: 3, column: 'column_6' }] },
    })
  })

  test('a ledger with a debit and a credit column', async () => {
    const ledger = await infer(
      'GL.csv',
      'Ledger,Source,Batch,Line,Dept,Account,Period,Debit,Credit,State\nA1,CHARGES,J1,1,6100,4100,2026-11,,10.00,posted\nA1,CHARGES,J1,2,6100,1200,2026-11,10.00,,posted\n',
    )
    expect(ledger).toMatchObject({ relation: 'ledger_line', lacking: [], check: { accepted: 2, rejected: 0 } })
    expect(sources(ledger).amount).toMatchObject({ column: 'Debit', minus: 'Credit', 'empty-as': '0' })
  })

  test('values in single quotes, and names of staff in a file of hours', async () => {
    const time = await infer(
      'TIME.csv',
      "'Company','Badge','Name','Dept','Code','Period','Date','Hours'\n'A1','90001','Doe, Jane','D1','REG','P23','10/29/2026','8.00'\n",
    )
    expect(time.proposed.format).toMatchObject({ quote: "'", header: true })
    expect(time.relation).toBe('worked_time')
    const personal = time.proposed.columns.filter(({ sensitivity }) => sensitivity === 'personal')
    expect(personal.map(({ name }) => name)).toEqual(['Badge', 'Name'])
  })

  test('numbers in JSON and XML that only their element says what they are of', async () => {
    const orders = await infer(
      'orders.json',
      '{"orders":[{"number":"4711","company":"A1","vendor":{"id":"V1"},"placed":"2026-11-02","lines":[{"no":1,"item":"H1","qty":10,"unit":"EA","price":"2.50","status":"OPN"},{"no":2,"item":"H2","qty":5,"unit":"EA","price":"1.25","status":"OPN"}]}]}',
      { relation: 'po_line' },
    )
    expect(sources(orders)).toMatchObject({
      po_number: '../number',
      line_number: 'no',
      supplier: '../vendor/id',
      status: { codes: { OPN: 'open' } },
    })
  })

  test('a report of Workday: references by name or id, days with an offset, its own number beside the supplier’s', async () => {
    const ref = (name: string, says: string, type: string, id: string) =>
      `<wd:${name} wd:Descriptor="${says}"><wd:ID wd:type="WID">0f${id}</wd:ID><wd:ID wd:type="${type}">${id}</wd:ID></wd:${name}>`
    const line = (n: number, status: string) =>
      `<wd:Line><wd:Line_Number>${n}</wd:Line_Number><wd:Line_Status wd:Descriptor="${status}"><wd:ID wd:type="WID">a${status.length}</wd:ID></wd:Line_Status>${ref('Item', 'Glove', 'Purchase_Item_ID', `I${n}`)}<wd:Quantity>10</wd:Quantity>${ref('UOM', 'Box', 'UN_CEFACT_Common_Code_ID', 'BX')}<wd:Unit_Cost>2.5</wd:Unit_Cost><wd:Requires_Receipt>1</wd:Requires_Receipt></wd:Line>`
    const { proposed, lacking, decide } = await infer(
      'INT1042_PO_Lines_20261118.xml',
      `<wd:Report_Data xmlns:wd="urn:w"><wd:Report_Entry>${ref('Company', 'Main Hospital', 'Organization_Reference_ID', 'CO-1')}<wd:PO_Number>PO-1</wd:PO_Number>${ref('Supplier', 'MedSupply', 'Supplier_ID', 'S-1')}<wd:Document_Date>2026-11-12-08:00</wd:Document_Date>${line(1, 'Issued')}${line(2, 'Closed')}</wd:Report_Entry></wd:Report_Data>`,
    )
    expect({ lacking, decide }).toEqual({ lacking: [], decide: [] })
    expect(proposed.projections[0]).toMatchObject({
      relation: 'po_line',
      map: {
        company: '../Company/ID[@type=Organization_Reference_ID]',
        supplier: '../Supplier/ID[@type=Supplier_ID]',
        uom: { column: 'UOM/ID[@type=UN_CEFACT_Common_Code_ID]' },
        status: { column: 'Line_Status/@Descriptor', codes: { Issued: 'open', Closed: 'closed' } },
        matching: { column: 'Requires_Receipt', codes: { '1': 'three-way' } },
        po_date: '../Document_Date',
      },
    })
    const vouchers = await infer(
      'SupplierInvoiceLines.csv',
      "Company,Supplier ID,Supplier's Invoice Number,Supplier Invoice,Line,UoM,Extended Amount,Invoice Status\n1,S-1,INV-7,SINV-1,1,EA,25.00,Paid\n",
      { relation: 'voucher_line' },
    )
    expect(sources(vouchers)).toMatchObject({
      invoice_number: "Supplier's Invoice Number",
      voucher_number: 'Supplier Invoice',
      uom: { column: 'UoM' },
    })
  })

  test('a report of receipts: titles, semicolons, decimal commas, a minus behind, a trailer that counts and sums', async () => {
    const inferred = await infer(
      'Receiving_20261128.csv',
      'Receipts\nRun 28.11.2026\n\nCompany;Purchase Order;PO Ln;GRN No;Rcvd Qty;Unit;Rcpt Dt;Patient MRN\n' +
        '10;4500012345;00010;5000000011;1.234,50;EA;28.11.2026;12345678\n' +
        '10;4500012345;00020;5000000012;3,00-;CS;27.11.2026;\nTOTAL;2;1231,50\n',
    )
    expect(inferred).toMatchObject({
      contract: 'receiving',
      relation: 'receipt_line',
      lacking: [],
      unmapped: ['Patient MRN'],
      check: { usable: true, accepted: 2, rejected: 0 },
    })
    expect(inferred.proposed.format).toMatchObject({
      delimiter: ';',
      header: true,
      'skip-records': 2,
      trailer: { marker: 'TOTAL', count: 2, sums: [{ position: 3, column: 'Rcvd Qty' }] },
    })
    expect(inferred.proposed.columns.find(({ name }) => name === 'Patient MRN')).toMatchObject({
      sensitivity: 'personal',
    })
    expect(inferred.proposed.columns[4]).toMatchObject({ 'thousands-separator': '.', 'trailing-minus': true })
    expect(sources(inferred)).toMatchObject({
      po_number: 'Purchase Order',
      line_number: { column: 'PO Ln', transform: ['strip-leading-zeros'] },
    })
  })

  test('SAP order lines by tab: short names, marks for deleted and for goods receipt, commas that could be thousands', async () => {
    const line = (n: number) =>
      `1000\t45000${n}\t00010\t0000000900\t${n},000\tEA\t1${n % 10},50\t${n % 7 ? '' : 'X'}\t${n % 2 ? 'X' : ''}\t202611${10 + (n % 20)}\n`
    const inferred = await infer(
      'ekpo.txt',
      `BUKRS\tEBELN\tEBELP\tLIFNR\tMENGE\tMEINS\tNETPR\tLOEKZ\tWEPOS\tBEDAT\n${Array.from({ length: 30 }, (_, n) => line(n + 1)).join('')}`,
    )
    expect(inferred).toMatchObject({ relation: 'po_line', lacking: [], check: { usable: true, rejected: 0 } })
    expect(inferred.proposed.columns[4]).toMatchObject({ name: 'MENGE', 'decimal-separator': ',' })
    expect(inferred.yaml).toContain('check: "," before decimals; its values are numbers with "." too')
    expect(sources(inferred)).toMatchObject({
      status: { column: 'LOEKZ', codes: { X: 'cancelled' }, 'empty-as': 'open' },
      matching: { column: 'WEPOS', codes: { X: 'three-way' }, 'empty-as': 'two-way' },
    })
    expect(inferred.decide.join()).toContain('records have nothing there; taken as open')
  })

  test('a ledger at fixed places, from the layout alone: signs over the last digit, debit or credit beside it, year and month', async () => {
    const inferred = await infer(
      'gl.dat',
      Array.from(
        { length: 24 },
        (_, n) =>
          `1000${String(n).padStart(10, '0')}0012026${String((n % 12) + 1).padEnd(2)}0000400000${n % 2 ? 'S' : 'H'}${String(n * 125).padStart(11, '0')}{20260331\n`,
      ).join(''),
      {
        layout:
          'Company,1,4,CHAR\nJournal Number,5,10\nLine,15,3\nFiscal Year,18,4\nPeriod,22,2\nAccount,24,10\nDebit Credit,34,1\nAmount,35,12\nPosting Date,47-54\n',
        constants: ['source=SAP'],
      },
    )
    expect(inferred).toMatchObject({ relation: 'ledger_line', check: { usable: true, accepted: 24, rejected: 0 } })
    expect(inferred.proposed.columns[7]).toMatchObject({ name: 'Amount', overpunch: true, from: 35, width: 12 })
    expect(sources(inferred)).toMatchObject({
      amount: { column: 'Amount', 'sign-from': { column: 'Debit Credit', codes: { S: 'plus', H: 'minus' } } },
      period: { column: 'Fiscal Year', join: [{ column: 'Period', between: '-' }] },
    })
  })

  test('order lines at fixed places: decimals without a point are asked about, a trailer that counts, release zeros', async () => {
    const record = (line: number, release: string, quantity: number) =>
      `7100H0410027  ${release}${String(line).padStart(6, '0')}    40017${String(quantity).padStart(9, '0')} CS  20261020A3`
    const inferred = await infer(
      'POLINE.DAT',
      `${[record(1, '0000', 100000), record(2, '0000', 55000), record(3, '0002', 70000)].join('\r\n')}\r\nTRAILER000000003\r\n`,
      {
        layout: `COMPANY 1 4\nPO-NUMBER 5 10\nPO-RELEASE 15 4\nLINE-NBR 19 6\nVENDOR 25 9\nQUANTITY 34 10\nENT-BUY-UOM 44 4\nPO-DATE 48 8\nLINE-STATUS 56 1\nMATCH-WAY 57 1\n`,
        constants: ['unit_price=1'],
      },
    )
    expect(inferred).toMatchObject({ relation: 'po_line', check: { usable: true, accepted: 3, rejected: 0 } })
    const fields = [
      { from: 1, width: 7 },
      { from: 8, width: 9 },
    ]
    expect(inferred.proposed.format).toMatchObject({ trailer: { marker: 'TRAILER', fields, count: 2 } })
    expect(inferred.decide.join('\n')).toContain('behind a point that is not written')
    expect(inferred.decide.join('\n')).toContain('zeros alone are release 0')
  })

  test('receipts with times in UTC and an end in words: the zone is asked about', async () => {
    const inferred = await infer(
      'RCV_TRANSACTIONS.txt',
      'ORG_CODE|PO_NUM|LINE_NUM|RECEIPT_NUM|QUANTITY|UOM|TRANSACTION_DATE_UTC\n' +
        'B204|W4500-1|10|RC1|5|Each|2026-10-31T04:40:00Z\nB204|W4500-1|20|RC2|2|Box|2026-10-31T21:05:00Z\n*** END OF REPORT ***|2\n',
    )
    expect(inferred).toMatchObject({ relation: 'receipt_line', check: { usable: true, accepted: 2, rejected: 0 } })
    expect(inferred.proposed.format).toMatchObject({ trailer: { marker: '*** END OF REPORT ***', count: 2 } })
    expect(inferred.proposed.columns[6]).toMatchObject({ formats: ['%Y-%m-%dT%H:%M:%S%z'], 'day-in': 'UTC' })
    expect(inferred.decide.join('\n')).toContain('day-in')
  })

  test('a mainframe file of packed decimals, without line ends or of records that say how long they are: bytes that no text has', async () => {
    const table = [...ebcdicTable('cp037')]
    const ebcdic = (text: string) =>
      Buffer.from([...text].map((character) => table.indexOf(character.charCodeAt(0), 1)))
    const receipt = (line: number) =>
      Buffer.concat([
        ebcdic(`0100PO-77001000${line}R00${line}`),
        Buffer.from(`00012${line}0${line % 2 === 0 ? 'd' : 'c'}`, 'hex'),
        ebcdic('EA20261128'),
      ])
    const layout =
      'COMPANY 1 4\nPO-NUMBER 5 8\nLINE-NBR 13 4\nREC-NUMBER 17 4\nREC-QTY 21 4\nREC-UOM 25 2\nREC-DATE 27 8\n'
    const records = [1, 2, 3, 4].map(receipt)
    const equal = await infer('receipts.bin', Buffer.concat(records), { layout, relation: 'receipt_line' })
    expect(equal.proposed.format).toMatchObject({ encoding: 'cp037', 'record-length': 34, 'line-ends': false })
    expect(equal.proposed.columns.filter((column) => column['stored-as'] === 'packed')).toMatchObject([
      { name: 'REC-QTY', kind: 'decimal', from: 21, width: 4 },
    ])
    expect(equal.decide).toContainEqual(expect.stringContaining('implied-decimals'))
    expect(equal.check).toMatchObject({ usable: true, accepted: 4, rejected: 0 })
    const behind = records.map((record) => Buffer.concat([Buffer.from([0, record.length + 4, 0, 0]), record]))
    const described = await infer('described.bin', Buffer.concat(behind), { layout, relation: 'receipt_line' })
    expect(described.proposed.format).toMatchObject({ encoding: 'cp037', 'record-descriptors': true })
    expect(described.check).toMatchObject({ usable: true, accepted: 4, rejected: 0 })
  })

  test('windows-1252 by pipes without a header: names from the layout; a wrong value in many is a fault of the file', async () => {
    const inferred = await infer(
      'suppliers.dat',
      Buffer.from(
        Array.from(
          { length: 60 },
          (_, n) => `S${n}|Möbel ${n}|N/A|${n % 3 ? 'Active' : 'Inactive'}|${n === 7 ? '31/02/2026' : '15/02/2026'}\n`,
        ).join(''),
        'latin1',
      ),
      { layout: '1 Supplier ID\n2 Supplier Name\n3 Remit To\n4 Supplier Status\n5 Created On\n' },
    )
    expect(inferred).toMatchObject({ relation: 'vendor', check: { usable: true, accepted: 60 } })
    expect(inferred.proposed.format).toMatchObject({ encoding: 'windows-1252', header: false, 'null-values': ['N/A'] })
    expect(inferred.proposed.columns[4]).toMatchObject({ kind: 'date', formats: ['%d/%m/%Y'] })
    expect(sources(inferred)).toMatchObject({
      name: 'Supplier Name',
      status: { column: 'Supplier Status', codes: { Active: 'active', Inactive: 'inactive' } },
    })
  })

  test('what nobody can know is left to a person: the contract validates, and its projection waits as a comment', async () => {
    const bytes = 'PO,LINE,RECEIPT,QTY,UOM,DATE\nP1,1,R1,5,EA,01/02/2026\nP2,1,R2,5,EA,03/04/2026\n'
    const open = await infer('receipts.csv', bytes)
    expect(open).toMatchObject({ relation: 'receipt_line', lacking: ['company'], check: { usable: true } })
    expect(open.proposed.projections).toEqual([])
    expect(open.decide).toEqual([
      'decide: every value is %d/%m/%Y as well, month and day the other way round',
      expect.stringContaining('decide: nothing in the file is company of receipt_line'),
    ])
    const told = await infer('receipts.csv', bytes, {
      constants: ['company=10'],
      map: ['receipt_number=PO', 'po_number=RECEIPT'],
    })
    expect(told.lacking).toEqual([])
    expect(sources(told)).toMatchObject({ company: { constant: '10' }, receipt_number: 'PO', po_number: 'RECEIPT' })
  })

  test('a workbook: a title above names that reach further than any record', async () => {
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('Receipts')
    const day = new Date(Date.UTC(2026, 10, 28))
    sheet.addRow(['Posted receipts', 'as of', day])
    sheet.addRow([
      'Company',
      'Purchase order',
      'PO line',
      'Product receipt',
      'Line',
      'Quantity',
      'Unit',
      'Date',
      'Remark',
    ])
    sheet.addRow(['BT01', 'PO-1', 10, 'PR-1', 1, 240, 'ea', day])
    sheet.addRow(['BT01', 'PO-1', 20, 'PR-1', 2, 3, 'ea', day])
    const inferred = await infer('receipts.xlsx', Buffer.from(await book.xlsx.writeBuffer()))
    expect(inferred).toMatchObject({ relation: 'receipt_line', lacking: [], unmapped: ['Remark'] })
    expect(inferred.check).toMatchObject({ usable: true, accepted: 2, rejected: 0 })
    expect(inferred.proposed.format).toEqual(expect.objectContaining({ kind: 'xlsx', 'skip-records': 1 }))
    // Line numbers on the receipt are not those of the order.
    expect(sources(inferred)).toMatchObject({ line_number: 'PO line', receipt_line: 'Line' })
  })

  test('one order line of a German system, its title filled up with empty values', async () => {
    const inferred = await infer(
      'Bestellungen.csv',
      'Offene Bestellungen;;;;;;;;;\nBuchungskreis;Bestellnummer;Position;Lieferant;Material;Bestellmenge;Mengeneinheit;Nettopreis;Bestelldatum;Status\n' +
        '1000;4500001;10;100234;4711;1.200,000;ST;12,50;18.11.2026;offen\n',
    )
    expect(inferred).toMatchObject({ relation: 'po_line', lacking: [], check: { usable: true, accepted: 1 } })
    expect(sources(inferred)).toMatchObject({
      po_number: 'Bestellnummer',
      unit_price: 'Nettopreis',
      status: { column: 'Status', codes: { offen: 'open' } },
    })
  })

  test('order lines of Dynamics: what is received is not closed, and only a person can say what it is', async () => {
    const inferred = await infer(
      'PurchLines.txt',
      'LegalEntity\tPurchId\tLineNumber\tOrderAccount\tPurchQty\tPurchUnit\tPurchPrice\tPurchStatus\tCreatedDate\tMatching\n' +
        'BT01\tPO-1\t1\tV1\t1,200.00\tea\t1.25\tReceived\t20261110\tThree-way matching\n' +
        'BT01\tPO-2\t1\tV1\t2.00\tea\t1,250.00\tOpen order\t20261110\tThree-way matching\n',
    )
    expect(inferred.decide).toEqual(['decide: what "Received" stand for: open, closed, cancelled'])
    expect(sources(inferred)).toMatchObject({ status: { codes: { 'Open order': 'open' } } })
  })

  test('identities are never mapped in the open, and a field that may only be a hash gets one', async () => {
    const inferred = await infer(
      'case_usage.csv',
      'Log ID,Case Number,Line,Supply ID,Qty Used,Unit,OR Location,Surgery Date,Patient Name,SSN\n' +
        'L1,C100,1,EHR1,1,EA,OR1,2026-11-28,"DOE, JANE",123-45-6789\nL2,C101,1,EHR2,2,EA,OR1,2026-11-28,"ROE, RICK",123-45-6780\n',
      { relation: 'usage_line' },
    )
    expect(inferred.personal.map(({ column }) => column)).toEqual(['Case Number', 'Patient Name', 'SSN'])
    expect(sources(inferred)).toMatchObject({ case_hash: { column: 'Case Number', transform: ['keyed-hash'] } })
    expect(inferred.yaml).not.toMatch(/JANE|123-45/)
    expect(inferred.check).toMatchObject({ usable: true, accepted: 2 })
  })
})

describe('the form of a file, where its bytes show it', () => {
  test('orders and lines of several types, three characters between values, in UTF-16, with a trailer that counts both', async () => {
    const orders = Array.from({ length: 9 }, (_, n) => [
      `H~|~10~|~45${n}~|~V${n % 3}~|~2026-11-2${n}`,
      `D~|~1~|~I${n}~|~${n + 1}~|~EA~|~2.50`,
      `D~|~2~|~J${n}~|~1~|~CS~|~10.00`,
    ]).flat()
    const inferred = await infer(
      'orders.txt',
      Buffer.from(`\ufeff${[...orders, 'T~|~27~|~54', ''].join('\r\n')}`, 'utf16le'),
      {
        layout: 'H Type\nCompany\nPO Number\nVendor\nPO Date\nType\nLine\nItem\nOrdered Qty\nUOM\nUnit Price\n',
      },
    )
    expect(inferred.proposed.format).toMatchObject({
      encoding: 'utf-16',
      delimiter: '~|~',
      'record-types': { data: ['D'], above: ['H'] },
      trailer: { marker: 'T', count: 2, counts: ['H', 'D'], sums: [{ position: 3, column: 'Ordered Qty' }] },
    })
    expect(inferred.proposed.columns.map(({ of }) => of)).toEqual([...Array(5).fill('H'), ...Array(6).fill(undefined)])
    expect(inferred).toMatchObject({ relation: 'po_line', check: { usable: true, accepted: 18, rejected: 0 } })
  })

  test('count and sum in the control record at the top, days as a spreadsheet has them, a column of what was done', async () => {
    const inferred = await infer(
      'receipts.txt',
      [
        'HDR||20261130||3||18',
        'ACTION||CO||PO||LINE||RECEIPT||QTY||UOM||RECEIPT DATE',
        'A||10||P1||1||R1||5||EA||46356',
        'C||10||P1||2||R2||6||EA||46357',
        'D||10||P2||1||R3||7||EA||46350',
        '',
      ].join('\n'),
    )
    expect(inferred.proposed.format).toMatchObject({
      delimiter: '||',
      'header-marker': 'HDR',
      'header-totals': { count: 3, sums: [{ position: 4, column: 'QTY' }] },
    })
    expect(inferred.proposed.columns.at(-1)).toMatchObject({ kind: 'date', formats: ['excel-serial'] })
    expect(inferred.decide).toContain(
      'decide: does the file hold changes alone? Then say changes: { column: ACTION, codes: { A: put, C: put, D: remove } } here, and changes of the input',
    )
  })

  test('several records of one key: each from its own day, or shares of one line', async () => {
    const items = await infer(
      'items.csv',
      'ITEM,DESCRIPTION,STOCK UOM,STATUS,EFF DATE\nI1,One,EA,A,2026-01-01\nI1,One new,EA,A,2026-06-01\nI2,Two,EA,A,2026-01-01\n',
      { relation: 'item' },
    )
    expect(items.proposed.projections[0]).toMatchObject({ key: ['item'], 'newest-by': 'EFF DATE' })
    const lines = await infer(
      'po-lines.csv',
      [
        'COMPANY,PO NUMBER,LINE,DIST,VENDOR,ITEM,QTY,UOM,UNIT PRICE,PO DATE,COST CENTER',
        '10,P1,1,1,V1,I1,6,EA,2.50,2026-11-28,700',
        '10,P1,1,2,V1,I1,4,EA,2.50,2026-11-28,710',
        '10,P1,2,1,V1,I2,3,EA,9.00,2026-11-28,700',
        '',
      ].join('\n'),
    )
    expect(lines.proposed.projections[0]).toMatchObject({
      key: ['company', 'po_number', 'line_number'],
      merge: { sum: ['quantity'] },
    })
    expect(lines.check).toMatchObject({ usable: true, accepted: 3 })
  })
})
