import type { Insertable, Selectable } from 'kysely'
import {
  type IdentifierType,
  identifierKey,
  parseDecimal,
  type ReferenceKind,
  type ReferenceMeaning,
} from '../canonical/index.js'
import type { CrossReferenceTable } from './schema.js'
import type { StateDatabase } from './store.js'

export interface CrossReference extends ReferenceMeaning {
  readonly id: number
  readonly note: string
  /** File, exception or suggestion it was made of. */
  readonly source: string
  readonly madeBy: string
  readonly agreedBy: string | null
  readonly madeAt: string
  readonly withdrawnBy: string | null
  readonly withdrawnAt: string | null
}

export interface ReferenceFilter {
  readonly kind?: ReferenceKind | undefined
  readonly partner?: string | undefined
  /** Compared as identifiers are, whatever its type. */
  readonly identifier?: string | undefined
  /** In force on that day, yyyy-MM-dd. */
  readonly on?: string | undefined
  readonly source?: string | undefined
  readonly ids?: readonly number[] | undefined
  /** Withdrawn ones too. */
  readonly withdrawn?: boolean
}

/** By kind, partner, identifier and day. */
export async function crossReferences(
  database: StateDatabase,
  { kind, partner, identifier, on, source, ids, withdrawn = false }: ReferenceFilter,
): Promise<CrossReference[]> {
  let query = database.selectFrom('cross_references').selectAll()
  if (!withdrawn) query = query.where('withdrawn_at', 'is', null)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (partner !== undefined) query = query.where('partner', '=', partner)
  if (source !== undefined) query = query.where('source', '=', source)
  if (ids !== undefined) query = query.where('id', 'in', ids)
  if (identifier !== undefined) query = query.where('identifier_key', 'in', keysOf(identifier))
  if (on !== undefined)
    query = query
      .where((eb) => eb.or([eb('effective_from', 'is', null), eb('effective_from', '<=', on)]))
      .where((eb) => eb.or([eb('effective_to', 'is', null), eb('effective_to', '>=', on)]))
  const rows = await query
    .orderBy('kind')
    .orderBy('partner')
    .orderBy('identifier_key')
    .orderBy('effective_from', (order) => order.asc().nullsFirst())
    .orderBy('id')
    .execute()
  return rows.map(referenceOf)
}

/** Those that say what an identifier or an ERP number is, withdrawn ones too. */
export async function referencesNaming(database: StateDatabase, text: string): Promise<CrossReference[]> {
  const rows = await database
    .selectFrom('cross_references')
    .selectAll()
    .where((eb) => eb.or([eb('identifier_key', 'in', keysOf(text)), eb('target', '=', text), eb('item', '=', text)]))
    .orderBy('id')
    .execute()
  return rows.map(referenceOf)
}

const keysOf = (identifier: string): string[] => [
  ...new Set((['', 'gtin', 'ndc', 'hibc'] as const).map((type) => identifierKey(type, identifier))),
]

const referenceOf = (row: Selectable<CrossReferenceTable>): CrossReference => ({
  id: row.id,
  kind: row.kind as ReferenceKind,
  partner: row.partner,
  type: row.type as IdentifierType,
  identifier: row.identifier,
  item: row.item,
  company: row.company,
  target: row.target,
  factor: parseDecimal(row.factor ?? '') ?? null,
  effectiveFrom: row.effective_from,
  effectiveTo: row.effective_to,
  note: row.note,
  source: row.source,
  madeBy: row.made_by,
  agreedBy: row.agreed_by,
  madeAt: row.made_at,
  withdrawnBy: row.withdrawn_by,
  withdrawnAt: row.withdrawn_at,
})

/** Those that are about the same identifier and stand. */
export const referencesBeside = async (database: StateDatabase, meaning: ReferenceMeaning): Promise<CrossReference[]> =>
  (
    await crossReferences(database, {
      kind: meaning.kind,
      partner: meaning.partner,
      identifier: meaning.identifier,
    })
  ).filter(
    (one) =>
      one.type === meaning.type &&
      one.item === meaning.item &&
      one.company === meaning.company &&
      identifierKey(one.type, one.identifier) === identifierKey(meaning.type, meaning.identifier),
  )

/** @returns its number */
export async function saveReference(
  database: StateDatabase,
  reference: Omit<CrossReference, 'id' | 'withdrawnBy' | 'withdrawnAt'>,
): Promise<number> {
  const { effectiveFrom, effectiveTo, madeBy, agreedBy, madeAt, ...same } = reference
  const row: Insertable<CrossReferenceTable> = {
    ...same,
    identifier_key: identifierKey(same.type, same.identifier),
    effective_from: effectiveFrom,
    effective_to: effectiveTo,
    made_by: madeBy,
    agreed_by: agreedBy,
    made_at: madeAt,
  }
  const { id } = await database.insertInto('cross_references').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function endReference(database: StateDatabase, id: number, effectiveTo: string | null): Promise<void> {
  await database.updateTable('cross_references').set({ effective_to: effectiveTo }).where('id', '=', id).execute()
}

export async function withdrawReference(database: StateDatabase, id: number, by: string, now: string): Promise<void> {
  await database
    .updateTable('cross_references')
    .set({ withdrawn_by: by, withdrawn_at: now })
    .where('id', '=', id)
    .execute()
}
