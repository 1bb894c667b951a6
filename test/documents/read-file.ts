import type { CanonicalDocument } from '../../src/canonical/index.js'
import { type DocumentFinding, readDocument } from '../../src/documents/index.js'
import { readInterchanges, type X12Finding } from '../../src/formats/x12/index.js'

export interface FileRead {
  readonly documents: readonly CanonicalDocument[]
  readonly findings: readonly (X12Finding | DocumentFinding)[]
}

/** What the bytes of an X12 file come to, in file order. */
export async function readFile(bytes: Uint8Array): Promise<FileRead> {
  const documents: CanonicalDocument[] = []
  const findings: (X12Finding | DocumentFinding)[] = []
  for await (const item of readInterchanges(bytes)) {
    if (item.kind === 'finding') {
      findings.push(item.finding)
      continue
    }
    const { document, findings: found } = readDocument(item.transaction)
    if (document !== undefined) documents.push(document)
    findings.push(...found)
  }
  return { documents, findings }
}
