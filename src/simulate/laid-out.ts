import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ExtractFile } from './extract-files.js'
import type { ExpectedException, FileTruth } from './night-truth.js'
import { suppliers } from './parties.js'
import type { SupplierFile } from './supplier-files.js'

/** A file of the drop tree with what is in it. */
export interface LaidFile {
  readonly path: string
  readonly bytes: Buffer
  readonly records: number
}

export const supplierPath = (file: SupplierFile): string => `suppliers/${file.supplier.partner}/outbound/${file.name}`

/** All files of the tree in a fixed order; the second 810 of MedSupply lies there twice. */
export function filesToLay(suppliers: readonly SupplierFile[], extracts: readonly ExtractFile[]): LaidFile[] {
  const fromSuppliers = suppliers.map((file) => ({
    path: supplierPath(file),
    bytes: file.bytes,
    records: file.bills.filter(({ fate }) => fate !== 'refused').length + file.acknowledgments.length,
  }))
  const again = fromSuppliers
    .filter(({ path }) => isSentAgain(path))
    .map((file) => ({ ...file, path: resent(file.path), records: 0 }))
  return [...fromSuppliers, ...again, ...extracts.map(({ path, bytes, records }) => ({ path, bytes, records }))]
}

const isSentAgain = (path: string): boolean => /\/MSD_810_\d+_02\.edi$/.test(path)
const resent = (path: string): string => path.replace(/\.edi$/, '_RESEND.edi')

export async function layOut(folder: string, files: readonly LaidFile[]): Promise<FileTruth[]> {
  const truths = []
  for (const { path, bytes, records } of files) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, bytes)
    truths.push({ path, records, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  for (const inbound of ['erp', ...suppliers.map(({ partner }) => `suppliers/${partner}`)])
    await mkdir(join(folder, inbound, 'inbound'), { recursive: true })
  return truths
}

/** What taking the files in must raise, before anything is matched. */
export function expectedAtIntake(
  suppliers: readonly SupplierFile[],
  extracts: readonly ExtractFile[],
  newColumn: string,
): ExpectedException[] {
  const mishaps = suppliers.flatMap((file) =>
    file.bills.flatMap(({ mishap }): ExpectedException[] => {
      const keys = { file: file.name, partner: file.supplier.partner }
      if (mishap === 'cut-off')
        return [{ code: 'FILE-TRUNCATED', keys, planted: 'the transmission broke off in its only invoice' }]
      if (mishap === 'wrong-segment-count')
        return [{ code: 'X12-ENVELOPE', keys, planted: 'SE01 counts one segment too many' }]
      if (mishap === 'unknown-sender')
        return [
          { code: 'X12-PARTNER', keys: { file: file.name }, planted: 'from ISA id NORTHSTARMED, which nobody knows' },
        ]
      if (mishap === 'test-usage') return [{ code: 'X12-PARTNER', keys, planted: 'marked T in a production workspace' }]
      return []
    }),
  )
  const again = suppliers
    .filter((file) => isSentAgain(supplierPath(file)))
    .map((file): ExpectedException => {
      const keys = { file: resent(file.name), partner: file.supplier.partner }
      return { code: 'FILE-DUPLICATE', keys, planted: `the bytes of ${file.name}` }
    })
  const rows = extracts.flatMap((file) =>
    file.spoiled.map(({ entry, record, line }): ExpectedException => {
      const keys = {
        file: nameOf(file.path),
        record: String(record),
        ...(entry.field !== undefined && { field: entry.field }),
      }
      return { code: entry.code, keys, planted: `line ${line} of ${file.path}` }
    }),
  )
  const columns = extracts
    .filter((file) => file.bytes.subarray(0, 2000).includes(newColumn))
    .map(
      (file): ExpectedException => ({
        code: 'DATA-COLUMN-NEW',
        keys: { file: nameOf(file.path), field: newColumn },
        planted: 'a column the contract does not know',
      }),
    )
  return [...mishaps, ...again, ...rows, ...columns]
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
