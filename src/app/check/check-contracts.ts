import {
  counted,
  createRelation,
  createRelations,
  decimal,
  type Finding,
  literal,
  type SetEngine,
  unitColumns,
} from '../../canonical/index.js'
import type { ChangeFiles, ExtractContract, ExtractInput, JobSettings, Workspace } from '../../config/index.js'
import { countRejected, type LookedUpFiles, needsIdentityKey, useIdentityKey } from '../../contracts/index.js'
import { type FileRow, filesOfInputs, type StoredLoadResult, setDisposition } from '../../state/index.js'
import { unwrapOf } from '../pull/unwrap-files.js'
import type { Run, StepResult } from '../run.js'
import type { ExtractTotals } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { sharedInputs } from '../workspace/shared-inputs.js'
import { bindAcknowledgmentTimes } from './acknowledgment-times.js'
import { bindCrossReferences } from './bind-cross-references.js'
import { bindDocuments } from './bind-documents.js'
import { bindKnownExceptions } from './bind-known-exceptions.js'
import { bindRemembered } from './bind-remembered.js'
import { bindRows } from './bind-rows.js'
import { checkChanges } from './check-changes.js'
import { betweenParts, checkTogether, type Used, whyUnusable } from './check-parts.js'
import { danglingReferences } from './dangling-references.js'
import { chainsOf } from './extract-changes.js'
import { partsOf, type Together } from './extract-parts.js'
import { identityKey } from './identity-key.js'
import { FilesOfNight, inOrderOfLookUps, lookedUpBy } from './looked-up-files.js'
import { applyMappedAccounts } from './mapped-accounts.js'
import { mappedLines } from './mapped-lines.js'
import { applyMappedOrders } from './mapped-orders.js'
import { type ReadLoadResults, readLoadResults } from './read-load-results.js'
import { creditsSeen } from './reversals-seen.js'
import { partnerVendorRows, toleranceRows, unitConversionRows } from './settings-relations.js'
import type { SourceFile } from './source-file.js'

/** The night's relations in the set engine, and what was found wrong on the way there. */
export interface Night {
  readonly engine: SetEngine
  readonly files: readonly SourceFile[]
  readonly findings: readonly Finding[]
  readonly extracts: readonly ExtractTotals[]
  /** Inputs the job cannot match without and that have no usable file. */
  readonly missing: readonly string[]
  /** Invoices loaded in earlier runs that the vouchers now show. */
  readonly confirmed: readonly string[]
  /** What the ERP's result files say of rows of earlier loads. */
  readonly loadResults: ReadLoadResults
  /** Of loads that take others back what the vouchers show now. */
  readonly creditsSeen: readonly StoredLoadResult[]
}

