import type { ProductId } from './ledger-entries.js'
import type { Random } from './prng.js'

/** Lot, or lot and serial, of an implant as its label has them. */
export function markOf(random: Random): ProductId[] {
  const lot: ProductId = ['LT', `L${random.between(100_000, 999_999)}`]
  return random.chance(50) ? [lot] : [lot, ['SN', `S${random.between(10_000_000, 99_999_999)}`]]
}
