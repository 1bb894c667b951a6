import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FileRow } from '../../state/index.js'
import type { ReadInterchange } from '../read-interchange.js'
import type { Tools } from '../tools.js'

/** SHA-256 of the bytes of each interchange whose numbers are kept: those of partners with whom X12 is agreed. */
export async function interchangeHashes(
  file: FileRow,
  interchanges: readonly ReadInterchange[],
  { archive, workspace }: Tools,
): Promise<ReadonlyMap<ReadInterchange, string>> {
  const hashes = new Map<ReadInterchange, string>()
  for (const [index, interchange] of interchanges.entries()) {
    const { report, check } = interchange
    if (check.finding !== undefined || check.isCopy) continue
    if (workspace.settings.partners[check.partner ?? '']?.x12 === undefined) continue
    const next = interchanges[index + 1]?.report.isa.span.byteOffset ?? file.size
    const end = report.iea === undefined ? next : report.iea.span.byteOffset + report.iea.span.byteLength
    const hash = createHash('sha256')
    const bytes = createReadStream(await archive.path(file.sha256), {
      start: report.isa.span.byteOffset,
      end: end - 1,
    })
    for await (const chunk of bytes as AsyncIterable<Buffer>) hash.update(chunk)
    hashes.set(interchange, hash.digest('hex'))
  }
  return hashes
}
