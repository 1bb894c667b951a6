import type { CanonicalDocument } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { compareDocuments, type DocumentRead } from './compare/compare-documents.js'
import type { Comparison } from './compare/difference.js'
import { withEdiFile } from './edi-file.js'
import { viewFile } from './view-file.js'
import type { Words } from './words.js'

/** One document of a file: the Nth set, or the first that can be read. */
export interface DocumentChoice {
  readonly file: string
  readonly set?: number
}

/**
 * The document of the second file is, where nothing else is said, the first about the same order as that of the first file, else
 * the first of all.
 * @throws USAGE when a file has no such document, or the two cannot be compared
 */
export async function compareFiles(left: DocumentChoice, right: DocumentChoice, words: Words): Promise<Comparison> {
  if (left.file === '-' && right.file === '-')
    throw new MatchbookError('USAGE', 'standard input can be one of the two only')
  const first = await documentOf(left, words)
  return compareDocuments(first, await documentOf(right, words, orderOf(first.document)), words)
}

async function documentOf({ file, set }: DocumentChoice, words: Words, order?: string): Promise<DocumentRead> {
  return withEdiFile(file, async (opened) => {
    let first: DocumentRead | undefined
    for await (const viewed of viewFile(opened, words, set)) {
      if (viewed.kind !== 'set' || viewed.document === undefined) continue
      const read = { document: viewed.document, sheet: viewed.sheet }
      if (order === undefined || orderOf(viewed.document) === order) return read
      first ??= read
    }
    if (first !== undefined) return first
    const which = set === undefined ? 'document' : `document as set ${set}`
    throw new MatchbookError('USAGE', `${file} holds no ${which} that can be compared`, {
      hint: 'See what it holds: matchbook edi view',
      facts: { file },
    })
  })
}

const orderOf = (document: CanonicalDocument): string | undefined =>
  'poNumber' in document ? document.poNumber : undefined
