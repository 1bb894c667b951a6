import { MatchbookError } from '../../errors/index.js'

/** A file that is not taken as a workbook, with the reason as a sentence. */
export const refusedWorkbook = (file: string, reason: string, cause?: unknown): MatchbookError =>
  new MatchbookError('WORKBOOK-REFUSED', reason, { facts: { file }, ...(cause === undefined ? {} : { cause }) })
