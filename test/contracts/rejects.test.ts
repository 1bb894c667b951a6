import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { type Bench, header, openBench, receipts, shipped } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const quoted = '"CO"|"PO"|"LINE"|"REC"|"QTY"|"UOM"|"DAY"'

describe('a rejected record is told where it stands, the others go on', () => {
  test('physical line and record, also after quoted newlines', async () => {
    const check = await bench.check(
      receipts(),
      `${quoted}\n1|P1|1|R1|1|EA|01/01/2024\n1|P2|1|"R\n\n2"|1|EA|01/01/2024\n1|P3|1|R3|1e3|EA|01/01/2024\n1|P4\n1|P5|1|R5|2|EA|13/01/2024\n`,
      'rec.txt',
    )
    expect(check).toMatchObject({ usable: true, records: 5, accepted: 2, rejected: 3, rows: { receipt_line: 2 } })
    expect(check.findings.map(({ message }) => message)).toEqual([
      'rec.txt: line 6 (record 3): QTY "1e3" is not a number in plain notation with at most 4 digits after the point',
      'rec.txt: line 7 (record 4) has 2 values instead of 7',
      'rec.txt: line 8 (record 5): DAY "13/01/2024" is not a date written as %m/%d/%Y',
    ])
    expect(check.findings[0]).toMatchObject({
      code: 'DATA-TYPE',
      keys: { file: 'receipts', field: 'QTY', record: '1/P3/1/R3' },
      evidence: [{ file: 'rec.txt', sha256: check.file.sha256, line: 6, record: 3, column: 'QTY', value: '1e3' }],
    })
    const accepted = await bench.engine.rows(
      `SELECT po_number, source_record FROM receipt_line WHERE source_file = ${check.file.index} ORDER BY 2`,
    )
    expect(accepted).toEqual([
      { po_number: 'P1', source_record: 1 },
      { po_number: 'P2', source_record: 2 },
    ])
  })

  test('every fault of a record is told', async () => {
    const check = await bench.check(receipts(), `${header}\n1||1|R1|x||01/01/24\n`)
    expect(check).toMatchObject({ records: 1, rejected: 1 })
    expect(check.findings.map(({ code, keys }) => `${code} ${keys.field}`)).toEqual([
      'DATA-TYPE DAY',
      'DATA-REQUIRED PO',
      'DATA-TYPE QTY',
      'DATA-REQUIRED UOM',
    ])
  })

  test('the keys are the same tomorrow: another file name, another line', async () => {
    const bad = '1|P3|1|R3|1e3|EA|01/01/2024\n1||1|R3|1|EA|01/01/2024\n1|cut\n'
    const today = await bench.check(receipts(), `${header}\n${bad}`, 'rec-0131.txt')
    const tomorrow = await bench.check(receipts(), `${header}\n1|P0|1|R1|1|EA|01/01/2024\n${bad}`, 'rec-0201.txt')
    expect(today.findings).toHaveLength(3)
    expect(tomorrow.findings.map(({ keys }) => keys)).toEqual(today.findings.map(({ keys }) => keys))
  })

  test('a usage event that stands twice is for the matcher to tell (USE-DUPLICATE), and is kept twice', async () => {
    const names = 'USAGE CASE LINE SUPPLY QTY UNIT LOCATION DAY'.split(' ')
    const usage = {
      contract: 'usage',
      title: 'Usage',
      source: 'EHR',
      format: { kind: 'delimited', delimiter: '|', header: true },
      columns: names.map((name) =>
        name === 'QTY'
          ? { name, kind: 'decimal' }
          : name === 'DAY'
            ? { name, kind: 'date', formats: ['%Y-%m-%d'] }
            : { name, kind: 'text' },
      ),
      projections: [
        {
          relation: 'usage_line',
          key: ['usage', 'case_hash', 'line'],
          map: {
            usage: 'USAGE',
            case_hash: 'CASE',
            line: 'LINE',
            identifier: 'SUPPLY',
            quantity: 'QTY',
            uom: 'UNIT',
            location: 'LOCATION',
            used_on: 'DAY',
          },
        },
      ],
    }
    const line = 'U1|C1|1|E-GLOVE|1|EA|OR1|2026-11-28\n'
    const check = await bench.check(ExtractContract.parse(usage), `${names.join('|')}\n${line}${line}`)
    expect(check).toMatchObject({ accepted: 2, rejected: 0, rows: { usage_line: 2 }, findings: [] })
  })

  test('two records without their key do not become one', async () => {
    const check = await bench.check(receipts(), `${header}\n1||1|R3|1|EA|01/01/2024\n1||1|R3|2|EA|01/01/2024\n`)
    expect(new Set(check.findings.map(({ keys }) => keys.record)).size).toBe(2)
  })

  test('a quote never closed loses one record', async () => {
    const check = await bench.check(receipts(), `${header}\n1|P1|1|"R1|1|EA|01/01/2024\n1|P2|1|R1|1|EA|01/01/2024\n`)
    expect(check).toMatchObject({ usable: true, records: 2, accepted: 1, rejected: 1 })
    expect(check.findings[0]?.message).toBe(
      'extract.txt: line 2 (record 1) has a quote that is not closed, or is closed in the middle of a value',
    )
  })

  test('more than can be listed are counted, and all stand in the table', async () => {
    const lines = Array.from({ length: 1500 }, (_, n) => `1|P${n}|1|R1|x|EA|01/01/2024\n`)
    const check = await bench.check(
      { ...receipts(), 'most-rejected-percent': 100 },
      `${header}\n${lines.join('')}1|P|1|R1|1|EA|01/01/2024\n`,
    )
    expect(check).toMatchObject({ records: 1501, accepted: 1, rejected: 1500 })
    expect(check.findings).toHaveLength(1001)
    expect(check.findings.at(-1)).toMatchObject({ code: 'DATA-TYPE', values: { rejected: '1500', listed: '1000' } })
    const [all] = await bench.engine.rows(
      `SELECT count(*) AS n, min(line) AS first, max(line) AS last FROM reject WHERE source_file = ${check.file.index}`,
    )
    expect(all).toEqual({ n: 1500, first: 2, last: 1501 })
  })

  test('a personal value is told of, never told', async () => {
    const columns = [...receipts().columns, { name: 'BORN', kind: 'text', required: true, sensitivity: 'personal' }]
    const check = await bench.check(
      receipts({ columns }),
      `${header}|BORN\n1|P1|1|R1|x|EA|01/01/2024|1960-05-05\n1|P2|Smith\n`,
    )
    expect(check).toMatchObject({ rejected: 2 })
    expect(JSON.stringify(check.findings)).not.toMatch(/1960|Smith/)
    expect(JSON.stringify(await bench.engine.rows('SELECT * FROM reject'))).not.toMatch(/1960|Smith/)
  })
})

