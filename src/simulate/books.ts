import type { CanonicalRow, ExtractRecord } from './extract-writer.js'

/** Records of extracts that are no part of the trade with suppliers, by contract: usage, charges, hours, journals, lists of others. */
export class Books {
  readonly #records = new Map<string, ExtractRecord[]>()

  /** One record with the one row of a relation that comes out of it; `raw` holds cells that nobody projects. */
  add(contract: string, relation: string, row: CanonicalRow, raw?: Readonly<Record<string, string>>): void {
    this.put(contract, { rows: { [relation]: [row] }, ...(raw !== undefined && { raw }) })
  }

  put(contract: string, record: ExtractRecord): void {
    const records = this.#records.get(contract)
    if (records === undefined) this.#records.set(contract, [record])
    else records.push(record)
  }

  of(contract: string): readonly ExtractRecord[] {
    return this.#records.get(contract) ?? []
  }
}
