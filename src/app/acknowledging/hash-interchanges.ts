import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { NOT_READ } from '../../state/index.js'
import type { ReadInterchange } from '../read/read-interchange.js'
import type { Tools } from '../tools.js'

/** Where the bytes of a file are: in memory, or on disk with so many. */
export type BytesOfFile = Buffer | { readonly path: string; readonly size: number }

/** Notes the SHA-256 of the bytes of each interchange whose number is kept: those of partners with whom X12 is agreed. */
export async function hashInterchanges(
  interchanges: readonly ReadInterchange[],
  bytes: BytesOfFile,
  { workspace }: Pick<Tools, 'workspace'>,
): Promise<void> {
  const size = Buffer.isBuffer(bytes) ? bytes.length : bytes.size
  for (const [index, interchange] of interchanges.entries()) {
    const { report, check } = interchange
    if (check.isCopy || workspace.settings.partners[check.partner ?? '']?.x12 === undefined) continue
    if (check.otherUsage) interchange.hash = NOT_READ
    if (check.finding !== undefined) continue
    const start = report.isa.span.byteOffset
    const next = interchanges[index + 1]?.report.isa.span.byteOffset ?? size
    const end = report.iea === undefined ? next : report.iea.span.byteOffset + report.iea.span.byteLength
    interchange.hash = await hashOf(bytes, start, end)
  }
}

async function hashOf(bytes: BytesOfFile, start: number, end: number): Promise<string> {
  const hash = createHash('sha256')
  if (Buffer.isBuffer(bytes)) return hash.update(bytes.subarray(start, end)).digest('hex')
  const stream = createReadStream(bytes.path, { start, end: end - 1 })
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}
