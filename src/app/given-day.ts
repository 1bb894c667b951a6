import { DateTime } from 'luxon'
import { MatchbookError } from '../errors/index.js'
import type { Reading } from './reading.js'

/** The day of an instant in the workspace's zone, yyyy-MM-dd. */
export const dayOf = (instant: string, { workspace }: Pick<Reading, 'workspace'>): string =>
  DateTime.fromISO(instant, { zone: workspace.settings.timezone }).toISODate() ?? ''

/** Today there. */
export const today = (tools: Pick<Reading, 'workspace' | 'now'>): string => dayOf(tools.now(), tools)

/** @throws USAGE */
export function checkedDate(text: string, flag = '--as-of'): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text
  throw new MatchbookError('USAGE', `${flag} "${text}" is not a date; write it as yyyy-MM-dd`)
}
