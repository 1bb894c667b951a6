import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ExceptionCode } from '../canonical/index.js'
import { unannouncedColumn } from './erp-habits.js'
import type { ExtractFile } from './extract-files.js'
import type { Mishap } from './ledger-entries.js'
import type { ExpectedException, FileTruth } from './night-truth.js'
import { suppliers } from './parties.js'
import type { ExtractKind } from './spoiled-record.js'
import type { SupplierFile } from './supplier-files.js'

/** A file of the drop tree with what is in it. */
export interface LaidFile {
  readonly path: string
  readonly bytes: Buffer
  readonly records: number
}

export const supplierPath = (file: SupplierFile): string => `suppliers/${file.supplier.partner}/outbound/${file.name}`

/** All files of the tree in a fixed order; where one was sent again, the second 810 of MedSupply lies there twice. */
export function filesToLay(
  suppliers: readonly SupplierFile[],
  extracts: readonly Pick<ExtractFile, 'path' | 'bytes' | 'records'>[],
  sentAgain = true,
): LaidFile[] {
  const fromSuppliers = suppliers.map((file) => ({
    path: supplierPath(file),
    bytes: file.bytes,
    records: file.bills.filter(({ fate }) => fate !== 'refused').length + file.acknowledgments.length,
  }))
  const again = fromSuppliers
    .filter(({ path }) => sentAgain && isSentAgain(path))
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
  for (const system of ['ehr', 'payroll', 'procurement']) await mkdir(join(folder, system), { recursive: true })
  return truths
}

export interface AtIntake {
  readonly suppliers: readonly SupplierFile[]
  readonly extracts: readonly ExtractFile[]
  /** The second 810 of MedSupply lies there twice. */
  readonly sentAgain: boolean
}

/** About an extract each job tells that reads it, about a document the job that took it. */
export type ExpectedAtIntake = ExpectedException & { readonly extract?: ExtractKind }

/** What taking the files in must raise, before anything is matched. */
export function expectedAtIntake({ suppliers, extracts, sentAgain }: AtIntake): ExpectedAtIntake[] {
  const failed = suppliers.flatMap((file) =>
    file.bills.flatMap(({ mishap }): ExpectedException[] => {
      if (mishap === undefined) return []
      const { code, fault, planted, knowsPartner } = ofMishap[mishap]
      return [
        { code, keys: { file: file.name, ...(knowsPartner && { partner: file.supplier.partner }) }, fault, planted },
      ]
    }),
  )
  const again = suppliers
    .filter((file) => sentAgain && isSentAgain(supplierPath(file)))
    .map((file): ExpectedException => {
      const keys = { file: resent(file.name), partner: file.supplier.partner }
      return { code: 'FILE-DUPLICATE', keys, fault: 'file-sent-again', planted: `the bytes of ${file.name}` }
    })
  const rows = extracts.flatMap((file) =>
    file.spoiled.map(({ entry, record, line }): ExpectedAtIntake => {
      const keys = {
        file: nameOf(file.path),
        record: entry.knownBy ?? String(record),
        ...(entry.field !== undefined && { field: entry.field }),
      }
      const { code, fault } = entry
      return {
        code,
        keys,
        planted: `line ${line} of ${file.path}`,
        extract: file.kind,
        ...(fault !== undefined && { fault }),
      }
    }),
  )
  const columns = extracts
    .filter((file) => file.bytes.subarray(0, 2000).includes(unannouncedColumn.name))
    .map(
      (file): ExpectedAtIntake => ({
        code: 'DATA-COLUMN-NEW',
        keys: { file: nameOf(file.path), field: unannouncedColumn.name },
        extract: file.kind,
        fault: 'column-unannounced',
        planted: 'a column the contract does not know',
      }),
    )
  // Two of a kind in one file are one exception.
  const byFile = new Map(failed.map((one) => [`${one.code} ${one.keys.file}`, one]))
  return [...byFile.values(), ...again, ...rows, ...columns]
}

interface MishapFound {
  readonly code: ExceptionCode
  readonly fault: string
  readonly planted: string
  readonly knowsPartner: boolean
}

const ofMishap: Readonly<Record<Mishap, MishapFound>> = {
  'cut-off': {
    code: 'FILE-TRUNCATED',
    fault: 'transmission-cut-off',
    planted: 'the transmission broke off in its only invoice',
    knowsPartner: true,
  },
  'wrong-segment-count': {
    code: 'X12-ENVELOPE',
    fault: 'segment-count',
    planted: 'SE01 counts one segment too many',
    knowsPartner: true,
  },
  'unknown-sender': {
    code: 'X12-PARTNER',
    fault: 'unknown-sender',
    planted: 'from ISA id NORTHSTARMED, which nobody knows',
    knowsPartner: false,
  },
  'no-number': {
    code: 'X12-SYNTAX',
    fault: 'element-unreadable',
    planted: 'IT102 says TEN',
    knowsPartner: true,
  },
  'other-set': {
    code: 'X12-UNSUPPORTED',
    fault: 'set-nobody-reads',
    planted: 'an 864',
    knowsPartner: true,
  },
  'control-again': {
    code: 'X12-CONTROL-DUPLICATE',
    fault: 'control-number-again',
    planted: 'under the first control number of the night',
    knowsPartner: true,
  },
  'no-x12': {
    code: 'FILE-UNREADABLE',
    fault: 'no-x12',
    planted: 'a PDF',
    knowsPartner: true,
  },
  empty: {
    code: 'FILE-EMPTY',
    fault: 'file-empty',
    planted: 'no byte in it',
    knowsPartner: true,
  },
  'test-usage': {
    code: 'X12-PARTNER',
    fault: 'test-in-production',
    planted: 'marked T in a production workspace',
    knowsPartner: true,
  },
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
