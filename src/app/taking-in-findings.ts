import { type Finding, ZERO } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { missingNames, numberedName } from '../exchange/index.js'
import type { StreamGap } from '../state/index.js'
import { leftAtSources, missingNumbers } from './drops-of.js'
import { lateArrivals } from './scheduling/late-arrivals.js'
import type { Tools } from './tools.js'

/** What is wrong with the drops of a job tonight: files that lie there too long or have not come, numbers that were passed over. */
export async function takingInFindings(job: JobSettings, tools: Tools): Promise<Finding[]> {
  const { database } = tools.state
  const now = tools.now()
  const gaps = await missingNumbers(database, job)
  const missing = new Set(gaps.map(firstMissing))
  const left = await leftAtSources(database, [job])
  // A file that is there and not whole may be the one that others wait for: that is said once.
  const awaited = await lateArrivals(tools.workspace, [job], database, now)
  const late = left.filter(({ name, late_at }) => late_at <= now && !missing.has(name))
  return [
    ...late.map((left) =>
      fileLate(tools, {
        file: left.name,
        partner: left.partner,
        message: `${left.name} has lain at ${left.endpoint}: ${left.folder} since ${left.since} and is not taken: ${left.reason}`,
        values: { folder: left.folder, since: left.since, reason: left.reason },
      }),
    ),
    ...awaited.map((one) =>
      fileLate(tools, {
        file: `${one.endpoint}: ${one.folder}/${one.include.join(', ')}`,
        partner: one.partner,
        message: `${one.came === 0 ? 'nothing' : `only ${one.came} of ${one.expected} files`} came from ${one.endpoint}: ${one.folder} (${one.include.join(', ')}) by ${one.expectedBy}${one.last === null ? '; nothing ever did' : `; the last came ${one.last}`}`,
        values: {
          input: one.input,
          'expected by': one.expectedBy,
          expected: String(one.expected),
          came: String(one.came),
        },
      }),
    ),
    ...gaps.map((gap) =>
      fileLate(tools, {
        file: firstMissing(gap),
        partner: gap.partner,
        message: `${gap.shown_by} is there at ${gap.endpoint}: ${gap.folder}, and ${missingNames(gap, gap)} not been taken`,
        values: {
          folder: gap.folder,
          since: gap.since,
          'first missing': String(gap.first),
          'last missing': String(gap.last),
        },
      }),
    ),
  ]
}

const firstMissing = (gap: StreamGap): string => numberedName(gap, gap.first)

const fileLate = (
  { workspace }: Tools,
  late: { file: string; partner: string | null; message: string; values: Finding['values'] },
): Finding => ({
  code: 'FILE-LATE',
  keys: { file: late.file, ...(late.partner === null ? {} : { partner: late.partner }) },
  message: late.message,
  amountAtRisk: ZERO,
  currency: workspace.settings.currency,
  values: late.values,
  tolerance: null,
  evidence: [],
})
