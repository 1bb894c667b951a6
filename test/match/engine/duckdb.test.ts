import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SetEngine } from '../../../src/canonical/index.js'
import { openDuckDb } from '../../../src/match/engine/duckdb.js'

let engine: SetEngine
beforeEach(async () => {
  engine = await openDuckDb({ threads: 2 })
})
afterEach(() => engine.close())

describe('values leave the set engine exactly', () => {
  test('money keeps every digit, also where a double could not', async () => {
    const rows =
      await engine.rows(`SELECT 123456789012.123456::DECIMAL(18,6) AS price, -0.0500::DECIMAL(18,4) AS quantity,
      12345678901234567890123456789012345.678::DECIMAL(38,3) AS big, 7::DECIMAL(5,0) AS whole`)
    expect(rows).toEqual([
      { price: '123456789012.123456', quantity: '-0.0500', big: '12345678901234567890123456789012345.678', whole: '7' },
    ])
  })

  test('dates, flags, counts, empty cells and text', async () => {
    const rows = await engine.rows(`SELECT DATE '2024-02-29' AS day, true AS flag, 42::BIGINT AS count, sum(x) AS total,
      9007199254740993::BIGINT AS beyond, NULL::DATE AS none, 'é€' AS text FROM (VALUES (1), (2)) t(x)`)
    expect(rows).toEqual([
      { day: '2024-02-29', flag: true, count: 42, total: 3, beyond: '9007199254740993', none: null, text: 'é€' },
    ])
  })

  test('lists and structs keep their cells', async () => {
    const [row] = await engine.rows(`SELECT [1.50::DECIMAL(9,2), NULL] AS prices, {line: 3::BIGINT, name: 'a'} AS spot`)
    expect(row).toEqual({ prices: ['1.50', null], spot: { line: 3, name: 'a' } })
  })
})

describe('large results', () => {
  test('batches come in the order of the query while other statements run', async () => {
    await engine.run('CREATE TABLE t AS SELECT range AS n FROM range(20000)')
    let next = 19_999
    for await (const batch of engine.batches<{ n: number }>('SELECT n FROM t ORDER BY n DESC')) {
      for (const { n } of batch) expect(n).toBe(next--)
      expect(await engine.rows('SELECT count(*) AS c FROM t')).toEqual([{ c: 20_000 }])
    }
    expect(next).toBe(-1)
  })

  test('reading may stop early', async () => {
    for await (const batch of engine.batches('SELECT range FROM range(100000)')) {
      expect(batch.length).toBeGreaterThan(0)
      break
    }
    expect(await engine.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('a wrong statement', () => {
  test('names the reason and the SQL', async () => {
    await expect(engine.run('SELECT 1; SELEC 2')).rejects.toThrow(/Parser Error.*in SQL: SELECT 1; SELEC 2/s)
    await expect(engine.rows('SELECT nothing FROM nowhere')).rejects.toThrow(/nowhere/)
    await expect(engine.batches('SELECT nothing FROM nowhere')[Symbol.asyncIterator]().next()).rejects.toThrow(
      /nowhere/,
    )
  })

  test('leaves the engine usable', async () => {
    await engine.run('CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)')
    await engine.run('INSERT INTO t VALUES (2), (1/0)').catch(() => undefined)
    await expect(engine.run("INSERT INTO t SELECT 'x'::INTEGER")).rejects.toThrow(/Conversion/)
    expect((await engine.rows('SELECT a FROM t')).length).toBeGreaterThan(0)
  })
})
