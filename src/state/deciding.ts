import type { ExceptionStatus, Verdict } from '../exceptions/index.js'
import { endDecision, saveDecision } from './decisions.js'
import { type StoredException, saveEvent } from './exceptions.js'
import type { StateDatabase } from './store.js'

/** Who did it, as histories name them, and when. */
export interface Doing {
  readonly actor: string
  readonly now: string
}

/** Books what came of a decision; nothing of one that was refused or changes nothing. Call it inside a transaction. */
export async function bookVerdict(
  database: StateDatabase,
  exception: StoredException,
  verdict: Verdict,
  doing: Doing,
): Promise<void> {
  if (verdict.kind === 'refused' || verdict.kind === 'unchanged') return
  await saveDecision(database, exception.id, verdict.decision)
  if (verdict.decision.note !== null) await keepNote(database, exception.id, verdict.decision.note)
  await move(database, exception, verdict.kind === 'proposed' ? 'proposed' : 'decided', verdict.said, doing)
}

/** Takes back what was decided or proposed, or leaves alone what was not. */
export async function bookReopening(
  database: StateDatabase,
  exception: StoredException,
  because: string,
  doing: Doing,
): Promise<void> {
  await endDecision(database, exception.id, because, doing.now)
  await move(database, exception, 'reopened', because, doing)
}

export interface Assignment {
  readonly assignee?: string
  readonly note?: string
}

/** Says who works on an exception, or notes something about it; what is decided on stays, and so does the version. */
export async function bookAssignment(
  database: StateDatabase,
  exception: StoredException,
  { assignee, note }: Assignment,
  doing: Doing,
): Promise<void> {
  if (assignee !== undefined)
    await database.updateTable('exceptions').set({ assignee }).where('id', '=', exception.id).execute()
  if (note !== undefined) await keepNote(database, exception.id, note)
  const said = [
    ...(assignee === undefined ? [] : [`assigned to ${assignee}`]),
    ...(note === undefined ? [] : [`noted: ${note}`]),
  ].join('; ')
  await saveEvent(database, exception.id, exception, { at: doing.now, actor: doing.actor, said })
}

async function keepNote(database: StateDatabase, id: number, note: string): Promise<void> {
  await database.updateTable('exceptions').set({ note }).where('id', '=', id).execute()
}

async function move(
  database: StateDatabase,
  exception: StoredException,
  status: ExceptionStatus,
  said: string,
  { actor, now }: Doing,
): Promise<void> {
  await database
    .updateTable('exceptions')
    .set((eb) => ({ status, version: eb('version', '+', 1) }))
    .where('id', '=', exception.id)
    .execute()
  await saveEvent(database, exception.id, { ...exception, status }, { at: now, actor, said })
}
