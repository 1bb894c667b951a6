import type { ChangeFiles, ExtractContract, ExtractInput, JobSettings } from '../../config/index.js'
import { countRejected } from '../../contracts/index.js'
import { type FileRow, setDisposition } from '../../state/index.js'
import { unwrapOf } from '../pull/unwrap-files.js'
import type { Run } from '../run.js'
import type { ExtractTotals } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { filesOfInput } from '../workspace/files-of-input.js'
import { checkChanges } from './check-changes.js'
import { betweenParts, checkTogether, type Filling, type Used, whyUnusable } from './check-parts.js'
import { chainsOf } from './extract-changes.js'
import { incomplete, late, loose, stale, unrouted, waiting, withoutLookUps } from './extract-findings.js'
import { partsOf } from './extract-parts.js'
import { lookedUpBy } from './looked-up-files.js'

/** The night that extracts are brought in for. */
export interface NightFilling extends Filling {
  readonly run: Run
  readonly job: JobSettings
  readonly tools: Tools
}

/** One input of it. */
interface Binding {
  readonly night: NightFilling
  readonly name: string
  readonly input: ExtractInput
  readonly contract: ExtractContract
  /** Says in the ledger what became of a file, unless another job took it: then that job does. */
  book(file: FileRow, change: Parameters<typeof setDisposition>[2]): Promise<void>
}

/**
 * Binds what the input's extract is tonight: the newest file that its contract lets pass, or where it comes in parts, the newest of each. A
 * newer one that does not pass is quarantined with its findings, and the last good one serves as long as it is not too old.
 */
export async function bindExtract(
  night: NightFilling,
  name: string,
  input: ExtractInput,
): Promise<readonly ExtractTotals[]> {
  const { run, job, tools } = night
  const contract = tools.workspace.contracts.get(input.contract)
  if (contract === undefined) throw new Error(`job ${job.job} names contract ${input.contract}, which was not loaded`)
  const binding: Binding = {
    night,
    name,
    input,
    contract,
    async book(file, change) {
      if (file.job === job.job) await setDisposition(tools.state.database, file.id, change)
    },
  }
  // A wrapper in quarantine is no extract, whatever may be in it.
  const candidates = (await candidatesFor(run, job, name, tools)).filter((file) => unwrapOf(file, job) === undefined)
  const unmet = lookedUpBy(input.contract, tools).filter((other) => !night.lookUps.has(other))
  if (unmet.length > 0) {
    night.findings.push(withoutLookUps(name, unmet, candidates[0], tools.workspace))
    return []
  }
  return input.changes === undefined ? bindParts(binding, candidates) : bindChanges(binding, candidates, input.changes)
}

/** The newest of each part; an extract that does not come in parts has one. */
async function bindParts(binding: Binding, candidates: readonly FileRow[]): Promise<readonly ExtractTotals[]> {
  const { night, name, input, contract, book } = binding
  const { engine, run, findings, tools } = night
  const { slots, strangers } = partsOf(candidates, input.parts)
  for (const file of strangers) {
    findings.push(unrouted(file, name, input.parts, tools.workspace))
    await book(file, { disposition: 'quarantined', reason: `parts of ${name} do not fit its name` })
  }
  const used: Used[] = []
  for (const tries of slots) {
    for (const [n, one] of tries.entries()) {
      if (one.lacking !== undefined) {
        findings.push(incomplete(one, name, tools.workspace))
        continue
      }
      const checked = await checkTogether(night, contract, one)
      await bookRefused(
        binding,
        checked.filter(({ check }) => !check.usable),
      )
      if (checked.some(({ check }) => !check.usable)) continue
      used.push(...checked)
      for (const older of tries.slice(n + 1).flatMap((other) => other.files))
        if (older.file.disposition === 'taken' && run.until === undefined)
          await book(older.file, { disposition: 'superseded', reason: `${checked[0]?.file.name} is newer` })
      break
    }
  }
  if (used.length > 1) for (const finding of await betweenParts(engine, contract, used, tools)) findings.push(finding)
  return bookUsed(binding, used, used)
}

