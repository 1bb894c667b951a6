import type { Insertable } from 'kysely'
import { type IsaPair, plainControl } from './control-numbers.js'
import { eachBatch } from './each-batch.js'
import type { AnswerState, X12SentTable } from './schema.js'
import type { StateDatabase } from './store.js'

export interface SentInterchange extends Omit<Insertable<X12SentTable>, 'ta1_state' | 'ta1'> {
  readonly groups: readonly {
    readonly functionalId: string
    readonly control: string
    readonly sets: readonly { readonly set: string; readonly control: string; readonly businessKey: string }[]
  }[]
}

/** Books what was written for a partner; call it inside the transaction that queues its bytes. */
export const saveSent = (database: StateDatabase, sent: SentInterchange): Promise<void> => saveAllSent(database, [sent])

/** Several, in their order. */
export async function saveAllSent(database: StateDatabase, all: readonly SentInterchange[]): Promise<void> {
  const stateOf = ({ answer_hours }: Pick<SentInterchange, 'answer_hours'>): AnswerState =>
    answer_hours === null ? 'unasked' : 'waiting'
  const rows = await eachBatch(all, (some) =>
    database
      .insertInto('x12_sent')
      .values(
        some.map(({ groups: _, ...sent }) => ({
          ...sent,
          interchange_control: plainControl(sent.interchange_control),
          ta1_state: stateOf(sent),
          ta1: null,
        })),
      )
      .returning('id')
      .execute(),
  )
  // Ids are given in the order of the values; rows come back in any.
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b)
  const groups = all.flatMap((sent, n) =>
    sent.groups.map(({ functionalId, control, sets }) => ({
      row: {
        sent_id: ids[n] ?? Number.NaN,
        functional_id: functionalId,
        group_control: plainControl(control),
        state: stateOf(sent),
        answered_at: null,
        answer: null,
      },
      sets,
    })),
  )
  const sets = groups.flatMap(({ row: { sent_id, group_control, state }, sets }) =>
    sets.map(({ set, control, businessKey }) => {
      return { sent_id, group_control, transaction_set: set, control, business_key: businessKey, state }
    }),
  )
  await eachBatch(groups, async (some) => {
    await database
      .insertInto('x12_sent_groups')
      .values(some.map(({ row }) => row))
      .execute()
    return []
  })
  await eachBatch(sets, async (some) => {
    await database.insertInto('x12_sent_sets').values(some).execute()
    return []
  })
}

/** Where a copy of what another system sent lies. */
export interface CopyPlace {
  readonly sha256: string
  readonly byteOffset: number
}

const COPY = 'copy '
const EARLY = 'early answer '

/**
 * Books what another system sent for us, of which a copy came. One that was booked before, or that we sent ourselves, is not booked again.
 * Answers that came before the copy are taken over.
 */
export async function saveCopySent(
  database: StateDatabase,
  copy: Omit<SentInterchange, 'idempotency_key'>,
  { sha256, byteOffset }: CopyPlace,
): Promise<void> {
  const { ours, partner, queued_at: sentAt } = copy
  const control = plainControl(copy.interchange_control)
  const ofPair = database
    .selectFrom('x12_sent')
    .where('x12_sent.ours', '=', ours)
    .where('x12_sent.partner', '=', partner)
  const known = await ofPair
    .innerJoin('x12_sent_groups', 'x12_sent_groups.sent_id', 'x12_sent.id')
    .select('x12_sent.id')
    .where('x12_sent.interchange_control', '=', control)
    .where(
      'x12_sent_groups.group_control',
      'in',
      copy.groups.map((group) => plainControl(group.control)),
    )
    .where('x12_sent.idempotency_key', 'not like', `${EARLY}%`)
    .limit(1)
    .executeTakeFirst()
  if (known !== undefined || copy.groups.length === 0) return
  await saveSent(database, { ...copy, idempotency_key: `${COPY}${sha256} ${byteOffset}` })
  const early = await ofPair
    .select(['id', 'queued_at', 'ta1'])
    .where('idempotency_key', 'like', `${EARLY}%`)
    .where('queued_at', '>=', sentAt)
    .orderBy('id')
    .execute()
  for (const { id, queued_at: at, ta1 } of early) {
    const answer = JSON.parse(ta1 ?? 'null') as EarlyAnswer | null
    const fits =
      answer?.kind === 'interchange'
        ? plainControl(answer.interchangeControl) === control
        : copy.groups.some((group) => plainControl(group.control) === plainControl(answer?.groupControl ?? ''))
    if (answer === null || !fits) continue
    await database.deleteFrom('x12_sent').where('id', '=', id).execute()
    const pair = { ours, partner }
    if (answer.kind === 'interchange') await answerInterchange(database, pair, answer, at)
    else await answerGroup(database, pair, { ...answer, sets: new Map(answer.sets) }, at)
  }
}

