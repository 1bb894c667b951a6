import type { ExtractFile } from './extract-files.js'
import type { LaidFile } from './laid-out.js'
import type { ExpectedException } from './night-truth.js'
import type { Breakage, BrokenCopy, ExtractKind } from './spoiled-record.js'

/** Of which extract the copy is. */
const kindOf: Readonly<Record<Breakage, ExtractKind>> = { count: 'vendors', 'cut-off': 'receipts', column: 'vouchers' }

const codeOf = { count: 'FILE-TOTALS', 'cut-off': 'FILE-TRUNCATED', column: 'DATA-COLUMN-MISSING' } as const

export interface BrokenFile {
  readonly file: LaidFile
  readonly kind: ExtractKind
  readonly expected: ExpectedException
}

/** The copies, as far as the night has the extracts. */
export function brokenFiles(copies: readonly BrokenCopy[], extracts: readonly ExtractFile[]): BrokenFile[] {
  return copies.flatMap(({ erp, breakage, fault }): BrokenFile[] => {
    const kind = kindOf[breakage]
    const good = extracts.find((one) => one.kind === kind && one.path.includes(`/${erp}/`))
    if (good === undefined) return []
    const path = good.path.replace(/(\.\w+)$/, '_2$1')
    const bytes = Buffer.from(broken(good.bytes.toString('latin1'), breakage), 'latin1')
    const keys = { file: path.slice(path.lastIndexOf('/') + 1) }
    return [
      {
        file: { path, bytes, records: good.records },
        kind,
        expected: { code: codeOf[breakage], keys, fault, planted: `a newer copy of ${good.path}` },
      },
    ]
  })
}

function broken(text: string, breakage: Breakage): string {
  const trailer = text.trimEnd().lastIndexOf('\n') + 1
  switch (breakage) {
    case 'count':
      return text.slice(0, trailer) + text.slice(trailer).replace(/\d+/, (count) => String(BigInt(count) + 1n))
    case 'cut-off':
      return text.slice(0, trailer)
    case 'column':
      return text.replace('INVOICE_DATE', 'INV_DT')
  }
}
