import { decimal, type Finding } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import type { RuleOutcome, RuleTotal, SideCounts, SideName } from '../../match/index.js'
import type { StoredRow } from '../../state/index.js'
import type { Night } from '../check/check-contracts.js'
import type { Comparison } from '../diff/compare-inputs.js'
import { type Both, both } from '../diff/read-input.js'
import type { Matched } from '../match/matched.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { type ArchivedExtract, compareExtracts } from './compare-extracts.js'
import { differenceFindings } from './difference-findings.js'
import { differenceRows } from './difference-rows.js'

type ReconcileJob = Extract<JobSettings, { matcher: 'reconcile' }>

/** Holds the two extracts of the night against each other: findings, the rows that differ, totals and outcomes. */
export async function matchTwoSides(
  run: Run,
  job: ReconcileJob,
  night: Night,
  tools: Tools,
): Promise<StepResult<Matched>> {
  const { settings } = job
  const { currency } = tools.workspace.settings
  const extracts = await both((side) => archived(settings[side].input, job, night, tools))
  return compareExtracts(night.engine, tools.workFolder, settings, extracts, run.row.as_of, async (comparison) => {
    const findings: Finding[] = []
    const rows: StoredRow[] = []
    for await (const difference of comparison.differences()) {
      findings.push(...differenceFindings(difference, settings, extracts, currency))
      rows.push(...differenceRows(difference))
    }
    const outcomes = outcomesOf(comparison, extracts)
    const said = outcomes.map(({ label, count }) => `${count} ${label.toLowerCase()}`)
    return {
      output: {
        kind: 'tables',
        findings,
        tables: { difference: rows },
        totals: totalsOf(comparison, extracts),
        outcomes,
      },
      said: [...said, `${findings.length} findings`].join(', '),
    }
  })
}

/** The file of an input that was found usable. An input that is missing was told before anything is matched. */
async function archived(
  input: string,
  job: ReconcileJob,
  { extracts }: Night,
  { archive, workspace }: Tools,
): Promise<ArchivedExtract> {
  const found = extracts.find((extract) => extract.input === input)
  const named = job.inputs[input]
  const contract = named?.kind === 'extract' ? workspace.contracts.get(named.contract) : undefined
  if (found === undefined || contract === undefined)
    throw new Error(`job ${job.job} has no extract ${input} to compare`)
  return { input, file: found.file, sha256: found.sha256, path: await archive.path(found.sha256), contract }
}

function totalsOf({ counts, inputs }: Comparison, extracts: Both<ArchivedExtract>): RuleTotal[] {
  const total = (side: SideName): RuleTotal => {
    const { same, within, changed, only, undated, doubled, outside }: SideCounts = counts[side]
    return {
      section: 'Rows compared',
      name: extracts[side].input,
      measure: 'count',
      in: decimal(inputs[side].records),
      matched: decimal(same + within),
      exception: decimal(changed + only + undated),
      waiting: decimal(outside),
      duplicate: decimal(doubled),
      quarantined: decimal(inputs[side].rejected),
    }
  }
  return [total('left'), total('right')]
}

function outcomesOf({ counts: { keys, left, right } }: Comparison, extracts: Both<ArchivedExtract>): RuleOutcome[] {
  const outcome = (label: string, count: number, explanation: string): RuleOutcome => ({
    label,
    count,
    explanation,
    amount: null,
  })
  const [l, r] = [extracts.left.input, extracts.right.input]
  return [
    outcome('Same', keys.same, 'every compared field says the same on both sides'),
    outcome('Within tolerance', keys.within, 'what differs is no further apart than the job allows'),
    outcome('Changed', keys.changed, 'some field differs by more'),
    outcome(`Only in ${l}`, keys['only-left'], `there is no such key in ${r}`),
    outcome(`Only in ${r}`, keys['only-right'], `there is no such key in ${l}`),
    outcome('Doubled', keys.doubled, 'the key stands more than once on a side; not compared'),
    ...(left.outside + right.outside > 0
      ? [outcome('Not in force', left.outside + right.outside, 'rows of another time than the business day')]
      : []),
  ]
}
