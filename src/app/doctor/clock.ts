import type { EndpointSettings } from '../../config/index.js'
import { type Check, good, unknown, warning } from './check.js'

/** A file of ours as the server dated it, in whole seconds since 1970, and when by our own clock we began and ended to write it. */
export interface ClockReading {
  readonly theirs: number
  readonly began: number
  readonly ended: number
}

/** Beyond this a late file may be taken for a fresh one, or the other way; seconds. */
const MOST_SKEW = 120

/** How far the server's clock is from ours. FILE-LATE, FILE-STALE and done-files go by the times that it gives. */
export function clockCheck(
  name: string,
  settings: EndpointSettings,
  reading: ClockReading | undefined,
  write: boolean,
): Check {
  const subject = `${name}: clock`
  if (settings.kind === 'local') return good(subject, 'is that of this machine')
  if (reading === undefined) {
    const why = write ? 'there is no folder to write to' : 'that takes a file of our own: doctor --connect --write'
    return unknown(subject, `not checked; ${why}`)
  }
  // Within the time it took to write, and the second it is rounded to, nobody can tell.
  const { theirs, began, ended } = reading
  const ahead = theirs > Math.ceil(ended) ? theirs - Math.ceil(ended) : Math.min(0, theirs - Math.floor(began))
  if (Math.abs(ahead) <= MOST_SKEW) return good(subject, ahead === 0 ? 'as ours' : `${Math.abs(ahead)} s off ours`)
  const says = `${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} ours`
  const remedy =
    'Check the clock of this machine first (timedatectl); if it is right, ask the partner to set theirs: late and stale files are judged by it'
  return warning(subject, says, remedy)
}
