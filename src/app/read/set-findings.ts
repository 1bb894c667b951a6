import { type ReadDocument, readDocument } from '../../documents/index.js'
import type { Transaction, X12Finding } from '../../formats/x12/index.js'

/**
 * The document of a transaction set, with what its guide and its reader find. Where both stumble over the same place, the guide
 * says it. Each finding knows its place in the set, as AK302 wants it.
 */
export function setFindings(
  transaction: Transaction,
  checked: readonly X12Finding[],
): { readonly document: ReadDocument['document']; readonly findings: readonly X12Finding[] } {
  const { document, findings } = readDocument(transaction)
  if (checked.length + findings.length === 0) return { document, findings: [] }
  const place = ({ byteOffset, element = 0, standardCode, segment }: X12Finding) =>
    standardCode === MISSING ? `no ${segment}` : `${byteOffset}:${element}`
  const told = new Set(checked.map(place))
  const read = findings
    .map((finding): X12Finding => ({ ...finding, ...finding.span, scope: 'transaction' }))
    .filter((finding) => !told.has(place(finding)))
    .map((finding) => ({ ...finding, ...positionIn(transaction, finding) }))
  return { document, findings: [...checked, ...read].sort((a, b) => a.byteOffset - b.byteOffset) }
}

const MISSING = 'AK304:3'

/** What is about the set as a whole stands nowhere in it; what is missing was waited for until the SE. */
function positionIn({ segments }: Transaction, { standardCode, byteOffset }: X12Finding): Partial<X12Finding> {
  if (standardCode === MISSING) return { segmentPosition: segments.length }
  const index = segments.findIndex(({ span }) => span.byteOffset === byteOffset)
  return index === -1 || standardCode.startsWith('AK502') ? {} : { segmentPosition: index + 1 }
}
