import type { Finding, RelationName, SetEngine } from '../canonical/index.js'
import type { ExtractColumn, ExtractContract, TextContract } from '../config/extract-contract.js'
import { MatchbookError } from '../errors/index.js'
import {
  countData,
  dropStage,
  recordFields,
  type Survey,
  stageDelimited,
  surveyFile,
  unfitValue,
} from '../formats/delimited/index.js'
import { withText } from './as-text.js'
import { changedColumn } from './changed-column.js'
import { keepLastOfEach, takeRemovals } from './changes.js'
import type { ColumnBinding } from './column-binding.js'
import { contractMistakes } from './contract-mistakes.js'
import { keysOf, removeDuplicates } from './duplicates.js'
import type { CheckOptions, ExtractCheck, ExtractFile } from './extract-check.js'
import { type Fault, fileFinding } from './file-finding.js'
import { type Layout, readLayout, trailerFields } from './layout.js'
import { layoutDrift } from './layout-drift.js'
import { straightLoad } from './load-straight.js'
import { apart } from './look-up.js'
import { mergedRelations, mergeRecords } from './merge-records.js'
import { ensureRelation, project } from './project.js'
import { countRejected, rejectFindings } from './reject-findings.js'
import {
  createRejectTable,
  explainUnfit,
  rejectCutRecord,
  rejectTables,
  rejectUnsplit,
  setRejectLines,
} from './reject-table.js'
import { lookUpTable, stageLookUps } from './stage-look-ups.js'
import type { StagedExtract } from './stage-texts.js'
import type { TextExtract } from './text-extract.js'
import { checkTotals } from './trailer.js'
import { withPart } from './with-part.js'

/**
 * Reads an extract into the canonical relations as its contract says. Records that do not fit are left out one by one and told in
 * findings; a file whose columns, encoding or trailer are wrong is not used at all. A value is never rounded, padded or guessed.
 *
 * @throws MatchbookError WORKSPACE-INVALID when the contract itself is wrong
 */
export async function checkExtract(
  engine: SetEngine,
  declared: ExtractContract,
  file: ExtractFile,
  options: CheckOptions = {},
): Promise<ExtractCheck> {
  const named = withPart(declared, file.part)
  if (named.missing !== undefined) return ofNoPart(declared, file, named.missing, options)
  const { contract } = named
  const mistakes = contractMistakes(contract)
  if (mistakes.length > 0)
    throw new MatchbookError('WORKSPACE-INVALID', `contract ${contract.contract}: ${mistakes.join('; ')}`, {
      facts: { contract: contract.contract },
    })
  await createRejectTable(engine)
  const alone = Object.keys(contract['look-ups']).length > 0 && options.lookUps === undefined
  const used = alone ? { ...contract, 'look-ups': {}, columns: apart(contract).own.columns, projections: [] } : contract
  return withText(used, file.path, options.tempFolder, (extract) =>
    checkText(engine, { ...extract, others: apart(used).others }, file, options),
  )
}

/** Nothing of the file is read: whose records they are stands in its name alone. */
function ofNoPart(
  { contract }: ExtractContract,
  file: ExtractFile,
  message: string,
  { currency = 'USD' }: CheckOptions,
): ExtractCheck {
  const none = { records: 0, accepted: 0, rejected: 0, sums: [], rows: {}, drift: [] }
  const findings = [fileFinding({ contract, file, currency }, { code: 'FILE-UNROUTED', message })]
  return { contract, file, usable: false, ...none, findings }
}

