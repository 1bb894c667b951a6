import { grouped } from '../../canonical/index.js'

export { money, risked } from '../../canonical/index.js'

export const count = (n: number): string => grouped(n)

export const share = (some: number, all: number): string => (all === 0 ? '-' : `${((some / all) * 100).toFixed(1)} %`)

/** An ISO instant on the wall clock of the zone, to the minute. */
export const clock = (timezone: string): ((instant: string) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  return (instant) => format.format(new Date(instant))
}
