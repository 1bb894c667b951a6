import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, header, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const lines = (count: number, day: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => `100|P${n}|1|R1|5|EA|${day(n)}\n`).join('')
const rowsOf = async (index: number): Promise<number> =>
  (await bench.engine.rows(`SELECT * FROM receipt_line WHERE source_file = ${index}`)).length

describe('a layout that has changed is seen', () => {
  test('dates in another form: the file is not used, one finding names the column, and nothing of it is left', async () => {
    const check = await bench.check(receipts(), `${header}\n${lines(30, (n) => (n < 3 ? '01/31/2024' : '2024-01-31'))}`)
    expect(check).toMatchObject({ usable: false, records: 30, accepted: 0, rejected: 30, rows: {} })
    expect(check.findings.map(({ code, keys }) => [code, keys])).toEqual([
      ['DATA-TYPE', { file: 'receipts', field: 'DAY' }],
    ])
    expect(check.findings[0]?.message).toContain('in 27 of 30 records ("2024-01-31" in line 5)')
    expect(check.drift).toMatchObject([{ kind: 'retyped', column: 'DAY', harmful: true }])
    expect(await rowsOf(check.file.index)).toBe(0)
    expect(await bench.engine.rows(`SELECT * FROM reject WHERE source_file = ${check.file.index}`)).toEqual([])
  })

  test('half of the records rejected is still one by one, and a small file is as long as one is good', async () => {
    const half = await bench.check(receipts(), `${header}\n${lines(30, (n) => (n < 15 ? '01/31/2024' : '?'))}`)
    expect(half).toMatchObject({ usable: true, accepted: 15, rejected: 15, drift: [] })
    const small = await bench.check(receipts(), `${header}\n${lines(19, (n) => (n < 1 ? '01/31/2024' : '?'))}`)
    expect(small).toMatchObject({ usable: true, accepted: 1, rejected: 18 })
    const none = await bench.check(receipts(), `${header}\n${lines(5, () => '?')}`)
    expect(none).toMatchObject({ usable: false, findings: [{ code: 'DATA-TYPE' }] })
  })

  test('the contract says how much is too much', async () => {
    const bytes = `${header}\n${lines(30, (n) => (n === 0 ? '?' : '01/31/2024'))}`
    expect(await bench.check({ ...receipts(), 'most-rejected-percent': 0 }, bytes)).toMatchObject({ usable: false })
    expect(await bench.check({ ...receipts(), 'most-rejected-percent': 4 }, bytes)).toMatchObject({ accepted: 29 })
  })

  test('new columns can be refused', async () => {
    const check = await bench.check(
      { ...receipts(), 'new-columns': 'refuse' },
      `${header}|LOT\n100|P1|1|R1|5|EA|01/31/2024|L\n`,
    )
    expect(check).toMatchObject({ usable: false, records: 1, accepted: 0 })
    expect(check.findings.map(({ code, keys }) => [code, keys.field])).toEqual([['DATA-COLUMN-NEW', 'LOT']])
    expect(check.drift).toMatchObject([{ kind: 'new', column: 'LOT', harmful: true }])
  })

  test('columns that moved do no harm under a header, and the fewest that moved are named', async () => {
    const check = await bench.check(receipts(), 'CO|DAY|PO|LINE|REC|QTY|UOM\n100|01/31/2024|P1|1|R1|5|EA\n')
    expect(check).toMatchObject({ usable: true, accepted: 1, findings: [] })
    expect(check.drift).toEqual([
      {
        kind: 'moved',
        column: 'DAY',
        harmful: false,
        said: 'column DAY stands after CO now; its header binds it all the same',
      },
    ])
  })
})