describe('doubled keys', () => {
  test('records that say the same become one', async () => {
    const check = await bench.check(
      receipts(),
      `${header}\n1|P1|1|R1|1|EA|01/01/2024\n1|P2|1|R1|1|EA|01/01/2024\n1|P1|1|R1|1.0|EA|01/01/2024\n`,
    )
    expect(check).toMatchObject({ usable: true, records: 3, accepted: 2, rejected: 1, rows: { receipt_line: 2 } })
    expect(check.findings).toHaveLength(1)
    expect(check.findings[0]).toMatchObject({
      code: 'DATA-KEY-DUPLICATE',
      keys: { record: 'receipt_line 1/P1/1/R1' },
      evidence: [{ record: 3, line: 4 }],
    })
    expect(check.findings[0]?.message).toContain('is the same as record 1, which is used')
  })

  test('records that differ are all held back: nothing tells which is right', async () => {
    const check = await bench.check(
      receipts(),
      `${header}\n1|P1|1|R1|1|EA|01/01/2024\n1|P2|1|R1|1|EA|01/01/2024\n1|P1|1|R1|2|EA|01/01/2024\n`,
    )
    expect(check).toMatchObject({ records: 3, accepted: 1, rejected: 2 })
    expect(check.findings).toHaveLength(1)
    expect(check.findings[0]?.message).toContain('differs between records 1, 3, so none is used')
    expect(check.findings[0]?.evidence.map(({ line }) => line)).toEqual([2, 4])
    expect(
      await bench.engine.rows(`SELECT po_number FROM receipt_line WHERE source_file = ${check.file.index}`),
    ).toEqual([{ po_number: 'P2' }])
  })

  test('an empty release is a value like another', async () => {
    const contract = receipts({
      columns: [...receipts().columns, { name: 'REL', kind: 'text' }],
      map: { release: 'REL' },
    })
    const keyed = {
      ...contract,
      projections: contract.projections.map((projection) => ({ ...projection, key: [...projection.key, 'release'] })),
    }
    const check = await bench.check(
      keyed,
      `${header}|REL\n1|P1|1|R1|1|EA|01/01/2024|\n1|P1|1|R1|2|EA|01/01/2024|\n1|P1|1|R1|3|EA|01/01/2024|1\n`,
    )
    expect(check).toMatchObject({ records: 3, accepted: 1, rejected: 2 })
  })
})

