import { ExitCode } from '../../errors/index.js'
import { countNotifications, retryNotifications } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { sendLineage } from '../telemetry/send-lineage.js'
import { type Delivered, deliver } from './deliver.js'
import { noteEscalations } from './note-escalations.js'
import { noteLateJobs } from './note-missed.js'

export interface SendRequest extends Omit<ToolOptions, 'dryRun'> {
  /** Also what was given up, and what waits for its next try. */
  readonly again: boolean
}

export interface SendOutcome extends Delivered {
  readonly waiting: number
  readonly undeliverable: number
  readonly exit: ExitCode
}

/**
 * Looks what is overdue by now, and sends what is due, lineage too. For cron where no daemon runs, and for people. `verb`: what whoever asks
 * must be allowed to do; a daemon may tell because it may run.
 */
export async function sendByHand(request: SendRequest, verb: 'notify' | 'run' = 'notify'): Promise<SendOutcome> {
  const tools = await openTools({ ...request, dryRun: false }, verb)
  try {
    const { workspace, state } = tools
    await state.database.transaction().execute(async (database) => {
      const now = tools.now()
      const telling = { settings: workspace.settings, now, run: null }
      await noteEscalations(database, workspace, telling)
      await noteLateJobs(database, workspace, telling)
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
