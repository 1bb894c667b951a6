import { type RelationColumn, type RelationName, relations } from '../canonical/index.js'
import type { ExtractContract, Projection } from '../config/extract-contract.js'
import { whenColumn } from './when-column.js'

/**
 * Columns of the file of which a value may be left out and the record used: wherever it goes, it becomes running text that no rule keys or
 * computes with, and it decides about nothing else.
 */
export function blankedColumns({ columns, projections }: ExtractContract): ReadonlySet<string> {
  const needed = projections.flatMap((projection) => {
    const { relation, key, map, when, changes } = projection
    const described: Readonly<Record<string, RelationColumn>> = relations[relation as RelationName]
    const isNote = (name: string): boolean => described[name]?.isNote === true && !key.includes(name)
    return [
      ...(when === undefined ? [] : [whenColumn(when)]),
      ...(projection['newest-by'] === undefined ? [] : [projection['newest-by']]),
      ...(changes === undefined ? [] : [changes.column]),
      ...Object.entries(map).flatMap(([name, source]) => {
        const { says, decides } = columnsOf(source)
        return isNote(name) ? decides : [...says, ...decides]
      }),
    ]
  })
  return new Set(columns.map(({ name }) => name).filter((name) => !needed.includes(name)))
}

/** The columns whose text is in the value, and those that decide what becomes of it. */
function columnsOf(source: Projection): { readonly says: readonly string[]; readonly decides: readonly string[] } {
  if (typeof source === 'string') return { says: [source], decides: [] }
  if (!('column' in source)) return { says: [], decides: [] }
  const { column, join = [], per, minus, 'sign-from': sign, 'only-where': where, codes } = source
  const divisor = per !== undefined && 'column' in per ? per.column : undefined
  const others = [divisor, minus, sign?.column, where?.column, codes === undefined ? undefined : column]
  return {
    says: [column, ...join.map((one) => one.column)],
    decides: others.filter((one) => one !== undefined),
  }
}
