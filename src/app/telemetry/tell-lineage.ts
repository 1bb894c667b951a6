import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobSettings, Telemetry } from '../../config/index.js'
import { makeFolder } from '../../exchange/index.js'
import type { RunRow } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { type LineageEvent, type LineageRun, lineageEvent } from './lineage-event.js'
import type { RunWatch } from './run-watch.js'
import { queueLineage, sendLineage } from './send-lineage.js'
import { told } from './told.js'

type Settings = NonNullable<Telemetry['openlineage']>

/** Says that a run begins, and at its end what became of it: into the file, to the server, or both. */
export function tellLineage(
  settings: Settings,
  job: JobSettings,
  run: RunRow,
  resumed: boolean,
  tools: Tools,
): RunWatch {
  const of: LineageRun = {
    namespace: settings.namespace,
    job,
    run,
    workspace: tools.workspace,
    version: tools.version,
  }
  const tell = async (event: LineageEvent): Promise<void> => {
    const { file, url } = settings
    if (file !== undefined) {
      await told(`the file ${file}`, tools, () => append(path.resolve(tools.workspace.folder, file), event))
    }
    if (url === undefined) return
    await told(url, tools, () => queueLineage(run.id, event, tools))
    await sendLineage(tools)
  }
  // The run does not wait for this one; the next waits for it, so that they come in order.
  const begun = tell(lineageEvent(of, resumed ? 'RUNNING' : 'START', tools.now()))
  return {
    step: () => {},
    async ended(end) {
      await begun
      await tell(lineageEvent(of, end.status === 'failed' ? 'FAIL' : 'COMPLETE', tools.now(), end))
    },
  }
}

async function append(file: string, event: LineageEvent): Promise<void> {
  await makeFolder(path.dirname(file))
  await appendFile(file, `${JSON.stringify(event)}\n`, { mode: 0o640 })
}
