import { MatchbookError } from '../../errors/index.js'
import { type Disposition, type FileRow, fileContents, findFiles, listFiles as fromStore } from '../../state/index.js'
import { refuseUnknownNames } from '../exceptions/known-names.js'
import type { Reading } from '../reading.js'

export interface FileListing {
  readonly id: number
  readonly name: string
  readonly partner: string | null
  readonly endpoint: string
  readonly folder: string
  readonly job: string
  readonly input: string
  readonly sha256: string
  readonly size: number
  readonly modified: string
  readonly takenAt: string
  readonly run: string | null
  readonly disposition: Disposition
  readonly reason: string | null
  /** Number of the zip, gz or PGP file it came out of. */
  readonly unwrappedFrom: number | null
  readonly records: number | null
  readonly accepted: number | null
  readonly rejected: number | null
  /** When its bytes left the archive, and under which retention setting. */
  readonly purgedAt: string | null
  readonly purgedUnder: string | null
}

/** Newest first. @throws USAGE: there is no such partner */
export async function listFiles(
  reading: Reading,
  filter: { readonly disposition?: Disposition; readonly partner?: string; readonly limit: number },
): Promise<FileListing[]> {
  const files = await fromStore(reading.state.database, filter)
  if (files.length === 0) refuseUnknownNames(reading, filter)
  return files.map(listing)
}

export interface FileDetail extends FileListing {
  readonly archived: string
  readonly documents: readonly {
    readonly id: string
    readonly kind: string
    readonly number: string
    readonly state: string
    readonly byteOffset: number
    readonly byteLength: number
  }[]
  readonly findings: readonly { readonly code: string; readonly message: string }[]
}

/** @throws FILE-UNKNOWN */
export async function showFiles({ state, archive }: Reading, wanted: string): Promise<FileDetail[]> {
  const files = await findFiles(state.database, wanted)
  if (files.length === 0) throw new MatchbookError('FILE-UNKNOWN', `the ledger has no file "${wanted}"`)
  return Promise.all(
    files.map(async (file) => {
      const { documents, findings } = await fileContents(state.database, file.id)
      return {
        ...listing(file),
        archived: archive.placeOf(file.sha256),
        documents: documents.map((document) => ({
          id: document.id,
          kind: document.kind,
          number: document.business_key,
          state: document.state,
          byteOffset: document.byte_offset,
          byteLength: document.byte_length,
        })),
        findings: findings.map(({ code, message }) => ({ code, message })),
      }
    }),
  )
}

export const listing = (file: FileRow): FileListing => ({
  id: file.id,
  name: file.name,
  partner: file.partner,
  endpoint: file.endpoint,
  folder: file.folder,
  job: file.job,
  input: file.input,
  sha256: file.sha256,
  size: file.size,
  modified: file.modified,
  takenAt: file.taken_at,
  run: file.run_id,
  disposition: file.disposition,
  reason: file.reason,
  unwrappedFrom: file.wrapped_in,
  records: file.records,
  accepted: file.accepted,
  rejected: file.rejected,
  purgedAt: file.purged_at,
  purgedUnder: file.purged_under,
})
