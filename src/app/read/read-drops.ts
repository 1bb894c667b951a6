import { counted } from '../../canonical/index.js'
import type { JobSettings, X12Input } from '../../config/index.js'
import { type FileRow, filesOf } from '../../state/index.js'
import { guidesOf } from '../edi/guides-of.js'
import { setChecker } from '../edi/set-checker.js'
import type { Run, StepResult } from '../run.js'
import { noDocuments, type ReadDocuments, sumOfDocuments } from '../run-summary.js'
import { assertTied, documentTotals } from '../settle/control-totals.js'
import type { Tools } from '../tools.js'
import { bookFiles } from './book-files.js'
import { copiedSets, partiesOf } from './partner-check.js'
import { readFile } from './read-file.js'

/** Files and bytes of one lot: what is repeated after a crash, and how long others wait for our numbers, stays small. */
const MOST_FILES = 25
const MOST_BYTES = 512 * 1024

/**
 * Reads the X12 files taken and not yet read, of those that are meant. Some small files, or a large one, and what we owe for them, are
 * one transaction of the store.
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
  // Copies of what was sent come before what may answer it: a rejection then names the order.
  const rank = ({ input }: FileRow): number =>
    inputs.some(([name, { sets }]) => name === input && sets.some((set) => copiedSets.includes(set))) ? 0 : 1
  const files = taken.filter(isMeant).sort((a, b) => rank(a) - rank(b))
  const parties = partiesOf(tools.workspace)
  const checker = await setChecker(guidesOf(tools.workspace.settings))
  await tools.archive.bring(files.map(({ sha256 }) => sha256))
  let total = noDocuments
  let done = 0
  for (const lot of lotsOf(files)) {
    const read = []
    for (const file of lot) {
      tools.progress.advance(done++, files.length, 'files')
      const sets = inputs.find(([name]) => name === file.input)?.[1].sets ?? []
      read.push({ file, read: await readFile(file, sets, parties, checker, tools) })
    }
    total = sumOfDocuments(total, await bookFiles(read, tools))
  }
  assertTied([documentTotals(total)])
  const unusable = total.unusable > 0 ? `, ${total.unusable} unusable` : ''
  return { output: total, said: `${counted(total.taken, 'document')} from ${counted(files.length, 'file')}${unusable}` }
}

/** Neighbours, in their order. */
function lotsOf(files: readonly FileRow[]): FileRow[][] {
  const lots: FileRow[][] = []
  let bytes = 0
  for (const file of files) {
    bytes += file.size
    const last = lots.at(-1)
    if (last === undefined || last.length === MOST_FILES || bytes > MOST_BYTES) {
      lots.push([file])
      bytes = file.size
    } else last.push(file)
  }
  return lots
}