async function checkText(
  engine: SetEngine,
  {
    contract: agreed,
    path,
    fault: unreadable,
    arranged,
    told,
    others,
  }: TextExtract & { readonly others: readonly ExtractColumn[] },
  original: ExtractFile,
  options: CheckOptions,
): Promise<ExtractCheck> {
  const file = { ...original, path }
  const table = `extract_${file.index}`
  const about = { contract: agreed.contract, file, currency: options.currency ?? 'USD' }
  const findingOf = (fault: Fault): Finding => fileFinding(about, fault)
  const layout = unreadable === undefined ? await readLayout(engine, agreed, path) : undefined
  const drift = layout === undefined ? [] : layoutDrift(agreed, layout)
  const unusable = (records: number, faults: readonly Fault[], sums: ExtractCheck['sums'] = []): ExtractCheck => {
    const findings = faults.map(findingOf)
    return {
      contract: agreed.contract,
      file: original,
      usable: false,
      records,
      accepted: 0,
      rejected: records,
      sums,
      rows: {},
      findings,
      drift,
    }
  }

  const all = { ...agreed, columns: [...agreed.columns, ...others] }
  const contract = layout === undefined ? agreed : withoutAbsent(all, layout.binding)
  if (layout === undefined) return unusable(0, unreadable === undefined ? [] : [unreadable])
  const isTrailer = (text: string): boolean => trailerFields(contract, layout, text) !== undefined
  if (layout.faults.length > 0) {
    const survey = await surveyFile(file.path, layout.dialect)
    return unusable(countData(survey, layout.dialect, isTrailer).records, undecodable(survey) ?? layout.faults)
  }
  try {
    const whole = contract.format.trailer !== undefined || layout.endsWithNewline
    const straight = whole ? straightLoad(engine, contract, layout.binding, file.index) : undefined
    const copied = await stageDelimited(engine, {
      ...layout,
      path: file.path,
      columns: layout.binding.width,
      table,
      isTrailer,
      ...(straight === undefined ? {} : { straight }),
      ...(options.tempFolder === undefined ? {} : { tempFolder: options.tempFolder }),
    })
    const staged = arranged === undefined ? copied : { ...copied, survey: { ...copied.survey, lines: arranged.lines } }
    const broken = undecodable(staged.survey)
    if (broken !== undefined) return unusable(staged.records, broken)
    const asOf = options.asOf === undefined ? {} : { asOf: options.asOf }
    const lookUps = await stageLookUps(engine, contract, options.lookUps ?? new Map(), table, options.tempFolder)
    const extract: StagedExtract = { contract, table, binding: layout.binding, staged, lookUps, ...asOf }
    const trailer = staged.trailer ? trailerFields(contract, layout, staged.survey.lastRecord ?? '') : undefined
    const { sums, fault } = await checkTotals(
      engine,
      extract,
      { trailer, opening: layout.opening, told, counts: arranged?.counts },
      staged.straight ? straight?.sums : undefined,
    )
    if (fault !== undefined) {
      if (staged.straight) await straight?.undo()
      return unusable(staged.records, [fault], sums)
    }

    if (arranged !== undefined)
      await explainUnfit(engine, table, arranged.unfit, `${layout.dialect.delimiter}${unfitValue}`)
    await rejectUnsplit(
      engine,
      file.index,
      table,
      contract.columns.some(({ sensitivity }) => sensitivity === 'personal'),
    )
    if (mayBeCut(contract, layout, staged.survey)) await rejectCutRecord(engine, file.index, table, staged)
    if (!staged.straight)
      for (const projection of contract.projections) {
        await project(engine, extract, projection, file.index, straight?.faulty ?? false)
        await takeRemovals(engine, extract, projection, file.index)
      }
    const changed = await changedColumn(engine, extract, file.index)
    if (changed !== undefined) {
      await withdrawExtract(engine, contract, file.index)
      return { ...unusable(staged.records, [changed.fault], sums), drift: [...drift, ...changed.drift] }
    }
    const merged = mergedRelations(contract)
    for (const [relation, key] of keysOf(contract)) {
      const summed = merged.get(relation)
      if (summed !== undefined) await mergeRecords(engine, extract, relation, key, summed, file.index)
      if (file.changes) await keepLastOfEach(engine, relation, key, file.index)
      else if (!staged.distinct) await removeDuplicates(engine, relation, key, file.index)
    }
    await setRejectLines(engine, file.index, staged.survey)
    const { records } = staged
    const rejected = await countRejected(engine, file.index)
    await assertAccounted(engine, contract, file, records - rejected)
    const empty: Fault[] = records === 0 ? [{ code: 'FILE-EMPTY', message: 'the file holds no record' }] : []
    return {
      contract: contract.contract,
      file: original,
      usable: true,
      records,
      accepted: records - rejected,
      rejected,
      sums,
      rows: await rowsPut(engine, contract, file.index),
      findings: [...[...layout.remarks, ...empty].map(findingOf), ...(await rejectFindings(engine, about))],
      drift,
    }
  } finally {
    await dropStage(engine, table)
    for (const [n] of Object.keys(contract['look-ups']).entries())
      await engine.run(`DROP TABLE IF EXISTS ${lookUpTable(table, n)}`)
  }
}

