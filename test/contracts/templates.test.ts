import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'

const folder = new URL('../../templates/extracts/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

test('each extract of one ERP is shipped in the layout of the other too', () => {
  const of = (erp: string) =>
    files.filter((name) => name.startsWith(`${erp}-`)).map((name) => name.slice(erp.length + 1))
  const ofOneAlone = ['gl-transactions.yaml', 'journals.yaml']
  const shared = (names: readonly string[]) => names.filter((name) => !ofOneAlone.includes(name))
  expect(shared(of('lawson')).length).toBeGreaterThanOrEqual(6)
  expect(shared(of('lawson'))).toEqual(shared(of('peoplesoft')))
})

test.each(files)('%s fits the schema', (name) => {
  const contract = ExtractContract.parse(parse(readFileSync(new URL(name, folder), 'utf8')))
  expect(`${contract.contract}.yaml`).toBe(name)
})
