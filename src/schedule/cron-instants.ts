import { Cron } from 'croner'

/**
 * Instants of a cron expression after `from`, up to and with `to`, in order. A wall clock time that a day leaves out (spring) comes at
 * the first one after it; one that a day has twice (autumn) comes once, unless the expression names each hour.
 */
export function* cronInstants(cron: string, timezone: string, from: Date, to: Date): Generator<Date> {
  const expression = new Cron(cron, { timezone, mode: '5-or-6-parts', paused: true })
  for (let next = expression.nextRun(from); next !== null && next <= to; next = expression.nextRun(next)) yield next
}

/** The instant of a wall clock time (HH:mm, or HH:mm:ss) on a day (yyyy-MM-dd), by the same rule. */
export function instantOf(day: string, time: string, timezone: string): Date {
  const [, month, date] = day.split('-').map(Number)
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 26 * 3_600_000)
  const expression = new Cron(`${second} ${minute} ${hour} ${date} ${month} *`, { timezone, paused: true })
  const instant = expression.nextRun(before)
  if (instant === null) throw new Error(`there is no ${day} ${time} in ${timezone}`)
  return instant
}
