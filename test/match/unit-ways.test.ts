import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRelation, type SetEngine } from '../../src/canonical/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import unitWays from '../../src/match/unit-ways.sql'
import words from '../../src/match/words.sql'
import fc from '../properties.js'
import { reference } from './cross-reference-row.js'
import { insert, Night, type Row } from './three-way/night.js'

interface Edge {
  readonly from: string
  readonly to: string
  readonly factor: number
}
/** Base units in each unit that is used, and the units whose ways do not agree. */
interface Units {
  readonly packs: Readonly<Record<string, number>>
  readonly conflicts: Readonly<Record<string, string>>
}

let engine: SetEngine
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 })
})
afterAll(() => engine.close())

/** Items 0, 1, 2 ... in EA, each with the edges of one graph: those to EA from the item master, the others from people. */
async function unitsOf(graphs: readonly (readonly Edge[])[], general: readonly Edge[] = []): Promise<Units[]> {
  const rows = graphs.flatMap((edges, n) => [
    ['item', { item: String(n), base_uom: 'EA', status: 'active' }] as const,
    ...edges.map(({ from, to, factor }): readonly ['item_uom' | 'cross_reference', Row] =>
      to === 'EA'
        ? ['item_uom', { item: String(n), uom: from, factor: String(factor) }]
        : ['cross_reference', reference('unit', from, to, { item: String(n), factor: String(factor) })],
    ),
  ])
  const table = general.map(
    ({ from, to, factor }) => ['unit_conversion', { from_uom: from, to_uom: to, factor: String(factor) }] as const,
  )
  await insert(engine, [...rows, ...table])
  for (const relation of ['item_uom', 'cross_reference', 'unit_conversion'] as const)
    await engine.run(createRelation(relation))
  await engine.run(`${words}; ${unitWays}; CREATE OR REPLACE TABLE product AS SELECT item, base_uom FROM item;
    CREATE OR REPLACE TABLE unit_way AS FROM unit_ways('product', 'item_uom', 'unit_conversion', 'cross_reference', DATE '2026-03-11')`)
  const packs = await engine.rows<{ item: string; uom: string; factor: string }>(`FROM packs_of('unit_way')`)
  const conflicts = await engine.rows<{ item: string; uom: string; said: string }>(`FROM unit_conflicts_of('unit_way')`)
  return graphs.map((_, n) => ({
    packs: Object.fromEntries(
      packs.filter(({ item }) => item === String(n)).map(({ uom, factor }) => [uom, Number(factor)]),
    ),
    conflicts: Object.fromEntries(
      conflicts.filter(({ item }) => item === String(n)).map(({ uom, said }) => [uom, said]),
    ),
  }))
}

/** Products of all ways from a unit to EA that pass no unit twice. */
function products(edges: readonly Edge[], unit: string, passed: readonly string[] = []): number[] {
  if (unit === 'EA') return [1]
  return edges
    .filter(({ from, to }) => from === unit && to !== unit && !passed.includes(to))
    .flatMap(({ to, factor }) => products(edges, to, [...passed, unit]).map((rest) => factor * rest))
}

const unit = fc.constantFrom('EA', 'BX', 'CS', 'PL')
const anyEdge = fc
  .record({ from: unit, to: unit, factor: fc.integer({ min: 1, max: 4 }) })
  .filter(({ from, to }) => from !== to)

