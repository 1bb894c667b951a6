import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallestFile } from '../../src/formats/delimited/early-load.js'
import { type Bench, header, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const contract = receipts({ format: { trailer: { marker: 'TRL', count: 2, sums: [{ position: 3, column: 'QTY' }] } } })
const records = '100|P1|1|R1|5.25|EA|01/31/2024\n100|P1|2|R1|-0.0001|EA|01/31/2024\n'
const file = (trailer: string): string => `${header}\n${records}${trailer}`

describe('a trailer is held against the records', () => {
  test('count and sum tie exactly', async () => {
    const check = await bench.check(contract, file('TRL|2|5.2499\n'))
    expect(check).toMatchObject({
      usable: true,
      records: 2,
      accepted: 2,
      sums: [{ column: 'QTY', declared: '5.2499', read: '5.2499', unreadable: 0 }],
      findings: [],
    })
  })

  test('to the last place where a value or the sum is longer than most', async () => {
    const large = '100|P1|1|R1|99999999999999.9999|EA|01/31/2024\n100|P1|2|R1|99999999999999.9999|EA|01/31/2024\n'
    const of = (sum: string) =>
      bench.check(contract, `${header}\n${large}100|P1|3|R1|0.0003|EA|01/31/2024\nTRL|3|${sum}\n`)
    expect(await of('200000000000000.0001')).toMatchObject({ usable: true, accepted: 3, findings: [] })
    expect(await of('200000000000000.0002')).toMatchObject({ usable: false, findings: [{ code: 'FILE-TOTALS' }] })
  })

  test('of a file so large that it is loaded before its end is known, which is written otherwise', async () => {
    const many = Array.from({ length: 400_000 }, (_, n) => `100|PO-${n}-OF-MANY|1|R${n}|1.25|EA|01/31/2024\n`).join('')
    expect(many.length).toBeGreaterThan(smallestFile)
    const check = await bench.check(
      contract,
      `${header}\n${many}100|P1|1|R1| 7.50 |EA|01/31/2024\nTRL|400001|500007.50\n`,
    )
    expect(check).toMatchObject({ usable: true, accepted: 400_001, findings: [], sums: [{ read: '500007.5' }] })
    const { index } = check.file
    const [told] = await bench.engine.rows<{ first: number; last: number; columns: string }>(`
      SELECT min(source_record) AS first, max(source_record) AS last,
        (SELECT string_agg(column_name) FROM duckdb_columns() WHERE table_name = 'receipt_line' AND column_name LIKE 'summed%') AS columns
      FROM receipt_line WHERE source_file = ${index}`)
    expect(told).toEqual({ first: 1, last: 400_001, columns: null })
  })

  test('of columns that the relation holds otherwise, or not at all', async () => {
    const of = receipts({
      format: {
        trailer: {
          marker: 'TRL',
          sums: [
            { position: 2, column: 'QTY' },
            { position: 3, column: 'WEIGHT' },
          ],
        },
      },
      columns: [
        ...contract.columns,
        { name: 'BACK', kind: 'decimal', scale: 4 },
        { name: 'WEIGHT', kind: 'decimal', scale: 3 },
      ],
      map: { quantity: { column: 'QTY', minus: 'BACK' } },
    })
    const check = (weight: string, trailer: string) =>
      bench.check(
        of,
        `${header}|BACK|WEIGHT\n100|P1|1|R1|5|EA|01/31/2024|1.5|0.125\n100|P1|2|R1|7|EA|01/31/2024||${weight}\n${trailer}\n`,
      )
    const short = await check('2.5', 'TRL|12|2.625')
    expect(short).toMatchObject({ usable: true, accepted: 2, findings: [] })
    expect(short.sums.map(({ read }) => read)).toEqual(['12', '2.625'])
    const rows = `FROM receipt_line WHERE source_file = ${short.file.index} ORDER BY line_number`
    expect(await bench.engine.rows(`SELECT quantity, source_record ${rows}`)).toEqual([
      { quantity: '3.5000', source_record: 1 },
      { quantity: '7.0000', source_record: 2 },
    ])
    expect(await check('', 'TRL|12|0.125')).toMatchObject({ usable: true, accepted: 2 })
    expect(await check('12345678901234567890.5', 'TRL|12|12345678901234567890.625')).toMatchObject({
      usable: true,
      accepted: 2,
    })
    expect(await check('2.5', 'TRL|12|2.624')).toMatchObject({ usable: false, findings: [{ code: 'FILE-TOTALS' }] })
  })

  test('also without a newline after it, quoted, or padded to the columns of the data', async () => {
    for (const trailer of ['TRL|2|5.2499', '"TRL"|"2"|"5.2499"\n', 'TRL|2|5.2499||||\n', 'TRL|2|5.2499||||\n\n\n'])
      expect(await bench.check(contract, file(trailer))).toMatchObject({
        usable: true,
        records: 2,
        accepted: 2,
        findings: [],
      })
  })

  test.each([
    ['no trailer', '', 'FILE-TRUNCATED'],
    ['cut before its count', 'TRL|', 'FILE-TRUNCATED'],
    ['cut before its sum', 'TRL|2', 'FILE-TRUNCATED'],
    ['a sum that is no number', 'TRL|2|5.24e3\n', 'FILE-TRUNCATED'],
    ['wrong count', 'TRL|3|5.2499\n', 'FILE-TOTALS'],
    ['wrong sum by the smallest amount', 'TRL|2|5.2498\n', 'FILE-TOTALS'],
    ['not the last record', 'TRL|2|5.2499\n100|P1|3|R1|1|EA|01/31/2024\n', 'FILE-TRUNCATED'],
  ])('%s: nothing of the file is used', async (_, trailer, code) => {
    const check = await bench.check(contract, file(trailer))
    expect(check).toMatchObject({ usable: false, accepted: 0, rows: {} })
    expect(check.rejected).toBe(check.records)
    expect(check.findings.map((finding) => finding.code)).toEqual([code])
    expect(check.findings[0]?.keys).toEqual({ file: 'receipts' })
    expect(await bench.engine.rows(`SELECT * FROM receipt_line WHERE source_file = ${check.file.index}`)).toEqual([])
  })

  test('the count includes records that are rejected; a sum with an unreadable value proves nothing', async () => {
    const check = await bench.check(
      contract,
      `${header}\n${records}100|P1|3|R1|1e3|EA|01/31/2024\nshort|record\nTRL|4|99\n`,
    )
    expect(check).toMatchObject({ usable: true, records: 4, accepted: 2, rejected: 2, sums: [{ unreadable: 2 }] })
    expect(check.findings.map(({ code }) => code)).toEqual(['DATA-TYPE', 'DATA-TYPE'])
  })

  test('no record, and a trailer that says so', async () => {
    const check = await bench.check(contract, `${header}\nTRL|0|0\n`)
    expect(check).toMatchObject({ usable: true, records: 0, accepted: 0 })
    expect(check.findings.map(({ code }) => code)).toEqual(['FILE-EMPTY'])
  })
})
