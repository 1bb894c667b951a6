import { MatchbookError } from '../../errors/index.js'
import { isSamePerson } from '../../exceptions/index.js'
import { hashOfFile } from '../../outputs/place-file.js'
import {
  appendAudit,
  findLoad,
  giveBack,
  type LoadEvent,
  type LoadRow,
  type StateDatabase,
  saveLoadEvent,
  setLoadStatus,
} from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { assertDecisionsStand, assertMayApprove } from '../deciding/load-evidence.js'
import { withJobLeases } from '../leases/job-leases.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { chooseLoad } from './choose-load.js'
import { approversOf, type LoadListing, listings } from './list-loads.js'
import { assertReversalStands } from './reversed-rows.js'

export interface LoadRequest extends ToolOptions {
  readonly load: string
  /** Why; kept with the load. */
  readonly reason: string
  /** Who does it; without it who is logged in. */
  readonly as: string | undefined
  /** The hash that was looked at: other bytes are refused. */
  readonly sha256?: string | undefined
}

export interface LoadOutcome {
  /** As it stands now. */
  readonly load: LoadListing
  /** False: it was so already. */
  readonly done: boolean
  readonly dryRun: boolean
  /** What this means, in a sentence. */
  readonly said: string
}

/**
 * Approves the bytes of a load that waits. It goes out when it is applied.
 * @throws LOAD-UNKNOWN, LOAD-STATE, LOAD-CHANGED, LOAD-OUTDATED, APPROVER-DECIDED, APPROVER-NOT-NAMED, USAGE, RUN-ACTIVE
 */
export const approveLoad = (request: LoadRequest): Promise<LoadOutcome> =>
  decideLoad(request, async (load, person, tools) => {
    if (load.status === 'approved' || load.status === 'planned' || load.status === 'sent')
      return { done: false, said: load.approval === null ? 'It needs no approval.' : 'It is approved already.' }
    if (load.status !== 'waiting') throw refusedState(load, 'be approved')
    if (request.sha256 !== undefined && request.sha256.toLowerCase() !== load.sha256)
      throw new MatchbookError('LOAD-CHANGED', `load ${load.id} has the bytes ${load.sha256}, not ${request.sha256}`)
    await assertBytes(load)
    assertNamed(load, person, tools)
    await assertMayApprove(tools.state.database, load.id, person)
    await assertDecisionsStand(tools.state.database, load.id)
    await assertReversalStands(load, tools)
    return { done: true, event: 'approved', said: `It goes out with: matchbook loads apply ${load.id}` }
  })

/**
 * Refuses a load that is not applied yet: what it holds is judged again by the next night.
 * @throws LOAD-UNKNOWN, LOAD-STATE, USAGE, RUN-ACTIVE
 */
export const rejectLoad = (request: LoadRequest): Promise<LoadOutcome> =>
  decideLoad(request, async (load) => {
    if (load.status === 'rejected') return { done: false, said: 'It is rejected already.' }
    if (load.status !== 'waiting' && load.status !== 'approved') throw refusedState(load, 'be rejected')
    const next = load.reverses === null ? ` The next run of ${load.job} judges what it held again.` : ''
    return { done: true, event: 'rejected', said: `It never goes out.${next}` }
  })

type Judged =
  | { readonly done: false; readonly said: string }
  | { readonly done: true; readonly event: 'approved' | 'rejected'; readonly said: string }

/** With the lease of the job, so that no run builds it anew meanwhile. */
async function decideLoad(
  request: LoadRequest,
  judge: (load: LoadRow, person: string, tools: Tools) => Promise<Judged>,
): Promise<LoadOutcome> {
  const reason = request.reason.trim()
  if (reason === '') throw new MatchbookError('USAGE', 'say why: --reason must not be empty')
  const tools = await openTools(request, 'approve-loads')
  try {
    const { database } = tools.state
    const { id, job } = await chooseLoad(database, request.load)
    const person = personOf(request.as)
    const { done, said } = await withJobLeases([job], tools, async () => {
      const load = await knownLoad(database, id)
      const judged = await judge(load, person, tools)
      if (judged.done)
        await database.transaction().execute(async (transaction) => {
          await setLoadStatus(transaction, id, judged.event)
          if (judged.event === 'rejected') await giveBack(transaction, id, tools.now())
          await noteEvent(
            transaction,
            load,
            judged.event,
            { person, reason, actor: actingPerson(request.as, tools) },
            tools,
          )
        })
      return judged
    })
    const [listing] = await listings(tools, [await knownLoad(database, id)])
    if (listing === undefined) throw new Error(`load ${id} is gone`)
    return { load: listing, done, dryRun: request.dryRun, said }
  } finally {
    await tools.close()
  }
}

/** What was done about a load, in its history and in the audit chain. Call it inside the transaction of what it records. */
export async function noteEvent(
  database: StateDatabase,
  { id, sha256 }: Pick<LoadRow, 'id' | 'sha256'>,
  event: LoadEvent,
  by: { readonly person: string | null; readonly actor: string; readonly reason: string | null },
  { now }: Pick<Tools, 'now'>,
): Promise<void> {
  const at = now()
  await saveLoadEvent(database, { load_id: id, at, event, ...by, sha256 })
  await appendAudit(database, {
    at,
    actor: by.actor,
    action: `load ${event}`,
    subject: id,
    detail: { sha256, ...(by.reason === null ? {} : { reason: by.reason }) },
  })
}

export async function knownLoad(database: StateDatabase, id: string): Promise<LoadRow> {
  const load = await findLoad(database, id)
  if (load === undefined) throw new MatchbookError('LOAD-UNKNOWN', `there is no load ${id}`)
  return load
}

export const refusedState = ({ id, status }: LoadRow, what: string): MatchbookError =>
  new MatchbookError('LOAD-STATE', `load ${id} is ${status} and cannot ${what}`)

/** The file as it was built and linted still lies there, byte for byte. @throws LOAD-CHANGED */
export async function assertBytes({ id, file, sha256 }: Pick<LoadRow, 'id' | 'file' | 'sha256'>): Promise<void> {
  const { sha256: found } = await hashOfFile(file).catch(() => ({ sha256: undefined }))
  if (found === sha256) return
  throw new MatchbookError(
    'LOAD-CHANGED',
    found === undefined
      ? `the file of load ${id} cannot be read: ${file}`
      : `${file} is not what was built for load ${id}: it has the SHA-256 ${found}, not ${sha256}`,
  )
}

function assertNamed(load: LoadRow, person: string, { workspace }: Tools): void {
  if (load.requested_by !== null && isSamePerson(load.requested_by, person))
    throw new MatchbookError(
      'APPROVER-DECIDED',
      `${person} asked for load ${load.id}, which takes ${load.reverses} back`,
    )
  const approvers = approversOf(load, workspace)
  if (approvers.length === 0 || approvers.some((name) => isSamePerson(name, person))) return
  throw new MatchbookError(
    'APPROVER-NOT-NAMED',
    `${person} is not among the approvers of load ${load.id}: ${approvers.join(', ')}`,
  )
}
