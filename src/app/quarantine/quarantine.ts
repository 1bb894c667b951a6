import type { Finding } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { unsettled } from '../../exceptions/index.js'
import type { KeptBytes } from '../../exchange/index.js'
import { type FileRow, fileContents, listExceptions, listFiles, type StateDatabase } from '../../state/index.js'
import { chooseFile } from '../files/choose-file.js'
import { type FileListing, listing } from '../files/list-files.js'
import { purgedWords } from '../files/purged-words.js'
import type { Reading } from '../reading.js'
import { type FaultBytes, faultBytes } from './quarantine-bytes.js'

/** Files that could not be processed, newest first; `discarded` adds those set aside for good. */
export async function listQuarantine(
  { state }: Reading,
  { discarded, limit }: { readonly discarded: boolean; readonly limit: number },
): Promise<FileListing[]> {
  const quarantined = await listFiles(state.database, { disposition: 'quarantined', limit })
  const aside = discarded ? await listFiles(state.database, { disposition: 'discarded', limit }) : []
  return [...quarantined, ...aside]
    .sort((a, b) => b.id - a.id)
    .slice(0, limit)
    .map(listing)
}

export interface QuarantinedFile extends FileListing {
  /** Where its bytes are. */
  readonly archived: string
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    /** Pieces of the file around the fault; none where its place is not known or no byte is shown. */
    readonly bytes: readonly FaultBytes[]
  }[]
  /** Why no bytes are shown, where none are. */
  readonly withheld: string | null
}

/**
 * One file with what was found wrong and the bytes around each fault: `around` before and after it.
 * @throws FILE-UNKNOWN, FILE-AMBIGUOUS, FILE-NOT-QUARANTINED
 */
export async function showQuarantined(reading: Reading, wanted: string, around: number): Promise<QuarantinedFile> {
  const { workspace, state, archive } = reading
  const file = await chooseFile(state.database, wanted, ({ disposition }) => disposition === 'quarantined')
  if (file.disposition !== 'quarantined' && file.disposition !== 'discarded') throw notQuarantined(file)
  const archived = archive.placeOf(file.sha256)
  const findings = await findingsOf(state.database, file)
  const bytes = whyWithheld(file, workspace) ?? (await bytesOf(file, archive))
  const withheld = 'path' in bytes ? null : bytes.withheld
  return {
    ...listing(file),
    archived,
    withheld,
    findings: await Promise.all(
      findings.map(async ({ code, message, evidence }) => {
        const source = evidence.find(({ sha256 }) => sha256 === file.sha256)
        const isShown = 'path' in bytes && source !== undefined
        return { code, message, bytes: isShown ? await faultBytes(bytes.path, source, around) : [] }
      }),
    ),
  }
}

/** What stands against the file. An extract's findings are found anew each night and stand in its exceptions. */
async function findingsOf(
  database: StateDatabase,
  file: FileRow,
): Promise<readonly Pick<Finding, 'code' | 'message' | 'evidence'>[]> {
  const { findings } = await fileContents(database, file.id)
  return findings.length > 0 ? findings : exceptionsAbout(database, file)
}

/** Open exceptions that have a value of this file for evidence. */
export async function exceptionsAbout(database: StateDatabase, { job, sha256 }: FileRow) {
  const open = await listExceptions(database, { job, statuses: unsettled })
  return open.filter(({ evidence }) => evidence.some((source) => source.sha256 === sha256))
}

interface Withheld {
  readonly withheld: string
}

function whyWithheld(file: FileRow, { jobs, contracts }: Workspace): Withheld | undefined {
  if (file.purged_at !== null)
    return { withheld: `its bytes were ${purgedWords(file.purged_at, file.purged_under ?? '')}` }
  const input = jobs.get(file.job)?.inputs[file.input]
  const isRead = input !== undefined && input.kind !== 'x12'
  const columns = isRead ? (contracts.get(input.contract)?.columns ?? []) : []
  const personal = columns.filter(({ sensitivity }) => sensitivity === 'personal').map(({ name }) => name)
  return personal.length > 0 ? { withheld: `the extract holds personal data (${personal.join(', ')})` } : undefined
}

async function bytesOf({ sha256 }: FileRow, archive: KeptBytes): Promise<{ readonly path: string } | Withheld> {
  try {
    return { path: await archive.path(sha256) }
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    return {
      withheld: error.code === 'ARCHIVE-MISSING' ? `the archive has no ${archive.placeOf(sha256)}` : error.message,
    }
  }
}

export function notQuarantined({ id, name, disposition, reason }: FileRow): MatchbookError {
  if (disposition === 'discarded') {
    const hint =
      'What is discarded stays so; ask the partner to send it with new control numbers if it is wanted after all'
    return new MatchbookError('FILE-NOT-QUARANTINED', `${name} (no. ${id}) was ${reason}`, { hint })
  }
  return new MatchbookError('FILE-NOT-QUARANTINED', `${name} (no. ${id}) is not in quarantine but ${disposition}`, {
    hint: disposition === 'read' ? `To read it again: matchbook replay ${id}` : `See: matchbook files show ${id}`,
  })
}
