export type { DifferenceFile, DifferenceRow } from './difference-row.js'
export { writeDifferencesCsv } from './differences-csv.js'
export { type DifferenceFigure, writeDifferencesWorkbook } from './differences-workbook.js'
