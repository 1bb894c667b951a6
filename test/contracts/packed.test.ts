import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { ebcdicTable } from '../../src/formats/delimited/ebcdic.js'
import fc from '../properties.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)
const rows = (check: ExtractCheck): Promise<object[]> =>
  bench.engine.rows(`SELECT po_number, line_number, quantity::VARCHAR AS quantity, received_on::VARCHAR AS day FROM receipt_line
    WHERE source_file = ${check.file.index} ORDER BY source_record`)

const table = [...ebcdicTable('cp037')]
const ebcdic = (text: string): Buffer =>
  Buffer.from([...text].map((character) => table.indexOf(character.charCodeAt(0), 1)))
const packed = (digits: string, sign: string): Buffer => Buffer.from(`${digits}${sign}`, 'hex')
const binary = (value: bigint, bytes: number): Buffer =>
  Buffer.from(
    BigInt.asUintN(8 * bytes, value)
      .toString(16)
      .padStart(2 * bytes, '0'),
    'hex',
  )

/** CO(2) PO(6) LINE(2, binary) REC(4) QTY(5, packed, 3 decimals) DAY(5, packed) UOM(2): 26 bytes. */
const contract = (format = 'encoding: cp037', change: (yaml: string) => string = (yaml) => yaml): ExtractContract =>
  ExtractContract.parse(
    parse(
      change(`
contract: receipts
title: Receipts of a mainframe
source: MVS
format: { kind: fixed, ${format}, record-length: 26, line-ends: false }
columns:
  - { name: CO, kind: text, from: 1, width: 2, required: true }
  - { name: PO, kind: text, from: 3, width: 6, required: true }
  - { name: LINE, kind: text, stored-as: binary-unsigned, from: 9, width: 2, required: true }
  - { name: REC, kind: text, from: 11, width: 4, required: true }
  - { name: QTY, kind: decimal, stored-as: packed, implied-decimals: 3, from: 15, width: 5, required: true }
  - { name: DAY, kind: date, stored-as: packed, formats: ["0%Y%m%d"], from: 20, width: 5, required: true }
  - { name: UOM, kind: text, from: 25, width: 2, required: true }
projections:
  - relation: receipt_line
    key: [company, po_number, line_number, receipt_number]
    map: { company: CO, po_number: PO, line_number: LINE, receipt_number: REC, quantity: QTY, uom: UOM, received_on: DAY }
`),
    ),
  )

interface Written {
  readonly line?: bigint
  readonly qty?: Buffer
  readonly day?: Buffer
}

const record = (
  { line = 1n, qty = packed('000012500', 'c'), day = packed('020261128', 'f') }: Written,
  text = ebcdic,
) => Buffer.concat([text('10'), text('PO-1  '), binary(line, 2), text('R001'), qty, day, text('EA')])

