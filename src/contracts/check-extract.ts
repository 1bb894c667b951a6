import { type Finding, type RelationName, type SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import { MatchbookError } from '../errors/index.js'
import { type Dialect, dropStage, readHead, recordFields, recordsBeforeData, sniffFile, stageDelimited, type Staged, surveyFile } from '../formats/delimited/index.js'
import { bindByName, bindByOrder, type ColumnBinding } from './column-binding.js'
import { contractMistakes } from './contract-mistakes.js'
import { removeDuplicates } from './duplicates.js'
import type { CheckOptions, ControlSum, ExtractCheck, ExtractFile } from './extract-check.js'
import { fileFinding } from './file-finding.js'
import { project } from './project.js'
import { countRejected, rejectFindings } from './reject-findings.js'
import { createRejectTable, rejectCutRecord, rejectUnsplit, setRejectLines } from './reject-table.js'
import { checkTrailer } from './trailer.js'

const firstRecords = 100

/**
 * Reads an extract into the canonical relations as its contract says. What does not fit is told in findings and left out, record by
 * record; a file whose columns, encoding or totals are wrong is not used at all.
 *
 * @throws MatchbookError WORKSPACE-INVALID when the contract itself is wrong
 */
export async function checkExtract(
  engine: SetEngine,
  contract: ExtractContract,
  file: ExtractFile,
  options: CheckOptions = {},
): Promise<ExtractCheck> {
  const mistakes = contractMistakes(contract)
  if (mistakes.length > 0)
    throw new MatchbookError('WORKSPACE-INVALID', `contract ${contract.contract}: ${mistakes.join('; ')}`, {
      facts: { contract: contract.contract },
    })
  await createRejectTable(engine)
  const table = `extract_${file.index}`
  try {
    return await new Check(engine, contract, file, table, options).run()
  } finally {
    await dropStage(engine, table)
  }
}
