import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { ebcdicTable } from '../../src/formats/delimited/ebcdic.js'
import { type Bench, header, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const rows = (check: ExtractCheck, columns: string): Promise<object[]> =>
  bench.engine.rows(
    `SELECT ${columns} FROM receipt_line WHERE source_file = ${check.file.index} ORDER BY source_record`,
  )
const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)

const file = `${header}\r\n10|PO-Ω|1|R1|2|EA|11/28/2026\r\n10|PO-😀|2|R2|x|EA|11/28/2026\r\n`
const little = (text: string) => Buffer.from(text, 'utf16le')
const big = (text: string) => little(text).swap16()

describe('UTF-16, as reporting tools of Windows write it', () => {
  test.each([
    ['utf-16', little(`\ufeff${file}`)],
    ['utf-16', big(`\ufeff${file}`)],
    ['utf-16le', little(file)],
    ['utf-16be', big(file)],
    ['utf-8', little(`\ufeff${file}`)],
    ['windows-1252', big(`\ufeff${file}`)],
  ])('agreed as %s: its byte order mark is what counts', async (encoding, bytes) => {
    const check = await bench.check(receipts({ format: { encoding } }), bytes)
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 3 (record 2): QTY "x" is not a number in plain notation with at most 4 digits after the point',
    ])
    expect(await rows(check, 'po_number, quantity')).toEqual([{ po_number: 'PO-Ω', quantity: '2.0000' }])
  })

  test('what is no UTF-16 is not used, and told with its byte', async () => {
    const agreed = receipts({ format: { encoding: 'utf-16le' } })
    const lone = await bench.check(
      agreed,
      Buffer.concat([little(header), Buffer.from([0x0a, 0, 0x31, 0, 0x3d, 0xd8, 0x31, 0])]),
    )
    const odd = await bench.check(agreed, little(file).subarray(0, -1))
    const unmarked = await bench.check(receipts({ format: { encoding: 'utf-16' } }), little(file))
    const at = 2 * header.length + 4
    expect([lone, odd, unmarked].flatMap(said)).toEqual([
      `FILE-UNREADABLE extract.txt: the bytes at offset ${at} are not text in utf-16le; nothing of the file is used`,
      'FILE-TRUNCATED extract.txt: it ends in the middle of a character; nothing of the file is used',
      'FILE-UNREADABLE extract.txt: there is no byte order mark: say utf-16le or utf-16be in the contract; nothing of the file is used',
    ])
    expect(lone.findings[0]?.evidence).toEqual([expect.objectContaining({ byteOffset: at })])
  })

  test('a character that lies across two pieces of a long file is whole', async () => {
    const line = `10|😀${'x'.repeat(30)}|1|R|1|EA|11/28/2026\n`
    const many = `${header} \n${line.repeat(14_000)}`
    const check = await bench.check(receipts({ format: { encoding: 'utf-16be' }, projections: [] }), big(many))
    expect([check.usable, check.records, check.findings]).toEqual([true, 14_000, []])
  })
})

describe('EBCDIC at fixed places, as a mainframe or an AS/400 writes it', () => {
  const columns = `
columns:
  - { name: CO, kind: text, from: 1, width: 2 }
  - { name: PO, kind: text, from: 3, width: 8 }
  - { name: LINE, kind: text, from: 11, width: 3 }
  - { name: REC, kind: text, from: 14, width: 4 }
  - { name: QTY, kind: decimal, overpunch: true, implied-decimals: 2, from: 18, width: 7 }
  - { name: UOM, kind: text, from: 25, width: 2 }
  - { name: DAY, kind: date, formats: ["%Y%m%d"], from: 27, width: 8 }
projections:
  - relation: receipt_line
    key: [company, po_number, line_number, receipt_number]
    map: { company: CO, po_number: PO, line_number: { column: LINE, transform: [strip-leading-zeros] }, receipt_number: REC, quantity: QTY, uom: UOM, received_on: DAY }
`
  const contract = (format: string): ExtractContract =>
    ExtractContract.parse({
      contract: 'drop',
      title: 'A drop',
      source: 'AS/400',
      ...parse(`format: ${format}${columns}`),
    })
  const encoded = (text: string, page: 'cp037' | 'cp500' | 'cp1047' = 'cp037'): Buffer => {
    const table = [...ebcdicTable(page)]
    return Buffer.from(
      [...text].map((character) =>
        character === '\n' ? 0x25 : character === '\0' ? 0 : table.indexOf(character.charCodeAt(0), 1),
      ),
    )
  }
  const one = '10PO[12]!! 01R001000123{EA20261128'
  const two = '10PO45678902R002000050JEA20261128'.replace('PO456789', 'PO4567  ')
  const three = '10PO4567  003R0030000{\0\0EA20261128'

  test('records one behind the other without line ends: signs over the last digit, places never filled', async () => {
    const check = await bench.check(
      contract('{ kind: fixed, encoding: cp037, record-length: 34, line-ends: false }'),
      encoded([one, `${two.slice(0, 10)}0${two.slice(10)}`, three].join('')),
    )
    expect(said(check)).toEqual([])
    expect(await rows(check, 'po_number, line_number, quantity')).toEqual([
      { po_number: 'PO[12]!!', line_number: '1', quantity: '12.3000' },
      { po_number: 'PO4567', line_number: '2', quantity: '-5.0100' },
      { po_number: 'PO4567', line_number: '3', quantity: '0.0000' },
    ])
  })

  test.each(['cp037', 'cp500', 'cp1047'] as const)('lines that end with NL or LF, in code page %s', async (page) => {
    const bytes = encoded(`${one}\n${three}\n`, page)
    bytes[bytes.length - 1] = 0x15
    const check = await bench.check(contract(`{ kind: fixed, encoding: ${page} }`), bytes)
    expect(said(check)).toEqual([])
    expect(await rows(check, 'po_number')).toEqual([{ po_number: 'PO[12]!!' }, { po_number: 'PO4567' }])
  })

  test('a record that is cut, and a file that has line ends after all', async () => {
    const blocks = contract('{ kind: fixed, encoding: cp037, record-length: 34, line-ends: false }')
    const cut = await bench.check(blocks, encoded(one + three.slice(0, 20)))
    const lines = await bench.check(blocks, encoded(`${one}\n${one}\n`))
    expect([cut, lines].flatMap(said)).toEqual([
      'DATA-TYPE extract.txt: line 2 (record 2) has 20 characters instead of 34',
      'FILE-TRUNCATED extract.txt: line 2 (record 2) is the last and has no line end, so it may be cut',
      'FILE-UNREADABLE extract.txt: record 2 has a line end at character 1, and by the contract (line-ends: false) there are none; nothing of the file is used',
    ])
  })
})
