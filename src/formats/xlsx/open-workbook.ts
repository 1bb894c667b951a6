import path from 'node:path'
import { dateStyles } from './date-styles.js'
import { usualLimits, type XlsxLimits } from './limits.js'
import { refusedWorkbook } from './refused-workbook.js'
import { sharedStrings } from './shared-strings.js'
import { sheetRows, type XlsxRow } from './sheet-rows.js'
import { openParts, type WorkbookParts } from './workbook-parts.js'
import { attribute, readXml } from './xml-events.js'

export interface XlsxSheet {
  readonly name: string
  readonly hidden: boolean
  rows(): AsyncGenerator<XlsxRow>
}

/** A workbook open for reading: sheets in the order of their tabs. */
export interface XlsxBook {
  readonly sheets: readonly XlsxSheet[]
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean
  close(): void
}

/** Opens a workbook as Excel, LibreOffice or a library saved it. Nothing in it is calculated or run. @throws WORKBOOK-REFUSED */
export async function openWorkbook(file: string, limits: XlsxLimits = usualLimits): Promise<XlsxBook> {
  const parts = await openParts(file, limits)
  try {
    const main = (await relations(parts, '', '_rels/.rels')).find(({ type }) => type.endsWith('/officeDocument'))
    if (main === undefined) throw refusedWorkbook(file, 'it is not a workbook that Excel saves as .xlsx')
    const folder = path.posix.dirname(main.target)
    const linked = await relations(parts, folder, `${folder}/_rels/${path.posix.basename(main.target)}.rels`)
    const texts = linked.find(({ type }) => type.endsWith('/sharedStrings'))
    const shared = texts === undefined ? [] : await sharedStrings(parts, texts.target, limits)
    const styles = linked.find(({ type }) => type.endsWith('/styles'))
    const dates =
      styles === undefined || !parts.has(styles.target) ? new Set<number>() : await dateStyles(parts, styles.target)
    const targets = new Map(linked.map(({ id, target }) => [id, target]))
    const { sheets, from1904 } = await contents(parts, main.target)
    return {
      sheets: sheets.flatMap(({ name, hidden, relation }): XlsxSheet[] => {
        const target = targets.get(relation)
        // A chart on a tab of its own has no rows.
        if (target === undefined || !target.includes('worksheets/')) return []
        return [{ name, hidden, rows: () => sheetRows(parts, target, { shared, dates }, limits) }]
      }),
      from1904,
      close: () => parts.close(),
    }
  } catch (error) {
    parts.close()
    throw error
  }
}

interface Relation {
  readonly id: string
  readonly type: string
  /** Name of the part. */
  readonly target: string
}

async function relations(parts: WorkbookParts, folder: string, name: string): Promise<Relation[]> {
  const found: Relation[] = []
  if (!parts.has(name)) return found
  await readXml(parts, name, {
    open(tag, attributes) {
      if (tag !== 'Relationship') return
      const [id = '', type = '', target = ''] = ['Id', 'Type', 'Target'].map((key) => attribute(attributes, key))
      found.push({ id, type, target: target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target) })
    },
  })
  return found
}

async function contents(parts: WorkbookParts, name: string) {
  const sheets: { name: string; hidden: boolean; relation: string }[] = []
  let from1904 = false
  await readXml(parts, name, {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
      if (tag !== 'sheet') return
      sheets.push({
        name: attribute(attributes, 'name') ?? '',
        hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
        relation: Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1] ?? '',
      })
    },
  })
  return { sheets, from1904 }
}
