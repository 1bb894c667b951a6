import { counted } from '../canonical/index.js'
import type { JobSettings, X12Input } from '../config/index.js'
import { type FileRow, filesOf } from '../state/index.js'
import { bookFile } from './book-file.js'
import { assertTied, documentTotals } from './control-totals.js'
import { guidesOf } from './edi/guides-of.js'
import { setChecker } from './edi/set-checker.js'
import { partiesOf } from './partner-check.js'
import { readFile } from './read-file.js'
import type { Run, StepResult } from './run.js'
import type { ReadDocuments } from './run-summary.js'
import type { Tools } from './tools.js'

const NOTHING: ReadDocuments = { in: 0, taken: 0, known: 0, unusable: 0 }

/**
 * Reads the X12 files taken and not yet read, of those that are meant. Each file, and what we owe for it, is one transaction of the store.
 */
export async function readDrops(
  _run: Run,
  job: JobSettings,
  tools: Tools,
  isMeant: (file: FileRow) => boolean = () => true,
): Promise<StepResult<ReadDocuments>> {
  const inputs = Object.entries(job.inputs).filter((entry): entry is [string, X12Input] => entry[1].kind === 'x12')
  const taken = await filesOf(
    tools.state.database,
    job.job,
    inputs.map(([name]) => name),
    ['taken'],
  )
  const files = taken.filter(isMeant)
  const parties = partiesOf(tools.workspace)
  const checker = await setChecker(guidesOf(tools.workspace.settings))
  await tools.archive.bring(files.map(({ sha256 }) => sha256))
  let total = NOTHING
  for (const [n, file] of files.entries()) {
    tools.progress.advance(n, files.length, 'files')
    const sets = inputs.find(([name]) => name === file.input)?.[1].sets ?? []
    const read = await readFile(file, sets, parties, checker, tools)
    total = sumOfDocuments(total, await bookFile(file, read, tools))
  }
  assertTied([documentTotals(total)])
  const unusable = total.unusable > 0 ? `, ${total.unusable} unusable` : ''
  return { output: total, said: `${counted(total.taken, 'document')} from ${counted(files.length, 'file')}${unusable}` }
}

/** Of two lots of files. */
export const sumOfDocuments = (a: ReadDocuments, b: ReadDocuments): ReadDocuments => ({
  in: a.in + b.in,
  taken: a.taken + b.taken,
  known: a.known + b.known,
  unusable: a.unusable + b.unusable,
})
