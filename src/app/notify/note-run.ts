import type { JobSettings } from '../../config/index.js'
import { errorCatalogue, MatchbookError } from '../../errors/index.js'
import type { StateDatabase } from '../../state/index.js'
import { placeForPeople, workbookFile } from '../report/workbook-files.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { noteCauses } from './note-causes.js'
import { noteEscalations } from './note-escalations.js'
import { noteNight } from './note-night.js'
import { noteOperators } from './note-operators.js'
import type { Telling } from './queue-notice.js'

/** What a settlement opened and settled. Call it, and those below, inside the transaction of what it tells. */
export const noteSettled = (database: StateDatabase, run: Run, job: JobSettings, tools: Tools): Promise<void> =>
  noteCauses(database, job.job, tellingOf(run, tools), workbookFor(run, job, tools))

/** The end of a run: the digests, and what is overdue by now. A past day is nobody's news. */
export async function noteEnd(database: StateDatabase, run: Run, job: JobSettings, tools: Tools): Promise<void> {
  const telling = tellingOf(run, tools)
  if (run.row.kind !== 'backfill' && run.row.rules_of === null)
    await noteNight(database, { job, day: run.row.as_of, workbook: workbookFor(run, job, tools) }, telling)
  await noteEscalations(database, tools.workspace, telling)
}

/** Once for a job and day, however often it is tried. */
export async function noteFailure(
  database: StateDatabase,
  run: Run,
  { job }: JobSettings,
  error: unknown,
  tools: Tools,
): Promise<void> {
  // The message of an error may quote what stands in a file; its code and title do not.
  const code = error instanceof MatchbookError ? error.code : undefined
  const title = code === undefined ? 'A defect in Matchbook' : errorCatalogue[code].title
  const notice = { kind: 'run-failed', job, run: run.id, code: code ?? 'DEFECT', title, at: tools.now() } as const
  await noteOperators(database, notice, `${job} of ${run.row.as_of}, ${notice.code}`, tellingOf(run, tools))
}

const tellingOf = (run: Run, tools: Tools): Telling => ({
  settings: tools.workspace.settings,
  now: tools.now(),
  run: run.id,
})

const workbookFor =
  (run: Run, job: JobSettings, tools: Tools) =>
  (owner: string): string => {
    const part = job.report['one-per'] === 'owner' ? ({ kind: 'owner', name: owner } as const) : undefined
    return placeForPeople(workbookFile(run.row, job, tools.folder, part), run.id, tools.workspace.settings)
  }
