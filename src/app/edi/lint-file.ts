import type { Delimiters } from '../../formats/x12/delimiters.js'
import { readEnvelopes, type Transaction, type X12Finding } from '../../formats/x12/index.js'
import { setFindings } from '../set-findings.js'
import type { EdiFile } from './edi-file.js'
import type { LintFinding, LintResult } from './lint-finding.js'
import type { SetChecker } from './set-checker.js'
import { showPlace } from './show-place.js'

/** What one check says, before its place is looked up in the file. */
type Found = X12Finding & { readonly level: LintFinding['level'] }

/** Hands each finding over in file order as it is found: one transaction set is in memory at a time. */
export async function lintFile(
  file: EdiFile,
  check: SetChecker,
  tell: (finding: LintFinding) => void,
): Promise<LintResult> {
  const counts = { sets: 0, error: 0, warning: 0 }
  const say = async (found: Found, transaction?: Transaction): Promise<void> => {
    counts[found.level]++
    const { scope: _scope, segmentPosition: _position, loop: _loop, dataElement: _dataElement, ...rest } = found
    const place = await showPlace(file, found, found.segment, found.element)
    tell({ ...rest, ...place, ...(transaction === undefined ? {} : { set: setOf(transaction) }) })
  }
  let delimiters: Delimiters | undefined
  for await (const item of readEnvelopes(file.chunks())) {
    if (item.kind === 'interchange-open') delimiters = item.delimiters
    else if (item.kind === 'finding') await say({ ...item.finding, level: 'error' })
    else if (item.kind === 'transaction') {
      counts.sets++
      for (const found of await findingsOf(item.transaction, check, delimiters)) await say(found, item.transaction)
    }
  }
  return { file: file.name, sets: counts.sets, errors: counts.error, warnings: counts.warning }
}

/** That Matchbook makes no document of a set is no fault of the set. */
async function findingsOf(
  transaction: Transaction,
  check: SetChecker,
  delimiters: Delimiters | undefined,
): Promise<Found[]> {
  const { findings } = setFindings(transaction, await check(transaction, delimiters))
  return findings
    .filter(({ code }) => code !== 'X12-UNSUPPORTED')
    .map((finding) => ({ ...finding, level: 'error' as const }))
}

const setOf = ({ set, envelope, span }: Transaction): NonNullable<LintFinding['set']> => ({
  id: set,
  control: envelope.transactionControl,
  interchange: envelope.interchangeControl,
  line: span.line,
})