/** The newest whole extract with the changes that came after it. */
async function bindChanges(
  binding: Binding,
  candidates: readonly FileRow[],
  changes: ChangeFiles,
): Promise<readonly ExtractTotals[]> {
  const { night, name, contract, book } = binding
  const { run, findings, tools } = night
  const { chains, loose: withoutWhole, strangers } = chainsOf(candidates, changes)
  for (const file of strangers) {
    findings.push(unrouted(file, name, changes.order, tools.workspace))
    await book(file, { disposition: 'quarantined', reason: `changes.order of ${name} does not fit its name` })
  }
  const applied = await checkChanges(night, contract, { chains })
  await bookRefused(binding, applied.refused)
  const refused = applied.refused.at(-1)
  if (applied.waiting.length > 0 && refused !== undefined)
    findings.push(waiting(applied.waiting, refused.file, name, tools.workspace))
  if (applied.used.length === 0 && withoutWhole.length > 0) findings.push(loose(withoutWhole, name, tools.workspace))
  const [base] = applied.used
  const spokenFor = new Set([
    ...[...applied.used, ...applied.refused].map(({ file }) => file.id),
    ...[...applied.waiting, ...strangers].map(({ id }) => id),
  ])
  for (const older of base === undefined || run.until !== undefined ? [] : candidates)
    if (older.disposition === 'taken' && !spokenFor.has(older.id))
      await book(older, { disposition: 'superseded', reason: `${base?.file.name} is newer` })
  return bookUsed(binding, applied.used, applied.used.slice(-1))
}

async function bookRefused({ book }: Binding, refused: readonly Used[]): Promise<void> {
  for (const { file, check } of refused) {
    const { records, accepted, rejected } = check
    await book(file, { disposition: 'quarantined', reason: whyUnusable(check), records, accepted, rejected })
  }
}

/** @param newest those that have to be young enough */
async function bookUsed(
  { night, name, input, book }: Binding,
  used: readonly Used[],
  newest: readonly Used[],
): Promise<ExtractTotals[]> {
  const { engine, run, findings, tools } = night
  const totals: ExtractTotals[] = []
  for (const one of used) {
    const { file, check, index } = one
    const rejected = used.length > 1 ? await countRejected(engine, index) : check.rejected
    const counts = { records: check.records, accepted: check.records - rejected, rejected }
    await book(file, { disposition: 'read', reason: null, ...counts })
    if (newest.includes(one) && tooOld(file, input, run.until ?? tools.now()))
      findings.push(stale(file, name, check.file.part, input, tools.workspace))
    totals.push({ input: name, file: file.name, sha256: file.sha256, ...counts })
  }
  if (used.length === 0 && input.required) findings.push(late(name, input, tools.workspace))
  return totals
}

/** Newest first. A backfill begins with the newest that was there on its day, and where none was, with the first that came after. */
async function candidatesFor(
  run: Run,
  job: JobSettings,
  input: string,
  { state, workspace }: Tools,
): Promise<FileRow[]> {
  const { until } = run
  if (until === undefined)
    return (await filesOfInput(state.database, job, input, workspace, ['taken', 'read', 'quarantined'])).sort(
      newestFirst,
    )
  const all = await filesOfInput(state.database, job, input, workspace, ['taken', 'read', 'quarantined', 'superseded'])
  const wasThere = ({ modified }: FileRow) => Date.parse(modified) <= Date.parse(until)
  return [
    ...all.filter(wasThere).sort(newestFirst),
    ...all.filter((file) => !wasThere(file)).sort((a, b) => newestFirst(b, a)),
  ]
}

export const newestFirst = (a: FileRow, b: FileRow): number =>
  a.modified === b.modified ? b.id - a.id : a.modified < b.modified ? 1 : -1

const tooOld = (file: FileRow, input: ExtractInput, now: string): boolean =>
  Date.parse(now) - Date.parse(file.modified) > input['max-age-hours'] * 3_600_000
