import { type Finding, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { missingNames, namesPatient, numberedName } from '../../exchange/index.js'
import type { StreamGap } from '../../state/index.js'
import { lateArrivals } from '../scheduling/late-arrivals.js'
import type { Tools } from '../tools.js'
import { leftAtSources, missingNumbers } from './drops-of.js'

/** What is wrong with the drops of a job tonight: files that lie there too long or have not come, numbers that were passed over. */
export async function takingInFindings(job: JobSettings, tools: Tools): Promise<Finding[]> {
  const { database } = tools.state
  const now = tools.now()
  const gaps = await missingNumbers(database, job)
  const missing = new Set(gaps.map(firstMissing))
  const left = await leftAtSources(database, [job])
  // A file that is there and not whole may be the one that others wait for: that is said once.
  const awaited = await lateArrivals(tools.workspace, [job], database, now)
  const ofPatients = left.filter(({ reason }) => reason === namesPatient)
  const late = left.filter((file) => file.late_at <= now && !missing.has(file.name) && !ofPatients.includes(file))
  return [
    ...ofPatients.map((left) =>
      aboutFile(tools, 'DATA-PHI', {
        file: left.name,
        partner: left.partner,
        message: `A file at ${left.endpoint}: ${left.folder} (${left.name}) is not taken: ${left.reason}`,
        values: { folder: left.folder, since: left.since, reason: left.reason },
      }),
    ),
    ...late.map((left) =>
      aboutFile(tools, 'FILE-LATE', {
        file: left.name,
        partner: left.partner,
        message: `${left.name} has lain at ${left.endpoint}: ${left.folder} since ${left.since} and is not taken: ${left.reason}`,
        values: { folder: left.folder, since: left.since, reason: left.reason },
      }),
    ),
    ...awaited.map((one) =>
      aboutFile(tools, 'FILE-LATE', {
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
      aboutFile(tools, 'FILE-LATE', {
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

const aboutFile = (
  { workspace }: Tools,
  code: 'FILE-LATE' | 'DATA-PHI',
  about: { file: string; partner: string | null; message: string; values: Finding['values'] },
): Finding => ({
  code,
  keys: { file: about.file, ...(about.partner === null ? {} : { partner: about.partner }) },
  message: about.message,
  amountAtRisk: ZERO,
  currency: workspace.settings.currency,
  values: about.values,
  tolerance: null,
  evidence: [],
})
