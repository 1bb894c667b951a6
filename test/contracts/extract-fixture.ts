import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { SetEngine } from '../../src/canonical/index.js'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { checkExtract, type ExtractCheck } from '../../src/contracts/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'

/** A shipped contract. */
export const shipped = (name: string): ExtractContract =>
  ExtractContract.parse(parse(readFileSync(new URL(`../../templates/extracts/${name}.yaml`, import.meta.url), 'utf8')))

/** A contract for receipts, small enough to see through: pipes, a header, no trailer. */
export function receipts(
  change: { format?: object; columns?: object[]; map?: object; projections?: object[] } = {},
): ExtractContract {
  return ExtractContract.parse({
    contract: 'receipts',
    title: 'Receipts',
    source: 'test',
    format:
      change.format !== undefined && 'kind' in change.format
        ? change.format
        : { kind: 'delimited', delimiter: '|', header: true, ...change.format },
    columns: change.columns ?? [
      { name: 'CO', kind: 'text', required: true },
      { name: 'PO', kind: 'text', required: true },
      { name: 'LINE', kind: 'text', required: true },
      { name: 'REC', kind: 'text', required: true },
      { name: 'QTY', kind: 'decimal', scale: 4, required: true },
      { name: 'UOM', kind: 'text', required: true },
      { name: 'DAY', kind: 'date', formats: ['%m/%d/%Y'], required: true },
    ],
    projections: change.projections ?? [
      {
        relation: 'receipt_line',
        key: ['company', 'po_number', 'line_number', 'receipt_number'],
        map: {
          company: 'CO',
          po_number: 'PO',
          line_number: 'LINE',
          receipt_number: 'REC',
          quantity: 'QTY',
          uom: 'UOM',
          received_on: 'DAY',
          ...change.map,
        },
      },
    ],
  })
}

export const header = 'CO|PO|LINE|REC|QTY|UOM|DAY'

export interface Bench {
  readonly engine: SetEngine
  /** Writes the bytes as a file and checks it under the contract, as the n-th file of the night. */
  check(
    contract: ExtractContract,
    bytes: string | Buffer,
    name?: string,
    of?: {
      readonly part?: string
      readonly asOf?: string
      readonly changes?: boolean
      /** Files that it takes values from. */
      readonly beside?: readonly { readonly contract: ExtractContract; readonly bytes: string }[]
    },
  ): Promise<ExtractCheck>
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'matchbook-contracts-'))
  const engine = await openDuckDb({ threads: 2 })
  let index = 0
  return {
    engine,
    async check(contract, bytes, name = 'extract.txt', { part, asOf, changes, beside = [] } = {}) {
      const path = join(folder, `${index}`)
      writeFileSync(path, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const file = {
        index: index++,
        path,
        name,
        sha256,
        ...(part === undefined ? {} : { part }),
        ...(changes === undefined ? {} : { changes }),
      }
      const lookUps = new Map(
        beside.map(({ contract, bytes }, n) => {
          const other = join(folder, `${file.index}-${n}`)
          writeFileSync(other, bytes)
          return [contract.contract, { contract, paths: [other] }] as const
        }),
      )
      return checkExtract(engine, contract, file, {
        tempFolder: folder,
        lookUps,
        ...(asOf === undefined ? {} : { asOf }),
      })
    },
    async close() {
      await engine.close()
      rmSync(folder, { recursive: true })
    },
  }
}
