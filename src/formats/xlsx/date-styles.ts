import type { WorkbookParts } from './workbook-parts.js'
import { attribute, readXml } from './xml-events.js'

/** Built-in number formats that show a date or a time: ECMA-376 part 1, 18.8.30, and those of other languages up to 58. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Numbers of the cell styles that show a number as a date. @throws WORKBOOK-REFUSED */
export async function dateStyles(parts: WorkbookParts, name: string): Promise<ReadonlySet<number>> {
  const dateFormats = new Set<number>()
  const styles = new Set<number>()
  let inCellStyles = false
  let style = 0
  await readXml(parts, name, {
    open(tag, attributes) {
      if (tag === 'numFmt') {
        const id = Number(attribute(attributes, 'numFmtId'))
        if (showsDate(attribute(attributes, 'formatCode') ?? '')) dateFormats.add(id)
      } else if (tag === 'cellXfs') inCellStyles = true
      else if (tag === 'xf' && inCellStyles) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        if (isBuiltInDate(id) || dateFormats.has(id)) styles.add(style)
        style += 1
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inCellStyles = false
    },
  })
  return styles
}

/** Letters of dates outside quoted text, escaped characters, colours and conditions in brackets; "General" has none of them. */
function showsDate(formatCode: string): boolean {
  const [first = ''] = formatCode.split(';')
  const bare = first
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general/gi, '')
    .replace(/E[+-]/g, '')
  return /[ymdhs]/i.test(bare)
}