describe('numbers that a mainframe stores as no text', () => {
  test('packed decimals and binary numbers, whatever bytes they hold; line ends and spaces among them', async () => {
    const check = await bench.check(
      contract(),
      Buffer.concat([
        record({}),
        record({ line: 0x0d25n, qty: packed('000001250', 'd') }),
        record({ line: 0x4040n, qty: packed('999999999', 'f') }),
        record({ line: 65_535n, qty: packed('000000000', 'b') }),
      ]),
    )
    expect(said(check)).toEqual([])
    expect(await rows(check)).toEqual([
      { po_number: 'PO-1', line_number: '1', quantity: '12.5000', day: '2026-11-28' },
      { po_number: 'PO-1', line_number: '3365', quantity: '-1.2500', day: '2026-11-28' },
      { po_number: 'PO-1', line_number: '16448', quantity: '999999.9990', day: '2026-11-28' },
      { po_number: 'PO-1', line_number: '65535', quantity: '0.0000', day: '2026-11-28' },
    ])
  })

  test('bytes that are no number reject their record, shown as they are; a field never filled is empty', async () => {
    const check = await bench.check(
      contract(),
      Buffer.concat([
        record({}),
        record({ line: 2n, qty: packed('0000125a0', 'c') }),
        record({ line: 3n, qty: packed('000012500', '1') }),
        record({ line: 4n, qty: ebcdic('12.50') }),
        record({ line: 5n, qty: Buffer.alloc(5) }),
        record({ line: 6n, qty: ebcdic('     ') }),
      ]),
    )
    const wanted = 'is not a number without a point, 3 decimals implied'
    expect(said(check)).toEqual([
      `DATA-TYPE extract.txt: line 2 (record 2): QTY "x0000125A0C" ${wanted}`,
      `DATA-TYPE extract.txt: line 3 (record 3): QTY "x0000125001" ${wanted}`,
      `DATA-TYPE extract.txt: line 4 (record 4): QTY "xF1F24BF5F0" ${wanted}`,
      'DATA-REQUIRED extract.txt: line 5 (record 5): QTY is empty',
      'DATA-REQUIRED extract.txt: line 6 (record 6): QTY is empty',
    ])
  })

  test('a file of ASCII with stored numbers, in an encoding of a byte a character', async () => {
    const ascii = (text: string) => Buffer.from(text, 'latin1')
    const check = await bench.check(
      contract('encoding: windows-1252'),
      record({ qty: packed('000000500', 'd') }, ascii),
    )
    expect(await rows(check)).toMatchObject([{ quantity: '-0.5000' }])
  })

  test('control records before and behind, as in any file of fixed places', async () => {
    const check = await bench.check(
      contract(
        'encoding: cp037, header-marker: HDR, trailer: { marker: TRL, fields: [{ from: 4, width: 3 }], count: 1 }',
      ),
      Buffer.concat([ebcdic('HDR20261128'.padEnd(26)), record({}), record({ line: 2n }), ebcdic('TRL002'.padEnd(26))]),
    )
    expect([said(check), check.accepted]).toEqual([[], 2])
  })

  test('a record that is cut, and text that has a line end', async () => {
    const cut = await bench.check(contract(), Buffer.concat([record({}), record({ line: 2n }).subarray(0, 20)]))
    expect(cut).toMatchObject({ accepted: 1, rejected: 1 })
    const broken = record({ line: 2n })
    broken[3] = 0x25
    expect(said(await bench.check(contract(), Buffer.concat([record({}), broken])))).toEqual([
      'FILE-UNREADABLE extract.txt: record 2 has a line end at byte 4, where text is agreed and no line ends (line-ends: false); nothing of the file is used',
    ])
  })

  test('every number of so many digits comes back as it was stored', async () => {
    const number = fc.record({
      line: fc.bigInt({ min: 0n, max: 65_535n }),
      qty: fc.bigInt({ min: 0n, max: 999_999_999n }),
      minus: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(number, { selector: ({ line }) => line, minLength: 1, maxLength: 20 }),
        async (numbers) => {
          const check = await bench.check(
            contract(),
            Buffer.concat(
              numbers.map(({ line, qty, minus }) =>
                record({ line, qty: packed(qty.toString().padStart(9, '0'), minus ? 'd' : 'c') }),
              ),
            ),
          )
          const thousandths = (text: string) => BigInt(text.replace('.', '')) / 10n
          const read = (await rows(check)) as { line_number: string; quantity: string }[]
          expect(read.map(({ line_number, quantity }) => [BigInt(line_number), thousandths(quantity)])).toEqual(
            numbers.map(({ line, qty, minus }) => [line, minus ? -qty : qty]),
          )
        },
      ),
      { numRuns: 15 },
    )
  })

  test('signed binary numbers of one to eight bytes', async () => {
    for (const [bytes, value] of [
      [1, -128n],
      [2, -2n],
      [4, -2_147_483_648n],
      [8, -9_007_199_254_740_993n],
    ] as const) {
      const format = contract('encoding: cp037', (yaml) =>
        yaml
          .replace('record-length: 26', `record-length: ${21 + bytes}`)
          .replace(
            'stored-as: packed, implied-decimals: 3, from: 15, width: 5',
            `stored-as: binary, implied-decimals: 4, from: ${22}, width: ${bytes}`,
          )
          .replace('from: 20, width: 5', 'from: 15, width: 5')
          .replace('from: 25, width: 2', 'from: 20, width: 2'),
      )
      const check = await bench.check(
        format,
        Buffer.concat([
          ebcdic('10PO-1  '),
          binary(1n, 2),
          ebcdic('R001'),
          packed('020261128', 'f'),
          ebcdic('EA'),
          binary(value, bytes),
        ]),
      )
      expect(said(check)).toEqual([])
      const [row] = (await rows(check)) as { quantity: string }[]
      expect(BigInt(row?.quantity.replace('.', '') ?? '')).toBe(value)
    }
  })

  test('any bytes at all are read or told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 26, maxLength: 78 }), async (bytes) => {
        const check = await bench.check(contract(), Buffer.from(bytes))
        expect(check.accepted + check.rejected).toBe(check.records)
      }),
      { numRuns: 25 },
    )
  })
})

test('a sign over the last digit as ASCII systems write it: p to y are minus', async () => {
  const columns = `
columns:
  - { name: CO, kind: text, from: 1, width: 2 }
  - { name: PO, kind: text, from: 3, width: 2 }
  - { name: LINE, kind: text, from: 5, width: 1 }
  - { name: QTY, kind: decimal, overpunch: true, implied-decimals: 2, from: 6, width: 4 }
projections:
  - relation: receipt_line
    key: [company, po_number, line_number]
    map: { company: CO, po_number: PO, line_number: LINE, receipt_number: LINE, quantity: QTY, uom: { constant: EA }, received_on: DAY }
`.replace('projections', '  - { name: DAY, kind: date, formats: ["%Y%m%d"], from: 10, width: 8 }\nprojections')
  const agreed = ExtractContract.parse({
    contract: 'c',
    title: 't',
    source: 's',
    ...parse(`format: { kind: fixed }${columns}`),
  })
  const check = await bench.check(
    agreed,
    ['0125', '012u', '012p', '012N', '012z'].map((qty, n) => `10P1${n}${qty}20261128\n`).join(''),
  )
  expect((await rows(check)).map((row) => (row as { quantity: string }).quantity)).toEqual([
    '1.2500',
    '-1.2500',
    '-1.2000',
    '-1.2500',
  ])
  expect(check).toMatchObject({ rejected: 1, findings: [{ code: 'DATA-TYPE', values: { QTY: '012z' } }] })
})
