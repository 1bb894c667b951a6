import type { JobSettings } from '../../config/index.js'
import type { RunRow } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { headersOf } from './headers-of.js'
import { type RunWatch, unwatched } from './run-watch.js'
import { told } from './told.js'

/** Begins to tell those that the settings name of a run. What they cannot be told is a warning in the log, never a reason to fail a night. */
export async function watchRun(job: JobSettings, run: RunRow, resumed: boolean, tools: Tools): Promise<RunWatch> {
  const { openlineage, opentelemetry } = tools.workspace.settings.telemetry ?? {}
  const watches: RunWatch[] = []
  if (openlineage !== undefined) {
    await told('OpenLineage', tools, async () => {
      const { tellLineage } = await import('./tell-lineage.js')
      watches.push(tellLineage(openlineage, job, run, resumed, tools))
    })
  }
  if (opentelemetry !== undefined) {
    await told('OpenTelemetry', tools, async () => {
      const { traceRun } = await import('./trace-run.js')
      watches.push(traceRun(opentelemetry, await headersOf(opentelemetry.headers, tools), job, run, resumed, tools))
    })
  }
  if (watches.length === 0) return unwatched
  return {
    step(step) {
      for (const watch of watches) watch.step(step)
    },
    async ended(end) {
      await Promise.all(watches.map((watch) => watch.ended(end)))
    },
  }
}
