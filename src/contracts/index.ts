export { checkExtract } from './check-extract.js'
export { contractMistakes } from './contract-mistakes.js'
export type { CheckOptions, ControlSum, ExtractCheck, ExtractFile } from './extract-check.js'
