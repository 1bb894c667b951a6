import { x12Date } from './days.js'
import { erpExtractPath } from './erp-extracts.js'
import { extractHabits } from './erp-habits.js'
import { readLayout } from './extract-files.js'
import { type ExtractHabits, writeExtract } from './extract-writer.js'
import type { LaidFile } from './laid-out.js'
import type { Ledger } from './ledger.js'
import { placeOf, places } from './places.js'

const plain: ExtractHabits = { newline: '\n', quoteAll: false }

export interface BookWishes {
  /** Those of the jobs; what the health system has no ERP for is passed over. */
  readonly extracts: ReadonlySet<string>
  /** Folder of the contracts (templates/extracts). */
  readonly contracts: string
  /** yyyy-MM-dd */
  readonly date: string
}

/** The extracts of what is no trade with suppliers, in the layouts of their contracts. */
export async function bookFiles(ledger: Ledger, { extracts, contracts, date }: BookWishes): Promise<LaidFile[]> {
  const files = []
  for (const contract of extracts) {
    const path = isPlaced(contract) ? placeOf(contract, x12Date(date)) : erpExtractPath(contract, x12Date(date))
    const records = ledger.books.of(contract)
    if (path === undefined || records.length === 0) continue
    const erp = contract.startsWith('lawson-')
      ? 'lawson'
      : contract.startsWith('peoplesoft-')
        ? 'peoplesoft'
        : undefined
    const habits = erp === undefined ? plain : extractHabits(erp, 'po-lines', false)
    const { bytes } = writeExtract(await readLayout(contracts, contract), records, habits)
    files.push({ path, bytes, records: records.length })
  }
  return files
}

const isPlaced = (contract: string): contract is keyof typeof places => contract in places
