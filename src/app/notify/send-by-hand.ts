import { ExitCode } from '../../errors/index.js'
import { countNotifications, retryNotifications } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { sendLineage } from '../telemetry/send-lineage.js'
import { type Delivered, deliver } from './deliver.js'
import { noteEscalations } from './note-escalations.js'

export interface SendRequest extends Omit<ToolOptions, 'dryRun'> {
  /** Also what was given up, and what waits for its next try. */
  readonly again: boolean
}

export interface SendOutcome extends Delivered {
  readonly waiting: number
  readonly undeliverable: number
  readonly exit: ExitCode
}

/** Looks what is overdue by now, and sends what is due, lineage too. For cron where no daemon runs, and for people. */
export async function sendByHand(request: SendRequest): Promise<SendOutcome> {
  const tools = await openTools({ ...request, dryRun: false }, 'notify')
  try {
    const { workspace, state } = tools
    await state.database.transaction().execute(async (database) => {
      const now = tools.now()
      await noteEscalations(database, workspace, { settings: workspace.settings, now, run: null })
      if (request.again) await retryNotifications(database, now)
    })
    const delivered = await deliver(tools)
    await sendLineage(tools)
    const { waiting, undeliverable } = await countNotifications(state.database)
    const exit = delivered.failed > 0 ? ExitCode.transportFailed : ExitCode.done
    return { ...delivered, waiting, undeliverable, exit }
  } finally {
    await tools.close()
  }
}
