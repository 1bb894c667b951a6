import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import excel from 'exceljs'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diffFiles } from '../../../src/app/diff/diff-files.js'
import type { DiffRequest } from '../../../src/app/diff/diff-request.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'matchbook-test-diff-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, bytes: string | Buffer): string => {
  const place = path.join(folder, name)
  writeFileSync(place, bytes)
  return place
}
const diff = (left: string, right: string, asked: Partial<DiffRequest> = {}) =>
  diffFiles({
    left,
    right,
    keys: ['ITEM'],
    compare: undefined,
    ignore: [],
    tolerances: [],
    sum: [],
    window: undefined,
    inForce: undefined,
    contracts: [],
    delimiter: undefined,
    encoding: undefined,
    header: true,
    limit: 10,
    output: undefined,
    workspace: undefined,
    ...asked,
  })

const prices = 'ITEM,PRICE,NAME\n1,5.00,glove\n2,6.10,"gown, blue"\n3,1,mask\n'

describe('two files of the same rows, written in different ways, do not differ', () => {
  it.each<[string, string | Buffer]>([
    ['pipes, columns in another order, CRLF', 'NAME|ITEM|PRICE\r\ngown, blue|2|6.10\r\nmask|3|1\r\nglove|1|5.00\r\n'],
    ['a byte order mark, semicolons, no line end', '\ufeffitem;price;name\n3;1;mask\n1;5.00;glove\n2;6.10;gown, blue'],
    [
      'tabs and blank lines, which are rewritten first',
      'ITEM\tPRICE\tNAME\n1\t5.00\tglove\n\n2\t6.10\tgown, blue\n3\t1\tmask\n',
    ],
    ['gzip', gzipSync(prices)],
    [
      'JSON, with numbers as they are written',
      '{"count": 3, "items": [{"NAME": "mask", "ITEM": 3, "PRICE": 1e0},\n{"ITEM": "1", "PRICE": 5.00, "NAME": "glove"}, {"PRICE": 61.0e-1, "ITEM": 2, "NAME": "gown, blue"}]}',
    ],
    [
      'XML, its records elements of several',
      '<items xmlns:a="urn:x"><a:item><ITEM>3</ITEM><NAME>mask</NAME><PRICE>1</PRICE></a:item><a:item><ITEM>1</ITEM><PRICE>5.00</PRICE><NAME>glove</NAME></a:item><a:item><ITEM>2</ITEM><PRICE>6.10</PRICE><NAME>gown, blue</NAME></a:item></items>',
    ],
    [
      'a JSON object a line',
      '{"NAME": "mask", "ITEM": 3, "PRICE": 1}\n{"ITEM": "1", "PRICE": 5.00, "NAME": "glove"}\n{"PRICE": 6.10, "ITEM": 2, "NAME": "gown, blue"}',
    ],
  ])('%s', async (name, bytes) => {
    const result = await diff(file('a.csv', prices), file(`b ${name}`, bytes))
    expect(result).toMatchObject({
      alike: true,
      differences: [],
      left: { records: 3, same: 3 },
      right: { records: 3, same: 3 },
    })
  })

  it('windows-1252 and UTF-8', async () => {
    const text = 'ITEM,NAME\n1,étui €\n'
    const result = await diff(file('utf-8.csv', text), file('1252.csv', iconv.encode(text, 'windows-1252')))
    expect([result.alike, result.left.encoding, result.right.encoding]).toEqual([true, 'utf-8', 'windows-1252'])
  })

  it('a workbook, whose lines are the rows of its sheet', async () => {
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('Prices')
    sheet.addRow(['ITEM', 'PRICE', 'NAME', 'DAY'])
    sheet.addRow([])
    sheet.addRow(['00001', 5, { richText: [{ text: 'gl' }, { text: 'ove' }] }, new Date(Date.UTC(2026, 1, 28))])
    sheet.addRow(['00002', { formula: '6+0.1', result: 6.1 }, 'gown', null])
    sheet.addRow(['00003', 0.0000001, 'mask', null])
    const place = path.join(folder, 'prices.xlsx')
    await book.xlsx.writeFile(place)
    const text = 'ITEM,PRICE,NAME,DAY\n00001,5,glove,2026-02-28\n00002,6.1,gown,\n00003,0.0000002,mask,\n'
    const result = await diff(place, file('x.csv', text))
    expect(result).toMatchObject({ left: { same: 2, changed: 1 } })
    expect(result.differences).toMatchObject([
      {
        keys: { ITEM: '00003' },
        fields: [{ left: '0.0000001', right: '0.0000002' }],
        left: { lines: [5] },
        right: { lines: [4] },
      },
    ])
  })

  it('two layouts by their contracts: other names, dates, signs, a trailer', async () => {
    const contract = (name: string, yaml: string) =>
      file(`${name}.yaml`, `contract: ${name}\ntitle: Balances\nsource: test\n${yaml}`)
    const relation = `projections:
  - relation: item
    key: [item]
    map: { item: ACCOUNT, base_uom: { constant: EA }, status: { constant: active } }`
    const left = contract(
      'ledger-a',
      `format: { kind: delimited, delimiter: ",", header: true }
columns:
  - { name: ACCOUNT, kind: text }
  - { name: BALANCE, kind: decimal, trailing-minus: true, thousands-separator: "," }
  - { name: CLOSED, kind: date, formats: ["%m/%d/%Y"] }
${relation}`,
    )
    const right = contract(
      'ledger-b',
      `format: { kind: delimited, delimiter: "|", header: false, trailer: { marker: T, count: 2 } }
columns:
  - { name: ACCOUNT, kind: text }
  - { name: AMOUNT, kind: decimal, implied-decimals: 2 }
  - { name: CLOSED, kind: date, formats: ["%Y%m%d"] }
${relation}`,
    )
    const a = file('ledger.csv', 'ACCOUNT,BALANCE,CLOSED\n100,"1,250.00-",02/28/2026\n200,3.10,\n')
    const asked = { keys: ['ACCOUNT'], compare: ['BALANCE=AMOUNT', 'CLOSED'], contracts: [left, right] }
    const result = await diff(a, file('ledger.txt', '100|-125000|20260228\n200|311|\nT|2\n'), asked)
    expect(result).toMatchObject({
      left: { records: 2, same: 1, changed: 1 },
      right: { records: 2, contract: 'ledger-b' },
    })
    expect(result.differences).toMatchObject([{ keys: { ACCOUNT: '200' }, fields: [{ left: '3.1', right: '3.11' }] }])
    await expect(diff(a, file('cut.txt', '100|-125000|20260228\n'), asked)).rejects.toMatchObject({
      code: 'USAGE',
      facts: { finding: 'FILE-TRUNCATED' },
    })
  })

  it('with no header, columns have numbers', async () => {
    const result = await diff(file('a.csv', '1,x\n2,y\n'), file('b.csv', '2,y\n1,z\n'), { header: false, keys: ['1'] })
    expect(result.differences).toMatchObject([
      { kind: 'changed', keys: { '1': '1' }, fields: [{ field: '2', left: 'x', right: 'z' }], right: { lines: [2] } },
    ])
  })
})

