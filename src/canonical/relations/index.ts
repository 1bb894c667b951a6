import { type ColumnKind, sqlType } from './column.js'
import { documents } from './documents.js'
import { masters } from './masters.js'
import { paying } from './paying.js'
import { purchasing } from './purchasing.js'
import { settings } from './settings.js'

export { type ColumnKind, type RelationColumn, sqlType } from './column.js'

/**
 * The canonical relations: what extracts and documents become before they are compared. Column names here are the names in
 * contracts (YAML), rules (SQL), workbooks and docs. Every relation also has `source_file` (index into the run's input files)
 * and `source_record` (1-based data record or document line), so that each value can be traced back.
 */
export const relations = { ...purchasing, ...paying, ...masters, ...documents, ...settings } as const

export type RelationName = keyof typeof relations

/** DDL of a relation, provenance columns included. It stays as it is where it is there already. */
export function createRelation(name: RelationName): string {
  const columns = Object.entries(relations[name]).map(
    ([column, { kind, required }]) => `${column} ${sqlType[kind as ColumnKind]}${required ? ' NOT NULL' : ''}`,
  )
  return `CREATE TABLE IF NOT EXISTS ${name} (${[...columns, 'source_file INTEGER', 'source_record BIGINT'].join(', ')})`
}
