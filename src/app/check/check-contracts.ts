import {
  counted,
  createRelation,
  createRelations,
  type Finding,
  literal,
  type SetEngine,
  unitColumns,
} from '../../canonical/index.js'
import type { ExtractInput, JobSettings, Workspace } from '../../config/index.js'
import { needsIdentityKey, useIdentityKey } from '../../contracts/index.js'
import type { StoredLoadResult } from '../../state/index.js'
import type { Run, StepResult } from '../run.js'
import type { ExtractTotals } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { bindAcknowledgmentTimes } from './acknowledgment-times.js'
import { bindCrossReferences } from './bind-cross-references.js'
import { bindDocuments } from './bind-documents.js'
import { bindExtract } from './bind-extract.js'
import { bindKnownExceptions } from './bind-known-exceptions.js'
import { bindRemembered } from './bind-remembered.js'
import { bindRows } from './bind-rows.js'
import { danglingReferences } from './dangling-references.js'
import { identityKey } from './identity-key.js'
import { FilesOfNight, inOrderOfLookUps } from './looked-up-files.js'
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
  const filling = { engine, files, findings, asOf: run.row.as_of, lookUps: night.byContract, run, job, tools }
  for (const [n, [name, input]] of inOrderOfLookUps(inputs, tools).entries()) {
    tools.progress.advance(n, inputs.length, 'extracts')
    const used = await bindExtract(filling, name, input)
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
  for (const finding of loadResults.findings) findings.push(finding)
  extracts.push(...loadResults.extracts)
  for (const finding of await danglingReferences({ engine, files, findings, extracts }, job, tools))
    findings.push(finding)
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

/** Extracts write units their own way too; documents are translated when they are bound. */
export async function applyUnitAliases(engine: SetEngine, { settings }: Workspace): Promise<void> {
  const { aliases, capitals } = settings.units
  const named = Object.entries(aliases).map(([written, unit]) => `WHEN ${literal(written)} THEN ${literal(unit)}`)
  if (named.length === 0 && !capitals) return
  const meant = (text: string, otherwise: string) =>
    named.length === 0 ? otherwise : `CASE ${text} ${named.join(' ')} ELSE ${otherwise} END`
  const updates = unitColumns.map(([relation, column]) => {
    const unit = meant(column, capitals ? meant(`upper(${column})`, `upper(${column})`) : column)
    return `UPDATE ${relation} SET ${column} = ${unit} WHERE ${column} <> ${unit}`
  })
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
