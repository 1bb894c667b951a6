import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const rows = (check: ExtractCheck): Promise<object[]> =>
  bench.engine.rows(
    `SELECT company, po_number, line_number, receipt_number, quantity::VARCHAR AS quantity, uom, received_on::VARCHAR AS day
     FROM receipt_line WHERE source_file = ${check.file.index} ORDER BY source_record`,
  )
const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)

const names = ['company', 'po_number', 'line_number', 'receipt_number', 'quantity', 'uom', 'received_on'] as const

/** A contract whose columns become the fields of a receipt in the order of `names`. */
const agreed = (records: string, columns: readonly string[], more: readonly string[] = []) =>
  receipts({
    format: { kind: 'xml', records },
    columns: [
      ...columns.map((name, n) => {
        const kind =
          n === 4 ? { kind: 'decimal', scale: 4 } : n === 6 ? { kind: 'date', formats: ['%Y-%m-%d'] } : { kind: 'text' }
        return { name, ...kind, required: true }
      }),
      ...more.map((name) => ({ name, kind: 'text' })),
    ],
    map: Object.fromEntries(columns.map((column, n) => [names[n], column])),
  })

const flat = (more: readonly string[] = []) =>
  agreed('Receipts/Receipt', ['CO', 'PO', 'LINE', 'REC', 'QTY', 'UOM', 'DAY'], more)

const one = (change: Record<string, string> = {}) =>
  Object.entries({ CO: '10', PO: 'P1', LINE: '1', REC: 'R1', QTY: '2', UOM: 'EA', DAY: '2026-11-28', ...change })
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')

const file = (...records: readonly string[]) =>
  `<?xml version="1.0"?>\n<Receipts>\n${records.map((record) => `<Receipt>${record}</Receipt>\n`).join('')}</Receipts>\n`

