import type { Selectable, Updateable } from 'kysely'
import { identifierKey, type ReferenceMeaning } from '../canonical/index.js'
import type { CrossReferenceSuggestionTable, SuggestionState } from './schema.js'
import type { StateDatabase } from './store.js'

/** What is found about an identifier that led nowhere. */
export interface NewSuggestion {
  readonly meaning: ReferenceMeaning
  /** 1 to 99. */
  readonly confidence: number
  /** In words. */
  readonly speaksFor: readonly string[]
  readonly speaksAgainst: readonly string[]
  /** Numbers of the exceptions behind it. */
  readonly exceptions: readonly number[]
}

export interface Suggestion extends NewSuggestion {
  readonly id: number
  readonly state: SuggestionState
  readonly madeAt: string
  readonly proposedBy: string | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly note: string | null
}

const proposesOf = ({ kind, partner, type, identifier, item, company, target, factor }: ReferenceMeaning): string =>
  JSON.stringify([kind, partner, type, identifierKey(type, identifier), item, company, target, factor])

const suggestionOf = (row: Selectable<CrossReferenceSuggestionTable>): Suggestion => ({
  id: row.id,
  meaning: JSON.parse(row.meaning),
  confidence: row.confidence,
  speaksFor: JSON.parse(row.speaks_for),
  speaksAgainst: JSON.parse(row.speaks_against),
  exceptions: JSON.parse(row.exceptions),
  state: row.state,
  madeAt: row.made_at,
  proposedBy: row.proposed_by,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  note: row.note,
})

/** Surest first. */
export async function suggestions(
  database: StateDatabase,
  { ids, states }: { readonly ids?: readonly number[]; readonly states?: readonly SuggestionState[] },
): Promise<Suggestion[]> {
  let query = database.selectFrom('cross_reference_suggestions').selectAll()
  if (ids !== undefined) query = query.where('id', 'in', ids)
  if (states !== undefined) query = query.where('state', 'in', states)
  return (await query.orderBy('confidence', 'desc').orderBy('id').execute()).map(suggestionOf)
}

/**
 * What is suggested now takes the place of what was: found again it keeps its number, and one that was refused stays so; one that
 * nobody decided and that was looked for and not found any more is gone.
 */
export async function saveSuggestions(
  database: StateDatabase,
  found: readonly NewSuggestion[],
  now: string,
  wasLookedFor: (suggestion: Suggestion) => boolean,
): Promise<void> {
  const known = new Map(
    (await suggestions(database, {})).map((suggestion) => [proposesOf(suggestion.meaning), suggestion]),
  )
  for (const suggestion of found) {
    const proposes = proposesOf(suggestion.meaning)
    const before = known.get(proposes)
    known.delete(proposes)
    // One that somebody proposed keeps the days it was proposed for.
    const { effectiveFrom, effectiveTo } = before?.state === 'proposed' ? before.meaning : suggestion.meaning
    const row = {
      meaning: JSON.stringify({ ...suggestion.meaning, effectiveFrom, effectiveTo }),
      confidence: suggestion.confidence,
      speaks_for: JSON.stringify(suggestion.speaksFor),
      speaks_against: JSON.stringify(suggestion.speaksAgainst),
      exceptions: JSON.stringify(suggestion.exceptions),
    }
    if (before === undefined)
      await database
        .insertInto('cross_reference_suggestions')
        .values({ ...row, proposes, state: 'open', made_at: now })
        .execute()
    else {
      // What was approved and does not hold any more (its cross-reference was withdrawn) is to be looked at again.
      const again = before.state === 'gone' || before.state === 'approved'
      await decideSuggestion(database, before.id, again ? { ...row, state: 'open', proposed_by: null } : row)
    }
  }
  for (const suggestion of known.values()) {
    const isOpen = suggestion.state === 'open' || suggestion.state === 'proposed'
    if (isOpen && wasLookedFor(suggestion)) await decideSuggestion(database, suggestion.id, { state: 'gone' })
  }
}

export async function decideSuggestion(
  database: StateDatabase,
  id: number,
  change: Updateable<CrossReferenceSuggestionTable>,
): Promise<void> {
  await database.updateTable('cross_reference_suggestions').set(change).where('id', '=', id).execute()
}
