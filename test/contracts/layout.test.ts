import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, header, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const good = '100|P1|1|R1|5|EA|01/31/2024\n'
const quantities = async (index: number): Promise<unknown[]> =>
  (
    await bench.engine.rows<{ quantity: string }>(
      `SELECT quantity FROM receipt_line WHERE source_file = ${index} ORDER BY source_record`,
    )
  ).map(({ quantity }) => quantity)

describe('a header binds by name', () => {
  test('swapped columns are read where they now stand', async () => {
    const check = await bench.check(receipts(), 'DAY|QTY|CO|PO|LINE|REC|UOM\n01/31/2024|5|100|P1|1|R1|EA\n')
    expect(check).toMatchObject({ usable: true, records: 1, accepted: 1, rejected: 0, findings: [] })
    expect(await bench.engine.rows(`SELECT * FROM receipt_line WHERE source_file = ${check.file.index}`)).toEqual([
      {
        company: '100',
        po_number: 'P1',
        release: null,
        line_number: '1',
        receipt_number: 'R1',
        receipt_line: null,
        quantity: '5.0000',
        uom: 'EA',
        received_on: '2024-01-31',
        source_file: check.file.index,
        source_record: 1,
      },
    ])
  })

  test('case, spaces and a delimiter at the end do not matter', async () => {
    const check = await bench.check(receipts(), ` co|Po|LINE |REC|QTY|UOM|DAY|\n${good}`)
    expect(check).toMatchObject({ usable: true, accepted: 1, findings: [] })
  })

  test('a renamed column makes the file unusable, and the new name is suggested', async () => {
    const check = await bench.check(receipts(), `CO|PO|LINE|REC|QTY_RECVD|UOM|DAY\n${good}`, 'receipts-0131.txt')
    expect(check).toMatchObject({ usable: false, records: 1, accepted: 0, rejected: 1, rows: {} })
    expect(check.findings).toHaveLength(1)
    expect(check.findings[0]).toMatchObject({
      code: 'DATA-COLUMN-MISSING',
      keys: { file: 'receipts', field: 'QTY' },
      message: 'receipts-0131.txt: there is no column QTY; was QTY_RECVD meant?; nothing of the file is used',
    })
    expect(await quantities(check.file.index)).toEqual([])
  })

  test('a column standing twice cannot be told apart', async () => {
    const check = await bench.check(receipts(), `${header}|qty\n100|P1|1|R1|5|EA|01/31/2024|6\n`)
    expect(check.usable).toBe(false)
    expect(check.findings.map(({ code }) => code)).toEqual(['DATA-COLUMN-MISSING'])
  })

  test('a new column is reported once and does no harm', async () => {
    const check = await bench.check(receipts(), `CO|PO|LOT|LINE|REC|QTY|UOM|DAY\n100|P1|L|1|R1|5|EA|01/31/2024\n`)
    expect(check).toMatchObject({ usable: true, accepted: 1 })
    expect(check.findings.map(({ code, keys }) => [code, keys.field])).toEqual([['DATA-COLUMN-NEW', 'LOT']])
    expect(await quantities(check.file.index)).toEqual(['5.0000'])
  })

  test('new columns may be ignored by contract', async () => {
    const check = await bench.check(
      { ...receipts(), 'new-columns': 'ignore' },
      `${header}|LOT\n100|P1|1|R1|5|EA|01/31/2024|L\n`,
    )
    expect(check).toMatchObject({ usable: true, accepted: 1, findings: [] })
  })

  test('an optional column may be absent', async () => {
    const columns = [
      ...receipts().columns.filter(({ name }) => name !== 'UOM'),
      { name: 'UOM', kind: 'text', optional: true },
    ]
    const contract = receipts({ columns, map: { uom: { column: 'UOM', 'empty-as': 'EA' } } })
    const check = await bench.check(contract, 'CO|PO|LINE|REC|QTY|DAY\n100|P1|1|R1|5|01/31/2024\n')
    expect(check).toMatchObject({ usable: true, accepted: 1, findings: [] })
  })
})

