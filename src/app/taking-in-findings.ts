import { type Finding, ZERO } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { missingNames } from '../exchange/index.js'
import { allLeft, gapsOf } from '../state/index.js'
import type { Tools } from './tools.js'

/** What is wrong with the drops of a job tonight: files that lie there too long, numbers that were passed over. */
export async function takingInFindings(job: JobSettings, tools: Tools): Promise<Finding[]> {
  const { database } = tools.state
  const now = tools.now()
  const late = (await allLeft(database, job.job)).filter(({ late_at }) => late_at <= now)
  return [
    ...late.map((left) =>
      fileLate(tools, {
        file: left.name,
        partner: left.partner,
        message: `${left.name} has lain at ${left.endpoint}: ${left.folder} since ${left.since} and is not taken: ${left.reason}`,
        values: { folder: left.folder, since: left.since, reason: left.reason },
      }),
    ),
    ...(await gapsOf(database, job.job)).map((gap) =>
      fileLate(tools, {
        file: `${gap.before}${String(gap.first).padStart(gap.width, '0')}${gap.after}`,
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
