import { DateTime } from 'luxon'
import { MatchbookError } from '../errors/index.js'
import type { Reading } from './reading.js'

/** Today in the workspace's zone, yyyy-MM-dd. */
export const today = (tools: Pick<Reading, 'workspace' | 'now'>): string =>
  DateTime.fromISO(tools.now(), { zone: tools.workspace.settings.timezone }).toISODate() ?? ''

/** @throws USAGE */
export function checkedDate(text: string, flag = '--as-of'): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text
  throw new MatchbookError('USAGE', `${flag} "${text}" is not a date; write it as yyyy-MM-dd`)
}
