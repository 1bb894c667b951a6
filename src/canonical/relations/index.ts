import { clinical } from './clinical.js'
import { type ColumnKind, sqlType } from './column.js'
import { documents } from './documents.js'
import { inventory } from './inventory.js'
import { labor } from './labor.js'
import { ledger } from './ledger.js'
import { listed } from './listed.js'
import { loading } from './loading.js'
import { masters } from './masters.js'
import { memory } from './memory.js'
import { orders } from './orders.js'
import { paying } from './paying.js'
import { purchasing } from './purchasing.js'
import { references } from './references.js'
import { requisitions } from './requisitions.js'
import { settings } from './settings.js'
import { vendors } from './vendors.js'

export { type ColumnKind, type RelationColumn, sqlType } from './column.js'

/**
 * The canonical relations: what extracts and documents become before they are compared. Column names here are the names in
 * contracts (YAML), rules (SQL), workbooks and docs. Every relation also has `source_file` (index into the run's input files)
 * and `source_record` (1-based data record or document line), so that each value can be traced back.
 */
const fromExtracts = {
  ...requisitions,
  ...purchasing,
  ...paying,
  ...masters,
  ...ledger,
  ...loading,
  ...labor,
  ...listed,
  ...vendors,
  ...clinical,
  ...inventory,
} as const
export const relations = { ...fromExtracts, ...documents, ...orders, ...settings, ...references, ...memory } as const

export type RelationName = keyof typeof relations

/** Those that extracts fill; the others are made from documents and settings. */
export const extractRelations = Object.keys(fromExtracts) as readonly (keyof typeof fromExtracts)[]

/** Columns of extracts that hold a unit of measure, however an ERP writes it. */
export const unitColumns: readonly (readonly [RelationName, string])[] = extractRelations.flatMap((relation) =>
  Object.keys(relations[relation])
    .filter((column) => column === 'uom' || column.endsWith('_uom'))
    .map((column) => [relation, column] as const),
)

/** DDL of a relation, provenance columns included. It stays as it is where it is there already. */
export function createRelation(name: RelationName): string {
  const columns = Object.entries(relations[name]).map(
    ([column, { kind, required }]) => `${column} ${sqlType[kind as ColumnKind]}${required ? ' NOT NULL' : ''}`,
  )
  return `CREATE TABLE IF NOT EXISTS ${name} (${[...columns, 'source_file INTEGER', 'source_record BIGINT'].join(', ')})`
}

/** All of them: a night has each, with or without rows. */
export const createRelations = (): string =>
  (Object.keys(relations) as RelationName[]).map((name) => createRelation(name)).join(';\n')
