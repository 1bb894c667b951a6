import type { ExtractContract } from '../config/extract-contract.js'

/** The column that decides which records a projection is about. */
export const whenColumn = (when: NonNullable<ExtractContract['projections'][number]['when']>): string =>
  typeof when === 'string' ? when : when.column