describe('the ways between units of an item', () => {
  test('are used only where all of them come to the same', async () => {
    const graphs = fc.sample(fc.array(anyEdge, { maxLength: 6 }), { numRuns: 300, seed: 7 })
    const units = await unitsOf(graphs)
    let [used, refused] = [0, 0]
    for (const [n, edges] of graphs.entries())
      for (const uom of ['BX', 'CS', 'PL']) {
        const all = new Set(products(edges, uom))
        const factor = units[n]?.packs[uom]
        if (factor !== undefined) expect([...all]).toEqual([factor])
        if (all.size > 1) expect(units[n]?.conflicts[uom]).toContain(`one ${uom} is `)
        if (factor !== undefined) used++
        else if (all.size > 0) refused++
      }
    expect([used > 50, refused > 50]).toEqual([true, true])
  })

  test('are all used where every pack is what it is, over however many units', async () => {
    const sizes = { EA: 1, BX: 6, CS: 24, PL: 240 } as const
    const names = Object.keys(sizes) as (keyof typeof sizes)[]
    const trueEdge = fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...names))
      .filter(([from, to]) => sizes[from] > sizes[to])
      .map(([from, to]) => ({ from, to, factor: sizes[from] / sizes[to] }))
    const graphs = fc.sample(fc.array(trueEdge, { maxLength: 6 }), { numRuns: 200, seed: 7 })
    const units = await unitsOf(graphs)
    for (const [n, edges] of graphs.entries()) {
      const reached = names.filter((name) => products(edges, name).length > 0)
      expect(units[n]).toEqual({ packs: Object.fromEntries(reached.map((name) => [name, sizes[name]])), conflicts: {} })
    }
  })

  test.each<readonly [string, readonly Edge[], Partial<Units>]>([
    [
      'a case of 10 boxes of 10, and of 90 each',
      [
        { from: 'BX', to: 'EA', factor: 10 },
        { from: 'CS', to: 'BX', factor: 10 },
        { from: 'CS', to: 'EA', factor: 90 },
      ],
      {
        packs: { EA: 1, BX: 10 },
        conflicts: { CS: 'one CS is 90 EA by CS -> EA (item 0), and 100 EA by CS -> BX -> EA (item 0, XR-000001)' },
      },
    ],
    [
      'a loop: an each of 2 boxes of 10 each, which a case depends on',
      [
        { from: 'BX', to: 'EA', factor: 10 },
        { from: 'EA', to: 'BX', factor: 2 },
        { from: 'CS', to: 'BX', factor: 5 },
        { from: 'PL', to: 'EA', factor: 7 },
      ],
      { packs: { EA: 1, PL: 7 }, conflicts: { EA: 'one EA is 20 EA by EA -> BX -> EA (item 0, XR-000001)' } },
    ],
    [
      'a loop that comes to 1 says nothing new',
      [
        { from: 'BX', to: 'EA', factor: 10 },
        { from: 'EA', to: 'BX', factor: 0.1 },
      ],
      { packs: { EA: 1, BX: 10 }, conflicts: {} },
    ],
  ])('%s', async (_, edges, units) => {
    expect(await unitsOf([edges])).toEqual([units])
  })

  test('the unit table against the item master: neither is believed', async () => {
    const [units] = await unitsOf(
      [[{ from: 'DZ', to: 'EA', factor: 10 }]],
      [
        { from: 'DZ', to: 'EA', factor: 12 },
        { from: 'GR', to: 'DZ', factor: 12 },
      ],
    )
    expect(units?.packs).toEqual({ EA: 1 })
    expect(Object.keys(units?.conflicts ?? {}).sort()).toEqual(['DZ', 'GR'])
  })
})

describe('a unit on an invoice', () => {
  const billed = () => new Night().po({ uom: 'EA', quantity: '200', unit_price: '1.00' }).received('200', { uom: 'EA' })
  const cases = (night: Night) => night.invoice('A1').line({ uom: 'CS', quantity: '2', unit_price: '100.00' })
  const ten = reference('unit', 'CS', 'BX', { item: '1001', factor: '10' })

  test('that people said how many it is of is converted over what they said', async () => {
    expect((await cases(billed()).match()).codes).toEqual(['INV-UOM'])
    const matched = await cases(billed().add('cross_reference', ten)).match()
    expect(matched.codes).toEqual([])
    expect(matched.result().unit_path).toBe('CS -> EA x100 (item 1001, XR-000001); EA')
  })

  test('whose ways do not agree is not converted, and both are told', async () => {
    const night = billed().add('cross_reference', ten).add('item_uom', { item: '1001', uom: 'CS', factor: '90' })
    expect((await cases(night).match()).finding('INV-UOM').message).toContain(
      'what is known does not agree: one CS is 90 EA by CS -> EA (item 1001), and 100 EA by CS -> BX -> EA (item 1001, XR-000001)',
    )
  })
})
