import type { ExtractHabits } from './extract-writer.js'
import type { Company } from './parties.js'
import type { ExtractKind } from './spoiled-record.js'

const dropZeros = (value: string): string => value.replace(/^0+/, '')
const neverSet = (value: string): string => (value === '' ? '01/01/1700' : value)
const release = (value: string): string => value.padStart(4, '0')
const rightJustified = (value: string): string => value.padStart(9)

/** How each ERP's export looks where the contract leaves it open; a spreadsheet took the zeros off the bar codes on Lawson's way. */
const lawson: ExtractHabits = {
  newline: '\n',
  quoteAll: false,
  dress: {
    VENDOR: rightJustified,
    PO_RELEASE: release,
    EXPIRE_DT: neverSet,
    GTIN: dropZeros,
    ALT_GTIN_1: dropZeros,
    ALT_GTIN_2: dropZeros,
  },
}

const peoplesoft: ExtractHabits = { newline: '\r\n', quoteAll: true }

/** Only the item master writes item ids in full width. */
const peoplesoftItems: ExtractHabits = { ...peoplesoft, dress: { INV_ITEM_ID: (value) => value.padStart(18, '0') } }

/** The column that came with last week's Lawson patch and that nobody announced. */
export const unannouncedColumn = { name: 'PUTAWAY_ZONE', value: 'A-1' }

export function extractHabits(erp: Company['erp'], kind: ExtractKind, newColumn: boolean): ExtractHabits {
  if (erp === 'peoplesoft') return kind === 'items' ? peoplesoftItems : peoplesoft
  return kind === 'receipts' && newColumn ? { ...lawson, newColumn: unannouncedColumn } : lawson
}

const tables: Readonly<Record<Company['erp'], Readonly<Record<ExtractKind, string>>>> = {
  lawson: {
    'po-lines': 'POLINE',
    receipts: 'PORECLINE',
    vouchers: 'MAINVDTL',
    vendors: 'APVENMAST',
    items: 'ITEMMAST',
    'contract-prices': 'POVAGRMTLN',
  },
  peoplesoft: {
    'po-lines': 'PO_LINE_DISTRIB',
    receipts: 'RECV_LN_SHIP',
    vouchers: 'VOUCHER_LINE',
    vendors: 'VENDOR',
    items: 'MASTER_ITEM_TBL',
    'contract-prices': 'CNTRCT_LINE',
  },
}

const ending = (erp: Company['erp']): string => (erp === 'lawson' ? 'txt' : 'csv')

export const extractFolder = (erp: Company['erp']): string => `erp/${erp}/extracts`

/** Glob of an extract's files, whatever their date. */
export const extractPattern = (erp: Company['erp'], kind: ExtractKind): string =>
  `${tables[erp][kind]}_*.${ending(erp)}`

/** Path of an extract under the drop folder; `date` as yyyyMMdd. */
export const extractPath = (erp: Company['erp'], kind: ExtractKind, date: string): string =>
  `${extractFolder(erp)}/${tables[erp][kind]}_${date}.${ending(erp)}`
