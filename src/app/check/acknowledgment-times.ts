import { DateTime } from 'luxon'
import { literal, type SetEngine } from '../../canonical/index.js'
import type { JobSettings, Workspace } from '../../config/index.js'
import { dueAt } from '../../exceptions/index.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { bindRows, type RelationRow } from './bind-rows.js'

/** What partners agreed about their 855s, for the rules to join: what each BAK02 means, and by when each day's orders are to be answered. */
export async function bindAcknowledgmentTimes(
  engine: SetEngine,
  run: Run,
  job: Extract<JobSettings, { matcher: 'po-acknowledgment' }>,
  tools: Tools,
): Promise<void> {
  const { workspace } = tools
  const dates = await engine.rows<{ po_date: string }>(`
    SELECT DISTINCT po_date::VARCHAR AS po_date
    FROM po_line
    WHERE po_date >= ${literal(run.row.as_of)}::DATE - ${job.settings['look-back-days']}
    ORDER BY 1`)
  const now = momentOf(run.row.as_of, tools.now(), workspace.settings.timezone)
  const hours = job.settings['acknowledgment-hours']
  await bindRows(engine, 'acknowledgment_type', acknowledgmentTypeRows(workspace))
  await bindRows(
    engine,
    'acknowledgment_due',
    acknowledgmentDueRows(
      workspace.settings,
      dates.map(({ po_date }) => po_date),
      hours,
      now,
    ),
  )
}

const acknowledgmentTypeRows = ({ settings }: Workspace): RelationRow[] =>
  Object.entries(settings.partners).flatMap(([partner, { acknowledgments }]) =>
    Object.entries(acknowledgments.types).map(([type, meaning]) => ({ partner, type, meaning })),
  )

/** A PO has a date and no time: the hours count from the end of that day. Partners that agreed the same are reckoned once. */
export function acknowledgmentDueRows(
  settings: Workspace['settings'],
  dates: readonly string[],
  usualHours: number,
  now: string,
): RelationRow[] {
  const known = new Map<string, readonly RelationRow[]>()
  return Object.entries(settings.partners).flatMap(([partner, { acknowledgments }]) => {
    const { expected, hours = usualHours, calendar } = acknowledgments
    if (!expected) return []
    const agreed = `${hours} ${calendar ?? ''}`
    const due =
      known.get(agreed) ??
      dates.map((po_date) => {
        const at = dueAt(
          endOf(po_date, settings.timezone),
          hours,
          settings.timezone,
          calendar === undefined ? undefined : settings.calendars[calendar],
        )
        const local = DateTime.fromISO(at, { zone: settings.timezone }).toFormat('yyyy-MM-dd HH:mm')
        return { po_date, due_at: local, is_over: at <= now }
      })
    known.set(agreed, due)
    return due.map((row) => ({ partner, ...row }))
  })
}

const endOf = (day: string, zone: string): string =>
  DateTime.fromISO(day, { zone }).plus({ days: 1 }).startOf('day').toUTC().toISO({ suppressMilliseconds: true }) ?? ''

/** Now, on the business day itself; its end, for a day that is over. */
function momentOf(asOf: string, now: string, zone: string): string {
  const end = endOf(asOf, zone)
  const instant = DateTime.fromISO(now, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? now
  return DateTime.fromISO(now, { zone }).toISODate() === asOf ? instant : end
}