describe('an item file fills items and their units', () => {
  const items = shipped('lawson-items')
  const names = items.columns.map(({ name }) => name)
  const line = (values: Record<string, string>): string => names.map((name) => values[name] ?? '').join('|')
  const one = { ITEM: '1001', STOCK_UOM: 'EA', ACTIVE_STATUS: 'A' }

  test('one record, three units; multiplier 0 stays 0', async () => {
    const record = line({
      ...one,
      GTIN: '857674002015',
      ALT_UOM_1: 'BX',
      ALT_CONV_1: '10',
      ALT_UOM_2: 'cs',
      ALT_CONV_2: '0',
    })
    const check = await bench.check(items, `${names.join('|')}\n${record}\nTRL|1\n`)
    expect(check).toMatchObject({ usable: true, records: 1, accepted: 1, rows: { item: 1, item_uom: 3 }, findings: [] })
    expect(
      await bench.engine.rows(
        `SELECT uom, factor, gtin FROM item_uom WHERE source_file = ${check.file.index} ORDER BY uom`,
      ),
    ).toEqual([
      { uom: 'BX', factor: '10.0000', gtin: null },
      { uom: 'CS', factor: '0.0000', gtin: null },
      { uom: 'EA', factor: '1.0000', gtin: '00857674002015' },
    ])
  })

  test('a wrong unit is held back, the item is not; the record counts as rejected once', async () => {
    const check = await bench.check(
      items,
      `${names.join('|')}\n${line({ ...one, ALT_UOM_1: 'BX', ALT_CONV_1: 'ten' })}\n${line({ ...one, ITEM: '', ALT_UOM_1: 'BX' })}\nTRL|2\n`,
    )
    expect(check).toMatchObject({ records: 2, accepted: 0, rejected: 2, rows: { item: 1, item_uom: 1 } })
    expect(check.findings.map(({ code, keys }) => [code, keys.field])).toEqual([
      ['DATA-TYPE', 'ALT_CONV_1'],
      ['DATA-REQUIRED', 'ITEM'],
    ])
  })

  test('a unit given twice with different sizes is held back', async () => {
    const check = await bench.check(
      items,
      `${names.join('|')}\n${line({ ...one, ALT_UOM_1: 'BX', ALT_CONV_1: '10', ALT_UOM_2: 'BX', ALT_CONV_2: '12' })}\nTRL|1\n`,
    )
    expect(check).toMatchObject({ rejected: 1, rows: { item: 1, item_uom: 1 } })
    expect(check.findings.map(({ code, keys }) => [code, keys.record])).toEqual([
      ['DATA-KEY-DUPLICATE', 'item_uom 1001/BX'],
    ])
  })
})

test.each([' P1', '"P1"', ' \u{a0}P1', '"P1 "'])(
  'a key stands twice however it is written: P1 and %s',
  async (again) => {
    const check = await bench.check(receipts(), `${header}\n1|P1|1|R|2|EA|01/31/2024\n1|${again}|1|R|3|EA|01/31/2024\n`)
    expect(check.findings.map(({ code }) => code)).toEqual(['DATA-KEY-DUPLICATE'])
    expect(check).toMatchObject({ records: 2, accepted: 0, rejected: 2 })
  },
)
