import { type ErrorCode, MatchbookError } from '../../errors/index.js'
import { type FileRow, filesTakenBy, showRun } from '../../state/index.js'
import { chooseFile } from '../files/choose-file.js'
import { purgedWords } from '../files/purged-words.js'
import type { Tools } from '../tools.js'

export interface ToReplay {
  /** As the audit chain names it. */
  readonly subject: string
  readonly job: string
  /** The run, or the pull by hand, that took the files in. */
  readonly run: string | null
  readonly files: readonly FileRow[]
  readonly left: readonly { readonly id: number; readonly name: string; readonly why: string }[]
}

/**
 * The files a replay of `wanted` reads again: one file, or those a run or a pull by hand took in.
 * @throws FILE-UNKNOWN, FILE-AMBIGUOUS, FILE-NOT-REPLAYABLE, FILE-PURGED when there is none
 */
export async function toReplay(wanted: string, tools: Tools): Promise<ToReplay> {
  const { database } = tools.state
  const run = await showRun(database, wanted)
  const all = await filesTakenBy(database, wanted)
  const job = run?.run.job ?? all[0]?.job
  if (job === undefined) {
    const file = await chooseFile(database, wanted, ({ disposition }) => disposition !== 'duplicate')
    const not = whyNot(file, tools)
    if (not !== undefined) throw new MatchbookError(not.code, `${file.name} (no. ${file.id}) ${not.why}`, not.options)
    return { subject: `file ${file.id}`, job: file.job, run: file.run_id, files: [file], left: [] }
  }
  const files = all.filter((file) => whyNot(file, tools) === undefined)
  const left = all.flatMap((file) => {
    const not = whyNot(file, tools)
    return not === undefined ? [] : [{ id: file.id, name: file.name, why: not.why }]
  })
  if (files.length === 0) {
    const [first] = left
    const [code, why]: [ErrorCode, string] =
      first === undefined
        ? ['FILE-NOT-REPLAYABLE', 'took no file in']
        : [
            all.every(({ purged_at }) => purged_at !== null) ? 'FILE-PURGED' : 'FILE-NOT-REPLAYABLE',
            `has nothing left to read again: ${first.name} ${first.why}${left.length > 1 ? ` (and ${left.length - 1} more)` : ''}`,
          ]
    throw new MatchbookError(code, `run ${wanted} ${why}`, { facts: { run: wanted } })
  }
  return { subject: `run ${wanted}`, job, run: wanted, files, left }
}

interface Not {
  readonly code: ErrorCode
  readonly why: string
  readonly options: { readonly hint?: string }
}

/** Why a file cannot be read again; undefined when it can. */
function whyNot(file: FileRow, { workspace }: Tools): Not | undefined {
  const not = (why: string, hint?: string): Not => ({
    code: 'FILE-NOT-REPLAYABLE',
    why,
    options: hint === undefined ? {} : { hint },
  })
  if (file.purged_at !== null) {
    return { code: 'FILE-PURGED', why: `was ${purgedWords(file.purged_at, file.purged_under ?? '')}`, options: {} }
  }
  if (file.disposition === 'discarded') return not(`was ${file.reason}`, 'What is discarded stays so')
  if (file.disposition === 'duplicate') return not(`is a duplicate: ${file.reason}`, 'Replay the first one')
  if (file.disposition === 'unwrapped') return not('was unwrapped', 'Replay what was in it; see: matchbook files list')
  const isExtract = workspace.jobs.get(file.job)?.inputs[file.input]?.kind === 'extract'
  if (isExtract && file.disposition === 'superseded') {
    return not(
      `is an older extract: ${file.reason}`,
      `To judge a past day by the extracts of that day: matchbook backfill ${file.job} --from DATE --to DATE --dry-run`,
    )
  }
  return undefined
}
