import type { JobSettings } from '../../config/index.js'
import type { Night } from '../check/check-contracts.js'
import { matchTwoSides } from '../reconcile/match-two-sides.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { matchByRules } from './match-by-rules.js'
import { matchInvoices } from './match-invoices.js'
import type { Matched } from './matched.js'

/** Runs the job's matcher over the night's relations. Without the extracts it needs nothing is judged. */
export async function matchRelations(
  run: Run,
  job: JobSettings,
  night: Night | undefined,
  tools: Tools,
): Promise<StepResult<Matched>> {
  if (night === undefined) throw new Error('match needs the relations computed in this process')
  if (night.missing.length > 0)
    return { output: { kind: 'nothing', findings: [] }, said: `not matched: no ${night.missing.join(', ')}` }
  switch (job.matcher) {
    case 'three-way':
      return matchInvoices(run, job, night, tools)
    case 'reconcile':
      return matchTwoSides(run, job, night, tools)
    default:
      return matchByRules(run, job, night, tools)
  }
}
