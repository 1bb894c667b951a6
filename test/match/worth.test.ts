import { expect, test } from 'vitest'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import words from '../../src/match/words.sql'

const edges = {
  base: ['-7', '0', '0.5', '1', '7', '33', '999999', '999999.5', '1000000', '123456789.12345678', 'NULL'],
  price: ['-0.01', '0', '0.005', '0.0049', '0.00005', '12.345678', '999999', '999999.9999', '1000000', 'NULL'],
  per: ['1', '100', '1000', 'NULL'],
  factor: ['0', '0.0001', '0.5', '1', '7', '12', '999999', '999999.5', '99999999.9999', 'NULL'],
}
const rows = (name: keyof typeof edges, type: string): string =>
  `(SELECT x::${type} AS ${name} FROM (VALUES ${edges[name].map((value) => `(${value})`).join(', ')}) AS t(x))`

test('what is reckoned in 64 bits is worth the same as in 128, to the cent', async () => {
  const engine = await openDuckDb({ threads: 1 })
  try {
    await engine.run(words)
    const [found] = await engine.rows<{ short: number; all: number; differ: number; edge: string }>(`
      SELECT count(short) AS short, count(*) AS all, count(*) FILTER (short IS NOT NULL AND short IS DISTINCT FROM long) AS differ,
        worth(7::DECIMAL(38, 8), 0.005::DECIMAL(18, 6), 1, 1::DECIMAL(12, 4))::VARCHAR AS edge
      FROM (
        SELECT short_worth(base, price, per, factor) AS short, TRY(long_worth(base, price, per, factor)) AS long
        FROM ${rows('base', 'DECIMAL(38, 8)')} CROSS JOIN ${rows('price', 'DECIMAL(18, 6)')}
          CROSS JOIN ${rows('per', 'DECIMAL(4, 0)')} CROSS JOIN ${rows('factor', 'DECIMAL(12, 4)')}
      )`)
    expect(found?.differ).toBe(0)
    expect(found?.short).toBeGreaterThan(300)
    expect(found?.short).toBeLessThan((found?.all ?? 0) / 2)
    // 7 x 0.005 = 0.035, half up.
    expect(found?.edge).toBe('0.04')
  } finally {
    await engine.close()
  }
})
