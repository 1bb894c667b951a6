import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { applyChanges, type ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const vendors: ExtractContract = ExtractContract.parse({
  contract: 'vendors',
  title: 'Vendors',
  source: 'another ERP',
  ...parse(`
format: { kind: delimited, delimiter: "|", header: true, trailer: { marker: T, count: 2 } }
columns:
  - { name: ACT, kind: text, optional: true }
  - { name: NO, kind: text, required: true }
  - { name: NAME, kind: text, required: true }
  - { name: TERMS, kind: text }
projections:
  - relation: vendor
    key: [company, supplier]
    changes: { column: ACT, codes: { A: put, C: put, "": put, D: remove } }
    map: { supplier: { column: NO, transform: [strip-leading-zeros] }, name: NAME, terms: TERMS, status: { constant: active }, company: { column: NO, characters: { from: 1, count: 1 }, codes: { "0": "10", "1": "20" } } }
`),
})
const file = (head: string, ...records: string[]) => [head, ...records, `T|${records.length}`, ''].join('\n')
const said = (...checks: ExtractCheck[]) =>
  checks.flatMap(({ findings }) => findings.map(({ code, message }) => `${code} ${message}`))
const names = async () =>
  (
    await bench.engine.rows<{ said: string }>("SELECT supplier || ' ' || name AS said FROM vendor ORDER BY supplier")
  ).map((row) => row.said)

describe('extracts of changes', () => {
  test('are put over the whole one, oldest first: added, changed, taken out, and put again after that', async () => {
    const whole = await bench.check(vendors, file('NO|NAME|TERMS', '01|Ada|', '02|Bea|', '03|Cy|', '04|Dan|N30'))
    const first = await bench.check(
      vendors,
      file('ACT|NO|NAME|TERMS', 'C|02|Beata|', 'D|03||', 'A|05|Eve|', '|04|Dan|N45'),
      'chg1',
      { changes: true },
    )
    const second = await bench.check(vendors, file('ACT|NO|NAME|TERMS', 'D|05||', 'A|03|Cyril|', 'D|09||'), 'chg2', {
      changes: true,
    })
    expect(said(whole, first, second)).toEqual([])
    expect([first.records, first.accepted]).toEqual([4, 4])
    await applyChanges(
      bench.engine,
      vendors,
      [whole, first, second].map(({ file }) => file.index),
    )
    expect(await names()).toEqual(['1 Ada', '2 Beata', '3 Cyril', '4 Dan'])
    expect(await bench.engine.rows("SELECT terms FROM vendor WHERE supplier = '4'")).toEqual([{ terms: 'N45' }])
  })

  test('several changes of one record in a file: the last one counts, whatever it is', async () => {
    const whole = await bench.check(vendors, file('NO|NAME|TERMS', '01|Ada|', '02|Bea|'))
    const changes = await bench.check(
      vendors,
      file('ACT|NO|NAME|TERMS', 'A|03|Cy|', 'C|03|Cyril|', 'D|01||', 'A|01|Adam|', 'C|02|Beata|', 'D|02||'),
      'chg',
      { changes: true },
    )
    expect(said(whole, changes)).toEqual([])
    await applyChanges(
      bench.engine,
      vendors,
      [whole, changes].map(({ file }) => file.index),
    )
    expect(await names()).toEqual(['1 Adam', '3 Cyril'])
  })

  test('a change that cannot be read is told, and what it was to change stays as it was', async () => {
    const whole = await bench.check(vendors, file('NO|NAME|TERMS', '01|Ada|', '02|Bea|', '03|Cy|'))
    const changes = await bench.check(
      vendors,
      file('ACT|NO|NAME|TERMS', 'X|01|Adam|', 'C|02||', 'D|93||', 'D|||', 'D|03||', 'D|04||', 'D|05||'),
      'chg',
      { changes: true },
    )
    expect(said(changes)).toEqual([
      'DATA-TYPE chg: line 2 (record 1): ACT "X" is not one of A, C, empty, D',
      'DATA-REQUIRED chg: line 3 (record 2): NAME is empty',
      'DATA-TYPE chg: line 4 (record 3): NO "93" is not one of 0, 1',
      'DATA-REQUIRED chg: line 5 (record 4): NO is empty',
    ])
    expect([changes.records, changes.accepted, changes.rejected]).toEqual([7, 3, 4])
    await applyChanges(
      bench.engine,
      vendors,
      [whole, changes].map(({ file }) => file.index),
    )
    expect(await names()).toEqual(['1 Ada', '2 Bea'])
  })

  test('in a whole extract two records of one key are doubled, as ever', async () => {
    const whole = await bench.check(vendors, file('ACT|NO|NAME|TERMS', 'A|01|Ada|', 'C|01|Adam|', 'D|02||'))
    expect(said(whole)).toEqual([
      'DATA-KEY-DUPLICATE extract.txt: line 2 (record 1): company + supplier 10/1 differs between records 1, 2, so none is used',
    ])
  })
})