/** Brings extracts, documents and settings into the set engine: typed, minimised, each row knowing where it came from. */
export async function checkContracts(run: Run, job: JobSettings, tools: Tools): Promise<StepResult<Night>> {
  const engine = await tools.openEngine()
  try {
    return await fill(engine, run, job, tools)
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function fill(engine: SetEngine, run: Run, job: JobSettings, tools: Tools): Promise<StepResult<Night>> {
  const files: SourceFile[] = []
  const findings: Finding[] = []
  const extracts: ExtractTotals[] = []
  const missing: string[] = []
  const inputs = Object.entries(job.inputs).filter(
    (entry): entry is [string, ExtractInput] => entry[1].kind === 'extract',
  )
  await giveKey(engine, inputs, tools)
  const night = new FilesOfNight(tools)
  for (const [n, [name, input]] of inOrderOfLookUps(inputs, tools).entries()) {
    tools.progress.advance(n, inputs.length, 'extracts')
    const used = await bindExtract(engine, run, job, name, input, files, findings, night.byContract, tools)
    await night.add(input.contract, used)
    extracts.push(...used)
    if (used.length === 0 && input.required) missing.push(name)
  }
  await engine.run(createRelations())
  await applyUnitAliases(engine, tools.workspace)
  await bindSettings(engine, tools.workspace)
  if (job.matcher === 'po-acknowledgment') await bindAcknowledgmentTimes(engine, run, job, tools)
  await bindKnownExceptions(engine, job, tools)
  await bindDocuments(engine, run, job, files, tools)
  if (job.matcher === 'three-way') await applyMappedOrders(engine, tools.state.database, job.job)
  if (job.matcher === 'gl-posting') await applyMappedAccounts(engine, tools.state.database, job.job)
  await bindRemembered(engine, job, tools)
  await bindCrossReferences(engine, job, tools)
  if (job.matcher === 'three-way')
    await bindRows(engine, 'mapped_line', await mappedLines(tools.state.database, job.job))
  const loadResults = await readLoadResults(engine, run, job, files, tools)
  findings.push(...loadResults.findings)
  extracts.push(...loadResults.extracts)
  findings.push(...(await danglingReferences({ engine, files, findings, extracts }, job, tools)))
  const confirmed = job.matcher === 'three-way' ? await confirmedByVouchers(engine) : []
  const credits = job.matcher === 'three-way' ? await creditsSeen(engine, job, tools) : []
  const records = extracts.reduce((sum, extract) => sum + extract.records, 0)
  const rejected = extracts.reduce((sum, extract) => sum + extract.rejected, 0)
  return {
    output: { engine, files, findings, extracts, missing, confirmed, loadResults, creditsSeen: credits },
    said: `${counted(extracts.length, 'extract')}, ${counted(records, 'record')}, ${rejected} rejected${missing.length > 0 ? `; missing: ${missing.join(', ')}` : ''}`,
  }
}

/** Gives the engine the key that identities are hashed with, where a contract asks for it. @throws SECRET-MISSING, WORKSPACE-INVALID */
export async function giveKey(
  engine: SetEngine,
  inputs: readonly (readonly [string, ExtractInput])[],
  { workspace, secret }: Tools,
): Promise<void> {
  const contracts = inputs.flatMap(([, { contract }]) => workspace.contracts.get(contract) ?? [])
  if (contracts.some(needsIdentityKey)) await useIdentityKey(engine, await identityKey(workspace.settings, secret))
}

/**
 * Binds what the input's extract is tonight: the newest file that its contract lets pass, or where it comes in parts, the newest of each. A
 * newer one that does not pass is quarantined with its findings, and the last good one serves as long as it is not too old.
 */
async function bindExtract(
  engine: SetEngine,
  run: Run,
  job: JobSettings,
  name: string,
  input: ExtractInput,
  files: SourceFile[],
  findings: Finding[],
  lookUps: LookedUpFiles,
  tools: Tools,
): Promise<readonly ExtractTotals[]> {
  const contract = tools.workspace.contracts.get(input.contract)
  if (contract === undefined) throw new Error(`job ${job.job} names contract ${input.contract}, which was not loaded`)
  const { database } = tools.state
  // A file that another job took is its to book; here it is read.
  const book = async (file: FileRow, change: Parameters<typeof setDisposition>[2]): Promise<void> => {
    if (file.job === job.job) await setDisposition(database, file.id, change)
  }
  // A wrapper in quarantine is no extract, whatever may be in it.
  const candidates = (await candidatesFor(run, job, name, tools)).filter((file) => unwrapOf(file, job) === undefined)
  const unmet = lookedUpBy(input.contract, tools).filter((other) => !lookUps.has(other))
  if (unmet.length > 0) {
    findings.push(alone(name, unmet, candidates[0], tools.workspace))
    return []
  }
  const { changes } = input
  if (changes !== undefined) return bindChanges({ ...input, changes })
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
      const checked = await checkTogether(engine, contract, one, files, findings, run.row.as_of, tools, lookUps)
      for (const { file, check } of checked) {
        const counts = { records: check.records, accepted: check.accepted, rejected: check.rejected }
        if (check.usable) continue
        await book(file, { disposition: 'quarantined', reason: whyUnusable(check), ...counts })
      }
      if (checked.some(({ check }) => !check.usable)) continue
      used.push(...checked)
      for (const older of tries.slice(n + 1).flatMap((other) => other.files))
        if (older.file.disposition === 'taken' && run.until === undefined)
          await book(older.file, { disposition: 'superseded', reason: `${checked[0]?.file.name} is newer` })
      break
    }
  }
  if (used.length > 1) findings.push(...(await betweenParts(engine, contract, used, tools)))
  return bookUsed(used, used)

  /** The newest whole extract with the changes that came after it. */
  async function bindChanges({ changes }: { readonly changes: ChangeFiles }): Promise<readonly ExtractTotals[]> {
    const chains = chainsOf(candidates, changes)
    for (const file of chains.strangers) {
      findings.push(unrouted(file, name, changes.order, tools.workspace))
      await book(file, { disposition: 'quarantined', reason: `changes.order of ${name} does not fit its name` })
    }
    const applied = await checkChanges(
      engine,
      contract as ExtractContract,
      chains,
      files,
      findings,
      run.row.as_of,
      tools,
      lookUps,
    )
    for (const { file, check } of applied.refused) {
      const { records, accepted, rejected } = check
      await book(file, { disposition: 'quarantined', reason: whyUnusable(check), records, accepted, rejected })
    }
    const refused = applied.refused.at(-1)
    if (applied.waiting.length > 0 && refused !== undefined)
      findings.push(waiting(applied.waiting, refused.file, name, tools.workspace))
    if (applied.used.length === 0 && chains.loose.length > 0) findings.push(loose(chains.loose, name, tools.workspace))
    const [base] = applied.used
    const inChain = new Set([...applied.used.map(({ file }) => file.id), ...applied.waiting.map(({ id }) => id)])
    for (const older of base === undefined || run.until !== undefined ? [] : candidates)
      if (
        older.disposition === 'taken' &&
        !inChain.has(older.id) &&
        !chains.strangers.includes(older) &&
        !isRefused(older)
      )
        await book(older, { disposition: 'superseded', reason: `${base?.file.name} is newer` })
    return bookUsed(applied.used, applied.used.slice(-1))

    function isRefused(file: FileRow): boolean {
      return applied.refused.some((one) => one.file.id === file.id)
    }
  }

  /** @param newest those that have to be young enough */
  async function bookUsed(used: readonly Used[], newest: readonly Used[]): Promise<ExtractTotals[]> {
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
}

/** Newest first. A backfill begins with the newest that was there on its day, and where none was, with the first that came after. */
async function candidatesFor(
  run: Run,
  job: JobSettings,
  input: string,
  { state, workspace }: Tools,
): Promise<FileRow[]> {
  const { until } = run
  const inputs = sharedInputs(job, input, workspace)
  if (until === undefined)
    return (await filesOfInputs(state.database, inputs, ['taken', 'read', 'quarantined'])).sort(newestFirst)
  const all = await filesOfInputs(state.database, inputs, ['taken', 'read', 'quarantined', 'superseded'])
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

const stale = (
  file: FileRow,
  name: string,
  part: string | undefined,
  input: ExtractInput,
  { settings }: Workspace,
): Finding => ({
  code: 'FILE-STALE',
  keys: { file: part === undefined ? name : `${name} (${part})` },
  message: `The newest ${name} extract, ${file.name}, was written at ${file.modified}: older than ${input['max-age-hours']} hours`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { written: file.modified, 'oldest allowed (hours)': String(input['max-age-hours']) },
  tolerance: null,
  evidence: [{ file: file.name, sha256: file.sha256 }],
})

const late = (name: string, input: ExtractInput, { settings }: Workspace): Finding => ({
  code: 'FILE-LATE',
  keys: { file: name },
  message: `No usable ${name} extract (contract ${input.contract}) has arrived; nothing can be matched without it`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { contract: input.contract },
  tolerance: null,
  evidence: [],
})

/** What it takes values from did not come, or cannot be used; so its own file waits. */
const alone = (
  name: string,
  unmet: readonly string[],
  file: FileRow | undefined,
  { settings }: Workspace,
): Finding => ({
  code: 'FILE-LATE',
  keys: { file: name },
  message: `${name} is not used: it takes values from files of contract ${unmet.join(' and ')}, and no usable one has arrived`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { 'looks up': unmet.join(', ') },
  tolerance: null,
  evidence: file === undefined ? [] : [{ file: file.name, sha256: file.sha256 }],
})

const incomplete = ({ set, files, lacking }: Together, name: string, { settings }: Workspace): Finding => ({
  code: 'FILE-LATE',
  keys: { file: name, record: set },
  message: `Extract ${set} of ${name} has ${lacking?.has} of its ${lacking?.of} files; none of them is used before the others come`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { 'files that came': files.map(({ file }) => file.name).join(', '), 'files it has': String(lacking?.of) },
  tolerance: null,
  evidence: files.map(({ file }) => ({ file: file.name, sha256: file.sha256 })),
})

/** Changes without a whole extract below them. */
const loose = (files: readonly FileRow[], name: string, { settings }: Workspace): Finding => ({
  code: 'FILE-LATE',
  keys: { file: name, record: 'whole' },
  message: `${counted(files.length, 'file')} of changes of ${name} came, and no whole extract that they could be put over`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { 'files that came': files.map((file) => file.name).join(', ') },
  tolerance: null,
  evidence: files.map((file) => ({ file: file.name, sha256: file.sha256 })),
})

/** Changes that nothing is made of before those that came earlier can be used. */
const waiting = (files: readonly FileRow[], refused: FileRow, name: string, { settings }: Workspace): Finding => ({
  code: 'FILE-LATE',
  keys: { file: name, record: refused.name },
  message: `${counted(files.length, 'file')} of changes of ${name} wait for ${refused.name}, which came before them and cannot be used: have it sent again, or discard it`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { 'files that wait': files.map((file) => file.name).join(', '), 'cannot be used': refused.name },
  tolerance: null,
  evidence: [refused, ...files].map((file) => ({ file: file.name, sha256: file.sha256 })),
})

const unrouted = (file: FileRow, name: string, parts: string | undefined, { settings }: Workspace): Finding => ({
  code: 'FILE-UNROUTED',
  keys: { file: file.name },
  message: `${file.name} was taken for ${name}, and its name does not say where in it it belongs: ${parts} does not fit`,
  amountAtRisk: decimal(0),
  currency: settings.currency,
  values: { pattern: parts ?? null },
  tolerance: null,
  evidence: [{ file: file.name, sha256: file.sha256 }],
})

/** Extracts write units their own way too; documents are translated when they are bound. */
export async function applyUnitAliases(engine: SetEngine, { settings }: Workspace): Promise<void> {
  const aliases = Object.entries(settings.units.aliases)
  if (aliases.length === 0) return
  const values = aliases.map(([alias, unit]) => `(${literal(alias)}, ${literal(unit)})`).join(', ')
  const updates = unitColumns.map(
    ([relation, column]) =>
      `UPDATE ${relation} SET ${column} = alias.unit FROM (VALUES ${values}) AS alias(written, unit) WHERE ${relation}.${column} = alias.written`,
  )
  await engine.run(updates.join(';\n'))
}

/** What the workspace says, for the rules to join. */
export async function bindSettings(engine: SetEngine, workspace: Workspace): Promise<void> {
  await bindRows(engine, 'partner_vendor', partnerVendorRows(workspace))
  await bindRows(engine, 'unit_conversion', unitConversionRows(workspace))
  await bindTolerances(engine, workspace.settings.tolerances)
}

/** In place of those that are bound. */
export async function bindTolerances(
  engine: SetEngine,
  tolerances: Workspace['settings']['tolerances'],
): Promise<void> {
  await engine.run(`${createRelation('tolerance')}; DELETE FROM tolerance`)
  await bindRows(engine, 'tolerance', toleranceRows(tolerances))
}

/** These invoices count as loaded: what would have gone earlier is not judged again. */
export async function takeAsLoaded(engine: SetEngine, invoices: ReadonlySet<string>): Promise<void> {
  if (invoices.size === 0) return
  const ids = [...invoices].map(literal).join(', ')
  await engine.run(`UPDATE invoice SET state = 'loaded' WHERE state = 'open' AND invoice_id IN (${ids})`)
  await confirmedByVouchers(engine)
}

/** Takes invoices out of the night that we loaded and the ERP now shows: from here on its voucher speaks for them. */
async function confirmedByVouchers(engine: SetEngine): Promise<string[]> {
  const rows = await engine.rows<{ invoice_id: string }>(`
    SELECT DISTINCT invoice.invoice_id
    FROM invoice
    JOIN partner_vendor ON partner_vendor.partner = invoice.partner
    JOIN voucher_line ON voucher_line.supplier = partner_vendor.supplier
      AND upper(trim(voucher_line.invoice_number)) = upper(trim(invoice.invoice_number))
      AND voucher_line.status <> 'cancelled'
    WHERE invoice.state = 'loaded'
    ORDER BY 1`)
  const confirmed = rows.map(({ invoice_id }) => invoice_id)
  if (confirmed.length > 0) {
    const ids = confirmed.map(literal).join(', ')
    for (const relation of ['invoice_charge', 'invoice_line', 'invoice']) {
      await engine.run(`DELETE FROM ${relation} WHERE invoice_id IN (${ids})`)
    }
  }
  return confirmed
}
