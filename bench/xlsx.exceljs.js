import excel from 'exceljs'
import { cellsOf, headers } from './xlsx.rows.js'

// As one writes it by the manual of exceljs: one sheet, a styled header, formats by column, filter and frozen header.
const [file, count, way] = process.argv.slice(2)
const started = performance.now()
const formats = { 2: '"$"#,##0.00', 3: 'yyyy-mm-dd hh:mm', 24: 'yyyy-mm-dd hh:mm' }
const book =
  way === 'memory'
    ? new excel.Workbook()
    : new excel.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: false })
const sheet = book.addWorksheet('Exceptions', { views: [{ state: 'frozen', ySplit: 1 }] })
sheet.columns = headers.map((header, n) => ({
  header,
  width: 18,
  ...(formats[n + 1] && { style: { numFmt: formats[n + 1] } }),
}))
sheet.getRow(1).font = { bold: true }
sheet.getRow(1).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF2E7D8C' } }
sheet.autoFilter = `A1:AB${Number(count) + 1}`
for (let n = 0; n < Number(count); n += 1) {
  const row = sheet.addRow(cellsOf(n))
  if (way !== 'memory') row.commit()
}
if (way === 'memory') await book.xlsx.writeFile(file)
else await book.commit()
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    rss: maxRSS / 1024,
  }),
)
