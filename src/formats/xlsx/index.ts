export { type SheetCopy, sheetToCsv } from './sheet-to-csv.js'
