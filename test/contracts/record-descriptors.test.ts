import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { ebcdicTable } from '../../src/formats/delimited/ebcdic.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)
const rows = (check: ExtractCheck): Promise<object[]> =>
  bench.engine.rows(`SELECT po_number, line_number, quantity::VARCHAR AS quantity, uom, receipt_line FROM receipt_line
    WHERE source_file = ${check.file.index} ORDER BY source_record`)

const table = [...ebcdicTable('cp037')]
const ebcdic = (text: string): Buffer =>
  Buffer.from([...text].map((character) => table.indexOf(character.charCodeAt(0), 1)))
const packed = (hex: string): Buffer => Buffer.from(hex, 'hex')
/** A record behind its descriptor word. */
const record = (...parts: readonly Buffer[]): Buffer => {
  const data = Buffer.concat(parts)
  const descriptor = Buffer.alloc(4)
  descriptor.writeUInt16BE(data.length + 4)
  return Buffer.concat([descriptor, data])
}

/** An order (H) with its number and, packed, its company, and receipts of its lines (D), the reference left out where there is none. */
const contract = ExtractContract.parse(
  parse(`
contract: receipts
title: Receipts of a mainframe
source: MVS
format:
  kind: fixed
  encoding: cp037
  record-descriptors: true
  record-types: { data: [D], above: [H] }
  trailer: { marker: T, fields: [{ from: 2, width: 6 }], count: 1 }
columns:
  - { name: PO, kind: text, of: H, from: 2, width: 6 }
  - { name: CO, kind: text, of: H, stored-as: packed, from: 8, width: 2 }
  - { name: LINE, kind: text, from: 2, width: 3 }
  - { name: QTY, kind: decimal, stored-as: packed, implied-decimals: 2, from: 5, width: 3, required: true }
  - { name: UOM, kind: text, from: 8, width: 2 }
  - { name: REF, kind: text, from: 10, width: 8 }
projections:
  - relation: receipt_line
    key: [company, po_number, line_number, receipt_number]
    map:
      company: CO
      po_number: PO
      line_number: LINE
      receipt_number: { constant: R1 }
      quantity: QTY
      uom: { column: UOM, empty-as: EA }
      receipt_line: REF
      received_on: { constant: "2026-11-28" }
`),
)
const head = record(ebcdic('HPO-25 '), packed('010c'))
const line = (number: string, quantity: string, rest: string) =>
  record(ebcdic(`D${number}`), packed(quantity), ebcdic(rest))
const trailer = (count: string) => record(ebcdic(`T${count}`))

describe('records of a mainframe that say themselves how long they are', () => {
  test('short and long ones, orders and their lines, numbers that are no text where others have text, and a trailer', async () => {
    const check = await bench.check(
      contract,
      Buffer.concat([head, line('001', '01250c', 'EA'), line('002', '00025d', 'BXREF-2500'), trailer('000002')]),
    )
    expect(said(check)).toEqual([])
    expect(await rows(check)).toEqual([
      { po_number: 'PO-25', line_number: '001', quantity: '12.5000', uom: 'EA', receipt_line: null },
      { po_number: 'PO-25', line_number: '002', quantity: '-0.2500', uom: 'BX', receipt_line: 'REF-2500' },
    ])
  })

  test('a number that its record is too short for rejects the record; one that is not there is empty', async () => {
    const check = await bench.check(
      contract,
      Buffer.concat([head, record(ebcdic('D001'), packed('0125')), record(ebcdic('D002')), trailer('000002')]),
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 2 (record 1): QTY "x0125" is not a number without a point, 2 decimals implied',
      'DATA-REQUIRED extract.txt: line 3 (record 2): QTY is empty',
    ])
  })

  test('a file that is cut, or has no descriptor where one is to stand, is not used', async () => {
    const whole = Buffer.concat([head, line('001', '01250c', 'EA'), trailer('000001')])
    expect(said(await bench.check(contract, whole.subarray(0, -2)))).toEqual([
      'FILE-TRUNCATED extract.txt: it ends in the middle of record 3; nothing of the file is used',
    ])
    expect(said(await bench.check(contract, Buffer.concat([head, ebcdic('D001'), whole])))).toEqual([
      'FILE-UNREADABLE extract.txt: record 2 begins with xC4F0F0F1, which is no record descriptor (RDW): two bytes that say how long it is, and two of zero; nothing of the file is used',
    ])
  })
})
