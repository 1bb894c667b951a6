import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SetEngine } from '../../../src/canonical/index.js'
import { openDuckDb } from '../../../src/match/engine/duckdb.js'
import { type Difference, fillSieve, reconcile, sift } from '../../../src/match/reconcile/index.js'
import fc from '../../properties.js'
import { allDifferences, bind, compared, priceLists, type Row } from './two-tables.js'

let engine: SetEngine
beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 })
})
afterAll(() => engine.close())

const few = { numRuns: 12 }
/** Few values, so that keys meet, double and differ by a little. */
const row: fc.Arbitrary<Row> = fc.tuple(
  fc.constantFrom(null, '1', '01', '2', '3', '4', '5', '6'),
  fc.constantFrom(null, '1', '1.0', '1.04', '1.2', 'none'),
  fc.constantFrom(null, 'glove', 'Glove', ' glove'),
  fc.constantFrom(null, '2026-01-01', '2026-01-03', '2026-02-30'),
)
const rows = fc.array(row, { maxLength: 12 })
const how = priceLists({ price: '0.05', text: 'case', day: '2d' })

/** Records tell where a row lies, which is what may change. */
const withoutPlaces = (differences: readonly Difference[]) =>
  differences.map(({ left, right, ...rest }) => ({ ...rest, left: left?.rows ?? 0, right: right?.rows ?? 0 }))

const mirrorKind = {
  'only-left': 'only-right',
  'only-right': 'only-left',
  changed: 'changed',
  doubled: 'doubled',
  undated: 'undated',
} as const
const turned = (difference: Difference): Difference => ({
  ...difference,
  kind: mirrorKind[difference.kind],
  left: difference.right && { ...difference.right, file: 0 },
  right: difference.left && { ...difference.left, file: 1 },
  fields: difference.fields.map((field) => ({
    ...field,
    left: field.right,
    right: field.left,
    distance:
      field.distance === null
        ? null
        : field.distance.startsWith('-')
          ? field.distance.slice(1)
          : field.distance === '0'
            ? '0'
            : `-${field.distance}`,
  })),
})
const inOneOrder = (differences: readonly Difference[]) =>
  differences.map((difference) => JSON.stringify(difference)).sort()

describe('whatever two relations hold', () => {
  it('the order of rows never changes the result', async () => {
    const shuffled = rows.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, shuffled, async ([a, a2], [b, b2]) => {
        const first = await compared(engine, a, b, how)
        const second = await compared(engine, a2, b2, how)
        expect(second.counts).toEqual(first.counts)
        expect(withoutPlaces(second.differences)).toEqual(withoutPlaces(first.differences))
      }),
      few,
    )
  })

  it('a relation never differs from itself; what stands twice in it is told', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (a) => {
        const { counts, differences } = await compared(engine, a, a, how)
        const keys = a.map(([item]) => item)
        const twice = new Set(keys.filter((key, n) => keys.indexOf(key) !== n))
        expect(differences.filter(({ kind }) => kind !== 'doubled')).toEqual([])
        expect(counts.keys).toMatchObject({ doubled: twice.size, same: new Set(keys).size - twice.size })
      }),
      few,
    )
  })

  it('sides swapped, everything is mirrored', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        const there = await compared(engine, a, b, how)
        const back = await compared(engine, b, a, how)
        expect(inOneOrder(back.differences.map(turned))).toEqual(inOneOrder(there.differences))
        expect([back.counts.right, back.counts.left, back.counts.fields]).toEqual([
          there.counts.left,
          there.counts.right,
          there.counts.fields,
        ])
      }),
      few,
    )
  })

  it('every row is accounted for exactly once, by its record', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        const { counts, differences } = await compared(engine, a, b, how)
        for (const [side, list] of [
          ['left', a],
          ['right', b],
        ] as const) {
          const told = differences.flatMap((difference) => difference[side]?.records ?? [])
          expect(new Set(told).size).toBe(told.length)
          expect(told.length + counts[side].same + counts[side].within).toBe(list.length)
        }
      }),
      few,
    )
  })

  it('the sieve lets through all that is needed to come to the same result', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        const whole = await compared(engine, a, b, how)
        await bind(engine, 'a', a)
        await bind(engine, 'b', b)
        await fillSieve(engine, how, 'left', 'a')
        await fillSieve(engine, how, 'right', 'b', 'record')
        const alike = await sift(engine, { left: 'rowid + 1', right: 'record' })
        const sifted = (side: 'left' | 'right', from: string) => ({
          ...how[side],
          from: `(SELECT * FROM ${from} SEMI JOIN sifted_${side} USING (record))`,
        })
        const counts = await reconcile(
          engine,
          { ...how, left: sifted('left', 'a'), right: sifted('right', 'b') },
          alike,
        )
        expect(counts).toEqual(whole.counts)
        expect(await allDifferences(engine, how)).toEqual(whole.differences)
      }),
      few,
    )
  })
})
