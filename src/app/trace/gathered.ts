import type {
  FileRow,
  StateDatabase,
  StoredException,
  TracedDocument,
  TracedLoadRow,
  TracedResult,
  TracedRow,
} from '../../state/index.js'
import {
  documentsNaming,
  documentsOfFile,
  documentsOfIds,
  exceptionsNaming,
  exceptionsOfDocuments,
  filesOfIds,
  findFiles,
  loadsOfRowsWith,
  resultRowsWith,
  resultsNaming,
  resultsOfInvoices,
} from '../../state/index.js'
import type { Subject } from './timeline.js'

/** What the store holds about one thing; the timeline is told from it. */
export interface Gathered {
  readonly documents: readonly TracedDocument[]
  readonly results: readonly TracedResult[]
  readonly rows: readonly TracedRow[]
  /** Rows of matchers' tables that are or were in loads. */
  readonly loadRows: readonly TracedLoadRow[]
  readonly exceptions: readonly StoredException[]
  readonly files: readonly FileRow[]
}

type Gather = (database: StateDatabase, number: string) => Promise<Gathered>

export const gather: Readonly<Record<Subject, Gather>> = {
  po: async (database, number) => {
    const documents = await documentsNaming(database, 'poNumber', number)
    return withFiles(database, {
      documents,
      results: await resultsNaming(database, 'po_number', number),
      rows: await resultRowsWith(database, ['po_number', 'po'], number),
      loadRows: await loadsOfRowsWith(database, number),
      exceptions: await exceptionsNaming(database, 'keys', 'po', number),
    })
  },
  invoice: async (database, number) => {
    const documents = await documentsNaming(database, 'invoiceNumber', number, 'invoice')
    const ids = documents.map(({ id }) => id)
    return withFiles(database, {
      documents,
      results: await resultsOfInvoices(database, ids),
      rows: await resultRowsWith(database, ['invoice_number', 'invoice'], number),
      loadRows: [],
      exceptions: each([
        ...(await exceptionsNaming(database, 'keys', 'invoice', number)),
        ...(await exceptionsOfDocuments(database, ids)),
      ]),
    })
  },
  item: async (database, number) => {
    const results = await resultsNaming(database, 'item', number)
    const invoices = [...new Set(results.map(({ invoice_id }) => invoice_id))]
    return withFiles(database, {
      documents: await documentsOfIds(database, invoices),
      results,
      rows: await resultRowsWith(database, ['item'], number),
      loadRows: await loadsOfRowsWith(database, number),
      exceptions: await exceptionsNaming(database, 'keys', 'item', number),
    })
  },
  case: async (database, number) =>
    withFiles(database, {
      documents: [],
      results: [],
      rows: await resultRowsWith(database, ['case', 'case_key'], number),
      loadRows: [],
      exceptions: await exceptionsNaming(database, 'keys', 'case', number),
    }),
  file: async (database, wanted) => {
    const files = await findFiles(database, wanted)
    const documents = (await Promise.all(files.map(({ id }) => documentsOfFile(database, id)))).flat()
    const hashes = [...new Set(files.map(({ sha256 }) => sha256))]
    const told = await Promise.all(hashes.map((hash) => exceptionsNaming(database, 'evidence', 'sha256', hash)))
    const ids = documents.map(({ id }) => id)
    return {
      files,
      documents,
      results: [],
      rows: [],
      loadRows: [],
      exceptions: each([...told.flat(), ...(await exceptionsOfDocuments(database, ids))]),
    }
  },
}

async function withFiles(database: StateDatabase, found: Omit<Gathered, 'files'>): Promise<Gathered> {
  const ids = [...new Set(found.documents.map(({ file_id }) => file_id))].sort((a, b) => a - b)
  return { ...found, files: await filesOfIds(database, ids) }
}

/** Each once, in the order of their numbers. */
const each = (exceptions: readonly StoredException[]): StoredException[] =>
  [...new Map(exceptions.map((one) => [one.id, one])).values()].sort((a, b) => a.id - b.id)
