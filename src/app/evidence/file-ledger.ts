import pLimit from 'p-limit'
import { MatchbookError } from '../../errors/index.js'
import type { KeptBytes } from '../../exchange/index.js'
import type { EvidenceList } from '../../outputs/evidence/index.js'
import { hashOfBytes } from '../../outputs/place-file.js'
import { type FileRow, filesWithin, type Span, type StateDatabase } from '../../state/index.js'
import { purgedWords } from '../files/purged-words.js'
import { known, listOf } from './pack-lists.js'

export interface Ledger {
  readonly list: EvidenceList
  /** Files whose bytes are gone or are not what was taken, in words. */
  readonly gaps: readonly string[]
}

/** The files of the period. The bytes of each are read again from the archive: they are what was taken, or it is said what they are. */
export async function fileLedger(database: StateDatabase, span: Span, archive: KeptBytes): Promise<Ledger> {
  const files = await filesWithin(database, span)
  const limit = pLimit(READ_BESIDE)
  const hashes = new Set(files.filter(({ purged_at }) => purged_at === null).map(({ sha256 }) => sha256))
  const bytes = new Map(
    await Promise.all(
      [...hashes].map((sha256) => limit(async () => [sha256, await stateOf(sha256, archive)] as const)),
    ),
  )
  const stateOfFile = (file: FileRow): string =>
    file.purged_at === null
      ? (bytes.get(file.sha256) ?? KEPT)
      : purgedWords(file.purged_at, file.purged_under ?? 'none is noted')
  return {
    list: listOf<FileRow>(
      'files',
      'a file that was taken in the period',
      {
        file_no: ({ id }) => id,
        taken_at: ({ taken_at }) => taken_at,
        job: ({ job }) => job,
        input: ({ input }) => input,
        partner: ({ partner }) => partner,
        endpoint: ({ endpoint }) => endpoint,
        folder: ({ folder }) => folder,
        name: ({ name }) => name,
        size: ({ size }) => size,
        modified: ({ modified }) => known(span)(modified),
        disposition: ({ disposition }) => disposition,
        reason: ({ reason }) => reason,
        records: ({ records }) => records,
        accepted: ({ accepted }) => accepted,
        rejected: ({ rejected }) => rejected,
        sha256: ({ sha256 }) => sha256,
        bytes: stateOfFile,
      },
      files,
    ),
    gaps: files
      .filter((file) => stateOfFile(file) !== KEPT)
      .map((file) => `The bytes of ${file.name} (file no. ${file.id}) are not here to be shown: ${stateOfFile(file)}`),
  }
}

const KEPT = 'in the archive, as taken'
/** Files that are read at a time: the archive may be far away. */
const READ_BESIDE = 8

async function stateOf(sha256: string, archive: KeptBytes): Promise<string> {
  try {
    const found = await hashOfBytes(await archive.read(sha256))
    return found.sha256 === sha256 ? KEPT : `the archive holds other bytes under this name, SHA-256 ${found.sha256}`
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'ARCHIVE-MISSING') return 'missing from the archive'
    throw error
  }
}
