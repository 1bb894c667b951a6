import type { CanonicalRow, ExtractRecord } from './extract-writer.js'

/** Records of extracts that are no part of the trade with suppliers, by contract: usage, charges, hours, journals, lists of others. */
export class Books {
  /** Contracts whose extracts are not what they were. */
  readonly changed = new Set<string>()
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

  /** From tomorrow on the rows that fit say otherwise in these fields. */
  change(contract: string, relation: string, fits: (row: CanonicalRow) => boolean, fields: CanonicalRow): void {
    const records = this.#records.get(contract) ?? []
    for (const [index, record] of records.entries()) {
      const rows = record.rows[relation] ?? []
      if (!rows.some(fits)) continue
      records[index] = {
        ...record,
        rows: { ...record.rows, [relation]: rows.map((row) => (fits(row) ? { ...row, ...fields } : row)) },
      }
      this.changed.add(contract)
    }
  }

  of(contract: string): readonly ExtractRecord[] {
    return this.#records.get(contract) ?? []
  }
}
