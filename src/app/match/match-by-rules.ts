import type { Finding } from '../../canonical/index.js'
import { counted } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import {
  matcherOf,
  readPeriod,
  readRuleFindings,
  readRuleOutcomes,
  readTable,
  readTotals,
  runMatcher,
} from '../../match/index.js'
import type { StoredRow } from '../../state/index.js'
import type { Night } from '../check/check-contracts.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { type Matched, placed } from './matched.js'

/** Any matcher that is rules and a declaration: its findings, result tables, totals and outcomes. */
export async function matchByRules(
  run: Run,
  job: JobSettings,
  { engine, files }: Night,
  tools: Tools,
): Promise<StepResult<Matched>> {
  const matcher = matcherOf(job.matcher)
  const { currency } = tools.workspace.settings
  await runMatcher(engine, matcher, { asOf: run.row.as_of, currency, settings: job.settings }, (rule, milliseconds) =>
    tools.log.debug({ run: run.id, rule, milliseconds }, 'rule done'),
  )
  const findings: Finding[] = []
  for await (const finding of readRuleFindings(engine)) {
    findings.push({
      ...finding,
      currency: finding.currency ?? currency,
      evidence: placed(finding.evidence, files),
    })
  }
  const tables: Record<string, StoredRow[]> = {}
  for (const table of matcher.tables) {
    const rows: StoredRow[] = []
    for await (const row of readTable(engine, table)) rows.push(row)
    tables[table.name] = rows
  }
  const outcomes = await readRuleOutcomes(engine)
  const period = matcher.ofOnePeriod ? await readPeriod(engine) : undefined
  const said = outcomes.map(({ label, count }) => `${count} ${label.toLowerCase()}`)
  return {
    output: {
      kind: 'tables',
      findings,
      tables,
      totals: await readTotals(engine),
      outcomes,
      ...(period === undefined ? {} : { period }),
    },
    said: [...said, counted(findings.length, 'finding')].join(', '),
  }
}
