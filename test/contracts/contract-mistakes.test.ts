import { expect, test } from 'vitest'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { contractMistakes } from '../../src/contracts/index.js'
import { openBench, receipts } from './extract-fixture.js'

const columns = receipts().columns
const withColumn = (column: object, map: object) => receipts({ columns: [...columns, column], map })

test.each([
  [
    'a relation that does not exist',
    receipts({ projections: [{ ...receipts().projections[0], relation: 'receipts' }] }),
    /no such relation/,
  ],
  ['a column the contract does not have', receipts({ map: { release: 'REL' } }), /REL is no column of the contract/],
  ['a canonical column that does not exist', receipts({ map: { lot: 'UOM' } }), /receipt_line has no column lot/],
  ['text where a quantity is wanted', receipts({ map: { quantity: 'UOM' } }), /UOM is text, but a quantity/],
  [
    'a personal column projected',
    withColumn({ name: 'BY', kind: 'text', sensitivity: 'personal' }, { release: 'BY' }),
    /BY is personal and never projected/,
  ],
  [
    'a constant that would be rounded',
    receipts({ map: { quantity: { constant: '1.23456' } } }),
    /"1.23456" is no quantity/,
  ],
  ['a time with a zone', withColumn({ name: 'T', kind: 'date', formats: ['%Y-%m-%dT%H:%M%z'] }, {}), /time zone/],
  [
    'a zone by its name',
    withColumn({ name: 'T', kind: 'date', formats: ['%Y-%m-%d %H:%M %Z'], 'day-in': 'UTC' }, {}),
    /as %z/,
  ],
  ['a date without formats', withColumn({ name: 'T', kind: 'date' }, {}), /needs formats/],
  ['a flag without values', withColumn({ name: 'F', kind: 'flag' }, {}), /needs true-values/],
  ['a column twice', withColumn({ name: 'uom', kind: 'text' }, {}), /stands twice/],
  [
    'a sum of text',
    receipts({ format: { trailer: { marker: 'T', sums: [{ position: 2, column: 'UOM' }] } } }),
    /no decimal or integer column/,
  ],
  [
    'a required column not mapped',
    receipts({ projections: [{ relation: 'item_uom', key: ['item'], map: { item: 'CO' } }] }),
    /factor is required and not mapped/,
  ],
  [
    'a key not mapped',
    receipts({ projections: [{ ...receipts().projections[0], key: ['release'] }] }),
    /key column release is not mapped/,
  ],
])('%s', (_, contract, message) => {
  expect(contractMistakes(ExtractContract.parse(contract)).join('\n')).toMatch(message)
})

test('a wrong contract is the operator’s to mend, not the partner’s', async () => {
  const bench = await openBench()
  await expect(bench.check(receipts({ map: { release: 'REL' } }), '')).rejects.toMatchObject({
    code: 'WORKSPACE-INVALID',
  })
  await bench.close()
})
