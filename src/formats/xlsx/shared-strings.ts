import type { XlsxLimits } from './limits.js'
import { plainText } from './plain-text.js'
import { refusedWorkbook } from './refused-workbook.js'
import type { WorkbookParts } from './workbook-parts.js'
import { readXml } from './xml-events.js'

/** The texts that cells refer to by number. They are all in memory, so their sum is limited. @throws WORKBOOK-REFUSED */
export async function sharedStrings(
  parts: WorkbookParts,
  name: string,
  { sharedText }: XlsxLimits,
): Promise<readonly string[]> {
  const strings: string[] = []
  let [current, inText, inReading, total] = ['', false, false, 0]
  await readXml(parts, name, {
    open(tag) {
      if (tag === 'si') current = ''
      if (tag === 'rPh') inReading = true
      if (tag === 't') inText = true
    },
    text(text) {
      if (!inText || inReading) return
      current += text
      if (total + current.length > sharedText)
        throw refusedWorkbook(parts.file, `its texts have more than ${sharedText} characters`)
    },
    close(tag) {
      if (tag === 't') inText = false
      if (tag === 'rPh') inReading = false
      if (tag !== 'si') return
      total += current.length
      strings.push(plainText(current))
    },
  })
  return strings
}
