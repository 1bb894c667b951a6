import type { JobSettings } from '../../config/index.js'
import { matcherOf } from '../../match/index.js'
import type { ReportTable } from '../../outputs/report/index.js'
import { resultRows } from '../../state/index.js'
import type { Reading } from '../reading.js'

/** The tables that the run's matcher left behind and that people read, streamed from the store. */
export const reportTables = (runId: string, job: JobSettings, { state }: Pick<Reading, 'state'>): ReportTable[] =>
  job.matcher === 'three-way'
    ? []
    : matcherOf(job.matcher).tables.flatMap(({ name, sheet, explains = '', columns }) =>
        sheet === undefined ? [] : [{ sheet, explains, columns, rows: resultRows(state.database, runId, name) }],
      )