/** Where the column that says what became of records is not in the file, all of them are put. */
function withoutAbsent(contract: TextContract, { positions }: ColumnBinding): TextContract {
  const projections = contract.projections.map(({ changes, ...projection }) =>
    changes === undefined || !positions.has(changes.column) ? projection : { ...projection, changes },
  )
  return { ...contract, projections }
}

const undecodable = ({ undecodableAt }: Survey): Fault[] | undefined =>
  undecodableAt === undefined
    ? undefined
    : [
        {
          code: 'FILE-UNREADABLE',
          message: `the byte at offset ${undecodableAt} is not text in the agreed encoding; nothing of the file is used`,
          evidence: [{ byteOffset: undecodableAt }],
        },
      ]

/**
 * Without a trailer, only a line end proves that the last record is whole, or a closing quote after its last value. (A file cut
 * exactly between two records looks whole: only a trailer tells.)
 */
function mayBeCut(
  { format }: TextContract,
  { dialect, binding }: Layout,
  { endsWithNewline, lastRecord }: Survey,
): boolean {
  if (format.trailer !== undefined || endsWithNewline || lastRecord === undefined) return false
  const closed = dialect.quote !== '' && lastRecord.trimEnd().endsWith(dialect.quote)
  return !(closed && recordFields(lastRecord, dialect)?.length === binding.width)
}

/** Takes back what a file put into its relations: it is not used after all. */
export async function withdrawExtract(engine: SetEngine, contract: ExtractContract, index: number): Promise<void> {
  for (const relation of keysOf(contract).keys()) await ensureRelation(engine, relation)
  for (const table of [...keysOf(contract).keys(), ...rejectTables])
    await engine.run(`DELETE FROM ${table} WHERE source_file = ${index}`)
}

async function rowsPut(engine: SetEngine, contract: ExtractContract, index: number): Promise<ExtractCheck['rows']> {
  const rows: Partial<Record<RelationName, number>> = {}
  for (const relation of keysOf(contract).keys()) {
    const [count] = await engine.rows<{ n: number }>(
      `SELECT count(*) AS n FROM ${relation} WHERE source_file = ${index}`,
    )
    rows[relation] = count?.n ?? 0
  }
  return rows
}

/** Every record without a reject is in the relation that takes all records. */
async function assertAccounted(
  engine: SetEngine,
  contract: ExtractContract,
  file: ExtractFile,
  accepted: number,
): Promise<void> {
  if (file.changes) return
  const forAll = contract.projections.find(
    (one) => (one.when ?? one['newest-by'] ?? one.merge ?? one.changes) === undefined,
  )
  if (forAll === undefined) return
  const alone = contract.projections.filter(({ relation }) => relation === forAll.relation).length === 1
  const [found] = await engine.rows<{ records: number }>(`
    SELECT count(${alone ? '*' : 'DISTINCT source_record'}) AS records FROM ${forAll.relation} WHERE source_file = ${file.index}
      AND source_record NOT IN (SELECT source_record FROM reject WHERE source_file = ${file.index})`)
  if (found?.records !== accepted)
    throw new MatchbookError(
      'TOTALS-DIFFER',
      `${file.name}: ${accepted} records passed, but ${found?.records} are in ${forAll.relation}`,
      {
        facts: { file: file.name, accepted },
      },
    )
}
