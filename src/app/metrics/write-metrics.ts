import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { prometheusText, type Sample } from '../../outputs/metrics/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { withReading } from '../open-workspace.js'
import type { Tools } from '../tools.js'
import { measure } from './measure.js'

export interface Measured {
  readonly samples: readonly Sample[]
  readonly text: string
  /** Absolute; null where the text went nowhere but to the caller. */
  readonly file: string | null
}

/** Measures now. `out`: a file that is replaced as a whole. */
export async function metrics(workspaceFolder: string | undefined, out: string | undefined): Promise<Measured> {
  const samples = await withReading(workspaceFolder, measure)
  const text = prometheusText(samples)
  if (out === undefined) return { samples, text, file: null }
  const file = path.resolve(out)
  await placeFile(file, (temporary) => writeFile(temporary, text, { mode: 0o644 }))
  return { samples, text, file }
}

/** After each run, where the workspace names a file. What a monitor reads is not worth failing a night for. */
export async function metricsAfterRun({ workspace, log }: Tools): Promise<void> {
  const { metrics: settings } = workspace.settings
  if (settings === undefined) return
  try {
    await metrics(workspace.folder, path.resolve(workspace.folder, settings.file))
  } catch (error) {
    log.warn({ file: settings.file }, `metrics were not written: ${error instanceof Error ? error.message : error}`)
  }
}