/** An answer to something that nobody has told us of yet. */
export type EarlyAnswer =
  | ({ readonly kind: 'interchange' } & Parameters<typeof answerInterchange>[2])
  | ({ readonly kind: 'group' } & Omit<GroupAnswer, 'sets'> & {
        readonly sets: readonly (readonly [string, AnswerState])[]
      })

/** Keeps an answer until the copy of what it answers comes. The same again is kept once. */
export async function keepEarlyAnswer(
  database: StateDatabase,
  { ours, partner }: IsaPair,
  answer: Extract<EarlyAnswer, { kind: 'interchange' }> | ({ readonly kind: 'group' } & GroupAnswer),
  now: string,
): Promise<void> {
  const kept: EarlyAnswer = answer.kind === 'group' ? { ...answer, sets: [...answer.sets] } : answer
  const key = `${EARLY}${answer.kind === 'group' ? `${answer.functionalId} ${answer.groupControl}` : answer.interchangeControl}`
  await database
    .deleteFrom('x12_sent')
    .where('ours', '=', ours)
    .where('partner', '=', partner)
    .where('idempotency_key', '=', key)
    .execute()
  await database
    .insertInto('x12_sent')
    .values({
      job: '',
      ours,
      partner,
      partner_name: '',
      interchange_control: '',
      idempotency_key: key,
      queued_at: now,
      answer_hours: null,
      ta1_state: 'unasked',
      ta1: JSON.stringify(kept),
    })
    .execute()
}

/** What was answered: of the newest interchange that fits, since numbers begin again after 999999999. */
interface AnsweredInterchange {
  readonly sentId: number
  readonly interchangeControl: string
}

export interface GroupAnswer {
  readonly functionalId: string
  readonly groupControl: string
  readonly state: AnswerState
  /** Of each set the answer names; the others share the fate of the group. */
  readonly sets: ReadonlyMap<string, AnswerState>
  /** JSON. */
  readonly answer: string
}

