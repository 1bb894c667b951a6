import type { ReferenceKind } from '../../canonical/index.js'
import { referenceKinds } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { auditAbout, type CrossReference, crossReferences, referencesNaming } from '../../state/index.js'
import { checkedDate } from '../given-day.js'
import type { Reading } from '../reading.js'
import { meaningWords, referenceId } from './reference-words.js'
import { type WaitingFile, waitingFiles } from './second-person.js'

/** A cross-reference as --json shows it. */
export interface ReferenceListing extends Omit<CrossReference, 'id'> {
  readonly id: string
  /** All of it in one sentence. */
  readonly said: string
}

export interface ReferenceQuery {
  readonly kind?: string | undefined
  readonly partner?: string | undefined
  readonly identifier?: string | undefined
  /** In force on that day; without it whatever stands. */
  readonly asOf?: string | undefined
  readonly all?: boolean
}

export const referenceListing = (reference: CrossReference): ReferenceListing => ({
  ...reference,
  id: referenceId(reference.id),
  said: meaningWords(reference),
})

/** By kind, partner, identifier and day. @throws USAGE */
export async function listReferences(
  { state }: Pick<Reading, 'state'>,
  { kind, partner, identifier, asOf, all = false }: ReferenceQuery,
): Promise<{ readonly references: readonly ReferenceListing[] }> {
  if (kind !== undefined && !(referenceKinds as readonly string[]).includes(kind))
    throw new MatchbookError('USAGE', `"${kind}" is no kind of cross-reference`, {
      hint: `It can be ${referenceKinds.join(', ')}`,
    })
  const found = await crossReferences(state.database, {
    kind: kind as ReferenceKind | undefined,
    partner,
    identifier,
    on: asOf === undefined ? undefined : checkedDate(asOf),
    withdrawn: all,
  })
  return { references: found.map(referenceListing) }
}

/** Files of cross-references that wait for another person: none of it holds yet. */
export const listWaiting = async ({
  state,
}: Pick<Reading, 'state'>): Promise<{ readonly waiting: readonly WaitingFile[] }> => ({
  waiting: await waitingFiles(state.database),
})

export interface ReferenceChange {
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly reference: string
  readonly said: string
  readonly note: string
  readonly source: string
}

export interface ReferenceHistory {
  readonly subject: string
  readonly references: readonly ReferenceListing[]
  /** Oldest first, from the audit chain. */
  readonly changes: readonly ReferenceChange[]
}

/** All that was ever said of a cross-reference, or of any that names an identifier or ERP number. @throws REFERENCE-UNKNOWN */
export async function referenceHistory({ state }: Pick<Reading, 'state'>, subject: string): Promise<ReferenceHistory> {
  const [, number] = /^XR-0*(\d{1,9})$/i.exec(subject.trim()) ?? []
  const found =
    number === undefined
      ? await referencesNaming(state.database, subject.trim())
      : await crossReferences(state.database, { ids: [Number(number)], withdrawn: true })
  if (found.length === 0) throw new MatchbookError('REFERENCE-UNKNOWN', `no cross-reference is ${subject} or names it`)
  const entries = await auditAbout(
    state.database,
    found.map(({ id }) => referenceId(id)),
  )
  return {
    subject,
    references: found.map(referenceListing),
    changes: entries.map(({ at, actor, action, subject: reference, detail }) => {
      const { said, note, source }: { said: string; note: string; source: string } = JSON.parse(detail)
      return { at, actor, action, reference, said, note, source }
    }),
  }
}
