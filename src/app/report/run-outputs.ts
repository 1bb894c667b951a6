import { type StateDatabase, stepOutput } from '../../state/index.js'
import type { PlannedLoadOutput } from '../loads/book-load.js'
import type { ReadDocuments } from '../run-summary.js'
import type { Settled } from '../settle/settled.js'
import type { Reported } from './report-content.js'

/** What the steps of a finished run left behind, as its workbook needs it. */
export async function runOutputs(database: StateDatabase, runId: string): Promise<Reported> {
  const output = async <T>(step: string): Promise<T> =>
    ((await stepOutput(database, runId, step)) as { output: T } | undefined)?.output as T
  return {
    documents: await output<ReadDocuments>('read'),
    settled: await output<Settled>('settle'),
    loads: await output<readonly PlannedLoadOutput[]>('load'),
  }
}
