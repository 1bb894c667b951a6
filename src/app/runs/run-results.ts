import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { junitText, type RunResult } from '../../outputs/junit/junit-text.js'
import { placeFile } from '../../outputs/place-file.js'
import { withReading } from '../open-workspace.js'
import type { RunSummary } from '../run-summary.js'
import { listRuns, type RunDetail, showRun } from './list-runs.js'

/** Runs that one call can end. */
const MOST = 500

/**
 * Does the work, and then writes what became of every run that it ended, those that failed too, as JUnit XML. `file` is replaced as a
 * whole; without one nothing is written.
 */
export async function withRunResults<T>(
  workspace: string | undefined,
  file: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (file === undefined) return work()
  const since = new Date().toISOString()
  const write = (): Promise<void> => writeRunResults(workspace, file, since)
  const done = await work().catch(async (error: unknown) => {
    // That its results cannot be written does not hide why the work failed.
    await write().catch(() => {})
    throw error
  })
  await write()
  return done
}

async function writeRunResults(workspace: string | undefined, file: string, since: string): Promise<void> {
  const results = await withReading(workspace, async (reading) => {
    const runs = (await listRuns(reading, MOST)).filter(({ finishedAt }) => finishedAt !== null && finishedAt >= since)
    return Promise.all(runs.reverse().map(async ({ id }) => resultOf(await showRun(reading, id))))
  })
  await placeFile(path.resolve(file), (part) => writeFile(part, junitText(results)))
}

function resultOf(run: RunDetail): RunResult {
  const { failures = [], files } = (run.summary ?? {}) as Partial<RunSummary>
  const failed = (name: string, failure: string) => ({ name, seconds: 0, failure })
  return {
    job: run.job,
    run: run.id,
    startedAt: run.startedAt,
    cases: [
      ...run.steps.map(({ name, startedAt, finishedAt }) => ({
        name,
        seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
        failure: null,
      })),
      ...failures.map(({ subject, code, message }) => failed(subject, `${code}: ${message}`)),
      ...(files === undefined || files.quarantined === 0
        ? []
        : [failed('quarantine', `${files.quarantined} files in quarantine`)]),
      ...(run.error === null ? [] : [failed('run', run.error)]),
    ],
  }
}
