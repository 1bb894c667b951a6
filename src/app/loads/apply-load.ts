import { ExitCode, MatchbookError } from '../../errors/index.js'
import {
  invoicesOfLoad,
  type LoadDelivery,
  type LoadRow,
  loadEvents,
  queueOutbox,
  setDocumentState,
  setLoadStatus,
  takeRowsBack,
} from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { assertDecisionsStand } from '../deciding/load-evidence.js'
import { withJobLeases } from '../leases/job-leases.js'
import { exitOfFailures } from '../pull/pull-by-hand.js'
import { type Pushed, pushOutbox } from '../push/push-outbox.js'
import { actingPerson } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { assertBytes, knownLoad, type LoadOutcome, noteEvent, refusedState } from './approve-load.js'
import { chooseLoad } from './choose-load.js'
import { approvalOf, listings } from './list-loads.js'
import { assertReversalStands, reversedRows } from './reversed-rows.js'
import { identityIn } from './row-identity.js'

export interface ApplyRequest extends ToolOptions {
  readonly load: string
  /** Who does it; without it who is logged in. */
  readonly as: string | undefined
}

export interface ApplyOutcome extends LoadOutcome {
  readonly failures: Pushed['failures']
  readonly exit: ExitCode
}

/**
 * Puts an approved load into the outbox, in one transaction with what it does to invoices and rows, and pushes. Cut off anywhere and called
 * again it goes on: the outbox has the load once, and what the server has already is not sent again.
 * @throws LOAD-UNKNOWN, LOAD-NOT-APPROVED, LOAD-STATE, LOAD-CHANGED, LOAD-OUTDATED, RUN-ACTIVE
 */
export async function applyLoad(request: ApplyRequest): Promise<ApplyOutcome> {
  const tools = await openTools(request, 'apply-loads')
  try {
    const { database } = tools.state
    const { id, job } = await chooseLoad(database, request.load)
    const before = await withJobLeases([job], tools, async () => {
      const load = await knownLoad(database, id)
      await queueLoad(load, actingPerson(request.as, tools), tools)
      return load
    })
    const isWaiting = before.status !== 'sent' && !request.dryRun
    const pushed = isWaiting ? (await pushOutbox({ id: `load ${id}`, insists: true }, tools)).output : nothing
    const [listing] = await listings(tools, [await knownLoad(database, id)])
    if (listing === undefined) throw new Error(`load ${id} is gone`)
    const isSent = listing.status === 'sent'
    return {
      load: listing,
      done: isSent && before.status !== 'sent',
      dryRun: request.dryRun,
      said: saidOf(before, isSent, request.dryRun),
      failures: pushed.failures,
      exit: isSent || request.dryRun ? ExitCode.done : exitUnsent(pushed),
    }
  } finally {
    await tools.close()
  }
}

const nothing: Pushed = { sent: [], loads: [], failures: [] }

/** Where nothing failed another run is pushing, and takes it along. */
const exitUnsent = ({ failures, sent }: Pushed): ExitCode =>
  failures.length === 0 ? ExitCode.partial : exitOfFailures(failures, sent.length > 0)

function saidOf(before: LoadRow, isSent: boolean, dryRun: boolean): string {
  if (before.status === 'sent') return `It was sent at ${before.sent_at}; nothing was sent again.`
  if (dryRun) return 'It would be sent.'
  return isSent ? 'The server has it, and it was read back.' : 'It is in the outbox and goes with the next push.'
}

/** Once: what is queued or sent already stays as it is. */
async function queueLoad(load: LoadRow, actor: string, tools: Tools): Promise<void> {
  const { database } = tools.state
  if (load.status === 'planned' || load.status === 'sent') return
  if (load.status === 'waiting')
    throw new MatchbookError('LOAD-NOT-APPROVED', `load ${load.id} waits for approval: ${load.approval}`)
  if (load.status !== 'approved') throw refusedState(load, 'be applied')
  if (approvalOf(load, await loadEvents(database, [load.id])) === undefined)
    throw new MatchbookError('LOAD-NOT-APPROVED', `nobody approved the bytes ${load.sha256} of load ${load.id}`)
  const delivery = JSON.parse(load.delivery ?? '{}') as LoadDelivery
  await assertBytes(load)
  // What goes out may be compressed or encrypted, and then lies beside it.
  await assertBytes({ id: load.id, file: delivery.local_file, sha256: delivery.sha256 })
  await assertDecisionsStand(database, load.id)
  await assertReversalStands(load, tools)
  await database.transaction().execute(async (transaction) => {
    const { id, idempotency_key } = load
    await queueOutbox(transaction, { ...delivery, idempotency_key, load_id: id }, tools.now())
    await setLoadStatus(transaction, id, 'planned')
    const invoices = (await invoicesOfLoad(transaction, id)).map(({ invoice_id }) => invoice_id)
    await setDocumentState(transaction, invoices, 'loaded')
    if (load.reverses !== null) {
      const rows = (await reversedRows(transaction, load)).filter(({ isInvoice }) => !isInvoice)
      await takeRowsBack(transaction, load.reverses, rows.flatMap(({ ids }) => ids).map(identityIn), tools.now())
      const { sha256 } = await knownLoad(transaction, load.reverses)
      const taken = { person: null, actor, reason: `by load ${id}` }
      await noteEvent(transaction, { id: load.reverses, sha256 }, 'taken back', taken, tools)
    }
    await noteEvent(transaction, load, 'applied', { person: null, actor, reason: null }, tools)
  })
}