describe('an extract in XML', () => {
  test('Workday: prefixes do not matter, of several ids the one of a type, a descriptor in an attribute', async () => {
    const contract = agreed('Report_Data/Report_Entry', [
      'Company/ID[@type=Company_Reference_ID]',
      'PO/@Descriptor',
      'Line',
      'Receipt/ID[@type=Receipt_Number]',
      'Quantity',
      'Unit_of_Measure',
      'Received_On',
    ])
    const entry = (line: number) => `
  <wd:Report_Entry>
    <wd:Company wd:Descriptor="Lakeside Hospital">
      <wd:ID wd:type="WID">c7d6</wd:ID>
      <wd:ID wd:type="Company_Reference_ID">0010</wd:ID>
    </wd:Company>
    <wd:PO wd:Descriptor="PO-4711"/>
    <wd:Line>${line}</wd:Line>
    <wd:Receipt><wd:ID wd:type="WID">77</wd:ID><wd:ID wd:type="Receipt_Number">R-${line}</wd:ID></wd:Receipt>
    <wd:Quantity>${line}.50</wd:Quantity>
    <wd:Unit_of_Measure>EA</wd:Unit_of_Measure>
    <wd:Received_On>2026-11-28</wd:Received_On>
  </wd:Report_Entry>`
    const check = await bench.check(
      { ...contract, 'new-columns': 'ignore' },
      `<?xml version='1.0' encoding='UTF-8'?>\n<wd:Report_Data xmlns:wd="urn:com.workday.report/Receipts">${entry(1)}${entry(2)}\n</wd:Report_Data>`,
    )
    expect(said(check)).toEqual([])
    expect(await rows(check)).toMatchObject([
      { company: '0010', po_number: 'PO-4711', receipt_number: 'R-1', quantity: '1.5000' },
      { company: '0010', po_number: 'PO-4711', receipt_number: 'R-2', quantity: '2.5000' },
    ])
    const told = await bench.check(contract, `<Report_Data>${entry(1).replaceAll('wd:', '')}</Report_Data>`)
    expect(told.findings.map(({ keys }) => keys.field)).toEqual([
      'Company/@Descriptor',
      'Company/ID/@type',
      'Receipt/ID/@type',
    ])
  })

  test('BI Publisher: groups within groups, and what stands above them, before or behind', async () => {
    const contract = agreed('DATA_DS/G_PO/G_LINE', ['../CO', '../PO', 'LINE', 'REC', 'QTY', 'UOM', '../../P_DAY'])
    const check = await bench.check(
      contract,
      `<DATA_DS><G_PO><PO>P1</PO>
<G_LINE><LINE>1</LINE><REC>R1</REC><QTY>2</QTY><UOM>EA</UOM></G_LINE>
<G_LINE><LINE>2</LINE><REC>R1</REC><QTY>two</QTY><UOM>EA</UOM></G_LINE><CO>10</CO></G_PO>
<G_PO><PO>P2</PO><CO>20</CO></G_PO><P_DAY>2026-11-28</P_DAY></DATA_DS>`,
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 3 (record 2): QTY "two" is not a number in plain notation with at most 4 digits after the point',
    ])
    expect(await rows(check)).toMatchObject([{ company: '10', po_number: 'P1', day: '2026-11-28' }])
  })

  test('rows of attributes', async () => {
    const contract = agreed('ROWSET/ROW', ['@CO', '@PO', '@LINE', '@REC', '@QTY', '@UOM', '../@DAY'])
    const check = await bench.check(
      contract,
      `<ROWSET DAY="2026-11-28"><ROW\n CO="10" PO="A&amp;B" LINE="1" REC="R" QTY="1" UOM="EA"/><ROW CO="10" PO="P" LINE="2" REC="R" QTY="x" UOM="EA"/></ROWSET>`,
    )
    expect(await rows(check)).toMatchObject([{ po_number: 'A&B' }])
    expect(check.findings[0]?.evidence).toMatchObject([{ line: 2, record: 2 }])
  })

  test('entities, CDATA, comments and line ends in a text; an empty element, nil and none are empty', async () => {
    const check = await bench.check(
      flat(['LOT']),
      file(
        one({ PO: '&lt;A&#x26;&#66;&gt;<![CDATA[<&"]]><!-- not this -->\r\nC', LOT: '1' }),
        one({ LINE: '2' }).replace('</UOM>', '</UOM><LOT/>'),
        one({ LINE: '3', LOT: ' ' }),
        one({ LINE: '4' }).replace('<UOM>EA</UOM>', '<UOM xsi:nil="true"/>'),
      ),
    )
    expect(said(check)).toEqual(['DATA-REQUIRED extract.txt: line 7 (record 4): UOM is empty'])
    expect((await rows(check))[0]).toMatchObject({ po_number: '<A&B><&"\nC' })
  })

  test('what cannot be one value rejects its record alone', async () => {
    const check = await bench.check(
      flat(),
      file(
        one(),
        `${one({ LINE: '2' })}<UOM>BX</UOM>`,
        one({ LINE: '3', UOM: 'E<b>A</b>' }),
        one({ LINE: '4' }),
        '',
        'text',
      ),
    )
    expect(check.findings.filter(({ code }) => code === 'DATA-TYPE').map(({ message }) => message)).toEqual([
      'extract.txt: line 4 (record 2) has UOM more than once',
      'extract.txt: line 5 (record 3) has other elements in the text of UOM',
      expect.stringContaining('has a value, and no object, at Receipt'),
    ])
    expect(check).toMatchObject({ usable: true, records: 5, accepted: 2 })
  })

  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Receipts><Receipt><PO>&b;</PO></Receipt></Receipts>`
  test.each([
    ['', 'FILE-EMPTY', 'there is nothing in the file'],
    [bomb, 'FILE-UNREADABLE', 'line 1 has a document type, which is not read'],
    ['<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', 'FILE-UNREADABLE', 'a document type'],
    ['<Receipts><Receipt><PO>&secret;</PO></Receipt></Receipts>', 'FILE-UNREADABLE', 'undefined entity'],
    [file(one()).slice(0, -13), 'FILE-TRUNCATED', 'it ends with 1 element still open'],
    [file(one()).slice(0, 60), 'FILE-TRUNCATED', 'it ends with'],
    [file(one()).replace('</PO>', '</PX>'), 'FILE-UNREADABLE', 'line 3 has no XML: unexpected close tag'],
    ['CO|PO\n1|2\n', 'FILE-UNREADABLE', 'has no XML: text data outside of root node'],
    ['<Invoices><Invoice><PO>1</PO></Invoice></Invoices>', 'FILE-UNREADABLE', 'there is nothing at Receipts/Receipt'],
    ['<a>'.repeat(200), 'FILE-UNREADABLE', 'more than 100 elements open'],
    [file(one({ PO: 'x'.repeat(1_100_000) })), 'FILE-UNREADABLE', 'a value of more than 1048576 characters'],
    [
      '<?xml version="1.0" encoding="Big5"?><Receipts/>',
      'FILE-UNREADABLE',
      'it says that it is written in Big5, which is not read',
    ],
  ])('that is none, or not whole, is not used: %#', async (bytes, code, message) => {
    const check = await bench.check(flat(), bytes)
    expect(check).toMatchObject({ usable: false, findings: [{ code, message: expect.stringContaining(message) }] })
  })

  test('without any record it is an extract of nothing', async () => {
    for (const bytes of ['<Receipts/>', '<Receipts>\n</Receipts>'])
      expect(said(await bench.check(flat(), bytes))).toEqual(['FILE-EMPTY extract.txt: the file holds no record'])
  })

  test('it says itself how it is written', async () => {
    const text = (encoding: string, po: string) => file(one({ PO: po })).replace('?>', ` encoding="${encoding}"?>`)
    const utf16 = Buffer.from(text('UTF-16', 'Ω'), 'utf16le')
    for (const [bytes, po] of [
      [Buffer.from(text('ISO-8859-1', 'é'), 'latin1'), 'é'],
      [Buffer.from(`\ufeff${text('utf-8', 'Ω')}`), 'Ω'],
      [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'Ω'],
      [utf16, 'Ω'],
      [Buffer.from(utf16).swap16(), 'Ω'],
      // As programs write that turn a text into bytes after it was made.
      [Buffer.from(text('utf-16', 'Ω')), 'Ω'],
    ] as const)
      expect(await rows(await bench.check(flat(), bytes))).toMatchObject([{ po_number: po }])
    expect(said(await bench.check(flat(), Buffer.from(text('UTF-8', 'é'), 'latin1')))).toEqual([
      expect.stringMatching(/^FILE-UNREADABLE extract.txt: the byte at offset \d+ is not text in utf-8/),
    ])
  })
})
