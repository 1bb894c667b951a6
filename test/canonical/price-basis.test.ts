import { afterAll, expect, test } from 'vitest'
import { type SetEngine, unitsOfBasis } from '../../src/canonical/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import words from '../../src/match/words.sql'

let engine: SetEngine | undefined
afterAll(async () => engine?.close())

test('rules in SQL and loads take each price basis of element 639 for the same number of units', async () => {
  engine = await openDuckDb()
  await engine.run(words)
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = ['', ...letters.flatMap((one) => letters.map((other) => one + other))]
  const rows = await engine.rows<{ code: string; per: string | null }>(
    `SELECT code, price_per(code)::VARCHAR AS per FROM (SELECT unnest(['${codes.join("','")}']) AS code)`,
  )
  expect(rows.filter(({ per }) => per !== null)).not.toEqual([])
  for (const { code, per } of rows) expect([code, per]).toEqual([code, unitsOfBasis(code) ?? null])
})
