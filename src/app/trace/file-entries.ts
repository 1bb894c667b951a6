import type { Delivery, FileRow } from '../../state/index.js'
import { answersToFile, interchangesOfFiles, type StateDatabase } from '../../state/index.js'
import type { TraceEntry } from './timeline.js'

/** The taking of a file, the interchanges in it, and what we answered. */
export async function fileEntries(database: StateDatabase, files: readonly FileRow[]): Promise<TraceEntry[]> {
  const received = await interchangesOfFiles(
    database,
    files.map(({ id }) => id),
  )
  const answers = await Promise.all(files.map(({ sha256 }) => answersToFile(database, sha256)))
  return [
    ...files.map((file) =>
      fileEntry(
        file,
        received.filter(({ file_id }) => file_id === file.id).map(({ interchange_control }) => interchange_control),
      ),
    ),
    ...files.flatMap((file, n) =>
      (answers[n] ?? []).flatMap((answer) => deliveryEntries(answer, `answer to ${file.name}`, 'acknowledgment')),
    ),
  ]
}

function fileEntry(file: FileRow, interchanges: readonly string[]): TraceEntry {
  const from = `${file.name} from ${file.endpoint}:${file.folder}${file.partner === null ? '' : ` of ${file.partner}`}`
  return {
    at: file.taken_at,
    stage: 'file',
    id: String(file.id),
    said: [
      from,
      `${file.size} bytes`,
      file.disposition + (file.reason === null ? '' : ` (${file.reason})`),
      ...(file.records === null
        ? []
        : [`${file.records} read`, `${file.accepted} accepted`, `${file.rejected} rejected`]),
      ...interchanges.map((control) => `interchange ${control}`),
      ...(file.purged_at === null ? [] : [`bytes purged on ${file.purged_at.slice(0, 10)} under ${file.purged_under}`]),
    ].join(', '),
    run: file.run_id,
    actor: null,
    places: [{ file: file.name, sha256: file.sha256, byteOffset: 0, byteLength: file.size }],
  }
}

/** A file of the outbox: when it was queued, and when it was there. */
export function deliveryEntries(
  file: Delivery,
  what: string,
  stage: 'acknowledgment' | 'delivery' | 'sent',
): TraceEntry[] {
  const where = `${file.bound_to ?? file.endpoint}:${file.bound_folder ?? file.folder}`
  const place = { file: file.name, sha256: file.sha256, byteOffset: 0, byteLength: file.size }
  const entry = (at: string, said: string): TraceEntry => ({
    at,
    stage,
    id: String(file.id),
    said: `${what}: ${file.name} ${said}`,
    run: null,
    actor: null,
    places: [place],
  })
  const queued = entry(file.queued_at, `queued for ${where}`)
  if (file.sent_at !== null) return [queued, entry(file.sent_at, `delivered to ${where} and confirmed`)]
  return file.last_error === null ? [queued] : [queued, entry(file.queued_at, `not yet delivered: ${file.last_error}`)]
}
