import type { Finding } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import type { RunRow } from '../../state/index.js'
import { checkContracts } from '../check/check-contracts.js'
import { matchRelations } from '../match/match-relations.js'
import type { Matched } from '../matched.js'
import { Run } from '../run.js'
import type { Tools } from '../tools.js'

/** What the rules say of a night: nothing is settled, loaded or written. */
export interface Rerun {
  readonly findings: readonly Finding[]
  /** Of a three-way match: what becomes of each invoice. */
  readonly invoices: Extract<Matched, { kind: 'invoices' }> | undefined
  /** Of any other: what became of its rows. */
  readonly outcomes: Extract<Matched, { kind: 'tables' }>['outcomes']
}

/**
 * Judges a night of the past again, on a copy of the store that was put back to it, by the settings of `tools`.
 * @throws Error when an extract that the night had cannot be used any more
 */
export async function rerunNight(night: RunRow, job: JobSettings, tools: Tools): Promise<Rerun> {
  const run = await Run.begin(job, night.as_of, tools, { kind: 'replay', rulesOf: night.id })
  const { output: relations } = await checkContracts(run, job, tools)
  try {
    const { output: matched } = await matchRelations(run, job, relations, tools)
    return {
      findings: matched.findings,
      invoices: matched.kind === 'invoices' ? matched : undefined,
      outcomes: matched.kind === 'tables' ? matched.outcomes : [],
    }
  } finally {
    await relations.engine.close()
  }
}
