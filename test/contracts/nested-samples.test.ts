import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const folder = path.join(import.meta.dirname, 'nested-samples')

/** Each file lies beside its contract and what becomes of it; REGENERATE=1 writes that. */
test.each(readdirSync(folder).filter((name) => /\.(json|xml)\.txt$/.test(name)))('%s', async (name) => {
  const base = path.join(folder, name.replace(/\.\w+\.txt$/, ''))
  const contract = ExtractContract.parse(parse(readFileSync(`${base}.yaml`, 'utf8')))
  const check = await bench.check(contract, readFileSync(path.join(folder, name)), name.replace('.txt', ''))
  const rows =
    await bench.engine.rows(`SELECT * EXCLUDE (source_file) REPLACE (quantity::VARCHAR AS quantity, received_on::VARCHAR AS received_on)
    FROM receipt_line WHERE source_file = ${check.file.index} ORDER BY source_record`)
  const { usable, records, accepted, rejected } = check
  const findings = check.findings.map(({ code, message }) => `${code} ${message}`)
  const became = `${JSON.stringify({ usable, records, accepted, rejected, findings, rows }, null, 2)}\n`
  const expected = `${base}.expected.txt`
  if (process.env.REGENERATE === '1') writeFileSync(expected, became)
  expect(existsSync(expected), 'run with REGENERATE=1').toBe(true)
  expect(became).toBe(readFileSync(expected, 'utf8'))
})
