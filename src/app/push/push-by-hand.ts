import type { ExitCode } from '../../errors/index.js'
import { waitingOutbox } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { whileNothingRuns } from '../leases/all-leases.js'
import { deliverQuietly } from '../notify/deliver.js'
import { exitOfFailures } from '../pull/pull-by-hand.js'
import type { Tools } from '../tools.js'
import { type Pushed, pushOutbox } from './push-outbox.js'

export interface PushOutcome extends Pushed {
  readonly dryRun: boolean
  /** What is still in the outbox, in the order in which it will go. */
  readonly waiting: readonly {
    readonly name: string
    readonly endpoint: string
    readonly folder: string
    readonly size: number
    readonly queuedAt: string
    readonly attempts: number
    readonly lastError: string | null
  }[]
  readonly exit: ExitCode
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
}

/** Drains the outbox now; a dry run says what would go. @throws RUN-ACTIVE: a run pushes by itself */
export async function pushByHand(request: ToolOptions): Promise<PushOutcome> {
  const tools = await openTools(request, 'run')
  try {
    const nothing: Pushed = { sent: [], loads: [], failures: [] }
    const pushed = request.dryRun
      ? nothing
      : (await whileNothingRuns(tools, () => pushOutbox({ id: 'by hand', insists: true }, tools))).output
    if (!request.dryRun) await deliverQuietly(tools)
    const exit = exitOfFailures(pushed.failures, pushed.sent.length > 0)
    const { timezone } = tools.workspace.settings
    return { ...pushed, dryRun: request.dryRun, waiting: await waiting(tools), exit, timezone }
  } finally {
    await tools.close()
  }
}

const waiting = async ({ state }: Tools): Promise<PushOutcome['waiting']> =>
  (await waitingOutbox(state.database)).map((item) => ({
    name: item.name,
    endpoint: item.endpoint,
    folder: item.folder,
    size: item.size,
    queuedAt: item.queued_at,
    attempts: item.attempts,
    lastError: item.last_error,
  }))
