import { DateTime } from 'luxon'

const day = (date: string): DateTime => DateTime.fromISO(date, { zone: 'utc' })

/** The date so many days before `date`; all dates are yyyy-MM-dd. */
export function daysBefore(date: string, days: number): string {
  const found = day(date).minus({ days }).toISODate()
  if (found === null) throw new RangeError(`not a date: ${date}`)
  return found
}

/** A date as X12 writes it (CCYYMMDD). */
export const x12Date = (date: string): string => date.replaceAll('-', '')

/** A date by a strftime pattern, as the contracts name their formats. */
export function formatDate(date: string, pattern: string): string {
  const moment = day(date)
  const parts: Record<string, string> = {
    Y: moment.toFormat('yyyy'),
    y: moment.toFormat('yy'),
    m: moment.toFormat('MM'),
    d: moment.toFormat('dd'),
    b: moment.setLocale('en').toFormat('LLL'),
    B: moment.setLocale('en').toFormat('LLLL'),
    j: moment.toFormat('ooo'),
    H: '00',
    I: '12',
    M: '00',
    S: '00',
    f: '000000',
    p: 'AM',
  }
  return pattern.replace(/%-?([A-Za-z%])/g, (_, letter: string) => {
    const part = letter === '%' ? '%' : parts[letter]
    if (part === undefined) throw new RangeError(`date format ${pattern}: %${letter} is not written by the simulator`)
    return part
  })
}
