import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'

const folder = new URL('../../templates/extracts/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

test('two layouts of six extracts are shipped', () => {
  expect(files).toHaveLength(12)
})

test.each(files)('%s fits the schema', (name) => {
  const contract = ExtractContract.parse(parse(readFileSync(new URL(name, folder), 'utf8')))
  expect(`${contract.contract}.yaml`).toBe(name)
})