describe('what is told of a file', () => {
  it('lines count what quoted values hold, and a record that cannot be split is told, not compared', async () => {
    const a = file('a.csv', 'ITEM,NAME\n1,"two\nlines"\n2,x\n3,y,z\n4,"open\n5,v\n')
    const result = await diff(a, file('b.csv', 'ITEM,NAME\n1,"two\nlines"\n2,X\n5,v\n'))
    expect(result.left).toMatchObject({ records: 5, rows: 3, same: 2, changed: 1, unread: 2 })
    expect(result.left.unreadShown).toEqual([
      { line: 5, reason: 'more than 2 values' },
      { line: 6, reason: 'a quote that is not closed, or is closed in the middle of a value' },
    ])
    expect(result.differences).toMatchObject([{ keys: { ITEM: '2' }, left: { lines: [4] }, right: { lines: [4] } }])
    expect(result.alike).toBe(false)
  })

  it('sums by key, and windows on the side that has them', async () => {
    const lines = file('lines.csv', 'ACCOUNT,PERIOD,AMOUNT,NOTE\n10,1,0.10,a\n10,1,0.20,b\n20,1,5,c\n')
    const ledger = file('ledger.csv', 'ACCOUNT,PERIOD,AMOUNT\n10,1,0.3\n20,1,5.01\n')
    const summed = await diff(lines, ledger, { keys: ['ACCOUNT', 'PERIOD'], sum: ['AMOUNT'] })
    expect(summed).toMatchObject({
      left: { rows: 3, same: 2, changed: 1, notCompared: ['NOTE'] },
      right: { rows: 2, same: 1 },
    })
    expect(summed.differences).toMatchObject([
      { keys: { ACCOUNT: '20' }, fields: [{ right: '5.01', distance: '0.01' }] },
    ])
    const dated = file('dated.csv', 'ITEM,PRICE,FROM,TO\n1,4,2025-01-01,2025-12-31\n1,5,2026-01-01,\n')
    const now = await diff(dated, file('now.csv', 'ITEM,PRICE\n1,5\n'), { window: 'FROM:TO', inForce: '2026-03-01' })
    expect(now).toMatchObject({ alike: true, left: { rows: 2, same: 1, outside: 1 } })
  })

  it('every difference in a file, a formula made harmless and a number left alone', async () => {
    const output = path.join(folder, 'all.csv')
    const a = file('a.csv', 'ITEM,PRICE,NAME\n1,-2.50,=1+1\n2,1,x\n2,1,x\n')
    const named = [file('@a.csv', '@X,PRICE\n1,2\n'), file('@b.csv', '@X,PRICE\n1,3\n')] as const
    await diff(...named, { keys: ['@X'], output, limit: 0 })
    expect(readFileSync(output, 'utf8')).toMatch(/^difference,'@X,field,'@a.csv,'@b.csv,/)
    await diff(a, file('b.csv', 'ITEM,PRICE,NAME\n1,-2.5,glove\n'), { tolerances: ['price=number'], output, limit: 0 })
    expect(readFileSync(output, 'utf8')).toBe(
      'difference,ITEM,field,a.csv,b.csv,distance,tolerance,verdict,line in a.csv,line in b.csv\nchanged,1,NAME,\'=1+1,glove,,exact,differs,2,2\ndoubled,2,,,,,,,"3, 4",\n',
    )
    const workbook = path.join(folder, 'all.xlsx')
    await diff(a, file('b.csv', 'ITEM,PRICE,NAME\n1,-2.75,glove\n'), { tolerances: ['price=number'], output: workbook })
    const book = new excel.Workbook()
    await book.xlsx.readFile(workbook)
    const cells = (sheet: string, row: number) =>
      Array.from(book.getWorksheet(sheet)?.getRow(row).values as unknown[]).slice(1)
    expect(cells('Summary', 5).slice(0, 3)).toEqual(['records', 3, 1])
    expect(cells('Differences', 5).slice(0, 6)).toEqual(['changed', '1', 'PRICE', '-2.50', '-2.75', -0.25])
  })
})

describe('what cannot be compared is said with what to do', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a key that is not there',
      () => diff(file('a.csv', prices), file('b.csv', prices), { keys: ['ITM'] }),
      /ITM is no column of .*a\.csv; was ITEM meant\?/,
    ],
    [
      'a tolerance that is none',
      () => diff(file('a.csv', prices), file('b.csv', prices), { tolerances: ['PRICE=about'] }),
      /PRICE=about cannot be read/,
    ],
    [
      'a tolerance of no column',
      () => diff(file('a.csv', prices), file('b.csv', prices), { tolerances: ['PRISE=1'] }),
      /PRISE .* was PRICE meant/,
    ],
    [
      'a number for a key',
      () => diff(file('a.csv', prices), file('b.csv', prices), { tolerances: ['ITEM=1'] }),
      /ITEM is a key/,
    ],
    [
      'a column that stands twice',
      () => diff(file('a.csv', 'ITEM,X,x\n'), file('b.csv', prices)),
      /header has x twice/,
    ],
    ['no file', () => diff(path.join(folder, 'none'), file('b.csv', prices)), /none is not there/],
    ['an empty file', () => diff(file('empty', ''), file('b.csv', prices)), /empty is empty/],
    ['X12', () => diff(file('x12', 'ISA*00*~'), file('b.csv', prices)), /is an X12 file/],
    [
      'half of UTF-16',
      () => diff(file('utf-16', Buffer.from(`\ufeff${prices}`, 'utf16le').subarray(0, -1)), file('b.csv', prices)),
      /looks like utf-16: it ends in the middle of a character/,
    ],
    ['bytes that are no text', () => diff(file('bytes', `A,B\n1,\0\n`), file('b.csv', prices)), /is not a text file/],
    [
      'half a gzip file',
      () => diff(file('half', gzipSync(prices).subarray(0, 30)), file('b.csv', prices)),
      /not a whole gzip file/,
    ],
    [
      'no contract of that name',
      () => diff(file('a.csv', prices), file('b.csv', prices), { contracts: ['none'] }),
      /no contract none/,
    ],
    [
      'another ending',
      () => diff(file('a.csv', prices), file('b.csv', prices), { output: 'x.pdf' }),
      /neither \.csv nor \.xlsx/,
    ],
  ])('%s', async (_, call, message) => {
    await expect(call()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) })
  })
})
