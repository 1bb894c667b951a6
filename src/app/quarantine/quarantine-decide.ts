import { MatchbookError } from '../../errors/index.js'
import { appendAudit, type FileRow, setDisposition, unreadFile } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { chooseFile } from '../files/choose-file.js'
import { type FileListing, listing } from '../files/list-files.js'
import { assertKept } from '../files/purged-words.js'
import { dayOf } from '../given-day.js'
import { actingPerson } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { exceptionsAbout, notQuarantined } from './quarantine.js'

export interface QuarantineRequest extends ToolOptions {
  /** Number, name or beginning of the hash. */
  readonly file: string
  /** Who decides; without it who is logged in. */
  readonly by: string | undefined
}

export interface QuarantineOutcome {
  /** As it stands now. */
  readonly file: FileListing
  /** False: it was so already. */
  readonly done: boolean
  readonly dryRun: boolean
  /** What this means, in a sentence. */
  readonly said: string
}

/**
 * Puts a file back so that the next run reads it again, after a contract or a partner's settings were mended.
 * @throws FILE-UNKNOWN, FILE-AMBIGUOUS, FILE-NOT-QUARANTINED, ARCHIVE-MISSING, RUN-ACTIVE
 */
export function releaseFile(request: QuarantineRequest): Promise<QuarantineOutcome> {
  return decide(request, async (file, tools) => {
    if (file.disposition === 'taken') return said(false, 'It waits to be read by the next run already.')
    if (file.disposition !== 'quarantined') throw notQuarantined(file)
    assertKept(file)
    await tools.archive.path(file.sha256)
    await tools.state.database.transaction().execute(async (database) => {
      await unreadFile(database, file.id)
      await appendAudit(database, {
        at: tools.now(),
        actor: actingPerson(request.by, tools),
        action: 'released from quarantine',
        subject: `file ${file.id}`,
        detail: { name: file.name, sha256: file.sha256, was: file.reason },
      })
    })
    return said(true, `The next run of ${file.job} reads it again: matchbook run ${file.job}`)
  })
}

/**
 * Sets a file aside for good: it is not read, nothing stands against it any more, and the same bytes are a duplicate.
 * @throws FILE-UNKNOWN, FILE-AMBIGUOUS, FILE-NOT-QUARANTINED, USAGE, RUN-ACTIVE
 */
export async function discardFile(
  request: QuarantineRequest & { readonly reason: string },
): Promise<QuarantineOutcome> {
  const reason = request.reason.trim()
  if (reason === '') throw new MatchbookError('USAGE', 'say why: --reason must not be empty')
  return decide(request, async (file, tools) => {
    if (file.disposition === 'discarded') return said(false, `It was ${file.reason}.`)
    if (file.disposition !== 'quarantined') throw notQuarantined(file)
    const open = await exceptionsAbout(tools.state.database, file)
    const [at, actor] = [tools.now(), actingPerson(request.by, tools)]
    await tools.state.database.transaction().execute(async (database) => {
      await setDisposition(database, file.id, {
        disposition: 'discarded',
        reason: `discarded by ${actor} on ${dayOf(at, tools)}: ${reason}`,
      })
      await appendAudit(database, {
        at,
        actor,
        action: 'discarded',
        subject: `file ${file.id}`,
        detail: { name: file.name, sha256: file.sha256, reason, was: file.reason },
      })
    })
    const exceptions = open.length === 1 ? 'the open exception' : `the ${open.length} open exceptions`
    const next = open.length === 0 ? '' : ` The next run of ${file.job} lets go of ${exceptions} about it.`
    return said(true, `It is never read; the same bytes sent again are a duplicate.${next}`)
  })
}

type Said = Pick<QuarantineOutcome, 'done' | 'said'>
const said = (done: boolean, text: string): Said => ({ done, said: text })

/** With the lease of the job, so that no run settles what is being decided. */
async function decide(
  request: QuarantineRequest,
  work: (file: FileRow, tools: Tools) => Promise<Said>,
): Promise<QuarantineOutcome> {
  const tools = await openTools(request, 'release')
  try {
    const { database } = tools.state
    const file = await chooseFile(database, request.file, ({ disposition }) => disposition === 'quarantined')
    const lease = await tools.takeLease(file.job)
    try {
      const now = await chooseFile(database, String(file.id), ({ id }) => id === file.id)
      const outcome = await work(now, tools)
      const after = await chooseFile(database, String(file.id), ({ id }) => id === file.id)
      return { file: listing(after), dryRun: request.dryRun, ...outcome }
    } finally {
      await lease.release()
    }
  } finally {
    await tools.close()
  }
}
