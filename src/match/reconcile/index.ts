export type { Counts, FieldCounts, SideCounts } from './counts.js'
export { HashSieve, type Sifted } from './hash-sieve.js'
export { reconcileMatcher } from './matcher.js'
export {
  type Difference,
  type DifferenceKind,
  differenceKinds,
  type FieldDifference,
  type RowPlace,
  readDifferences,
} from './read-differences.js'
export { reconcile } from './reconcile.js'
export {
  type ComparedField,
  type KeyColumn,
  type Reconciliation,
  type Side,
  type SideName,
  sides,
  type TwoSides,
  type Window,
} from './reconciliation.js'
export { fillSieve, sift } from './sieve.js'
