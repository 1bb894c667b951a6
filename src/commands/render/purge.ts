import { ux } from '@oclif/core'
import type { PurgedClass, PurgeOutcome } from '../../app/retention/purge.js'
import { printable } from './printable.js'

/** So many of a class are named; --json has all. */
const NAMED = 20

export function purgeText({ classes, dryRun }: PurgeOutcome): string {
  if (classes.length === 0) return 'No retention is set in matchbook.yaml: everything is kept.'
  return classes.map((one) => classText(one, dryRun)).join('\n')
}

function classText({ under, purged, bytes, kept }: PurgedClass, dryRun: boolean): string {
  const size = bytes === null || bytes === 0 ? '' : `, ${bytes} bytes`
  const more = purged.length - NAMED
  return [
    `${ux.colorize('bold', under)}: ${purged.length} ${dryRun ? 'would be purged' : 'purged'}${size}`,
    ...purged.slice(0, NAMED).map(({ subject, name }) => `  ${subject}  ${printable(name)}`),
    ...(more > 0 ? [`  ... and ${more} more`] : []),
    ...Object.entries(kept).map(([why, number]) => `  kept ${number}: ${printable(why)}`),
  ].join('\n')
}
