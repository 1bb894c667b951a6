import { expect, it } from 'vitest'
import { HashSieve, type RowHashes } from '../../../src/match/reconcile/hash-sieve.js'
import fc from '../../properties.js'

/** Keys lie close together, so that many want the same place. */
const row = (key: number, value: number): RowHashes => ({ key1: key >> 2, key2: key, all1: value, all2: -value })

function sift(held: readonly RowHashes[], passing: readonly RowHashes[]) {
  const sieve = new HashSieve()
  for (const hashes of held) sieve.hold(hashes)
  for (const hashes of passing) sieve.pass(hashes)
  return sieve.sifted()
}

/** The same by counting. */
function byHand(held: readonly RowHashes[], passing: readonly RowHashes[]) {
  const count = (rows: readonly RowHashes[], name: (row: RowHashes) => string) => {
    const counts = new Map<string, number>()
    for (const one of rows) counts.set(name(one), (counts.get(name(one)) ?? 0) + 1)
    return counts
  }
  const key = ({ key2 }: RowHashes) => String(key2)
  const whole = ({ key2, all1 }: RowHashes) => `${key2} ${all1}`
  const [keys, wholes] = [
    [held, passing].map((rows) => count(rows, key)),
    [held, passing].map((rows) => count(rows, whole)),
  ]
  const alike = (one: RowHashes) =>
    keys.every((counts) => counts.get(key(one)) === 1) && wholes.every((counts) => counts.get(whole(one)) === 1)
  const numbers = (rows: readonly RowHashes[]) => rows.flatMap((one, n) => (alike(one) ? [] : [n + 1]))
  return { held: numbers(held), passed: numbers(passing) }
}

it('rows of a key that stands once on each side with one value stay in the sieve, all others pass', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: 0, max: 1 })), { maxLength: 20 })
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const [held, passing] = [a.map(([key, value]) => row(key, value)), b.map(([key, value]) => row(key, value))]
      expect(sift(held, passing)).toEqual(byHand(held, passing))
    }),
  )
})

it('many rows, in another order, some of them doubled, changed or gone', () => {
  const held = Array.from({ length: 5_000 }, (_, n) => row(n === 4_999 ? 7 : n, 1))
  const passing = Array.from({ length: 4_990 }, (_, n) => row((n * 7919) % 5_000, n % 100 === 5 ? 2 : 1))
  const found = sift(held, passing)
  expect(found.passed.length).toBeGreaterThan(20)
  expect(found).toEqual(byHand(held, passing))
})