describe('without a header the order binds', () => {
  const contract = receipts({ format: { header: false } })

  test('all records are data', async () => {
    const check = await bench.check(contract, good)
    expect(check).toMatchObject({ usable: true, records: 1, accepted: 1 })
  })

  test('a short record among good ones is rejected, not the file', async () => {
    const check = await bench.check(contract, `100|P1\n100|P2\n${good}`)
    expect(check).toMatchObject({ usable: true, records: 3, accepted: 1, rejected: 2 })
  })

  test('a column dropped from all records is missing', async () => {
    const check = await bench.check(contract, '100|P1|1|R1|5|EA\n100|P1|2|R1|5|EA\n')
    expect(check).toMatchObject({ usable: false, records: 2, rejected: 2 })
    expect(check.findings[0]).toMatchObject({ code: 'DATA-COLUMN-MISSING', keys: { field: 'DAY' } })
  })

  test('a column added to all records is new', async () => {
    const check = await bench.check(contract, '100|P1|1|R1|5|EA|01/31/2024|x\n')
    expect(check).toMatchObject({ usable: true, accepted: 1 })
    expect(check.findings.map(({ code, keys }) => [code, keys.field])).toEqual([['DATA-COLUMN-NEW', 'column 8']])
  })
})

describe('files that are not what was agreed', () => {
  test('nothing tonight: of records alone, delimited or at fixed places, a file without a byte is an extract without records', async () => {
    const places = [1, 3, 10, 13, 20, 27, 30].map((from, n) => ({ from, width: [2, 7, 3, 7, 7, 3, 10][n] }))
    const { columns } = receipts()
    for (const contract of [
      receipts({ format: { header: false } }),
      receipts({ format: { kind: 'fixed' }, columns: columns.map((column, n) => ({ ...column, ...places[n] })) }),
    ]) {
      const check = await bench.check(contract, '')
      expect(check).toMatchObject({ usable: true, records: 0, accepted: 0 })
      expect(check.findings.map(({ code }) => code)).toEqual(['FILE-EMPTY'])
    }
  })

  test('an empty file', async () => {
    const check = await bench.check(receipts(), '')
    expect(check).toMatchObject({ usable: false, records: 0, accepted: 0, rejected: 0 })
    expect(check.findings.map(({ code }) => code)).toEqual(['FILE-EMPTY'])
  })

  test('a header and no record', async () => {
    const check = await bench.check(receipts(), `${header}\n`)
    expect(check).toMatchObject({ usable: true, records: 0 })
    expect(check.findings.map(({ code }) => code)).toEqual(['FILE-EMPTY'])
  })

  test('bytes that are not UTF-8 are named by their offset', async () => {
    const check = await bench.check(receipts(), Buffer.from(`${header}\n100|P\xe9|1|R1|5|EA|01/31/2024\n`, 'latin1'))
    expect(check).toMatchObject({ usable: false, records: 1, rejected: 1 })
    expect(check.findings[0]).toMatchObject({ code: 'FILE-UNREADABLE', evidence: [{ byteOffset: header.length + 6 }] })
  })

  test('the control record before the data must be there', async () => {
    const contract = receipts({ format: { 'header-marker': 'HDR' } })
    expect(await bench.check(contract, `HDR|20240131\n${header}\n${good}`)).toMatchObject({ usable: true, accepted: 1 })
    const without = await bench.check(contract, `${header}\n${good}`)
    expect(without.usable).toBe(false)
    expect(without.findings[0]?.code).toBe('FILE-UNREADABLE')
  })
})

describe('the end of a file without a trailer', () => {
  test('a last value that may be cut is not used', async () => {
    const check = await bench.check(receipts(), `${header}\n${good}100|P1|2|R1|5|EA|01/31/202`)
    expect(check).toMatchObject({ usable: true, records: 2, accepted: 1, rejected: 1 })
    expect(check.findings[0]).toMatchObject({ code: 'FILE-TRUNCATED', evidence: [{ line: 3, record: 2 }] })
  })

  test('a closed quote proves that the last value is whole', async () => {
    const check = await bench.check(receipts(), `${header}\n100|P1|2|R1|5|EA|"01/31/2024"`)
    expect(check).toMatchObject({ usable: true, records: 1, accepted: 1, findings: [] })
  })
})
