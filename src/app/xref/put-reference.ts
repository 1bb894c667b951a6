import { DateTime } from 'luxon'
import type { ReferenceMeaning } from '../../canonical/index.js'
import {
  appendAudit,
  type CrossReference,
  endReference,
  referencesBeside,
  type StateDatabase,
  saveReference,
  withdrawReference,
} from '../../state/index.js'
import { meaningWords, referenceId } from './reference-words.js'

/** Who says so, why, and by which way. */
export interface Saying {
  readonly person: string
  /** As the audit chain names the person and the way. */
  readonly actor: string
  readonly now: string
  readonly note: string
  /** File, exception or suggestion. */
  readonly source: string
  readonly agreedBy?: string | null
}

export interface PutOutcome {
  readonly outcome: 'made' | 'changed' | 'unchanged' | 'refused'
  readonly reference: string | null
  readonly said: string
}

/**
 * Makes a cross-reference, or changes the last day of the one that says the same from the same day. Two that say different things about one
 * day are never both kept: it is refused, unless it takes the place of the other, which then ends the day before.
 * Call it inside a transaction.
 */
export async function putReference(
  database: StateDatabase,
  meaning: ReferenceMeaning,
  saying: Saying,
  { instead = false }: { readonly instead?: boolean } = {},
): Promise<PutOutcome> {
  const beside = await referencesBeside(database, meaning)
  const same = beside.find((one) => saysTheSame(one, meaning) && one.effectiveFrom === meaning.effectiveFrom)
  const others = beside.filter((one) => one !== same && overlap(one, meaning))
  const covering = others.find((one) => saysTheSame(one, meaning) && covers(one, meaning))
  if (same?.effectiveTo === meaning.effectiveTo && same !== undefined) return unchanged(same)
  if (covering !== undefined) return unchanged(covering)
  const [first] = others
  if (first !== undefined && !instead) {
    return {
      outcome: 'refused',
      reference: null,
      said: `${referenceId(first.id)} says already: ${meaningWords(first)}; give that one a last day first, by a row with its effective_from and target and an effective_to`,
    }
  }
  for (const other of others) await giveWay(database, other, meaning, saying)
  if (same !== undefined) {
    await endReference(database, same.id, meaning.effectiveTo)
    const said = meaningWords(meaning)
    await audit(database, same.id, 'cross-reference changed', saying, {
      said,
      before: meaningWords(same),
    })
    return { outcome: 'changed', reference: referenceId(same.id), said }
  }
  const { person, now, note, source, agreedBy = null } = saying
  const id = await saveReference(database, { ...meaning, note, source, madeBy: person, agreedBy, madeAt: now })
  const said = meaningWords(meaning)
  await audit(database, id, 'cross-reference made', saying, {
    said,
    ...meaning,
    ...(agreedBy === null ? {} : { madeBy: person, agreedBy }),
  })
  return { outcome: 'made', reference: referenceId(id), said }
}

/** What stood until now ends the day before; what began no earlier is withdrawn. */
async function giveWay(
  database: StateDatabase,
  other: CrossReference,
  { effectiveFrom }: ReferenceMeaning,
  saying: Saying,
): Promise<void> {
  const before = effectiveFrom === null ? null : DateTime.fromISO(effectiveFrom).minus({ days: 1 }).toISODate()
  if (before === null || (other.effectiveFrom !== null && other.effectiveFrom > before)) {
    await withdraw(database, other, saying)
    return
  }
  await endReference(database, other.id, before)
  await audit(database, other.id, 'cross-reference changed', saying, {
    said: meaningWords({ ...other, effectiveTo: before }),
    before: meaningWords(other),
  })
}

/** From now on it says nothing any more, of no day. Call it inside a transaction. */
export async function withdraw(database: StateDatabase, reference: CrossReference, saying: Saying): Promise<void> {
  await withdrawReference(database, reference.id, saying.person, saying.now)
  await audit(database, reference.id, 'cross-reference withdrawn', saying, { said: meaningWords(reference) })
}

const unchanged = (one: CrossReference): PutOutcome => ({
  outcome: 'unchanged',
  reference: referenceId(one.id),
  said: `${referenceId(one.id)} says so already`,
})

const saysTheSame = (a: ReferenceMeaning, b: ReferenceMeaning): boolean =>
  a.target === b.target && a.factor === b.factor

const overlap = (a: ReferenceMeaning, b: ReferenceMeaning): boolean =>
  (a.effectiveFrom === null || b.effectiveTo === null || a.effectiveFrom <= b.effectiveTo) &&
  (b.effectiveFrom === null || a.effectiveTo === null || b.effectiveFrom <= a.effectiveTo)

const covers = (a: ReferenceMeaning, b: ReferenceMeaning): boolean =>
  (a.effectiveFrom === null || (b.effectiveFrom !== null && a.effectiveFrom <= b.effectiveFrom)) &&
  (a.effectiveTo === null || (b.effectiveTo !== null && a.effectiveTo >= b.effectiveTo))

const audit = (
  database: StateDatabase,
  id: number,
  action: string,
  { actor, now, note, source }: Saying,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> =>
  appendAudit(database, { at: now, actor, action, subject: referenceId(id), detail: { ...detail, note, source } })