/** Books a 997 or 999. Undefined: we sent no such group. The same answer again changes nothing. */
export async function answerGroup(
  database: StateDatabase,
  { ours, partner }: IsaPair,
  answer: GroupAnswer,
  now: string,
): Promise<(AnsweredInterchange & { readonly businessKeys: ReadonlyMap<string, string> }) | undefined> {
  const control = plainControl(answer.groupControl)
  const group = await database
    .selectFrom('x12_sent_groups')
    .innerJoin('x12_sent', 'x12_sent.id', 'x12_sent_groups.sent_id')
    .select(['x12_sent.id', 'x12_sent.interchange_control'])
    .where('x12_sent.ours', '=', ours)
    .where('x12_sent.partner', '=', partner)
    .where('x12_sent_groups.group_control', '=', control)
    .where('x12_sent_groups.functional_id', '=', answer.functionalId)
    .orderBy('x12_sent.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (group === undefined) return undefined
  const { state, answer: text } = answer
  await database
    .updateTable('x12_sent_groups')
    .set({ state, answered_at: now, answer: text })
    .where('sent_id', '=', group.id)
    .where('group_control', '=', control)
    .execute()
  const sets = await database
    .selectFrom('x12_sent_sets')
    .select(['control', 'business_key'])
    .where('sent_id', '=', group.id)
    .where('group_control', '=', control)
    .orderBy('control')
    .execute()
  for (const { control: st } of sets) {
    await database
      .updateTable('x12_sent_sets')
      .set({ state: answer.sets.get(plainControl(st)) ?? fateOf(state) })
      .where('sent_id', '=', group.id)
      .where('group_control', '=', control)
      .where('control', '=', st)
      .execute()
  }
  const businessKeys = new Map(sets.map((set) => [plainControl(set.control), set.business_key]))
  return { sentId: group.id, interchangeControl: group.interchange_control, businessKeys }
}

/** Of a set that the answer to its group does not name: partners name those in error. */
const fateOf = (group: AnswerState): AnswerState =>
  group === 'partially-accepted' || group === 'accepted-with-errors' ? 'accepted' : group

/** Books a TA1. One that rejects is the answer to all groups of the interchange: no 997 will follow. */
export async function answerInterchange(
  database: StateDatabase,
  { ours, partner }: IsaPair,
  answer: { readonly interchangeControl: string; readonly state: AnswerState; readonly answer: string },
  now: string,
): Promise<AnsweredInterchange | undefined> {
  const sent = await database
    .selectFrom('x12_sent')
    .select(['id', 'interchange_control'])
    .where('ours', '=', ours)
    .where('partner', '=', partner)
    .where('interchange_control', '=', plainControl(answer.interchangeControl))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (sent === undefined) return undefined
  const { state, answer: text } = answer
  await database.updateTable('x12_sent').set({ ta1_state: state, ta1: text }).where('id', '=', sent.id).execute()
  if (state === 'rejected') {
    const groups = { state, answered_at: now, answer: text }
    await database.updateTable('x12_sent_groups').set(groups).where('sent_id', '=', sent.id).execute()
    await database.updateTable('x12_sent_sets').set({ state }).where('sent_id', '=', sent.id).execute()
  }
  return { sentId: sent.id, interchangeControl: sent.interchange_control }
}

export interface OverdueAnswer {
  readonly partner: string
  readonly interchangeControl: string
  readonly functionalId: string
  readonly groupControl: string
  readonly file: string
  readonly sha256: string
  readonly sentAt: string
  readonly dueAt: string
  readonly businessKeys: readonly string[]
}

/** Groups of a job that left the outbox, or of which a copy came, and were not answered in the time their partner has. Oldest first. */
export async function overdueAnswers(database: StateDatabase, job: string, now: string): Promise<OverdueAnswer[]> {
  const rows = await database
    .selectFrom('x12_sent_groups')
    .innerJoin('x12_sent', 'x12_sent.id', 'x12_sent_groups.sent_id')
    .leftJoin('outbox', 'outbox.idempotency_key', 'x12_sent.idempotency_key')
    .select(['x12_sent.idempotency_key', 'x12_sent.queued_at'])
    .select(['x12_sent.id', 'x12_sent.partner_name', 'x12_sent.interchange_control', 'x12_sent.answer_hours'])
    .select(['x12_sent_groups.functional_id', 'x12_sent_groups.group_control'])
    .select(['outbox.name', 'outbox.sha256', 'outbox.sent_at'])
    .where('x12_sent_groups.state', '=', 'waiting')
    .where('x12_sent.job', '=', job)
    .orderBy('x12_sent.id')
    .execute()
  const overdue: OverdueAnswer[] = []
  for (const row of rows) {
    const copy = row.idempotency_key.startsWith(COPY) ? row.idempotency_key.split(' ')[1] : undefined
    const sentAt = copy === undefined ? row.sent_at : row.queued_at
    if (sentAt === null || row.answer_hours === null) continue
    const due = new Date(Date.parse(sentAt) + row.answer_hours * 3_600_000).toISOString()
    if (due >= now) continue
    const sets = await database
      .selectFrom('x12_sent_sets')
      .select('business_key')
      .where('sent_id', '=', row.id)
      .where('group_control', '=', row.group_control)
      .orderBy('control')
      .execute()
    overdue.push({
      partner: row.partner_name,
      interchangeControl: row.interchange_control,
      functionalId: row.functional_id,
      groupControl: row.group_control,
      file: row.name ?? (await nameOf(database, copy ?? '')),
      sha256: row.sha256 ?? copy ?? '',
      sentAt,
      dueAt: due,
      businessKeys: sets.map(({ business_key }) => business_key),
    })
  }
  return overdue
}

const nameOf = async (database: StateDatabase, sha256: string): Promise<string> =>
  (
    await database
      .selectFrom('files')
      .select('name')
      .where('sha256', '=', sha256)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
  )?.name ?? sha256
